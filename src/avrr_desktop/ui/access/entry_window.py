"""The window before the register is open: one card, the language, and the step one is at."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.entering import Access, logins
from avrr_desktop.services.access.entries import note_entry
from avrr_desktop.services.access.header_file import is_protected
from avrr_desktop.services.access.protecting import Protected
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.register import Register, needs_update, open_register
from avrr_desktop.ui.access.continuing import Continuing
from avrr_desktop.ui.access.first_start import FirstUserStep
from avrr_desktop.ui.access.held_step import HeldStep
from avrr_desktop.ui.access.log_in import LogInStep, RecoverStep
from avrr_desktop.ui.access.recovery_sheet import RecoverySheet
from avrr_desktop.ui.access.restore_step import RESTORABLE, RestoreStep, last_good
from avrr_desktop.ui.access.step import Step
from avrr_desktop.ui.access.update_step import UpdateStep
from avrr_desktop.ui.shell.alone import Holder
from avrr_desktop.ui.shell.appearance import Appearance
from avrr_desktop.ui.shell.desk import Desk
from avrr_desktop.ui.tasks import Tasks
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.formats import ltr
from avrr_desktop.ui.widgets.segmented import Segmented
from avrr_desktop.ui.widgets.surfaces import Card, PageScroll
from avrr_desktop.ui.widgets.text import Text
from avrr_desktop.vault import Cost

_LANGUAGES: Final = ((Language.FR, "Français"), (Language.AR, "العربية"), (Language.EN, "English"))
_CARD_WIDTH: Final = 520
_SIZE: Final = (760, 680)


class EntryWindow(QWidget):
    """``entered`` gives the open register. Closing it ends the program.

    ``file_left``: who came with a file goes back to the register that is here.
    """

    entered = Signal(object)
    file_left = Signal()
    copy_asked = Signal()
    unlock_asked = Signal()

    def __init__(
        self,
        app: QApplication,
        paths: Paths,
        clock: Clock,
        cost: Cost | None = None,
        *,
        fault: UserError | None = None,
        holder: Holder | None = None,
        file: Path | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("entry-window")
        self._paths, self._clock, self._cost = paths, clock, cost
        self.desk = Desk(paths.settings)
        self._appearance = Appearance(app, self.desk, paths.resources)
        self.tasks = Tasks(self)
        self._continuing = Continuing(self.tasks, paths, clock, self)
        self._continuing.shown.connect(self._show)
        self._continuing.left.connect(self._on_left)
        self._continuing.taken.connect(self._on_taken)
        self._made: Protected | None = None
        self._body: QWidget | None = None
        self.step: QWidget | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self.resize(*_SIZE)
        self._fault = fault
        self._holder = holder
        self._appearance.apply()
        if file is None:
            self.begin()
        else:
            self._continuing.offer(file)

    @property
    def news(self) -> str:
        """What the window that follows is to tell."""
        return self._continuing.news

    def offer_file(self, path: Path) -> None:
        """Somebody opened a file of another PC: go on with it, unless a key is being shown."""
        if self._made is None and self.tasks.is_idle:
            self._continuing.offer(path)

    def begin(self) -> None:
        """The step that what lies in the folder asks for."""
        if self._continuing.is_under_way:
            self._continuing.show()
            return
        if self._holder is not None:
            fault = self._fault
            said = word_error(fault, translator(screen_language())) if fault else ""
            held = HeldStep(self._holder, said)
            held.copy_asked.connect(self.copy_asked)
            held.unlock_asked.connect(self.unlock_asked)
            held.left.connect(self.close)
            self._show(held)
            return
        if self._fault is not None:
            self._show_fault(self._fault)
            return
        try:
            if not is_protected(self._paths):
                if self._paths.register.is_file() and needs_update(self._paths):
                    self._update(None)
                    return
                step = FirstUserStep(self.tasks, self._paths, self._clock, self._cost)
                step.made.connect(self._on_made)
                step.continue_asked.connect(self._continuing.ask)
                self._show(step)
                return
            known = logins(self._paths)
        except UserError as error:
            self._show_fault(error)
            return
        log_in = LogInStep(self.tasks, self._paths, self._clock, known, self.desk.login)
        log_in.entered.connect(self._on_entered)
        log_in.continue_asked.connect(self._continuing.ask)
        log_in.forgot.connect(lambda: self._on_forgot(log_in.login.text()))
        self._show(log_in)

    def _on_forgot(self, login: str) -> None:
        step = RecoverStep(self.tasks, self._paths, self._clock, login)
        step.entered.connect(self._on_entered)
        step.back.connect(self.begin)
        self._show(step)

    def _on_entered(self, access: Access) -> None:
        try:
            if needs_update(self._paths, access):
                self._update(access)
                return
            register = open_register(self._paths, self._clock, access)
        except UserError as error:
            self._show_fault(error)
            return
        self._on_opened(register)

    def _update(self, access: Access | None) -> None:
        """The register is an older program's: its update takes its time, and may be stopped."""
        step = UpdateStep(self.tasks, self._paths, self._clock, access)
        step.opened.connect(self._on_opened)
        step.failed.connect(self._show_fault)
        step.stopped.connect(self.begin if access else self.close)
        self._show(step)
        step.begin()

    def _on_opened(self, register: Register) -> None:
        if register.access is None and not register.info.is_demo:  # a real one is protected first
            register.close()
            self.begin()
            return
        self._remember(register)
        self._enter(register)

    def _on_taken(self, register: Register) -> None:
        self.desk.read_again()
        self._remember(register)
        self._enter(register)

    def _remember(self, register: Register) -> None:
        """Who came in is proposed the next time."""
        access = register.access
        if access is not None:
            self.desk.login = next(s.login for s in access.header.slots if s.id == access.user_id)

    def _on_left(self) -> None:
        """Back to the step before; a register that is open to all is the session's to show."""
        if is_protected(self._paths) or not self._paths.register.exists():
            self.begin()
        self.file_left.emit()

    def _on_made(self, made: Protected) -> None:
        self._made = made
        self.desk.login = made.register.access.header.slots[0].login if made.register.access else ""
        day = self._clock.today()
        sheet = RecoverySheet(self.tasks, made.recovery_key, self._paths.data_dir, day)
        sheet.kept.connect(self._on_kept)
        self._show(sheet)

    def _on_kept(self) -> None:
        made, self._made = self._made, None
        assert made is not None
        self._enter(made.register)

    def _enter(self, register: Register) -> None:
        try:
            note_entry(register)
        except UserError as error:
            register.close()
            self._show_fault(error)
            return
        self.entered.emit(register)

    def _show_fault(self, error: UserError) -> None:
        """In the place of a step: what keeps everybody out, and the last good backup."""
        backup = last_good(self._paths) if error.code in RESTORABLE else None
        if backup is not None:
            step = RestoreStep(self.tasks, self._paths, self._clock, error, backup)
            step.restored.connect(self._enter)
            self._show(step)
            return
        said = word_error(error, translator(screen_language()))
        if error.code in RESTORABLE:
            said += " " + tr(
                "There is no backup in {folder}. One on a stick or a share is put there first.",
                folder=ltr(str(self._paths.backups_dir)),
            )
        banner = Banner(said, "error", action=tr("Quit"), name="entry-fault")
        banner.action_requested.connect(self.close)
        self._show(banner)

    def _show(self, step: QWidget) -> None:
        before, self._body = self._body, QWidget()
        self.step = step
        self._fill(self._body, step)
        if before is not None:
            self._outer.removeWidget(before)
            before.hide()
            before.deleteLater()
        self._outer.addWidget(self._body)
        self.setWindowTitle(tr("AVRR register"))
        if isinstance(step, Step):
            QTimer.singleShot(0, step, step.setFocus)

    def _fill(self, body: QWidget, step: QWidget) -> None:
        column = QVBoxLayout(body)
        column.setContentsMargins(Space.PAGE, Space.L, Space.PAGE, 0)
        column.setSpacing(Space.M)
        head = QHBoxLayout()
        head.addWidget(Text(tr("AVRR register"), Type.SECTION, name="entry-brand"))
        head.addStretch(1)
        spoken = Segmented(
            [name for _, name in _LANGUAGES],
            optional=False,
            name="entry-language",
            accessible=tr("Language"),
        )
        spoken.set_index([language for language, _ in _LANGUAGES].index(screen_language()))
        spoken.chosen.connect(self._on_language)
        # A key shown once is not to be shown again in another language; an update goes on.
        spoken.setEnabled(not isinstance(step, RecoverySheet | UpdateStep))
        head.addWidget(spoken)
        column.addLayout(head)
        scroll = PageScroll("entry-scroll")
        middle = QVBoxLayout(scroll.page)
        middle.setContentsMargins(0, 0, 0, Space.L)
        card = Card("entry-card")
        card.setMaximumWidth(_CARD_WIDTH)
        card.body.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        card.body.addWidget(step)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card, 10)
        across.addStretch(1)
        middle.addStretch(1)
        middle.addLayout(across)
        middle.addStretch(2)
        column.addWidget(scroll, 1)

    def _on_language(self, index: int) -> None:
        self.desk.language = _LANGUAGES[index][0]
        self._appearance.apply()
        self.begin()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the worker; a register whose sheet was never kept stays closed, not lost."""
        self.tasks.finish()
        self._continuing.give_up()
        if isinstance(self.step, UpdateStep):
            self.step.drop()
        if self._made is not None:
            self._made.register.close()
            self._made = None
        super().closeEvent(event)
