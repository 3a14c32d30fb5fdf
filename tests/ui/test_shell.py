from avrr_desktop.ui.page import Context
from tests.ui.conftest import RecordingShell


def test_context_hands_over_a_register_with_a_person(
    context: Context, person: str, shell: RecordingShell
) -> None:
    assert context.records.read("person", person).values["family_name"] == "KONÉ"
    assert shell.opened == []
