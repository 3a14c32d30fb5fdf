from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.conftest import person_draft, registration_draft
from tests.ui.windows import shown_window

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.actors import Actor
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.ui.routes import ChecksOf, FormOf, NewRegistration, PersonPage, Route
from avrr_desktop.ui.shell.main_window import MainWindow
from avrr_desktop.ui.shell.palette import SearchPalette
from avrr_desktop.ui.shell.palette_rows import PaletteRow
from avrr_desktop.ui.shell.top_bar import SearchField
from avrr_desktop.ui.tasks import Tasks

AICHA, AISSATOU = "a" * 32, "b" * 32
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def people(records: Records, actor: Actor) -> None:
    records.save(
        actor,
        person_draft(AICHA, phone=({"number": "+212 661 234 567"},)),
        registration_draft(AICHA),
        person_draft(AISSATOU, given_name="Aïssatou", given_name_ar="عيساتو"),
    )


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, register: Register, tasks: Tasks, people: None
) -> Iterator[MainWindow]:
    made = shown_window(qapp, register, tasks, qtbot)
    qtbot.addWidget(made)
    yield made
    made.overlays.close()
    made.close()
    qtbot.waitUntil(lambda: tasks.is_idle)


@pytest.fixture
def opened(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[Route]:
    """Where the palette led, instead of going there."""
    routes: list[Route] = []
    monkeypatch.setattr(window.overlays, "_go", routes.append)
    return routes


def palette_of(window: MainWindow) -> SearchPalette:
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_K, CONTROL)
    palette = window.overlays.palette
    assert palette is not None
    return palette


def look_for(window: MainWindow, qtbot: QtBot, typed: str) -> SearchPalette:
    palette = palette_of(window)
    with qtbot.waitSignal(palette.found):
        palette.input.setText(typed)
    return palette


def persons(palette: SearchPalette) -> list[PaletteRow]:
    return [row for row in palette.rows() if row.person_id]


@pytest.mark.parametrize("typed", ["kone aicha", "عائشة", "4567"])
def test_one_box_finds_a_person_first(window: MainWindow, qtbot: QtBot, typed: str) -> None:
    assert persons(look_for(window, qtbot, typed))[0].person_id == AICHA


def test_person_is_shown_with_what_was_matched(window: MainWindow, qtbot: QtBot) -> None:
    row = persons(look_for(window, qtbot, "kone aicha"))[0]
    assert (row.title, row.other) == ("KONÉ Aïcha", "عائشة كوني")
    assert [row.title[start:end] for start, end in row.title_spans] == ["KONÉ", "Aïcha"]
    assert row.second.startswith("29 years old · Côte d’Ivoire · ")
    assert row.chips == ("Both names",)


def test_enter_opens_the_person(window: MainWindow, opened: list[Route], qtbot: QtBot) -> None:
    palette = look_for(window, qtbot, "kone")
    first, second = persons(palette)
    QTest.keyClick(palette.input, Qt.Key.Key_Down)
    QTest.keyClick(palette.input, Qt.Key.Key_Return)
    assert opened == [PersonPage(second.person_id)]
    assert first.person_id != second.person_id
    assert not window.overlays.is_open


def test_click_opens_the_person(window: MainWindow, opened: list[Route], qtbot: QtBot) -> None:
    palette = look_for(window, qtbot, "kone aicha")
    view = palette.panel.findChild(type(palette._list), "palette-list")
    assert view is not None
    place = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [PersonPage(AICHA)]


def test_control_enter_offers_the_activities(
    window: MainWindow, opened: list[Route], qtbot: QtBot
) -> None:
    palette = look_for(window, qtbot, "kone aicha")
    QTest.keyClick(palette.input, Qt.Key.Key_Return, CONTROL)
    offered = [row for row in palette.rows() if row.is_choice]
    assert len(offered) == len(ACTIVITIES)
    QTest.keyClick(palette.input, Qt.Key.Key_Return)
    assert opened == [FormOf(ACTIVITIES[0].key, person_ids=(AICHA,))]


def test_nobody_found_offers_to_create_with_what_was_typed(
    window: MainWindow, opened: list[Route], qtbot: QtBot
) -> None:
    palette = look_for(window, qtbot, "traore issa")
    assert persons(palette) == []
    QTest.keyClick(palette.input, Qt.Key.Key_Return)
    names = (("family_name", "TRAORE"), ("given_name", "Issa"))
    assert opened == [NewRegistration(names)]


def test_control_n_creates_with_what_was_typed(
    window: MainWindow, opened: list[Route], qtbot: QtBot
) -> None:
    palette = look_for(window, qtbot, "kone awa")
    QTest.keyClick(palette.input, Qt.Key.Key_N, CONTROL)
    assert opened == [NewRegistration((("family_name", "KONE"), ("given_name", "Awa")))]


def test_escape_closes_and_gives_the_focus_back(window: MainWindow, qtbot: QtBot) -> None:
    before = QApplication.focusWidget()
    palette = palette_of(window)
    QTest.keyClick(palette.input, Qt.Key.Key_Escape)
    assert not window.overlays.is_open
    assert QApplication.focusWidget() is before


def test_letter_typed_on_the_field_opens_the_palette_with_it(window: MainWindow) -> None:
    field = window.findChild(SearchField)
    assert field is not None
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_K)
    palette = window.overlays.palette
    assert palette is not None
    assert palette.input.text() == "k"


def test_click_beside_the_palette_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    palette = palette_of(window)
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomRight())
    assert not window.overlays.is_open


def test_answer_to_what_was_typed_before_is_dropped(window: MainWindow, qtbot: QtBot) -> None:
    palette = palette_of(window)
    palette.input.setText("kone aicha")
    palette._look()
    palette.input.setText("traore")
    with qtbot.waitSignal(palette.found):
        palette._look()
    assert persons(palette) == []


def test_emptied_box_shows_nothing(window: MainWindow, qtbot: QtBot) -> None:
    palette = look_for(window, qtbot, "kone")
    palette.input.clear()
    qtbot.waitUntil(lambda: palette.rows() == [])


def test_a_page_is_gone_to_by_the_beginning_of_its_name(
    window: MainWindow, opened: list[Route], qtbot: QtBot
) -> None:
    palette = look_for(window, qtbot, "chec")
    assert next(row.route for row in palette.rows() if row.is_choice) == ChecksOf()
    QTest.keyClick(palette.input, Qt.Key.Key_Return)
    assert opened == [ChecksOf()]
