"""The floor of the nominal list: one hand-written query, written by openpyxl with lxml.

Nothing of the program's writer is used; the values and the styles of the sheet are the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

SHEET: Final = "Assistance directe"
LISTS: Final = "Listes"
_TEXT, _DATE, _AMOUNT = "@", "dd/mm/yyyy", "#,##0.00"

# (name in the hidden row, heading, format of its cells, list or kind of value)
_COLUMNS: Final = (
    ("direct_assistance.id", "Identifiant", _TEXT, ""),
    ("person_number", "N° de personne *", _TEXT, ""),
    ("person.family_name", "Nom de famille", "", ""),
    ("person.given_name", "Prénom", "", ""),
    ("case_number", "N° de dossier", _TEXT, ""),
    ("given_on", "Remise le *", _DATE, ""),
    ("kind", "Type d’assistance *", "", "assistance_kind"),
    ("modality", "Modalité", "", "modality"),
    ("quantity", "Quantité", "", ""),
    ("amount", "Montant", _AMOUNT, "amount"),
    ("currency", "Monnaie", "", "currency"),
    ("fund", "Fonds", "", "fund"),
    ("provider", "Prestataire", "", ""),
    ("receipt_number", "N° de reçu", _TEXT, ""),
    ("receipt_signed", "Reçu signé", "", "yes_no"),
    ("office", "Bureau *", "", "office"),
    ("remarks", "Remarques", "", ""),
)
_ROWS: Final = """
SELECT e.id, p.number, p.family_name, p.given_name, f.number,
    CAST(julianday(e.given_on) - julianday('1899-12-30') AS INTEGER),
    e.kind, e.modality, e.quantity, e.amount, e.currency, e.fund, e.provider,
    e.receipt_number, e.receipt_signed, e.office, e.remarks
FROM direct_assistance e
JOIN person q ON q.id = e.person_id
JOIN person p ON p.id = coalesce(q.merged_into_id, q.id)
LEFT JOIN case_file f ON f.id = e.case_id
WHERE e.deleted_at IS NULL AND e.given_on BETWEEN :start AND :end
    AND EXISTS (SELECT 1 FROM consent c JOIN consent_purposes u ON u.owner_id = c.id
        JOIN term t ON t.vocabulary = 'consent_purpose' AND t.code = u.code
            AND t.tag = 'statistics'
        WHERE c.person_id = p.id AND c.deleted_at IS NULL AND c.given_on <= :today
            AND (c.withdrawn_on IS NULL OR c.withdrawn_on > :today))
ORDER BY e.given_on, e.person_id, e.id"""


Labels = dict[str, dict[object, str]]


def write_floor(
    connection: sqlite3.Connection, path: Path, start: date, end: date, today: date
) -> int:
    """Write the direct assistance of some days in French; gives the number of lines."""
    labels: Labels = {"yes_no": {0: "Non", 1: "Oui"}}
    in_use: Labels = {"yes_no": labels["yes_no"]}
    for vocabulary, code, text, active in connection.execute(
        "SELECT vocabulary, code, fr, active FROM term ORDER BY vocabulary, position"
    ):
        labels.setdefault(vocabulary, {})[code] = text
        if active:
            in_use.setdefault(vocabulary, {})[code] = text
    book = Workbook(write_only=True)
    sheet = cast(Worksheet, book.create_sheet(SHEET))
    sheet.freeze_panes = "C3"
    sheet.row_dimensions[1].hidden = True
    _dress(sheet, labels)
    sheet.append([name for name, _, _, _ in _COLUMNS])
    sheet.append([_heading(sheet, heading) for _, heading, _, _ in _COLUMNS])
    binds = {"start": start.isoformat(), "end": end.isoformat(), "today": today.isoformat()}
    count = _write_rows(sheet, connection.execute(_ROWS, binds), labels)
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(_COLUMNS))}{count + 2}"
    _add_lists(book, in_use)
    book.save(path)
    return count


def _write_rows(sheet: Worksheet, rows: Iterable[tuple[Any, ...]], labels: Labels) -> int:
    worded = [(n, labels[k]) for n, (_, _, _, k) in enumerate(_COLUMNS) if k in labels]
    styled = [(n, _styled(sheet, wanted)) for n, (_, _, wanted, _) in enumerate(_COLUMNS) if wanted]
    amount = next(n for n, column in enumerate(_COLUMNS) if column[3] == "amount")
    count = 0
    for found in rows:
        row = list(found)
        for place, texts in worded:
            row[place] = texts.get(row[place])
        if row[amount] is not None:
            whole, rest = divmod(row[amount], 100)
            row[amount] = row[amount] / 100 if rest else whole
        for place, cell in styled:
            if row[place] is not None:
                cell.value = row[place]  # written at once: one cell serves its column
                row[place] = cell
        sheet.append(row)
        count += 1
    return count


def _styled(sheet: Worksheet, wanted: str) -> Cell:
    cell = WriteOnlyCell(sheet)
    cell.number_format = wanted
    return cell


def _dress(sheet: Worksheet, labels: Labels) -> None:
    lists = [kind for _, _, _, kind in _COLUMNS if kind in labels]
    for place, (_, _, wanted, kind) in enumerate(_COLUMNS, 1):
        letter = get_column_letter(place)
        dimension = sheet.column_dimensions[letter]
        dimension.width = 16
        if wanted:
            dimension.number_format = wanted
        if kind in labels:
            column = get_column_letter(lists.index(kind) + 2)
            rule = DataValidation("list", formula1=f"'{LISTS}'!${column}$2:${column}$300")
            rule.add(f"{letter}3:{letter}200000")
            sheet.data_validations.append(rule)


def _heading(sheet: Worksheet, text: str) -> object:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(name="Arial", size=10, bold=True, color="FF172033")
    warm = text.endswith(" *")
    cell.fill = PatternFill("solid", fgColor="FFFDF1D9" if warm else "FFE7EEF9")
    cell.border = Border(bottom=Side(style="thin", color="FFD9DFE9"))
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def _add_lists(book: Workbook, labels: Labels) -> None:
    sheet = book.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    lists = [kind for _, _, _, kind in _COLUMNS if kind in labels]
    columns = [list(labels[kind].values()) for kind in lists]
    sheet.append(["avrr.lists", *lists])
    for place in range(max(map(len, columns))):
        sheet.append([None, *(c[place] if place < len(c) else None for c in columns)])
