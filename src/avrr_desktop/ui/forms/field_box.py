"""One field of a form: label, editor, what is wrong with it, what is to be confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from avrr_desktop.core.specs import Field
from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.ui.editors.base import Editor, EditorState
from avrr_desktop.ui.forms.confirming import ConfirmBlock, ConfirmedNote, ToConfirm, required_mark
from avrr_desktop.ui.forms.difference import Difference, DifferenceBlock
from avrr_desktop.ui.forms.editor_making import EditorSource, entered, takes_the_row
from avrr_desktop.ui.forms.field_help import help_of, written_help
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.icon_label import IconText
from avrr_desktop.ui.widgets.surfaces import bring_into_sight
from avrr_desktop.ui.widgets.text import Text


class FieldBox(QWidget):
    """A declared field as a form shows it. ``key`` names it within its page."""

    edited = Signal(object)  # this box, after the user changed the value
    finished = Signal(object)  # this box, after Enter
    confirmed = Signal(object, str, str)  # this box, code of the finding, reason ("" withdraws)
    same_person = Signal(str)  # id of the person who has the document already
    choice_made = Signal(object, object)  # this box, Choice between the register and what is typed
    reshaped = Signal()  # it takes another room than before

    def __init__(
        self,
        field: Field,
        source: EditorSource,
        key: str,
        current: object,
        *,
        is_optional: bool = False,
    ) -> None:
        super().__init__()
        self.field = field
        must_fill = field.required or field.spec.required_when_visible
        self._is_required = must_fill and not is_optional
        self.key = key
        self.label = field.spec.label.text(screen_language())
        self.setObjectName(f"field-{key}")
        self.editor: Editor = source.make(field, key, current, is_required=self._is_required)
        self.is_wide = takes_the_row(field, self.editor)
        self.editor.set_value(current)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._errors: tuple[str, ...] = ()
        self._format_error = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.XS)
        self._column.addLayout(self._make_label())
        self._column.addWidget(self.editor)
        self._error = IconText("circle-alert", "", tone="error", wrap=True, name=f"{key}-error")
        self._error.hide()
        self._column.addWidget(self._error)
        self._help = self._make_help()
        self._blocks: dict[str, ConfirmBlock | ConfirmedNote] = {}
        self._difference: DifferenceBlock | None = None
        self.editor.changed.connect(self._on_changed)
        self.editor.finished.connect(lambda: self.finished.emit(self))
        self.editor.focus_widget().installEventFilter(self)

    def _make_label(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        self.caption = Text(self.label, Type.CAPTION, wrap=True, name=f"{self.key}-label")
        if self._is_required:
            self.caption.set_markup(f"{escape(self.label)}{required_mark()}")
        self.caption.setBuddy(self.editor.focus_widget())
        row.addWidget(self.caption, 1)
        self.label_row = row
        return row

    def _make_help(self) -> Text:
        text = Text(
            help_of(self.field, self.editor),
            Type.CAPTION,
            tone="text2",
            wrap=True,
            name=f"{self.key}-help",
        )
        text.hide()
        self._column.addWidget(text)
        self._described = written_help(self.field)
        self.editor.set_described(self._described)
        return text

    def withhold(self) -> None:
        """Say in the field's place that its reading is restricted; what is stored stays."""
        self.editor.set_read_only(True)
        self._help.setText(tr("Reading is restricted. What is there stays when you save."))
        self._help.show()
        self._described = self._help.text()
        self.editor.set_described(self._described)

    def value(self) -> object:
        """What the draft gets."""
        return entered(self.field, self.editor)

    def focus(self) -> None:
        """Put the focus in the editor, or in the reason that is asked for."""
        blocks = [b for b in self._blocks.values() if isinstance(b, ConfirmBlock)]
        if self._difference is not None and self._difference.is_open:
            self._difference.focus()
        elif blocks and not self._errors:
            blocks[0].focus()
        else:
            self.editor.focus_widget().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def has_focus_inside(self) -> bool:
        """Whether the keys go to the editor or to one of the blocks below it."""
        return self.isAncestorOf(self.window().focusWidget())

    def show_errors(self, sentences: Sequence[str]) -> None:
        """What is wrong, below the editor; none hides it."""
        problem = self.editor.problem()
        # The editor knows better what is wrong with a text that cannot be read.
        self._errors = (problem,) if problem and sentences else tuple(sentences)
        self._show()

    def show_to_confirm(self, wanted: Sequence[ToConfirm]) -> None:
        """Ask for the reasons of unlikely values, and show those given."""
        codes = {one.code for one in wanted}
        for code in [code for code in self._blocks if code not in codes]:
            self._drop(code)
        before = self.wants_the_row()
        for one in wanted:
            self._ask(one)
        self._show()
        if before or wanted:
            self.reshaped.emit()

    def _ask(self, wanted: ToConfirm) -> None:
        block = self._blocks.get(wanted.code)
        if block is not None and block.shows(wanted):
            return
        self._drop(wanted.code)
        made: ConfirmBlock | ConfirmedNote
        name = f"{self.key}-{wanted.code}"
        if wanted.reason:
            made = ConfirmedNote(wanted, name)
            made.withdrawn.connect(lambda: self.confirmed.emit(self, wanted.code, ""))
        else:
            made = ConfirmBlock(wanted, name)
            made.confirmed.connect(lambda reason: self.confirmed.emit(self, wanted.code, reason))
            made.same_person.connect(self.same_person)
        self._blocks[wanted.code] = made
        self._column.addWidget(made)
        made.show()
        if isinstance(made, ConfirmBlock) and not self.editor.visibleRegion().isEmpty():
            # Once it has its place; a block about a field in sight is not left below the edge.
            QTimer.singleShot(0, made, lambda: bring_into_sight(made))

    def _drop(self, code: str) -> None:
        block = self._blocks.pop(code, None)
        if block is not None:
            block.hide()
            self._column.removeWidget(block)
            block.deleteLater()

    def show_difference(self, wanted: Difference | None) -> None:
        """What the register says instead, and the choice; None asks nothing."""
        before = self._difference
        if before is None and wanted is None:
            return
        if before is not None:
            if wanted is not None and before.shows(wanted):
                return
            before.hide()
            self._column.removeWidget(before)
            before.deleteLater()
        self._difference = None
        if wanted is not None:
            self._difference = DifferenceBlock(wanted, self.key)
            self._difference.chosen.connect(lambda choice: self.choice_made.emit(self, choice))
            self._column.insertWidget(2, self._difference)
            self._difference.show()
        self._show()
        self.reshaped.emit()

    def reasons_typed(self) -> dict[str, str]:
        """Reasons begun and not yet confirmed, by code."""
        return {c: b.reason() for c, b in self._blocks.items() if isinstance(b, ConfirmBlock)}

    def retype_reason(self, code: str, reason: str) -> None:
        """Put back a reason begun."""
        block = self._blocks.get(code)
        if isinstance(block, ConfirmBlock):
            block.set_reason(reason)

    def wants_the_row(self) -> bool:
        """Whether it takes the whole row now: a block to confirm needs the room."""
        return self.is_wide or bool(self._blocks) or self._difference is not None

    def _show(self) -> None:
        sentences = self._errors or ((self._format_error,) if self._format_error else ())
        text = " ".join(dict.fromkeys(sentences))
        self._error.set_content("circle-alert", text)
        is_asked = self._difference is not None and self._difference.is_open
        self._error.setVisible(bool(text) and not is_asked)  # the question says it already
        to_confirm = any(isinstance(b, ConfirmBlock) for b in self._blocks.values())
        state = EditorState.CONFIRM if to_confirm else EditorState.NORMAL
        self.editor.set_state(EditorState.ERROR if text else state)
        self.editor.set_described(text or self._described)

    def _on_changed(self) -> None:
        if self._format_error and self.editor.problem() is None:
            self._format_error = ""
            self._show()
        self.edited.emit(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A date that does not exist is said when its field is left, before any save."""
        if event.type() == QEvent.Type.FocusOut:
            self._format_error = self.editor.problem() or ""
            self._show()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """F1 says below the field what it takes, or hides it; the form is never left for it."""
        is_key = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F1
        if is_key and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if is_key and event.type() == QEvent.Type.KeyPress:
            self._turn_help()
            return True
        return super().event(event)

    def _turn_help(self) -> None:
        shows = self._help.isHidden()
        self._help.setVisible(shows)
        if shows:
            # Once it has its place.
            QTimer.singleShot(0, self._help, lambda: bring_into_sight(self._help))
        if not self._described:  # who listens hears it while it is shown
            said = self._help.text() if shows else ""
            self.editor.set_described(" ".join(self._errors) or said)

    def name_with(self, context: str) -> str:
        """The label as the list of errors shows it, after what the field belongs to."""
        return tr("{group}: {field}", group=context, field=self.label) if context else self.label
