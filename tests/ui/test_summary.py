"""The summary page, the live figures and the panel beside a form, driven as a user would."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import RecordingShell, person_draft, registration_draft, wear

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.labels import Label, Language
from avrr_desktop.core.periods import PeriodKind, free_range, parse_period, period_of
from avrr_desktop.core.translation import tr
from avrr_desktop.services.closing.closings import close
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.summary import CellKey, Cells, changed
from avrr_desktop.services.vocabulary_admin import add_term
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import ChecksOf, ClosingOf, FigureOf, SummaryOf
from avrr_desktop.ui.summary.figure_table import FigureTable
from avrr_desktop.ui.summary.lines import LineKind, value_text
from avrr_desktop.ui.summary.live import LiveFigures, live_figures
from avrr_desktop.ui.summary.live_panel import LiveLine, LivePanel
from avrr_desktop.ui.summary.main_card import View
from avrr_desktop.ui.summary.page import SummaryPage
from avrr_desktop.ui.summary.period_chooser import PeriodChooser
from avrr_desktop.ui.summary.range_row import RangeRow
from avrr_desktop.ui.widgets.formats import ltr
from avrr_desktop.ui.widgets.tabs import TabBar

SEMESTER = "2023-S1"
REGISTERED = CellKey("registrations", "persons")
OTHER = "b" * 32

MakePage = Callable[..., SummaryPage]


@pytest.fixture
def make_page(qtbot: QtBot, context: Context, person: str) -> Iterator[MakePage]:
    """Shows the page of 2023-S1, fully counted: one woman is registered."""
    made: list[SummaryPage] = []

    def make(route: SummaryOf | None = None, *, width: int = 1200) -> SummaryPage:
        page = SummaryPage(context, route or SummaryOf(SEMESTER))
        qtbot.addWidget(page)
        page.resize(width, 760)
        page.show()
        qtbot.waitExposed(page)
        qtbot.waitUntil(lambda: live_figures(context).is_whole)
        made.append(page)
        return page

    yield make
    for page in made:
        page.hide()


@pytest.fixture
def page(make_page: MakePage) -> SummaryPage:
    return make_page()


@pytest.fixture
def live(context: Context) -> LiveFigures:
    return live_figures(context)


def table_of(page: SummaryPage, name: str = "summary-table") -> FigureTable:
    found = page.findChild(FigureTable, name)
    assert isinstance(found, FigureTable)
    return found


def child(widget: QWidget, kind: type[QWidget], name: str) -> QWidget:
    found = widget.findChild(kind, name)
    assert found is not None, name
    return found


def label_text(widget: QWidget, name: str) -> str:
    label = child(widget, QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def cell_at(table: FigureTable, code: str, column: int, kind: str = "main") -> QModelIndex:
    for row, line in enumerate(table.figures.lines):
        if line.code == code and line.kind == kind:
            return table.figures.index(row, column)
    raise AssertionError(code)


def register_another(context: Context, sex: str = "woman") -> None:
    """A second person is registered through the register, and the change announced."""
    saved = context.records.save(
        context.actor,
        person_draft(OTHER, family_name="DIALLO", given_name="Fatou", sex=sex, birth_typed="1990"),
        registration_draft(OTHER),
        confirm_all="invented",
        watch=live_figures(context).period,
    )
    context.changes.announce(saved)


def test_every_cell_on_screen_is_the_engines(page: SummaryPage, live: LiveFigures) -> None:
    assert live.summary is not None
    page._card.show_view(View.DETAILS)
    for table in (table_of(page), table_of(page, "details-table")):
        seen = 0
        for line in table.figures.lines:
            for cell in line.cells:
                if cell.key is None:
                    continue
                read = live.summary.previous_value if cell.is_previous else live.summary.value
                assert cell.text == value_text(read(*cell.key), Language.FR), cell.key
                seen += 1
        assert seen > 50


def test_zeros_are_shown(page: SummaryPage) -> None:
    table = table_of(page)
    assert table.figures.text(cell_at(table, "registrations", 1)) == "0"
    assert table.figures.text(cell_at(table, "returns_to_morocco", 6)) == "0"


def test_not_applicable_is_a_dot(page: SummaryPage) -> None:
    table = table_of(page)
    assert table.figures.text(cell_at(table, "reintegration", 1, "sub")) == "·"


def test_save_moves_the_figures_at_once(
    page: SummaryPage, context: Context, live: LiveFigures
) -> None:
    table = table_of(page)
    place = cell_at(table, "registrations", 6)
    assert table.figures.text(place) == "1"
    assert label_text(page, "headline-registrations-figure") == "1"
    register_another(context)
    assert table.figures.text(place) == "2"
    assert table.figures.text(cell_at(table, "registrations", 2)) == "2"
    assert label_text(page, "headline-registrations-figure") == "2"


def test_a_save_tells_only_the_cells_that_move(
    page: SummaryPage, context: Context, qtbot: QtBot
) -> None:
    table = table_of(page)
    told: list[tuple[str, int]] = []
    table.figures.dataChanged.connect(
        lambda first, _last: told.append((table.figures.lines[first.row()].code, first.column()))
    )
    table.figures.modelReset.connect(lambda: told.append(("all", -1)))
    register_another(context)
    columns = {column for _code, column in told}
    assert told
    assert ("all", -1) not in told
    assert 0 not in columns  # labels are as they were
    assert {code for code, _column in told} <= {"registrations/persons", "registrations"}


def test_recount_agrees_after_a_save(
    page: SummaryPage,
    context: Context,
    live: LiveFigures,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
) -> None:
    register_another(context, sex="man")
    shown = live.summary
    with caplog.at_level(logging.WARNING), qtbot.waitSignal(live.updated):
        pass
    assert live.summary is not shown
    assert shown is not None
    assert live.summary is not None
    assert shown.cells == live.summary.cells
    assert not caplog.records


def test_recount_that_differs_is_logged_by_the_names_of_cells(
    page: SummaryPage,
    context: Context,
    live: LiveFigures,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert live.summary is not None
    live._summary = changed(live.summary, {REGISTERED: 41})
    register_another(context)
    with caplog.at_level(logging.WARNING), qtbot.waitSignal(live.updated):
        pass
    assert "registrations/persons" in caplog.text
    assert "DIALLO" not in caplog.text
    assert table_of(page).figures.text(cell_at(table_of(page), "registrations", 6)) == "2"


def test_deletion_without_delta_recounts(
    page: SummaryPage, context: Context, live: LiveFigures, qtbot: QtBot, person: str
) -> None:
    deleted = context.records.delete(context.actor, "person", person, "typed twice")
    assert deleted.delta is None
    with qtbot.waitSignal(live.updated):
        context.changes.announce(deleted)
    assert label_text(page, "headline-registrations-figure") == "0"


def test_enter_opens_the_persons_of_the_figure(
    page: SummaryPage, shell: RecordingShell, qtbot: QtBot
) -> None:
    table = table_of(page)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert shell.opened[-1] == FigureOf(SEMESTER, REGISTERED)


def test_first_figure_has_the_focus(page: SummaryPage) -> None:
    assert page.focusWidget() is table_of(page)


def test_arrows_move_from_figure_to_figure(
    page: SummaryPage, shell: RecordingShell, qtbot: QtBot
) -> None:
    table = table_of(page)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Left)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert shell.opened[-1] == FigureOf(
        SEMESTER, CellKey("requests", "persons", None, "undetermined")
    )


def test_arrows_step_over_the_gap(page: SummaryPage, qtbot: QtBot) -> None:
    table = table_of(page)
    table.setCurrentIndex(cell_at(table, "cash_on_return", 6))
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.figures.lines[table.currentIndex().row()].code == "returns_to_morocco"


def test_period_before_opens_its_own_persons(
    page: SummaryPage, shell: RecordingShell, qtbot: QtBot
) -> None:
    table = table_of(page)
    table.setCurrentIndex(cell_at(table, "registrations", 7))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert shell.opened[-1] == FigureOf("2022-S2", REGISTERED)


def test_click_on_a_figure_opens_it(page: SummaryPage, shell: RecordingShell, qtbot: QtBot) -> None:
    table = table_of(page)
    box = table.visualRect(cell_at(table, "registrations", 2))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert shell.opened == [FigureOf(SEMESTER, REGISTERED._replace(group="women"))]


def test_headline_figure_opens_its_persons(
    page: SummaryPage, shell: RecordingShell, qtbot: QtBot
) -> None:
    QTest.keyClick(child(page, QWidget, "headline-registrations"), Qt.Key.Key_Return)
    assert shell.opened[-1] == FigureOf(SEMESTER, REGISTERED)


def test_bar_opens_the_persons_of_its_term(
    page: SummaryPage, shell: RecordingShell, qtbot: QtBot
) -> None:
    page._side.breakdown.set_place(("registrations", "persons_by_nationality"))
    chart = child(page._side, QWidget, "bar-chart")
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Return)
    key = CellKey("registrations", "persons_by_nationality", "CI")
    assert shell.opened[-1] == FigureOf(SEMESTER, key)


def test_menu_offers_every_list_of_every_part(page: SummaryPage) -> None:
    menu = page._side.breakdown.make_menu()
    assert len(menu.actions()) == 11
    menu.deleteLater()


def test_period_keys_go_before_and_after(page: SummaryPage, context: Context, qtbot: QtBot) -> None:
    table = table_of(page)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert context.period == "2022-S2"
    assert label_text(page, "headline-registrations-figure") == "0"
    QTest.keyClick(table, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(table, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert context.period == "2023-S2"


def test_slow_register_shows_blanks_then_the_other_period(
    page: SummaryPage, context: Context, live: LiveFigures, qtbot: QtBot
) -> None:
    live._is_slow = True
    table = table_of(page)
    live.set_period(parse_period("2022-S2"))
    assert table.figures.text(cell_at(table, "registrations", 6)) == ""
    qtbot.waitUntil(lambda: live.is_whole)
    assert table.figures.text(cell_at(table, "registrations", 6)) == "0"


def test_menu_of_kinds_keeps_the_days_looked_at(page: SummaryPage, context: Context) -> None:
    chooser = page.findChild(PeriodChooser)
    assert isinstance(chooser, PeriodChooser)
    menu = chooser.make_menu()
    by_name = {action.objectName(): action for action in menu.actions()}
    assert by_name["period-kind-semester"].isChecked()
    by_name["period-kind-quarter"].trigger()
    assert context.period == "2023-Q2"
    menu.deleteLater()


def test_menu_offers_earlier_periods(page: SummaryPage, context: Context) -> None:
    chooser = page.findChild(PeriodChooser)
    assert isinstance(chooser, PeriodChooser)
    menu = chooser.make_menu()
    by_name = {action.objectName(): action for action in menu.actions()}
    by_name["period-2022-S1"].trigger()
    assert context.period == "2022-S1"
    menu.deleteLater()


def test_menu_and_panel_bear_the_padlock_of_a_closed_semester(
    page: SummaryPage, context: Context, qtbot: QtBot
) -> None:
    chooser = page.findChild(PeriodChooser)
    assert isinstance(chooser, PeriodChooser)
    close(context.register, context.actor, parse_period(SEMESTER))
    menu = chooser.make_menu()
    marked = {action.objectName() for action in menu.actions() if not action.icon().isNull()}
    assert marked == {"period-2023-S1"}
    closed = next(a for a in menu.actions() if a.objectName() == "period-2023-S1")
    assert closed.text() == tr("{period}, closed", period=ltr("2023\u2011S1"))
    menu.deleteLater()
    panel = LivePanel(context, "registration")
    qtbot.addWidget(panel)
    assert label_text(child(panel, QWidget, "live-closed"), "") == tr(
        "{period} · closed", period=ltr("2023\u2011S1")
    )


def range_row(page: SummaryPage) -> RangeRow:
    found = page.findChild(RangeRow)
    assert isinstance(found, RangeRow)
    return found


def type_day(qtbot: QtBot, page: SummaryPage, name: str, text: str) -> None:
    line = child(page, QLineEdit, name)
    assert isinstance(line, QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_free_range_is_counted(page: SummaryPage, context: Context, qtbot: QtBot) -> None:
    page._on_range_wanted()
    type_day(qtbot, page, "range-start", "01/02/2023")
    type_day(qtbot, page, "range-end", "13/02/2023")
    assert context.period == free_range(date(2023, 2, 1), date(2023, 2, 13)).code
    qtbot.waitUntil(lambda: label_text(page, "headline-registrations-figure") == "0")


def test_range_that_ends_before_it_starts_says_so_beside_the_field(
    page: SummaryPage, context: Context, qtbot: QtBot
) -> None:
    page._on_range_wanted()
    type_day(qtbot, page, "range-end", "13/02/2020")
    row = range_row(page)
    problem = child(page, QWidget, "range-problem")
    assert problem.isVisible()
    assert problem.accessibleName()
    assert row.end.state() == "error"
    assert row.end.focus_widget().accessibleDescription()
    assert context.period == SEMESTER
    type_day(qtbot, page, "range-end", "13/02/2023")
    assert not problem.isVisible()
    assert row.end.state() == "normal"


def test_narrow_page_turns_the_panel_into_tabs(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page(width=900)
    assert not child(page, QWidget, "summary-side").isVisible()
    page._card._narrow_tabs.set_index(1)
    assert page._card.view() is View.LISTS
    page.resize(1250, 760)
    qtbot.waitUntil(lambda: child(page, QWidget, "summary-side").isVisible())
    assert page._card.view() is View.GROUPS


def test_smallest_window_has_room(make_page: MakePage) -> None:
    page = make_page(width=800)
    assert page.width() == 800


def test_headline_comes_before_the_details(qtbot: QtBot, context: Context, person: str) -> None:
    page = SummaryPage(context, SummaryOf(SEMESTER))
    qtbot.addWidget(page)
    table = table_of(page)
    assert table.figures.text(cell_at(table, "registrations", 6)) == "1"
    assert table.figures.text(cell_at(table, "referrals", 6)) == ""
    widths = [table.columnWidth(column) for column in range(1, 9)]
    qtbot.waitUntil(lambda: live_figures(context).is_whole)
    assert table.figures.text(cell_at(table, "referrals", 6)) == "0"
    assert [table.columnWidth(column) for column in range(1, 9)] == widths


def test_details_fold_long_lists_and_open_them(page: SummaryPage, qtbot: QtBot) -> None:
    page._card.show_list("registrations", "persons_by_nationality")
    table = table_of(page, "details-table")
    lines = len(table.figures.lines)
    row = next(r for r, line in enumerate(table.figures.lines) if line.kind is LineKind.FOLD)
    table.setCurrentIndex(table.figures.index(row, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert len(table.figures.lines) > lines + 200


def test_details_open_what_a_mean_derives_from(
    page: SummaryPage, shell: RecordingShell, qtbot: QtBot
) -> None:
    page._card.show_view(View.DETAILS)
    table = table_of(page, "details-table")
    row = next(
        r
        for r, line in enumerate(table.figures.lines)
        if line.cells and line.cells[5].key == CellKey("registrations", "mean_age")
    )
    table.setCurrentIndex(table.figures.index(row, 6))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert shell.opened[-1] == FigureOf(SEMESTER, REGISTERED)


def test_state_survives_a_rebuild(make_page: MakePage) -> None:
    page = make_page()
    table = table_of(page)
    table.setCurrentIndex(cell_at(table, "direct_assistance", 3))
    page._side.breakdown.set_place(("registrations", "persons_by_channel"))
    child(page, QWidget, "period-menu").setFocus()
    state = page.state()
    page.hide()
    again = make_page()
    again.set_state(state)
    assert again.focusWidget().objectName() == "period-menu"
    index = table_of(again).currentIndex()
    assert table_of(again).figures.lines[index.row()].code == "direct_assistance"
    assert index.column() == 3
    assert again._side.breakdown.place() == ("registrations", "persons_by_channel")


def test_arabic_page_is_mirrored(
    themed: object, make_page: MakePage, context: Context, qtbot: QtBot
) -> None:
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    wear(app, Language.AR)
    page = make_page()
    table = table_of(page)
    side, card = child(page, QWidget, "summary-side"), child(page, QWidget, "summary-card")
    assert side.x() < card.x()
    assert table.columnViewportPosition(0) > table.columnViewportPosition(6)
    assert table.figures.text(cell_at(table, "registrations", 0)) == "التسجيلات"
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert context.period == "2022-S2"


def test_notes_open_those_left_out(
    make_page: MakePage, context: Context, person: str, shell: RecordingShell
) -> None:
    planned = {
        "person_id": person,
        "office": "RBA",
        "country": "CI",
        "planned_on": date(2023, 5, 2),
    }
    context.records.save(context.actor, Draft("return_from_morocco", planned))
    page = make_page()
    note = child(page._side, QLabel, "note-1")
    assert isinstance(note, QLabel)
    note.linkActivated.emit("persons")
    key = CellKey("returns_from_morocco", "persons")
    assert shell.opened[-1] == FigureOf(SEMESTER, key, not_counted=True)


def test_definitions_open_and_close(page: SummaryPage) -> None:
    button = child(page._side, QWidget, "notes-definitions")
    text = child(page._side, QLabel, "definitions")
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert text.isVisible()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert not text.isVisible()


def test_checks_of_the_period_are_a_key_away(page: SummaryPage, shell: RecordingShell) -> None:
    QTest.keyClick(child(page._side, QWidget, "notes-checks"), Qt.Key.Key_Space)
    assert shell.opened[-1] == ChecksOf(SEMESTER)


def test_workbook_is_written_where_asked(
    page: SummaryPage,
    context: Context,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    target = tmp_path / "summary.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    QTest.mouseClick(child(page, QWidget, "export-workbook"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: child(page, QWidget, "workbook-news").isVisible(), timeout=20_000)
    assert target.stat().st_size > 0


def test_workbook_that_cannot_be_written_is_said(
    page: SummaryPage, shell: RecordingShell, tmp_path: Path, qtbot: QtBot
) -> None:
    page._export.write(parse_period(SEMESTER), tmp_path / "absent" / "summary.xlsx")
    qtbot.waitUntil(lambda: bool(shell.failed), timeout=20_000)
    assert not child(page, QWidget, "workbook-export").isVisible()


PENDING: Cells = {
    REGISTERED: 1,
    REGISTERED._replace(group="men"): 1,
    CellKey("registrations", "persons_by_channel", "word_of_mouth"): 1,
}


@pytest.fixture
def panel(context: Context, person: str, qtbot: QtBot) -> LivePanel:
    context.period = SEMESTER
    made = LivePanel(context, "registration")
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    qtbot.waitUntil(lambda: live_figures(context).is_whole)
    return made


def test_panel_shows_what_is_pending_beside_what_is_saved(panel: LivePanel) -> None:
    assert label_text(panel, "live-figure") == "1"
    assert not child(panel, QWidget, "live-pending").isVisible()
    panel.show_pending(PENDING)
    assert label_text(panel, "live-figure") == "1"
    chip = child(panel, QWidget, "live-pending")
    assert chip.isVisible()
    assert "+1" in child(panel, QWidget, "live-groups-0").accessibleName()
    assert "+1" not in child(panel, QWidget, "live-groups-1").accessibleName()
    assert "+1" in child(panel, QWidget, "live-terms-0").accessibleName()
    panel.show_pending(None)
    assert not chip.isVisible()


def test_panel_follows_a_save(panel: LivePanel, context: Context) -> None:
    panel.show_pending(PENDING)
    panel.show_pending(None)
    register_another(context)
    assert label_text(panel, "live-figure") == "2"


def test_panel_says_when_a_save_would_move_nothing(panel: LivePanel, qtbot: QtBot) -> None:
    panel.show_pending({})
    panel.note([("user", "29 ans ce jour-là"), "56 jours depuis l’enregistrement"])
    said = "29 ans ce jour-là", "56 jours depuis l’enregistrement"

    def texts() -> list[str]:
        return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]

    qtbot.waitUntil(lambda: all(text in texts() for text in said))
    assert any(SEMESTER.replace("-", "\u2011") in text for text in texts()[-3:])


def test_folded_panel_is_one_line(context: Context, person: str, qtbot: QtBot) -> None:
    context.period = SEMESTER
    line = LiveLine(context, "registration")
    qtbot.addWidget(line)
    line.show()
    line.show_pending(PENDING)
    assert label_text(line, "live-line-value") == "1"
    assert child(line, QWidget, "live-line-pending").isVisible()
    qtbot.waitUntil(lambda: live_figures(context).is_whole)


def test_figures_are_one_object_for_all_pages(context: Context, qtbot: QtBot) -> None:
    assert live_figures(context) is live_figures(context)
    assert live_figures(context).period == period_of(PeriodKind.SEMESTER, date(2023, 7, 5))
    context.period = SEMESTER
    assert live_figures(context).period.code == SEMESTER
    qtbot.waitUntil(lambda: live_figures(context).is_whole)


def test_closed_panel_and_page_are_let_go(context: Context, person: str, qtbot: QtBot) -> None:
    live = live_figures(context)
    for widget in (
        SummaryPage(context, SummaryOf(SEMESTER)),
        LivePanel(context, "registration"),
        LiveLine(context, "registration"),
    ):
        with qtbot.waitSignal(widget.destroyed):
            widget.deleteLater()
    qtbot.waitUntil(lambda: live.is_whole)
    register_another(context)
    assert live.summary is not None
    assert live.summary.value(*REGISTERED) == 2


def test_export_goes_on_when_the_page_is_left(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    page = SummaryPage(context, SummaryOf(SEMESTER))
    page._export.write(parse_period(SEMESTER), tmp_path / "summary.xlsx")
    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()
    qtbot.waitUntil(lambda: context.tasks.is_idle, timeout=20_000)
    assert (tmp_path / "summary.xlsx").is_file()


def show_years(page: SummaryPage, context: Context, qtbot: QtBot) -> FigureTable:
    """Clicks the tab of comparisons and waits for the worker."""
    bar = child(page, TabBar, "summary-tabs")
    tab = next(b for b in bar.findChildren(QAbstractButton) if b.text() == tr("Comparisons"))
    QTest.mouseClick(tab, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: context.tasks.is_idle)
    return table_of(page, "years-table")


@pytest.fixture
def older(context: Context, person: str) -> str:
    """Somebody registered in 2021-S1: the register's first event."""
    consent = {"given_on": date(2021, 1, 4), "form": "written", "purposes": ("return",)}
    context.records.save(
        context.actor,
        person_draft("c" * 32, family_name="BAH", given_name="Binta", consent=(consent,)),
        registration_draft(
            "c" * 32, contacted_on=date(2021, 2, 1), registered_on=date(2021, 2, 14)
        ),
        confirm_all="invented",
    )
    return "c" * 32


def row_text(table: FigureTable, code: str, kind: str = "main") -> list[str]:
    columns = range(1, table.figures.columnCount())
    return [table.figures.text(cell_at(table, code, column, kind)) for column in columns]


def test_tab_of_comparisons_shows_every_year(
    older: str, make_page: MakePage, context: Context, shell: RecordingShell, qtbot: QtBot
) -> None:
    table = show_years(make_page(), context, qtbot)
    assert row_text(table, "registrations/persons")[:6] == ["—", "—", "—", "1", "0", "1"]
    assert row_text(table, "registrations/persons")[6] == ltr("↑\u00a0+1")
    table.setCurrentIndex(cell_at(table, "registrations/persons", 4))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert shell.opened == [FigureOf("2021-S1", REGISTERED)]
    table.setCurrentIndex(cell_at(table, "registrations/persons", 1))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert len(shell.opened) == 1  # a year without data opens nothing


def test_comparisons_follow_a_save(
    older: str, make_page: MakePage, context: Context, qtbot: QtBot
) -> None:
    table = show_years(make_page(), context, qtbot)
    register_another(context)
    qtbot.waitUntil(lambda: row_text(table, "registrations/persons")[5] == "2")


@pytest.mark.usefixtures("older")
def test_closed_year_bears_a_padlock_and_a_changed_list_its_mark(
    make_page: MakePage,
    context: Context,
    shell: RecordingShell,
    clock: FixedClock,
    qtbot: QtBot,
) -> None:
    close(context.register, context.actor, parse_period("2021-S1"))
    clock.instant = datetime(2022, 5, 4, 9, tzinfo=UTC)
    label = Label("Passerelle", "جسر", "Bridge")
    add_term(context.register, context.actor, "assistance_kind", "bridge", label)
    clock.instant = datetime(2023, 7, 5, 10, 42, tzinfo=UTC)
    page = make_page()
    table = show_years(page, context, qtbot)
    heads = table.figures.columns
    assert [head.icon for head in heads[:6]] == ["", "", "", "lock", "", ""]
    assert ["‖" in head.head for head in heads[:6]] == [*[False] * 4, True, False]
    notes = label_text(page, "years-notes").splitlines()
    assert "Passerelle" in notes[0]
    assert "04/05/2022" in notes[0]
    table.setCurrentIndex(cell_at(table, "registrations/persons", 4))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert shell.opened == [ClosingOf(closed="2021-S1")]


def test_register_of_one_year_says_there_is_nothing_to_compare(
    page: SummaryPage, context: Context, qtbot: QtBot
) -> None:
    table = show_years(page, context, qtbot)
    assert not table.isVisible()
    assert "14/02/2023" in label_text(page._card.years, "empty-state-text")


def test_state_comes_back_to_the_comparisons(
    older: str, make_page: MakePage, context: Context, qtbot: QtBot
) -> None:
    page = make_page()
    show_years(page, context, qtbot)
    again = make_page()
    again.set_state(page.state())
    qtbot.waitUntil(lambda: context.tasks.is_idle)
    assert again._card.view() is View.YEARS
    assert row_text(table_of(again, "years-table"), "registrations/persons")[3] == "1"
