from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import person_draft
from tests.ui.windows import shown_window

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.labels import Language
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.ui.routes import About, Help, Settings, Today
from avrr_desktop.ui.settings.page import SettingsPage
from avrr_desktop.ui.shell.desk import Desk
from avrr_desktop.ui.shell.leave import LeaveDialog
from avrr_desktop.ui.shell.main_window import MainWindow
from avrr_desktop.ui.shell.navigation import Navigation
from avrr_desktop.ui.shell.news import News
from avrr_desktop.ui.shell.ribbon import Ribbon
from avrr_desktop.ui.shell.status_bar import StatusBar
from avrr_desktop.ui.tasks import Tasks
from avrr_desktop.ui.theme.current import current
from avrr_desktop.ui.theme.tokens import Scheme
from avrr_desktop.ui.today.page import TodayPage
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.navigation import NavItem

Part = TypeVar("Part", bound=QWidget)
NOTHING = Changed(0, (), frozenset(), frozenset())


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, register: Register, tasks: Tasks
) -> Iterator[MainWindow]:
    """The main window on today's page, shown."""
    made = shown_window(qapp, register, tasks, qtbot)
    qtbot.addWidget(made)
    yield made
    made.close()
    qtbot.waitUntil(lambda: tasks.is_idle)


def part(window: MainWindow, kind: type[Part], name: str = "") -> Part:
    """A widget of the window as it is built now."""
    found = frame_of(window).findChildren(kind)
    return next(widget for widget in found if not name or widget.objectName() == name)


def frame_of(window: MainWindow) -> QWidget:
    frame = window.centralWidget()
    assert frame is not None
    return frame


def press(window: MainWindow, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    target = QApplication.focusWidget() or window
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(target, key, held)


CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_demonstration_bears_its_ribbon(window: MainWindow) -> None:
    assert "Demonstration" in part(window, Ribbon).accessibleName()


def test_navigation_goes_to_a_place_and_marks_it(window: MainWindow, qtbot: QtBot) -> None:
    item = part(window, NavItem, "nav-settings")
    QTest.mouseClick(item, Qt.MouseButton.LeftButton)
    assert isinstance(window.page, SettingsPage)
    assert item.isChecked()
    assert not part(window, NavItem, "nav-today").isChecked()


def test_page_that_may_not_be_left_keeps_its_mark(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.page is not None
    monkeypatch.setattr(window.page, "may_leave", lambda: False)
    QTest.mouseClick(part(window, NavItem, "nav-settings"), Qt.MouseButton.LeftButton)
    assert isinstance(window.page, TodayPage)
    assert part(window, NavItem, "nav-today").isChecked()
    assert not part(window, NavItem, "nav-settings").isChecked()
    monkeypatch.undo()


@pytest.mark.parametrize("keys", [(Qt.Key.Key_BracketLeft, CONTROL), (Qt.Key.Key_Escape,)])
def test_back_returns_to_the_page_as_it_was_left(
    window: MainWindow, keys: tuple[Qt.Key, Qt.KeyboardModifier]
) -> None:
    window.open(Settings("lists"))
    page = window.page
    assert isinstance(page, SettingsPage)
    page.tabs.set_index(0)
    window.open(About())
    press(window, *keys)
    assert isinstance(window.page, SettingsPage)
    assert window.page.tabs.index() == 0


def test_help_opens_with_f1(window: MainWindow) -> None:
    press(window, Qt.Key.Key_F1)
    assert window.page is not None
    assert isinstance(window.page.route, Help)


def test_new_record_is_primary_only_where_the_page_has_no_button_of_its_own(
    window: MainWindow,
) -> None:
    assert part(window, Button, "button-new").variant() is Variant.PRIMARY
    window.open(Settings())
    assert part(window, Button, "button-new").variant() is Variant.SECONDARY


def test_saved_is_said_in_the_status_bar(window: MainWindow) -> None:
    window.say_saved(NOTHING)
    said = part(window, StatusBar).saved
    assert said.isVisible()
    assert said.accessibleName().startswith("Saved at ")


def test_deletion_is_undone_with_control_z(
    window: MainWindow, register: Register, records: Records, actor: Actor, qtbot: QtBot
) -> None:
    records.save(actor, person_draft())
    window.say_done(records.delete(actor, "person", "a" * 32, "essai"), "Personne supprimée.")
    assert part(window, News).text() == "Personne supprimée."
    with qtbot.waitSignal(window.context.changes.happened):
        press(window, Qt.Key.Key_Z, CONTROL)
    assert not records.read("person", "a" * 32).is_deleted
    assert part(window, News).text() == "Deletion undone: Personne (\u2066KONÉ Aïcha\u2069)."


def test_nothing_to_undo_is_said(window: MainWindow) -> None:
    press(window, Qt.Key.Key_Z, CONTROL)
    assert part(window, News).text() == "There is nothing to undo."


def test_news_outlives_the_return_of_the_page_that_said_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.open(About())
    window.say_done(NOTHING, "Personne supprimée.")
    window.back()
    assert part(window, News).text() == "Personne supprimée."
    QApplication.processEvents()
    window.open(About())
    assert part(window, News).text() == ""


def test_failure_offers_to_try_again(window: MainWindow, qtbot: QtBot) -> None:
    tries: list[int] = []
    window.say_failed("Le disque est plein.", lambda: tries.append(1))
    retry = part(window, Button, "inline-bar-action")
    QTest.mouseClick(retry, Qt.MouseButton.LeftButton)
    assert tries == [1]


def test_counts_follow_a_save(
    window: MainWindow, records: Records, actor: Actor, qtbot: QtBot
) -> None:
    window.say_saved(records.save(actor, person_draft()))
    qtbot.waitUntil(lambda: _persons(window) == "1 person")


def _persons(window: MainWindow) -> str:
    shown = part(window, StatusBar).findChild(QWidget, "status-persons")
    return shown.accessibleName() if isinstance(shown, QWidget) else ""


def test_f6_goes_round_the_regions(window: MainWindow) -> None:
    visited = []
    for _ in range(5):
        press(window, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        assert focused is not None
        visited.append(focused.objectName())
    assert {"search-field", "nav-today", "status-language"} <= set(visited)
    press(window, Qt.Key.Key_F6, SHIFT)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == visited[-2]


def test_narrow_window_folds_the_navigation_into_a_drawer(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1000, 640)
    qtbot.waitUntil(lambda: not part(window, Navigation).isVisible())
    press(window, Qt.Key.Key_F10)
    assert part(window, Navigation).isVisible()
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not part(window, Navigation).isVisible())
    assert isinstance(window.page, TodayPage)


def test_place_chosen_in_the_drawer_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1000, 640)
    qtbot.waitUntil(lambda: part(window, Button, "button-menu").isVisible())
    QTest.mouseClick(part(window, Button, "button-menu"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(part(window, NavItem, "nav-settings"), Qt.MouseButton.LeftButton)
    assert isinstance(window.page, SettingsPage)
    qtbot.waitUntil(lambda: not part(window, Navigation).isVisible())
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: part(window, Navigation).isVisible())


def test_smallest_window_is_the_one_of_the_design(window: MainWindow) -> None:
    assert window.minimumSize() in {QSize(1000, 640), window.screen().availableSize()} or (
        window.minimumWidth() <= 1000 and window.minimumHeight() <= 640
    )


@pytest.mark.parametrize("language", [Language.AR, Language.EN])
def test_language_is_switched_with_what_is_typed_and_the_focus(
    window: MainWindow, qapp: QApplication, qtbot: QtBot, language: Language
) -> None:
    window.open(Settings("general"))
    field = part(window, QLineEdit, "user_name")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "Salma Idrissi")
    part(window, StatusBar).language_chosen.emit(language)
    assert current().language is language
    assert (qapp.layoutDirection() == Qt.LayoutDirection.RightToLeft) is language.is_rtl
    again = part(window, QLineEdit, "user_name")
    assert again is not field
    assert again.text() == "Salma Idrissi"
    assert QApplication.focusWidget() is again
    assert Desk(window.context.register.paths.settings).language is language
    again.setText(window.context.actor.name)


def test_what_was_said_outlives_a_switch_of_language(window: MainWindow) -> None:
    window.say_done(NOTHING, "Personne supprimée.")
    part(window, StatusBar).language_chosen.emit(Language.EN)
    assert part(window, News).text() == "Personne supprimée."
    assert not part(window, StatusBar).saved.isHidden()


def test_status_speaks_the_language_of_the_screen_alone(window: MainWindow) -> None:
    part(window, StatusBar).language_chosen.emit(Language.FR)
    window.say_saved(NOTHING, "2023-S1 est figé")
    part(window, StatusBar).language_chosen.emit(Language.EN)
    bar = part(window, StatusBar)
    assert not bar.saved.isHidden()
    assert "figé" not in bar.saved.accessibleName()
    assert "Saved at" in bar.saved.accessibleName()


def test_context_menus_of_qt_speak_the_language(window: MainWindow, qapp: QApplication) -> None:
    part(window, StatusBar).language_chosen.emit(Language.FR)
    assert qapp.translate("QWidgetTextControl", "&Copy") == "Cop&ier"
    part(window, StatusBar).language_chosen.emit(Language.EN)
    assert qapp.translate("QWidgetTextControl", "&Copy") == "&Copy"


def test_window_is_found_again_as_it_was_left(
    qtbot: QtBot, qapp: QApplication, register: Register, tasks: Tasks
) -> None:
    desk = Desk(register.paths.settings)
    desk.scheme, desk.text_percent = Scheme.DARK, 125
    first = MainWindow(qapp, register, tasks)
    qtbot.addWidget(first)
    assert (current().scheme, current().text_percent) == (Scheme.DARK, 125)
    first.start(Today())
    first.resize(1200, 700)
    first.show()
    first.close()
    second = MainWindow(qapp, register, tasks)
    qtbot.addWidget(second)
    assert second.height() == 700  # the test's screen is less wide than that window
    desk.text_percent = 100
    second.build_anew()


def test_shortcut_sheet_opens_and_closes(window: MainWindow) -> None:
    press(window, Qt.Key.Key_Slash, CONTROL)
    assert window.overlays.is_open
    press(window, Qt.Key.Key_Escape)
    assert not window.overlays.is_open


def test_question_before_leaving_keeps_by_default(window: MainWindow, qtbot: QtBot) -> None:
    dialog = LeaveDialog(window)
    dialog.show()
    keep, discard = (
        dialog.findChild(Button, "leave-keep"),
        dialog.findChild(Button, "leave-discard"),
    )
    assert isinstance(keep, Button)
    assert isinstance(discard, Button)
    assert keep.isDefault()
    assert discard.variant() is Variant.DANGER
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == LeaveDialog.DialogCode.Rejected


def test_every_control_of_the_frame_has_a_name(window: MainWindow) -> None:
    nameless = [
        type(widget).__name__
        for widget in frame_of(window).findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() and widget.objectName())
    ]
    assert nameless == []
