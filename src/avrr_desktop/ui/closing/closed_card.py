"""The right card: a closed semester, its seal, its gap, corrections that wait, the erratum."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.closing.held import Closing
from avrr_desktop.ui.closing.corrections_list import CorrectionsList
from avrr_desktop.ui.closing.erratum_bar import ErratumBar
from avrr_desktop.ui.closing.explained_list import ExplainedList
from avrr_desktop.ui.closing.gap_lines import gap_lines
from avrr_desktop.ui.closing.gap_table import GapTable
from avrr_desktop.ui.closing.proof_pack import ProofButton
from avrr_desktop.ui.closing.reading import ClosedView
from avrr_desktop.ui.closing.reason_bar import ReasonBar
from avrr_desktop.ui.closing.seal import Seal
from avrr_desktop.ui.closing.semesters import SemesterButton
from avrr_desktop.ui.closing.words import counted_text, said_period
from avrr_desktop.ui.exchange.busy import BusyLine
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.chip_drawing import ChipKind, ChipSpec
from avrr_desktop.ui.widgets.chips import Chip
from avrr_desktop.ui.widgets.empty import EmptyState
from avrr_desktop.ui.widgets.icon_label import IconText
from avrr_desktop.ui.widgets.surfaces import Card, HairLine, PageScroll
from avrr_desktop.ui.widgets.text import Text

_HEAD = 46
_LOW = 560  # below, the erratum scrolls with the gap, which else had no room


class ClosedCard(Card):
    """``publish_wanted`` and ``reopen_wanted`` are asked of the page; ``opened`` gives a route."""

    publish_wanted = Signal()
    reopen_wanted = Signal()
    opened = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("closed-semester", flush=True, parent=parent)
        self._context = context
        self.view: ClosedView | None = None
        self._unfolded: set[str] = set()
        self._is_low = False
        self._title = Text("", Type.SECTION, name="closed-title")
        self._chip = Chip("", ChipKind.OK, icon="lock", name="closed-chip")
        self.other = SemesterButton(tr("Another semester"), "closed-other")
        self.reopen = Button(tr("Reopen…"), Variant.QUIET, icon="lock-open", name="reopen")
        self.proof = ProofButton(context)
        self.publish = Button(tr("Publish"), icon="check", name="publish")
        self.seal = Seal()
        self.seal.add_button(self.proof)
        self.reasons = ReasonBar("closing-reason")
        self.busy = BusyLine(context, "gap-counting")
        for line in (self.busy, self.proof.busy):
            line.setContentsMargins(Space.L, Space.S, Space.M, Space.S)
        self._altered = Banner(tone="error", name="altered")
        self._altered.hide()
        self.table = GapTable()
        self.explained = ExplainedList()
        self.corrections = CorrectionsList()
        self.erratum = ErratumBar()
        self._empty = EmptyState(
            tr("No semester is closed yet. The first one you freeze is shown here.")
        )
        self._lay_out()
        self._connect()
        self.show_closing(None)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(Space.L, Space.XS, Space.M, Space.XS)
        head.setSpacing(Space.S)
        for widget in (self._title, self._chip):
            head.addWidget(widget)
        head.addStretch(1)
        for button in (self.reopen, self.publish, self.other):
            head.addWidget(button)
        holder = QWidget()
        holder.setLayout(head)
        holder.setMinimumHeight(_HEAD)
        self.body.addWidget(holder)
        self.body.addWidget(HairLine())
        self._whole = QWidget()
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        lines = (self._altered, self.reasons, self.busy, self.proof.busy)
        for part in (self.seal, HairLine(), *lines):
            column.addWidget(part)
        column.addWidget(self._scrolling_part(), 1)
        column.addWidget(self.erratum)
        self._fixed = column
        self.body.addWidget(self._whole, 1)
        self.body.addWidget(self._empty, 1)

    def _scrolling_part(self) -> PageScroll:
        self.area = PageScroll("gap-scroll")
        column = QVBoxLayout(self.area.page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        head.setSpacing(Space.S)
        self._counted = Text("", Type.CAPTION, name="gap-counted")
        self._size = Chip("", ChipKind.WARNING, name="gap-size")
        head.addWidget(Text(tr("Gap since publication"), Type.SECTION))
        head.addWidget(self._size)
        head.addStretch(1)
        head.addWidget(self._counted)
        self._none = IconText("circle-check", tr("No gap"), tone="ok", name="no-gap")
        self._none.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        for widget in (self._head, self.table, self._none, self.corrections, self.explained):
            column.addWidget(widget)
        column.addStretch(1)
        self._scrolled = column
        return self.area

    def _connect(self) -> None:
        self.reopen.clicked.connect(self.reopen_wanted)
        self.publish.clicked.connect(self.publish_wanted)
        self.table.explained.connect(self._on_explained)
        self.table.folded.connect(self._on_folded)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._follow())
        self.explained.opened.connect(self.opened)

    def show_closing(self, closing: Closing | None) -> None:
        """The seal at once; the gap once it is counted."""
        self._whole.setVisible(closing is not None)
        self._empty.setVisible(closing is None)
        for widget in (self._chip, self.reopen, self.publish, self.other):
            widget.setVisible(closing is not None)
        if closing is None:
            self._title.setText(tr("Closed semester"))
            return
        period = said_period(closing.period)
        self._title.setText(tr("Closed semester: {period}", period=period))
        is_out = closing.published_at is not None
        words = tr("Frozen and published") if is_out else tr("Frozen")
        self._chip.set_spec(ChipSpec(words, ChipKind.OK, "lock"))
        self.publish.setVisible(not is_out)
        self.publish.setAccessibleName(tr("Publish {period}", period=period))
        self.reopen.setAccessibleName(tr("Reopen {period}", period=period))
        self.proof.show_period(closing.period)
        self.seal.show_closing(closing)
        if self.view is None or self.view.closing.id != closing.id:
            self._clear()

    def _clear(self) -> None:
        """Nothing of another semester stays while this one is counted."""
        self.view = None
        self._unfolded.clear()
        self.explained.section = ""
        for widget in (self._head, self.table, self._none, self.explained, self._altered):
            widget.hide()
        self.corrections.hide()
        self.erratum.hide()
        self.reasons.hide()

    def show_view(self, view: ClosedView) -> None:
        """The verdict, the gap and what waits."""
        self.view = view
        self.seal.show_closing(view.closing)
        self.seal.show_verdict(is_sound=view.is_sound)
        say = translator(screen_language())
        if view.altered:
            said = " ".join(one.text(say) for one in view.altered)
            self._altered.show_message(said, "error")
        self._altered.setVisible(bool(view.altered))
        gap, has_gap = view.gap, view.gap is not None
        for widget in (self._head, self.table, self.explained):
            widget.setVisible(has_gap)
        self.erratum.show_gap(gap)
        self._none.setVisible(gap is not None and not gap.difference)
        if gap is None:
            self.corrections.hide()
            return
        lists = gap.recomputed.vocabularies
        today = self._context.register.clock.now().astimezone().date()
        self._counted.setText(counted_text(gap.recomputed.counted_at, today))
        self._show_size(view)
        self._show_lines()
        self.explained.show_all(view.explanations, lists)
        self.corrections.show_all(view.corrections, lists)

    def _show_size(self, view: ClosedView) -> None:
        assert view.gap is not None
        self._size.setVisible(bool(view.gap.difference))
        if view.gap.is_substantial:
            self._size.set_spec(ChipSpec(tr("Substantial"), ChipKind.WARNING))
        else:
            self._size.set_spec(ChipSpec(tr("Not substantial"), ChipKind.REASON))

    def _show_lines(self) -> None:
        if self.view is not None and self.view.gap is not None:
            explained = self.view.explanations
            self.table.show_lines(gap_lines(self.view.gap, explained, self._unfolded))

    def _on_explained(self, section: str) -> None:
        """Keep to the part and bring its explanations into sight."""
        self.explained.choose(section)
        self.explained.all_button.setFocus()
        self.area.page.adjustSize()
        self.area.ensureWidgetVisible(self.explained, 0, self.area.viewport().height() // 2)

    def _on_folded(self, section: str) -> None:
        self._unfolded ^= {section}
        self._show_lines()

    def _follow(self) -> None:
        """The current row of the table stays in sight: the card scrolls, not the table."""
        if not self.table.hasFocus():
            return
        index = self.table.currentIndex()
        box = self.table.visualRect(index)
        corner = self.table.viewport().mapTo(self.area.page, box.center())
        self.area.ensureVisible(0, corner.y(), 0, box.height() * 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The erratum stays in sight where there is room for the gap too."""
        super().resizeEvent(event)
        is_low = self.height() < _LOW
        if is_low == self._is_low:
            return
        self._is_low, is_hidden = is_low, self.erratum.isHidden()
        if is_low:
            self._scrolled.insertWidget(self._scrolled.count() - 1, self.erratum)
        else:
            self._fixed.addWidget(self.erratum)
        self.erratum.setVisible(not is_hidden)  # another parent forgets what was hidden

    def state(self) -> object:
        """The part explained, what is unfolded, and the place scrolled to."""
        scrolled = self.area.verticalScrollBar().value()
        return self.explained.section, frozenset(self._unfolded), scrolled

    def set_state(self, state: object) -> None:
        """Shown once the gap is counted."""
        if isinstance(state, tuple):
            self.explained.section = state[0]
            self._unfolded = set(state[1])
