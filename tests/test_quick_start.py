"""What is imported before Qt, and how tables are declared: both keep the start short."""

from __future__ import annotations

import subprocess
import sys

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.people.base import RecordBase

_AFTER_PREPARING = """
import sys
from avrr_desktop import quick_start
quick_start.prepare()
assert "PySide6" not in sys.modules
before = set(sys.modules)
import avrr_desktop.app, avrr_desktop.ui.summary.page
slow = {"alembic", "babel", "openpyxl", "pydantic", "rapidfuzz", "sqlalchemy", "sqlmodel"}
print(*sorted({name.partition(".")[0] for name in set(sys.modules) - before} & slow))
"""


def test_libraries_without_qt_are_imported_before_it_or_not_at_all() -> None:
    found = subprocess.run(
        [sys.executable, "-c", _AFTER_PREPARING], capture_output=True, text=True, check=True
    )
    assert found.stdout.split() == []


def test_annotations_of_tables_are_no_strings() -> None:
    for record in RECORD_BY_KEY.values():
        for model in record.model.__mro__:
            if issubclass(model, RecordBase):
                found = model.__annotations__.values()
                assert not [note for note in found if isinstance(note, str)], model
