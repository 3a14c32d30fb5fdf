import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui.conftest import RecordingShell

from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import screen_language, set_screen_language
from avrr_desktop.services.identity import components, notice
from avrr_desktop.ui.about import AboutPage
from avrr_desktop.ui.licences import LicencesPage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import About, Licences
from avrr_desktop.ui.widgets.buttons import Button


def test_about_leads_to_the_licences(context: Context, shell: RecordingShell, qtbot: QtBot) -> None:
    page = AboutPage(context, About())
    qtbot.addWidget(page)
    button = page.findChild(Button, "open-licences")
    assert button is not None
    button.click()
    assert shell.opened == [Licences()]


@pytest.mark.parametrize("language", Language)
def test_licences_begin_with_the_notice_in_the_language_of_the_screen(
    context: Context, qtbot: QtBot, language: Language
) -> None:
    before = screen_language()
    set_screen_language(language)
    page = LicencesPage(context, Licences())
    set_screen_language(before)
    qtbot.addWidget(page)
    resources = context.register.paths.resources
    said = notice(resources, language).replace("\u00a0", " ")  # as Qt gives plain text back
    assert page.text.toPlainText() in said
    assert len(page.text.toPlainText()) > 500
    assert page.list.model().rowCount() == 1 + len(components(resources))


def test_each_licence_is_read_with_the_arrows_and_kept_over_a_change_of_language(
    context: Context, qtbot: QtBot
) -> None:
    page = LicencesPage(context, Licences("Qt"))
    qtbot.addWidget(page)
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in page.text.toPlainText()
    QTest.keyClick(page.list, Qt.Key.Key_Up)
    assert page.text.accessibleName().startswith("\u2066Shiboken")
    again = LicencesPage(context, Licences("Qt"))
    qtbot.addWidget(again)
    again.set_state(page.state())
    assert again.text.accessibleName() == page.text.accessibleName()
