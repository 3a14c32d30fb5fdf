"""The commands of a semester that is published: close, reopen, gap, proof, bulletin."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from avrr_desktop.arguments import REFUSED, Parser
from avrr_desktop.coming_in import opened
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.translation import tr, translator
from avrr_desktop.paths import Paths

if TYPE_CHECKING:
    from avrr_desktop.services.bulletin.blocks import Bulletin

Command = Callable[[argparse.Namespace, Paths, Clock], int]
AddCommand = Callable[[str, Command, str], Parser]


def add_closing_commands(add: AddCommand) -> None:
    """Declare the commands; ``add`` makes one of a name, a function and a help."""
    semester = tr("a semester: 2023-S1")
    closing = add("close", _close, tr("freeze a semester and everyone behind its figures"))
    closing.options.add_argument("--period", required=True, metavar="P", help=semester)
    despite = tr("close although planned events are overdue, for this reason")
    closing.options.add_argument("--confirm", default="", metavar=tr("REASON"), help=despite)
    opening = add("reopen", _reopen, tr("take the padlock off a closed semester"))
    opening.options.add_argument("--period", required=True, metavar="P", help=semester)
    why = tr("why it is reopened")
    opening.options.add_argument("--reason", default="", metavar=tr("REASON"), help=why)
    gap = add("gap", _gap, tr("compare what was published with a recount of today"))
    gap.options.add_argument("--period", required=True, metavar="P", help=semester)
    shape = tr("a text to read, or every cell as JSON")
    gap.options.add_argument("--format", default="text", metavar="text|json", help=shape)
    proof = add("proof", _proof, tr("write the proof pack of a closed semester"))
    proof.options.add_argument("--period", required=True, metavar="P", help=semester)
    pack = tr("zip file to write")
    proof.options.add_argument("--output", required=True, metavar="F.zip", help=pack)
    bulletin = add("bulletin", _bulletin, tr("write the bulletin of a period for Word or as PDF"))
    period = tr("2023-S1, 2023-Q2, 2023-06, 2023 or 2023-01-15..2023-03-02")
    bulletin.options.add_argument("--period", required=True, metavar="P", help=period)
    kind = tr("docx, a file of Word, or pdf; else as the file’s name says")
    bulletin.options.add_argument("--format", default=None, metavar="pdf|docx", help=kind)
    small = tr("hide small figures")
    bulletin.options.add_argument("--masked", action="store_true", help=small)
    target = tr("file to write")
    bulletin.options.add_argument("--output", required=True, metavar="F", help=target)


@contextmanager
def _reason_given_by(option: str) -> Iterator[None]:
    """A refusal that asks for a reason says where to write it."""
    try:
        yield
    except UserError as error:
        if error.code in ("closing_blocked", "reason_required"):
            error.add_note(tr("Reasons are given by {option}.", option=f'{option} "…"'))
        raise


def _close(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    from avrr_desktop.services.closing.closings import close

    with opened(options, paths, clock) as register, _reason_given_by("--confirm"):
        period = parse_period(options.period)
        closing = close(register, register.local_actor, period, options.confirm)
    sys.stdout.write(f"{closing.period.code} {closing.fingerprint}\n")
    return 0


def _reopen(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    from avrr_desktop.services.closing.closings import reopen

    with opened(options, paths, clock) as register, _reason_given_by("--reason"):
        reopen(register, register.local_actor, parse_period(options.period), options.reason)
    return 0


def _gap(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    """Print the gap; what was altered with another program is said first, and refused."""
    from avrr_desktop.services.closing.gap import gap_of
    from avrr_desktop.services.closing.held import closed
    from avrr_desktop.services.closing.verify import alterations
    from avrr_desktop.services.closing.words import gap_text
    from avrr_desktop.services.summary.cells import to_lines

    period, language = parse_period(options.period), Language(options.language or "fr")
    if options.format not in ("text", "json"):
        raise UserError("unknown_format", format=options.format)
    with opened(options, paths, clock) as register:
        if altered := alterations(register):
            say = translator(language)
            sys.stderr.write("".join(f"{one.text(say)}\n" for one in altered))
            return REFUSED
        with register.database.reading() as connection:
            closing = closed(connection, period)
        gap = gap_of(register, closing)
        if options.format == "text":
            text = gap_text(register, gap, language)
        else:
            document = {
                "period": period.code,
                "fingerprint": closing.fingerprint,
                "substantial": gap.is_substantial,
                "published": list(gap.published.counted.summary.iter_cells()),
                "recomputed": list(gap.recomputed.iter_cells()),
                "differences": to_lines(gap.difference),
            }
            text = json.dumps(document, ensure_ascii=False, indent=1)
    sys.stdout.write(text + "\n")
    return 0


def _proof(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    """Write the pack, and print its fingerprint: a checker prints it too."""
    from avrr_desktop.services.proof.proof import write_proof

    period, language = parse_period(options.period), Language(options.language or "fr")
    with opened(options, paths, clock) as register:
        actor, output = register.local_actor, Path(options.output)
        proof = write_proof(register, actor, period, output, language)
    sys.stdout.write(f"{period.code} {proof.fingerprint}\n")
    return 0


def _bulletin(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    """Write a period's bulletin."""
    from avrr_desktop.services.bulletin.export import make_bulletin, note_bulletin

    period, language = parse_period(options.period), Language(options.language or "fr")
    output = Path(options.output)
    form = _form(options.format, output)
    with opened(options, paths, clock) as register:
        made = make_bulletin(register, period, language, is_masked=options.masked)
        _WRITERS[form](made, output, paths)
        note_bulletin(register, period, output, language, is_masked=options.masked)
    return 0


def _form(asked: str | None, output: Path) -> str:
    """The form asked for, else what the file's name says; Word when neither does."""
    named = output.suffix.lower().lstrip(".")
    if asked is None:
        return named if named in _WRITERS else "docx"
    if asked not in _WRITERS:
        raise UserError("unknown_bulletin_format", format=asked)
    if named in _WRITERS and named != asked:
        raise UserError("name_of_other_format", name=output.name, format=asked)
    return asked


def _write_word(bulletin: Bulletin, path: Path, _paths: Paths) -> None:
    from avrr_desktop.services.bulletin.word_file import write_word

    write_word(bulletin, path)


def _write_pdf(bulletin: Bulletin, path: Path, paths: Paths) -> None:
    """Fonts need Qt's application, without any window."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # On Windows Qt has no fonts without a screen, and says so, unless it is told of a folder.
    os.environ.setdefault("QT_QPA_FONTDIR", str(paths.resources / "fonts"))
    from PySide6.QtGui import QGuiApplication

    from avrr_desktop.ui.printing.bulletin_pdf import write_pdf
    from avrr_desktop.ui.printing.looks import load_fonts

    application = QGuiApplication.instance() or QGuiApplication([])
    load_fonts(paths.resources / "fonts")
    write_pdf(bulletin, path)
    del application


_WRITERS: Final = {"docx": _write_word, "pdf": _write_pdf}
