"""What to do when the register does not open: put the last good backup in its place."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.entering import Access, enter_by
from avrr_desktop.services.access.header_file import load_backup_header
from avrr_desktop.services.backups import Backup, backups
from avrr_desktop.services.backups.restoring import open_backup, restore_over_wreck
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.register import Register
from avrr_desktop.ui.access.lines import LabelledLine, PasswordLine
from avrr_desktop.ui.access.step import Step
from avrr_desktop.ui.tasks import Progress, Tasks
from avrr_desktop.ui.widgets.formats import moment_text, number_text
from avrr_desktop.ui.widgets.text import Text

RESTORABLE = frozenset(
    {"header_broken", "header_altered", "wrong_key", "register_corrupt", "not_a_register"}
)


def last_good(paths: Paths) -> Backup | None:
    """The newest backup that was not found damaged."""
    return next((backup for backup in backups(paths) if not backup.is_damaged), None)


class RestoreStep(Step):
    """``restored`` gives the open register. What was there is set aside, not deleted."""

    restored = Signal(object)

    def __init__(
        self, tasks: Tasks, paths: Paths, clock: Clock, error: UserError, backup: Backup
    ) -> None:
        said = word_error(error, translator(screen_language()))
        super().__init__(
            tasks, "restore", tr("The register does not open"), said, tr("Restore this backup")
        )
        self._paths, self._clock, self._backup = paths, clock, backup
        self.column.addWidget(Text(_about(backup), wrap=True, name="restore-about"))
        self.login = LabelledLine(tr("Name to log in with"), "restore-login")
        hint = tr("The one of the day the backup was made.")
        self.password = PasswordLine(tr("Password"), "restore-password", hint=hint)
        if backup.is_protected:
            self.add_line(self.login)
            self.add_line(self.password)
            self.setFocusProxy(self.login.line)
        else:  # of a register of invented people, which has no users
            for line in (self.login, self.password):
                line.setParent(self)
                line.hide()
            self.setFocusProxy(self.go)
        self.close_with_buttons()

    def submit(self) -> None:
        """Open the backup and put it in place."""
        login, password = self.login.text(), self.password.text()

        def act(progress: Progress) -> Register:
            access: Access | None = None
            if self._backup.is_protected:
                header = load_backup_header(self._backup.header)
                access = enter_by(self._paths, self._clock, header, login, password)
            opening = open_backup(self._backup, access)
            return restore_over_wreck(self._paths, self._clock, opening, access, progress)

        self.work(act, self.restored.emit, tr("Restoring…"))

    def lines_at_fault(self) -> Mapping[str, LabelledLine]:
        """Both faults are the password's."""
        return {"wrong_password": self.password, "wait_before_retry": self.password}


def _about(backup: Backup) -> str:
    if backup.persons < 0:  # copied before an update, without the key
        return tr(
            "Last good backup: {when}. What was entered since is lost; the damaged register is set"
            " aside, not deleted.",
            when=moment_text(backup.made_at),
        )
    return tr(
        "Last good backup: {when}, {persons} persons, {events} events. What was entered since"
        " is lost; the damaged register is set aside, not deleted.",
        when=moment_text(backup.made_at),
        persons=number_text(backup.persons),
        events=number_text(backup.events),
    )
