"""Yes, no, or not said."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.editors.base import Editor, EditorState
from avrr_desktop.ui.widgets.segmented import Segmented

_VALUES = (True, False)


class YesNoEditor(Editor):
    """A segmented row; its value is ``True``, ``False`` or ``None``."""

    def __init__(
        self, name: str, label: str, *, optional: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, label, parent)
        self.row = Segmented((tr("Yes"), tr("No")), optional=optional, name=name, accessible=label)
        self._hold(self.row, name)
        self.row.chosen.connect(lambda _index: self.changed.emit())
        self.row.finished.connect(self.finished)

    def value(self) -> bool | None:
        """What was chosen."""
        index = self.row.index()
        return None if index is None else _VALUES[index]

    def set_value(self, value: object | None) -> None:
        """Show ``value``."""
        self.row.set_index(_VALUES.index(value) if isinstance(value, bool) else None)

    def focus_widget(self) -> QWidget:
        """The row."""
        return self.row

    def set_state(self, state: EditorState | str) -> None:
        """The row draws its own edge."""
        super().set_state(state)
        self.row.set_state(self.state().value)


class ChoiceEditor(Editor):
    """A closed list of two to four terms as a segmented row; its value is a code."""

    def __init__(
        self,
        name: str,
        label: str,
        terms: list[tuple[str, str]],
        *,
        optional: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, parent)
        self._codes = [code for code, _text in terms]
        self.row = Segmented(
            [text for _code, text in terms], optional=optional, name=name, accessible=label
        )
        self._hold(self.row, name)
        self.row.chosen.connect(lambda _index: self.changed.emit())
        self.row.finished.connect(self.finished)

    def value(self) -> str | None:
        """The code chosen."""
        index = self.row.index()
        return None if index is None else self._codes[index]

    def set_value(self, value: object | None) -> None:
        """Show the term of the code ``value``."""
        known = isinstance(value, str) and value in self._codes
        self.row.set_index(self._codes.index(str(value)) if known else None)

    def focus_widget(self) -> QWidget:
        """The row."""
        return self.row

    def set_state(self, state: EditorState | str) -> None:
        """The row draws its own edge."""
        super().set_state(state)
        self.row.set_state(self.state().value)
