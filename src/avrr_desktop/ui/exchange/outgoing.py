"""What goes out: workbook and bulletin of a period, list of an activity, template."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.activities import ACTIVITIES, ACTIVITY_BY_KEY
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period, parse_period, semester_of
from avrr_desktop.core.translation import ntr, screen_language, tr
from avrr_desktop.services.closing.padlocks import padlocks
from avrr_desktop.ui.bulletin.export import BulletinChoice, BulletinExport
from avrr_desktop.ui.editors.term import TermEditor
from avrr_desktop.ui.exchange.busy import BusyLine
from avrr_desktop.ui.exchange.cards import file_card, labelled
from avrr_desktop.ui.exchange.list_password import ask_list_password
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.summary.period_chooser import PeriodChooser
from avrr_desktop.ui.summary.range_row import RangeRow
from avrr_desktop.ui.tasks import Progress
from avrr_desktop.ui.theme.tokens import Space, Width
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.segmented import Segmented
from avrr_desktop.ui.widgets.surfaces import Card, PageScroll

if TYPE_CHECKING:
    from avrr_desktop.services.exchange.nominal import Exported

_LANGUAGES = (Language.FR, Language.AR, Language.EN)
_OF_PERIOD, _WHOLE = range(2)


@dataclass(frozen=True, slots=True)
class OutgoingState:
    """What was chosen."""

    language: int | None
    period: Period
    activity: str | None
    scope: int | None
    bulletin: BulletinChoice


class Outgoing(QWidget):
    """Four cards; what they write speaks the chosen language."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exchange-outgoing")
        self._context = context
        self._period = _first_period(context)
        today = context.register.clock.today()
        self.chooser = PeriodChooser(self._period, today, padlocks(context.register))
        self.range = RangeRow(today)
        self.range.hide()
        self.languages = Segmented(
            ["Français", "العربية", "English"],
            optional=False,
            name="exchange-language",
            accessible=tr("Language of the files"),
        )
        self.languages.set_index(_LANGUAGES.index(screen_language()))
        terms = [(a.key, context.text(a.plural)) for a in ACTIVITIES]
        self.activity = TermEditor("nominal-activity", tr("Activity"), terms, optional=False)
        self.activity.set_value(ACTIVITIES[0].key)
        self.scope = Segmented(
            [tr("Of the period"), tr("Whole list")],
            optional=False,
            name="nominal-scope",
            accessible=tr("Lines"),
        )
        self.scope.set_index(_OF_PERIOD)
        self.busy = BusyLine(context, "outgoing-busy")
        self.bulletin = BulletinExport(
            context, self.busy, lambda: (self._period, self._language()), self
        )
        self._rows = (_row(), _row())
        self._lay_out()
        self.chooser.chosen.connect(self._on_period)
        self.chooser.range_wanted.connect(self.range.show)
        self.range.chosen.connect(self._on_range)

    def state(self) -> OutgoingState:
        """What was chosen."""
        activity = self.activity.value()
        return OutgoingState(
            self.languages.index(),
            self._period,
            activity,
            self.scope.index(),
            self.bulletin.state(),
        )

    def set_state(self, state: OutgoingState) -> None:
        """Choose the same again."""
        self.languages.set_index(state.language)
        self.activity.set_value(state.activity)
        self.scope.set_index(state.scope)
        self.bulletin.set_state(state.bulletin)
        self._on_period(state.period)
        self.chooser.set_period(state.period)

    def focus_regions(self) -> tuple[QWidget, ...]:
        """What the files speak of, then the cards."""
        return (self,)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        head = QHBoxLayout()
        head.setContentsMargins(Space.PAGE, 0, Space.PAGE, 0)
        head.setSpacing(Space.XL)
        for label, widget in (
            (tr("Period"), self.chooser),
            (tr("Language of the files"), self.languages),
        ):
            field = labelled(label, widget)
            field.addStretch(1)
            head.addLayout(field)
        head.addStretch(1)
        column.addLayout(head)
        for line in (self.range, self.busy):
            row = QHBoxLayout()
            row.setContentsMargins(Space.PAGE, 0, Space.PAGE, 0)
            row.addWidget(line)
            column.addLayout(row)
        scroll = PageScroll("outgoing-scroll")
        inner = QVBoxLayout(scroll.page)
        inner.setContentsMargins(Space.PAGE, 0, Space.PAGE, Space.PAGE)
        inner.setSpacing(Space.CARD_GAP)
        published = (self._workbook_card(), self.bulletin.card())
        for beside, cards in zip(
            self._rows, (published, (self._list_card(), self._template_card())), strict=True
        ):
            for card in cards:
                beside.addWidget(card, 1)
            inner.addLayout(beside)
        inner.addStretch(1)
        column.addWidget(scroll, 1)

    def _workbook_card(self) -> Card:
        self.workbook_button = Button(
            tr("Save the workbook"),
            Variant.PRIMARY,
            icon="file-spreadsheet",
            name="save-workbook",
        )
        self.workbook_button.clicked.connect(self.ask_workbook)
        return file_card(
            "card-workbook",
            tr("Statistical workbook"),
            (
                tr("Every figure of the period, a sheet for each activity, with charts."),
                tr("The definitions and the register’s identity are included."),
                tr("It holds no names, so it may be shared."),
            ),
            (),
            self.workbook_button,
        )

    def _list_card(self) -> Card:
        self.list_button = Button(
            tr("Save the list"), Variant.SECONDARY, icon="users", name="save-list"
        )
        self.list_button.clicked.connect(self.ask_list)
        return file_card(
            "card-list",
            tr("List of names"),
            (
                tr("Persons and events of one activity, in the template’s columns."),
                tr("Persons whose consent does not cover statistics are left out."),
            ),
            (
                labelled(tr("Activity"), self.activity),
                labelled(tr("Lines"), self.scope),
            ),
            self.list_button,
        )

    def _template_card(self) -> Card:
        self.template_button = Button(
            tr("Save an empty template"), Variant.SECONDARY, icon="download", name="save-template"
        )
        self.template_button.clicked.connect(self.ask_template)
        return file_card(
            "card-template",
            tr("Template for import"),
            (
                tr("A sheet for each activity, with drop-down lists and a guide."),
                tr(
                    "Fill it in, then import it: nothing is written before you have seen every"
                    " line’s verdict."
                ),
            ),
            (),
            self.template_button,
        )

    def ask_workbook(self) -> None:
        """Ask for the workbook's name, then write it."""
        named = f"AVRR {_file_code(self._period)}.xlsx"
        self._ask(tr("Save the workbook"), named, self.write_workbook)

    def ask_list(self) -> None:
        """Ask for the list's name, then write it."""
        key = self.activity.value()
        if key is None:
            return
        plural = ACTIVITY_BY_KEY[key].plural.text(self._language())
        named = f"{plural} {_file_code(self._period)}.xlsx"
        if self.scope.index() == _WHOLE:
            named = f"{plural} {self._context.register.clock.today().isoformat()}.xlsx"
        self._ask(tr("Save the list"), named, self.write_list)

    def ask_template(self) -> None:
        """Ask for the template's name, then write it."""
        self._ask(tr("Save an empty template"), tr("AVRR template.xlsx"), self.write_template)

    def write_workbook(self, path: Path) -> None:
        """Count the period and write its workbook on the worker."""
        register, period, language = self._context.register, self._period, self._language()

        def work(progress: Progress) -> None:
            from avrr_desktop.services.workbook import export_workbook

            export_workbook(register, period, path, language, progress)

        def done(_none: None) -> None:
            self.busy.say_written(tr("Workbook saved:"), path)

        self.busy.run(tr("Writing the workbook"), work, done, retry=self.ask_workbook)

    def write_list(self, path: Path) -> None:
        """Write the nominal list on the worker."""
        register, language = self._context.register, self._language()
        password = ask_list_password(self, register)
        if password is None:
            return
        key = self.activity.value() or ACTIVITIES[0].key
        period = self._period if self.scope.index() == _OF_PERIOD else None

        def work(progress: Progress) -> Exported:
            from avrr_desktop.services.exchange import export_nominal

            return export_nominal(
                register,
                key,
                path,
                language,
                period=period,
                password=password,
                progress=progress,
            )

        def done(exported: Exported) -> None:
            self.busy.say_written(_said(exported), exported.path)

        self.busy.run(tr("Writing the list"), work, done, retry=self.ask_list)

    def write_template(self, path: Path) -> None:
        """Write the empty template on the worker."""
        register, language = self._context.register, self._language()

        def work(_progress: Progress) -> None:
            from avrr_desktop.services.exchange import write_template

            write_template(register, path, language)

        def done(_none: None) -> None:
            self.busy.say_written(tr("Template saved:"), path)

        self.busy.run(tr("Writing the template"), work, done, retry=self.ask_template)

    def _ask(self, title: str, named: str, write: Callable[[Path], None]) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, title, named, tr("Workbook (*.xlsx)"))
        if path:
            write(Path(path).with_suffix(".xlsx"))

    def _language(self) -> Language:
        return _LANGUAGES[self.languages.index() or 0]

    def _on_period(self, period: object) -> None:
        assert isinstance(period, Period)
        self._period = period

    def _on_range(self, period: object) -> None:
        self._on_period(period)
        self.chooser.set_period(self._period)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cards stand beside one another where there is room."""
        super().resizeEvent(event)
        wide = event.size().width() >= Width.TWO_COLUMNS
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        for row in self._rows:
            row.setDirection(direction)


def _said(exported: Exported) -> str:
    text = ntr("{count} line saved:", "{count} lines saved:", exported.lines)
    if exported.persons_left_out:
        left = ntr(
            "{count} person was left out for lack of consent.",
            "{count} persons were left out for lack of consent.",
            exported.persons_left_out,
        )
        text = f"{left} {text}"
    return text


def _row() -> QBoxLayout:
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    row.setSpacing(Space.CARD_GAP)
    return row


def _first_period(context: Context) -> Period:
    if context.period:
        return parse_period(context.period)
    return semester_of(context.register.clock.today())


def _file_code(period: Period) -> str:
    return period.code.replace("..", "_")
