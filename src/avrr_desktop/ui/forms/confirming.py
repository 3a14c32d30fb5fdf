"""A value to confirm: why it is unlikely, a reason, and *Confirm*."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.editors.text import TextEditor
from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.flow import FlowLayout
from avrr_desktop.ui.widgets.icon_label import IconMark, IconText
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.text import Text
from avrr_desktop.ui.widgets.tips import plain_tip

_LONGEST_REASON = 200


def required_mark() -> str:
    """The red asterisk after a label, as markup."""
    return f' <span style="color:{color("error").name()}"><b>*</b></span>'


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """An unlikely value: the finding's code, its sentence and the reason given, if any.

    ``person_id`` is somebody who may be the same person, ``same_text`` what to do then.
    """

    code: str
    text: str
    reason: str = ""
    person_id: str = ""
    same_text: str = ""


class ConfirmBlock(Surface):
    """A warning below a field, with a reason to write; no dialog."""

    confirmed = Signal(str)
    same_person = Signal(str)

    def __init__(self, wanted: ToConfirm, name: str) -> None:
        super().__init__("warning", name=name)
        self._wanted = wanted
        self.setAccessibleName(wanted.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(Space.XS)
        said = QHBoxLayout()
        said.setSpacing(Space.S)
        said.addWidget(IconMark("triangle-alert", "warning"), 0, Qt.AlignmentFlag.AlignTop)
        words = Text("", wrap=True)
        # In markup a line may break at the thin space of thousands: not at this one.
        first, stop, rest = wanted.text.replace("\u202f", "\u00a0").partition(". ")
        words.set_markup(f"<b>{escape(first + stop.strip())}</b> {escape(rest)}")
        said.addWidget(words, 1)
        column.addLayout(said)
        if wanted.person_id:
            column.addLayout(self._make_choice(name))
        self._asked = self._make_reason(name)
        column.addWidget(self._asked)
        self._asked.setVisible(not wanted.person_id)

    def _make_choice(self, name: str) -> FlowLayout:
        """Same person or different person."""
        row = FlowLayout(spacing=0)
        self.same = Button(self._wanted.same_text, small=True, name=f"{name}-same")
        self.same.clicked.connect(lambda: self.same_person.emit(self._wanted.person_id))
        self.different = Button(tr("Different person"), small=True, name=f"{name}-different")
        self.different.clicked.connect(self._on_different)
        row.addWidget(self.same)
        row.addWidget(self.different)
        return row

    def _make_reason(self, name: str) -> QWidget:
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        label = Text("", Type.CAPTION)
        label.set_markup(f"{escape(tr('Reason'))}{required_mark()}")
        self._reason = TextEditor(
            f"{name}-reason",
            tr("Reason, required"),
            max_length=_LONGEST_REASON,
            placeholder=tr("Why is it right?"),
        )
        self._reason.set_described(self._wanted.text)
        self._reason.finished.connect(self._on_confirm)
        self.button = Button(tr("Confirm"), name=f"{name}-confirm")
        self.button.clicked.connect(self._on_confirm)
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        row.addWidget(self._reason, 1)
        row.addWidget(self.button)
        column.addWidget(label)
        column.addLayout(row)
        return frame

    def shows(self, wanted: ToConfirm) -> bool:
        """Whether it asks exactly this already."""
        return self._wanted == wanted

    def reason(self) -> str:
        """What is written so far."""
        return self._reason.value() or ""

    def set_reason(self, reason: str) -> None:
        """Put back a reason begun."""
        self._reason.set_value(reason)
        if reason:
            self._asked.show()

    def focus(self) -> None:
        """Where one answers."""
        target = self._reason.focus_widget() if self._asked.isVisibleTo(self) else self.same
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_different(self) -> None:
        self._asked.show()
        self._reason.focus_widget().setFocus()

    def _on_confirm(self) -> None:
        reason = self.reason()
        if reason:
            self.confirmed.emit(reason)
        else:
            self._reason.set_state("error")
            self._reason.focus_widget().setFocus()


class ConfirmedNote(QWidget):
    """A confirmed value: its reason, and a way to take the confirmation back."""

    withdrawn = Signal()

    def __init__(self, wanted: ToConfirm, name: str) -> None:
        super().__init__()
        self._wanted = wanted
        self.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        text = tr("Confirmed: {reason}", reason=wanted.reason)
        note = IconText("circle-check", text, tone="ok", wrap=True)
        note.setToolTip(plain_tip(wanted.text))
        self.change = Button(tr("Change"), Variant.LINK, small=True, name=f"{name}-change")
        self.change.clicked.connect(self.withdrawn)
        row.addWidget(note, 1)
        row.addWidget(self.change)

    def shows(self, wanted: ToConfirm) -> bool:
        """Whether it shows exactly this already."""
        return self._wanted == wanted
