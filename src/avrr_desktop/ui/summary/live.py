"""The figures of one period, kept true: a save shows at once, a full recount follows and checks."""

from __future__ import annotations

import logging
import time
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from avrr_desktop.activities.across import HEADLINE
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period, parse_period, semester_of
from avrr_desktop.core.translation import screen_language, translator
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.identities import Check, checks
from avrr_desktop.services.live import Counted, count_fully, disagreements
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.summary import Summary, changed, headline
from avrr_desktop.services.summary_document import SummaryDocument
from avrr_desktop.services.summary_view import document
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.tasks import Progress, Request

_LOG = logging.getLogger(__name__)
# Several saves in a row ask for one recount; the figures have moved already.
_RECOUNT_AFTER_MS = 400
# A count takes the interpreter from the painting: the first figures are shown before.
_PAINTED_AFTER_MS = 100
_PATIENCE = 0.06  # seconds: a few frames

_Found = tuple[Counted, tuple[Check, ...]]


class LiveFigures(QObject):
    """The summary of the period looked at, the same object for every page.

    ``updated`` comes after the headline, after each save and after each full count; ``failed``
    carries a sentence when the register could not be read.
    """

    updated = Signal(object)  # Summary
    period_changed = Signal(object)  # Period
    failed = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context.tasks)  # no count is asked of a worker that is gone
        self.setObjectName("live-figures")
        self._context = context
        self._period = period_of_context(context)
        self._summary: Summary | None = None
        self._planned: dict[str, int] = {}
        self._checked: tuple[Check, ...] = ()  # the identities of the last full count
        self._counted: tuple[str, ...] | None = ()  # the sections known; all when None
        self._is_slow = False  # whether the headline would keep the window waiting
        self._is_checked = True  # whether the next recount must agree with what is shown
        self._first: Request[Summary] | None = None
        self._request: Request[_Found] | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_RECOUNT_AFTER_MS)
        self._later.timeout.connect(self._recount)
        context.changes.happened.connect(self._on_changed)
        context.changes.lists_changed.connect(self.reload)

    @property
    def period(self) -> Period:
        """The period whose figures these are; a save is asked to watch it."""
        return self._period

    @property
    def summary(self) -> Summary | None:
        """The figures, once loaded."""
        return self._summary

    @property
    def is_whole(self) -> bool:
        """Whether every section is counted, not the headline alone."""
        return self._counted is None

    def is_counted(self, section: str) -> bool:
        """Whether the figures of a section are known."""
        return self._counted is None or section in self._counted

    def load(self) -> Summary | None:
        """The figures, the headline at least; the rest follows from the worker."""
        if self._summary is None and self._take_headline():
            self._recount(_PAINTED_AFTER_MS)
        return self._summary

    def set_period(self, period: Period) -> None:
        """Look at another period; every page that shows figures follows."""
        if period == self._period:
            return
        self._period = period
        self._context.period = period.code
        self.period_changed.emit(period)
        self.reload()

    def reload(self) -> None:
        """Count anew: the headline first, everything on the worker."""
        self._context.tasks.cancel(self._first)
        self._counted = ()
        if self._is_slow and self._summary is not None:
            self._start_headline(self._summary)
        elif not self._take_headline():
            return
        self._recount()

    def _take_headline(self) -> bool:
        """Count the headline at once; on a large register, the next time on the worker."""
        began = time.monotonic()
        try:
            found = headline(self._context.register, self._period)
        except UserError as error:
            self._on_failed(error)
            return False
        self._is_slow = time.monotonic() - began > _PATIENCE
        self._on_headline(found)
        return True

    def _start_headline(self, shown: Summary) -> None:
        """Blank figures rather than those of another period, then the headline."""
        register, period = self._context.register, self._period
        self._summary = replace(
            shown, period=period, cells={}, previous={}, openings={}, previous_openings={}
        )
        self.updated.emit(self._summary)

        def work(progress: Progress) -> Summary:
            progress(0, 1)
            return headline(register, period)

        request = Request(work, self._on_headline, self._on_failed)
        self._first = self._context.tasks.start(request)

    def _on_headline(self, found: Summary) -> None:
        self._first = None
        self._summary, self._counted = found, HEADLINE
        self.updated.emit(found)

    def document(self) -> SummaryDocument | None:
        """The figures worded for the screen."""
        if self._summary is None:
            return None
        register = self._context.register
        return document(
            self._summary,
            register.vocabularies,
            screen_language(),
            register=register.info,
            planned=self._planned,
            counted=self._counted,
            checked=self._checked,
        )

    def _on_changed(self, change: Changed) -> None:
        if self._summary is None:
            return
        self._context.tasks.cancel(self._request)
        if change.delta is None:
            self._is_checked = False
        elif change.delta:
            self._summary = changed(self._summary, change.delta)
            self.updated.emit(self._summary)
        self._later.start()

    def _recount(self, after_ms: int = 0) -> None:
        self._later.stop()
        self._context.tasks.cancel(self._request)
        register, period = self._context.register, self._period

        def work(progress: Progress) -> _Found:
            progress(0, 1)
            counted = count_fully(register, period)
            return counted, checks(counted.summary)

        request = Request(work, self._on_counted, self._on_failed)
        self._request = self._context.tasks.start(request, after_ms)

    def _on_counted(self, found: _Found) -> None:
        self._request = None
        counted, self._checked = found
        self._check(counted.summary)
        self._summary, self._planned = counted.summary, dict(counted.planned)
        self._counted, self._is_checked = None, True
        self.updated.emit(self._summary)

    def _check(self, recounted: Summary) -> None:
        shown = self._summary
        if shown is None or not (self.is_whole and self._is_checked):
            return
        if shown.period != recounted.period or shown.as_of_day != recounted.as_of_day:
            return
        if cells := disagreements(shown, recounted):
            names = ", ".join("/".join(str(part) for part in cell) for cell in cells)
            _LOG.warning("recount differs from the figures shown in %s", names)

    def _on_failed(self, error: UserError) -> None:
        self._request = None
        self.failed.emit(word_error(error, translator(screen_language())))


def live_figures(context: Context) -> LiveFigures:
    """The one ``LiveFigures`` of a context; made when first asked for."""
    found = context.tasks.findChild(LiveFigures, "live-figures")
    if not isinstance(found, LiveFigures):
        return LiveFigures(context)
    found.set_period(period_of_context(context))
    return found


def period_of_context(context: Context) -> Period:
    """The period last looked at, or the semester of today."""
    if context.period:
        try:
            return parse_period(context.period)
        except UserError:
            _LOG.warning("the period kept is no period")
    return semester_of(context.register.clock.today())
