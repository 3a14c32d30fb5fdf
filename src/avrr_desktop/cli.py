"""The command line: the same use cases as the windows, without them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from avrr_desktop.access_commands import add_access_commands
from avrr_desktop.arguments import (
    DONE,
    INTERRUPTED,
    REFUSED,
    Parser,
    given_value,
    speak_any_script,
    spoken_language,
)
from avrr_desktop.backup_commands import add_backup_commands
from avrr_desktop.closing_commands import add_closing_commands
from avrr_desktop.coming_in import add_entry, list_password, opened
from avrr_desktop.core.clock import Clock, SystemClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period, parse_period
from avrr_desktop.core.translation import (
    Translator,
    load_catalogues,
    screen_language,
    set_screen_language,
    tr,
    translator,
)
from avrr_desktop.installation_commands import add_installation_options, do_without_screen
from avrr_desktop.journal_commands import add_journal_commands
from avrr_desktop.move_commands import add_move_commands, split_file
from avrr_desktop.paths import Paths, default_paths, paths_in

_WITHOUT_REGISTER = ("demo", "tour")
_ADDED = (
    add_access_commands,
    add_backup_commands,
    add_closing_commands,
    add_journal_commands,
    add_move_commands,
)


def main(arguments: Sequence[str] | None = None, clock: Clock | None = None) -> int:
    """Run the program; its exit code: 0 done, 1 refused, 2 unknown option, 130 interrupted."""
    words, file = split_file(sys.argv[1:] if arguments is None else arguments)
    # Before the rest is read: help and refusals are in the user's language too.
    paths = _paths(given_value(words, "--data-dir"))
    speak_any_script()
    load_catalogues(paths.catalogues)
    language = spoken_language(words, paths.settings)
    set_screen_language(language)
    options = _parser().parse_args(words)
    options.opened_file = file
    paths = _paths(options.data_dir)
    _language(options.language)
    command: Callable[[argparse.Namespace, Paths, Clock], int] = options.command
    try:
        return command(options, paths, clock or SystemClock())
    except UserError as error:
        notes = getattr(error, "__notes__", ())  # how the command line mends it
        sys.stderr.write(" ".join((_sentence(error, translator(language)), *notes)) + "\n")
        return REFUSED
    except KeyboardInterrupt:  # files and transactions are whole or not there
        sys.stderr.write(tr("Interrupted.") + "\n")
        return INTERRUPTED


def _paths(folder: str | None) -> Paths:
    return paths_in(Path(folder)) if folder else default_paths()


def _parser() -> Parser:
    parser = Parser("avrr-desktop", description=tr("Register of assisted voluntary return"))
    parser.set_defaults(command=_window)
    folder = tr("folder of the register and its settings")
    parser.options.add_argument("--data-dir", metavar="D", help=folder)
    language = tr("language of what is said and written")
    parser.options.add_argument("--language", metavar="fr|ar|en", default=None, help=language)
    add_installation_options(parser)
    commands = parser.add_subparsers(title=tr("Commands"), metavar=tr("COMMAND"))
    book, period = (
        tr("workbook to write"),
        tr("2023-S1, 2023-Q2, 2023-06, 2023 or 2023-01-15..2023-03-02"),
    )
    _add_demo(commands)
    summary = _command(commands, "summary", _summary, tr("print the figures of a period"))
    summary.options.add_argument("--period", required=True, metavar="P", help=period)
    shape = tr("a text to read, or every cell as JSON")
    summary.options.add_argument("--format", default="text", metavar="text|json", help=shape)
    summary.options.add_argument(
        "--as-of",
        metavar="T",
        help=tr("as known at 2023-07-15T10:00, or at the end of 2023-07-15"),
    )
    export = _command(
        commands, "export", _export, tr("write the reporting workbook or a nominal list")
    )
    export.options.add_argument("--period", metavar="P", help=period)
    nominal = tr("a list of persons instead, of this activity")
    export.options.add_argument("--nominal", metavar="ACTIVITY", help=nominal)
    export.options.add_argument("--output", required=True, metavar="F.xlsx", help=book)
    for add in _ADDED:
        add(lambda name, command, text: _command(commands, name, command, text))
    template = _command(commands, "template", _template, tr("write the import template"))
    template.options.add_argument("--output", required=True, metavar="F.xlsx", help=book)
    bring = _command(commands, "import", _import, tr("bring in a filled template"))
    bring.options.add_argument("--dry-run", action="store_true", help=tr("say what would be done"))
    reason = tr("accept unlikely values and corrections for this reason")
    bring.options.add_argument("--confirm", default="", metavar=tr("REASON"), help=reason)
    bring.values.add_argument("file", metavar="F.xlsx", help=tr("the filled workbook"))
    tour = _command(commands, "tour", _tour, tr("fill every form, picture every screen"))
    tour.options.add_argument(
        "--output", required=True, metavar="DIR", help=tr("folder of the pictures")
    )
    return parser


def _add_demo(commands: argparse._SubParsersAction[Parser]) -> None:
    demo = _command(commands, "demo", _demo, tr("write a register of invented people"))
    demo.options.add_argument("--persons", type=int, metavar="N", help=tr("how many persons"))
    seed = tr("number that decides which people are invented")
    demo.options.add_argument("--seed", type=int, default=1, metavar="S", help=seed)


def command_parser() -> Parser:
    """Every command with its options, worded in the screen's language."""
    return _parser()


def _command(
    commands: argparse._SubParsersAction[Parser],
    name: str,
    command: Callable[[argparse.Namespace, Paths, Clock], int],
    text: str,
) -> Parser:
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(command=command)
    # SUPPRESS: an option given before the command must not be undone by the command's default
    folder = tr("folder of the register and its settings")
    parser.options.add_argument("--data-dir", metavar="D", default=argparse.SUPPRESS, help=folder)
    language = tr("language of what is said and written")
    parser.options.add_argument(
        "--language", metavar="fr|ar|en", default=argparse.SUPPRESS, help=language
    )
    if name not in _WITHOUT_REGISTER:
        add_entry(parser)
    return parser


def _language(asked: str | None) -> Language:
    try:
        return Language(asked or "fr")
    except ValueError:
        unknown = UserError("unknown_language", language=asked)
        sys.stderr.write(_sentence(unknown, translator(screen_language())) + "\n")
        raise SystemExit(REFUSED) from None


def _sentence(error: UserError, spoken: Translator) -> str:
    from avrr_desktop.services.messages import word_error

    return word_error(error, spoken)


def _window(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    from avrr_desktop import collector, quick_start

    quick_start.prepare()
    try:
        from avrr_desktop.app import run_window

        return run_window(paths, clock, options.opened_file)
    finally:
        collector.wake()  # the window may have been closed, or refused, before it was


def _demo(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    from avrr_desktop.services.demo import word_written, write_demo

    if options.persons is not None and options.persons < 1:
        raise UserError("bad_number_of_persons")
    progress = _progress if sys.stderr.isatty() else None
    register = write_demo(
        paths, clock, persons=options.persons, seed=options.seed, progress=progress
    )
    say = translator(screen_language())
    try:
        said = word_written(register, say)
    finally:
        register.close()
    sys.stdout.write(("\n" if progress else "") + said + "\n")
    return DONE


def _summary(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    from avrr_desktop.services.past import summary_as_of
    from avrr_desktop.services.past_moments import check_moment, moment_words, read_moment
    from avrr_desktop.services.summary import summarise
    from avrr_desktop.services.summary_text import summary_text, years_said

    period, language = parse_period(options.period), _language(options.language)
    if options.format not in ("text", "json"):
        raise UserError("unknown_format", format=options.format)
    moment = None if options.as_of is None else read_moment(options.as_of, clock)
    with opened(options, paths, clock) as register:
        if moment is None:
            summary, known = summarise(register, period), ""
        else:
            check_moment(register, moment)
            summary = summary_as_of(register, period, moment)
            known = moment_words(moment, translator(language))
        if options.format == "text":
            years = years_said(register, period, language, moment)
            parts = (known, summary_text(register, summary, language), years)
            text = "\n\n".join(filter(None, parts))
        else:
            as_of = {"as_of": moment.astimezone().isoformat()} if moment else {}
            cells = list(summary.iter_cells())
            document = {"period": _period(period), **as_of, "cells": cells}
            text = json.dumps(document, ensure_ascii=False, indent=1)
    sys.stdout.write(text + "\n")
    return DONE


def _export(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    from avrr_desktop.activities import ACTIVITY_BY_KEY
    from avrr_desktop.services.exchange import export_nominal, list_of
    from avrr_desktop.services.workbook import export_workbook

    period = parse_period(options.period) if options.period else None
    language, output = _language(options.language), Path(options.output)
    if options.nominal and options.nominal not in ACTIVITY_BY_KEY:
        known = ", ".join(ACTIVITY_BY_KEY)
        raise UserError("unknown_activity", activity=options.nominal, known=known)
    if period is None and not options.nominal:
        raise UserError("period_required")
    with opened(options, paths, clock) as register:
        if options.nominal:
            password = list_password(options, register)
            wanted = list_of(options.nominal, period)
            export_nominal(register, wanted, output, language, password=password)
        elif period is not None:
            export_workbook(register, period, output, language)
    return DONE


def _template(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    """With the register's own lists when there is one, else with those the program ships."""
    from avrr_desktop.services.exchange import write_template
    from avrr_desktop.services.register import create_register

    language = _language(options.language)
    if paths.register.is_file():
        with opened(options, paths, clock) as register:
            write_template(register, Path(options.output), language)
        return DONE
    with TemporaryDirectory() as folder:
        shipped = create_register(paths_in(Path(folder) / "empty"), clock, is_demo=True)
        try:
            write_template(shipped, Path(options.output), language)
        finally:
            shipped.close()
    return DONE


def _import(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    from avrr_desktop.services.exchange import plan_import, run_import
    from avrr_desktop.services.exchange.wording import word_done, word_plan
    from avrr_desktop.services.records import Records

    with opened(options, paths, clock) as register:
        plan = plan_import(register, Path(options.file))
        say = translator(_language(options.language))
        sys.stdout.write(word_plan(plan, say) + "\n")
        if plan.is_refused:
            raise UserError("lines_refused")
        is_wanted = bool(plan.drafts) and not options.dry_run
        if is_wanted:
            actor, reason = register.local_actor, options.confirm
            run_import(register, Records(register), actor, plan, reason, correction=reason)
        sys.stdout.write(word_done(plan, say, was_written=is_wanted) + "\n")
    return DONE


def _tour(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    do_without_screen()
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
