"""An anonymisation that is killed is finished at the next start; nothing typed comes back."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event
from tests.retention.conftest import CASE, CHILD, HEAD, NAMES, OTHER, RETURN

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.folding import fold
from avrr_desktop.db.database import Database
from avrr_desktop.services.register import Register, open_register
from avrr_desktop.services.retention.anonymising import anonymise
from avrr_desktop.services.retention.finishing import finish_erasure
from avrr_desktop.services.unsaved import Unsaved, UnsavedForms
from avrr_desktop.ui.drafts.packing import pack
from avrr_desktop.ui.forms.entry_page import EntryState
from avrr_desktop.ui.routes import FormOf


class Killed(Exception):
    """Stands for the end of the process."""


def kill(_self: object) -> None:
    raise Killed


def form_of(register: Register, form_id: str, key: str, record_id: str, *others: str) -> Unsaved:
    route = FormOf(key, record_id, person_ids=others)
    page = pack(route, EntryState(body=None))
    at = datetime(2023, 1, 10, tzinfo=UTC)
    return Unsaved(form_id, register.actor.id, key, ("ZOUNGRANA",), at, page)


def killed_before_the_end(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the transaction of the last person, before the file is written anew."""
    with monkeypatch.context() as patch:
        patch.setattr(Database, "overwrite_freed", kill)
        with pytest.raises(Killed):
            anonymise(register, register.local_actor, [HEAD, CHILD], "Délai")


def without_secure_delete(register: Register) -> None:
    """As most builds of SQLite are; some systems' own one writes zeros over what is freed."""

    def connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA secure_delete = OFF")

    register.database.engine.dispose()
    event.listen(register.database.engine, "connect", connected)


def names_in(folder: Path) -> list[str]:
    """What of them still stands in the bytes of the register."""
    content = b"".join(path.read_bytes() for path in folder.glob("register.sqlite*"))
    return [name for name in (*NAMES, *map(fold, NAMES)) if name.encode() in content]


def test_the_next_start_leaves_nothing_in_freed_pages(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_secure_delete(register)
    killed_before_the_end(register, monkeypatch)
    register.close()
    assert names_in(register.paths.data_dir)
    again = open_register(register.paths, register.clock)
    assert finish_erasure(again)
    assert not finish_erasure(again)  # once
    again.close()
    assert not names_in(register.paths.data_dir)


def test_killed_again_it_is_still_to_be_finished(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_before_the_end(register, monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(Database, "overwrite_freed", kill)
        with pytest.raises(Killed):
            finish_erasure(register)
    assert finish_erasure(register)


def test_an_anonymisation_that_ends_leaves_nothing_to_finish(register: Register) -> None:
    assert not finish_erasure(register)
    anonymise(register, register.local_actor, [HEAD], "Délai")
    assert not finish_erasure(register)


def test_forms_left_by_a_kill_are_erased_too(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = UnsavedForms(register)
    forms.keep(form_of(register, "1" * 32, "person", HEAD))
    forms.keep(form_of(register, "2" * 32, "return_from_morocco", RETURN))
    forms.keep(form_of(register, "3" * 32, "person", OTHER))
    with monkeypatch.context() as patch:
        patch.setattr(UnsavedForms, "erase_anonymised", kill)
        with pytest.raises(Killed):
            anonymise(register, register.local_actor, [HEAD], "Délai")
    assert len(forms.read().forms) == 3
    assert finish_erasure(register)
    assert [form.id for form in forms.read().forms] == ["3" * 32]


def test_a_form_open_meanwhile_is_not_kept_again(register: Register) -> None:
    forms = UnsavedForms(register)
    typed = form_of(register, "1" * 32, "return_from_morocco", "", HEAD)
    forms.keep(typed)
    anonymise(register, register.local_actor, [HEAD], "Délai")
    assert not forms.read().forms
    with pytest.raises(UserError, match="person_anonymised"):
        forms.keep(replace(typed, kept_at=datetime(2023, 1, 11, tzinfo=UTC)))
    assert not list(register.paths.drafts_dir.glob("*.draft"))


def test_the_form_of_a_case_is_kept_while_one_member_is_not_anonymised(register: Register) -> None:
    forms = UnsavedForms(register)
    typed = form_of(register, "1" * 32, "case_file", CASE, HEAD, CHILD)
    anonymise(register, register.local_actor, [HEAD], "Délai")
    forms.keep(typed)
    assert len(forms.read().forms) == 1
    anonymise(register, register.local_actor, [CHILD], "Délai")
    assert not forms.read().forms
