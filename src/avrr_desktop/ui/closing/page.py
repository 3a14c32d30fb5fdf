"""Closing a semester beside the gap of a closed one: verify, freeze, publish, explain."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period, parse_period
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.closing.closings import close, publish, reopen
from avrr_desktop.services.closing.corrections import Correction, approve
from avrr_desktop.services.closing.held import Closing, closings
from avrr_desktop.services.declarations import declare_nothing, withdraw_declaration
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.messages import word_error
from avrr_desktop.ui.closing.checks import Checked, State
from avrr_desktop.ui.closing.checks_card import ChecksCard
from avrr_desktop.ui.closing.closed_card import ClosedCard
from avrr_desktop.ui.closing.freeze import asked_to_freeze
from avrr_desktop.ui.closing.header import FREEZE, VERIFY, ClosingHeader
from avrr_desktop.ui.closing.preflight import read_checks
from avrr_desktop.ui.closing.reading import ClosedView, read_closed
from avrr_desktop.ui.closing.semesters import past_semesters, semester_to_close
from avrr_desktop.ui.closing.words import correction_text, effect_text, said_period
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import ClosingOf
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.buttons import Variant
from avrr_desktop.ui.widgets.tabs import Tab, TabBar

_NARROW = 900  # below, one card at a time
_SHARES = (8, 14)
_NOTHING = Changed(0, (), frozenset(), frozenset())  # no record: padlocks and decisions only


class ClosingPage(Page):
    """The semester to close at the start side, a closed one at the end side."""

    def __init__(self, context: Context, route: ClosingOf) -> None:
        super().__init__(context, route)
        self.setObjectName("page-closing")
        self._closings = self._read_closings()
        self._period = self._first_period(route)
        self._shown = self._first_shown(route)
        self._is_stale = self._is_gap_stale = self._is_entering = False
        self.header = ClosingHeader()
        self.checks = ChecksCard(context)
        self.closed = ClosedCard(context)
        self.tabs = TabBar(
            [Tab(tr("To close")), Tab(tr("Closed"))],
            name="closing-tabs",
            accessible=tr("Semester to close, closed semester"),
        )
        self._lay_out()
        self._connect()
        self._show_periods()
        self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.PAGE, Space.M, Space.PAGE, Space.M)
        column.setSpacing(Space.S)
        column.addWidget(self.header)
        column.addWidget(self.tabs)
        cards = QHBoxLayout()
        cards.setSpacing(Space.CARD_GAP)
        cards.addWidget(self.checks, _SHARES[0])
        cards.addWidget(self.closed, _SHARES[1])
        column.addLayout(cards, 1)
        self.tabs.hide()

    def _connect(self) -> None:
        self.header.chooser.chosen.connect(self._choose)
        self.closed.other.chosen.connect(self._choose_closed)
        self.checks.again_wanted.connect(self._check)
        self.checks.freeze_wanted.connect(self._freeze)
        self.checks.declared.connect(self._declare)
        self.checks.withdrawn.connect(self._withdraw)
        self.closed.publish_wanted.connect(self._publish)
        self.closed.reopen_wanted.connect(self._ask_to_reopen)
        self.closed.corrections.approved.connect(self._approve)
        self.closed.corrections.refused.connect(self._ask_to_refuse)
        for card in (self.checks, self.closed):
            card.opened.connect(self.context.shell.open)
        self.tabs.chosen.connect(lambda _place: self._fold())

    def _read_closings(self) -> tuple[Closing, ...]:
        try:
            return closings(self.context.register)
        except UserError as error:
            self._say_failed(error)
            return ()

    def _closed_periods(self) -> tuple[Period, ...]:
        return tuple(one.period for one in self._closings if one.is_in_force)

    def _first_period(self, route: ClosingOf) -> Period:
        if route.period:
            return parse_period(route.period)
        return semester_to_close(self.context.register.clock.today(), self._closed_periods())

    def _first_shown(self, route: ClosingOf) -> Period | None:
        closed = self._closed_periods()
        wanted = parse_period(route.closed) if route.closed else self._period
        if wanted in closed:
            return wanted
        return closed[0] if closed else None

    def _closing(self, period: Period | None) -> Closing | None:
        """The closing in force of a semester."""
        found = (one for one in self._closings if one.period == period and one.is_in_force)
        return next(found, None)

    def _show_periods(self) -> None:
        """Both cards of the semesters chosen."""
        closed, today = self._closed_periods(), self.context.register.clock.today()
        here = self._closing(self._period)
        self.header.show_period(self._period, here)
        self.header.chooser.offer(past_semesters(today, closed), closed, self._period)
        self.checks.show_period(self._period, here)
        before = [c for c in self._closings if c.period == self._period and not c.is_in_force]
        self.checks.show_reopened(before[0] if before and here is None else None)
        shown = self._closing(self._shown)
        self.closed.show_closing(shown)
        self.closed.other.offer(closed, closed, self._shown)
        self.closed.other.setVisible(len(closed) > 1)
        is_next = shown is not None and self._shown == self._period
        self.closed.publish.set_variant(Variant.PRIMARY if is_next else Variant.SECONDARY)
        self.tabs.set_tab(0, Tab(said_period(self._period)))
        self.tabs.set_tab(1, Tab(tr("Closed semesters")))

    def _choose(self, period: Period) -> None:
        """Another semester to close; a closed one is shown at the end side."""
        self._period = period
        self.context.period = period.code
        if self._closing(period) is not None:
            self._shown = period
        self._show_periods()
        self.refresh()

    def _choose_closed(self, period: Period) -> None:
        self._shown = period
        self._show_periods()
        self._count_gap()

    def refresh(self, changed: Changed | None = None) -> None:
        """Padlocks at once; points and gap on the worker."""
        if changed is not None:
            self._take_padlocks()
        self._check()
        self._count_gap()

    def _take_padlocks(self) -> None:
        self._closings = self._read_closings()
        if self._closing(self._shown) is None:
            self._shown = self._first_shown(ClosingOf(self._period.code))
        self._show_periods()

    def _check(self) -> None:
        if self._closing(self._period) is not None:
            self.checks.show_checked(None)
            return
        if self.checks.busy.is_busy:
            self._is_stale = True
            self.checks.busy.cancel()
            return
        self._is_stale = False
        register, period = self.context.register, self._period
        self.checks.busy.run(
            tr("Verifying"),
            lambda progress: (period, read_checks(register, period, progress)),
            self._on_checked,
            retry=self._check,
            given_up=tr("Given up: nothing was verified."),
            replaced=self._is_checked_again,
        )

    def _is_checked_again(self) -> bool:
        """A check that was stopped because it had become stale was not given up by anybody."""
        if is_stale := self._is_stale:
            self._check()
        return is_stale

    def _on_checked(self, found: tuple[Period, Checked]) -> None:
        period, checked = found
        if self._is_stale or period != self._period:
            self._check()
            return
        self.checks.show_checked(checked)
        self.header.steps.set_step(VERIFY if checked.of(State.BLOCKING) else FREEZE)

    def _count_gap(self) -> None:
        if self._shown is None:
            return
        if self.closed.busy.is_busy:
            self._is_gap_stale = True
            return
        self._is_gap_stale = False
        register, period = self.context.register, self._shown
        self.closed.busy.run(
            tr("Recounting"),
            lambda progress: (period, read_closed(register, period, progress)),
            self._on_gap,
            retry=self._count_gap,
            given_up=tr("Given up: the gap is not known."),
        )

    def _on_gap(self, found: tuple[Period, ClosedView | None]) -> None:
        period, view = found
        if self._is_gap_stale or period != self._shown:
            self._count_gap()
        elif view is not None:
            self.closed.show_view(view)
            if self._is_entering:
                self._is_entering = False
                self.closed.table.setFocus()

    def _freeze(self) -> None:
        """Ask, then close on the worker."""
        context, period = self.context, self._period
        if self.checks.checked is None or self.checks.is_forbidden:
            return
        to_decide, blocking = len(self.checks.checked.of(State.TO_DECIDE)), self.checks.blocking
        said = said_period(period)
        despite = asked_to_freeze(self, said, context.actor.name, to_decide, blocking)
        if despite is None:
            return
        register, actor = context.register, context.actor
        self.checks.busy.run(
            tr("Freezing"),
            lambda _progress: close(register, actor, period, despite),
            self._on_frozen,
            mended=self._is_not_frozen,
            is_whole=True,  # half a closing there is not
        )
        self.checks.freeze.setEnabled(False)

    def _is_not_frozen(self, error: UserError) -> bool:
        """Said, and what is to verify read again: something may have changed meanwhile."""
        self._say_failed(error)
        self._check()
        return True

    def _on_frozen(self, closing: Closing) -> None:
        self._shown = closing.period
        self._done(tr("{period} is frozen", period=said_period(closing.period)))
        self._is_entering = True  # the button that froze is gone

    def _publish(self) -> None:
        context, period = self.context, self._shown
        if period is None or not self._try(
            lambda: publish(context.register, context.actor, period)
        ):
            return
        self._done(tr("{period} is published", period=said_period(period)))

    def _ask_to_reopen(self) -> None:
        if self._shown is None:
            return
        said = said_period(self._shown)
        self.closed.reasons.ask(
            tr("Reopen {period}?", period=said),
            tr(
                "The signature becomes void. What the waiting corrections changed stays in the"
                " register, and counts when the semester is closed again."
            ),
            tr("Reopen"),
            "lock-open",
            partial(self._reopen, self._shown),
        )

    def _reopen(self, period: Period, reason: str) -> None:
        context = self.context
        if not self._try(lambda: reopen(context.register, context.actor, period, reason)):
            return
        self.closed.reasons.hide()
        self._period = period
        self._done(tr("{period} is open again", period=said_period(period)))

    def _approve(self, correction: Correction) -> None:
        context = self.context
        if self._try(lambda: approve(context.register, context.actor, correction.id)):
            self._done(tr("Correction approved"))

    def _ask_to_refuse(self, correction: Correction) -> None:
        lists = self.context.register.vocabularies
        self.closed.reasons.ask(
            tr("Refuse this correction? What it changed is taken back."),
            f"{effect_text(correction.effect, lists)}. {correction_text(correction)}",
            tr("Refuse"),
            "x",
            partial(self._refuse, correction),
        )

    def _refuse(self, correction: Correction, reason: str) -> None:
        context = self.context
        try:
            changed = context.records.refuse_correction(context.actor, correction.id, reason)
        except UserError as error:
            self._say_failed(error)
            return
        self.closed.reasons.hide()
        self._done(tr("Correction refused"), changed)

    def _declare(self, section: str) -> None:
        self._declared(declare_nothing, section)

    def _withdraw(self, section: str) -> None:
        self._declared(withdraw_declaration, section)

    def _declared(self, say: Callable[..., None], section: str) -> None:
        context = self.context
        if self._try(lambda: say(context.register, context.actor, self._period, section)):
            context.shell.say_saved(_NOTHING)
            self._check()

    def _try(self, run: Callable[[], object]) -> bool:
        """Whether it was done; else the cause is said."""
        try:
            run()
        except UserError as error:
            self._say_failed(error)
            return False
        return True

    def _say_failed(self, error: UserError) -> None:
        self.context.shell.say_failed(word_error(error, translator(screen_language())))

    def _done(self, said: str, changed: Changed = _NOTHING) -> None:
        """Say it, tell every view, and show it here."""
        self.context.shell.say_saved(changed, said)
        self._take_padlocks()
        self._check()
        self._count_gap()

    def nav_key(self) -> str:
        """Its own entry."""
        return "closing"

    def has_primary(self) -> bool:
        """*Freeze*, then *Publish*."""
        return True

    def focus_regions(self) -> tuple[QWidget, ...]:
        """The head, the points, the closed semester."""
        return (self.header, self.tabs, self.checks, self.closed)

    def state(self) -> object:
        """The semesters chosen, the card shown when narrow, what is unfolded."""
        shown = self._shown.code if self._shown is not None else ""
        return self._period.code, shown, self.tabs.index(), self.closed.state()

    def set_state(self, state: object) -> None:
        """Take back what ``state`` gave."""
        if not isinstance(state, tuple):
            return
        period, shown, tab, unfolded = state
        self._period = parse_period(period)
        if shown and self._closing(parse_period(shown)) is not None:
            self._shown = parse_period(shown)
        self._show_periods()
        self.closed.set_state(unfolded)
        self.tabs.set_index(tab)
        self._fold()
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One card at a time in a narrow page."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        is_narrow = self.width() < _NARROW
        self.tabs.setVisible(is_narrow)
        self.checks.setVisible(not is_narrow or self.tabs.index() == 0)
        self.closed.setVisible(not is_narrow or self.tabs.index() == 1)
