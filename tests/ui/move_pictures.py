"""The guide's pictures of a move: ``python -m tests.ui.move_pictures FOLDER [LANGUAGE] [SCHEME]``.

They are made by the program itself, on a register of invented people.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from tests.access.conftest import AMINA, CHEAP
from tests.backups.conftest import add_person

from avrr_desktop.app import Session, application
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import load_catalogues
from avrr_desktop.paths import Paths, paths_in
from avrr_desktop.services.access.protecting import create_protected
from avrr_desktop.services.backups import Reason, make_backup
from avrr_desktop.services.moving.preparing import prepare_move
from avrr_desktop.services.register import Register
from avrr_desktop.ui.access.continue_steps import ContinueHereStep, FilePasswordStep
from avrr_desktop.ui.access.entry_window import EntryWindow
from avrr_desktop.ui.routes import MoveRegister
from avrr_desktop.ui.shell.desk import Desk
from avrr_desktop.ui.theme.tokens import Scheme

CLOCK = FixedClock(datetime(2023, 7, 5, 9, 42, tzinfo=UTC))
PERSONS = 48
WINDOW = (1000, 640)
WIDTH = 720  # what the guide's column holds
_SECONDS = 30.0


def wait(until: Callable[[], bool]) -> None:
    """Let the window work until something is so, and a little longer."""
    ends = time.monotonic() + _SECONDS
    quiet = 0.0
    while quiet == 0.0 or time.monotonic() < quiet:
        application().processEvents()
        time.sleep(0.005)
        if not quiet and until():
            quiet = time.monotonic() + 0.4
        assert time.monotonic() < ends


def filled(paths: Paths) -> Register:
    """The register that is to be moved."""
    register = create_protected(paths, CLOCK, AMINA, CHEAP).register
    for number in range(PERSONS):
        add_person(register, number)
    make_backup(register, Reason.SESSION)
    return register


def wear(paths: Paths, language: Language, scheme: Scheme) -> None:
    """As the desk of that folder is to look."""
    paths.create_folders()
    desk = Desk(paths.settings)
    desk.language, desk.scheme = language, scheme
    desk.read_again()


def keep(picture: QPixmap, target: Path) -> None:
    """No wider than the column it is read in."""
    if picture.width() > WIDTH:
        picture = picture.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
    picture.save(str(target))


def picture_settings(app: QApplication, register: Register, target: Path) -> None:
    """The page of the settings, once the file is written."""
    session = Session(app, register.paths, CLOCK)
    session._work_on(register)
    window = session.window
    assert window is not None
    window.resize(*WINDOW)
    window.open(MoveRegister())
    wait(lambda: window.context.tasks.is_idle)
    page = window.page
    assert page is not None
    card = page.findChild(QWidget, "move-file")
    assert card is not None
    bottom = card.mapTo(page, card.rect().bottomLeft()).y() + 20
    keep(page.grab().copy(0, 0, page.width(), bottom), target)
    session.end()


def picture_entry(app: QApplication, paths: Paths, file: Path, folder: Path, end: str) -> None:
    """The first start, the password of the file, and what it holds."""
    entry = EntryWindow(app, paths, CLOCK, CHEAP)
    entry.show()
    wait(lambda: True)
    offer = entry.findChild(QWidget, "first-continue")
    assert offer is not None
    keep(offer.grab(), folder / f"move-first-{end}.png")
    entry.offer_file(file)
    step = entry.step
    assert isinstance(step, FilePasswordStep)
    entry.resize(WIDTH, 440)
    wait(lambda: True)
    keep(entry.grab(), folder / f"move-password-{end}.png")
    step.login.line.setText(AMINA.login)
    step.password.line.setText(AMINA.password)
    step.submit()
    wait(lambda: isinstance(entry.step, ContinueHereStep))
    keep(entry.grab(), folder / f"move-here-{end}.png")
    entry.close()
    entry.deleteLater()


def main(folder: Path, *words: str) -> None:
    """Keep the pictures in a folder."""
    language = next((Language(word) for word in words if word in set(Language)), Language.FR)
    scheme = next((Scheme(word) for word in words if word in set(Scheme)), Scheme.LIGHT)
    platform.node = lambda: "PC-RABAT-1"
    app = application()
    end = language.value if scheme is Scheme.LIGHT else f"{language.value}-{scheme.value}"
    with TemporaryDirectory() as scratch:
        old, new = paths_in(Path(scratch) / "old"), paths_in(Path(scratch) / "AVRR")
        load_catalogues(old.catalogues)
        for paths in (old, new):
            wear(paths, language, scheme)
        register = filled(old)
        file = prepare_move(register, Path(scratch) / "AVRR Rabat 2023-07-05.avrr").path
        picture_entry(app, new, file, folder, end)
        picture_settings(app, register, folder / f"move-settings-{end}.png")


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    main(target, *sys.argv[2:])
