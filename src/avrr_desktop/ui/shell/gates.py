"""Which pages a role opens. The services refuse in any case: this spares the refusal."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission, allows, require
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.messages import word_error
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import (
    Bin,
    BulletinTexts,
    CasePage,
    ClosingOf,
    DuplicatesOf,
    FigureOf,
    FormOf,
    JournalOf,
    MergeOf,
    MoveRegister,
    NewRegistration,
    PersonPage,
    RecordsOf,
    Route,
    SummaryOf,
    Today,
)
from avrr_desktop.ui.widgets.empty import EmptyState

_GATES: Final[dict[type, Permission]] = {
    Today: Permission.NAMES,
    FigureOf: Permission.NAMES,
    RecordsOf: Permission.NAMES,
    PersonPage: Permission.NAMES,
    CasePage: Permission.NAMES,
    DuplicatesOf: Permission.NAMES,
    Bin: Permission.NAMES,
    FormOf: Permission.RECORD,
    NewRegistration: Permission.RECORD,
    MergeOf: Permission.MERGE,
    ClosingOf: Permission.CLOSE,
    BulletinTexts: Permission.CLOSE,
    JournalOf: Permission.JOURNAL,
    MoveRegister: Permission.MOVE,
}


def missing_for(actor: Actor, route: Route) -> Permission | None:
    """What somebody lacks to open a page; None when it opens."""
    wanted = _GATES.get(type(route))
    return None if wanted is None or allows(actor, wanted) else wanted


def refusal(actor: Actor, missing: Permission) -> str:
    """Why somebody does not get there, as the services say it."""
    try:
        require(actor, missing)
    except UserError as error:
        return word_error(error, translator(screen_language()))
    return ""


class RefusedPage(Page):
    """In the place of a page that a role does not open: says why, and leads on."""

    def __init__(self, context: Context, route: Route, missing: Permission) -> None:
        super().__init__(context, route)
        self.setObjectName("page-refused")
        empty = EmptyState(
            refusal(context.actor, missing), tr("Summary"), icon="chart-column", parent=self
        )
        empty.action_requested.connect(lambda: context.shell.open(SummaryOf()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(empty)
