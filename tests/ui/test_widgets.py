"""The register's own controls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.test_theme import RESOURCES

from avrr_desktop.core.labels import Language
from avrr_desktop.ui.theme.apply import apply_theme
from avrr_desktop.ui.theme.tokens import Scheme, Type
from avrr_desktop.ui.widgets.avatar import Avatar, initials
from avrr_desktop.ui.widgets.banners import Banner, ErrorBanner, FieldIssue
from avrr_desktop.ui.widgets.breadcrumb import Breadcrumb
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.charts import Bar, BarChart, MonthColumns
from avrr_desktop.ui.widgets.chip_drawing import ChipKind, ChipSpec
from avrr_desktop.ui.widgets.chips import Chip, ChipRow, pending_chip
from avrr_desktop.ui.widgets.delegates import (
    BarDelegate,
    ChipDelegate,
    FigureDelegate,
    NameDelegate,
    TwoLineDelegate,
)
from avrr_desktop.ui.widgets.drawing import base_direction
from avrr_desktop.ui.widgets.empty import EmptyState
from avrr_desktop.ui.widgets.figures import FigureCard
from avrr_desktop.ui.widgets.flow import FlowLayout
from avrr_desktop.ui.widgets.formats import (
    amount_text,
    code_text,
    date_text,
    delta_text,
    ltr,
    month_text,
    number_text,
    percent_text,
    signed_text,
    time_text,
)
from avrr_desktop.ui.widgets.icon_label import IconText
from avrr_desktop.ui.widgets.keycap import KeyCap
from avrr_desktop.ui.widgets.navigation import NavItem
from avrr_desktop.ui.widgets.roles import CellRole, ShownName
from avrr_desktop.ui.widgets.segmented import Segmented
from avrr_desktop.ui.widgets.surfaces import Bar as FrameBar
from avrr_desktop.ui.widgets.surfaces import Card, HairLine, PageScroll, SectionTitle, Surface
from avrr_desktop.ui.widgets.table import TableView
from avrr_desktop.ui.widgets.tabs import Tab, TabBar
from avrr_desktop.ui.widgets.text import Text

# pytest-qt keeps weak references only.
PAGES: list[QWidget] = []
LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key


@pytest.fixture(autouse=True, params=[Language.FR, Language.AR], ids=["fr", "ar"])
def language(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Language]:
    chosen = Language(request.param)
    apply_theme(qapp, Scheme.LIGHT, chosen, RESOURCES)
    yield chosen
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
    page.resize(640, 480)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.grab()
    return page


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert isinstance(widget, QWidget)
    return widget


def ink(widget: QWidget) -> tuple[int, int]:
    """How many pixels are drawn in the left and in the right half."""
    image = widget.grab().toImage()
    ground = image.pixel(1, 1)
    middle = image.width() // 2
    counts = [0, 0]
    for x in range(image.width()):
        for y in range(image.height()):
            counts[x >= middle] += image.pixel(x, y) != ground
    return counts[0], counts[1]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "0"), (938, "938"), (1732, "1\u202f732"), (-1234567, "\u22121\u202f234\u202f567")],
)
def test_number_is_grouped_by_thin_spaces(value: int, expected: str) -> None:
    assert number_text(value) == expected


def test_change_carries_its_sign() -> None:
    assert [signed_text(value) for value in (128, 0, -77)] == ["+128", "0", "\u221277"]


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(243, 938, "26\u00a0%"), (1, 0, ""), (1, 200, "1\u00a0%"), (-77, 1015, "\u22128\u00a0%")],
)
def test_percent_is_whole(part: int, whole: int, expected: str) -> None:
    assert percent_text(part, whole) == expected


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (1732, 1604, "↑\u00a0+128 (+8\u00a0%)"),
        (938, 1015, "↓\u00a0\u221277 (\u22128\u00a0%)"),
        (22, 31, "↓\u00a0\u22129"),
        (5, 5, "="),
    ],
)
def test_delta_gives_percent_from_a_base_of_a_hundred(now: int, before: int, expected: str) -> None:
    assert delta_text(now, before) == ltr(expected)


@pytest.mark.parametrize(
    ("minor", "expected"),
    [(60000, "600"), (900000, "9\u202f000"), (12345, "123,45"), (-5, "\u22120,05")],
)
def test_amount_shows_decimals_only_when_there_are(minor: int, expected: str) -> None:
    assert amount_text(minor) == expected


def test_dates_and_codes_are_written_the_same_everywhere() -> None:
    assert date_text(date(1994, 3, 12)) == "12/03/1994"
    assert date_text(None) == ""
    assert month_text(date(1994, 3, 12)) == "03/1994"
    assert time_text(datetime(2023, 7, 5, 9, 4, tzinfo=UTC)) == "09:04"
    assert code_text("2023-S1") == "\u20662023\u2011S1\u2069"
    assert ltr("") == ""


def test_text_of_one_script_is_laid_out_its_own_way() -> None:
    left, right = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
    assert base_direction("29 ans.", right) == left
    assert base_direction("عائشة", left) == right
    assert base_direction("29 سنة RBA", right) == right
    assert base_direction("938", right) == right


@pytest.mark.parametrize("variant", list(Variant))
def test_button_clicks_and_has_a_name(qtbot: QtBot, variant: Variant) -> None:
    button = Button("Enregistrer", variant, icon="plus", key="Ctrl+S", arrow=True)
    show(qtbot, button)
    with qtbot.waitSignal(button.clicked):
        QTest.mouseClick(button, LEFT)
    assert button.accessibleName() == "Enregistrer"
    assert button.objectName()
    assert button.width() >= button.sizeHint().width()


def test_enter_presses_a_button_once(qtbot: QtBot) -> None:
    button = Button("Enregistrer")
    qtbot.addWidget(button)
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QTest.keyClick(button, key)
    assert len(pressed) == 3
    none, control = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
    for modifier, is_held in ((none, True), (control, False)):
        pressing = QEvent.Type.KeyPress
        event = QKeyEvent(pressing, Qt.Key.Key_Return, modifier, "\r", is_held)
        QCoreApplication.sendEvent(button, event)
    assert len(pressed) == 3


def test_button_makes_room_for_its_key(qtbot: QtBot) -> None:
    plain, keyed = Button("Enregistrer"), Button("Enregistrer", key="Ctrl+S")
    show(qtbot, plain, keyed)
    assert keyed.sizeHint().width() > plain.sizeHint().width()


def test_button_changes_words_variant_and_tone(qtbot: QtBot) -> None:
    button = Button("Figer")
    show(qtbot, button)
    button.set_label("Publier", icon="lock")
    button.set_variant(Variant.PRIMARY)
    button.set_tone("error")
    button.setEnabled(False)
    button.grab()
    assert button.accessibleName() == "Publier"
    assert button.variant() is Variant.PRIMARY


@pytest.mark.parametrize("kind", list(ChipKind))
def test_chip_paints_and_says_its_words(qtbot: QtBot, kind: ChipKind) -> None:
    chip = Chip("Pays", kind)
    show(qtbot, chip)
    assert "Pays" in chip.accessibleName()
    assert chip.height() >= 20


def test_filter_in_force_closes_by_key_and_by_its_cross(qtbot: QtBot, language: Language) -> None:
    chip = Chip("Guinée", ChipKind.IN_FORCE)
    show(qtbot, chip)
    with qtbot.waitSignal(chip.closed):
        QTest.keyClick(chip, Key.Key_Delete)
    cross = QPoint(6 if language.is_rtl else chip.width() - 6, chip.height() // 2)
    with qtbot.waitSignal(chip.closed):
        QTest.mouseClick(chip, LEFT, pos=cross)


def test_filter_in_force_clicks_on_its_words_and_by_enter(qtbot: QtBot, language: Language) -> None:
    chip = Chip("Guinée, Mali", ChipKind.IN_FORCE)
    show(qtbot, chip)
    words = QPoint(chip.width() - 14 if language.is_rtl else 14, chip.height() // 2)
    with qtbot.assertNotEmitted(chip.closed), qtbot.waitSignal(chip.clicked):
        QTest.mouseClick(chip, LEFT, pos=words)
    with qtbot.waitSignal(chip.clicked):
        QTest.keyClick(chip, Key.Key_Return)


def test_chip_takes_another_look(qtbot: QtBot) -> None:
    chip = pending_chip()
    show(qtbot, chip)
    chip.set_spec(ChipSpec("Ouvert", ChipKind.OK, "pencil"))
    assert chip.spec().kind is ChipKind.OK
    assert chip.accessibleName() == "Ouvert"


def test_chip_row_folds_what_is_too_many(qtbot: QtBot) -> None:
    row = ChipRow([ChipSpec(f"raison {rank}") for rank in range(5)], most=2)
    show(qtbot, row)
    more = row.findChild(Chip, "chip-more")
    assert isinstance(more, Chip)
    assert more.text() == ltr("+3")
    assert "raison 4" in more.toolTip()


def test_flow_wraps_in_reading_direction(qtbot: QtBot, language: Language) -> None:
    holder = QWidget()
    flow = FlowLayout(holder, 4)
    labels = [QLabel("x") for _ in range(4)]
    for label in labels:
        label.setFixedSize(40, 20)
        flow.addWidget(label)
    qtbot.addWidget(holder)
    holder.resize(100, 100)
    flow.setGeometry(QRect(0, 0, 100, 100))
    first, second, third = (label.x() for label in labels[:3])
    assert (first > second) is language.is_rtl
    assert third == first
    assert labels[2].y() == 24
    assert flow.heightForWidth(100) == 44
    assert flow.minimumSize().width() == 40
    flow.clear()
    assert flow.count() == 0


def test_error_banner_lists_fields_and_hides_when_empty(qtbot: QtBot) -> None:
    banner = ErrorBanner()
    page = show(qtbot, banner)
    assert banner.isHidden()
    banner.set_issues([FieldIssue("a", "Obtenu le"), FieldIssue("b", "Montant", is_error=False)])
    page.grab()
    assert banner.isVisible()
    link = banner.findChild(Button, "issue-b")
    assert isinstance(link, Button)
    with qtbot.waitSignal(banner.chosen) as seen:
        QTest.mouseClick(link, LEFT)
    assert seen.args == ["b"]
    banner.set_issues([FieldIssue("b", "Montant", is_error=False)])
    assert "1" in banner.accessibleName()
    banner.set_issues([])
    assert banner.isHidden()


def test_banner_offers_its_action(qtbot: QtBot) -> None:
    banner = Banner("Personne fusionnée.", "ok")
    page = show(qtbot, banner)
    assert banner.action.isHidden()
    banner.show_message("Dossier supprimé.", "warning", "Annuler")
    page.grab()
    with qtbot.waitSignal(banner.action_requested):
        QTest.mouseClick(banner.action, LEFT)
    assert banner.accessibleName() == "Dossier supprimé."


def test_segmented_may_be_unset_and_follows_arrows(qtbot: QtBot, language: Language) -> None:
    row = Segmented(("Oui", "Non", "À décider"))
    show(qtbot, row)
    assert row.index() is None
    first = row.findChild(QWidget, "segmented-0")
    assert isinstance(first, QWidget)
    with qtbot.waitSignal(row.chosen) as seen:
        QTest.mouseClick(first, LEFT)
    assert seen.args == [0]
    forward = Key.Key_Left if language.is_rtl else Key.Key_Right
    QTest.keyClick(first, forward)
    assert row.index() == 1
    with qtbot.waitSignal(row.chosen) as seen:
        QTest.keyClick(focused(), Key.Key_Delete)
    assert seen.args == [-1]
    assert row.index() is None


def test_segmented_goes_on_with_enter_and_shows_its_state(qtbot: QtBot) -> None:
    row = Segmented(("Oui", "Non"), optional=False)
    show(qtbot, row)
    row.set_index(1)
    row.set_state("error")
    row.grab()
    with qtbot.waitSignal(row.finished):
        QTest.keyClick(focused(), Key.Key_Return)
    QTest.keyClick(focused(), Key.Key_Delete)
    assert row.index() == 1


def test_initials_keep_arabic_letters_apart() -> None:
    assert initials("Koné", "aïcha") == "KA"
    assert initials("كوني", "عائشة") == "ك ع"
    assert initials("", "") == ""


def test_bars_grow_from_the_side_where_reading_starts(qtbot: QtBot, language: Language) -> None:
    chart = BarChart("Pays", [Bar("", 40), Bar("", 100)])
    show(qtbot, chart)
    chart.clearFocus()
    image = chart.grab().toImage()
    ground = image.pixel(1, 1)
    inked = [x for x in range(60, image.width() - 60) if image.pixel(x, 12) != ground]
    middle = image.width() // 2
    assert inked
    assert all((x > middle) is language.is_rtl for x in inked)


def test_bar_chart_is_walked_by_keys_and_says_its_numbers(qtbot: QtBot) -> None:
    chart = BarChart("Retours par pays", [Bar("Guinée", 243, "26 %"), Bar("Mali", 97)])
    show(qtbot, chart)
    assert chart.accessibleDescription() == "Guinée 243 (26 %), Mali 97"
    QTest.keyClick(chart, Key.Key_Down)
    QTest.keyClick(chart, Key.Key_Down)
    with qtbot.waitSignal(chart.activated) as seen:
        QTest.keyClick(chart, Key.Key_Return)
    assert seen.args == [1]
    with qtbot.waitSignal(chart.activated) as seen:
        QTest.mouseClick(chart, LEFT, pos=QPoint(10, 5))
    assert seen.args == [0]
    chart.set_bars([])
    chart.grab()
    assert chart.current_row() == 0


def test_month_columns_say_their_numbers(qtbot: QtBot) -> None:
    months = MonthColumns("Mois", [("janv.", 12), ("févr.", 1143)])
    show(qtbot, months)
    assert months.accessibleDescription() == "janv. 12, févr. 1\u202f143"


def test_breadcrumb_leads_back(qtbot: QtBot) -> None:
    crumbs = Breadcrumb(["Synthèse", "Retours", "Total"])
    show(qtbot, crumbs)
    link = crumbs.findChild(Button, "breadcrumb-1")
    assert isinstance(link, Button)
    with qtbot.waitSignal(crumbs.chosen) as seen:
        QTest.mouseClick(link, LEFT)
    assert seen.args == [1]
    assert crumbs.findChild(Button, "breadcrumb-2") is None


@pytest.mark.parametrize("pills", [True, False])
def test_tabs_tell_which_one_is_chosen(qtbot: QtBot, pills: bool) -> None:
    tabs = TabBar([Tab("Comptées", 938), Tab("Non comptées", 47)], pills=pills)
    show(qtbot, tabs)
    second = tabs.findChild(QWidget, "tabs-1")
    assert isinstance(second, QWidget)
    with qtbot.waitSignal(tabs.chosen) as seen:
        QTest.mouseClick(second, LEFT)
    assert seen.args == [1]
    tabs.set_tab(1, Tab("Non comptées", 46))
    tabs.grab()
    assert second.accessibleName() == "Non comptées 46"
    tabs.set_index(0)
    assert tabs.index() == 0


def test_empty_state_offers_one_button(qtbot: QtBot) -> None:
    empty = EmptyState("Aucun retour.", "Voir les prévus")
    show(qtbot, empty)
    with qtbot.waitSignal(empty.action_requested):
        QTest.mouseClick(empty.button, LEFT)
    empty.set_content("Aucune personne.")
    assert empty.button.isHidden()


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space])
def test_figure_card_opens_by_key_and_click(qtbot: QtBot, key: Qt.Key) -> None:
    card = FigureCard("Retours", "938", "↓ 77", "17 pays")
    show(qtbot, card)
    card.setFocus()
    card.set_pending(True)
    card.set_second_visible(False)
    card.set_label("Retours depuis le Maroc")
    card.grab()
    with qtbot.waitSignal(card.activated):
        QTest.keyClick(card, key)
    with qtbot.waitSignal(card.activated):
        QTest.mouseClick(card, LEFT)
    assert card.accessibleName() == "Retours depuis le Maroc 938"


def test_nav_item_shows_count_and_key(qtbot: QtBot) -> None:
    item, other = NavItem("Aujourd’hui", "calendar-check"), NavItem("Aide", "info", key="F1")
    show(qtbot, item, other)
    item.set_count(23)
    item.setChecked(True)
    item.setFocus()
    item.set_low(True)
    item.grab()
    assert item.accessibleName() == "Aujourd’hui 23"
    item.set_count(0)
    assert item.accessibleName() == "Aujourd’hui"


def test_surfaces_hold_what_they_are_given(qtbot: QtBot) -> None:
    card, flush = Card("card"), Card(flush=True)
    card.add_header("Parcours", KeyCap("F8"))
    flush.add_header("Parties")
    title = SectionTitle("Départ")
    title.set_title("Suite")
    surface = Surface("raised", edge="top")
    surface.set_ground("accent")
    scroll = PageScroll()
    show(qtbot, card, flush, title, surface, FrameBar("action"), HairLine(), scroll)
    assert title.accessibleName() == "Suite"
    assert flush.body.contentsMargins().left() == 1


def test_label_starts_where_reading_starts(qtbot: QtBot, language: Language) -> None:
    label = Text("KONÉ Aïcha", Type.TITLE, tone="text2", bold=True)
    show(qtbot, label)
    left, right = ink(label)
    assert (right > left) is language.is_rtl
    label.set_tone("error")
    label.set_bold(False)
    label.set_markup("<b>KONÉ</b>")
    assert label.text() == "<b>KONÉ</b>"


def test_icon_text_says_something_else(qtbot: QtBot) -> None:
    line = IconText("circle-check", "Enregistré à 10:42", tone="ok", wrap=True)
    show(qtbot, line, Avatar("KA"))
    line.set_content("circle-alert", "À remplir", "error")
    assert line.accessibleName() == "À remplir"


def model_of_cells() -> QStandardItemModel:
    model = QStandardItemModel(4, 3)
    for row, name in enumerate(("Retours", "dont mineurs", "", "Total")):
        model.setItem(row, 0, QStandardItem(name))
        for column in (1, 2):
            model.setItem(row, column, QStandardItem("0" if row == 1 else "938"))
    model.item(1, 0).setData(True, CellRole.SUB)
    model.item(2, 0).setData(True, CellRole.GAP)
    model.item(0, 2).setData(True, CellRole.TOTAL)
    model.item(0, 1).setData(True, CellRole.DIFFERENCE)
    model.item(3, 1).setData(True, CellRole.LINK)
    return model


def test_figures_are_walked_cell_by_cell_and_opened_by_enter(qtbot: QtBot) -> None:
    view = TableView("figures", cells=True)
    view.setItemDelegate(FigureDelegate(view))
    model = model_of_cells()
    view.setModel(model)
    show(qtbot, view)
    view.setFocus()
    view.setCurrentIndex(model.index(0, 0))
    QTest.keyClick(view, Key.Key_Down)
    with qtbot.waitSignal(view.activated) as seen:
        QTest.keyClick(view, Key.Key_Return)
    assert seen.args is not None
    assert seen.args[0].row() == 1
    assert view.rowHeight(0) >= 32
    assert view.rowHeight(1) < view.rowHeight(0)
    assert view.rowHeight(2) == 8


def test_list_paints_names_chips_and_bars(qtbot: QtBot) -> None:
    view = TableView("persons")
    model = QStandardItemModel(2, 4)
    for row in range(2):
        name = QStandardItem("KONÉ Aïcha")
        name.setCheckable(True)
        name.setData(ShownName("KONÉ", "Aïcha", "عائشة كوني"), CellRole.NAME)
        chips = QStandardItem()
        specs = [ChipSpec("Compté", ChipKind.OK), ChipSpec("Hors période"), ChipSpec("Sans date")]
        chips.setData(specs, CellRole.CHIPS)
        bar = QStandardItem()
        bar.setData(0.5, CellRole.BAR)
        for column, item in enumerate((name, chips, bar, QStandardItem("Départ\nCasablanca"))):
            model.setItem(row, column, item)
    view.setModel(model)
    for column, kind in enumerate((NameDelegate, ChipDelegate, BarDelegate, TwoLineDelegate)):
        view.setItemDelegateForColumn(column, kind(view))
    view.resizeColumnsToContents()
    show(qtbot, view)
    view.setFocus()
    view.selectRow(0)
    before = view.grab().toImage()
    view.setColumnWidth(1, 60)
    assert before != view.grab().toImage()


def test_a_narrow_column_leaves_room_for_how_many_chips_do_not_fit(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: dict[str, QRect] = {}
    monkeypatch.setattr(
        "avrr_desktop.ui.widgets.delegates.draw_chip",
        lambda _painter, box, spec, *_: drawn.update({spec.text: QRect(box)}),
    )
    view, model, chips = TableView("persons"), QStandardItemModel(1, 1), QStandardItem()
    chips.setData([ChipSpec("Même nom de famille"), ChipSpec("Même date")], CellRole.CHIPS)
    model.setItem(0, 0, chips)
    view.setModel(model)
    view.setItemDelegateForColumn(0, ChipDelegate(view))
    show(qtbot, view)
    drawn.clear()
    view.setColumnWidth(0, 110)
    view.grab()
    assert list(drawn) == ["Même nom de famille", ltr("+1")]
    long, more = drawn.values()
    assert long.width() + more.width() < 110
    assert more.width() > 12
    assert not long.intersects(more)


def test_table_without_model_paints_nothing(qtbot: QtBot) -> None:
    view = TableView()
    show(qtbot, view)
    view.setModel(QStringListModel([]))
    view.grab()
    view.setModel(None)
    view.apply_row_heights()
    assert view.objectName() == "table"


def test_arrows_go_from_tab_to_tab(qtbot: QtBot, language: Language) -> None:
    tabs = TabBar([Tab("Pays"), Tab("Canal"), Tab("Aide")], pills=True)
    show(qtbot, tabs)
    first = tabs.findChild(QWidget, "tabs-0")
    assert isinstance(first, QWidget)
    first.setFocus()
    QTest.keyClick(first, Key.Key_Left if language.is_rtl else Key.Key_Right)
    assert tabs.index() == 1
    QTest.keyClick(focused(), Key.Key_Up)
    QTest.keyClick(focused(), Key.Key_Up)
    assert tabs.index() == 2
