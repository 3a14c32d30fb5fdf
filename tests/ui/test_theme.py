"""Tokens, sheet, palette, icons, fonts and the proxy style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from avrr_desktop.core.labels import Language
from avrr_desktop.ui.theme.apply import SystemSchemeFollower, apply_theme, effective_scheme
from avrr_desktop.ui.theme.contrast import contrast_ratio, weak_pairs
from avrr_desktop.ui.theme.current import color, current
from avrr_desktop.ui.theme.fonts import fixed_font, font
from avrr_desktop.ui.theme.icons import icon
from avrr_desktop.ui.theme.polish import set_look
from avrr_desktop.ui.theme.sheet import style_sheet
from avrr_desktop.ui.theme.tokens import DARK, LIGHT, Colors, Scheme, Type

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
UI = Path(__file__).resolve().parents[2] / "src" / "avrr_desktop" / "ui"


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    apply_theme(qapp, Scheme.LIGHT, Language.FR, RESOURCES)
    yield qapp
    apply_theme(qapp, Scheme.LIGHT, Language.FR, RESOURCES)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_every_pair_of_the_token_table_has_enough_contrast(colors: Colors) -> None:
    assert weak_pairs(colors) == []


def test_contrast_of_black_on_white_is_twenty_one() -> None:
    assert contrast_ratio("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_is_six_hex_digits(colors: Colors) -> None:
    for field in fields(Colors):
        assert re.fullmatch("#[0-9A-F]{6}", colors.named(field.name)), field.name


def test_no_colour_is_written_outside_the_theme() -> None:
    literal = re.compile(r"#[0-9A-Fa-f]{6}\b|QColor\(\d")
    paths = [*(UI / "widgets").glob("*.py"), *(UI / "editors").glob("*.py")]
    assert paths
    assert [path.name for path in paths if literal.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("language", list(Language))
def test_sheet_leaves_no_name_unfilled(language: Language) -> None:
    assert "$" not in style_sheet(DARK, language)


def test_sheet_turns_start_and_end_in_arabic() -> None:
    start = 'QFrame[edge="start"] { border-{side}: 1px'
    assert start.replace("{side}", "left") in style_sheet(LIGHT, Language.FR)
    assert start.replace("{side}", "right") in style_sheet(LIGHT, Language.AR)


def test_arabic_text_is_one_point_larger(app: QApplication) -> None:
    before = font(Type.BODY).pointSize()
    apply_theme(app, Scheme.LIGHT, Language.AR, RESOURCES)
    assert font(Type.BODY).pointSize() == before + 1
    assert app.layoutDirection() == Qt.LayoutDirection.RightToLeft


def test_dark_scheme_reaches_palette_and_tokens(app: QApplication) -> None:
    theme = apply_theme(app, Scheme.DARK, Language.FR, RESOURCES)
    assert theme is current()
    assert app.palette().color(QPalette.ColorRole.Base).name().upper() == DARK.surface
    assert color("text").name().upper() == DARK.text


def test_system_scheme_is_resolved_to_light_or_dark(app: QApplication) -> None:
    assert effective_scheme(app, Scheme.SYSTEM) in {Scheme.LIGHT, Scheme.DARK}
    assert effective_scheme(app, Scheme.DARK) is Scheme.DARK


def test_follower_applies_the_choice_of_the_user(app: QApplication) -> None:
    follower = SystemSchemeFollower(app, Scheme.LIGHT, RESOURCES)
    follower.choose(Scheme.DARK, Language.FR)
    assert current().scheme is Scheme.DARK


def test_follower_keeps_the_override_when_the_system_changes(app: QApplication) -> None:
    follower = SystemSchemeFollower(app, Scheme.LIGHT, RESOURCES)
    follower.choose(Scheme.LIGHT, Language.FR)
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert current().scheme is Scheme.LIGHT


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in (RESOURCES / "icons").glob("*.svg")), ids=str
)
def test_icon_draws_something_in_its_colour(app: QApplication, name: str) -> None:
    image = icon(name, "accent_text", 64).pixmap(64).toImage()
    inks = {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert inks
    assert LIGHT.accent_text in inks


def test_icons_keep_their_licence_beside_them() -> None:
    assert "ISC License" in (RESOURCES / "icons" / "LICENSE-lucide.txt").read_text("utf-8")


def test_fonts_keep_their_licence_beside_them() -> None:
    texts = [path.read_text("utf-8") for path in (RESOURCES / "fonts").glob("*.txt")]
    assert any("SIL OPEN FONT LICENSE" in text for text in texts)


def test_icon_follows_the_scheme(app: QApplication) -> None:
    light = icon("check", "text").cacheKey()
    apply_theme(app, Scheme.DARK, Language.FR, RESOURCES)
    assert icon("check", "text").cacheKey() != light


def test_fixed_font_is_not_the_body_font() -> None:
    assert fixed_font().families() != font().families()


def test_focus_ring_is_drawn_round_a_plain_button(app: QApplication, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    one, other = QPushButton("a"), QPushButton("b")
    column.addWidget(one)
    column.addWidget(other)
    page.show()
    page.activateWindow()
    one.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(one.hasFocus)
    image = page.grab().toImage()
    ring = {image.pixelColor(x, one.geometry().center().y()).name() for x in range(20)}
    assert LIGHT.accent_text.lower() in ring


def test_hints_of_behaviour_are_the_designs(app: QApplication, qtbot: QtBot) -> None:
    combo, table = QComboBox(), QTableView()
    for widget in (combo, table):
        qtbot.addWidget(widget)
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    hint = QStyle.StyleHint
    assert combo.style().styleHint(hint.SH_ComboBox_Popup, option, combo) == 0
    for wanted, value in (
        (hint.SH_ItemView_ActivateItemOnSingleClick, 0),
        (hint.SH_ItemView_ShowDecorationSelected, 1),
        (hint.SH_EtchDisabledText, 0),
        (hint.SH_DitherDisabledText, 0),
    ):
        assert table.style().styleHint(wanted, None, table) == value, wanted


def test_combo_is_as_high_as_a_field(app: QApplication, qtbot: QtBot) -> None:
    combo = QComboBox()
    qtbot.addWidget(combo)
    combo.addItem("Guinée")
    assert combo.sizeHint().height() >= 32


def test_look_changes_the_sheet_rule_that_applies(app: QApplication, qtbot: QtBot) -> None:
    label = QLabel("a")
    qtbot.addWidget(label)
    label.ensurePolished()
    set_look(label, tone="error")
    assert label.palette().color(QPalette.ColorRole.WindowText).name().upper() == LIGHT.error
