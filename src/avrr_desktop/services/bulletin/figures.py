"""The figures a bulletin publishes, each as it may be told, and their tables and charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from avrr_desktop.activities.across import RUNNING
from avrr_desktop.core.ages import GROUPS
from avrr_desktop.core.translation import Translator
from avrr_desktop.services.bulletin.blocks import Bar, Block, Chart, Note, Table, TableRow
from avrr_desktop.services.bulletin.masking import Masks, Relation
from avrr_desktop.services.bulletin.shown import Shown, percent_text
from avrr_desktop.services.summary import CellKey, Summary
from avrr_desktop.services.summary.cells import NOT_STATED
from avrr_desktop.services.summary.listings import Unit
from avrr_desktop.services.summary_document import Cell, Row, RowKind, Running, SummaryDocument
from avrr_desktop.services.summary_document import Table as SummaryTable

MOST_BARS: Final = 12
_NOT_APPLICABLE: Final = "·"

Place = tuple[str, str]  # a section and a measure of it


@dataclass(frozen=True)
class Figures:
    """The summary of a period, masked or not, in one language."""

    summary: Summary
    shown_summary: SummaryDocument
    masks: Masks
    say: Translator

    def shown(self, key: CellKey) -> Shown:
        """One figure as it may be told."""
        return self.masks.shown(key, int(self.summary.value(*key) or 0))

    def groups(self, section: str, measure: str, term: str | None = None) -> Mapping[str, Shown]:
        """The five groups of a measure, in their order."""
        return {
            group.value: self.shown(CellKey(section, measure, term, group.value))
            for group in GROUPS
        }

    @property
    def is_masked(self) -> bool:
        """Whether something is hidden."""
        return bool(self.masks.hidden)

    def key_table(self, title: str) -> Table:
        """The main figure of every part, in the order of the summary."""
        rows = [row for row in self.shown_summary.main if row.kind is not RowKind.GAP]
        rows = [row for row in rows if row.kind is RowKind.MAIN or row.total.value]
        heads, groups = self._heads(rows)
        lines = tuple(self._line(row, groups, is_part=row.kind is RowKind.SUB) for row in rows)
        return Table(title, ("", *heads, self.shown_summary.total_label), lines)

    def list_blocks(self, section: str, measure: str, *, with_chart: bool) -> Iterator[Block]:
        """A list's table, its chart and what must be known of it; nothing when nobody counts."""
        table = self.shown_summary.table(section, measure)
        if not table.total.total.value:
            return
        rows = list(_rows_shown(table))
        bars = tuple(self._bars(rows)) if with_chart else ()
        if bars:
            yield Chart(table.title, bars, self.say.tr("Persons"))
        yield self._table(table, rows, title="" if bars else table.title)
        if not table.is_additive:
            yield Note(self.not_additive(table))

    def running_total(self, code: str) -> tuple[Shown, bool] | None:
        """A running total, and whether it is rounded down (rule 10); None when it is 0."""
        running = self._running(code)
        if running is None or not running.total.value or running.total.key is None:
            return None
        shown = self.shown(running.total.key)
        step = RUNNING[code].rounded_to
        rounded = shown.value // step * step
        is_more = bool(rounded) and rounded < shown.value
        return (Shown(rounded), True) if is_more else (shown, False)

    def running_parts(self, code: str) -> str:
        """The exact parts of a running total in a sentence."""
        running = self._running(code)
        assert running is not None
        opening, counted, total = (
            self._cell(cell.key) for cell in (running.opening, running.counted, running.total)
        )
        return self.say.tr(
            "Exactly: {opening} carried over + {counted} counted in this register = {total}.",
            opening=opening,
            counted=counted,
            total=total,
        )

    def since(self, code: str) -> int:
        """The first year of a running total."""
        return RUNNING[code].since

    def running_rows(self) -> tuple[Running, ...]:
        """The running totals that are not zero."""
        return tuple(r for r in self.shown_summary.running if r.total.value)

    def cell_text(self, cell: Cell) -> str:
        """A cell as it may be told."""
        return self._cell(cell.key)

    def _running(self, code: str) -> Running | None:
        return next((r for r in self.shown_summary.running if r.code == code), None)

    def not_additive(self, table: SummaryTable) -> str:
        """With its numbers, unless they would give a hidden one away."""
        if not self.is_masked:
            return table.note
        return self.say.tr(
            "{list}: not additive, one person may count under several terms.", list=table.title
        )

    def _table(self, table: SummaryTable, rows: Sequence[Row], title: str) -> Table:
        heads, groups = self._heads([*rows, table.total])
        total = self.shown_summary.total_label
        services = (self.shown_summary.services_label,) if table.has_services else ()
        lines = [self._line(row, groups, table=table) for row in rows]
        lines.append(self._line(table.total, groups, table=table, is_total=True))
        return Table(title, (table.title, *heads, total, "%", *services), tuple(lines))

    def _heads(self, rows: Sequence[Row]) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """The groups shown, undetermined only when somebody is."""
        last = len(GROUPS) - 1
        is_needed = any(row.groups and row.groups[last].value for row in rows)
        places = tuple(range(len(GROUPS) if is_needed else last))
        return tuple(self.shown_summary.group_labels[at] for at in places), places

    def _line(
        self,
        row: Row,
        groups: Sequence[int],
        *,
        table: SummaryTable | None = None,
        is_total: bool = False,
        is_part: bool = False,
    ) -> TableRow:
        cells = [self._cell(row.groups[at].key) if row.groups else _NOT_APPLICABLE for at in groups]
        cells.append(self._cell(row.total.key))
        if table is not None:
            cells.append(percent_text(self._percent(row, is_total=is_total)))
            if table.has_services:
                services = row.services.key if row.services else None
                cells.append(self._cell(_services_of(table) if is_total else services))
        return TableRow((row.label, *cells), is_total=is_total, is_part=is_part)

    def _percent(self, row: Row, *, is_total: bool) -> int | None:
        if is_total:
            return 100
        hidden = row.total.key is None or not self.shown(row.total.key).is_exact
        return None if hidden else row.percent

    def _cell(self, key: CellKey | None) -> str:
        return _NOT_APPLICABLE if key is None else self.shown(key).text

    def _bars(self, rows: Sequence[Row]) -> Iterator[Bar]:
        told = [row for row in rows if row.total.value and row.total.key is not None]
        for row in told[:MOST_BARS]:
            assert row.total.key is not None
            shown = self.shown(row.total.key)
            if shown.is_exact:
                share = f" ({percent_text(row.percent)})" if row.percent is not None else ""
                yield Bar(row.label, shown.value, f"{shown.text}{share}")


def masks_of(summary: Summary, shown: SummaryDocument, lists: Iterable[Place], limit: int) -> Masks:
    """What is hidden below ``limit`` of everything the bulletin publishes; 0 hides nothing."""
    if not limit:
        return Masks({}, (), 0)
    rows = [*shown.main, *(row for part in shown.sections for row in (part.row, *part.subs))]
    relations = [relation for row in rows for relation in _of_row(row)]
    for section, measure in lists:
        relations += _of_table(shown.table(section, measure))
    relations += _of_running(shown)
    keys = {key for relation in relations for key in (relation.total, *relation.parts)}
    values = {key: int(summary.value(*key) or 0) for key in keys}
    return Masks(values, relations, limit)


def _of_row(row: Row) -> Iterator[Relation]:
    groups = _keys(row.groups)
    if row.total.key is not None:
        yield Relation(row.total.key, groups or (row.total.key,))


def _of_table(table: SummaryTable) -> Iterator[Relation]:
    """Each row is its groups, each column its terms where the list is additive."""
    rows, total = table.rows, table.total
    for row in (*rows, total):
        yield from _of_row(row)
    for at, cell in enumerate(total.groups):
        if cell.key is not None:
            yield Relation(cell.key, _keys(row.groups[at] for row in rows))
    if total.total.key is not None:
        yield Relation(total.total.key, _keys(row.total for row in rows))
    if table.has_services:
        yield Relation(_services_of(table), _keys(row.services for row in rows))


def _of_running(shown: SummaryDocument) -> Iterator[Relation]:
    """Taken over and counted here; countries may add up to the whole."""
    for running in shown.running:
        if running.total.key is not None:
            yield Relation(running.total.key, _keys(running.parts))
        terms = [r for r in shown.running if r.code.startswith(f"{running.code}:")]
        for of in (_opening, _counted, _total):
            whole = of(running).key
            if terms and whole is not None:
                yield Relation(whole, _keys(map(of, terms)))


def _keys(cells: Iterable[Cell | None]) -> tuple[CellKey, ...]:
    return tuple(cell.key for cell in cells if cell is not None and cell.key is not None)


def _services_of(table: SummaryTable) -> CellKey:
    """The events of a table's section, whatever their term."""
    base = table.measure.partition("_by_")[0].removeprefix(Unit.PERSONS.value)
    return CellKey(table.section, f"{Unit.SERVICES.value}{base}")


def _rows_shown(table: SummaryTable) -> Iterator[Row]:
    """Terms at zero too (rule 16), but for countries and for what is never missing."""
    for row in table.rows:
        if row.total.value or not (table.is_long or row.code == NOT_STATED):
            yield row


def _opening(running: Running) -> Cell:
    return running.opening


def _counted(running: Running) -> Cell:
    return running.counted


def _total(running: Running) -> Cell:
    return running.total
