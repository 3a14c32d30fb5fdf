"""Files that are no template: each is refused in a sentence, before anything is read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from tests.exchange.desk import Desk
from tests.exchange.filling import fill

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import translator
from avrr_desktop.services.exchange import reading, write_template
from avrr_desktop.services.messages import word_error

pyzipper = import_module("pyzipper")  # it has no types


def a_text(path: Path) -> None:
    path.write_text("nom;prénom\nDIALLO;Mamadou\n", encoding="utf-8")


def an_encrypted_one(path: Path) -> None:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)


def a_locked_one(path: Path) -> None:
    with pyzipper.AESZipFile(path, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"secret")
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")


def another_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")


def a_cut_one(path: Path) -> None:
    Workbook().save(path)
    path.write_bytes(path.read_bytes()[:-200])


def a_broken_part(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types")
        archive.writestr("xl/workbook.xml", "<workbook")


def an_entity(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", '<?xml version="1.0"?><!DOCTYPE a []><a/>')
        archive.writestr("xl/workbook.xml", "<workbook/>")


def a_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for part in range(5):
            archive.writestr(f"xl/worksheets/sheet{part}.xml", b"0" * 90_000_000)


def a_workbook_of_somebody(path: Path) -> None:
    Workbook().save(path)


def nothing(path: Path) -> None:
    return


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (a_text, "not_a_workbook"),
        (an_encrypted_one, "protected_workbook"),
        (a_locked_one, "protected_workbook"),
        (another_zip, "not_a_workbook"),
        (a_cut_one, "not_a_workbook"),
        (a_broken_part, "not_a_workbook"),
        (an_entity, "not_a_workbook"),
        (a_bomb, "workbook_too_large"),
        (a_workbook_of_somebody, "no_template"),
        (nothing, "file_unreadable"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_file_that_is_no_template_is_refused_in_words(
    desk: Desk, make: Callable[[Path], None], code: str
) -> None:
    path = desk.folder / "file.xlsx"
    make(path)
    with pytest.raises(UserError) as refused:
        desk.plan(path)
    assert refused.value.code == code
    assert "file.xlsx" in word_error(refused.value, translator(Language.EN))


def changed(desk: Desk, cell: str, value: str | None) -> Path:
    path = desk.folder / "template.xlsx"
    write_template(desk.register, path, Language.FR)
    book = load_workbook(path)
    book["Assistance directe"][cell].value = value
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("A1", "somebody", "wrong_header"),
        ("F1", "invented", "wrong_header"),
        ("F1", "person_number", "wrong_header"),
        ("B1", None, "missing_column"),
    ],
)
def test_changed_hidden_row_is_refused_naming_sheet_and_column(
    desk: Desk, cell: str, value: str | None, code: str
) -> None:
    with pytest.raises(UserError) as refused:
        desk.plan(changed(desk, cell, value))
    assert refused.value.code == code
    said = word_error(refused.value, translator(Language.EN))
    assert "Assistance directe" in said


def test_value_below_no_name_is_refused(desk: Desk) -> None:
    path = changed(desk, "AA4", "a note of mine")
    with pytest.raises(UserError) as refused:
        desk.plan(path)
    assert (refused.value.code, refused.value.values["column"]) == ("wrong_header", "AA")


def test_too_many_lines_are_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_LINES", 2)
    path = desk.folder / "template.xlsx"
    write_template(desk.register, path, Language.FR)
    fill(path, Language.FR, {"direct_assistance": [{"person_number": "P-1"}] * 3})
    with pytest.raises(UserError) as refused:
        desk.plan(path)
    assert refused.value.code == "too_many_lines"
