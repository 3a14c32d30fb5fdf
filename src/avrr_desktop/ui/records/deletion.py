"""Deleting a record without a dialog: its reason and its effect asked at the top of the page."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.activities import RECORD_BY_KEY, SECTIONS
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period, parse_period, semester_of
from avrr_desktop.core.translation import ntr, screen_language, tr, translator
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.deletion_effect import DeletionEffect, deletion_effect
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.stored import UNDONE
from avrr_desktop.services.summary.cells import Cells
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.shell.correction import corrected
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import code_text, ltr, signed_text
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.text import Text


def reason_text(reason: str) -> str:
    """Why a record lies in the bin, as typed or in words of ours."""
    return tr("entry undone") if reason == UNDONE else reason


@dataclass(frozen=True, slots=True)
class Begun:
    """A deletion asked for and not yet decided: of which record, whose, and what is typed."""

    key: str
    record_id: str
    about: str
    reason: str


class DeletionBar(Surface):
    """Hidden until ``ask``; ``deleted`` once the record is in the bin, ``left`` when given up."""

    deleted = Signal(str)
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("error", name="deletion-bar", parent=parent)
        self._context = context
        self._key = self._record_id = self._about = self._said = ""
        self._title = Text(bold=True, wrap=True, name="deletion-title")
        self._effect = Text("", Type.CAPTION, wrap=True, name="deletion-effect")
        self.reason = QLineEdit()
        self.reason.setObjectName("deletion-reason")
        self.reason.setAccessibleName(tr("Reason for the deletion (required)"))
        self.reason.setPlaceholderText(tr("Reason: entered twice, wrong person…"))
        self.reason.setMaxLength(200)
        self.reason.textChanged.connect(self._on_typed)
        self.reason.returnPressed.connect(self._on_confirmed)
        self._confirm = Button(tr("Delete"), Variant.DANGER, icon="trash-2", name="deletion-do")
        self._confirm.clicked.connect(self._on_confirmed)
        cancel = Button(tr("Keep"), Variant.QUIET, name="deletion-cancel")
        cancel.clicked.connect(self.give_up)
        self._lay_out(cancel)
        self.hide()

    def _lay_out(self, cancel: Button) -> None:
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        words.addWidget(self._title)
        words.addWidget(self._effect)
        line = QHBoxLayout()
        line.setSpacing(Space.XS)
        line.addWidget(self.reason, 1)
        line.addWidget(self._confirm)
        line.addWidget(cancel)
        words.addLayout(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.M, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(IconMark("trash-2", "error"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def ask(self, key: str, record_id: str, about: str, said: str = "") -> None:
        """Ask for the reason of deleting a record ``about`` somebody; ``said`` names it better."""
        said = said or self._named(key, about)
        self._key, self._record_id, self._about, self._said = key, record_id, about, said
        try:
            effect = deletion_effect(
                self._context.register,
                self._context.actor,
                key,
                record_id,
                period_shown(self._context),
            )
        except UserError as error:
            self.hide()
            self._context.shell.say_failed(word_error(error, translator(screen_language())))
            return
        self._title.setText(tr("Delete {record}?", record=said))
        self._effect.setText(self._effect_text(effect))
        self._effect.setVisible(bool(self._effect.text()))
        self.setAccessibleName(f"{self._title.text()} {self._effect.text()}")
        self.reason.clear()
        self._on_typed("")
        self.show()
        self.reason.setFocus()

    def _named(self, key: str, about: str) -> str:
        if key == PERSON.key:
            return about
        label = self._context.text(RECORD_BY_KEY[key].label)
        return tr("{record} ({name})", record=label, name=about)

    def begun(self) -> Begun | None:
        """What is asked now, for the page that takes this one's place."""
        if self.isHidden():
            return None
        return Begun(self._key, self._record_id, self._about, self.reason.text())

    def go_on(self, begun: Begun) -> None:
        """Ask it again, with the reason as it was typed."""
        self.ask(begun.key, begun.record_id, begun.about)
        self.reason.setText(begun.reason)

    def give_up(self) -> None:
        """Close without deleting."""
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
            return
        super().keyPressEvent(event)

    def _effect_text(self, effect: DeletionEffect) -> str:
        parts = []
        if effect.events > 1:
            parts.append(
                ntr("{count} event goes with it.", "{count} events go with it.", effect.events)
            )
        moved = moved_text(self._context, effect.cells)
        if moved:
            period = code_text(period_shown(self._context).code)
            parts.append(tr("Figures of {period}: {moved}.", period=period, moved=moved))
        return " ".join(parts)

    def _on_typed(self, text: str) -> None:
        self._confirm.setEnabled(bool(text.strip()))

    def _on_confirmed(self) -> None:
        reason = self.reason.text().strip()
        if not reason or not self._key:
            return
        context = self._context
        try:
            changed = corrected(
                self,
                lambda correction: context.records.delete(
                    context.actor, self._key, self._record_id, reason, correction=correction
                ),
            )
        except UserError as error:
            context.shell.say_failed(
                word_error(error, translator(screen_language())), self._on_confirmed
            )
            return
        if changed is None:
            return
        self.hide()
        self.deleted.emit(self._record_id)
        context.shell.say_done(changed, tr("{record} is in the bin.", record=self._said))


def moved_text(context: Context, cells: Cells) -> str:
    """« Retours depuis le Maroc −1, Assistance directe −1 »: the sections' persons that move."""
    parts = []
    for key, (_activity, section) in SECTIONS.items():
        for cell, value in cells.items():
            if (cell.section, cell.measure, cell.term, cell.group) == (
                key,
                "persons",
                None,
                "total",
            ):
                parts.append(f"{context.text(section.label)} {ltr(signed_text(value))}")
    return " · ".join(parts)


def period_shown(context: Context) -> Period:
    """The period last looked at, or the present semester."""
    code = context.period
    return parse_period(code) if code else semester_of(context.register.clock.today())
