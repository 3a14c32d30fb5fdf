"""Where one is: links to the pages above, the page itself as text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.theme.tokens import IconSize, Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.text import Text


class Breadcrumb(QWidget):
    """« Synthèse 2023-S1 › Retours › Total »; ``chosen`` gives the rank of the link."""

    chosen = Signal(int)

    def __init__(self, steps: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("breadcrumb")
        self.setAccessibleName(tr("You are here"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.XS)
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[str]) -> None:
        """Show these; the last one is where one is."""
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for rank, step in enumerate(steps[:-1]):
            link = Button(step, Variant.LINK, small=True, name=f"breadcrumb-{rank}")
            link.clicked.connect(lambda _checked=False, at=rank: self.chosen.emit(at))
            self._row.addWidget(link)
            self._row.addWidget(IconMark("chevron-right", "text3", IconSize.CHIP))
        if steps:
            here = Text(steps[-1], Type.CAPTION, name="breadcrumb-here")
            self._row.addWidget(here)
        self._row.addStretch(1)
