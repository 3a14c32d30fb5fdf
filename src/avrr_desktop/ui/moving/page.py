"""The page of the move: the file, what to do on the new PC, and what becomes of this one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFileDialog, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import ntr, screen_language, tr, translator
from avrr_desktop.services.backups import backups
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.moving.front import SUFFIX
from avrr_desktop.services.moving.moved_away import (
    LastFile,
    MovedAway,
    last_file,
    mark_moved,
    moved_away,
    take_back,
)
from avrr_desktop.services.moving.preparing import Prepared, prepare_move, size_of_move
from avrr_desktop.services.moving.words import counts_text
from avrr_desktop.services.register import Register, open_register
from avrr_desktop.services.settings import read_office
from avrr_desktop.ui.access.lines import LabelledLine
from avrr_desktop.ui.exchange.busy import BusyLine
from avrr_desktop.ui.exchange.cards import file_card
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import MoveRegister
from avrr_desktop.ui.settings.ask import Ask, ask
from avrr_desktop.ui.tasks import Progress
from avrr_desktop.ui.theme.tokens import Space, Type, Width
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import ltr, moment_text, number_text
from avrr_desktop.ui.widgets.surfaces import Card, PageScroll
from avrr_desktop.ui.widgets.text import Text

_MEGABYTE = 1_000_000


class MovePage(Page):
    """Three cards, in the order one goes; a register moved away has one instead."""

    def __init__(self, context: Context, route: MoveRegister) -> None:
        super().__init__(context, route)
        self.setObjectName("page-move")
        self.busy = BusyLine(context, "move-busy")
        self.busy.ended.connect(self._rest)
        self.with_backups = QCheckBox()
        self.with_backups.setObjectName("move-with-backups")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.L, 0, 0)
        column.setSpacing(Space.M)
        head = QVBoxLayout()
        head.setContentsMargins(Space.PAGE, 0, Space.PAGE, 0)
        head.setSpacing(Space.S)
        head.addWidget(Text(tr("Move to another PC"), Type.TITLE, name="page-title"))
        head.addWidget(self.busy)
        column.addLayout(head)
        self._scroll = PageScroll("move-scroll")
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(Space.CARD_GAP)
        inner = QVBoxLayout(self._scroll.page)
        inner.setContentsMargins(Space.PAGE, 0, Space.PAGE, Space.PAGE)
        inner.addLayout(self._beside)
        inner.addStretch(1)
        column.addWidget(self._scroll, 1)
        marked = moved_away(context.register)
        cards = self._cards() if marked is None else [self._moved_card(marked)]
        for card in cards:
            self._beside.addWidget(card, 1)
        if marked is not None:
            self._beside.addStretch(1)

    def _cards(self) -> list[Card]:
        if self.context.register.access is None:
            return [self._open_card()]
        return [self._file_card(), self._there_card(), self._here_card()]

    def _open_card(self) -> Card:
        """A register of invented people is made anew in a moment: nothing to move."""
        said = tr("This register is open: its persons are invented. Create another one over there.")
        return file_card("move-open", tr("Nothing to move"), (said,), ())

    def _file_card(self) -> Card:
        self.prepare = Button(
            tr("Prepare the file…"), Variant.PRIMARY, icon="download", name="move-prepare"
        )
        self.prepare.clicked.connect(self.ask_file)
        self.weight = Text("", Type.CAPTION, tone="text2", wrap=True, name="move-size")
        options = QVBoxLayout()
        options.setSpacing(Space.XS)
        options.addWidget(self.with_backups)
        options.addWidget(self.weight)
        self.with_backups.toggled.connect(self._show_size)
        count = sum(1 for backup in backups(self.context.register.paths) if not backup.is_damaged)
        self.with_backups.setText(
            ntr("Take {count} backup along", "Take {count} backups along", count)
        )
        self.with_backups.setEnabled(count > 0)
        card = file_card(
            "move-file",
            tr("1. Prepare the file"),
            (
                tr(
                    "One file holds the register, its lists and settings, this desk’s choices and"
                    " what is half typed."
                ),
                tr(
                    "It is encrypted: it opens with the password of each user, or with the recovery"
                    " key. Put it on a stick."
                ),
            ),
            (options,),
            self.prepare,
        )
        self._show_size()
        return card

    def _there_card(self) -> Card:
        return file_card(
            "move-there",
            tr("2. Continue on the new PC"),
            (
                tr("Install the program there, put the stick in and double-click on the file."),
                tr(
                    "Or start the program: its first screen offers to continue a register from a"
                    " file."
                ),
                tr("Log in with your usual name and password. Everybody keeps theirs."),
            ),
            (),
        )

    def _here_card(self) -> Card:
        self.leave = Button(
            tr("It goes on on the other PC…"), Variant.SECONDARY, icon="lock", name="move-leave"
        )
        self.leave.clicked.connect(self._on_leave)
        self.why_not = Text("", Type.CAPTION, tone="text2", wrap=True, name="move-why-not")
        note = QVBoxLayout()
        note.addWidget(self.why_not)
        card = file_card(
            "move-here",
            tr("3. Close it on this PC"),
            (
                tr("Two PCs must not be written in: what one is told never gets to the other."),
                tr(
                    "Here it is only looked at from then on. An administrator can take it back,"
                    " should the file be lost."
                ),
            ),
            (note,),
            self.leave,
        )
        self._show_leave(last_file(self.context.register))
        return card

    def _moved_card(self, marked: MovedAway) -> Card:
        self.back = Button(
            tr("Take it back on this PC…"), Variant.SECONDARY, icon="undo-2", name="move-back"
        )
        self.back.clicked.connect(self._on_back)
        return file_card(
            "move-moved",
            tr("This register goes on on another PC"),
            (
                tr(
                    "Said by {name} on {when}, after the file {file} was prepared.",
                    name=marked.by,
                    when=moment_text(marked.at),
                    file=ltr(marked.file),
                ),
                tr(
                    "Take it back only if the file was lost or never used: what was entered on the"
                    " other PC is not here."
                ),
            ),
            (),
            self.back,
        )

    def _show_size(self) -> None:
        size = size_of_move(self.context.register, with_backups=self.with_backups.isChecked())
        megabytes = ltr(number_text(-(-size // _MEGABYTE)))
        self.weight.setText(tr("About {size} MB.", size=megabytes))

    def _show_leave(self, file: LastFile | None) -> None:
        if file is None:
            said = tr("Prepare the file first.")
        elif file.entries_since:
            said = ntr(
                "{number} entry was made since {file}: prepare the file again.",
                "{number} entries were made since {file}: prepare the file again.",
                file.entries_since,
                number=number_text(file.entries_since),
                file=ltr(file.file),
            )
        else:
            said = tr("Last file: {file}, {when}.", file=ltr(file.file), when=moment_text(file.at))
        self.leave.setEnabled(file is not None and not file.entries_since)
        self.why_not.setText(said)

    def ask_file(self) -> None:
        """Ask where the file goes, then write it."""
        register = self.context.register
        office = read_office(register)
        named = f"AVRR {office.place} {register.clock.today():%Y-%m-%d}{SUFFIX}"
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Prepare the file"), named, tr("Register for another PC (*.avrr)")
        )
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Write the file on the worker."""
        register, with_backups = self.context.register, self.with_backups.isChecked()

        def work(progress: Progress) -> Prepared:
            return prepare_move(register, path, with_backups=with_backups, tell=progress)

        def done(made: Prepared) -> None:
            self.busy.say_written(_written(made), made.path)

        self._set_busy(busy=True)
        self.busy.run(
            tr("Writing the file, then reading it again"),
            work,
            done,
            retry=self.ask_file,
            given_up=tr("Given up: no file was written."),
        )

    def _set_busy(self, *, busy: bool) -> None:
        self.prepare.setEnabled(not busy)
        self.with_backups.setEnabled(not busy and bool(backups(self.context.register.paths)))
        if busy:
            self.leave.setEnabled(False)

    def _rest(self) -> None:
        self._set_busy(busy=False)
        self._show_leave(last_file(self.context.register))

    def _on_leave(self) -> None:
        text = tr(
            "From now on nothing is entered on this PC. Check first that the register opens on the"
            " other one."
        )
        register, actor = self.context.register, self.context.actor
        dialog = Ask(
            self,
            tr("The register goes on on another PC"),
            text,
            tr("Close it on this PC"),
            lambda: mark_moved(register, actor),
        )
        if ask(dialog):
            self._reopen()

    def _on_back(self) -> None:
        register, actor = self.context.register, self.context.actor
        reason = LabelledLine(tr("Reason"), "move-reason")
        dialog = Ask(
            self,
            tr("Take the register back"),
            tr("It is written in here again. The reason stays in the journal."),
            tr("Take it back"),
            lambda: take_back(register, actor, reason.text()),
            (reason,),
        )
        if ask(dialog):
            self._reopen()

    def _reopen(self) -> None:
        """The window anew: what may be done has changed everywhere."""
        register: Register = self.context.register
        register.close()
        try:
            opened = open_register(register.paths, register.clock, register.access)
        except UserError as error:
            self.context.shell.say_failed(word_error(error, translator(screen_language())))
            return
        self.context.shell.reopen(opened)

    def nav_key(self) -> str:
        """Reached from the settings."""
        return "settings"

    def has_primary(self) -> bool:
        """Preparing the file."""
        return True

    def state(self) -> object:
        """What was chosen."""
        return self.with_backups.isChecked()

    def set_state(self, state: object) -> None:
        """Choose the same again."""
        self.with_backups.setChecked(state is True)

    def focus_regions(self) -> tuple[QWidget, ...]:
        """The cards."""
        return (self._scroll,)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One card under the other in a narrow page."""
        super().resizeEvent(event)
        narrow = self.width() < Width.TWO_COLUMNS
        direction = QBoxLayout.Direction
        self._beside.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)


def _written(made: Prepared) -> str:
    told = made.told
    counts = counts_text(told.persons, told.events, translator(screen_language()))
    return tr("File written and read again, {counts}:", counts=counts)
