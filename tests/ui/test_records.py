from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot
from tests.ui.conftest import RecordingShell, person_draft, registration_draft, wear

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.lists import Filter, ListQuery, count, read_columns
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import counted_cells
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.records.model import PAGE_ROWS
from avrr_desktop.ui.records.page import RecordsPage
from avrr_desktop.ui.records.popups import CheckPopup, DatesPopup
from avrr_desktop.ui.routes import CasePage, FormOf, PersonPage, RecordsOf
from avrr_desktop.ui.theme.tokens import Scheme
from avrr_desktop.ui.widgets.chips import Chip

MANY = 1_050
NAMES = ("KONÉ", "DIALLO", "BAH", "ÉBOUÉ", "TRAORÉ")
COUNTRIES = ("CI", "GN", "ML")


def person_id(place: int) -> str:
    return f"{place:032x}"


@pytest.fixture
def some(register: Register, records: Records, actor: Actor) -> Register:
    """Six persons with a registration and an assistance each."""
    drafts: list[Draft] = []
    for place in range(6):
        names = {"family_name": NAMES[place % 5], "given_name": f"N{place}"}
        drafts.append(person_draft(person_id(place), nationality=COUNTRIES[place % 3], **names))
        drafts.append(registration_draft(person_id(place), registered_on=date(2023, 2, 14 + place)))
        given = {"given_on": date(2023, 3, 1 + place), "kind": "voucher", "office": "RBA"}
        amount = {"amount": 60_050, "currency": "MAD"}
        drafts.append(
            Draft("direct_assistance", {"person_id": person_id(place), **given, **amount})
        )
    records.save(actor, *drafts)
    return register


@pytest.fixture
def many(register: Register, records: Records, actor: Actor) -> Register:
    """More persons than five pages hold."""
    drafts = [
        person_draft(person_id(n), family_name=f"NOM{n:04d}", consent=()) for n in range(MANY)
    ]
    records.save(actor, *drafts, confirm_all="test")
    return register


Opener = Callable[[RecordsOf], RecordsPage]


@pytest.fixture
def open_list(qtbot: QtBot, context: Context) -> Opener:
    def opened(route: RecordsOf) -> RecordsPage:
        page = RecordsPage(context, route)
        qtbot.addWidget(page)
        page.resize(1200, 700)
        with qtbot.waitSignal(page.list.completed):
            page.show()
        qtbot.waitUntil(page.isActiveWindow)  # a late activation closes popups
        return page

    return opened


def column_texts(page: RecordsPage, key: str) -> list[str]:
    keys = [column.key for column in page.list.model.columns]
    model, place = page.list.model, keys.index(key)
    return [str(model.index(row, place).data()) for row in range(model.rowCount())]


def section_of(page: RecordsPage, key: str) -> int:
    return [column.key for column in page.list.model.columns].index(key)


def click_head(qtbot: QtBot, page: RecordsPage, key: str) -> None:
    head = page.list.table.horizontalHeader()
    x = head.sectionViewportPosition(section_of(page, key)) + 6
    with qtbot.waitSignal(page.list.completed):
        QTest.mouseClick(
            head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, head.height() // 2)
        )


def test_list_shows_its_rows_and_their_count(some: Register, open_list: Opener) -> None:
    page = open_list(RecordsOf("person"))
    assert column_texts(page, "name")[0] == "BAH N2"
    count_chip = page.findChild(Chip, "list-count")
    assert count_chip is not None
    assert count_chip.text() == "6"


def test_head_click_sorts_then_turns(some: Register, open_list: Opener, qtbot: QtBot) -> None:
    page = open_list(RecordsOf("registration"))
    click_head(qtbot, page, "registered_on")
    first = column_texts(page, "name")[0]
    click_head(qtbot, page, "registered_on")
    assert column_texts(page, "name")[-1] == first
    click_head(qtbot, page, "name")
    assert column_texts(page, "name")[0].startswith("BAH")


def test_keyboard_sorts_too(some: Register, open_list: Opener, qtbot: QtBot) -> None:
    page = open_list(RecordsOf("person"))
    with qtbot.waitSignal(page.list.completed):
        QTest.keyClick(page.list.table, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert column_texts(page, "name")[0].startswith("TRAORÉ")


def test_ticking_a_filter_narrows_the_list(some: Register, open_list: Opener, qtbot: QtBot) -> None:
    page = open_list(RecordsOf("person"))
    chip = page.list.filters._by_name["nationality"]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    popup = page.findChild(CheckPopup, "check-popup")
    assert isinstance(popup, CheckPopup)
    QTest.keyClicks(popup.search, "cote d ivoire")
    with qtbot.waitSignal(page.list.completed):
        QTest.keyClick(popup.search, Qt.Key.Key_Return)
    popup.close()
    assert page.list.query().filters == (Filter("nationality", ("CI",)),)
    assert page.list.model.rowCount() == 2
    in_force = page.list.filters._by_name["nationality"]
    with qtbot.waitSignal(page.list.completed):
        QTest.keyClick(in_force, Qt.Key.Key_Delete)
    assert page.list.model.rowCount() == 6


def test_dates_filter_by_a_period(some: Register, open_list: Opener, qtbot: QtBot) -> None:
    page = open_list(RecordsOf("registration"))
    chip = page.list.filters._by_name["registered_on"]
    chip.click()
    popup = page.findChild(DatesPopup, "dates-popup")
    assert isinstance(popup, DatesPopup)
    popup.first.set_value(date(2023, 2, 18))
    with qtbot.waitSignal(page.list.completed):
        QTest.keyClick(popup.first.focus_widget(), Qt.Key.Key_Return)
    assert page.list.model.rowCount() == 2


def test_route_presets_filters(some: Register, open_list: Opener) -> None:
    filters = (("nationality", "CI"), ("nationality", "GN"), ("registered_on", "2023-S1"))
    page = open_list(RecordsOf("registration", filters))
    assert page.list.model.rowCount() == 4


def test_typing_searches_after_a_pause(some: Register, open_list: Opener, qtbot: QtBot) -> None:
    page = open_list(RecordsOf("registration"))
    with qtbot.waitSignal(page.list.completed):
        QTest.keyClicks(page.list.filters.search, "diallo")
    assert column_texts(page, "name") == ["DIALLO N1"]


def test_scrolling_a_thousand_rows_leaves_none_blank(many: Register, open_list: Opener) -> None:
    page = open_list(RecordsOf("person"))
    model = page.list.model
    assert model.rowCount() == MANY > 5 * PAGE_ROWS
    page.list.table.go_to(MANY - 1)
    assert model.index(MANY - 1, 0).data() == f"NOM{MANY - 1:04d} Aïcha"
    assert all(str(model.index(row, 0).data()) for row in range(0, MANY, 37))


def test_copy_is_clean_tabbed_text(some: Register, open_list: Opener, qtbot: QtBot) -> None:
    page = open_list(RecordsOf("direct_assistance"))
    page.list.table.setFocus()
    QTest.keyClick(page.list.table, Qt.Key.Key_Space)
    QTest.keyClick(page.list.table, Qt.Key.Key_Down)
    QTest.keyClick(page.list.table, Qt.Key.Key_Space)
    QTest.keyClick(page.list.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, *lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 2
    assert {line.count("\t") for line in (head, *lines)} == {len(page.list.model.columns) - 1}
    cells = dict(zip(head.split("\t"), lines[0].split("\t"), strict=True))
    assert cells["Montant"] == "600,50"
    assert "\u2066" not in lines[0]


def test_arrows_move_without_losing_the_ticks(
    some: Register, open_list: Opener, qtbot: QtBot
) -> None:
    page = open_list(RecordsOf("person"))
    table = page.list.table
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_End)
    assert table.selected_rows() == [0]
    assert table.currentIndex().row() == 5
    page.footer.deselected.emit()
    assert table.selected_rows() == []


def test_click_on_the_box_ticks_and_elsewhere_moves(
    some: Register, open_list: Opener, qtbot: QtBot
) -> None:
    page = open_list(RecordsOf("person"))
    table = page.list.table
    cell = table.visualRect(page.list.model.index(2, 0))
    button = Qt.MouseButton.LeftButton
    box = QPoint(cell.left() + 12, cell.center().y())
    QTest.mouseClick(table.viewport(), button, pos=box)
    assert table.selected_rows() == [2]
    QTest.mouseClick(
        table.viewport(), button, pos=table.visualRect(page.list.model.index(4, 0)).center()
    )
    assert (table.selected_rows(), table.currentIndex().row()) == ([2], 4)


def test_enter_opens_the_person_and_f2_the_form(
    some: Register, open_list: Opener, qtbot: QtBot, shell: RecordingShell
) -> None:
    page = open_list(RecordsOf("registration"))
    row = page.list.model.row(0)
    assert row is not None
    QTest.keyClick(page.list.table, Qt.Key.Key_Return)
    QTest.keyClick(page.list.table, Qt.Key.Key_F2)
    assert shell.opened == [PersonPage(row.person_id), FormOf("registration", row.id)]


def test_enter_on_a_case_opens_the_case(
    some: Register, context: Context, open_list: Opener, shell: RecordingShell
) -> None:
    member = {"person_id": person_id(0), "place": "head", "from_on": date(2023, 2, 1)}
    values = {"office": "RBA", "opened_on": date(2023, 2, 1), "membership": (member,)}
    context.records.save(context.actor, Draft("case_file", values, new_id="c" * 32))
    page = open_list(RecordsOf("case_file"))
    assert column_texts(page, "members") == ["\u20661\u2069"]
    QTest.keyClick(page.list.table, Qt.Key.Key_Return)
    assert shell.opened == [CasePage("c" * 32)]


def test_delete_asks_a_reason_then_undo_gives_the_same_numbers(
    some: Register,
    context: Context,
    open_list: Opener,
    qtbot: QtBot,
    shell: RecordingShell,
) -> None:
    def cells() -> object:
        with some.database.reading() as connection:
            today = some.clock.today()
            return counted_cells(connection, some.vocabularies, parse_period("2023-S1"), today)

    before = cells()
    context.period = "2023-S1"
    page = open_list(RecordsOf("person"))
    QTest.keyClick(page.list.table, Qt.Key.Key_Delete)
    assert page.deletion.isVisible()
    assert "2 events" in page.deletion._effect.text()
    assert "\u22121" in page.deletion._effect.text()
    QTest.keyClick(page.deletion.reason, Qt.Key.Key_Return)
    assert shell.done == []
    QTest.keyClicks(page.deletion.reason, "entered twice")
    QTest.keyClick(page.deletion.reason, Qt.Key.Key_Return)
    (changed, _text) = shell.done[0]
    assert not page.deletion.isVisible()
    assert cells() != before
    with qtbot.waitSignal(page.list.completed):
        page.refresh(changed)
    assert page.list.model.rowCount() == 5
    context.records.undo(context.actor)
    assert cells() == before
    with qtbot.waitSignal(page.list.completed):
        page.refresh()
    assert page.list.model.rowCount() == 6


def test_escape_keeps_the_record(some: Register, open_list: Opener, qtbot: QtBot) -> None:
    page = open_list(RecordsOf("person"))
    QTest.keyClick(page.list.table, Qt.Key.Key_Delete)
    QTest.keyClick(page.deletion.reason, Qt.Key.Key_Escape)
    assert not page.deletion.isVisible()
    assert count(some, ListQuery("person")) == 6


def test_refusal_to_delete_is_said(
    some: Register,
    records: Records,
    actor: Actor,
    open_list: Opener,
    shell: RecordingShell,
) -> None:
    values = {"office": "RBA", "opened_on": date(2023, 2, 1)}
    records.save(actor, Draft("case_file", values, new_id="c" * 32))
    records.save(actor, registration_draft(person_id(0), case_id="c" * 32), confirm_all="test")
    page = open_list(RecordsOf("case_file"))
    page.delete()
    assert not page.deletion.isVisible()
    assert len(shell.failed) == 1


def test_columns_are_chosen_and_kept(
    some: Register, actor: Actor, open_list: Opener, qtbot: QtBot
) -> None:
    page = open_list(RecordsOf("person"))
    page.list.choose_columns.click()
    popup = page.findChild(CheckPopup, "check-popup")
    assert isinstance(popup, CheckPopup)
    view = popup.findChild(QListView)
    assert isinstance(view, QListView)
    view.setCurrentIndex(view.model().index(1, 0))
    QTest.keyClick(view, Qt.Key.Key_Space)
    popup.close()
    keys = [column.key for column in page.list.model.columns]
    assert "name_ar" not in keys
    assert read_columns(some, actor, "person") == tuple(keys)


def test_state_comes_back_to_the_same_place(
    some: Register, context: Context, open_list: Opener, qtbot: QtBot
) -> None:
    page = open_list(RecordsOf("registration"))
    click_head(qtbot, page, "name")
    QTest.keyClick(page.list.table, Qt.Key.Key_Space)
    page.list.table.go_to(3)
    state = page.state()
    other = RecordsPage(context, RecordsOf("registration"))
    qtbot.addWidget(other)
    other.show()
    with qtbot.waitSignal(other.list.completed):
        other.set_state(state)
    qtbot.waitUntil(lambda: context.tasks.is_idle)
    assert other.state() == state


def test_empty_list_offers_one_thing_to_do(
    register: Register, open_list: Opener, shell: RecordingShell
) -> None:
    page = open_list(RecordsOf("resettlement"))
    assert page.list.empty.isVisible()
    page.list.empty.button.click()
    assert shell.opened == [FormOf("resettlement")]


def test_filters_without_answer_offer_to_clear_them(
    some: Register, open_list: Opener, qtbot: QtBot
) -> None:
    page = open_list(RecordsOf("registration", (("nationality", "FR"),)))
    assert page.list.empty.isVisible()
    with qtbot.waitSignal(page.list.completed):
        page.list.empty.button.click()
    assert page.list.model.rowCount() == 6


def test_export_writes_the_list_shown(
    some: Register, open_list: Opener, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_list(RecordsOf("registration", (("nationality", "CI"),)))
    target = tmp_path / "list.xlsx"
    page.exporter.write(page.list.query(), target)
    qtbot.waitUntil(page.exported.isVisible, timeout=20_000)
    assert target.is_file()
    assert "2 lines" in page.exported.accessibleName()


@pytest.mark.parametrize("language", list(Language))
def test_every_list_opens_in_every_language(
    some: Register, open_list: Opener, qapp: QApplication, language: Language
) -> None:
    wear(qapp, language, Scheme.DARK)
    for key in ("person", "case_file", "direct_assistance", "return_from_morocco"):
        page = open_list(RecordsOf(key))
        assert not page.grab().isNull()
        page.close()
