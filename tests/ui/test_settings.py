import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTextBrowser
from pytestqt.qtbot import QtBot
from tests.ui.conftest import TODAY, RecordingShell

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.labels import Language
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.settings import read_office
from avrr_desktop.ui.about import AboutPage
from avrr_desktop.ui.help import HelpPage, anchor_of
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import About, FormOf, Help, Settings
from avrr_desktop.ui.settings.balances import BalancesSection
from avrr_desktop.ui.settings.general import GeneralSection
from avrr_desktop.ui.settings.lists import ListsSection
from avrr_desktop.ui.settings.page import SettingsPage
from avrr_desktop.ui.shell.desk import Desk
from avrr_desktop.ui.theme.tokens import Scheme
from avrr_desktop.ui.widgets.text import Text


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(context, Settings())
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    qtbot.waitExposed(made)
    return made


def general(page: SettingsPage) -> GeneralSection:
    section = page.section(0)
    assert isinstance(section, GeneralSection)
    return section


@pytest.fixture
def lists(page: SettingsPage) -> ListsSection:
    page.tabs.set_index(1)
    section = page.section(1)
    assert isinstance(section, ListsSection)
    section.open_list("contact_channel")
    return section


def replace_text(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.selectAll()
    QTest.keyClicks(field, text)


def field(page: SettingsPage, name: str) -> QLineEdit:
    found = page.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def test_office_and_user_are_saved_with_control_s(
    page: SettingsPage, register: Register, qtbot: QtBot, shell: RecordingShell
) -> None:
    replace_text(qtbot, field(page, "place"), "Oujda")
    replace_text(qtbot, field(page, "user_name"), "Salma Idrissi")
    with qtbot.waitSignal(page.context.changes.lists_changed):
        QTest.keyClick(field(page, "place"), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert read_office(register).place == "Oujda"
    assert register.local_actor.name == "Salma Idrissi"
    assert len(shell.saved) == 1


def test_typed_settings_outlive_the_page(
    page: SettingsPage, context: Context, qtbot: QtBot
) -> None:
    replace_text(qtbot, field(page, "place"), "Oujda")
    assert general(page).is_changed()
    again = SettingsPage(context, Settings())
    qtbot.addWidget(again)
    again.set_state(page.state())
    assert field(again, "place").text() == "Oujda"


@pytest.mark.parametrize(("choice", "place"), [("language", 1), ("scheme", 2), ("text_size", 3)])
def test_choice_of_the_screen_acts_at_once(
    page: SettingsPage, register: Register, qtbot: QtBot, choice: str, place: int
) -> None:
    with qtbot.waitSignal(page.context.changes.lists_changed):
        getattr(general(page), choice)._group.button(place).click()
    desk = Desk(register.paths.settings)
    chosen = {"language": desk.language, "scheme": desk.scheme, "text_size": desk.text_percent}
    expected = {"language": Language.AR, "scheme": Scheme.DARK, "text_size": 150}
    assert chosen[choice] == expected[choice]


def test_term_is_added_with_a_code_made_from_its_english_label(
    page: SettingsPage, lists: ListsSection, register: Register, qtbot: QtBot
) -> None:
    lists.add()
    for name, text in (("term-fr", "Radio locale"), ("term-en", "Local radio")):
        QTest.keyClicks(field(page, name), text)
    lists.form.ar.set_value("إذاعة محلية")
    assert field(page, "term-code").text() == "local_radio"
    with qtbot.waitSignal(page.context.changes.lists_changed):
        lists.form.save.click()
    term = register.vocabularies.get("contact_channel", "local_radio")
    assert term is not None
    assert term.label.fr == "Radio locale"
    assert lists.form.isHidden()


def test_term_without_a_label_is_refused_and_keeps_what_was_typed(
    page: SettingsPage, lists: ListsSection, qtbot: QtBot
) -> None:
    lists.add()
    QTest.keyClicks(field(page, "term-fr"), "Radio")
    lists.form.save.click()
    assert lists.form._failure.isVisible()
    assert field(page, "term-fr").text() == "Radio"


def test_term_moves_down_and_stays_chosen(
    page: SettingsPage, lists: ListsSection, qtbot: QtBot
) -> None:
    first = lists.terms.term(0)
    assert first is not None
    lists.table.setCurrentIndex(lists.terms.index(0, 0))
    lists._down.click()
    assert lists.terms.term(1) is not None
    assert lists.table.currentIndex().row() == 1
    again = lists.terms.term(1)
    assert again is not None
    assert again.code == first.code


def test_term_is_retired_then_offered_again(lists: ListsSection, register: Register) -> None:
    lists.table.setCurrentIndex(lists.terms.index(0, 0))
    term = lists.terms.term(0)
    assert term is not None
    lists._retire.click()
    retired = register.vocabularies.get("contact_channel", term.code)
    assert retired is not None
    assert not retired.active
    assert lists._retire.text() == "Offer again"
    lists._retire.click()
    assert register.vocabularies.get("contact_channel", term.code) == term


def test_term_of_the_rules_may_only_be_renamed(lists: ListsSection) -> None:
    lists.open_list("fund", "iom_morocco")
    assert not lists._retire.isEnabled()
    assert lists._rename.isEnabled()
    lists.open_list("sex")
    assert not lists._add.isEnabled()


def test_lists_are_found_by_what_their_name_holds(lists: ListsSection) -> None:
    lists.search.line.textEdited.emit("x")
    lists.search.set_value("bureau")
    lists._on_search()
    assert lists.lists.rowCount() == 1


def test_half_typed_term_outlives_the_page(
    page: SettingsPage, lists: ListsSection, context: Context, qtbot: QtBot
) -> None:
    lists.add()
    QTest.keyClicks(field(page, "term-fr"), "Radio")
    again = SettingsPage(context, Settings())
    qtbot.addWidget(again)
    again.set_state(page.state())
    assert again.tabs.index() == 1
    assert field(again, "term-fr").text() == "Radio"


def test_balances_open_their_form(
    page: SettingsPage, records: Records, actor: Actor, shell: RecordingShell
) -> None:
    balance = {
        "section": "returns_from_morocco",
        "as_of": TODAY,
        "value": 18120,
        "source": "Bulletin",
        "signed_by": "Direction",
    }
    page.tabs.set_index(2)
    section = page.section(2)
    assert isinstance(section, BalancesSection)
    saved = records.save(actor, Draft("opening_balance", balance))
    page.refresh(saved)
    assert section.model.data(section.model.index(0, 3)) == "\u206618\u202f120\u2069"
    QTest.keyClick(section.table, Qt.Key.Key_Return)
    section.add()
    assert shell.opened == [FormOf("opening_balance", saved.ids[0]), FormOf("opening_balance")]


def test_about_tells_the_identity_of_the_register(context: Context, qtbot: QtBot) -> None:
    page = AboutPage(context, About())
    qtbot.addWidget(page)
    texts = (label.text() for label in page.findChildren(Text))
    shown = " ".join(texts).replace("\u200b", "")  # where a long path may break
    digits = context.register.info.uuid
    assert f"{digits[:4]} {digits[4:8]}" in shown
    assert str(context.register.paths.data_dir) in shown
    assert "LGPL-3.0" in shown


def test_help_shows_the_guide_at_a_topic(
    context: Context, qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory
) -> None:
    page = HelpPage(context, Help())
    qtbot.addWidget(page)
    browser = page.browser
    assert isinstance(browser, QTextBrowser)
    browser.setMarkdown("# Guide\n\n" + "texte\n\n" * 200 + "## Saisir un retour\n\nfin\n")
    page.resize(600, 400)
    page.show()
    assert page.show_topic("saisir-un-retour")
    assert browser.verticalScrollBar().value() > 0
    assert not page.show_topic("autre-chose")


def test_help_opens_the_other_pages_of_the_guide_and_nothing_beside_them(
    context: Context, qtbot: QtBot
) -> None:
    page = HelpPage(context, Help())
    qtbot.addWidget(page)
    browser = page.browser
    assert "installation.md" in browser.toMarkdown()
    browser.anchorClicked.emit(QUrl("installation.md#sous-debian-ou-ubuntu"))
    assert "AVRR-Setup" in browser.toPlainText()
    browser.anchorClicked.emit(QUrl("../../licences/GPL-3.0.txt"))
    assert "AVRR-Setup" in browser.toPlainText()
    browser.anchorClicked.emit(QUrl("index.md"))
    assert "Ctrl+K" in browser.toPlainText()


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [("Saisir un retour", "saisir-un-retour"), ("L’âge, jour par jour", "l-age-jour-par-jour")],
)
def test_heading_has_a_name_for_links(heading: str, anchor: str) -> None:
    assert anchor_of(heading) == anchor
