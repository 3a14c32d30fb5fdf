"""The figures beside a form: what is saved, and what saving would add."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from avrr_desktop.activities import ACTIVITY_BY_KEY
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.closing.padlocks import closed_periods
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.summary import Cells
from avrr_desktop.services.summary_labels import period_text
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.summary.live import live_figures
from avrr_desktop.ui.summary.pending import PendingFigure, PendingFigures, pending_figures
from avrr_desktop.ui.theme.current import current
from avrr_desktop.ui.theme.tokens import Height, Space, Type, Width
from avrr_desktop.ui.widgets.chip_drawing import ChipKind, ChipSpec
from avrr_desktop.ui.widgets.chips import Chip
from avrr_desktop.ui.widgets.formats import ltr, number_text, signed_text
from avrr_desktop.ui.widgets.icon_label import IconMark, IconText
from avrr_desktop.ui.widgets.surfaces import HairLine, PageScroll, Surface
from avrr_desktop.ui.widgets.text import Text
from avrr_desktop.ui.widgets.tips import plain_tip

NoteLine = str | tuple[str, str]  # words, or an icon and words
_PLAIN_NOTE_ICON = "info"


class _Watch(QObject):
    """Keeps the figures of one activity, with what is pending, and tells when they move."""

    moved = Signal()

    def __init__(self, panel: QWidget, context: Context, activity_key: str) -> None:
        super().__init__(panel)  # it ends with its panel, and so do its connections
        self.live = live_figures(context)
        self.live.load()
        self.live.updated.connect(self._on_updated)
        self._activity_key = activity_key
        self.delta: Cells | None = None

    def _on_updated(self, _summary: object) -> None:
        self.moved.emit()

    def set_pending(self, delta: Cells | None) -> None:
        """What saving would move; None when the form cannot be saved yet."""
        self.delta = delta
        self.moved.emit()

    def figures(self) -> PendingFigures | None:
        """What to show; None until the activity's first section is counted."""
        summary = self.live.summary
        first = ACTIVITY_BY_KEY[self._activity_key].counted[0].key
        if summary is None or not self.live.is_counted(first):
            return None
        return pending_figures(
            summary,
            self._activity_key,
            self.delta or {},
            screen_language(),
            with_terms=self.live.is_whole,
        )


class _FigureLine(QWidget):
    """A label, the pending chip if any, the saved figure."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        # As high with a chip as without, so that nothing jumps while one types.
        self.setMinimumHeight(Height.CHIP + Space.XS)
        self._label = Text(wrap=True)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._chip = Chip("", ChipKind.PENDING)
        self._value = Text(bold=True, name=f"{name}-value")
        row.addWidget(self._label, 1)
        row.addWidget(self._chip)
        row.addWidget(self._value)

    def set_figure(self, figure: PendingFigure) -> None:
        """Show it."""
        self._label.setText(figure.label)
        self._label.setToolTip(plain_tip(figure.label))
        self._value.setText(number_text(figure.value))
        _set_chip(self._chip, figure.pending)
        self.setAccessibleName(_spoken(figure))


class LivePanel(Surface):
    """« Synthèse en direct »: the section's figure, its groups, the terms touched, the others."""

    def __init__(self, context: Context, activity_key: str, parent: QWidget | None = None) -> None:
        super().__init__("surface", edge="start", name="live-panel", parent=parent)
        self._register = context.register
        self.setAccessibleName(tr("Live summary"))
        # A figure cut at its end reads as another figure: larger texts get a wider panel.
        self.setFixedWidth(Width.LIVE_PANEL * current().text_percent // 100)
        self._watch = _Watch(self, context, activity_key)
        self._lines: tuple[NoteLine, ...] = ()
        scroll = PageScroll("live-panel-scroll")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        column = QVBoxLayout(scroll.page)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.XS)
        self._build_head(column)
        self._groups = _Block(column, "live-groups")
        self._terms_title = self._build_title(column)
        self._terms = _Block(column, "live-terms")
        self._others_title = self._build_title(column)
        self._others = _Block(column, "live-others")
        column.addStretch(1)
        self._notes = QVBoxLayout()
        column.addLayout(self._notes)
        context.changes.happened.connect(self._on_saved)
        self._watch.moved.connect(self._refresh)
        self._refresh()

    def _build_head(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.addWidget(Text(tr("Live summary"), Type.SECTION))
        row.addStretch(1)
        row.addWidget(self._status())
        column.addLayout(row)
        self._label = Text("", Type.CAPTION, tone="text2", wrap=True)
        column.addWidget(self._label)
        figures = QHBoxLayout()
        figures.setSpacing(Space.M)
        self._figure = Text("…", Type.HEADLINE, name="live-figure")
        self._chip = Chip("", ChipKind.PENDING, name="live-pending")
        figures.addWidget(self._figure)
        figures.addWidget(self._chip)
        figures.addStretch(1)
        column.addLayout(figures)

    def _status(self) -> QWidget:
        """The period looked at: open, or with the padlock of a closed semester."""
        period = self._watch.live.period
        said = ltr(period_text(period, translator(screen_language())))
        if period not in closed_periods(self._register):
            return Text(tr("{period} · open", period=said), Type.CAPTION, tone="text2")
        return IconText("lock", tr("{period} · closed", period=said), name="live-closed")

    def _build_title(self, column: QVBoxLayout) -> Text:
        column.addWidget(HairLine())
        title = Text("", Type.CAPTION, tone="text2")
        title.setContentsMargins(0, Space.S, 0, 0)
        column.addWidget(title)
        return title

    def show_pending(self, delta: Cells | None) -> None:
        """What saving would move; None while the form cannot be saved."""
        self._watch.set_pending(delta)

    def note(self, lines: Sequence[NoteLine]) -> None:
        """Lines of explanation: of the date, the age, the group."""
        self._lines = tuple(lines)
        self._refresh()

    def _refresh(self) -> None:
        shown = self._watch.figures()
        if shown is None:
            return
        self._label.setText(shown.total.label)
        self._figure.setText(number_text(shown.total.value))
        self._figure.setAccessibleName(_spoken(shown.total))
        _set_chip(self._chip, shown.total.pending)
        self._groups.set_figures(shown.groups)
        self._terms_title.setText(shown.list_label)
        self._terms.set_figures(shown.terms)
        moves = any(figure.pending for figure in shown.others)
        self._others_title.setText(tr("Other parts") if moves else tr("Unchanged"))
        self._others.set_figures(shown.others)
        self._show_notes(shown)

    def _show_notes(self, shown: PendingFigures) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for line in (*_pending_note(shown, self._watch), *self._lines):
            icon, words = line if isinstance(line, tuple) else (_PLAIN_NOTE_ICON, line)
            self._notes.addWidget(HairLine())
            self._notes.addWidget(_Note(icon, words))

    def _on_saved(self, _changed: Changed) -> None:
        shown = self._watch.figures()
        if shown is not None and self.isVisible():
            said = QAccessibleAnnouncementEvent(self, _spoken(shown.total))
            QAccessible.updateAccessibility(said)


class LiveLine(QWidget):
    """The panel folded into one line: « Retours 938 +1 »."""

    def __init__(self, context: Context, activity_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("live-line")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        self._label = Text("", Type.CAPTION, tone="text2")
        self._value = Text("…", bold=True, name="live-line-value")
        self._chip = Chip("", ChipKind.PENDING, name="live-line-pending")
        for widget in (self._label, self._value, self._chip):
            row.addWidget(widget)
        row.addStretch(1)
        self._watch = _Watch(self, context, activity_key)
        self._watch.moved.connect(self._refresh)
        self._refresh()

    def show_pending(self, delta: Cells | None) -> None:
        """What saving would move; None while the form cannot be saved."""
        self._watch.set_pending(delta)

    def _refresh(self) -> None:
        shown = self._watch.figures()
        if shown is not None:
            self._label.setText(shown.total.label)
            self._value.setText(number_text(shown.total.value))
            _set_chip(self._chip, shown.total.pending)
            self.setAccessibleName(_spoken(shown.total))


class _Block:
    """Figure lines under each other; lines are kept and only their contents change."""

    def __init__(self, column: QVBoxLayout, name: str) -> None:
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._name = name
        self._lines: list[_FigureLine] = []
        column.addLayout(self._column)

    def set_figures(self, figures: Sequence[PendingFigure]) -> None:
        """Show these."""
        while len(self._lines) < len(figures):
            line = _FigureLine(f"{self._name}-{len(self._lines)}")
            self._lines.append(line)
            self._column.addWidget(line)
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(figures))
            if place < len(figures):
                line.set_figure(figures[place])


class _Note(QWidget):
    """An icon and a few lines."""

    def __init__(self, icon: str, words: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, Space.S, 0, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(IconMark(icon, "accent_text"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(words, Type.CAPTION, wrap=True), 1)


def _pending_note(shown: PendingFigures, watch: _Watch) -> list[NoteLine]:
    """What the chip means; nothing while the form cannot be saved."""
    if watch.delta is None:
        return []
    if shown.total.pending:
        change = ltr(signed_text(shown.total.pending))
        return [
            ("clock", tr("{change} pending: it counts once the record is saved.", change=change))
        ]
    period = period_text(watch.live.period, translator(screen_language()))
    return [
        tr(
            "Saving moves no figure of {section} in {period}.",
            section=shown.total.label,
            period=ltr(period),
        )
    ]


def _set_chip(chip: Chip, pending: int) -> None:
    chip.setVisible(bool(pending))
    if pending:
        chip.set_spec(ChipSpec(ltr(signed_text(pending)), ChipKind.PENDING))


def _spoken(figure: PendingFigure) -> str:
    text = tr("{label}: {number}", label=figure.label, number=number_text(figure.value))
    if not figure.pending:
        return text
    return tr("{figure}, {change} once saved", figure=text, change=signed_text(figure.pending))
