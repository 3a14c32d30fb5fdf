"""The window led from page to page, and its forms filled as a keyboard fills them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.kinds import Kind
from avrr_desktop.services.exchange.planning import sequence_now
from avrr_desktop.ui.editors.yes_no import ChoiceEditor, YesNoEditor
from avrr_desktop.ui.forms.entry_page import EntryPage
from avrr_desktop.ui.forms.field_box import FieldBox
from avrr_desktop.ui.routes import Route
from avrr_desktop.ui.shell.main_window import MainWindow
from avrr_desktop.visits.places import DAY

PAUSE: Final = 0.35  # seconds: the forms count the effect of what is typed after a pause
_WAIT_SECONDS: Final = 60.0
_ROUNDS: Final = 3  # of events, with nothing left to do
# What is typed into a field of each kind; lists take their first term, a press of an arrow.
_KEYS: Final[dict[Kind, str]] = {
    Kind.TEXT: "Saisie de la visite",
    Kind.LATIN: "VISITE",
    Kind.ARABIC: "زيارة",
    Kind.LONG_TEXT: "Saisie de la visite.",
    Kind.IDENTIFIER: "V 2023",
    Kind.INTEGER: "2",
    Kind.AMOUNT: "600",
    Kind.DATE: f"{DAY:%d%m%y}",
    Kind.BIRTH: "120394",
}
# A visit neither ends a programme nor gives it up.
_LEFT_EMPTY: Final = frozenset(
    {"exit_kind", "exit_on", "exit_reason", "abandoned_on", "withdrawn_on", "exception_reason"}
)


class Leading:
    """One window and what is done in it."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        self._app = app
        self.window = window

    def show(self, route: Route, pause: float = PAUSE) -> None:
        """Open a page and wait for what it asked the worker for."""
        self.window.open(route)
        self.settle(pause)

    def fill(self, route: Route) -> None:
        """Type into every field, save with Ctrl+S and see that the register took it.

        Raises:
            UserError: ``tour_refused``; the page still shows why.
        """
        before = self._sequence()
        self.show(route)
        form = self.window.page
        assert isinstance(form, EntryPage)
        done: set[str] = set()
        while left := [box for box in form.body.order() if box.key not in done]:
            done.add(left[0].key)
            self._type(left[0])
        self.settle()
        QTest.keyClick(self.focus(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        self.settle()
        if self._sequence() == before:
            raise UserError("tour_refused", form=form.form_key())

    def let_go(self) -> None:
        """Forget what is typed, so that nothing asks what to do with it."""
        form = self.window.page
        if isinstance(form, EntryPage):
            form.reload()

    def settle(self, pause: float = PAUSE) -> None:
        """Let the worker and the window finish; a sleep hands the worker its turn."""
        tasks = self.window.context.tasks
        begun, quiet = time.monotonic(), 0
        while quiet < _ROUNDS or time.monotonic() - begun < pause:
            self._app.processEvents()
            quiet = quiet + 1 if tasks.is_idle else 0
            time.sleep(0.005)
            if time.monotonic() - begun > _WAIT_SECONDS:
                raise UserError("worker_never_ends")

    def picture(self, path: Path) -> None:
        """What the window shows now."""
        self.window.grab().save(str(path))

    def focus(self) -> QWidget:
        """Where key strokes go."""
        focused: QWidget | None = self.window.focusWidget()
        return self.window if focused is None else focused

    def _type(self, box: FieldBox) -> None:
        field = box.field
        if field.name in _LEFT_EMPTY or box.value() not in (None, ()):
            return
        box.focus()
        self._app.processEvents()
        if keys := _KEYS.get(field.spec.kind):
            self._strike(keys)
        elif field.spec.kind is Kind.TERMS:
            QTest.keyClick(self.focus(), Qt.Key.Key_Space)
        else:
            is_row = isinstance(box.editor, ChoiceEditor | YesNoEditor)
            QTest.keyClick(self.focus(), Qt.Key.Key_Right if is_row else Qt.Key.Key_Down)
        QTest.keyClick(self.focus(), Qt.Key.Key_Return)

    def _strike(self, text: str) -> None:
        """Strike the keys of ``text``, as a keyboard of its script would send them."""
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                modifiers = Qt.KeyboardModifier.NoModifier
                self._app.sendEvent(self.focus(), QKeyEvent(kind, 0, modifiers, letter))

    def _sequence(self) -> int:
        with self.window.context.register.database.reading() as connection:
            return sequence_now(connection)
