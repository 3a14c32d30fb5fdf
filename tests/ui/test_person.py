from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import update
from tests.ui.conftest import CONSENT, RecordingShell, person_draft, registration_draft, wear

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.labels import Language
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.stored import UNDONE
from avrr_desktop.services.summary.cells import CellKey
from avrr_desktop.ui.cases.page import CasePageView
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.person.page import PersonPageView
from avrr_desktop.ui.person.tiles import MemberTile
from avrr_desktop.ui.routes import (
    CasePage,
    FigureOf,
    FormOf,
    NewRegistration,
    PersonPage,
    RecordsOf,
)
from avrr_desktop.ui.theme.tokens import Scheme
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.text import Text

HEAD, CHILD, CASE, VOUCHER = "a" * 32, "b" * 32, "c" * 32, "d" * 32


@pytest.fixture
def family(register: Register, records: Records, actor: Actor) -> Register:
    """KONÉ Aïcha, returned, with two vouchers; her sister Fatou, seventeen, in her case."""
    consent = ({**CONSENT, "representative": "KONÉ Aïcha"},)
    fatou = {"given_name": "Fatou", "given_name_ar": "فاطو", "birth_typed": "19/08/2005"}
    members = (
        {"person_id": HEAD, "place": "head", "from_on": date(2023, 2, 14)},
        {"person_id": CHILD, "place": "sibling", "from_on": date(2023, 2, 14)},
    )
    case = {"office": "RBA", "opened_on": date(2023, 2, 14), "membership": members}
    whose = {"person_id": HEAD, "case_id": CASE, "office": "RBA"}
    voucher = {**whose, "kind": "voucher", "amount": 60_000, "currency": "MAD"}
    returned = {**whose, "country": "CI", "city": "Abidjan", "departed_on": date(2023, 5, 24)}
    flagged = ({"code": "single_parent", "from_on": date(2023, 2, 14)},)
    paper = ({"kind": "passport", "number": "R0123456"},)
    phone = ({"number": "06 61 20 48 17"},)
    records.save(
        actor,
        person_draft(HEAD, vulnerability=flagged, document=paper, phone=phone),
        person_draft(CHILD, consent=consent, **fatou),
        Draft("case_file", case, new_id=CASE),
        registration_draft(HEAD, case_id=CASE),
        Draft("direct_assistance", {**voucher, "given_on": date(2023, 2, 20)}, new_id=VOUCHER),
        Draft("direct_assistance", {**voucher, "given_on": date(2023, 3, 9)}),
        Draft("return_from_morocco", {**returned, "authorisation_obtained_on": date(2023, 4, 1)}),
        Draft(
            "return_from_morocco",
            {"person_id": CHILD, "office": "RBA", "country": "CI", "planned_on": date(2023, 9, 1)},
        ),
        confirm_all="test",
    )
    return register


Opener = Callable[[str], PersonPageView]


@pytest.fixture
def open_person(qtbot: QtBot, context: Context, family: Register) -> Opener:
    context.period = "2023-S1"

    def opened(person_id: str) -> PersonPageView:
        page = PersonPageView(context, PersonPage(person_id))
        qtbot.addWidget(page)
        page.resize(1220, 800)
        page.show()
        return page

    return opened


def timeline(page: PersonPageView) -> list[str]:
    assert page.body is not None
    model = page.body.timeline.moments
    return [str(model.index(row, 0).data()).replace("\u2066", "").replace("\u2069", "")
            for row in range(model.rowCount())]  # fmt: skip


def text_of(page: PersonPageView, name: str) -> str:
    label = page.findChild(Text, name)
    assert label is not None
    return label.text()


def click(page: PersonPageView | CasePageView, name: str) -> None:
    button = page.findChild(Button, name)
    assert button is not None
    button.click()


def test_identity_shows_both_scripts(open_person: Opener) -> None:
    page = open_person(HEAD)
    assert "KONÉ Aïcha" in text_of(page, "person-name")
    assert text_of(page, "person-name-other") == "عائشة كوني"


def test_timeline_tells_role_period_and_group(open_person: Opener) -> None:
    lines = timeline(open_person(HEAD))
    assert lines[0].startswith("24/05/2023 · Retour depuis le Maroc · Côte d’Ivoire · Abidjan")
    assert lines[0].endswith("2023‑S1 · Woman")
    assert lines[1].endswith("Step, does not count")
    assert lines[2].startswith("09/03/2023 · Assistance directe · Bon d’achat · 600\u00a0MAD")
    assert lines[2].endswith("Already counted · +1 service")
    assert lines[3].endswith("2023‑S1 · Woman")


def test_planned_moment_stands_above_today(open_person: Opener) -> None:
    lines = timeline(open_person(CHILD))
    assert lines[0].endswith("Planned, does not count")
    assert lines[1] == "Today, 05/07/2023"


def test_enter_on_a_moment_opens_its_form(open_person: Opener, shell: RecordingShell) -> None:
    page = open_person(HEAD)
    assert page.body is not None
    page.body.choose(3)
    QTest.keyClick(page.body.timeline, Qt.Key.Key_Return)
    assert shell.opened == [FormOf("direct_assistance", VOUCHER)]


def test_next_activity_is_offered_without_retyping(
    open_person: Opener, shell: RecordingShell
) -> None:
    page = open_person(HEAD)
    assert page.body is not None
    QTest.mouseClick(page.body.first_action, Qt.MouseButton.LeftButton)
    (route,) = shell.opened
    assert route == FormOf("reintegration", person_ids=(HEAD,), case_id=CASE)
    click(page, "add-direct_assistance")
    assert shell.opened[-1] == FormOf("direct_assistance", person_ids=(HEAD,), case_id=CASE)


def test_household_opens_members_and_adds_some(open_person: Opener, shell: RecordingShell) -> None:
    page = open_person(HEAD)
    tile = page.findChild(MemberTile, f"member-{CHILD}")
    assert tile is not None
    assert "18 on \u206619/08/2023" in tile.accessibleName()
    QTest.keyClick(tile, Qt.Key.Key_Return)
    click(page, "add-member")
    click(page, "person-case")
    assert shell.opened == [PersonPage(CHILD), NewRegistration(case_id=CASE), CasePage(CASE)]


def test_activity_for_the_household_names_everyone(
    open_person: Opener, shell: RecordingShell
) -> None:
    page = open_person(HEAD)
    click(page, "for-household")
    menu = page.findChild(QMenu, "household-menu")
    assert isinstance(menu, QMenu)
    menu.actions()[2].trigger()
    menu.close()
    route = FormOf("direct_assistance", person_ids=(HEAD, CHILD), case_id=CASE)
    assert shell.opened == [route]


def test_counts_in_opens_the_figure(open_person: Opener, shell: RecordingShell) -> None:
    page = open_person(HEAD)
    click(page, "counts-returns_from_morocco")
    cell = CellKey("returns_from_morocco", "persons", None, "women")
    assert shell.opened == [FigureOf("2023-S1", cell)]


def test_history_shows_before_and_after(
    open_person: Opener, records: Records, actor: Actor
) -> None:
    records.save(actor, Draft("person", {"given_name": "Aïssata"}, id=HEAD))
    page = open_person(HEAD)
    assert page.body is not None
    page.body.tabs.set_index(1)
    model = page.body.history.changes
    texts = [str(model.index(0, column).data()) for column in range(model.columnCount())]
    assert texts[2:6] == ["Personne", "Prénom", "\u2066Aïcha\u2069", "\u2066Aïssata\u2069"]


def test_delete_of_the_person_goes_back(
    open_person: Opener, shell: RecordingShell, context: Context
) -> None:
    page = open_person(CHILD)
    click(page, "delete-person")
    QTest.keyClicks(page.deletion.reason, "entered twice")
    QTest.keyClick(page.deletion.reason, Qt.Key.Key_Return)
    assert (len(shell.done), shell.backs) == (1, 1)
    page.refresh()
    banner = page.findChild(Banner, "person-in-bin")
    assert banner is not None
    banner.action.click()
    assert len(shell.done) == 2
    assert not context.records.read("person", CHILD).is_deleted


def test_a_file_whose_entry_was_undone_says_so(open_person: Opener, context: Context) -> None:
    with context.register.database.writing() as connection:
        row = update(table_of(Person)).where(table_of(Person).c.id == CHILD)
        connection.execute(
            row.values(deleted_at=context.register.clock.now(), deleted_reason=UNDONE)
        )
    page = open_person(CHILD)
    banner = page.findChild(Banner, "person-in-bin")
    assert banner is not None
    assert "entry undone" in " ".join(text.text() for text in banner.findChildren(Text))


def test_delete_key_deletes_the_event_of_the_line(
    open_person: Opener, shell: RecordingShell, context: Context
) -> None:
    page = open_person(HEAD)
    assert page.body is not None
    page.body.timeline.setFocus()
    page.body.choose(3)
    QTest.keyClick(page.body.timeline, Qt.Key.Key_Delete)
    QTest.keyClicks(page.deletion.reason, "not given")
    QTest.keyClick(page.deletion.reason, Qt.Key.Key_Return)
    assert shell.backs == 0
    assert context.records.read("direct_assistance", VOUCHER).is_deleted
    before = len(timeline(page))
    page.refresh(shell.done[0][0])
    assert len(timeline(page)) == before - 1


def test_narrow_page_turns_the_panel_into_a_tab(open_person: Opener) -> None:
    page = open_person(HEAD)
    assert page.body is not None
    page.resize(880, 700)
    page.body.tabs.set_index(2)
    assert page.body.counts.isVisible()
    assert isinstance(page.state(), object)
    page.resize(1220, 700)
    assert page.body.tab() == 0
    assert page.body.counts.isVisible()


def test_unknown_person_leads_to_the_list(open_person: Opener, shell: RecordingShell) -> None:
    page = open_person("f" * 32)
    click(page, "empty-state-action")
    assert shell.opened == [RecordsOf("person")]


def test_page_holds_in_every_language_and_size(open_person: Opener, qapp: QApplication) -> None:
    for language in Language:
        wear(qapp, language, Scheme.DARK)
        page = open_person(HEAD)
        page.resize(860, 560)
        assert not page.grab().isNull()
        page.close()


@pytest.fixture
def case_page(qtbot: QtBot, context: Context, family: Register) -> CasePageView:
    page = CasePageView(context, CasePage(CASE))
    qtbot.addWidget(page)
    page.resize(1220, 800)
    page.show()
    return page


def test_case_shows_members_and_events(case_page: CasePageView) -> None:
    names = [row[0] for row in case_page.members_model.texts]
    assert names == ["KONÉ Aïcha", "KONÉ Fatou"]
    assert [row[1] for row in case_page.events_model.texts] == [
        "Retour depuis le Maroc",
        "Assistance directe",
        "Assistance directe",
        "Enregistrement",
    ]


def test_member_leaves_on_a_day(case_page: CasePageView, shell: RecordingShell) -> None:
    case_page.members.setCurrentIndex(case_page.members_model.index(1, 0))
    click(case_page, "member-leaves")
    line = case_page.leaving.day.focus_widget()
    line.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(line, "01062023")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert len(shell.done) == 1
    case_page.refresh(shell.done[0][0])
    assert case_page.members_model.texts[1][-1] == "\u206601/06/2023\u2069"
    case_page.members.setCurrentIndex(case_page.members_model.index(1, 0))
    button = case_page.findChild(Button, "member-leaves")
    assert button is not None
    assert not button.isEnabled()


def test_impossible_last_day_is_said_beside_it(
    case_page: CasePageView, shell: RecordingShell
) -> None:
    case_page.leave()
    case_page.leaving.day.set_value(date(2023, 1, 1))
    click(case_page, "leaving-do")
    assert case_page.leaving.problem.isVisible()
    assert case_page.leaving.problem.text()
    assert shell.done == []


def test_case_opens_members_events_and_forms(
    case_page: CasePageView, shell: RecordingShell
) -> None:
    QTest.keyClick(case_page.members, Qt.Key.Key_Return)
    QTest.keyClick(case_page.events, Qt.Key.Key_Return)
    QTest.keyClick(case_page.members, Qt.Key.Key_F2)
    click(case_page, "add-member")
    first, second, *others = shell.opened
    assert first == PersonPage(HEAD)
    assert isinstance(second, FormOf)
    assert second.key == "return_from_morocco"
    assert others == [FormOf("case_file", CASE), NewRegistration(case_id=CASE)]
