"""Time of keeping in the settings: which files are due, and anonymising them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import ntr, screen_language, tr, translator
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.retention.anonymising import anonymise
from avrr_desktop.services.retention.due import DueFile, Retention, read_retention
from avrr_desktop.services.settings import read_office, save_office
from avrr_desktop.ui.access.lines import LabelledLine
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.person.words import plain_name
from avrr_desktop.ui.settings.ask import Ask, ask
from avrr_desktop.ui.settings.rows import RowsCard, padded
from avrr_desktop.ui.tasks import Progress, Request, Tasks
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import code_text, date_text, ltr, number_text
from avrr_desktop.ui.widgets.surfaces import Card
from avrr_desktop.ui.widgets.text import Text

_NONE = Retention(0, (), 0)


class RetentionSection(QWidget):
    """The list is read and files are anonymised on a worker; what is done stays done."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("settings-retention")
        self._context = context
        self._tasks = Tasks(self)
        self._request: Request[Any] | None = None
        self.found = _NONE
        heads = (tr("Number"), tr("Name"), tr("Cases"), tr("Last event"), tr("Due since"))
        self.card = RowsCard(
            "retention", tr("Files kept long enough"), heads, wide=1,
            empty=tr("No file has been kept for that long."),
        )  # fmt: skip
        self.one = self.card.add_button(
            Button(tr("Anonymise this file…"), Variant.SECONDARY, name="retention-one")
        )
        self.every = self.card.add_button(
            Button(tr("Anonymise all…"), Variant.SECONDARY, name="retention-all")
        )
        self.stop = self.card.add_button(Button(tr("Cancel"), Variant.QUIET, name="retention-stop"))
        self.stop.hide()
        self.one.clicked.connect(lambda: self._ask([self.found.due[self.card.row]]))
        self.every.clicked.connect(lambda: self._ask(self.found.due))
        self.stop.clicked.connect(lambda: self._tasks.cancel(self._request))
        self.card.moved.connect(self._show_buttons)
        self.said = Text("", wrap=True, name="retention-said")
        self.said.hide()
        column = padded(self._above(), self.said, self.card)
        column.setStretch(2, 1)
        self.setLayout(column)
        self.read()

    def _above(self) -> Card:
        card = Card("retention-above")
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        self.rule = Text("", wrap=True, name="retention-rule")
        change = Button(tr("Change…"), Variant.SECONDARY, name="retention-change")
        change.clicked.connect(self._on_change)
        row.addWidget(self.rule, 1)
        row.addWidget(change)
        card.body.addLayout(row)
        return card

    def read(self) -> None:
        """Look again for what is due."""
        register = self._context.register
        self._tasks.start(Request(lambda _: read_retention(register), self._show, self._say_failed))

    def _show(self, found: Retention) -> None:
        self.found = found
        parts = [
            ntr(
                "A file is kept for {count} year after the last of the person's cases closed.",
                "A file is kept for {count} years after the last of the person's cases closed.",
                found.years,
            ),
            tr(
                "Once anonymised it still counts: sex, nationality, terms and dates of events stay."
            ),
        ]
        if found.left_open:
            parts.append(
                ntr(
                    "{count} person as old is kept by a case that was never closed.",
                    "{count} persons as old are kept by a case that was never closed.",
                    found.left_open,
                )
            )
        self.rule.setText(" ".join(parts))
        self.card.show_rows([_row(one) for one in found.due])
        self._show_buttons()

    def _show_buttons(self) -> None:
        is_idle = self.stop.isHidden()
        self.one.setEnabled(is_idle and 0 <= self.card.row < len(self.found.due))
        self.every.setEnabled(is_idle and bool(self.found.due))

    def _on_change(self) -> None:
        years = LabelledLine(tr("Time of keeping, in years"), "retention-years")
        years.line.setText(str(self.found.years))
        context = self._context

        def act() -> None:
            office = replace(read_office(context.register), retention_years=years.text())
            save_office(context.register, context.actor, office)

        text = tr("Counted from the day the last of a person's cases closed.")
        if ask(Ask(self, tr("Time of keeping"), text, tr("Save"), act, (years,))):
            self.read()

    def _ask(self, files: Sequence[DueFile]) -> None:
        reason = LabelledLine(tr("Reason"), "retention-reason")
        reason.line.setText(tr("Time of keeping over"))

        def act() -> None:
            if not reason.text():
                raise UserError("reason_required")

        named = code_text(files[0].number) if len(files) == 1 else number_text(len(files))
        title = ntr("Anonymise {count} file?", "Anonymise {count} files?", len(files))
        text = tr(
            "Names, papers, phones, notes and the journal's values of {what} are erased for good;"
            " the figures stay. A backup is made first; backups expire within twelve months.",
            what=named,
        )
        if ask(Ask(self, title, text, tr("Anonymise"), act, (reason,))):
            self._start([file.person_id for file in files], reason.text())

    def _start(self, persons: list[str], reason: str) -> None:
        register, actor = self._context.register, self._context.actor
        self.stop.show()
        self._show_buttons()
        self._say(tr("Making a backup…"))

        def work(progress: Progress) -> int:
            return anonymise(register, actor, persons, reason, progress)

        def on_progress(done: int, total: int) -> None:
            counts = {"done": number_text(done), "total": number_text(total)}
            self._say(tr("Anonymising… {done} of {total}", **counts))

        def rest() -> None:
            """Given up or failed, those done before stay done."""
            self.said.hide()
            self.stop.hide()
            records = frozenset((PERSON.key, person) for person in persons)
            changed = Changed(0, tuple(persons), records, frozenset(persons))
            self._context.changes.announce(changed)
            if self._context.keeping is not None:  # half-typed forms went with them
                self._context.keeping.put_away.emit()
            self.read()

        def on_done(count: int) -> None:
            rest()
            self._say(ntr("{count} file anonymised.", "{count} files anonymised.", count))

        def on_failed(error: UserError) -> None:
            rest()
            self._say_failed(error)

        self._request = self._tasks.start(Request(work, on_done, on_failed, on_progress, rest))

    def _say_failed(self, error: UserError) -> None:
        self._context.shell.say_failed(word_error(error, translator(screen_language())))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.show()


def _row(one: DueFile) -> tuple[str, ...]:
    name = plain_name(one.name)
    return (
        code_text(one.number),
        tr("{name} (in the bin)", name=name) if one.is_deleted else name,
        " · ".join(code_text(case) for case in one.cases) or "—",
        ltr(date_text(one.last_on)),
        ltr(date_text(one.due_on)),
    )
