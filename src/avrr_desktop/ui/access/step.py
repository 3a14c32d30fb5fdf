"""A step of the way in: a title, some lines, a button, and work on the worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, translator
from avrr_desktop.services.messages import word_error
from avrr_desktop.ui.access.lines import LabelledLine
from avrr_desktop.ui.tasks import Progress, Request, Tasks
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.icon_label import IconText
from avrr_desktop.ui.widgets.text import Text

_T = TypeVar("_T")


class Step(QWidget):
    """``go`` is its primary button; what is typed stays when its work is refused."""

    def __init__(self, tasks: Tasks, name: str, title: str, text: str, go: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.tasks = tasks
        self._lines: list[LabelledLine] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(Space.M)
        self.column.addWidget(Text(title, Type.TITLE, wrap=True, name="step-title"))
        if text:
            self.column.addWidget(Text(text, tone="text2", wrap=True))
        self._fault = IconText("circle-alert", "", tone="error", wrap=True, name="step-error")
        self._fault.hide()
        self.go = Button(go, Variant.PRIMARY, name=f"{name}-go")
        self.go.clicked.connect(self.submit)
        self._go_text = go
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(Space.S)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.go)

    def add_line(self, line: LabelledLine) -> LabelledLine:
        """Put a line under the others; Enter goes to the next, on the last it submits."""
        self._lines.append(line)
        self.column.addWidget(line)
        line.finished.connect(lambda: self._on_finished(line))
        return line

    def close_with_buttons(self) -> None:
        """Once every line is there."""
        self.column.addWidget(self._fault)
        self.column.addLayout(self.buttons)

    def submit(self) -> None:
        """Do what the step is for."""
        raise NotImplementedError

    def work(self, act: Callable[[Progress], _T], done: Callable[[_T], None], busy: str) -> None:
        """Run on the worker; nothing can be changed meanwhile, and the button says why."""
        self._fault.hide()
        self.setEnabled(False)
        self.go.set_label(busy)

        def on_done(result: _T) -> None:
            self._rest()
            done(result)

        self.tasks.start(Request(act, on_done, self.refuse))

    def refuse(self, error: UserError) -> None:
        """Say a fault beside the line it is about, else under them all."""
        self._rest()
        sentence = word_error(error, translator(screen_language()))
        line = self.lines_at_fault().get(error.code)
        if line is not None:
            line.show_error(sentence)
            line.line.setFocus()
            line.line.selectAll()
            return
        self._fault.set_content("circle-alert", sentence)
        self._fault.show()

    def lines_at_fault(self) -> Mapping[str, LabelledLine]:
        """Which line a code of an error is about."""
        return {}

    def _rest(self) -> None:
        self.setEnabled(True)
        self.go.set_label(self._go_text)

    def _on_finished(self, line: LabelledLine) -> None:
        place = self._lines.index(line) + 1
        if place == len(self._lines):
            self.submit()
        else:
            self._lines[place].line.setFocus()
