"""Anonymised: nobody can be found, every figure stays."""

from pathlib import Path

import pytest
from tests.access.conftest import AMINA, CHEAP
from tests.retention.conftest import CASE, CHILD, HEAD, NAMES, OTHER, RETURN, person
from tests.services.test_chain import alter, found

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import parse_period
from avrr_desktop.paths import paths_in
from avrr_desktop.services.access.entering import enter
from avrr_desktop.services.access.protecting import create_protected
from avrr_desktop.services.audit import note_export
from avrr_desktop.services.backups import Reason, backups
from avrr_desktop.services.bin import read_bin
from avrr_desktop.services.chain import Fault, FaultKind
from avrr_desktop.services.closing.closings import close
from avrr_desktop.services.closing.corrections import corrections
from avrr_desktop.services.closing.explained import explanations
from avrr_desktop.services.closing.gap import gap_of
from avrr_desktop.services.different_persons import say_different
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.history import history_of
from avrr_desktop.services.past import summary_at
from avrr_desktop.services.person_page import read_person
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, open_register
from avrr_desktop.services.retention.anonymising import anonymise
from avrr_desktop.services.search import find
from avrr_desktop.services.summary import Cells, counted_cells
from avrr_desktop.services.summary.cells import is_of_ages
from avrr_desktop.services.unsaved import Unsaved, UnsavedForms

S1, YEAR = parse_period("2012-S1"), parse_period("2012")
FAMILY = (HEAD, CHILD)


def cells(register: Register) -> list[Cells]:
    with register.database.reading() as connection:
        today = register.clock.today()
        counts = (
            counted_cells(connection, register.vocabularies, period, today) for period in (S1, YEAR)
        )
        return [{key: n for key, n in count.items() if not is_of_ages(key)} for count in counts]


def erase(register: Register, *persons: str) -> int:
    return anonymise(register, register.local_actor, persons, "Délai de conservation")


def test_every_figure_but_the_mean_age_stays(register: Register) -> None:
    before = cells(register)
    assert before[0]
    assert erase(register, *FAMILY) == 2
    assert cells(register) == before


def test_no_name_is_left_in_the_register(register: Register) -> None:
    forms = UnsavedForms(register)
    now = register.clock.now()
    page = {"values": {"person_id": HEAD, "remarks": "Perpétue"}}
    forms.keep(Unsaved("f" * 32, register.local_actor.id, "registration", ("Perpétue",), now, page))
    other = {"values": {"person_id": OTHER}}
    forms.keep(Unsaved("g" * 32, register.local_actor.id, "registration", ("Aminata",), now, other))
    erase(register, *FAMILY)
    assert [form.id for form in forms.read().forms] == ["g" * 32]
    register.close()
    folder = register.paths.register.parent
    files = [path for path in folder.rglob("*") if path.is_file() and "backup" not in str(path)]
    assert register.paths.register in files
    for path in files:
        content = path.read_bytes()
        for name in (*NAMES, *(name.lower() for name in NAMES)):
            for code in ("utf-8", "utf-16-le", "latin-1"):
                assert name.encode(code) not in content, (path.name, name)


def test_a_backup_is_made_first(register: Register) -> None:
    erase(register, HEAD)
    assert [backup.reason for backup in backups(register.paths)] == [Reason.ERASURE]


def test_the_page_and_the_search_know_the_number_alone(register: Register) -> None:
    number = read_person(register, HEAD, S1).number
    erase(register, *FAMILY)
    view = read_person(register, HEAD, S1)
    assert (view.name.family, view.name.given, view.number) == ("—", "", number)
    assert (view.values["sex"], view.values["nationality"]) == ("woman", "BF")
    assert view.values["birth_typed"] == "1972–1994"
    assert view.values["document"] == view.values["phone"] == ()
    assert view.anonymised_on is not None
    assert not find(register, "Zoungrana", 8).hits
    assert [hit.person_id for hit in find(register, number, 8).hits] == [HEAD]


def test_the_journal_is_whole_and_holds_nothing_more(register: Register) -> None:
    erase(register, *FAMILY)
    faults: tuple[Fault, ...] = found(register)
    assert faults == ()
    history = history_of(register, HEAD)
    assert history
    assert all(change.erased_on is not None for change in history)


def test_the_remarks_of_a_case_go_with_its_last_member(register: Register) -> None:
    def remarks() -> object:
        with register.database.reading() as connection:
            return connection.exec_driver_sql("SELECT remarks FROM case_file").scalar()

    erase(register, HEAD)
    assert remarks() == "Famille Perpétue ZOUNGRANA"
    erase(register, CHILD)
    assert remarks() is None


def test_a_closed_semester_needs_no_correction_and_its_gap_is_explained(register: Register) -> None:
    closing = close(register, register.local_actor, S1)
    erase(register, *FAMILY)
    told = explanations(register, gap_of(register, closing))
    assert {explanation.kind.value for explanation in told} == {"anonymised"}
    with register.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM correction").scalar() == 0


def test_the_figures_of_yesterday_are_still_counted(register: Register) -> None:
    with register.database.reading() as connection:
        last = connection.exec_driver_sql("SELECT max(sequence) FROM change").scalar()
    now = register.clock.now()
    before = summary_at(register, S1, int(last or 0), now).cells
    erase(register, *FAMILY)
    after = summary_at(register, S1, int(last or 0), now).cells
    kept = [{k: n for k, n in cells.items() if not is_of_ages(k)} for cells in (before, after)]
    assert kept[0] == kept[1]


@pytest.mark.parametrize(
    "draft",
    [
        Draft("person", {"given_name": "Perpétue"}, id=HEAD),
        Draft("return_from_morocco", {"country": "ML"}, id=RETURN),
        Draft("direct_assistance", {"person_id": HEAD, "office": "RBA", "kind": "voucher"}),
    ],
)
def test_what_is_left_is_not_changed(register: Register, draft: Draft) -> None:
    erase(register, HEAD)
    with pytest.raises(UserError, match="person_anonymised"):
        Records(register).save(register.local_actor, draft, confirm_all="test")


def test_a_case_with_an_anonymised_member_may_be_changed(register: Register) -> None:
    erase(register, HEAD)
    change = Draft("case_file", {"remarks": "Dossier relu"}, id=CASE)
    assert Records(register).save(register.local_actor, change).ids == (CASE,)


def test_what_was_in_the_bin_does_not_come_back(register: Register) -> None:
    records = Records(register)
    records.delete(register.local_actor, "return_from_morocco", RETURN, "Erreur de Perpétue")
    assert [item.id for item in read_bin(register)] == [RETURN]
    erase(register, HEAD)
    assert not read_bin(register)
    with pytest.raises(UserError, match="person_anonymised"):
        records.restore(register.local_actor, "return_from_morocco", RETURN)


def test_files_merged_into_it_go_too_and_stay_merged(register: Register) -> None:
    from avrr_desktop.services.merging import merge, unmerge

    twin = "9" * 32
    draft = person(twin, given_name="Perpetua", birth_typed="1985")
    Records(register).save(register.local_actor, draft, confirm_all="test")
    merge(register, register.local_actor, HEAD, twin, (), reason="Même personne")
    erase(register, twin)
    with register.database.reading() as connection:
        query = "SELECT family_name FROM person WHERE id IN (?, ?)"
        assert connection.exec_driver_sql(query, (HEAD, twin)).scalars().all() == ["—", "—"]
    with pytest.raises(UserError, match="person_anonymised"):
        unmerge(register, register.local_actor, twin, "Erreur")


def test_twice_is_once(register: Register) -> None:
    assert (erase(register, HEAD), erase(register, HEAD)) == (1, 0)


def test_a_reason_is_asked(register: Register) -> None:
    with pytest.raises(UserError, match="reason_required"):
        anonymise(register, register.local_actor, [HEAD], " ")


def test_stopped_between_two_persons_the_first_is_done(register: Register, tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    def tell(done: int, _total: int) -> None:
        if done:
            raise Stop

    with pytest.raises(Stop):
        anonymise(register, register.local_actor, FAMILY, "Délai", tell)
    views = [read_person(register, who, S1) for who in FAMILY]
    assert [view.anonymised_on is not None for view in views] == [True, False]
    register.close()
    assert b"QX7788990" not in register.paths.register.read_bytes()


def test_a_protected_register_is_written_anew_under_its_key(
    tmp_path: Path, clock: FixedClock
) -> None:
    paths = paths_in(tmp_path / "protected")
    made = create_protected(paths, clock, AMINA, CHEAP).register
    Records(made).save(made.actor, person(HEAD, given_name="Perpétue"), confirm_all="test")
    assert erase(made, HEAD) == 1
    made.close()
    opened = open_register(paths, clock, enter(paths, clock, AMINA.login, AMINA.password))
    assert read_person(opened, HEAD, S1).name.family == "—"
    assert opened.database.check(full=True) == ()
    opened.close()


def _journal(register: Register) -> list[tuple[str, str]]:
    """What every line says beside its payload."""
    with register.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT record_id, coalesce(reason, '') FROM change")
        return [(str(record), str(reason)) for record, reason in rows]


def test_reasons_and_names_of_files_that_name_somebody_go_too(register: Register) -> None:
    actor, records = register.local_actor, Records(register)
    for who, name, reason in (
        (HEAD, "Perpetue", "Orthographe"),
        (OTHER, "Amina", "Amie de ZOUNGRANA"),
        (OTHER, "Aminata", "Voir QX 7788990"),
        (OTHER, "Awa", "Faute de frappe"),
    ):
        records.save(actor, Draft("person", {"given_name": name}, id=who), reason=reason)
    say_different(register, actor, HEAD, OTHER, "Théophraste connaît les deux")
    note_export(register, Path("dossier Zoungrana.pdf"), "subject_access")
    note_export(register, Path("liste 2023.xlsx"), "registration")
    assert erase(register, *FAMILY) == 2
    told = _journal(register)
    words = " ".join(f"{record} {reason}" for record, reason in told).lower()
    for name in (*NAMES, "Orthographe", "7788990"):
        assert name.lower() not in words
    assert ("liste 2023.xlsx", "") in told
    assert (OTHER, "Faute de frappe") in told
    assert (OTHER, "—") in told
    assert found(register) == ()


def test_a_reason_that_names_somebody_is_not_kept_with_the_anonymisation(
    register: Register,
) -> None:
    anonymise(register, register.local_actor, FAMILY, "Famille Zoungrana, parties")
    assert "oungrana" not in str(_journal(register))
    assert found(register) == ()


def test_a_common_short_name_alone_names_nobody(register: Register) -> None:
    actor, records = register.local_actor, Records(register)
    records.save(
        actor, person("f" * 32, family_name="BA", given_name="Ali", consent=()), confirm_all="x"
    )
    for reason in ("Ali a téléphoné", "Ali Ba a téléphoné"):
        records.save(actor, Draft("person", {"given_name": reason[-9:]}, id=OTHER), reason=reason)
    erase(register, "f" * 32)
    reasons = [reason for record, reason in _journal(register) if record == OTHER]
    assert reasons.count("Ali a téléphoné") == 1
    assert "Ali Ba a téléphoné" not in reasons


@pytest.mark.parametrize(
    "change",
    ["reason = 'x'", "actor_name = 'x'", "record_id = 'x'", "action = 'x'", "at = '2001-01-01'",
     "chain = (SELECT chain FROM change WHERE sequence = 1)"],
)  # fmt: skip
def test_a_line_that_lost_its_reason_is_still_sealed(register: Register, change: str) -> None:
    actor = register.local_actor
    draft = Draft("person", {"given_name": "Perpetue"}, id=HEAD)
    batch = Records(register).save(actor, draft, reason="Orthographe").batch
    erase(register, HEAD)
    assert found(register) == ()
    alter(register, f"UPDATE change SET {change} WHERE sequence = {batch}")
    assert batch in {fault.sequence for fault in found(register)}


def test_the_line_before_one_that_lost_its_reason_is_still_sealed(register: Register) -> None:
    actor = register.local_actor
    draft = Draft("person", {"given_name": "Perpetue"}, id=HEAD)
    batch = Records(register).save(actor, draft, reason="Orthographe").batch
    erase(register, HEAD)
    alter(register, f"DELETE FROM change WHERE sequence = {batch - 1}")
    assert [fault.kind for fault in found(register)] == [FaultKind.MISSING]


def test_a_correction_about_somebody_loses_its_reason(register: Register) -> None:
    actor = register.local_actor
    close(register, actor, S1)
    draft = Draft("return_from_morocco", {"country": "ML"}, id=RETURN)
    Records(register).save(actor, draft, correction="Partie au Mali", confirm_all="x")
    (waiting,) = corrections(register)
    assert waiting.reason == "Partie au Mali"
    erase(register, HEAD)
    assert [one.reason for one in corrections(register)] == ["—"]
    assert "Mali" not in str(_journal(register))
    assert found(register) == ()
