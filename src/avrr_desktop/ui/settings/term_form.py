"""The labels of one term, or of a new one, under the table of its list."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from avrr_desktop.core.translation import tr
from avrr_desktop.core.vocabularies import Term
from avrr_desktop.services.register import Register
from avrr_desktop.services.vocabulary_admin import proposed_code
from avrr_desktop.ui.editors.text import TextEditor
from avrr_desktop.ui.settings.fields import labelled, side_by_side
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.theme.tokens import Line, Space, Type
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.text import Text

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class TypedTerm:
    """What the form holds; ``is_new`` for a term to add."""

    is_new: bool
    code: str
    fr: str
    ar: str
    en: str


class TermForm(Surface):
    """``saved`` and ``cancelled`` tell what the buttons ask."""

    saved = Signal()
    cancelled = Signal()

    def __init__(self, register: Register) -> None:
        super().__init__("raised", edge="top", name="term-form")
        self.setProperty("corners", "bottom")
        self._register = register
        self._vocabulary = ""
        self._code_is_typed = False
        self._is_new = False
        self.fr = TextEditor("term-fr", tr("Label in French"), script="ltr", max_length=_LONGEST)
        self.ar = TextEditor("term-ar", tr("Label in Arabic"), script="rtl", max_length=_LONGEST)
        self.en = TextEditor("term-en", tr("Label in English"), script="ltr", max_length=_LONGEST)
        self.code = TextEditor("term-code", tr("Code"), script="ltr", max_length=60)
        column = QVBoxLayout(self)
        column.setContentsMargins(margins(Space.L, Space.M, Space.L - Line.RING_ROOM, Space.S))
        column.setSpacing(Space.S)
        self._title = Text(role=Type.SECTION, name="term-form-title")
        column.addWidget(self._title)
        names = (tr("French"), tr("Arabic"), tr("English"))
        boxes = [
            labelled(name, editor, required=True)
            for name, editor in zip(names, (self.fr, self.ar, self.en), strict=True)
        ]
        column.addLayout(side_by_side((*boxes, labelled(tr("Code"), self.code))))
        self._failure = Banner(tone="error", name="term-failure")
        self._failure.hide()
        column.addWidget(self._failure)
        column.addLayout(self._buttons())
        self._connect()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        self._note = Text(role=Type.CAPTION, wrap=True, name="term-note")
        cancel = Button(tr("Cancel"), Variant.QUIET, name="term-cancel")
        self.save = Button(tr("Save"), Variant.PRIMARY, key="Ctrl+S", name="term-save")
        self.save.setShortcut("Ctrl+S")
        cancel.clicked.connect(self.cancelled)
        self.save.clicked.connect(self.saved)
        row.addWidget(self._note, 1)
        row.addWidget(cancel)
        row.addWidget(self.save)
        return row

    def _connect(self) -> None:
        self.en.changed.connect(self._propose_code)
        self.code.changed.connect(self._on_code_typed)
        order = (self.fr, self.ar, self.en, self.code)
        for editor, following in pairwise(order):
            editor.finished.connect(following.focus_widget().setFocus)
        self.code.finished.connect(self.saved)

    def show_term(self, vocabulary: str, term: Term) -> None:
        """Change the labels of a term; its code stays."""
        self._vocabulary, self._is_new = vocabulary, False
        self._title.setText(tr("Rename a term"))
        self._note.setText(tr("Records keep the code: what was entered follows the new name."))
        self.code.set_read_only(True)
        self._fill(TypedTerm(False, term.code, term.label.fr, term.label.ar, term.label.en))

    def show_new(self, vocabulary: str) -> None:
        """Add a term."""
        self._vocabulary, self._is_new = vocabulary, True
        self._code_is_typed = False
        self._title.setText(tr("Add a term"))
        self._note.setText(tr("A code is given once: it is never changed, deleted or reused."))
        self.code.set_read_only(False)
        self._fill(TypedTerm(True, "", "", "", ""))

    def typed(self) -> TypedTerm:
        """What the form holds."""
        texts = (str(editor.value() or "") for editor in (self.code, self.fr, self.ar, self.en))
        return TypedTerm(self._is_new, *texts)

    def take_typed(self, typed: TypedTerm) -> None:
        """Show what was typed before."""
        self._fill(typed)

    def show_failure(self, text: str) -> None:
        """Say why it could not be saved; what is typed stays."""
        self._failure.show_message(text, "error")

    def enter(self) -> None:
        """Begin typing."""
        self.fr.focus_widget().setFocus()

    def _fill(self, typed: TypedTerm) -> None:
        self._failure.hide()
        for editor, text in (
            (self.fr, typed.fr),
            (self.ar, typed.ar),
            (self.en, typed.en),
            (self.code, typed.code),
        ):
            editor.set_value(text)

    def _propose_code(self) -> None:
        if self._is_new and not self._code_is_typed:
            english = str(self.en.value() or "")
            self.code.set_value(proposed_code(self._register, self._vocabulary, english))

    def _on_code_typed(self) -> None:
        self._code_is_typed = bool(self.code.value())
