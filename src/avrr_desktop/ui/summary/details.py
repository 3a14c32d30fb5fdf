"""Every figure of one section: its lists one under the other, in one table."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.services.summary_document import SectionPart, SummaryDocument
from avrr_desktop.services.summary_labels import month_text, section_label
from avrr_desktop.ui.editors.term import TermEditor
from avrr_desktop.ui.summary.columns import detail_columns
from avrr_desktop.ui.summary.figure_table import FigureTable
from avrr_desktop.ui.summary.lines import LineKind, detail_lines
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.charts import MonthColumns
from avrr_desktop.ui.widgets.surfaces import HairLine
from avrr_desktop.ui.widgets.text import Text

_LEAST_HEIGHT_FOR_MONTHS = 420


class Details(QWidget):
    """A section to choose, a list to jump to, the months, and the table."""

    opened = Signal(object)  # ShownCell

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("summary-details")
        self._document: SummaryDocument | None = None
        self._unfolded: set[str] = set()
        self._awaited = ""  # a list to go to once it is counted
        language = screen_language()
        sections = [(key, section_label(key).text(language)) for key in SECTIONS]
        self._section = TermEditor("details-section", tr("Part"), terms=sections, optional=False)
        self._section.set_value(sections[0][0])
        self._section.changed.connect(self._on_section)
        self._list = TermEditor("details-list", tr("Go to"), terms=[], optional=True)
        self._list.changed.connect(self._on_list)
        self._months = MonthColumns(tr("Persons by month"))
        self._months_line = HairLine()
        self.table = FigureTable(
            "details-table", tr("All figures of the part"), detail_columns(), tr("Figure")
        )
        self.table.opened.connect(self.opened)
        self.table.unfold_wanted.connect(self._on_unfold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._choices())
        column.addWidget(self._months)
        column.addWidget(self._months_line)
        column.addWidget(self.table, 1)

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(Space.L, Space.XS, Space.L, Space.M)
        row.setSpacing(Space.M)
        for label, editor in ((tr("Part"), self._section), (tr("Go to"), self._list)):
            row.addWidget(Text(label, Type.CAPTION, tone="text2"))
            row.addWidget(editor, 1)
        return row

    def section(self) -> str:
        """The section shown."""
        return str(self._section.value() or next(iter(SECTIONS)))

    def show_list(self, section: str, measure: str = "") -> None:
        """Show a section, at one of its lists."""
        self._section.set_value(section)
        self._awaited = measure
        self._refresh(anew=True)

    def set_document(self, document: SummaryDocument) -> None:
        """Show the figures of a count, at once only if one looks at them."""
        self._document = document
        if self.isVisible():
            self._refresh(anew=False)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the latest figures."""
        super().showEvent(event)
        self._refresh(anew=False)

    def _on_section(self) -> None:
        self._refresh(anew=True)

    def _on_list(self) -> None:
        code = self._list.value()
        if isinstance(code, str):
            self.table.go_to(code)
            self.table.setFocus()

    def _on_unfold(self, measure: str) -> None:
        self._unfolded ^= {measure}
        self._refresh(anew=False)

    def _part(self) -> SectionPart | None:
        if self._document is None or not self._document.sections:
            return None
        return self._document.section(self.section())

    def _refresh(self, *, anew: bool) -> None:
        part = self._part()
        if part is None or self._document is None:
            self.table.set_lines(())
            return
        lines = detail_lines(self._document, part, self._unfolded)
        self.table.set_lines(lines)
        self.table.setColumnHidden(
            self.table.figures.columnCount() - 1, not any(t.has_services for t in part.tables)
        )
        if anew:
            self.table.scrollToTop()
        self._show_months(part)
        headings = [(n.code, n.label) for n in lines if n.kind is LineKind.HEADING]
        if anew:
            self._list.set_value(None)
        self._list.set_terms(headings)
        if self._awaited:
            self.table.go_to(self._awaited)
            self._awaited = ""

    def _show_months(self, part: SectionPart) -> None:
        table = next(each for each in part.tables if each.is_by_month)
        language = screen_language()
        self._months.set_columns(
            [
                (month_text(row.code, language, short=True), int(row.total.value or 0))
                for row in table.rows
            ]
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window keeps its height for the table, which has the months too."""
        super().resizeEvent(event)
        has_room = self.height() >= _LEAST_HEIGHT_FOR_MONTHS
        self._months.setVisible(has_room)
        self._months_line.setVisible(has_room)
