import re
from datetime import date

import pytest
from tests.services.conftest import person_draft, registration_draft

from avrr_desktop.activities import SECTIONS
from avrr_desktop.activities.across import HEADLINE
from avrr_desktop.core.actors import Actor
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import PeriodKind, parse_period, period_of
from avrr_desktop.core.translation import translator
from avrr_desktop.services.identities import checks
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import CellKey, Summary, changed, headline, summarise
from avrr_desktop.services.summary.cells import RUNNING_TOTALS
from avrr_desktop.services.summary_document import RowKind, SummaryDocument
from avrr_desktop.services.summary_labels import cell_label, day_text, period_text
from avrr_desktop.services.summary_view import document, opens

SEMESTER = period_of(PeriodKind.SEMESTER, date(2023, 3, 1))
REFERRED = CellKey("referrals", "persons")


@pytest.fixture
def summary(register: Register, records: Records, actor: Actor) -> Summary:
    """One woman registered in February 2023."""
    records.save(actor, person_draft(), registration_draft())
    return summarise(register, SEMESTER)


def worded(summary: Summary, language: Language = Language.FR) -> SummaryDocument:
    return document(summary, summary.vocabularies, language)


def test_main_rows_follow_the_bulletin_and_never_join_two_directions(summary: Summary) -> None:
    rows = worded(summary).main
    assert [row.code for row in rows if row.kind is RowKind.MAIN] == list(SECTIONS)
    gaps = [place for place, row in enumerate(rows) if row.kind is RowKind.GAP]
    assert [rows[place + 1].code for place in gaps] == ["returns_to_morocco", "resettlement"]


def test_reintegration_row_has_its_subset_and_all_funds_under_it(summary: Summary) -> None:
    rows = worded(summary).main
    place = next(i for i, row in enumerate(rows) if row.code == "reintegration")
    keys = [row.total.key for row in rows[place : place + 3]]
    names = [key.measure for key in keys if key is not None]
    assert names == ["persons", "unaccompanied_or_separated_children", "persons_all_funds"]
    men = rows[place + 1].groups[0]
    assert not men.is_applicable


def test_every_cell_of_the_document_is_the_engines(summary: Summary) -> None:
    shown = worded(summary)
    rows = [*shown.main, shown.cohort, *(h.row for h in shown.headline)]
    for part in shown.sections:
        rows += [part.row, *part.subs, *part.facts]
        rows += [row for table in part.tables for row in (*table.rows, table.total)]
    cells = [cell for row in rows for cell in row.cells()]
    assert cells
    for cell in cells:
        assert cell.key is not None
        assert cell.value == summary.value(*cell.key)


def test_document_shows_every_cell_the_engine_prints(summary: Summary) -> None:
    shown = worded(summary)
    found = {cell.key for row in shown.main for cell in row.cells()}
    found |= {cell.key for cell in shown.cohort.cells()}
    for part in shown.sections:
        rows = [part.row, *part.subs, *part.facts]
        rows += [row for table in part.tables for row in table.rows]
        found |= {cell.key for row in rows for cell in row.cells()}
    found |= {c.key for r in shown.running for c in (r.opening, r.counted, r.total)}
    printed = {
        CellKey(c["section"], c["measure"], c["term"], c["group"]) for c in summary.iter_cells()
    }
    assert {key.section for key in printed - found} == {"across"}


def test_headline_only_leaves_other_sections_blank(register: Register) -> None:
    first = headline(register, SEMESTER)
    shown = document(first, register.vocabularies, Language.FR, counted=HEADLINE)
    values = {row.code: row.total.value for row in shown.main if row.kind is RowKind.MAIN}
    assert values["registrations"] == 0
    assert values["referrals"] is None
    assert [card.row.total.value for card in shown.headline] == [0, 0, 0, None]
    assert not shown.sections


def test_zero_terms_are_rows(summary: Summary) -> None:
    table = worded(summary).table("registrations", "persons_by_channel")
    by_code = {row.code: row.total.value for row in table.rows}
    assert by_code["word_of_mouth"] == 1
    assert by_code["social_networks"] == 0
    assert table.rows[0].percent is not None


def test_countries_counted_come_first(summary: Summary) -> None:
    table = worded(summary).table("registrations", "persons_by_nationality")
    assert table.is_long
    assert table.rows[0].code == "CI"


def test_not_additive_list_says_by_how_much(summary: Summary) -> None:
    twice = changed(
        summary,
        {
            REFERRED: 1,
            REFERRED._replace(measure="services"): 2,
            REFERRED._replace(measure="persons_by_partner", term="anapec"): 1,
            REFERRED._replace(measure="persons_by_partner", term="ahk"): 1,
        },
    )
    shown = worded(twice, Language.EN)
    note = shown.table("referrals", "persons_by_partner").note
    assert re.search(r"sum to 2, for 1 persons and 2 events", note)
    assert shown.footnotes == (note,)
    partners = [row.code for row in shown.main if row.code in {"anapec", "ahk", "alcs"}]
    assert partners == ["anapec", "ahk"]


def test_identities_hold_and_a_broken_one_is_a_warning(summary: Summary) -> None:
    assert all(check.holds for check in checks(summary))
    broken = changed(summary, {CellKey("registrations", "persons", None, "men"): 1})
    assert not all(check.holds for check in checks(broken))
    assert worded(broken).notes[0].kind == "warning"


def test_notes_open_the_persons_they_speak_of(summary: Summary) -> None:
    moved = changed(summary, {CellKey("across", "persons_changing_group"): 6})
    shown = document(moved, summary.vocabularies, Language.EN, planned={"returns_from_morocco": 9})
    persons, planned = shown.notes[1:]
    assert persons.link == "6 persons"
    assert persons.link in persons.text
    assert planned.link == "9 planned"
    assert planned.link in planned.text
    assert planned.not_counted


def test_derived_figures_open_what_they_derive_from() -> None:
    assert opens(CellKey("registrations", "mean_age")) == CellKey("registrations", "persons")
    running = CellKey(RUNNING_TOTALS, "total", "resettlement")
    assert opens(running) == CellKey(RUNNING_TOTALS, "counted", "resettlement")
    plain = CellKey("registrations", "persons", None, "men")
    assert opens(plain) == plain


def test_running_total_is_rounded_down(summary: Summary) -> None:
    key = CellKey(RUNNING_TOTALS, "counted", "returns_from_morocco")
    shown = worded(changed(summary, {key: 20_986}), Language.EN)
    returns = next(each for each in shown.running if each.code == "returns_from_morocco")
    assert returns.more_than == "more than 20\u202f000"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    "code", ["2023-S1", "2023-Q2", "2023-06", "2023", "2023-01-15..2023-03-02"]
)
def test_every_period_is_worded_in_every_language(
    register: Register, code: str, language: Language
) -> None:
    shown = worded(summarise(register, parse_period(code)), language)
    assert shown.title
    assert shown.period_label
    assert all(row.label for row in shown.main if row.kind is not RowKind.GAP)
    assert all(definition.text for definition in shown.definitions)


def test_first_of_a_month_is_an_ordinal_in_french() -> None:
    assert day_text(date(2023, 1, 1), Language.FR) == "1ᵉʳ janvier 2023"
    assert day_text(date(2023, 6, 30), Language.FR) == "30 juin 2023"
    assert period_text(SEMESTER, translator(Language.FR)) == "2023\u2011S1"


def test_cell_is_named_in_words(summary: Summary) -> None:
    key = CellKey("returns_from_morocco", "persons_by_country", "GN", "men")
    named = cell_label(key, summary.vocabularies, Language.FR)
    assert named == "Retours depuis le Maroc · Pays de retour · Guinée · Hommes"
