"""Carrying out an import: everything in one transaction, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import Translator
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.exchange.plan import ImportPlan, Verdict
from avrr_desktop.services.exchange.planning import plan_import, sequence_now
from avrr_desktop.services.exchange.wording import sheet_title, word_line, word_verdict
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file: its plan, and the transaction if it was carried out."""

    plan: ImportPlan
    changed: Changed | None

    @property
    def is_refused(self) -> bool:
        """Whether nothing can be imported as the file stands."""
        return self.plan.is_refused or (self.changed is None and self.plan.needs_reason)

    def text(self, say: Translator) -> str:
        """The counts, then every line that is not simply imported."""
        counts = [
            f"{word_verdict(verdict, say)}: {self.plan.counts[verdict]}"
            for verdict in Verdict
            if self.plan.counts[verdict]
        ]
        lines = [
            f"{sheet_title(line.sheet, say)}, {line.row}: "
            f"{word_verdict(line.verdict, say)}. {word_line(line, say)}".rstrip()
            for line in self.plan.lines
            if line.findings
        ]
        return "\n".join(counts + lines)


def import_workbook(
    register: Register, actor: Actor, path: Path, *, dry_run: bool, confirm: str = ""
) -> ImportReport:
    """Plan the import of a file and, unless it is a dry run or may not be, carry it out.

    Raises:
        UserError: see ``read_sheets`` and ``run_import``.
    """
    plan = plan_import(register, path)
    is_stopped = plan.is_refused or (plan.needs_reason and not confirm.strip())
    if dry_run or is_stopped or not plan.drafts:
        return ImportReport(plan, None)
    return ImportReport(plan, run_import(register, Records(register), actor, plan, confirm))


def run_import(
    register: Register, records: Records, actor: Actor, plan: ImportPlan, reason: str = ""
) -> Changed:
    """Write what the dry run announced; one undo takes all of it back.

    ``reason`` is the one given for every unlikely value.

    Raises:
        UserError: ``lines_refused``, ``reason_required``, ``nothing_to_import``;
            ``plan_outdated`` when the register was changed since the dry run; the disk's.
    """
    if plan.is_refused:
        raise UserError("lines_refused")
    if plan.needs_reason and not reason.strip():
        raise UserError("reason_required")
    if not plan.drafts:
        raise UserError("nothing_to_import")
    with register.database.reading() as connection:
        if sequence_now(connection) != plan.sequence:
            raise UserError("plan_outdated")
    return records.save(
        actor, *plan.drafts, action="import", reason=plan.file, confirm_all=reason.strip()
    )
