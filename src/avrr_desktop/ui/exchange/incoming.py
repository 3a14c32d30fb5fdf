"""What comes in: a file is checked line by line, then imported whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import ntr, screen_language, tr
from avrr_desktop.services.closing.watch import Moved
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.exchange.plan import ImportPlan
from avrr_desktop.ui.exchange.busy import BusyLine
from avrr_desktop.ui.exchange.drop_card import DropCard
from avrr_desktop.ui.exchange.plan_card import PlanCard
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.shell.correction import ask_reason
from avrr_desktop.ui.tasks import Progress
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.formats import ltr


@dataclass(frozen=True, slots=True)
class IncomingState:
    """The file checked, and where one was in its lines: filter, row, reason."""

    path: Path | None
    plan: ImportPlan | None
    batch: int  # the transaction that imported it; 0 before
    place: tuple[int, int, str]


class Incoming(QWidget):
    """Choose or drop a file, read what would become of each line, import."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exchange-incoming")
        self.setAcceptDrops(True)
        self._context = context
        self._path: Path | None = None
        self._plan: ImportPlan | None = None
        self._batch = 0
        self.busy = BusyLine(context, "incoming-busy")
        self.drop_card = DropCard()
        self.card = PlanCard()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.drop_card)
        self._stack.addWidget(self.card)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.PAGE, 0, Space.PAGE, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(self.busy)
        column.addWidget(self._stack, 1)
        self.drop_card.choose_button.clicked.connect(self.ask_file)
        self.card.other_wanted.connect(self.ask_file)
        self.card.report_wanted.connect(self.ask_report)
        self.card.import_wanted.connect(self.run)

    def state(self) -> IncomingState:
        """The file checked, and where one was."""
        return IncomingState(self._path, self._plan, self._batch, self.card.place())

    def set_state(self, state: IncomingState) -> None:
        """Show the same again."""
        if state.plan is not None and state.path is not None:
            self._take(state.path, state.plan, state.batch)
            self.card.set_place(state.place)
            self.refresh()

    def refresh(self) -> None:
        """An import taken back is checked again: its lines are new once more."""
        if self._batch and self._context.records.was_undone(self._batch):
            self._batch = 0
            self._check_again()

    def ask_file(self) -> None:
        """Ask which file, then check it."""
        path, _kind = QFileDialog.getOpenFileName(
            self, tr("Import a filled template"), "", tr("Workbook (*.xlsx)")
        )
        if path:
            self.check(Path(path))

    def check(self, path: Path) -> None:
        """Read the file on the worker and show what would become of each line."""
        register = self._context.register

        def work(progress: Progress) -> ImportPlan:
            from avrr_desktop.services.exchange import plan_import

            return plan_import(register, path, progress)

        def done(plan: ImportPlan) -> None:
            self._take(path, plan)
            self.card.table.setFocus()

        says = tr("Checking {file}", file=ltr(path.name))
        self.busy.run(says, work, done, retry=lambda: self.check(path))

    def run(self, correction: str = "") -> None:
        """Import the lines shown, all of them in one transaction."""
        plan, context = self._plan, self._context
        assert plan is not None
        reason = self.card.reason.value() or ""

        def work(progress: Progress) -> Changed:
            from avrr_desktop.services.exchange import run_import

            register, records, actor = context.register, context.records, context.actor
            return run_import(
                register, records, actor, plan, reason, correction=correction, progress=progress
            )

        def mended(error: UserError) -> bool:
            """Published figures would move: the reason is asked, and the import begins again."""
            if error.code != "moves_closed":
                return False
            if asked := ask_reason(self, cast("tuple[Moved, ...]", error.values["moved"])):
                self.run(asked)
            else:
                self.busy.say(given_up, "warning")
            return True

        def tell(changed: Changed) -> None:
            said = ntr(
                "{count} line of {file} imported.",
                "{count} lines of {file} imported.",
                plan.changing,
                file=ltr(plan.file),
            )
            context.shell.say_done(changed, said)

        def done(changed: Changed) -> None:
            self._batch = changed.batch
            self.card.set_done()
            tell(changed)

        says = tr("Importing {file}", file=ltr(plan.file))
        given_up = tr("Import given up: nothing was imported.")
        again = self._check_again
        self.busy.run(
            says, work, done, retry=again, when_gone=tell, given_up=given_up, mended=mended
        )

    def ask_report(self) -> None:
        """Ask for the report's name, then write it."""
        if self._plan is None:
            return
        named = tr("Report of {file}", file=self._plan.file)
        path, _kind = QFileDialog.getSaveFileName(
            self, tr("Save the report"), named, tr("Workbook (*.xlsx);;CSV (*.csv)")
        )
        if path:
            chosen = Path(path)
            known = chosen.suffix.lower() in (".xlsx", ".csv")
            self.write_report(chosen if known else chosen.with_suffix(".xlsx"))

    def write_report(self, path: Path) -> None:
        """Write every line with its verdict."""
        plan, register, language = self._plan, self._context.register, screen_language()
        assert plan is not None

        def work(_progress: Progress) -> None:
            from avrr_desktop.services.exchange import write_report

            write_report(register, plan, path, language)

        def done(_none: None) -> None:
            self.busy.say_written(tr("Report saved:"), path)

        self.busy.run(tr("Writing the report"), work, done, retry=self.ask_report)

    def _check_again(self) -> None:
        if self._path is not None:
            self.check(self._path)

    def _take(self, path: Path, plan: ImportPlan, batch: int = 0) -> None:
        self._path, self._plan, self._batch = path, plan, batch
        self.card.show_plan(plan, is_done=batch > 0)
        self._stack.setCurrentWidget(self.card)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped."""
        if _dropped(event) is not None and not self.busy.is_busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check the file dropped."""
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.check(path)


def _dropped(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
