"""The program in a process of its own, for the tests that kill it.

``python -m tests.ui.draft_process type FOLDER`` types eight fields of a registration, says what
stands where, and goes on running; ``resume FOLDER`` answers the dialog of the next start and says
the same. What is said is one line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import func, select
from tests.ui.forms.hands import box_of, enter, focused_key, pick, press

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.translation import load_catalogues
from avrr_desktop.paths import paths_in
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.register import create_register, open_register
from avrr_desktop.ui.drafts.dialog import DraftsDialog
from avrr_desktop.ui.forms.entry_page import EntryPage
from avrr_desktop.ui.routes import NewRegistration
from avrr_desktop.ui.shell.main_window import MainWindow
from avrr_desktop.ui.tasks import Tasks

NOW = datetime(2023, 7, 5, 10, 42, tzinfo=UTC)
TYPED = (
    *("family_name", "given_name", "family_name_ar", "given_name_ar"),
    *("sex", "birth_typed", "nationality", "document-kind"),
)
_PATIENCE = 30.0


def main(action: str, folder: Path) -> None:
    """Type, or resume."""
    paths = paths_in(folder)
    app = QApplication(sys.argv[:1])
    load_catalogues(paths.catalogues)
    clock = FixedClock(NOW)
    if action == "type":
        register = create_register(paths, clock, is_demo=True)
    else:
        register = open_register(paths, clock)
    window = MainWindow(app, register, Tasks())
    window.resize(1440, 900)
    window.start()
    window.show()
    window.activateWindow()
    if action == "type":
        type_eight(window)
        say({**standing(window), "persons": persons(window)})
    else:
        say(resumed(window))
    app.exec()  # until it is killed


def type_eight(window: MainWindow) -> None:
    """KONÉ Aïcha by the keyboard, up to the number of her passport."""
    window.open(NewRegistration())
    page = form_of(window)
    wait(lambda: focused_key(page) == "family_name")
    for text in ("KONÉ", "Aïcha", "كوني", "عائشة"):
        enter(page, text)
    press(page, Qt.Key.Key_Right)  # the first of the two
    press(page, Qt.Key.Key_Right)
    press(page, Qt.Key.Key_Return)
    enter(page, "070993")
    pick(page, "cote")
    pick(page, "passep")


def resumed(window: MainWindow) -> dict[str, object]:
    """What the dialog says, and the form once it is answered by Enter."""
    dialogs: list[DraftsDialog] = []

    def is_there() -> bool:
        dialogs[:] = [each for each in window.findChildren(DraftsDialog) if each.isVisible()]
        return bool(dialogs)

    wait(is_there)
    dialog = dialogs[0]
    model = dialog.model
    rows = [[model.index(row, column).data() for column in range(3)] for row in range(1)]
    counted = persons(window)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    wait(lambda: isinstance(window.page, EntryPage))
    page = form_of(window)
    wait(lambda: focused_key(page) != "")
    return {**standing(window), "rows": rows, "persons": counted}


def standing(window: MainWindow) -> dict[str, object]:
    """The eight values, where one is, and the field with the focus."""
    page = form_of(window)
    values = {key: str(box_of(page, key).value()) for key in TYPED}
    return {"values": values, "page": type(page.route).__name__, "focus": focused_key(page)}


def persons(window: MainWindow) -> int:
    """How many persons the register holds."""
    with window.context.register.database.reading() as connection:
        query = select(func.count()).select_from(table_of(Person))
        return connection.execute(query).scalar() or 0


def form_of(window: MainWindow) -> EntryPage:
    page = window.page
    assert isinstance(page, EntryPage)
    return page


def wait(is_so: Callable[[], bool]) -> None:
    """Serve the window until something is so."""
    end = time.monotonic() + _PATIENCE
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError
        QApplication.processEvents()
        time.sleep(0.01)


def say(what: dict[str, object]) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
