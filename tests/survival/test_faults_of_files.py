"""Every file the program writes, on a disk that fails at any of its writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.access.conftest import AMINA
from tests.survival.test_faults import _Failing, failing, points
from tests.survival.works import person_drafts

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.services.access.entering import enter
from avrr_desktop.services.audit_export import export_journal
from avrr_desktop.services.backups import Reason, backups, make_backup
from avrr_desktop.services.backups.restoring import open_backup, restore
from avrr_desktop.services.backups.second_place import choose_second_place, copy_to_second_place
from avrr_desktop.services.bulletin.export import export_word
from avrr_desktop.services.closing.closings import close
from avrr_desktop.services.exchange.nominal import export_nominal
from avrr_desktop.services.exchange.template import write_template
from avrr_desktop.services.lists import ListQuery, ids
from avrr_desktop.services.proof import proof
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, open_register
from avrr_desktop.services.unsaved import Unsaved, UnsavedForms

__all__ = ["failing"]
Fails = Callable[[int, int], _Failing]
S1 = parse_period("2023-S1")
BEFORE = b"the one before"
LIST_PASSWORD = "mot de passe du fichier"
FILES: dict[str, Callable[[Register, Path], object]] = {
    "template": lambda register, path: write_template(register, path, Language.FR),
    "bulletin": lambda register, path: export_word(register, S1, path, Language.FR),
    "journal": lambda register, path: export_journal(register, [1, 2, 3], path, Language.FR),
    "list": lambda register, path: export_nominal(
        register, "registration", path, Language.FR, password=LIST_PASSWORD
    ),
    "proof": lambda register, path: proof.write_proof(
        register, register.local_actor, S1, path, Language.FR
    ),
}
STEPS = {"list": 1, "proof": 1}  # every write; a document has thousands of small ones


def save(register: Register, number: int) -> None:
    drafts = person_drafts(f"PERSONNE{number}", f"{number:032x}")
    Records(register).save(register.actor, *drafts, confirm_all="test", correction="test")


@pytest.fixture
def peopled(register: Register) -> Register:
    for number in range(3):
        save(register, number)
    return register


@pytest.fixture
def made_once() -> Iterator[None]:
    """A proof pack's workbook is made and recounted once: it is seconds, and no matter here."""
    with pytest.MonkeyPatch.context() as own:
        for name in ("_workbook", "verified"):
            own.setattr(proof, name, once(getattr(proof, name)))
        yield


def once(work: Callable[..., object]) -> Callable[..., object]:
    made: list[object] = []

    def given(*args: object, **kwargs: object) -> object:
        if not made:
            made.append(work(*args, **kwargs))
        return made[0]

    return given


@pytest.mark.slow
@pytest.mark.usefixtures("made_once")
@pytest.mark.parametrize("name", list(FILES))
def test_a_file_that_fails_leaves_the_one_before(
    name: str, peopled: Register, tmp_path: Path, failing: Fails, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "proof":
        close(peopled, peopled.local_actor, S1)
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / ("out.zip" if name in STEPS else "out.xlsx")
    target.write_bytes(BEFORE)

    def act() -> None:
        FILES[name](peopled, target)
        target.write_bytes(BEFORE)

    def intact() -> None:
        assert target.read_bytes() == BEFORE
        assert [path.name for path in folder.iterdir()] == [target.name]

    act()
    points(failing, monkeypatch, act, intact, step=STEPS.get(name, 61))


def test_a_backup_that_fails_leaves_those_before(
    peopled: Register, failing: Fails, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_backup(peopled, Reason.ASKED)

    def intact() -> None:
        held = backups(peopled.paths)
        assert held
        assert not any(backup.is_damaged for backup in held)
        assert not list(peopled.paths.backups_dir.glob("*.part"))
        open_backup(held[-1], peopled.access)

    points(failing, monkeypatch, lambda: make_backup(peopled, Reason.ASKED), intact)


def test_a_second_copy_that_fails_leaves_those_before(
    peopled: Register, tmp_path: Path, failing: Fails, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    choose_second_place(peopled, stick)
    make_backup(peopled, Reason.ASKED)
    copy_to_second_place(peopled)
    (place,) = stick.iterdir()
    before = {path.name: path.read_bytes() for path in place.iterdir()}

    def intact() -> None:
        assert before.items() <= {p.name: p.read_bytes() for p in place.iterdir()}.items()

    points(failing, monkeypatch, lambda: copy_to_second_place(peopled), intact)


def test_a_restore_that_fails_leaves_the_register(
    peopled: Register, clock: FixedClock, failing: Fails, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_backup(peopled, Reason.ASKED)
    save(peopled, 9)
    opened = [peopled]

    def act() -> None:
        opened[0] = restore(opened[0], open_backup(made, opened[0].access))
        save(opened[0], 9)  # as before, for the next fault

    def intact() -> None:
        opened[0].close()
        access = enter(peopled.paths, clock, AMINA.login, AMINA.password)
        opened[0] = open_register(peopled.paths, clock, access)
        people = ids(opened[0], ListQuery("person"))
        assert len(people) in (3, 4)  # the one or the other, whole
        assert opened[0].database.check(full=True) == ()
        if len(people) == 3:
            save(opened[0], 9)

    points(failing, monkeypatch, act, intact)
    opened[0].close()


def test_a_draft_that_fails_leaves_the_one_before(
    register: Register, failing: Fails, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms, now = UnsavedForms(register), register.clock.now()
    texts = iter(range(10_000))
    kept = ["first"]

    def form(text: str) -> Unsaved:
        return Unsaved("f" * 32, register.actor.id, "person", (), now, {"name": text})

    forms.keep(form("first"))

    def act() -> None:
        text = str(next(texts))
        forms.keep(form(text))
        kept[0] = text

    def intact() -> None:
        (found,) = forms.read().forms
        assert found.page["name"] == kept[0]
        assert forms.read().set_aside == 0

    points(failing, monkeypatch, act, intact)
