"""Backups in the settings: what there is, one now, restoring, the second place, the drill."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission, allows
from avrr_desktop.core.translation import ntr, screen_language, tr, translator
from avrr_desktop.services.backups import Backup, Reason, backups, make_backup
from avrr_desktop.services.backups.drill import Drill, last_drill, run_drill
from avrr_desktop.services.backups.restoring import Opening, Preview, open_backup, preview, restore
from avrr_desktop.services.backups.second_place import (
    choose_second_place,
    copy_to_second_place,
    second_place,
)
from avrr_desktop.services.backups.words import drill_text, reason_text
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.register import Register
from avrr_desktop.ui.access.lines import LabelledLine, PasswordLine
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import MoveRegister
from avrr_desktop.ui.settings.ask import Ask, ask
from avrr_desktop.ui.settings.rows import RowsCard, padded
from avrr_desktop.ui.tasks import Progress, Request, Tasks
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import ltr, moment_text, number_text
from avrr_desktop.ui.widgets.surfaces import Card
from avrr_desktop.ui.widgets.text import Text

_T = TypeVar("_T")
_MEGABYTE = 1_000_000


class BackupsSection(QWidget):
    """Everything long runs on a worker, and can be given up."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("settings-backups")
        self._context = context
        self._tasks = Tasks(self)
        self._request: Request[Any] | None = None
        heads = (tr("Made on"), tr("Why"), tr("Persons"), tr("Events"), tr("Size"), tr("State"))
        self.card = RowsCard(
            "backups", tr("Backups"), heads, wide=1, empty=tr("There is no backup yet.")
        )
        self.now = self.card.add_button(
            Button(tr("Back up now"), Variant.PRIMARY, name="backup-now")
        )
        self.restore = self.card.add_button(
            Button(tr("Restore…"), Variant.SECONDARY, name="backup-restore")
        )
        self.stop = self.card.add_button(Button(tr("Cancel"), Variant.QUIET, name="backup-stop"))
        self.stop.hide()
        self.now.setVisible(not context.actor.is_looking)
        self.now.clicked.connect(self._on_now)
        self.restore.clicked.connect(self._on_restore)
        self.stop.clicked.connect(self._on_stop)
        self.card.moved.connect(self._show_buttons)
        self.said = Text("", wrap=True, name="backups-said")
        self.said.hide()
        column = padded(self.said, self.card, self._below())
        column.setStretch(1, 1)
        self.setLayout(column)
        self._backups: tuple[Backup, ...] = ()
        self.read()

    def _below(self) -> Card:
        card = Card("backups-below")
        first, second = QHBoxLayout(), QHBoxLayout()
        self.place = Text("", wrap=True, name="backups-place")
        choose = Button(tr("Choose a folder…"), Variant.SECONDARY, name="backups-choose")
        choose.clicked.connect(self._on_choose)
        choose.setVisible(allows(self._context.actor, Permission.LISTS))
        self.drill = Text("", wrap=True, name="backups-drill")
        run = Button(tr("Try the last backup"), Variant.SECONDARY, name="backups-try")
        run.clicked.connect(self._on_try)
        run.setVisible(not self._context.actor.is_looking)
        moving = Text(
            tr("A new PC: one protected file takes the register there, with what belongs to it."),
            wrap=True,
        )
        move = Button(tr("Move to another PC…"), Variant.SECONDARY, name="backups-move")
        move.clicked.connect(lambda: self._context.shell.open(MoveRegister()))
        rows = [(first, self.place, choose), (second, self.drill, run)]
        if allows(self._context.actor, Permission.MOVE):
            rows.append((QHBoxLayout(), moving, move))
        for row, text, button in rows:
            row.setSpacing(Space.M)
            row.addWidget(text, 1)
            row.addWidget(button)
            card.body.addLayout(row)
        return card

    def read(self) -> None:
        """What there is now."""
        register = self._context.register
        self._backups = backups(register.paths)
        self.card.show_rows([_row(backup) for backup in self._backups])
        place = second_place(register)
        if place.folder is None:
            text = tr("No second place: a copy on another disk survives a stolen or broken PC.")
        elif place.copied_at is None:
            text = tr("Second place: {folder}. No copy there yet.", folder=ltr(str(place.folder)))
        else:
            text = tr(
                "Second place: {folder}. Last copy: {when}.",
                folder=ltr(str(place.folder)),
                when=moment_text(place.copied_at),
            )
        if place.folder is not None and place.is_late:
            text += " " + tr("Put the stick in: the copy is older than a week.")
        self.place.setText(text)
        self.place.set_tone("warning" if place.is_late else None)
        self._show_drill(last_drill(register))

    def _show_drill(self, drill: Drill | None) -> None:
        if drill is None:
            self.drill.setText(tr("No backup was tried yet: one is, every month."))
            return
        say = translator(screen_language())
        self.drill.setText(f"{moment_text(drill.at)} — {drill_text(drill, say)}")
        self.drill.set_tone("error" if drill.fault else None)

    def _on_now(self) -> None:
        register = self._context.register

        def work(progress: Progress) -> Backup:
            made = make_backup(register, Reason.ASKED, progress)
            copy_to_second_place(register)
            return made

        self._work(work, lambda _: self._say(tr("Backup made.")), tr("Backing up… {done} %"))

    def _on_try(self) -> None:
        register = self._context.register
        self._work(
            lambda progress: run_drill(register, progress), self._show_drill, tr("Trying… {done} %")
        )

    def _on_choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Folder of the second copies"))
        if folder:
            self.choose(Path(folder))

    def choose(self, folder: Path) -> None:
        """Take a folder as the second place, and copy there at once."""
        register = self._context.register
        try:
            choose_second_place(register, folder)
        except UserError as error:
            self._on_failed(error)
            return
        self._work(lambda _progress: copy_to_second_place(register), lambda _: None, tr("Copying…"))

    def _on_restore(self) -> None:
        backup = self._backups[self.card.row]
        try:
            opening = open_backup(backup, self._context.register.access)
        except UserError as error:
            if error.code != "backup_needs_password":
                self._on_failed(error)
                return
            asked = self._ask_password(backup)
            if asked is None:
                return
            opening = asked
        try:
            found = preview(self._context.register, opening)
        except UserError as error:
            self._on_failed(error)
            return
        dialog = Ask(
            self, tr("Restore this backup?"), preview_text(found), tr("Restore"), lambda: None
        )
        if ask(dialog):
            self._restore(opening)

    def _ask_password(self, backup: Backup) -> Opening | None:
        found: list[Opening] = []
        login = LabelledLine(tr("Name to log in with"), "backup-login")
        password = PasswordLine(tr("Password"), "backup-password")

        def act() -> None:
            access = self._context.register.access
            found.append(open_backup(backup, access, login.text(), password.text()))

        text = tr("This backup was made under an older key: it opens with a password of that time.")
        dialog = Ask(self, tr("Password of the backup"), text, tr("Open"), act, (login, password))
        return found[0] if ask(dialog) else None

    def _restore(self, opening: Opening) -> None:
        register = self._context.register
        self._work(
            lambda progress: restore(register, opening, progress),
            self._on_restored,
            tr("Restoring… {done} %"),
        )

    def _on_restored(self, register: Register) -> None:
        self._context.shell.reopen(register)

    def _work(self, work: Callable[[Progress], _T], done: Callable[[_T], None], busy: str) -> None:
        self._say(busy.replace("{done}", "0"))
        for button in (self.now, self.restore):
            button.setEnabled(False)
        self.stop.show()

        def on_done(result: _T) -> None:
            self._rest()
            done(result)

        def on_progress(part: int, whole: int) -> None:
            self._say(busy.replace("{done}", str(part * 100 // max(whole, 1))))

        self._request = self._tasks.start(
            Request(work, on_done, self._on_failed, on_progress, self._rest)
        )

    def _rest(self) -> None:
        self.said.hide()
        self.stop.hide()
        self.now.setEnabled(True)
        self.read()

    def _on_stop(self) -> None:
        self._tasks.cancel(self._request)

    def _on_failed(self, error: UserError) -> None:
        self._rest()
        self._context.shell.say_failed(word_error(error, translator(screen_language())))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.show()

    def _show_buttons(self) -> None:
        may = allows(self._context.actor, Permission.RESTORE)
        self.restore.setVisible(may)
        self.restore.setEnabled(0 <= self.card.row < len(self._backups))


def preview_text(found: Preview) -> str:
    """What a restore would bring back, and what it would lose."""
    lines = [
        tr(
            "The register of {when}: {persons} persons, {events} events. Now there are"
            " {persons_now} and {events_now}.",
            when=moment_text(found.made_at),
            persons=number_text(found.held.persons),
            events=number_text(found.held.events),
            persons_now=number_text(found.now.persons),
            events_now=number_text(found.now.events),
        )
    ]
    if found.lost_lines > 0:
        lines.append(
            ntr(
                "{number} entry made since would be lost.",
                "{number} entries made since would be lost.",
                found.lost_lines,
                number=number_text(found.lost_lines),
            )
        )
    lines.append(tr("The present register is set aside as a backup first: this can be undone."))
    return " ".join(lines)


def _row(backup: Backup) -> tuple[str, ...]:
    unknown = backup.persons < 0
    return (
        moment_text(backup.made_at),
        reason_text(backup.reason, translator(screen_language())),
        "" if unknown else ltr(number_text(backup.persons)),
        "" if unknown else ltr(number_text(backup.events)),
        tr("{size} MB", size=ltr(f"{backup.size / _MEGABYTE:.1f}")),
        tr("Damaged") if backup.is_damaged else tr("Whole"),
    )
