"""Carrying out an import: everything in one transaction, or nothing."""

from __future__ import annotations

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.backups import Reason
from avrr_desktop.services.backups.making import backup_if_changed
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.exchange.plan import ImportPlan
from avrr_desktop.services.exchange.planning import sequence_now
from avrr_desktop.services.records import Records, ReportProgress
from avrr_desktop.services.register import Register


@needs(Permission.IMPORT)
def run_import(
    register: Register,
    records: Records,
    actor: Actor,
    plan: ImportPlan,
    reason: str = "",
    *,
    correction: str = "",
    progress: ReportProgress | None = None,
) -> Changed:
    """Write what the dry run announced; one undo takes all of it back.

    ``reason`` is the one given for every unlikely value, ``correction`` why figures of a closed
    semester may move. What ``progress`` raises gives it up:
    nothing is imported then.

    Raises:
        UserError: ``lines_refused``, ``reason_required``, ``nothing_to_import``,
            ``moves_closed``;
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
    backup_if_changed(
        register, Reason.IMPORT, (lambda _done, _all: progress(0, 0)) if progress else None
    )
    return records.save(
        actor,
        *plan.drafts,
        action="import",
        reason=plan.file,
        confirm_all=reason.strip(),
        correction=correction,
        progress=progress,
    )
