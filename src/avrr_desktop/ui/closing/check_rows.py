"""The rows of the pre-flight: heads of its groups, points, and the records listed under one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from avrr_desktop.core.translation import ntr, screen_language, tr
from avrr_desktop.services.summary_labels import section_label
from avrr_desktop.ui.closing.checks import CheckItem, CheckLine, State
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.tokens import Height, IconSize, Line, Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.drawing import text_width
from avrr_desktop.ui.widgets.formats import ltr, number_text
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.text import Text

_TONES = {State.BLOCKING: "error", State.TO_DECIDE: "warning", State.IN_ORDER: "ok"}
_ICONS = {
    State.BLOCKING: "circle-alert",
    State.TO_DECIDE: "triangle-alert",
    State.IN_ORDER: "circle-check",
}
_LISTED = 50  # records under one point: mended ones make room for the others
_COUNT_WIDTH = 44


def group_text(state: State, count: int) -> str:
    """The head of a group."""
    if state is State.BLOCKING:
        return ntr("{count} blocking point", "{count} blocking points", count)
    if state is State.TO_DECIDE:
        return tr("To decide, closing stays possible")
    return tr("In order")


class GroupHead(Surface):
    """The name of a group on raised ground."""

    def __init__(self, state: State, count: int) -> None:
        super().__init__("raised", edge="bottom", name=f"check-group-{state.name.lower()}")
        tone = _TONES[state]
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.XS, Space.L, Space.XS)
        row.setSpacing(Space.S)
        row.addWidget(IconMark(_ICONS[state], tone, IconSize.STATUS))
        text = group_text(state, count)
        row.addWidget(Text(text, Type.CAPTION, tone=tone, bold=True), 1)
        self.setMinimumHeight(Height.ROW)
        self.setAccessibleName(text)


class CheckRow(Surface):
    """One point; ``declared`` and ``withdrawn`` give a part of the bulletin."""

    opened = Signal(object)
    declared = Signal(str)
    withdrawn = Signal(str)

    def __init__(self, line: CheckLine) -> None:
        super().__init__("surface", edge="bottom", name=f"check-{line.key}")
        self.line = line
        self._list: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.L, Space.XS, Space.L, Space.XS)
        self._column.setSpacing(0)
        self._column.addLayout(self._first())
        self.setMinimumHeight(40)
        said = ": ".join(part for part in (line.title, line.detail) if part)
        self.setAccessibleName(said if line.count is None else f"{said} ({line.count})")

    def _first(self) -> QHBoxLayout:
        line = self.line
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(IconMark(line.icon, _TONES[line.state]))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(line.title, wrap=True))
        if line.detail:
            words.addWidget(Text(line.detail, Type.CAPTION, wrap=True))
        row.addLayout(words, 1)
        count = Text("" if line.count is None else ltr(number_text(line.count)), Type.SECTION)
        count.setMinimumWidth(_COUNT_WIDTH)
        count.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(count)
        row.addWidget(self._action())
        return row

    def _action(self) -> QWidget:
        line = self.line
        word = line.route_word or tr("Open")
        if line.route is None and not line.items:
            blank = QWidget()  # counts stay in one column
            blank.setFixedWidth(text_width(word, font()) + 2 * Line.FOCUS)
            return blank
        button = Button(
            word,
            Variant.LINK,
            name=f"open-{line.key}",
            accessible=tr("{action}: {what}", action=word, what=line.title),
        )
        button.clicked.connect(self._on_open)
        return button

    def _on_open(self) -> None:
        line = self.line
        routes = [item.route for item in line.items if item.route is not None]
        if line.route is not None:
            self.opened.emit(line.route)
        elif len(line.items) == 1 and routes:
            self.opened.emit(routes[0])
        else:
            self.unfold(self._list is None or self._list.isHidden())

    def is_unfolded(self) -> bool:
        """Whether the records are listed."""
        return self._list is not None and not self._list.isHidden()

    def unfold(self, shown: bool) -> None:
        """List the records under the point, or fold them."""
        if self._list is None and shown and self.line.items:
            self._list = self._records()
            self._column.addWidget(self._list)
        elif self._list is not None:
            self._list.setVisible(shown)

    def _records(self) -> QWidget:
        """The records of the point, each a link to what mends it."""
        holder = QWidget(self)
        holder.setObjectName(f"records-{self.line.key}")
        column = QVBoxLayout(holder)
        indent = IconSize.BANNER + Space.M
        column.setContentsMargins(indent, Space.XS, indent, Space.XS)
        column.setSpacing(0)
        for item in self.line.items[:_LISTED]:
            column.addLayout(self._record(item))
        rest = (self.line.count or len(self.line.items)) - min(len(self.line.items), _LISTED)
        if rest > 0:
            said = ntr("{number} other", "{number} others", rest, number=number_text(rest))
            column.addWidget(Text(said, Type.CAPTION))
        return holder

    def _record(self, item: CheckItem) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        if item.route is None:
            row.addWidget(Text(item.title, Type.CAPTION, tone="text"))
        else:
            link = Button(item.title, Variant.LINK, small=True, name="check-record")
            link.clicked.connect(lambda _on=False, to=item.route: self.opened.emit(to))
            row.addWidget(link)
        row.addWidget(Text(item.detail, Type.CAPTION), 1)
        if item.declare:
            row.addWidget(self._act(tr("Nothing to report"), item.declare, self.declared))
        if item.withdraw:
            row.addWidget(self._act(tr("Take back"), item.withdraw, self.withdrawn))
        return row

    def _act(self, word: str, section: str, signal: SignalInstance) -> Button:
        name = section_label(section).text(screen_language())
        button = Button(
            word,
            Variant.LINK,
            small=True,
            name=f"declare-{section}",
            accessible=tr("{action}: {what}", action=word, what=name),
        )
        button.clicked.connect(lambda: signal.emit(section))
        return button
