"""Half-typed forms in their folder: kept, binned, purged, set aside, sealed."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.paths import paths_in
from avrr_desktop.services import unsaved
from avrr_desktop.services.access.protecting import FirstUser, protect
from avrr_desktop.services.access.rotation import rotate_key
from avrr_desktop.services.register import Register, create_register
from avrr_desktop.services.unsaved import Found, Unsaved, UnsavedForms, reseal
from avrr_desktop.vault import Box, Cost

FORM_ID = "f" * 32
NAMES = ("DIALLO Mamadou", "كوني عائشة", "KONÉ Aïcha")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2023, 7, 5, 10, 42, tzinfo=UTC))


@pytest.fixture
def register(tmp_path: Path, clock: FixedClock) -> Iterator[Register]:
    opened = create_register(paths_in(tmp_path / "data"), clock, is_demo=True)
    yield opened
    opened.close()


@pytest.fixture
def forms(register: Register) -> UnsavedForms:
    return UnsavedForms(register)


@pytest.fixture
def form(register: Register, clock: FixedClock) -> Unsaved:
    page: dict[str, object] = {"route": {"!": "x", "of": {}}, "state": list(NAMES)}
    return Unsaved(FORM_ID, register.actor.id, "person", NAMES, clock.now(), page)


def file_of(register: Register, folder: str = "") -> Path:
    return register.paths.drafts_dir / folder / f"{FORM_ID}.draft"


def test_what_was_kept_is_read_again(forms: UnsavedForms, form: Unsaved) -> None:
    forms.keep(form)
    assert forms.read() == Found((form,))


def test_the_last_form_comes_first(forms: UnsavedForms, form: Unsaved) -> None:
    later = replace(form, id="e" * 32, kept_at=form.kept_at + timedelta(minutes=1))
    forms.keep(form)
    forms.keep(later)
    assert [each.id for each in forms.read().forms] == [later.id, form.id]


def test_keeping_again_replaces(forms: UnsavedForms, form: Unsaved) -> None:
    forms.keep(form)
    forms.keep(replace(form, persons=("BAH",)))
    (found,) = forms.read().forms
    assert found.persons == ("BAH",)


def test_what_is_no_longer_wanted_is_not_written(forms: UnsavedForms, form: Unsaved) -> None:
    forms.keep(form, lambda: False)
    assert forms.read() == Found(())


def test_what_is_saved_is_forgotten(forms: UnsavedForms, form: Unsaved, register: Register) -> None:
    forms.keep(form)
    forms.forget(form.id)
    assert forms.read() == Found(())
    assert list(register.paths.drafts_dir.rglob("*")) == []


def test_another_author_sees_neither_form_nor_bin(
    forms: UnsavedForms, form: Unsaved, register: Register
) -> None:
    forms.keep(form)
    forms.keep(replace(form, id="e" * 32))
    forms.discard("e" * 32)
    register.actor = Actor("b" * 32, "Karim", Role.CASEWORKER)
    assert forms.read() == Found(())
    assert forms.binned() == ()
    assert file_of(register).exists()


def test_discarded_form_comes_back_from_the_bin(
    forms: UnsavedForms, form: Unsaved, clock: FixedClock
) -> None:
    forms.keep(form)
    forms.discard(form.id)
    assert forms.read() == Found(())
    assert forms.binned() == (replace(form, discarded_at=clock.now()),)
    forms.restore(form.id)
    assert forms.binned() == ()
    assert forms.read() == Found((form,))


@pytest.mark.parametrize("days", [29, 30])
def test_the_bin_keeps_thirty_days(
    forms: UnsavedForms,
    form: Unsaved,
    clock: FixedClock,
    register: Register,
    days: int,
) -> None:
    forms.keep(form)
    is_there = days < 30
    forms.discard(form.id)
    clock.instant += timedelta(days=days)
    assert bool(forms.binned()) is is_there
    forms.purge()
    assert file_of(register, "bin").exists() is is_there


def test_a_form_that_waits_never_expires(
    forms: UnsavedForms, form: Unsaved, clock: FixedClock
) -> None:
    forms.keep(form)
    clock.instant += timedelta(days=400)
    forms.purge()
    assert forms.read() == Found((form,))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff",
        b"[]",
        b"{}",
        b'{"format":2}',
        b"[" * 200_000,
        b'{"format":1,"register":"another"}',
    ],
)
def test_damaged_file_is_set_aside(
    forms: UnsavedForms, form: Unsaved, register: Register, content: bytes
) -> None:
    forms.keep(replace(form, id="e" * 32))
    file_of(register).write_bytes(content)
    found = forms.read()
    assert [each.id for each in found.forms] == ["e" * 32]
    assert found.set_aside == 1
    assert file_of(register, "aside").read_bytes() == content
    assert forms.read().set_aside == 0


def test_damaged_file_of_the_bin_does_not_stop_the_start(
    forms: UnsavedForms, form: Unsaved, register: Register
) -> None:
    forms.keep(form)
    forms.discard(form.id)
    file_of(register, "bin").write_bytes(b"x")
    forms.purge()
    assert file_of(register, "aside").exists()


def test_files_aside_go_after_thirty_days(
    forms: UnsavedForms, register: Register, clock: FixedClock
) -> None:
    aside = file_of(register, "aside")
    aside.parent.mkdir(parents=True)
    aside.write_bytes(b"x")
    os.utime(aside, (clock.now().timestamp(),) * 2)
    forms.purge()
    assert aside.exists()
    clock.instant += timedelta(days=31)
    forms.purge()
    assert not aside.exists()


def test_full_disk_is_said_and_what_was_kept_stays(
    forms: UnsavedForms, form: Unsaved, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms.keep(form)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="disk_full"):
        forms.keep(replace(form, persons=("BAH",)))
    monkeypatch.undo()
    assert forms.read() == Found((form,))


@pytest.mark.skipif(sys.platform == "win32", reason="folders of Windows have no such mode")
def test_folder_that_cannot_be_written_to(clock: FixedClock) -> None:
    with TemporaryDirectory() as place:
        Path(place).chmod(0o755)  # somebody without rights may look at it
        register = create_register(paths_in(Path(place) / "data"), clock, is_demo=True)
        folder = register.paths.drafts_dir
        folder.mkdir(exist_ok=True)
        folder.chmod(0o555)
        form = Unsaved(FORM_ID, register.actor.id, "person", (), clock.now(), {})
        with unprivileged(), pytest.raises(UserError, match="folder_read_only"):
            UnsavedForms(register).keep(form)
        assert UnsavedForms(register).read() == Found(())
        folder.chmod(0o755)
        register.close()


@contextmanager
def unprivileged() -> Iterator[None]:
    """Without the rights of root, whom no mode stops."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_no_byte_of_a_name_is_readable_under_a_key(
    register: Register, form: Unsaved, tmp_path: Path
) -> None:
    register.box = Box(b"k" * 32, register.info.uuid)
    forms = UnsavedForms(register)
    forms.keep(form)
    forms.keep(replace(form, id="e" * 32))
    forms.discard("e" * 32)
    assert len(forms.read().forms) == 1
    files = [path for path in register.paths.drafts_dir.rglob("*") if path.is_file()]
    assert len(files) == 2
    for path in files:
        held = path.read_bytes() + path.name.encode()
        for name in " ".join(NAMES).split():
            for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
                with suppress(UnicodeEncodeError):  # no Arabic in Latin-1
                    assert name.encode(encoding) not in held


def test_form_of_another_key_is_set_aside(register: Register, form: Unsaved) -> None:
    register.box = Box(b"k" * 32, register.info.uuid)
    UnsavedForms(register).keep(form)
    register.box = Box(b"l" * 32, register.info.uuid)
    assert UnsavedForms(register).read() == Found((), 1)


@pytest.mark.parametrize("before", [None, b"k" * 32])
def test_another_key_opens_what_is_sealed_again(
    register: Register, form: Unsaved, before: bytes | None
) -> None:
    old, new = Box(before, register.info.uuid), Box(b"n" * 32, register.info.uuid)
    register.box = old
    forms = UnsavedForms(register)
    forms.keep(form)
    forms.keep(replace(form, id="e" * 32))
    forms.discard("e" * 32)
    folder = register.paths.drafts_dir
    reseal(folder, old, new)
    register.box = new
    assert forms.read() == Found((form,))
    assert len(forms.binned()) == 1
    reseal(folder, old, new)  # cut short and begun again: what is sealed anew is left alone
    assert forms.read() == Found((form,))


def test_a_later_format_is_left_to_a_later_program(
    forms: UnsavedForms, form: Unsaved, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsaved, "FORMAT", 2)
    forms.keep(form)
    monkeypatch.undo()
    assert forms.read() == Found((), 1)


def test_protecting_and_another_key_take_the_forms_along(tmp_path: Path, clock: FixedClock) -> None:
    paths = paths_in(tmp_path / "real")
    plain = create_register(paths, clock, is_demo=False)
    author = plain.actor.id
    form = Unsaved(FORM_ID, author, "person", NAMES, clock.now(), {"state": list(NAMES)})
    UnsavedForms(plain).keep(form)
    plain.close()
    register = protect(
        paths, clock, FirstUser("Amina Testeuse", "amina", "phrase de passe"), Cost(1, 8, 1)
    ).register
    try:
        assert UnsavedForms(register).read() == Found((form,))
        register = rotate_key(register, register.actor)
        assert UnsavedForms(register).read() == Found((form,))
        assert b"DIALLO" not in file_of(register).read_bytes()
    finally:
        register.close()
