"""A date of birth as far as it is known: a day, a month, a year, an age, or nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.editors.text import TextEditor


class BirthEditor(TextEditor):
    """Keeps what is typed (``12/03/1994``, ``03/1994``, ``1994``, ``~16``, ``16 ans``).

    ``check`` reads the text and returns what is wrong with it as a sentence, or ``None``.
    """

    def __init__(
        self,
        name: str,
        label: str,
        *,
        check: Callable[[str], str | None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            name,
            label,
            script="ltr",
            placeholder=tr("dd/mm/yyyy, year or ~age"),
            parent=parent,
        )
        self._check = check

    def problem(self) -> str | None:
        """What ``check`` says of the text; an empty field is an unknown date."""
        text = self.value()
        return self._check(text) if text and self._check else None
