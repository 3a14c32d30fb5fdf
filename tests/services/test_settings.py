import pytest
from sqlalchemy import select

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.settings import OfficeSettings, read_office, rename_user, save_office


def journal(register: Register) -> list[tuple[str, str, object, object]]:
    columns = (CHANGE.c.action, CHANGE.c.record_id, CHANGE.c.before, CHANGE.c.after)
    with register.database.reading() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]


def test_office_of_a_new_register_has_its_usual_settings(register: Register) -> None:
    assert read_office(register) == OfficeSettings()


def test_saved_office_is_read_again_with_a_line_for_each_change(
    register: Register, actor: Actor
) -> None:
    settings = OfficeSettings(address=" 11, rue Aït Ourir ", default_office="CAS")
    save_office(register, actor, settings)
    assert read_office(register).address == "11, rue Aït Ourir"
    assert journal(register) == [
        ("setting", "office.address", "", "11, rue Aït Ourir"),
        ("setting", "office.default_office", "RBA", "CAS"),
    ]


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (OfficeSettings(name="  "), "empty_office_name"),
        (OfficeSettings(default_office="XXX"), "unknown_office"),
    ],
)
def test_office_that_cannot_be_is_refused(
    register: Register, actor: Actor, settings: OfficeSettings, code: str
) -> None:
    with pytest.raises(UserError) as refused:
        save_office(register, actor, settings)
    assert refused.value.code == code
    assert journal(register) == []


def test_renamed_user_is_the_one_of_the_next_start(register: Register, actor: Actor) -> None:
    assert rename_user(register, actor, " Salma  Idrissi ").name == "Salma Idrissi"
    assert register.local_actor.name == "Salma Idrissi"


def test_user_without_a_name_is_refused(register: Register, actor: Actor) -> None:
    with pytest.raises(UserError, match="empty_user_name"):
        rename_user(register, actor, "  ")


def test_settings_are_not_undone_with_the_last_save(
    register: Register, actor: Actor, records: Records
) -> None:
    save_office(register, actor, OfficeSettings(address="ici"))
    assert records.undo(actor) is None
