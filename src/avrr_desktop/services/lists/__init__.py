"""Lists of records: persons, cases and activities, sorted, filtered and searched in pages."""

from __future__ import annotations

from avrr_desktop.services.lists.columns import Column, ColumnKind, columns_of, filters_of
from avrr_desktop.services.lists.kept import keep_columns, read_columns
from avrr_desktop.services.lists.orders import default_sort
from avrr_desktop.services.lists.pages import count, ids, page
from avrr_desktop.services.lists.query import Age, Filter, ListQuery, Page, PersonName, Row
from avrr_desktop.services.lists.rows import rows

__all__ = [
    "Age",
    "Column",
    "ColumnKind",
    "Filter",
    "ListQuery",
    "Page",
    "PersonName",
    "Row",
    "columns_of",
    "count",
    "default_sort",
    "filters_of",
    "ids",
    "keep_columns",
    "page",
    "read_columns",
    "rows",
]
