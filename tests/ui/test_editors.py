"""Editors of field kinds, and the reading of typed dates, numbers and terms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from PySide6.QtCore import QCoreApplication, QDate, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCalendarWidget,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.ui.test_theme import RESOURCES

from avrr_desktop.core.labels import Language
from avrr_desktop.ui.editors.base import Editor, EditorState
from avrr_desktop.ui.editors.birth import BirthEditor
from avrr_desktop.ui.editors.day import DateEditor, problem_sentence
from avrr_desktop.ui.editors.long_text import LongTextEditor
from avrr_desktop.ui.editors.numbers import AmountEditor, IntegerEditor
from avrr_desktop.ui.editors.term import TermEditor
from avrr_desktop.ui.editors.term_popup import TermPopup
from avrr_desktop.ui.editors.term_search import matching, next_match
from avrr_desktop.ui.editors.terms import TermsEditor
from avrr_desktop.ui.editors.text import TextEditor
from avrr_desktop.ui.editors.tick import TickEditor
from avrr_desktop.ui.editors.typed_dates import DateProblem, TypedDateError, moved, read_date
from avrr_desktop.ui.editors.typed_numbers import read_integer, read_minor_units
from avrr_desktop.ui.editors.yes_no import ChoiceEditor, YesNoEditor
from avrr_desktop.ui.theme.apply import apply_theme
from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.tokens import Scheme
from avrr_desktop.ui.widgets.text import Text

TODAY = date(2023, 7, 5)
COUNTRIES = (
    ("GIN", "Guinée"),
    ("GNB", "Guinée-Bissau"),
    ("CIV", "Côte d’Ivoire"),
    ("SEN", "Sénégal"),
)
MANY = tuple((f"C{rank}", f"{label} {rank}") for rank in range(5) for _code, label in COUNTRIES)
# pytest-qt keeps weak references only.
PAGES: list[QWidget] = []
LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, Scheme.LIGHT, Language.FR, RESOURCES)
    yield
    PAGES.clear()
    # Deleted now: the next theme would dress them all again.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    apply_theme(qapp, Scheme.LIGHT, Language.FR, RESOURCES)


def show(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    PAGES.append(page)
    column = QVBoxLayout(page)
    for widget in widgets:
        column.addWidget(widget)
    page.resize(480, 320)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.grab()
    return page


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert isinstance(widget, QWidget)
    return widget


def day_editor(qtbot: QtBot, *, future: bool = False) -> DateEditor:
    editor = DateEditor("departed", "Date de départ", today=lambda: TODAY, future=future)
    show(qtbot, editor)
    editor.setFocus()
    return editor


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", None),
        ("  ", None),
        ("120394", date(1994, 3, 12)),
        ("12031994", date(1994, 3, 12)),
        ("12/03/94", date(1994, 3, 12)),
        ("12/03/1994", date(1994, 3, 12)),
        ("12.3.1994", date(1994, 3, 12)),
        ("12-3-94", date(1994, 3, 12)),
        ("1 2 2023", date(2023, 2, 1)),
        ("1994-03-12", date(1994, 3, 12)),
        ("١٢/٠٣/١٩٩٤", date(1994, 3, 12)),
        ("\u206612/03/1994\u2069", date(1994, 3, 12)),
        ("j", TODAY),
        ("T", TODAY),
        ("ي", TODAY),
        ("050723", TODAY),
        ("060723", date(1923, 7, 6)),
        ("010124", date(1924, 1, 1)),
        ("290224", date(1924, 2, 29)),
    ],
)
def test_typed_date_is_read(typed: str, expected: date | None) -> None:
    assert read_date(typed, TODAY) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("060723", date(2023, 7, 6)),
        ("010143", date(2043, 1, 1)),
        ("010144", date(1944, 1, 1)),
        ("01/01/2050", date(2050, 1, 1)),
    ],
)
def test_short_year_may_point_ahead_where_the_future_is_allowed(typed: str, expected: date) -> None:
    assert read_date(typed, TODAY, future=True) == expected


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("31/02/2023", DateProblem.IMPOSSIBLE),
        ("290223", DateProblem.IMPOSSIBLE),
        ("000000", DateProblem.IMPOSSIBLE),
        ("12/13/1994", DateProblem.IMPOSSIBLE),
        ("hier", DateProblem.UNREADABLE),
        ("12/03", DateProblem.UNREADABLE),
        ("1203", DateProblem.UNREADABLE),
        ("12/03/199", DateProblem.UNREADABLE),
        ("06/07/2023", DateProblem.FUTURE),
    ],
)
def test_typed_date_that_cannot_be_used_says_why(typed: str, problem: DateProblem) -> None:
    with pytest.raises(TypedDateError) as raised:
        read_date(typed, TODAY)
    assert raised.value.problem is problem
    assert problem_sentence(problem)


@pytest.mark.parametrize(
    ("current", "days", "future", "expected"),
    [
        (None, 1, False, TODAY),
        (date(2023, 7, 4), 1, False, TODAY),
        (TODAY, 1, False, TODAY),
        (TODAY, 1, True, date(2023, 7, 6)),
        (date(2023, 3, 1), -1, False, date(2023, 2, 28)),
        (date(1, 1, 1), -1, False, date(1, 1, 1)),
        (date.max, 1, True, date.max),
    ],
)
def test_date_moves_by_a_day_within_what_is_allowed(
    current: date | None, days: int, future: bool, expected: date
) -> None:
    assert moved(current, days, TODAY, future=future) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("", None), ("12", 12), ("1\u202f732", 1732), ("-3", -3), ("٤٢", 42), ("\u22125", -5)],
)
def test_typed_integer_is_read(typed: str, expected: int | None) -> None:
    assert read_integer(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", None),
        ("600", 60000),
        ("9 000", 900000),
        ("9\u202f000,5", 900050),
        ("0.05", 5),
        ("-1,25", -125),
        ("1,250", 125),
    ],
)
def test_typed_amount_is_read_in_hundredths(typed: str, expected: int | None) -> None:
    assert read_minor_units(typed) == expected


@pytest.mark.parametrize("typed", ["dix", "1,234", "1,2,3", "nan", "inf", "-"])
def test_typed_amount_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_minor_units(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("", [0, 1, 2, 3]), ("guinee", [0, 1]), ("BISS", [1]), ("ivoire", [2]), ("zz", [])],
)
def test_terms_are_found_without_accents(typed: str, expected: list[int]) -> None:
    assert matching(COUNTRIES, typed) == expected


def test_arabic_terms_are_found_without_hamza() -> None:
    assert matching((("a", "إعادة الإدماج"), ("b", "مغادرة")), "اعادة") == [0]


def test_same_letter_again_goes_round_the_terms() -> None:
    assert next_match(COUNTRIES, "g", -1) == 0
    assert next_match(COUNTRIES, "gg", 0) == 1
    assert next_match(COUNTRIES, "ggg", 1) == 0
    assert next_match(COUNTRIES, "", 0) is None
    assert next_match(COUNTRIES, "iv", 0) == 2


def every_editor() -> list[Editor]:
    return [
        TextEditor("name", "Nom", max_length=10),
        LongTextEditor("notes", "Remarques"),
        IntegerEditor("count", "Nombre", unit="personnes"),
        AmountEditor("amount", "Montant", unit="MAD"),
        DateEditor("day", "Jour", today=lambda: TODAY),
        BirthEditor("birth", "Naissance"),
        TermEditor("country", "Pays", COUNTRIES),
        TermsEditor("kinds", "Genres", COUNTRIES),
        YesNoEditor("escort", "Escorte"),
        ChoiceEditor("sex", "Sexe", [("m", "Masculin"), ("f", "Féminin")]),
        TickEditor("agreed", "Accord"),
    ]


VALUES: tuple[object, ...] = (
    "Koné",
    "Une ligne\net une autre",
    1732,
    60050,
    date(1994, 3, 12),
    "~16",
    "CIV",
    ("GIN", "SEN"),
    False,
    "f",
    True,
)


@pytest.mark.parametrize("rank", range(len(VALUES)))
def test_editor_gives_back_the_value_it_was_given(qtbot: QtBot, rank: int) -> None:
    editor = every_editor()[rank]
    show(qtbot, editor)
    with qtbot.assertNotEmitted(editor.changed):
        editor.set_value(VALUES[rank])
        assert editor.value() == VALUES[rank]
        editor.set_value(None)
    assert editor.value() in {None, False}
    assert editor.problem() is None


@pytest.mark.parametrize("rank", range(len(VALUES)))
def test_editor_has_names_states_and_goes_on_with_enter(qtbot: QtBot, rank: int) -> None:
    editor = every_editor()[rank]
    show(qtbot, editor)
    inner = editor.focus_widget()
    assert inner.objectName()
    assert inner.accessibleName()
    for state in EditorState:
        editor.set_state(state)
        editor.grab()
        assert editor.state() is state
    editor.set_described("À remplir.")
    assert inner.accessibleDescription() == "À remplir."
    editor.setFocus()
    with qtbot.waitSignal(editor.finished):
        QTest.keyClick(focused(), Key.Key_Return)
    editor.set_read_only(True)
    editor.grab()
    editor.set_read_only(False)


@pytest.mark.parametrize("rank", range(len(VALUES)))
@pytest.mark.parametrize("state", [EditorState.ERROR, EditorState.CONFIRM])
def test_the_focus_is_seen_on_a_field_at_fault(qtbot: QtBot, rank: int, state: EditorState) -> None:
    editor, other = every_editor()[rank], QLineEdit()
    show(qtbot, editor, other)
    editor.set_state(state)
    other.setFocus()
    before = editor.grab().toImage()
    editor.setFocus()
    assert blue(editor.grab().toImage()) > blue(before) + 40


def blue(image: QImage) -> int:
    """How many points have the colour of the focus."""
    wanted = color("accent_text").rgb()
    places = product(range(image.width()), range(image.height()))
    return sum(image.pixel(x, y) == wanted for x, y in places)


def test_a_retired_term_is_said_in_words(qtbot: QtBot) -> None:
    one = TermEditor("country", "Pays", COUNTRIES, word_retired={"YUG": "Yougoslavie"}.__getitem__)
    several = TermsEditor("kinds", "Genres", COUNTRIES, word_retired=str.title)
    show(qtbot, one, several)
    one.set_value("YUG")
    several.set_value(("old",))
    assert one.combo.currentText() == "Yougoslavie"
    assert one.value() == "YUG"
    assert [chip.text() for chip in several.findChildren(QAbstractButton)][-1] == "Old"
    assert several.value() == ("old",)


def test_finished_is_said_once(qtbot: QtBot) -> None:
    for editor in every_editor():
        page = show(qtbot, editor)
        heard: list[str] = []
        editor.finished.connect(lambda heard=heard: heard.append("finished"))
        editor.setFocus()
        QTest.keyClick(focused(), Key.Key_Return)
        assert heard == ["finished"], editor.objectName()
        page.hide()


def test_text_is_trimmed_limited_and_heard(qtbot: QtBot) -> None:
    editor = TextEditor("name", "Nom", max_length=4)
    show(qtbot, editor)
    with qtbot.waitSignal(editor.changed):
        QTest.keyClicks(editor.line, " Kone")
    assert editor.value() == "Kon"


@pytest.mark.parametrize("language", [Language.FR, Language.AR])
def test_latin_field_types_left_to_right_and_starts_with_the_screen(
    qapp: QApplication, qtbot: QtBot, language: Language
) -> None:
    apply_theme(qapp, Scheme.LIGHT, language, RESOURCES)
    editor = TextEditor("passport", "Passeport", script="ltr")
    show(qtbot, editor)
    assert editor.line.layoutDirection() == Qt.LayoutDirection.LeftToRight
    right = bool(editor.line.alignment() & Qt.AlignmentFlag.AlignRight)
    assert right is language.is_rtl


def test_arabic_field_types_right_to_left_on_a_french_screen(qtbot: QtBot) -> None:
    editor = TextEditor("name_ar", "Nom arabe", script="rtl")
    show(qtbot, editor)
    assert editor.line.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert editor.line.alignment() & Qt.AlignmentFlag.AlignRight


@pytest.mark.parametrize("language", [Language.FR, Language.AR])
def test_unit_stands_inside_at_the_end(
    qapp: QApplication, qtbot: QtBot, language: Language
) -> None:
    apply_theme(qapp, Scheme.LIGHT, language, RESOURCES)
    editor = AmountEditor("amount", "Montant", unit="MAD")
    show(qtbot, editor)
    unit = next(child for child in editor.line.findChildren(QWidget) if child.isVisible())
    at_left = unit.geometry().center().x() < editor.line.width() // 2
    assert at_left is language.is_rtl
    editor.set_unit("")
    editor.set_unit("EUR")
    assert unit.isVisible()


def test_long_text_leaves_with_tab_and_breaks_with_shift_enter(qtbot: QtBot) -> None:
    editor, following = LongTextEditor("notes", "Remarques", max_length=5), QLineEdit()
    show(qtbot, editor, following)
    editor.setFocus()
    QTest.keyClicks(editor.area, "ab")
    QTest.keyClick(editor.area, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(editor.area, "cdefg")
    assert editor.value() == "ab\ncd"
    QTest.keyClick(editor.area, Key.Key_Tab)
    assert following.hasFocus()


def test_amount_is_written_the_usual_way_when_left(qtbot: QtBot) -> None:
    editor, following = AmountEditor("amount", "Montant", unit="MAD"), QLineEdit()
    show(qtbot, editor, following)
    editor.setFocus()
    with qtbot.waitSignal(editor.changed):
        QTest.keyClicks(editor.line, "9000,5")
    following.setFocus()
    assert editor.line.text() == "9\u202f000,50"
    assert editor.value() == 900050


def test_number_that_is_none_keeps_its_text_and_says_so(qtbot: QtBot) -> None:
    editor, following = IntegerEditor("count", "Nombre"), QLineEdit()
    show(qtbot, editor, following)
    editor.setFocus()
    QTest.keyClicks(editor.line, "12a")
    following.setFocus()
    assert editor.line.text() == "12a"
    assert editor.value() is None
    assert "12a" in (editor.problem() or "")


def test_date_is_tidied_when_left(qtbot: QtBot) -> None:
    editor = day_editor(qtbot)
    QTest.keyClicks(editor.line, "120394")
    assert editor.value() == date(1994, 3, 12)
    editor.line.clearFocus()
    assert editor.text() == "12/03/1994"


def test_impossible_date_keeps_its_text_and_says_why(qtbot: QtBot) -> None:
    editor = day_editor(qtbot)
    QTest.keyClicks(editor.line, "31/02/2023")
    editor.line.clearFocus()
    assert editor.text() == "31/02/2023"
    assert editor.value() is None
    assert editor.problem()
    editor.set_text("31/01/2023")
    assert editor.problem() is None


def test_date_moves_by_keys_and_takes_today_by_a_letter(qtbot: QtBot) -> None:
    editor = day_editor(qtbot)
    with qtbot.waitSignal(editor.changed):
        QTest.keyClicks(editor.line, "j")
    assert editor.value() == TODAY
    QTest.keyClick(editor.line, Key.Key_Down)
    QTest.keyClick(editor.line, Key.Key_Minus)
    assert editor.value() == date(2023, 7, 3)
    QTest.keyClick(editor.line, Key.Key_Up)
    QTest.keyClick(editor.line, Key.Key_Plus)
    QTest.keyClick(editor.line, Key.Key_Plus)
    assert editor.value() == TODAY


def test_minus_in_a_half_typed_date_is_a_separator(qtbot: QtBot) -> None:
    editor = day_editor(qtbot)
    QTest.keyClicks(editor.line, "12-3-94")
    assert editor.value() == date(1994, 3, 12)


def test_read_only_date_does_not_move(qtbot: QtBot) -> None:
    editor = day_editor(qtbot)
    editor.set_value(TODAY)
    editor.set_read_only(True)
    QTest.keyClick(editor.line, Key.Key_Down)
    assert editor.value() == TODAY


def test_date_is_picked_from_the_calendar(qtbot: QtBot) -> None:
    editor = day_editor(qtbot)
    editor.set_value(date(2023, 6, 28))
    QTest.keyClick(editor.line, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QWidget)
    calendar = popup.findChild(QCalendarWidget, "calendar")
    assert isinstance(calendar, QCalendarWidget)
    assert calendar.selectedDate() == QDate(2023, 6, 28)
    assert calendar.maximumDate() == QDate(2023, 7, 5)
    with qtbot.waitSignal(editor.changed):
        calendar.activated.emit(QDate(2023, 6, 30))
    assert editor.value() == date(2023, 6, 30)
    assert QApplication.activePopupWidget() is None


def test_birth_says_what_the_reader_says() -> None:
    editor = BirthEditor("birth", "Naissance", check=lambda text: f"non : {text}")
    assert editor.problem() is None
    editor.set_value("hier")
    assert editor.problem() == "non : hier"
    editor.deleteLater()


def wheel(target: QWidget) -> None:
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(target.mapToGlobal(QPoint(5, 5))),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(target, event)


def test_closed_combo_ignores_the_wheel(qtbot: QtBot) -> None:
    editor = TermEditor("country", "Pays", COUNTRIES)
    show(qtbot, editor)
    editor.set_value("GIN")
    editor.setFocus()
    wheel(editor.combo)
    assert editor.value() == "GIN"


def test_letters_find_a_term_and_delete_empties_it(qtbot: QtBot) -> None:
    editor = TermEditor("country", "Pays", COUNTRIES)
    show(qtbot, editor)
    with qtbot.waitSignal(editor.changed):
        QTest.keyClicks(editor.combo, "sene")
    assert editor.value() == "SEN"
    with qtbot.waitSignal(editor.changed):
        QTest.keyClick(editor.combo, Key.Key_Delete)
    assert editor.value() is None


def test_required_list_has_no_empty_entry(qtbot: QtBot) -> None:
    editor = TermEditor("country", "Pays", COUNTRIES, optional=False)
    show(qtbot, editor)
    assert editor.value() is None
    assert editor.combo.count() == len(COUNTRIES)
    QTest.keyClick(editor.combo, Key.Key_Down)
    assert editor.value() == "GIN"
    QTest.keyClick(editor.combo, Key.Key_Delete)
    assert editor.value() == "GIN"


def test_retired_term_is_shown_by_its_code_rather_than_lost(qtbot: QtBot) -> None:
    one, several = TermEditor("a", "A", COUNTRIES), TermsEditor("b", "B", COUNTRIES)
    show(qtbot, one, several)
    one.set_value("OLD")
    several.set_value(["GIN", "OLD"])
    assert one.value() == "OLD"
    assert several.value() == ("GIN", "OLD")


def test_other_terms_keep_the_code_chosen(qtbot: QtBot) -> None:
    one, several = TermEditor("a", "A", COUNTRIES), TermsEditor("b", "B", COUNTRIES)
    show(qtbot, one, several)
    one.set_value("SEN")
    several.set_value(["SEN"])
    one.set_terms(COUNTRIES[2:])
    several.set_terms(COUNTRIES[2:])
    assert one.value() == "SEN"
    assert several.value() == ("SEN",)


def open_popup() -> TermPopup:
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, TermPopup)
    return popup


@pytest.mark.parametrize("language", [Language.FR, Language.AR])
def test_long_list_is_searched_from_the_first_letter(
    qapp: QApplication, qtbot: QtBot, language: Language
) -> None:
    apply_theme(qapp, Scheme.LIGHT, language, RESOURCES)
    editor = TermEditor("country", "Pays", MANY)
    show(qtbot, editor)
    QTest.keyClicks(editor.combo, "s")
    popup = open_popup()
    assert popup.search.text() == "s"
    none = popup.findChild(Text, "term-none")
    assert none is not None
    assert not none.isVisible()
    QTest.keyClicks(popup.search, "zzz")
    assert none.isVisible()
    for _ in "zzz":
        QTest.keyClick(popup.search, Key.Key_Backspace)
    assert not none.isVisible()
    QTest.keyClicks(popup.search, "enegal")
    QTest.keyClick(popup.search, Key.Key_Down)
    with qtbot.waitSignal(editor.changed):
        QTest.keyClick(popup.search, Key.Key_Return)
    assert editor.combo.currentText() == "Sénégal 1"
    assert QApplication.activePopupWidget() is None


def test_list_is_chosen_from_by_mouse_and_by_letters(qtbot: QtBot) -> None:
    editor = TermEditor("country", "Pays", COUNTRIES)
    show(qtbot, editor)
    editor.combo.showPopup()
    popup = open_popup()
    QTest.keyClicks(popup.list, "sx")
    QTest.keyClicks(popup.list, "co")
    QTest.keyClick(popup.list, Key.Key_Return)
    assert editor.value() == "CIV"
    editor.combo.showPopup()
    popup = open_popup()
    index = popup.list.model().index(1, 0)
    with qtbot.waitSignal(editor.changed):
        QTest.mouseClick(popup.list.viewport(), LEFT, pos=popup.list.visualRect(index).center())
    assert editor.value() == "GIN"


def test_several_terms_are_turned_by_space_and_walked_by_arrows(qtbot: QtBot) -> None:
    editor = TermsEditor("kinds", "Genres", COUNTRIES)
    show(qtbot, editor)
    editor.setFocus()
    first = focused()
    with qtbot.waitSignal(editor.changed):
        QTest.keyClick(first, Key.Key_Space)
    QTest.keyClick(first, Key.Key_Right)
    second = focused()
    assert second is not first
    QTest.keyClick(second, Key.Key_Space)
    QTest.keyClick(second, Key.Key_Left)
    QTest.keyClick(first, Key.Key_Left)
    assert editor.value() == ("GIN", "GNB")


def test_yes_no_may_be_unset_again(qtbot: QtBot) -> None:
    editor = YesNoEditor("escort", "Escorte")
    show(qtbot, editor)
    editor.setFocus()
    with qtbot.waitSignal(editor.changed):
        QTest.keyClick(focused(), Key.Key_Space)
    assert editor.value() is True
    QTest.keyClick(focused(), Key.Key_Delete)
    assert editor.value() is None


def test_tick_is_turned_by_space(qtbot: QtBot) -> None:
    editor = TickEditor("agreed", "Accord")
    show(qtbot, editor)
    with qtbot.waitSignal(editor.changed):
        QTest.keyClick(editor.box, Key.Key_Space)
    assert editor.value() is True
