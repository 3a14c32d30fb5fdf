"""The lines of a checked file: filters, table, why, and what may be done with them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.translation import ntr, screen_language, tr, translator
from avrr_desktop.services.exchange.plan import ImportPlan, Verdict
from avrr_desktop.services.exchange.wording import word_verdict
from avrr_desktop.ui.editors.text import TextEditor
from avrr_desktop.ui.exchange.plan_table import VERDICT, PlanModel
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.delegates import ChipDelegate
from avrr_desktop.ui.widgets.formats import ltr, number_text
from avrr_desktop.ui.widgets.surfaces import Card, HairLine, Surface
from avrr_desktop.ui.widgets.table import TableView
from avrr_desktop.ui.widgets.tabs import Tab, TabBar
from avrr_desktop.ui.widgets.text import Text

_FILTERS: Final = (None, *Verdict)
_WIDTHS: Final = (20, 6, 16, 20)  # characters


class PlanCard(Card):
    """Shows one plan; ``import_wanted`` comes only when nothing stands against it."""

    import_wanted = Signal()
    report_wanted = Signal()
    other_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("plan-card", flush=True, parent=parent)
        self._plan: ImportPlan | None = None
        self._is_done = False
        self.file_text = Text("", Type.SECTION, name="plan-file")
        self.other_button = Button(
            tr("Another file"), Variant.QUIET, icon="folder-open", small=True, name="other-file"
        )
        self.report_button = Button(
            tr("Save the report"), Variant.QUIET, icon="download", small=True, name="save-report"
        )
        self.filters = TabBar(
            [Tab(_filter_words(verdict)) for verdict in _FILTERS],
            name="plan-filters",
            accessible=tr("Verdict"),
        )
        self.model = PlanModel(self)
        self.table = TableView("plan-table", accessible=tr("Lines of the file"))
        self.why = Text("", wrap=True, name="plan-why")
        self.reason = TextEditor(
            "import-reason",
            tr("Reason for the unlikely values"),
            placeholder=tr("One reason for all the lines to confirm"),
        )
        self.against = Text("", tone="text2", wrap=True, name="plan-against")
        self.import_button = Button("", Variant.PRIMARY, icon="upload", name="import-lines")
        self._lay_out()
        self._connect()

    @property
    def is_done(self) -> bool:
        """Whether the plan was carried out."""
        return self._is_done

    def show_plan(self, plan: ImportPlan, *, is_done: bool = False) -> None:
        """Show a plan, first the lines that need somebody."""
        self._plan, self._is_done = plan, is_done
        self.reason.set_value(None)
        self.file_text.setText(ltr(plan.file))
        for rank, verdict in enumerate(_FILTERS):
            count = len(plan.lines) if verdict is None else plan.counts[verdict]
            self.filters.set_tab(rank, Tab(_filter_words(verdict), count))
            self.filters.set_shown(rank, shown=verdict is None or count > 0)
        first = Verdict.REFUSED if plan.is_refused else Verdict.CONFIRM
        self.filters.set_index(_FILTERS.index(first) if plan.counts[first] else 0)
        self._show_lines()
        self.show_state()

    def set_done(self) -> None:
        """The plan was carried out."""
        self._is_done = True
        self.show_state()

    def place(self) -> tuple[int, int, str]:
        """Filter, row and reason, to come back to."""
        return self.filters.index(), self.table.currentIndex().row(), self.reason.value() or ""

    def set_place(self, place: tuple[int, int, str]) -> None:
        """The same filter, row and reason."""
        rank, row, reason = place
        self.filters.set_index(rank)
        self.reason.set_value(reason)
        self.table.setCurrentIndex(self.model.index(max(0, row), 0))
        self.show_state()

    def show_state(self) -> None:
        """What may be done now, and if nothing, why."""
        plan = self._plan
        if plan is None:
            return
        against = self._against(plan)
        self.import_button.set_label(
            ntr(
                "Import {number} line",
                "Import {number} lines",
                plan.changing,
                number=number_text(plan.changing),
            )
        )
        self.import_button.setVisible(not self._is_done)
        self.import_button.setEnabled(not against)
        asks = plan.needs_reason and not plan.is_refused and not self._is_done
        self.reason.setVisible(asks)
        self.against.setText(against)

    def _against(self, plan: ImportPlan) -> str:
        """Why it cannot be imported, or that it was; empty when it can."""
        if self._is_done:
            return tr("Imported. Ctrl+Z undoes it.")
        if plan.is_refused:
            return ntr(
                "Correct the refused line in the file, then choose it again: a file is imported"
                " whole or not at all.",
                "Correct the {count} refused lines in the file, then choose it again: a file is"
                " imported whole or not at all.",
                plan.counts[Verdict.REFUSED],
            )
        if not plan.changing:
            return tr("Everything in this file is in the register.")
        if plan.needs_reason and not self.reason.value():
            return tr("Read the lines to confirm, and give one reason for them.")
        return ""

    def _connect(self) -> None:
        self.filters.chosen.connect(lambda _rank: self._show_lines())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_why())
        self.reason.changed.connect(self.show_state)
        self.reason.finished.connect(self._on_wanted)
        self.import_button.clicked.connect(self._on_wanted)
        self.report_button.clicked.connect(self.report_wanted)
        self.other_button.clicked.connect(self.other_wanted)

    def _on_wanted(self) -> None:
        if self._plan is not None and not self._against(self._plan):
            self.import_wanted.emit()

    def _show_lines(self) -> None:
        if self._plan is None:
            return
        self.model.show(self._plan, _FILTERS[self.filters.index()])
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_why()

    def _show_why(self) -> None:
        why = self.model.reason(self.table.currentIndex().row())
        self.why.setText(why)
        self.why.setVisible(bool(why))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(Space.L, Space.S, Space.S, 0)
        head.addWidget(self.file_text, 1)
        head.addWidget(self.report_button)
        head.addWidget(self.other_button)
        self.body.addLayout(head)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(Space.S, 0, Space.S, 0)
        tabs.addWidget(self.filters)
        self.body.addLayout(tabs)
        self.body.addWidget(HairLine())
        self._dress_table()
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._foot())

    def _dress_table(self) -> None:
        self.table.setModel(self.model)
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.setItemDelegateForColumn(VERDICT, ChipDelegate(self.table))
        metrics = QFontMetrics(font())
        for place, characters in enumerate(_WIDTHS):
            self.table.setColumnWidth(place, metrics.horizontalAdvance("n" * characters))
        self.table.horizontalHeader().setStretchLastSection(True)

    def _foot(self) -> Surface:
        foot = Surface("raised", edge="top", name="plan-foot")
        foot.setProperty("corners", "bottom")
        column = QVBoxLayout(foot)
        column.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        column.setSpacing(Space.S)
        column.addWidget(self.why)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self.against, 1)
        row.addWidget(self.reason, 1)
        row.addWidget(self.import_button)
        column.addLayout(row)
        return foot


def _filter_words(verdict: Verdict | None) -> str:
    if verdict is None:
        return tr("All")
    return word_verdict(verdict, translator(screen_language()))
