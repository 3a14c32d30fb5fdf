"""The bulletin in the window: its file, its texts and images, its settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import RecordingShell

from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.translation import load_catalogues
from avrr_desktop.paths import resources_dir
from avrr_desktop.services.bulletin.content import DONORS, INTRODUCTION, ImageKind
from avrr_desktop.services.bulletin.texts import images_of, place_texts, save_text
from avrr_desktop.services.settings import read_office
from avrr_desktop.ui.bulletin.page import BulletinTextsPage
from avrr_desktop.ui.bulletin.places import COVER, PLACES
from avrr_desktop.ui.exchange.page import ExchangePage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import BulletinTexts, Exchange, Settings
from avrr_desktop.ui.settings.page import SettingsPage

P = TypeVar("P", bound=QWidget)
LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
S1 = parse_period("2023-S1")


@pytest.fixture(autouse=True)
def _catalogues() -> None:
    load_catalogues(resources_dir() / "i18n")


@pytest.fixture
def exchange(qtbot: QtBot, context: Context, person: str) -> Iterator[ExchangePage]:
    context.period = S1.code
    yield from shown(qtbot, ExchangePage(context, Exchange()))


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> Iterator[BulletinTextsPage]:
    yield from shown(qtbot, BulletinTextsPage(context, BulletinTexts(S1.code)))


def shown(qtbot: QtBot, made: P) -> Iterator[P]:
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.hide()


def button(page: QWidget, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def area(page: QWidget) -> QPlainTextEdit:
    found = page.findChild(QPlainTextEdit, "bulletin-text")
    assert isinstance(found, QPlainTextEdit)
    return found


def go_to(page: BulletinTextsPage, place: str) -> None:
    page.places.setFocus()
    steps = PLACES.index(place) - page.places.currentIndex().row()
    key = Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up
    for _ in range(abs(steps)):
        QTest.keyClick(page.places, key)
    assert page.place == place


def written(context: Context, place: str, language: Language = Language.FR) -> tuple[str, str]:
    texts = place_texts(context.register, place, language, S1.code)
    return texts.standing, texts.own


def answer(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Every dialog answers with this file."""
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))


def test_word_file_is_written_on_the_worker(
    qtbot: QtBot, exchange: ExchangePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bulletin.docx"
    answer(monkeypatch, path)
    QTest.mouseClick(button(exchange, "save-bulletin"), LEFT)
    qtbot.waitUntil(exchange.outgoing.busy.news.isVisible, timeout=20_000)
    text = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    assert "Bulletin du premier semestre 2023" in text


def test_pdf_speaks_the_language_chosen(
    qtbot: QtBot, exchange: ExchangePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bulletin.pdf"
    answer(monkeypatch, path)
    exchange.outgoing.languages.set_index(1)
    exchange.outgoing.bulletin.kind.set_index(1)
    QTest.keyClick(exchange.outgoing.bulletin.masked.focus_widget(), Qt.Key.Key_Space)
    assert exchange.outgoing.bulletin.state().is_masked
    button(exchange, "save-bulletin").setFocus()
    QTest.keyClick(button(exchange, "save-bulletin"), Qt.Key.Key_Space)
    qtbot.waitUntil(exchange.outgoing.busy.news.isVisible, timeout=20_000)
    data = path.read_bytes()
    assert data.startswith(b"%PDF-")
    assert b"NotoSansArabic" in data


def test_choices_outlive_the_page(exchange: ExchangePage, context: Context, qtbot: QtBot) -> None:
    exchange.outgoing.bulletin.kind.set_index(1)
    again = ExchangePage(context, Exchange())
    qtbot.addWidget(again)
    again.set_state(exchange.state())
    assert again.outgoing.bulletin.kind.index() == 1


def test_texts_are_a_click_away(exchange: ExchangePage, shell: RecordingShell) -> None:
    QTest.mouseClick(button(exchange, "bulletin-texts"), LEFT)
    assert shell.opened == [BulletinTexts("2023-S1")]


def test_text_is_typed_and_saved(
    qtbot: QtBot, page: BulletinTextsPage, context: Context, shell: RecordingShell
) -> None:
    QTest.keyClicks(area(page), "Merci aux partenaires")
    go_to(page, DONORS)
    assert area(page).toPlainText() == ""
    area(page).setFocus()
    QTest.keyClicks(area(page), "Avec leur soutien")
    with qtbot.waitSignal(page.save.clicked):
        QTest.keyClick(area(page), Qt.Key.Key_S, CONTROL)
    assert written(context, INTRODUCTION) == ("Merci aux partenaires", "")
    assert written(context, DONORS) == ("Avec leur soutien", "")
    assert len(shell.saved) == 1
    assert page.may_leave()


def test_period_may_have_its_own_text(page: BulletinTextsPage, context: Context) -> None:
    save_text(
        context.register, context.actor, "De toujours", place=INTRODUCTION, language=Language.FR
    )
    page.scope.set_index(1)
    page.scope.chosen.emit(1)
    assert area(page).toPlainText() == ""
    QTest.keyClicks(area(page), "De ce semestre")
    QTest.mouseClick(button(page, "texts-save"), LEFT)
    assert written(context, INTRODUCTION) == ("De toujours", "De ce semestre")


def test_each_language_has_its_text(page: BulletinTextsPage, context: Context) -> None:
    page.languages.set_index(1)
    page.languages.chosen.emit(1)
    area(page).setPlainText("نص")
    QTest.mouseClick(button(page, "texts-save"), LEFT)
    assert written(context, INTRODUCTION, Language.AR) == ("نص", "")
    assert written(context, INTRODUCTION) == ("", "")


def test_typed_texts_outlive_the_page(
    page: BulletinTextsPage, context: Context, qtbot: QtBot
) -> None:
    QTest.keyClicks(area(page), "A moitie")
    again = BulletinTextsPage(context, BulletinTexts())
    qtbot.addWidget(again)
    again.set_state(page.state())
    assert area(again).toPlainText() == "A moitie"


def test_logo_is_added_captioned_and_taken_out(
    page: BulletinTextsPage, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = tmp_path / "logo.png"
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(0x1A4A8E)
    assert image.save(str(picture))
    answer(monkeypatch, picture)
    go_to(page, COVER)
    assert not area(page).isVisible()
    QTest.mouseClick(button(page, "image-add"), LEFT)
    (kept,) = images_of(context.register, "")
    assert (kept.kind, kept.place, kept.period) == (ImageKind.OFFICE_LOGO, "", "")
    caption = page.findChild(QLineEdit, f"caption-{kept.id}")
    assert isinstance(caption, QLineEdit)
    QTest.keyClicks(caption, "Le bureau")
    go_to(page, INTRODUCTION)
    assert images_of(context.register, "")[0].captions == {"fr": "Le bureau"}
    go_to(page, COVER)
    QTest.mouseClick(button(page, "image-remove"), LEFT)
    assert images_of(context.register, "") == ()


def test_file_that_is_no_image_is_refused_in_words(
    page: BulletinTextsPage,
    context: Context,
    shell: RecordingShell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    picture = tmp_path / "logo.png"
    picture.write_text("texte")
    answer(monkeypatch, picture)
    QTest.mouseClick(button(page, "image-add"), LEFT)
    assert shell.failed == ["Ce fichier n’est pas une image PNG ou JPEG."]
    assert images_of(context.register, "") == ()


def test_settings_of_the_bulletin_are_saved(qtbot: QtBot, context: Context) -> None:
    for made in shown(qtbot, SettingsPage(context, Settings("bulletin"))):
        for name, text in (("email", "bureau@example.org"), ("mask_below", "7")):
            field = made.findChild(QLineEdit, name)
            assert isinstance(field, QLineEdit)
            field.selectAll()
            QTest.keyClicks(field, text)
        QTest.mouseClick(button(made, "settings-bulletin-save"), LEFT)
        office = read_office(context.register)
        assert (office.email, office.mask_below) == ("bureau@example.org", "7")
        assert made.may_leave()


def test_limit_that_cannot_be_is_said(qtbot: QtBot, context: Context) -> None:
    for made in shown(qtbot, SettingsPage(context, Settings("bulletin"))):
        field = made.findChild(QLineEdit, "mask_below")
        assert isinstance(field, QLineEdit)
        field.selectAll()
        QTest.keyClicks(field, "1")
        QTest.mouseClick(button(made, "settings-bulletin-save"), LEFT)
        assert read_office(context.register).mask_below == "5"
        failure = made.findChild(QWidget, "settings-bulletin-failure")
        assert failure is not None
        assert failure.isVisible()


def test_pasted_text_that_is_too_long_is_refused_and_kept_whole(
    page: BulletinTextsPage, context: Context, shell: RecordingShell
) -> None:
    go_to(page, INTRODUCTION)
    pasted = "Une phrase. " * 900
    area(page).insertPlainText(pasted)
    page.save_all()
    assert "8" in shell.failed[-1]
    assert area(page).toPlainText() == pasted
    assert shell.saved == []
    assert written(context, INTRODUCTION) == ("", "")
