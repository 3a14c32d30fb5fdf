"""What is imported before Qt, and how tables are declared: both keep the start short."""

from __future__ import annotations

import subprocess
import sys

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.people.base import RecordBase

_SOURCES_READ = """
import inspect
from avrr_desktop import quick_start
quick_start.prepare()
read = []
inspect.getsource = lambda module: read.append(module.__name__) or ""
import avrr_desktop.app, avrr_desktop.ui.summary.page
print(*read)
"""

_NOT_NEEDED = """
import sys
from avrr_desktop import quick_start
quick_start.prepare()
import avrr_desktop.app, avrr_desktop.ui.summary.page
late = ("openpyxl", "alembic", "babel", "avrr_desktop.ui.forms", "docx",
    "avrr_desktop.services.comparisons", "avrr_desktop.services.bulletin")
print(*(name for name in late if name in sys.modules))
"""


def _printed(script: str) -> list[str]:
    command = [sys.executable, "-c", script]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    return found.stdout.split()


def test_no_source_is_read_while_the_window_s_modules_are_imported() -> None:
    assert _printed(_SOURCES_READ) == []


def test_what_the_first_page_does_not_show_is_imported_later() -> None:
    assert _printed(_NOT_NEEDED) == []


def test_annotations_of_tables_are_no_strings() -> None:
    for record in RECORD_BY_KEY.values():
        for model in record.model.__mro__:
            if issubclass(model, RecordBase):
                found = model.__annotations__.values()
                assert not [note for note in found if isinstance(note, str)], model
