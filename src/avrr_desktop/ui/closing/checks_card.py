"""The left card: what to verify before a semester is frozen, what will be, and *Freeze*."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.periods import Period
from avrr_desktop.core.translation import ntr, screen_language, tr
from avrr_desktop.services.closing.held import Closing
from avrr_desktop.services.summary import Summary
from avrr_desktop.ui.closing.check_rows import CheckRow, GroupHead
from avrr_desktop.ui.closing.checks import Checked, State
from avrr_desktop.ui.closing.words import reopened_text, said_period
from avrr_desktop.ui.exchange.busy import BusyLine
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.empty import EmptyState
from avrr_desktop.ui.widgets.formats import number_text
from avrr_desktop.ui.widgets.icon_label import IconText
from avrr_desktop.ui.widgets.surfaces import Card, HairLine, PageScroll, Surface
from avrr_desktop.ui.widgets.text import Text


class ChecksCard(Card):
    """``opened`` gives a route; ``declared`` and ``withdrawn`` a part of the bulletin."""

    freeze_wanted = Signal()
    again_wanted = Signal()
    opened = Signal(object)
    declared = Signal(str)
    withdrawn = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("checks-before", flush=True, parent=parent)
        self.checked: Checked | None = None
        self._unfolded: set[str] = set()
        self.again = Button(
            tr("Verify again"), Variant.QUIET, icon="history", small=True, name="check-again"
        )
        self.again.clicked.connect(self.again_wanted)
        self.add_header(tr("To verify before freezing"), self.again).setMinimumHeight(46)
        self.body.addWidget(HairLine())
        self.busy = BusyLine(context, "checking")
        self.busy.setContentsMargins(Space.L, Space.S, Space.M, Space.S)
        self.body.addWidget(self.busy)
        self._reopened = IconText("lock-open", "", tone="warning", wrap=True, name="reopened")
        self._reopened.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        self._reopened.hide()
        self.body.addWidget(self._reopened)
        self.area = PageScroll("checks-scroll")
        self._column = QVBoxLayout(self.area.page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.body.addWidget(self.area, 1)
        self._closed = EmptyState("")
        self._closed.hide()
        self.body.addWidget(self._closed, 1)
        self._foot = self._make_foot()
        self.body.addWidget(self._foot)
        self._show_state()

    def _make_foot(self) -> Surface:
        foot = Surface("raised", edge="top", name="checks-foot")
        foot.setProperty("corners", "bottom")
        column = QVBoxLayout(foot)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.S)
        column.setSpacing(Space.XS)
        self._frozen = Text("", Type.CAPTION, wrap=True, name="will-be-frozen")
        column.addWidget(self._frozen)
        self.freeze = Button("", Variant.PRIMARY, icon="lock", name="freeze")
        self.freeze.clicked.connect(self.freeze_wanted)
        self._why = Text("", Type.CAPTION, wrap=True, name="freeze-why")
        column.addWidget(self._why)
        column.addWidget(self.freeze, 0, Qt.AlignmentFlag.AlignLeading)
        return foot

    def show_checked(self, checked: Checked | None) -> None:
        """Show the points; nothing while they are read or were given up."""
        self.checked = checked
        self._unfolded = {row.line.key for row in self._rows() if row.is_unfolded()}
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if checked is not None:
            for state in State:
                self._add_group(checked, state)
        self._column.addStretch(1)
        self._show_state()

    def _rows(self) -> list[CheckRow]:
        return [row for row in self.area.page.findChildren(CheckRow) if not row.isHidden()]

    def _add_group(self, checked: Checked, state: State) -> None:
        lines = checked.of(state)
        if not lines:
            return
        self._column.addWidget(GroupHead(state, len(lines)))
        for line in lines:
            row = CheckRow(line)
            row.opened.connect(self.opened)
            row.declared.connect(self.declared)
            row.withdrawn.connect(self.withdrawn)
            if line.key in self._unfolded:
                row.unfold(True)
            self._column.addWidget(row)

    def show_reopened(self, closing: Closing | None) -> None:
        """Say that the semester was closed before."""
        if closing is not None:
            self._reopened.set_content("lock-open", reopened_text(closing), "warning")
        self._reopened.setVisible(closing is not None)

    def show_period(self, period: Period, closing: Closing | None) -> None:
        """Another semester; nothing is left to verify of a frozen one."""
        said = said_period(period)
        self.freeze.set_label(tr("Freeze {period}", period=said))
        if closing is not None:
            self._closed.set_content(
                tr("{period} is frozen. Its figures and its gap stand beside.", period=said)
            )
            self.busy.hide()
            self._reopened.hide()
        for part in (self.area, self._foot, self.again):
            part.setVisible(closing is None)
        self._closed.setVisible(closing is not None)

    @property
    def blocking(self) -> int:
        """Points to settle, or to pass for a reason."""
        return len(self.checked.of(State.BLOCKING)) if self.checked is not None else 0

    @property
    def is_forbidden(self) -> bool:
        """Whether a point forbids freezing whatever the reason."""
        lines = self.checked.of(State.BLOCKING) if self.checked is not None else ()
        return any(line.is_final for line in lines)

    def _show_state(self) -> None:
        checked = self.checked
        self.freeze.setEnabled(checked is not None and not self.is_forbidden)
        self._why.setText(self._reason())
        self._why.setVisible(bool(self._why.text()))
        self.freeze.setAccessibleDescription(self._why.text())
        self._frozen.setVisible(checked is not None)
        if checked is not None:
            self._frozen.set_markup(_frozen_markup(checked.summary))
            self._frozen.setToolTip("")

    def _reason(self) -> str:
        if self.checked is None:
            return tr("The points are verified first.")
        if self.blocking and not self.is_forbidden:
            return ntr(
                "Settle the blocking point, or give a reason to freeze all the same.",
                "Settle the {count} blocking points, or give a reason to freeze all the same.",
                self.blocking,
            )
        if self.blocking:
            return ntr(
                "First settle the blocking point.",
                "First settle the {count} blocking points.",
                self.blocking,
            )
        return ""


def _frozen_markup(summary: Summary) -> str:
    """« Sera figé : Enregistrements **1 732** · … », what has persons."""
    parts = []
    for section, (_activity, counted) in SECTIONS.items():
        persons = int(summary.value(section, "persons") or 0)
        if persons:
            name = counted.label.text(screen_language()).replace(" ", "\u00a0")
            parts.append(f"{name}\u00a0<b>{number_text(persons)}</b>")
    figures = " · ".join(parts) or tr("no person in any part")
    return tr("Will be frozen: {figures}", figures=figures)
