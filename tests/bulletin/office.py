"""What an office suite makes of our files: ``python -m tests.bulletin.office [--pictures FOLDER]``.

Writes the bulletin and the workbook of the demonstration's 2023-S1 in three languages, has
LibreOffice open and convert them, and says for each what is lost: a figure or a heading of the
bulletin's text in the PDF, a paragraph that no longer reads from right to left, a cell of the
workbook that is not what was written. ``--pictures`` keeps the pages of both PDFs, the suite's
and our own, to be looked at. Needs ``soffice`` and ``pdftotext`` (Debian: libreoffice-writer-nogui,
libreoffice-calc-nogui, poppler-utils).
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from openpyxl import load_workbook
from tests.bulletin.conftest import CLOCK

from avrr_desktop.cli import main as command_line
from avrr_desktop.core.labels import Language

PERIOD: Final = "2023-S1"
_SECONDS: Final = 300  # an office suite that takes longer hangs
_MARKS: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0640]")
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_RIGHT_TO_LEFT: Final = "rl-tb"


def is_there() -> bool:
    """Whether the office suite and the reader of PDF are installed."""
    return all(map(shutil.which, ("soffice", "pdftotext")))


def converted(file: Path, kind: str, folder: Path) -> Path:
    """``file`` opened by LibreOffice and saved as ``kind``."""
    command = ["soffice", "--headless", "--norestore", "--convert-to", kind]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    target = folder / kind
    subprocess.run(
        [*command, profile, "--outdir", str(target), str(file)],
        check=True,
        capture_output=True,
        timeout=_SECONDS,
    )
    return target / f"{file.stem}.{kind}"


def lost_in_pdf(word: Path, pdf: Path) -> list[str]:
    """Headings and figures of a Word file that its PDF lacks, each as often as it is missing."""
    done = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True)
    page = done.stdout.decode()
    document = Document(str(word))
    lost = [heading for heading in _headings(document) if not _words(heading) <= _words(page)]
    texts = (node.text or "" for node in document.element.body.iter(qn("w:t")))
    return lost + sorted((_figures(" ".join(texts)) - _figures(page, " ")).elements())


def turned_round(word: Path, flat: Path) -> tuple[int, int]:
    """Paragraphs from right to left in a Word file, and in the flat OpenDocument made of it."""
    body = Document(str(word)).element.body
    written = sum(
        paragraph.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None
        for paragraph in body.iter(qn("w:p"))
    )
    tree = etree.parse(str(flat))
    parents: dict[str, str] = {}
    ways: dict[str, str] = {}
    for style in tree.iter(f"{_STYLE}style"):
        name = style.get(f"{_STYLE}name", "")
        parents[name] = style.get(f"{_STYLE}parent-style-name", "")
        for properties in style.iter(f"{_STYLE}paragraph-properties"):
            ways[name] = properties.get(f"{_STYLE}writing-mode", "")
    body_text = next(tree.iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}body"))
    kept = sum(
        _way(paragraph.get(f"{_TEXT}style-name", ""), ways, parents) == _RIGHT_TO_LEFT
        for tag in ("p", "h")
        for paragraph in body_text.iter(f"{_TEXT}{tag}")
    )
    return written, kept


def unequal_cells(ours: Path, theirs: Path) -> list[str]:
    """Cells of a workbook that are not the same once an office suite has saved it."""
    one, other = load_workbook(ours), load_workbook(theirs)
    found = [] if one.sheetnames == other.sheetnames else [f"{one.sheetnames}, {other.sheetnames}"]
    for name in set(one.sheetnames) & set(other.sheetnames):
        first, second = one[name], other[name]
        found += [
            f"{name}!{cell.coordinate}: {cell.value!r}, {second[cell.coordinate].value!r}"
            for row in first.iter_rows()
            for cell in row
            if cell.value != second[cell.coordinate].value
        ]
        if bool(first.sheet_view.rightToLeft) != bool(second.sheet_view.rightToLeft):
            found.append(f"{name}: another direction")
    return found


def _way(name: str, ways: dict[str, str], parents: dict[str, str]) -> str:
    """The direction of a style, its own or what it takes over."""
    while name:
        if ways.get(name):
            return ways[name]
        name = parents.get(name, "")
    return ""


def _headings(document: object) -> Iterator[str]:
    paragraphs = document.paragraphs  # type: ignore[attr-defined]
    for paragraph in paragraphs:
        if paragraph.text.strip() and paragraph.style.name.startswith(("Heading", "Title")):
            yield paragraph.text


def _words(text: str) -> Counter[str]:
    """The words of a text, the letters of each in order of their codes.

    Read from right to left, a PDF gives the words of a line in another order, and the two letters
    of a ligature too.
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFKC", text))
    return Counter("".join(sorted(word)) for word in re.findall(r"\w+", bare))


def _figures(text: str, gap: str = "") -> Counter[str]:
    """The numbers of a text, thousands joined; a PDF tells of their thin space as of any ``gap``.

    There each cell of a table is a line of its own: only figures within a line are joined.
    """
    apart = f"[\u202f\u00a0\u2009{gap}]"
    joined = re.sub(rf"(?<=\d){apart}(?=\d{{3}}(?!\d))", "", _MARKS.sub("", text))
    return Counter(re.findall(r"\d+", joined))


def written(folder: Path, languages: Iterable[Language] = Language) -> None:
    """The demonstration register in ``folder``, its bulletins and workbooks beside it."""
    data = ["--data-dir", str(folder / "register")]
    _run("demo", *data)
    for language in languages:
        spoken = [*data, "--period", PERIOD, "--language", language.value]
        for kind in ("docx", "pdf"):
            target = folder / f"bulletin-{language}.{kind}"
            _run("bulletin", *spoken, "--format", kind, "--output", str(target))
        _run("export", *spoken, "--output", str(folder / f"workbook-{language}.xlsx"))


def _run(*words: str) -> None:
    if command_line(words, CLOCK):
        raise SystemExit(1)


def lost_in(folder: Path, language: Language) -> dict[str, list[str]]:
    """What is lost of both files of a language, by what was looked for; keeps the suite's PDF."""
    word, book = folder / f"bulletin-{language}.docx", folder / f"workbook-{language}.xlsx"
    right_to_left, kept = turned_round(word, converted(word, "fodt", folder))
    turned = [] if kept >= right_to_left else [f"{kept} of {right_to_left}"]
    if language.is_rtl and not right_to_left:
        turned = ["no paragraph is written from right to left"]
    return {
        "headings and figures": lost_in_pdf(word, converted(word, "pdf", folder)),
        "right to left": turned,
        "cells": unequal_cells(book, converted(book, "xlsx", folder)),
    }


def main() -> int:
    """0 when nothing is lost."""
    options = argparse.ArgumentParser(prog="python -m tests.bulletin.office")
    options.add_argument("--pictures", type=Path, help="folder for the pages of the PDFs")
    given = options.parse_args()
    if not is_there():
        sys.stderr.write("soffice or pdftotext is not installed\n")
        return 1
    losses = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        written(folder)
        for language in Language:
            for what, lost in lost_in(folder, language).items():
                losses += len(lost)
                said = "; ".join(lost[:20]) if lost else "nothing lost"
                sys.stdout.write(f"{language} {what}: {said}\n")
            if given.pictures:
                _keep_pages(folder, language, given.pictures)
    return 1 if losses else 0


def _keep_pages(folder: Path, language: Language, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    name = f"bulletin-{language}"
    for maker, pdf in (("own", folder / f"{name}.pdf"), ("office", folder / "pdf" / f"{name}.pdf")):
        prefix = str(target / f"{name}-{maker}")
        subprocess.run(["pdftoppm", "-r", "70", "-png", str(pdf), prefix], check=True)


if __name__ == "__main__":
    sys.exit(main())
