"""What concerns the current line of a figure's lists: why, its person, its form."""

from __future__ import annotations

from shiboken6 import isValid

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.figure_page import read_why
from avrr_desktop.services.figure_words import WordedCheck, Wording, word_checks
from avrr_desktop.services.lists import PersonName
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.summary.figures import RowBehind
from avrr_desktop.services.summary.listings import Unit
from avrr_desktop.services.summary.near_misses import NearMiss
from avrr_desktop.services.summary.whereabouts import Check
from avrr_desktop.ui.figure.card import FigureCard
from avrr_desktop.ui.figure.misses import IN_BIN, TO_FILL
from avrr_desktop.ui.figure.why import WhyPanel
from avrr_desktop.ui.forms.person_words import group_word
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import Bin, CasePage, FigureOf, FormOf, PersonPage
from avrr_desktop.ui.tasks import Progress, Request
from avrr_desktop.ui.widgets.formats import code_text


class CurrentLine:
    """Explains the current line in the panel and opens what it names."""

    def __init__(
        self,
        context: Context,
        route: FigureOf,
        wording: Wording,
        card: FigureCard,
        panel: WhyPanel,
    ) -> None:
        self._context = context
        self._cell, self._known_at = route.cell, route.known_at
        self._request: Request[tuple[Check, ...]] | None = None
        self._wording = wording
        self._card = card
        self._panel = panel

    def _behind(self) -> RowBehind | None:
        return self._card.model.behind(self._card.table.currentIndex().row())

    def _miss(self) -> NearMiss | None:
        return self._card.misses.miss(self._card.near_table.currentIndex().row())

    def explain(self) -> None:
        """Show why the current line counts or does not."""
        current = self._behind() if self._card.is_counted else self._miss()
        self._context.tasks.cancel(self._request)
        if current is None:
            self._panel.clear()
        elif self._known_at is None:
            self._show(current, self._checks(current.person_id))
        else:
            self._show(current, ())
            self._look_back(current)

    def _look_back(self, current: RowBehind | NearMiss) -> None:
        """Putting the register back takes a while: on the worker."""
        register, period, cell = self._context.register, self._wording.period, self._cell
        person, known_at = current.person_id, self._known_at

        def work(progress: Progress) -> tuple[Check, ...]:
            progress(0, 1)
            return read_why(register, period, cell, person, known_at)

        def show(checks: tuple[Check, ...]) -> None:
            if isValid(self._panel):
                self._show(current, word_checks(checks, self._wording, group_word))

        self._request = self._context.tasks.start(Request(work, show, self._on_failed))

    def _on_failed(self, error: UserError) -> None:
        said = word_error(error, translator(screen_language()))
        self._context.shell.say_failed(said, self.explain)

    def _show(self, current: RowBehind | NearMiss, checks: tuple[WordedCheck, ...]) -> None:
        can_open = self._known_at is None
        if isinstance(current, NearMiss):
            name = self._card.misses.name_of(self._card.near_table.currentIndex().row())
            acts = (
                can_open and current.reason in TO_FILL | IN_BIN
            )  # else the file is all there is to open
            action = self._card.misses.action_text(current) if acts else ""
            self._panel.explain(tr("Why not?"), name, "", checks, action, can_open=can_open)
            return
        row = self._card.model.row(self._card.table.currentIndex().row())
        name_shown = row.values.get("name") if row else None
        name = name_shown if isinstance(name_shown, PersonName) else PersonName("")
        number = str(row.values.get("case_number") or "") if row else ""
        note = tr("Case {number}", number=code_text(number)) if number else ""
        self._panel.explain(tr("Why counted?"), name, note, checks, can_open=can_open)

    def _checks(self, person: str) -> tuple[WordedCheck, ...]:
        try:
            checks = read_why(self._context.register, self._wording.period, self._cell, person)
        except UserError as error:
            self._on_failed(error)
            return ()
        return word_checks(checks, self._wording, group_word)

    def open(self) -> None:
        """Open the page of the person, or of the case when cases are counted."""
        figure = self._card.figure
        current = self._behind() if self._card.is_counted else self._miss()
        if current is None or self._known_at is not None:
            return
        if isinstance(current, RowBehind) and figure is not None and figure.unit is Unit.CASES:
            self._context.shell.open(CasePage(current.id))
        else:
            self._context.shell.open(PersonPage(current.person_id))

    def act(self) -> None:
        """Fill in what is missing, open the bin, or see the person."""
        miss = self._miss()
        if miss is None or self._known_at is not None:
            return
        if miss.reason in IN_BIN:
            self._context.shell.open(Bin())
        elif miss.reason in TO_FILL:
            self._context.shell.open(FormOf(miss.activity, miss.record_id))
        else:
            self._context.shell.open(PersonPage(miss.person_id))
