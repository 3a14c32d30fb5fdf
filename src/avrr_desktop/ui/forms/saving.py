"""Checking and saving the drafts of a page: faults shown, failures said, tried again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from avrr_desktop.core.errors import Refused, UserError
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.messages import word_error
from avrr_desktop.ui.forms.action_bar import Then
from avrr_desktop.ui.forms.entry_body import EntryBody
from avrr_desktop.ui.forms.faults import Fault, FaultDisplay, gather
from avrr_desktop.ui.forms.live_side import LiveSide
from avrr_desktop.ui.forms.waiting import TRY, Waiting
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.shell.correction import corrected
from avrr_desktop.ui.summary.live import period_of_context
from avrr_desktop.ui.widgets.banners import Banner, ErrorBanner

_LOCKED = "register_locked"
_PAUSE = 150  # milliseconds without a key before the values are checked again


class Saving(QObject):
    """Errors are shown from the first failed save on, and live from then."""

    saved = Signal(object, object, object)  # Changed, drafts, Then
    reload_wanted = Signal()
    reshaped = Signal()  # something came or went on the page

    def __init__(
        self,
        context: Context,
        notice: Banner,
        banner: ErrorBanner,
        live: LiveSide | None,
    ) -> None:
        super().__init__(notice)  # its timer ends with the page
        self._context = context
        self._notice = notice
        self._live = live
        self._body: EntryBody | None = None
        self.has_failed = False
        self._retry: Callable[[], None] | None = None
        self.faults = FaultDisplay(banner, lambda: self._body.order() if self._body else ())
        self.faults.confirmations_changed.connect(self.schedule)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.check)
        self.waiting = Waiting(self)
        self.waiting.begun.connect(self._say_waiting)
        notice.action_requested.connect(self._on_retry)

    def set_body(self, body: EntryBody) -> None:
        """Check and save these fields from now on."""
        self.faults.forget_boxes()
        self._body = body
        self.has_failed = False
        self._say_nothing()

    def schedule(self) -> None:
        """Check after a pause, when somebody looks at the outcome."""
        if self.has_failed or self._live is not None:
            self._pause.start()

    def check(self) -> list[Fault] | None:
        """The faults of the drafts now; None when the register cannot tell."""
        if self._body is None:
            return None
        try:
            return self._look()
        except UserError as error:
            self._say(error, None)
            return None

    def save(self, then: Then) -> None:
        """Save, or show what stops it; wait while another program writes in the register."""
        self.waiting.stop()
        self._say_nothing()
        self._try(then)

    def give_up_waiting(self) -> None:
        """Nothing was saved, everything typed is there; silent when nothing waits."""
        if self.waiting.is_on:
            self.waiting.stop()
            self._say_nothing()

    def _try(self, then: Then) -> None:
        if self._body is None:
            return
        try:
            self._body.about_to_save()
            faults = self._look()
            if self.faults.left(faults):
                self.waiting.stop()
                self._refuse(faults)
                return
            self._write(faults, then)
        except UserError as error:
            if error.code == _LOCKED and self.waiting.later(lambda: self._try(then)):
                return
            self.waiting.stop()
            self._say(error, lambda: self.save(then))

    def _look(self) -> list[Fault]:
        """The faults now, shown once a save has failed; may raise as a reading does."""
        assert self._body is not None
        self._pause.stop()
        drafts = self._body.drafts()
        findings = self._context.records.check(*drafts, patience=TRY)
        faults = gather(drafts, findings, self._body.locate, self._body.names())
        faults += self._body.own_faults(faults)
        if self.has_failed:
            self._show(faults)
        if self._live is not None:
            if self.faults.left(faults):
                self._live.clear()
            else:
                self._live.ask(self._body.drafts)
        return faults

    def _write(self, faults: Sequence[Fault], then: Then) -> None:
        """Write what has no faults; may raise as a writing does."""
        assert self._body is not None
        drafts = self.faults.confirmed(self._body.drafts(), faults)
        if self._live is not None:
            self._live.clear()
        period = period_of_context(self._context)
        different = self._body.different(faults, self.faults.reasons)
        try:
            changed = corrected(
                self._notice,
                lambda reason: self._context.records.save(
                    self._context.actor,
                    *drafts,
                    watch=period,
                    correction=reason,
                    patience=TRY,
                    different=different,
                ),
            )
        except Refused as refused:
            self.waiting.stop()
            self._refuse_late(refused, drafts, faults)
            return
        self.waiting.stop()
        if changed is None:  # published figures stay as they are, and so does the form
            return
        self._say_nothing()
        self.has_failed = False
        self.faults.reasons.clear()
        self.faults.clear()
        self.saved.emit(changed, drafts, then)

    def _refuse_late(
        self, refused: Refused, drafts: Sequence[Draft], seen: Sequence[Fault]
    ) -> None:
        """The register changed since the check: what it says now is asked, reasons or not."""
        assert self._body is not None
        findings = [refused.findings if i == refused.draft else () for i in range(len(drafts))]
        late = gather(drafts, findings, self._body.locate, self._body.names())
        keys = {fault.key for fault in late}
        given = self.faults.withdraw(late)
        self._refuse([*late, *(fault for fault in seen if fault.key not in keys)])
        for fault, reason in given:
            if fault.spot is not None:
                fault.spot.box.retype_reason(fault.code, reason)

    def _refuse(self, faults: Sequence[Fault]) -> None:
        self.has_failed = True
        self._show(faults)
        self.faults.step(1)

    def _show(self, faults: Sequence[Fault]) -> None:
        self.faults.show(faults)
        lost = [fault.text for fault in faults if fault.spot is None]
        if lost:
            self._notice.show_message(" ".join(dict.fromkeys(lost)), "error")
            self._notice.action.hide()
        elif self._retry is None:
            self._notice.hide()
        self.reshaped.emit()

    def _say(self, error: UserError, retry: Callable[[], None] | None) -> None:
        """Say why nothing was saved; the form keeps its values."""
        text = word_error(error, translator(screen_language()))
        is_stale = error.code == "changed_meanwhile"
        self._retry = self.reload_wanted.emit if is_stale else retry
        action = tr("Reload") if is_stale else tr("Try again")
        self._notice.show_message(text, "error", action if self._retry else None)
        self.reshaped.emit()

    def _say_waiting(self) -> None:
        text = tr(
            "Another program is writing in the register. What you typed will be saved as soon"
            " as it has finished."
        )
        self._retry = self.give_up_waiting
        self._notice.show_message(text, "accent", tr("Stop waiting"))
        self.reshaped.emit()

    def _say_nothing(self) -> None:
        self._retry = None
        self._notice.hide()

    def _on_retry(self) -> None:
        retry = self._retry
        self._say_nothing()
        if retry is not None:
            retry()
