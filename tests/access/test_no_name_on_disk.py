"""After a day's work on a protected register, no name is in any file the program wrote."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.access.conftest import CHEAP
from tests.survival.works import AMINA, NEWER

from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.log import logger, start_log, stop_log
from avrr_desktop.services.access.protecting import Protected
from avrr_desktop.services.access.rotation import rotate_key
from avrr_desktop.services.access.users import change_own_password
from avrr_desktop.services.backups import Reason, make_backup
from avrr_desktop.services.backups.drill import run_drill
from avrr_desktop.services.backups.restoring import open_backup, restore
from avrr_desktop.services.closing.closings import close
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.search import find
from avrr_desktop.services.unsaved import Unsaved, UnsavedForms
from avrr_desktop.services.workbook import export_workbook

NAMES = ("KOUYATE-Sinaly", "Mbemba Souley", "Aïssatou Béavogui", "عائشة كوياتي", "R7654321X9")
S1 = parse_period("2023-S1")


def test_no_name_is_on_the_disk(
    protected: Protected,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    register = protected.register
    data = register.paths.data_dir
    start_log(register.paths.log_dir)
    _work(register)
    _search_bytes(data, temporary)  # while the log beside the file holds the last saves
    made = make_backup(register, Reason.ASKED)
    run_drill(register)
    close(register, register.actor, S1)
    export_workbook(register, S1, tmp_path / "figures.xlsx", Language.FR)
    register = rotate_key(register, register.actor)
    change_own_password(register, register.actor, AMINA.password, NEWER, CHEAP)
    opening = open_backup(made, register.access, AMINA.login, AMINA.password)
    register = restore(register, opening)
    logger.info("end")
    stop_log()
    _search_bytes(data, temporary, tmp_path / "figures.xlsx")
    register.close()
    _search_bytes(data, temporary)


def _work(register: Register) -> None:
    records = Records(register)
    person = {
        "family_name": NAMES[0],
        "given_name": NAMES[1],
        "other_names": NAMES[2],
        "family_name_ar": NAMES[3],
        "sex": "man",
        "birth_typed": "12/03/1994",
        "nationality": "GN",
        "document": ({"kind": "passport", "number": NAMES[4], "country": "GN"},),
    }
    saved = records.save(register.actor, Draft("person", person), confirm_all="test")
    found = find(register, NAMES[0], 5)
    assert found.hits
    change = {"given_name": "Autre Prénom Long"}
    records.save(register.actor, Draft("person", change, saved.ids[0]))
    forms = UnsavedForms(register)
    at = datetime(2023, 7, 5, tzinfo=UTC)
    page = {"typed": NAMES[0]}
    form = Unsaved("f" * 32, register.actor.id, "registration", (NAMES[1],), at, page)
    forms.keep(form)


def _search_bytes(*places: Path) -> None:
    wanted = {
        name.encode(encoding)
        for name in (*NAMES, "Autre Prénom Long", AMINA.password, NEWER)
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1")
        if _can(name, encoding)
    }
    seen = 0
    for place in places:
        files = [place] if place.is_file() else [p for p in place.rglob("*") if p.is_file()]
        for path in files:
            content = path.read_bytes()
            seen += 1
            assert not [name for name in wanted if name in content], path
            assert not any(name.encode() in str(path).encode() for name in NAMES)
    assert seen > 2


def _can(name: str, encoding: str) -> bool:
    try:
        return len(name.encode(encoding)) >= 8
    except UnicodeEncodeError:
        return False
