"""The same period of each year: closed and live years, no data, breaks, words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import text
from tests.services.conftest import person_draft

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Label, Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.translation import translator
from avrr_desktop.services.closing.closings import close, reopen
from avrr_desktop.services.comparisons import Comparisons, comparisons
from avrr_desktop.services.comparisons_words import NO_DATA, years_document
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.series_breaks import ListBreak, RulesBreak, Turn
from avrr_desktop.services.summary import CellKey, summarise
from avrr_desktop.services.summary_text import years_said, years_text
from avrr_desktop.services.vocabulary_admin import (
    add_term,
    reactivate_term,
    rename_term,
    retire_term,
)
from avrr_desktop.services.workbook import export_workbook

PERIOD = parse_period("2023-S1")
REGISTERED = CellKey("registrations", "persons")
BRIDGE = Label("Passerelle", "جسر", "Bridge")
RAFT = Label("Radeau", "طوف", "Raft")


def registered(records: Records, actor: Actor, number: int, day: date) -> None:
    """One more person, registered on a day."""
    who = f"{number:032x}"
    names = {"family_name": f"BAH{number}", "given_name": "Mariama"}
    consent = {"given_on": date(2018, 1, 2), "form": "written", "purposes": ("return",)}
    event = {"person_id": who, "office": "RBA", "channel": "unhcr"}
    records.save(
        actor,
        person_draft(who, **names, consent=(consent,)),
        Draft("registration", {**event, "contacted_on": day, "registered_on": day}),
        confirm_all="invented",
        correction="late entry",
    )


@pytest.fixture
def filled(register: Register, records: Records, actor: Actor) -> Register:
    """One registered in 2020-S2, two in 2021-S1, none in 2022-S1, three in 2023-S1."""
    days = [date(2020, 9, 1), *[date(2021, 3, 1)] * 2, *[date(2023, 4, 1)] * 3]
    for number, day in enumerate(days):
        registered(records, actor, number, day)
    return register


def values(found: Comparisons, key: CellKey = REGISTERED) -> tuple[int | None, ...]:
    return next(series.values for series in found.series if series.key == key)


def test_years_before_the_first_event_have_no_data_and_not_zero(filled: Register) -> None:
    found = comparisons(filled, PERIOD)
    # Nothing had happened by the end of June 2020; a year without registrations is a zero.
    assert values(found) == (None, None, None, 2, 0, 3)
    assert values(found, CellKey("referrals", "persons")) == (None, None, None, 0, 0, 0)
    assert found.first_event == date(2020, 9, 1)


def test_change_is_since_the_year_before(filled: Register) -> None:
    series = next(s for s in comparisons(filled, PERIOD).series if s.key == REGISTERED)
    assert (series.change, series.change_percent) == (3, None)
    second = comparisons(filled, parse_period("2022-S1")).series[0]
    assert (second.change, second.change_percent) == (-2, -100)


def test_empty_register_has_nothing_to_compare(register: Register) -> None:
    found = comparisons(register, PERIOD)
    assert values(found) == (None,) * 6
    assert not found.has_several
    shown = years_document(found, register.vocabularies, translator(Language.EN))
    assert years_text(shown).splitlines()[1:] == [shown.nothing]


def test_closed_semester_is_read_from_what_was_frozen(
    filled: Register, records: Records, actor: Actor
) -> None:
    closed = parse_period("2021-S1")
    close(filled, actor, closed)
    registered(records, actor, 90, date(2021, 5, 1))
    registered(records, actor, 91, date(2022, 5, 1))
    assert summarise(filled, closed).value(*REGISTERED) == 3
    found = comparisons(filled, PERIOD)
    assert values(found) == (None, None, None, 2, 1, 3)
    assert [year.is_frozen for year in found.years] == [False, False, False, True, False, False]
    reopen(filled, replace(actor, id="another"), closed, "wrong")
    assert values(comparisons(filled, PERIOD)) == (None, None, None, 3, 1, 3)


def test_years_that_contain_closed_semesters_are_recounted(
    filled: Register, records: Records, actor: Actor
) -> None:
    close(filled, actor, parse_period("2021-S1"))
    registered(records, actor, 90, date(2021, 5, 1))
    assert values(comparisons(filled, parse_period("2023")))[3:] == (3, 0, 3)


def test_closing_altered_by_another_program_is_refused(filled: Register, actor: Actor) -> None:
    close(filled, actor, parse_period("2021-S1"))
    with filled.database.writing() as connection:
        connection.execute(text("UPDATE closing SET content = members"))
    with pytest.raises(UserError) as caught:
        comparisons(filled, PERIOD)
    assert caught.value.code == "closing_altered"
    assert "2021" in years_said(filled, PERIOD, Language.EN)  # the summary itself is printed


def test_as_known_before_a_closing_and_a_late_entry(
    filled: Register, records: Records, actor: Actor, clock: FixedClock
) -> None:
    known = clock.instant
    clock.instant = datetime(2023, 7, 6, 10, tzinfo=UTC)
    registered(records, actor, 90, date(2021, 5, 1))
    close(filled, actor, parse_period("2021-S1"))
    add_term(filled, actor, "assistance_kind", "bridge", BRIDGE)
    then = comparisons(filled, parse_period("2023-S2"), known_at=known)
    assert then.lists == ()
    assert values(comparisons(filled, PERIOD, known_at=known)) == (None, None, None, 2, 0, 3)
    assert values(comparisons(filled, PERIOD)) == (None, None, None, 3, 0, 3)
    seen = comparisons(filled, PERIOD, known_at=known).years[3]
    assert (seen.period.code, seen.is_frozen) == ("2021-S1", False)


def test_terms_added_and_retired_break_the_series(
    filled: Register, actor: Actor, clock: FixedClock
) -> None:
    clock.instant = datetime(2022, 2, 1, 10, tzinfo=UTC)
    add_term(filled, actor, "assistance_kind", "bridge", BRIDGE)
    rename_term(filled, actor, "assistance_kind", "bridge", Label("Pont", "جسر", "Deck"))
    clock.instant = datetime(2022, 9, 1, 10, tzinfo=UTC)
    retire_term(filled, actor, "assistance_kind", "bridge")
    clock.instant = datetime(2023, 2, 1, 10, tzinfo=UTC)
    reactivate_term(filled, actor, "assistance_kind", "bridge")
    add_term(filled, actor, "document_kind", "bridge", BRIDGE)  # cuts no figure
    clock.instant = datetime(2023, 7, 5, 10, tzinfo=UTC)
    found = comparisons(filled, PERIOD)
    kind, codes, now = "assistance_kind", ("bridge",), PERIOD
    assert found.lists == (
        ListBreak(Turn.ADDED, kind, codes, date(2022, 2, 1), parse_period("2022-S1")),
        ListBreak(Turn.RETIRED, kind, codes, date(2022, 9, 1), now),
        ListBreak(Turn.TAKEN_BACK, kind, codes, date(2023, 2, 1), now),
    )
    assert [found.breaks_before(y.period) for y in found.years] == [*[False] * 4, True, True]


def test_change_of_a_list_before_the_first_figures_breaks_nothing(
    filled: Register, actor: Actor, clock: FixedClock
) -> None:
    clock.instant = datetime(2020, 5, 1, 10, tzinfo=UTC)
    add_term(filled, actor, "assistance_kind", "bridge", BRIDGE)
    clock.instant = datetime(2023, 7, 5, 10, tzinfo=UTC)
    add_term(filled, actor, "assistance_kind", "raft", RAFT)  # after the last day compared
    assert comparisons(filled, PERIOD).lists == ()


def test_semester_closed_by_other_rules_breaks_the_series(filled: Register, actor: Actor) -> None:
    close(filled, actor, parse_period("2022-S1"))
    with filled.database.writing() as connection:
        connection.execute(text("UPDATE closing SET rules_version = '0'"))
    assert comparisons(filled, PERIOD).rules == (
        RulesBreak("1", "0", parse_period("2022-S1")),
        RulesBreak("0", "1", PERIOD),
    )


@pytest.mark.parametrize("language", list(Language))
def test_words_say_what_breaks_and_what_is_missing(
    filled: Register, actor: Actor, clock: FixedClock, language: Language
) -> None:
    clock.instant = datetime(2022, 2, 1, 10, tzinfo=UTC)
    for code, label in (("bridge", BRIDGE), ("raft", RAFT)):
        add_term(filled, actor, "assistance_kind", code, label)
    clock.instant = datetime(2023, 5, 5, 10, tzinfo=UTC)
    found = comparisons(filled, PERIOD)
    shown = years_document(found, filled.vocabularies, translator(language))
    said = years_text(shown)
    assert [head.breaks for head in shown.heads] == [*[False] * 4, True, False]
    assert [said.count(term.text(language)) for term in (BRIDGE, RAFT)] == [1, 1]
    for words in ("01/02/2022", "01/09/2020", "05/05/2023", NO_DATA, f"‖ {shown.heads[4].text}"):
        assert words in said


def test_workbook_of_an_open_semester_has_the_sheet(
    filled: Register, actor: Actor, tmp_path: Path
) -> None:
    export_workbook(filled, PERIOD, tmp_path / "open.xlsx", Language.EN)
    sheet = load_workbook(tmp_path / "open.xlsx")["Comparisons"]
    lines = list(sheet.iter_rows(min_row=3, values_only=True))
    label = filled.vocabularies.label("section", REGISTERED.section, Language.EN)
    line = next(each for each in lines if each[0] == label)
    assert line[1:9] == (NO_DATA, NO_DATA, NO_DATA, 2, 0, 3, 3, None)
    close(filled, actor, PERIOD)
    export_workbook(filled, PERIOD, tmp_path / "closed.xlsx", Language.EN)
    assert "Comparisons" not in load_workbook(tmp_path / "closed.xlsx").sheetnames
