from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot
from tests.ui.conftest import CONSENT, RecordingShell, person_draft, registration_draft, wear

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.past import summary_as_of
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import Cells, counted_cells
from avrr_desktop.services.summary.cells import CellKey
from avrr_desktop.ui.figure.page import FigurePage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.records.exporting import Exporter
from avrr_desktop.ui.routes import Bin, CasePage, FigureOf, FormOf, PersonPage, SummaryOf
from avrr_desktop.ui.theme.tokens import Scheme
from avrr_desktop.ui.widgets.breadcrumb import Breadcrumb
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.icon_label import IconMark

RETURNS = CellKey("returns_from_morocco", "persons")
CASE = "c" * 32
PERIOD = "2023-S1"


def person_id(place: int) -> str:
    return f"{place:032x}"


RETURNS_DATES: tuple[dict[str, object], ...] = (
    {"departed_on": date(2023, 5, 24), "country": "CI", "case_id": CASE},
    {"departed_on": date(2023, 6, 24), "country": "GN", "case_id": CASE},
    {"planned_on": date(2023, 6, 28), "country": "ML"},
    {"departed_on": date(2023, 7, 3), "country": "ML"},
    {"planned_on": date(2023, 3, 1), "country": "GN", "exit_kind": "withdrawn"}
    | {"exit_on": date(2023, 2, 25)},
    {"departed_on": date(2023, 4, 1), "country": "CI"},
)


@pytest.fixture
def returns(register: Register, records: Records, actor: Actor) -> Register:
    """Three returns that count in the semester, and one near-miss of each common kind."""
    consent = ({**CONSENT, "representative": "KONÉ Awa"},)
    births = ("07/09/1993", "19/08/2005", "1998", "01/02/1980", None, "12/03/1970")
    members = tuple(
        {"person_id": person_id(n), "place": "head", "from_on": date(2023, 2, 14)} for n in range(2)
    )
    case = {"office": "RBA", "opened_on": date(2023, 2, 14), "membership": members}
    drafts: list[Draft] = []
    for n, birth in enumerate(births):
        names = {"given_name": f"N{n}", "birth_typed": birth, "consent": consent}
        drafts.append(person_draft(person_id(n), **names))
    drafts.append(Draft("case_file", case, new_id=CASE))
    for n, values in enumerate(RETURNS_DATES):
        drafts.append(registration_draft(person_id(n)))
        whose = {"person_id": person_id(n), "office": "RBA"}
        drafts.append(Draft("return_from_morocco", {**whose, **values}, new_id=f"e{n:031x}"))
    again = {"person_id": person_id(0), "office": "RBA", "country": "CI"}
    drafts.append(Draft("return_from_morocco", {**again, "departed_on": date(2023, 6, 25)}))
    for day in (1, 2):
        given = {"kind": "voucher", "office": "RBA", "given_on": date(2023, 3, day)}
        drafts.append(Draft("direct_assistance", {"person_id": person_id(0), **given}))
    records.save(actor, *drafts, confirm_all="test")
    records.delete(actor, "return_from_morocco", f"e{5:031x}", "entered twice")
    return register


Opener = Callable[[FigureOf], FigurePage]


@pytest.fixture
def open_figure(qtbot: QtBot, context: Context, returns: Register) -> Opener:
    def opened(route: FigureOf) -> FigurePage:
        page = FigurePage(context, route)
        qtbot.addWidget(page)
        page.resize(1220, 760)
        page.show()
        qtbot.waitUntil(lambda: context.tasks.is_idle and page.card.near is not None)
        return page

    return opened


def cells_of(register: Register) -> Cells:
    with register.database.reading() as connection:
        lists, today = register.vocabularies, register.clock.today()
        return counted_cells(connection, lists, parse_period(PERIOD), today)


def checks_shown(page: FigurePage, qtbot: QtBot, title: str) -> str:
    qtbot.waitUntil(lambda: page.why.accessibleName().startswith(title))
    return page.why.accessibleName()


def click(page: FigurePage, name: str) -> None:
    button = page.findChild(Button, name)
    assert button is not None
    button.click()


def miss_rows(page: FigurePage) -> list[tuple[str, str, str]]:
    model = page.card.misses
    return [
        (model.name_of(row).given, miss.reason, str(model.index(row, 5).data()))
        for row in range(model.rowCount())
        if (miss := model.miss(row)) is not None
    ]


def test_every_shown_cell_has_as_many_rows_as_its_value(
    returns: Register, open_figure: Opener
) -> None:
    cells = {key: value for key, value in cells_of(returns).items() if key.measure[0] != "_"}
    sample = sorted(cells, key=str)[::6]
    assert len(sample) > 8
    for cell in sample:
        page = open_figure(FigureOf(PERIOD, cell))
        assert page.card.model.rowCount() == cells[cell], cell
        page.close()


def test_title_and_foot_tell_the_figure(open_figure: Opener) -> None:
    page = open_figure(FigureOf(PERIOD, RETURNS))
    assert page.title.text().startswith("2 persons · Retours depuis le Maroc")
    figure = page.card.figure
    assert figure is not None
    assert sum(figure.groups.values()) == 2
    assert "= 2" in page.card._total.text()


def test_rows_show_the_group_and_age_of_the_figure(open_figure: Opener) -> None:
    page = open_figure(FigureOf(PERIOD, RETURNS))
    model = page.card.model
    keys = [column.key for column in model.columns]
    texts = [str(model.index(1, keys.index(key)).data()) for key in ("name", "group", "age")]
    assert texts == ["KONÉ N1", "Girl", "17 years"]


def test_near_misses_are_grouped_by_reason(open_figure: Opener) -> None:
    page = open_figure(FigureOf(PERIOD, RETURNS, not_counted=True))
    assert miss_rows(page) == [
        ("N2", "planned", "Fill in the date"),
        ("N3", "other_period", "See"),
        ("N4", "exited", "See"),
        ("N0", "second_event", "See"),
        ("N5", "deleted", "Open the bin"),
    ]
    assert str(page.card.misses.index(0, 0).data()) == "Planned, not yet done · 1"
    page.card.choose_reason("exited")
    assert [row[1] for row in miss_rows(page)] == ["exited"]


def test_why_counted_lists_what_is_met(open_figure: Opener, qtbot: QtBot) -> None:
    page = open_figure(FigureOf(PERIOD, RETURNS))
    said = checks_shown(page, qtbot, "Why counted?")
    assert "24/05/2023, between 01/01/2023 and 30/06/2023" in said
    assert "Woman: 29 years on 24/05/2023" in said
    assert "Counted once" in said


def test_why_not_names_what_is_missing(open_figure: Opener, qtbot: QtBot) -> None:
    page = open_figure(FigureOf(PERIOD, RETURNS, not_counted=True))
    said = checks_shown(page, qtbot, "Why not?")
    assert "Planned on 28/06/2023" in said
    assert "Not in this figure" in said


def test_enter_opens_the_person_behind_a_line(open_figure: Opener, shell: RecordingShell) -> None:
    page = open_figure(FigureOf(PERIOD, RETURNS))
    QTest.keyClick(page.card.table, Qt.Key.Key_Return)
    assert shell.opened == [PersonPage(person_id(0))]


def test_missing_departure_opens_its_form(open_figure: Opener, shell: RecordingShell) -> None:
    page = open_figure(FigureOf(PERIOD, RETURNS, not_counted=True))
    QTest.keyClick(page.card.near_table, Qt.Key.Key_Return)
    page.card.near_table.selectRow(page.card.misses.rowCount() - 1)
    QTest.keyClick(page.card.near_table, Qt.Key.Key_Return)
    assert shell.opened == [FormOf("return_from_morocco", f"e{2:031x}"), Bin()]


def test_click_on_the_link_is_enough(open_figure: Opener, shell: RecordingShell) -> None:
    page = open_figure(FigureOf(PERIOD, RETURNS, not_counted=True))
    table = page.card.near_table
    for column in (1, 5):
        place = table.visualRect(page.card.misses.index(1, column)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert shell.opened == [FormOf("return_from_morocco", f"e{2:031x}")]


def test_cases_open_their_case(open_figure: Opener, shell: RecordingShell) -> None:
    page = open_figure(FigureOf(PERIOD, CellKey("returns_from_morocco", "cases")))
    QTest.keyClick(page.card.table, Qt.Key.Key_Return)
    assert shell.opened == [CasePage(CASE)]


def test_zero_explains_itself_and_leads_to_the_near_misses(open_figure: Opener) -> None:
    cell = CellKey("returns_from_morocco", "persons_by_country", "ML")
    page = open_figure(FigureOf(PERIOD, cell))
    assert page.card.empty.isVisible()
    page.card.empty.button.click()
    assert not page.card.is_counted
    assert page.card.near_table.isVisible()
    model = page.card.near_table.model()
    assert model is not None
    assert model.rowCount() == 4  # of that country alone: two reasons, one return each


def test_breadcrumb_leads_back(open_figure: Opener, shell: RecordingShell) -> None:
    cell = CellKey("returns_from_morocco", "persons_by_country", "CI", "women")
    page = open_figure(FigureOf(PERIOD, cell))
    crumbs = page.findChild(Breadcrumb, "breadcrumb")
    assert crumbs is not None
    for rank in range(3):
        crumbs.chosen.emit(rank)
    assert shell.opened == [
        SummaryOf(PERIOD),
        FigureOf(PERIOD, RETURNS),
        FigureOf(PERIOD, cell._replace(group="total")),
    ]


def test_save_elsewhere_refreshes_the_list(
    open_figure: Opener, context: Context, qtbot: QtBot
) -> None:
    page = open_figure(FigureOf(PERIOD, RETURNS))
    done = Draft("return_from_morocco", {"departed_on": date(2023, 6, 28)}, id=f"e{2:031x}")
    changed = context.records.save(context.actor, done, confirm_all="test")
    page.refresh(changed)
    qtbot.waitUntil(lambda: context.tasks.is_idle)
    assert page.card.model.rowCount() == 3


def test_head_click_sorts_by_what_is_known(open_figure: Opener) -> None:
    page = open_figure(FigureOf(PERIOD, RETURNS))
    keys = [column.key for column in page.card.model.columns]
    page.card.table.sort_requested.emit(keys.index("age"))
    first = page.card.model.behind(0)
    assert first is not None
    assert first.lowest_age == 17
    page.card.table.sort_requested.emit(keys.index("city"))
    assert page.card.model.behind(0) == first


def test_copy_takes_the_ticked_lines(open_figure: Opener) -> None:
    page = open_figure(FigureOf(PERIOD, RETURNS))
    QTest.keyClick(page.card.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.card.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(QGuiApplication.clipboard().text().split("\n")) == 3


def test_export_writes_the_events_behind(
    open_figure: Opener,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = open_figure(FigureOf(PERIOD, RETURNS))
    target = tmp_path / "figure.xlsx"
    monkeypatch.setattr(Exporter, "ask", lambda self, query: self.write(query, target))
    click(page, "export-list")
    qtbot.waitUntil(page.exported.isVisible, timeout=20_000)
    assert "3 lines" in page.exported.accessibleName()


def test_narrow_page_folds_the_panel(open_figure: Opener) -> None:
    page = open_figure(FigureOf(PERIOD, RETURNS))
    assert page.why.isVisible()
    page.resize(880, 600)
    assert not page.why.isVisible()
    QTest.keyClick(page, Qt.Key.Key_F9)
    assert page.why.isVisible()


def test_state_comes_back(open_figure: Opener, context: Context, qtbot: QtBot) -> None:
    page = open_figure(FigureOf(PERIOD, RETURNS, not_counted=True))
    page.card.choose_reason("exited")
    other = open_figure(FigureOf(PERIOD, RETURNS))
    other.set_state(page.state())
    other.refresh()
    qtbot.waitUntil(lambda: context.tasks.is_idle)
    assert other.state() == page.state()


def test_page_holds_in_every_language(open_figure: Opener, qapp: QApplication) -> None:
    for language in Language:
        wear(qapp, language, Scheme.DARK)
        for cell in (RETURNS, CellKey("cohort", "persons_departed")):
            page = open_figure(FigureOf(PERIOD, cell, not_counted=True))
            assert not page.grab().isNull()
            page.close()


@pytest.fixture
def changed_since(returns: Register, records: Records, actor: Actor, clock: FixedClock) -> datetime:
    """A moment after which one return was deleted and one person renamed."""
    moment = clock.instant
    clock.instant += timedelta(days=2)
    records.delete(actor, "return_from_morocco", f"e{1:031x}", "entered twice")
    renamed = Draft("person", {"family_name": "SANOGO"}, id=person_id(0))
    records.save(actor, renamed, confirm_all="test")
    return moment


def names_shown(page: FigurePage) -> set[str]:
    places = range(page.card.model.rowCount())
    found = [page.card.model.row(place) for place in places]
    return {row.values["name"].latin for row in found if row}  # type: ignore[attr-defined]


def test_list_of_a_past_figure_is_as_it_was_then(
    open_figure: Opener, changed_since: datetime, qtbot: QtBot, context: Context
) -> None:
    now = open_figure(FigureOf(PERIOD, RETURNS))
    then = open_figure(FigureOf(PERIOD, RETURNS, known_at=changed_since))
    assert then.card.model.rowCount() == now.card.model.rowCount() + 1
    assert any("SANOGO" in name for name in names_shown(now))
    assert not any("SANOGO" in name for name in names_shown(then))
    summary = summary_as_of(context.register, parse_period(PERIOD), changed_since)
    assert then.card.model.rowCount() == summary.value(*RETURNS)
    assert f"{changed_since.astimezone():%d/%m/%Y}" in then.past.label.text()
    assert not now.past.isVisible()


def test_list_of_a_past_figure_can_only_be_read(
    open_figure: Opener, changed_since: datetime, qtbot: QtBot, shell: RecordingShell
) -> None:
    page = open_figure(FigureOf(PERIOD, RETURNS, known_at=changed_since))
    page.card.table.setFocus()
    QTest.keyClick(page.card.table, Qt.Key.Key_Return)
    assert shell.opened == []
    assert not page.export.isVisible()
    # Conditions are those of that moment: the deleted return counted.
    place = next(p for p in range(3) if page.card.model.behind(p).person_id == person_id(1))  # type: ignore[union-attr]
    page.card.table.go_to(place)
    qtbot.waitUntil(lambda: bool(page.why.findChildren(IconMark)))
    assert not page.why.open.isVisible()
    tab = page.card.tabs.findChildren(QAbstractButton)[1]
    QTest.mouseClick(tab, Qt.MouseButton.LeftButton)
    assert page.card.misses.rowCount() > 1
    texts = [page.card.misses.action_text(m) for r in range(9) if (m := page.card.misses.miss(r))]
    assert set(texts) == {""}
    assert {page.card.misses.name_of(r).latin for r in range(9) if page.card.misses.miss(r)}


def test_way_back_from_a_past_figure_leads_to_its_moment(
    open_figure: Opener, changed_since: datetime, shell: RecordingShell
) -> None:
    page = open_figure(FigureOf(PERIOD, RETURNS._replace(group="women"), known_at=changed_since))
    crumbs = page.findChild(Breadcrumb)
    assert crumbs is not None
    crumbs.chosen.emit(0)
    crumbs.chosen.emit(1)
    assert shell.opened == [
        SummaryOf(PERIOD, changed_since),
        FigureOf(PERIOD, RETURNS, known_at=changed_since),
    ]
