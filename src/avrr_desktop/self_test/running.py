"""Runs the checks one after the other, a line for each; nothing of the user's own is touched."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from types import TracebackType
from typing import Final, TextIO

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import ntr, screen_language, set_screen_language, tr, translator
from avrr_desktop.self_test import of_files, of_register, of_resources, of_window
from avrr_desktop.self_test.bench import Bench, Check, Missing
from avrr_desktop.services.identity import program_version
from avrr_desktop.services.messages import word_error

REPORT: Final = "self-test.txt"

CHECKS: Final[Sequence[Check]] = (
    Check(lambda: tr("Fonts, Latin and Arabic"), of_resources.fonts),
    Check(lambda: tr("Icons"), of_resources.icons),
    Check(lambda: tr("Translations"), of_resources.translations),
    Check(lambda: tr("User guide"), of_resources.guide),
    Check(lambda: tr("Lists"), of_resources.lists),
    Check(lambda: tr("Time zones"), of_resources.time_zones),
    Check(lambda: tr("An empty register brought up to date"), of_register.migrations),
    Check(lambda: tr("Encrypted register, wrong key refused"), of_register.encryption),
    Check(lambda: tr("Backup and restore"), of_register.backups),
    Check(lambda: tr("Reporting workbook"), of_files.workbook),
    Check(lambda: tr("Nominal list"), of_files.nominal_list),
    Check(lambda: tr("Import of a filled template"), of_files.template),
    Check(lambda: tr("Bulletin, Word and PDF"), of_files.bulletin),
    Check(lambda: tr("Proof pack and its checker"), of_files.proof),
    Check(lambda: tr("Window in three languages"), of_window.languages),
    Check(lambda: tr("Each form filled and saved"), of_window.filled_forms),
    Check(lambda: tr("Each page opened"), of_window.pages),
)


def run_self_test(
    resources: Path,
    out: TextIO,
    keep: Path | None = None,
    checks: Sequence[Check] = CHECKS,
) -> int:
    """Run every check in the language of the screen; 0 when all pass, else 1.

    ``keep`` is a folder that keeps what was written, and the lines printed.

    Raises:
        UserError: ``folder_read_only``.
    """
    began = time.monotonic()
    language = screen_language()
    lines: list[str] = []

    def say(line: str) -> None:
        lines.append(line)
        out.write(line + "\n")
        out.flush()

    say(tr("Self-test of the AVRR register, version {version}", version=program_version()))
    with _folder(keep) as folder:
        bench = Bench(folder, resources, language)
        failed = 0
        with _faults_kept(bench.faults.append):
            for check in checks:
                fault = _fault(check, bench)
                set_screen_language(language)  # whatever the window was left in
                failed += fault is not None
                mark = tr("ok") if fault is None else tr("MISSING")
                say(f"[{mark}] {check.label()}" + (f" — {fault}" if fault else ""))
            bench.close()
        say(_ending(len(checks), failed, time.monotonic() - began))
        if keep is not None:
            (keep / REPORT).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 1 if failed else 0


def _ending(count: int, failed: int, seconds: float) -> str:
    if failed:
        return ntr(
            "{count} check of {total} failed.",
            "{count} checks of {total} failed.",
            failed,
            total=count,
        )
    return ntr(
        "{count} check passed in {seconds} s.",
        "{count} checks passed in {seconds} s.",
        count,
        seconds=round(seconds),
    )


def _fault(check: Check, bench: Bench) -> str | None:
    """What is missing, in one line; the people are invented, so an error may be quoted whole."""
    try:
        check.run(bench)
    except Missing as missing:
        return str(missing)
    except UserError as error:
        return word_error(error, translator(screen_language()))
    except Exception as error:  # noqa: BLE001 (whatever an incomplete installation raises)
        said = " ".join(str(error).split())
        return f"{type(error).__name__}: {said}"
    return None


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        try:
            keep.mkdir(parents=True, exist_ok=True)
            folder = mkdtemp(prefix="self-test-", dir=keep)
        except OSError as error:
            raise UserError("folder_read_only", folder=str(keep)) from error
        yield Path(folder)
        return
    # Windows may still hold a file for a moment.
    with TemporaryDirectory(prefix="avrr-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def _faults_kept(keep: Callable[[str], None]) -> Iterator[None]:
    """Faults of slots and paint events, which Python hands to its last hook."""
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        keep(f"{kind.__name__}: {error}")

    sys.excepthook = hook
    try:
        yield
    finally:
        sys.excepthook = before
