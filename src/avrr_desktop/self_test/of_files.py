"""What leaves the register or comes into it as a file, read again after it is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.people.person import PERSON
from avrr_desktop.self_test.bench import Bench, require
from avrr_desktop.services.lists import ListQuery, page
from avrr_desktop.services.register import Register

_PERIOD: Final = parse_period("2023-S1")
_EARLIER: Final = parse_period("2022-S2")  # closed: what the window saves later moves nothing in it
_HEADS: Final = 2  # lines of a sheet above the first event
_DAY: Final = date(2023, 2, 3)
# The papers of the one brought in: without a consent nobody would be registered.
_CONSENT: Final = ("consent.given_on", "consent.form", "consent.purposes")


def workbook(bench: Bench) -> None:
    """The workbook of a semester: every sheet has its lines."""
    from openpyxl import load_workbook

    from avrr_desktop.services.workbook import export_workbook

    path = bench.folder / "workbook.xlsx"
    export_workbook(bench.register, _PERIOD, path, bench.language)
    book = load_workbook(path, read_only=True)
    filled = [sheet.title for sheet in book.worksheets if next(sheet.iter_rows(), None)]
    require(len(filled) > len(ACTIVITIES), path.name)
    book.close()


def nominal_list(bench: Bench) -> None:
    """A nominal list: as many lines as it says."""
    from openpyxl import load_workbook

    from avrr_desktop.services.exchange import export_nominal, list_of
    from avrr_desktop.services.exchange.columns import INTAKE, sheets_of

    path = bench.folder / "list.xlsx"
    written = export_nominal(bench.register, list_of(INTAKE.key), path, bench.language)
    book = load_workbook(path)
    sheet = book[sheets_of(INTAKE)[0].title(bench.language)]
    require(written.lines and sheet.max_row == written.lines + _HEADS, path.name)
    book.close()


def template(bench: Bench) -> None:
    """The template, filled in and brought in."""
    from avrr_desktop.services.exchange import plan_import, run_import, write_template
    from avrr_desktop.services.records import Records

    register, path = bench.register, bench.folder / "template.xlsx"
    before = _persons(register)
    write_template(register, path, bench.language)
    _fill(register, path, bench.language)
    plan = plan_import(register, path)
    run_import(register, Records(register), register.actor, plan, "essai")
    require(_persons(register) == before + 1, path.name)


def _fill(register: Register, path: Path, language: Language) -> None:
    """One registration: what must be filled in, and a consent."""
    from openpyxl import load_workbook

    from avrr_desktop.services.exchange.cell_values import Wording
    from avrr_desktop.services.exchange.columns import INTAKE, Column, sheets_of

    spec, wording = sheets_of(INTAKE)[0], Wording(register.vocabularies, language)

    def cell(column: Column) -> object:
        if column.vocabulary:
            term = register.vocabularies.terms(column.vocabulary)[0].code
            value: object = (term,) if column.kind is Kind.TERMS else term
        else:
            value = _DAY if column.kind is Kind.DATE else "ESSAI"
        to_cell = wording.writer(column)
        return to_cell(value) if to_cell else value

    book = load_workbook(path)
    sheet = book[spec.title(language)]
    for place, column in enumerate(spec.columns, 1):
        if column.required or column.name in _CONSENT:
            sheet.cell(_HEADS + 1, place).value = cell(column)  # type: ignore[assignment] # not merged
    book.save(path)
    book.close()


def bulletin(bench: Bench) -> None:
    """The bulletin in each language, for Word and as PDF with the fonts inside."""
    from docx import Document

    from avrr_desktop.app import application
    from avrr_desktop.services.bulletin.export import export_word, make_bulletin
    from avrr_desktop.ui.printing.bulletin_pdf import write_pdf
    from avrr_desktop.ui.printing.looks import FAMILIES, load_fonts

    application()
    load_fonts(bench.resources / "fonts")
    for language in Language:
        word = bench.folder / f"bulletin-{language.value}.docx"
        export_word(bench.register, _PERIOD, word, language)
        require(Document(str(word)).tables, word.name)
        pdf = word.with_suffix(".pdf")
        write_pdf(make_bulletin(bench.register, _PERIOD, language), pdf)
        content = pdf.read_bytes()
        wanted = FAMILIES if language is Language.AR else FAMILIES[:1]
        for family in wanted:
            require(f"{family.replace(' ', '')}-".encode() in content, f"{pdf.name}: {family}")


def proof(bench: Bench) -> None:
    """The proof pack of a closed semester, and the checker that lies in it."""
    from avrr_desktop.services.closing.closings import close
    from avrr_desktop.services.proof.checking import CHECKER, verified
    from avrr_desktop.services.proof.proof import write_proof

    register, path = bench.register, bench.folder / "proof.zip"
    close(register, register.actor, _EARLIER, despite="essai")
    written = write_proof(register, register.actor, _EARLIER, path, bench.language)
    with ZipFile(path) as pack:
        members = {name: pack.read(name) for name in pack.namelist()}
    checker = bench.folder / CHECKER
    checker.write_bytes(members[CHECKER])
    faults, done = verified(checker, members)
    require(not faults and done["cells"] == written.cells, CHECKER)


def _persons(register: Register) -> int:
    return page(register, ListQuery(PERSON.key, limit=1)).total
