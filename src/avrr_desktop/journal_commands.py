"""The command of the journal: read it through, write it as CSV."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from avrr_desktop.arguments import REFUSED, Parser
from avrr_desktop.coming_in import opened
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import tr, translator
from avrr_desktop.paths import Paths

Command = Callable[[argparse.Namespace, Paths, Clock], int]
AddCommand = Callable[[str, Command, str], Parser]


def add_journal_commands(add: AddCommand) -> None:
    """Declare the command; ``add`` makes one of a name, a function and a help."""
    journal = add("journal", _journal, tr("count the lines of the journal, check or export them"))
    check = tr("read every line through and say what another program altered")
    journal.options.add_argument("--check", action="store_true", help=check)
    output = tr("CSV file or workbook to write")
    journal.options.add_argument("--output", default="", metavar="F.csv", help=output)


def _journal(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    """Say how many lines there are; 1 when ``--check`` finds one that does not hold."""
    from avrr_desktop.services.audit_check import check_journal
    from avrr_desktop.services.audit_export import export_journal
    from avrr_desktop.services.audit_lines import AuditQuery, sequences
    from avrr_desktop.services.chain_words import fault_text

    language = Language(options.language or "fr")
    say = translator(language)
    with opened(options, paths, clock) as register:
        wanted = sequences(register, AuditQuery())
        sys.stdout.write(say.ntr("{count} line", "{count} lines", len(wanted)) + "\n")
        if options.output:
            export_journal(register, tuple(reversed(wanted)), Path(options.output), language)
        found = check_journal(register) if options.check else ()
    sys.stderr.write("".join(f"{fault_text(fault, say)}\n" for fault in found))
    if options.check and not found:
        sys.stdout.write(say.tr("Every line of the journal holds.") + "\n")
    return REFUSED if found else 0
