"""Somebody leaves a case: the day is asked at the top of the page, not in a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.errors import Refused, UserError
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.services.case_page import CaseView, leave_case
from avrr_desktop.services.messages import word_error, word_finding
from avrr_desktop.services.person_page import Member
from avrr_desktop.ui.editors.day import DateEditor
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.person.words import plain_name
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import date_text, ltr
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.text import Text


class LeavingBar(Surface):
    """Hidden until ``ask``; saves the last day of a member, then offers to undo."""

    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("warning", name="leaving-bar", parent=parent)
        self._context = context
        self._case: CaseView | None = None
        self._member: Member | None = None
        self._title = Text(bold=True, wrap=True, name="leaving-title")
        note = tr("Past events keep their case: no figure of the past changes.")
        self._note = Text(note, Type.CAPTION, wrap=True)
        self.problem = Text("", Type.CAPTION, tone="error", wrap=True, name="leaving-problem")
        self.day = DateEditor(
            "leaving-day", tr("Last day in the case"), today=context.register.clock.today
        )
        self.day.finished.connect(self._on_confirmed)
        confirm = Button(tr("Leaves the case"), Variant.SECONDARY, name="leaving-do")
        confirm.clicked.connect(self._on_confirmed)
        cancel = Button(tr("Cancel"), Variant.QUIET, name="leaving-cancel")
        cancel.clicked.connect(self.give_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.S, Space.M, Space.S)
        column.setSpacing(Space.XS)
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        row.addWidget(Text(tr("Last day in the case"), Type.CAPTION))
        for widget in (self.day, confirm, cancel):
            row.addWidget(widget)
        row.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._note)
        column.addLayout(row)
        column.addWidget(self.problem)
        self.hide()

    def ask(self, case: CaseView, member: Member) -> None:
        """Ask for the last day of a member."""
        self._case, self._member = case, member
        said = tr("{name} leaves the case", name=plain_name(member.name))
        self._title.setText(said)
        self.setAccessibleName(said)
        self.day.set_value(self._context.register.clock.today())
        self._say_problem("")
        self.show()
        self.day.setFocus()

    def give_up(self) -> None:
        """Close without saving."""
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
            return
        super().keyPressEvent(event)

    def _say_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.day.set_state("error" if text else "normal")
        self.day.set_described(text)

    def _on_confirmed(self) -> None:
        day = self.day.value()
        if day is None:
            self._say_problem(self.day.problem() or tr("To be filled in."))
            return
        assert self._case is not None
        assert self._member is not None
        context, say = self._context, translator(screen_language())
        try:
            changed = leave_case(
                context.records, context.actor, self._case, self._member.membership_id, day
            )
        except Refused as refused:
            self._say_problem(word_finding(refused.findings[0], CASE_FILE, say))
            return
        except UserError as error:
            context.shell.say_failed(word_error(error, say), self._on_confirmed)
            return
        self.hide()
        said = tr(
            "{name} left the case on {day}.",
            name=plain_name(self._member.name),
            day=ltr(date_text(day)),
        )
        context.shell.say_done(changed, said)
