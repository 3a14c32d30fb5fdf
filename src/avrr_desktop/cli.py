"""The command line: the same use cases as the windows, without them."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from avrr_desktop import collector
from avrr_desktop.core.clock import Clock, SystemClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period, parse_period
from avrr_desktop.core.translation import (
    Translator,
    load_catalogues,
    set_screen_language,
    translator,
)
from avrr_desktop.paths import Paths, default_paths, paths_in

DONE, REFUSED, UNKNOWN_OPTION = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    """Exits with 2 for an option it does not know, with 1 for a value it cannot take."""

    def error(self, message: str) -> NoReturn:
        unknown = message.startswith("unrecognized arguments")
        self.exit(UNKNOWN_OPTION if unknown else REFUSED, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None, clock: Clock | None = None) -> int:
    """Run the program; gives its exit code: 0 done, 1 refused, 2 unknown option."""
    options = _parser().parse_args(arguments)
    paths = paths_in(Path(options.data_dir)) if options.data_dir else default_paths()
    load_catalogues(paths.catalogues)
    language = _language(getattr(options, "language", None))
    set_screen_language(language)
    command: Callable[[argparse.Namespace, Paths, Clock], int] = options.command
    try:
        return command(options, paths, clock or SystemClock())
    except UserError as error:
        sys.stderr.write(_sentence(error, translator(language)) + "\n")
        return REFUSED


def _parser() -> _Parser:
    parser = _Parser(prog="avrr-desktop", description="Registre AVRR — OIM Maroc")
    parser.set_defaults(command=_window)
    parser.add_argument("--data-dir", metavar="D", help="folder of the register and its settings")
    commands = parser.add_subparsers(metavar="COMMAND")
    demo = _command(commands, "demo", _demo, "write a register of invented people")
    demo.add_argument("--persons", type=int, metavar="N")
    demo.add_argument("--seed", type=int, default=1, metavar="S")
    summary = _command(commands, "summary", _summary, "print the figures of a period")
    summary.add_argument("--period", required=True, metavar="P")
    summary.add_argument("--format", default="text", metavar="text|json")
    export = _command(commands, "export", _export, "write the reporting workbook or a nominal list")
    export.add_argument("--period", metavar="P")
    export.add_argument("--nominal", metavar="ACTIVITY")
    export.add_argument("--output", required=True, metavar="F.xlsx")
    template = _command(commands, "template", _template, "write the import template")
    template.add_argument("--output", required=True, metavar="F.xlsx")
    bring = _command(commands, "import", _import, "bring in a filled template")
    bring.add_argument("file", metavar="F.xlsx")
    bring.add_argument("--dry-run", action="store_true")
    bring.add_argument("--confirm", default="", metavar="REASON", help="accept unlikely values")
    tour = _command(commands, "tour", _tour, "fill every form, picture every screen")
    tour.add_argument("--output", required=True, metavar="DIR")
    return parser


def _command(
    commands: argparse._SubParsersAction[_Parser],
    name: str,
    command: Callable[[argparse.Namespace, Paths, Clock], int],
    text: str,
) -> _Parser:
    parser = commands.add_parser(name, help=text)
    parser.set_defaults(command=command)
    # SUPPRESS: an option given before the command must not be undone by the command's default
    parser.add_argument("--data-dir", metavar="D", default=argparse.SUPPRESS)
    parser.add_argument("--language", metavar="fr|ar|en", default=None)
    return parser


def _language(asked: str | None) -> Language:
    try:
        return Language(asked or "fr")
    except ValueError:
        set_screen_language(Language.FR)
        unknown = UserError("unknown_language", language=asked)
        sys.stderr.write(_sentence(unknown, translator(Language.FR)) + "\n")
        raise SystemExit(REFUSED) from None


def _sentence(error: UserError, spoken: Translator) -> str:
    from avrr_desktop.services.messages import word_error

    return word_error(error, spoken)


def _window(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    collector.rest()
    from avrr_desktop.app import run_window

    return run_window(paths, clock)


def _demo(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    from avrr_desktop.services.demo import write_demo

    if options.persons is not None and options.persons < 1:
        raise UserError("bad_number_of_persons")
    progress = _progress if sys.stderr.isatty() else None
    register = write_demo(
        paths, clock, persons=options.persons, seed=options.seed, progress=progress
    )
    register.close()
    return DONE


def _summary(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    from avrr_desktop.services.register import open_register
    from avrr_desktop.services.summary import summarise
    from avrr_desktop.services.summary_text import summary_text

    period = parse_period(options.period)
    if options.format not in ("text", "json"):
        raise UserError("unknown_format", format=options.format)
    register = open_register(paths, clock)
    try:
        summary = summarise(register, period)
        if options.format == "text":
            text = summary_text(register, summary, _language(options.language))
        else:
            document = {"period": _period(period), "cells": list(summary.iter_cells())}
            text = json.dumps(document, ensure_ascii=False, indent=1)
    finally:
        register.close()
    sys.stdout.write(text + "\n")
    return DONE


def _export(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    from avrr_desktop.activities import ACTIVITY_BY_KEY
    from avrr_desktop.services.exchange import export_nominal, list_of
    from avrr_desktop.services.register import open_register
    from avrr_desktop.services.workbook import export_workbook

    period = parse_period(options.period) if options.period else None
    language, output = _language(options.language), Path(options.output)
    if options.nominal and options.nominal not in ACTIVITY_BY_KEY:
        known = ", ".join(ACTIVITY_BY_KEY)
        raise UserError("unknown_activity", activity=options.nominal, known=known)
    if period is None and not options.nominal:
        raise UserError("period_required")
    register = open_register(paths, clock)
    try:
        if options.nominal:
            export_nominal(register, list_of(options.nominal, period), output, language)
        elif period is not None:
            export_workbook(register, period, output, language)
    finally:
        register.close()
    return DONE


def _template(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    """With the register's own lists when there is one, else with those the program ships."""
    from avrr_desktop.services.exchange import write_template
    from avrr_desktop.services.register import create_register, open_register

    language = _language(options.language)
    with TemporaryDirectory() as folder:
        if paths.register.is_file():
            register = open_register(paths, clock)
        else:
            register = create_register(paths_in(Path(folder) / "empty"), clock, is_demo=False)
        try:
            write_template(register, Path(options.output), language)
        finally:
            register.close()
    return DONE


def _import(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    from avrr_desktop.services.exchange import plan_import, run_import
    from avrr_desktop.services.exchange.wording import word_plan
    from avrr_desktop.services.records import Records
    from avrr_desktop.services.register import open_register

    register = open_register(paths, clock)
    try:
        plan = plan_import(register, Path(options.file))
        sys.stdout.write(word_plan(plan, translator(_language(options.language))) + "\n")
        if plan.is_refused:
            raise UserError("lines_refused")
        if not options.dry_run and plan.drafts:
            actor, reason = register.local_actor, options.confirm
            run_import(register, Records(register), actor, plan, reason)
    finally:
        register.close()
    return DONE


def _tour(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from avrr_desktop.tour import run_tour

    return run_tour(Path(options.output), clock)


def _period(period: Period) -> dict[str, str]:
    return {
        "code": period.code,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
    }


def _progress(done: int, total: int) -> None:
    sys.stderr.write(f"\r{done * 100 // max(total, 1)} %")
    sys.stderr.flush()
