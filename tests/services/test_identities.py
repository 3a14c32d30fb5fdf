"""Each identity turns red when broken, names the figure, and nothing is given out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from avrr_desktop.activities.across import DIRECTIONS
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.translation import translator
from avrr_desktop.paths import paths_in
from avrr_desktop.services.demo.bulk import load
from avrr_desktop.services.demo.spread import generate_spread
from avrr_desktop.services.identities import (
    IDENTITIES,
    Bound,
    Check,
    Offence,
    Printed,
    checks,
    guarded_count,
    guarding,
    require,
)
from avrr_desktop.services.live import count_fully
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.register import Register, create_register
from avrr_desktop.services.summary import CellKey, Cells, Roll, Summary, count, rolls_of
from avrr_desktop.services.summary.listings import Listing
from avrr_desktop.services.summary.statuses import Status
from avrr_desktop.services.summary_view import document
from avrr_desktop.services.workbook import export_workbook, statistical, write_workbook

PERIOD: Final = parse_period("2023")
RETURNS: Final = "returns_from_morocco"
ALONE: Final = "unaccompanied_or_separated_children"
MANY: Final = 10_000


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Three hundred invented persons."""
    clock = FixedClock(datetime(2024, 6, 28, 10, tzinfo=UTC))
    made = create_register(paths_in(tmp_path_factory.mktemp("register")), clock, is_demo=True)
    load(made, generate_spread(300, 1), 300)
    yield made
    made.close()


@pytest.fixture(scope="module")
def summary(register: Register) -> Summary:
    return count_fully(register, PERIOD).summary


@pytest.fixture(scope="module")
def rolls(register: Register) -> tuple[Roll, ...]:
    with register.database.reading() as connection:
        return rolls_of(connection, register.vocabularies, PERIOD, register.clock.today())


def with_cells(summary: Summary, *cells: tuple[CellKey, int]) -> Summary:
    """The summary with some cells of another value."""
    return replace(summary, cells={**summary.cells, **dict(cells)})


def without(summary: Summary, section: str, measure: str) -> Summary:
    """The summary without the largest term of a list."""
    terms = {k.term: v for k, v in summary.cells.items() if k[:2] == (section, measure)}
    gone = max(terms, key=lambda term: terms[term])
    kept = {k: v for k, v in summary.cells.items() if k[:3] != (section, measure, gone)}
    assert len(kept) < len(summary.cells)
    return replace(summary, cells=kept)


def more_in(summary: Summary, section: str, measure: str, term: str | None) -> Summary:
    """Ten thousand more men in a cell, its groups still adding up."""
    place = (section, measure, term)
    more = [CellKey(*place, group) for group in ("men", "total")]
    return with_cells(summary, *((key, summary.cells.get(key, 0) + MANY) for key in more))


Tampering = Callable[[Summary], Summary]

TAMPERED: Final[tuple[tuple[str, CellKey, Tampering], ...]] = (
    (
        "groups_add_up",
        CellKey(RETURNS, "persons"),
        lambda s: with_cells(s, (CellKey(RETURNS, "persons", None, "men"), MANY)),
    ),
    (
        "terms_reach_total",
        CellKey(RETURNS, "persons"),
        lambda s: without(s, RETURNS, "persons_by_month"),
    ),
    (
        "terms_reach_total",  # more than the total, where everyone has one term
        CellKey(RETURNS, "persons"),
        lambda s: more_in(s, RETURNS, "persons_by_nationality", "GN"),
    ),
    (
        "terms_within_section",
        CellKey("registrations", "persons_by_channel", "unhcr", "men"),
        lambda s: more_in(s, "registrations", "persons_by_channel", "unhcr"),
    ),
    (
        "subsets_inside",
        CellKey("reintegration", "persons"),
        lambda s: more_in(s, "reintegration", "persons", None),
    ),
    (
        "subsets_inside",
        CellKey("cohort", "persons_departed"),
        lambda s: more_in(s, "cohort", "persons_departed", None),
    ),
    (
        "subsets_inside",
        CellKey("registrations", "families"),
        lambda s: with_cells(s, (CellKey("registrations", "families"), MANY)),
    ),
    (
        "subsets_inside",
        CellKey(RETURNS, ALONE, None, "boys"),
        lambda s: with_cells(
            s, (CellKey(RETURNS, ALONE, None, "boys"), MANY), (CellKey(RETURNS, ALONE), MANY)
        ),
    ),
    (
        "children_only",
        CellKey(RETURNS, ALONE, None, "men"),
        lambda s: with_cells(s, (CellKey(RETURNS, ALONE, None, "men"), 1)),
    ),
    (
        "directions_apart",
        CellKey("returns", "persons"),
        lambda s: with_cells(
            s,
            (
                CellKey("returns", "persons"),
                sum(s.cells.get(CellKey(key, "persons"), 0) for key in DIRECTIONS[0]),
            ),
        ),
    ),
    (
        "persons_within_services",
        CellKey("direct_assistance", "persons"),
        lambda s: with_cells(s, (CellKey("direct_assistance", "services"), 1)),
    ),
    (
        "persons_within_services",
        CellKey("direct_assistance", "persons_by_kind", "medical"),
        lambda s: with_cells(s, (CellKey("direct_assistance", "services_by_kind", "medical"), 0)),
    ),
)


def red(found: tuple[Check, ...]) -> dict[str, tuple[Offence, ...]]:
    return {check.key: check.offences for check in found if not check.holds}


def of(found: tuple[Check, ...], key: str) -> dict[CellKey, Offence]:
    return {offence.key: offence for offence in red(found).get(key, ())}


def test_everything_is_green_on_sound_figures(
    register: Register, summary: Summary, rolls: tuple[Roll, ...]
) -> None:
    shown = document(summary, register.vocabularies, Language.FR)
    found = checks(summary, rolls, Printed(shown, tuple(summary.iter_cells())))
    assert [check.key for check in found] == list(IDENTITIES)
    assert red(found) == {}
    require(summary, rolls)


@pytest.mark.parametrize(("key", "cell", "tamper"), TAMPERED)
def test_figures_that_break_an_identity_are_named(
    summary: Summary, key: str, cell: CellKey, tamper: Tampering
) -> None:
    assert cell in of(checks(tamper(summary)), key)


@pytest.mark.parametrize(("key", "tamper"), [(key, tamper) for key, _, tamper in TAMPERED])
def test_the_export_refuses_them_and_leaves_no_file(
    register: Register,
    summary: Summary,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    key: str,
    tamper: Tampering,
) -> None:
    monkeypatch.setattr(guarding, "summary_of", lambda *_: tamper(summary))
    broken = red(guarded_count(register, PERIOD).checks)
    assert key in broken
    with pytest.raises(UserError) as caught:
        export_workbook(register, PERIOD, tmp_path / "a.xlsx", Language.FR)
    assert caught.value.code == "identity_broken"
    assert caught.value.values["identity"] == next(iter(broken))
    assert list(tmp_path.iterdir()) == []


def test_a_list_that_does_not_add_up_must_be_marked(
    summary: Summary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Summary, "is_additive", lambda *_: True)
    assert CellKey("direct_assistance", "persons") in of(checks(summary), "lists_flagged")
    with pytest.raises(UserError):
        require(summary)


def test_a_list_that_adds_up_may_not_be_marked(
    summary: Summary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Summary, "is_additive", lambda *_: False)
    offences = of(checks(summary), "lists_flagged")
    assert offences[CellKey(RETURNS, "persons")].bound is Bound.UNMARKED


def test_a_running_total_is_its_two_parts(
    summary: Summary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Summary, "_derived", lambda *_: 7)
    offences = of(checks(summary), "running_parts")
    total = offences[CellKey("running_totals", "total", RETURNS)]
    counted = summary.cells[CellKey("running_totals", "counted", RETURNS)]
    assert (total.value, total.wanted) == (7, counted + summary.openings.get(RETURNS, 0))
    with pytest.raises(UserError, match="identity_broken"):
        require(summary)


def without_one(roll: Roll) -> Roll:
    return replace(roll, members=sorted(roll.members, key=str)[1:])


def swapped(rolls: tuple[Roll, ...], section: str, measure: str, other: Roll) -> tuple[Roll, ...]:
    return tuple(other if (r.section, r.measure) == (section, measure) else r for r in rolls)


def roll_of(rolls: tuple[Roll, ...], section: str, measure: str) -> Roll:
    return next(r for r in rolls if (r.section, r.measure) == (section, measure))


def test_a_list_one_person_short_is_red_and_not_exported(
    register: Register,
    summary: Summary,
    rolls: tuple[Roll, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    short = swapped(rolls, RETURNS, "persons", without_one(roll_of(rolls, RETURNS, "persons")))
    offence = of(checks(summary, short), "list_is_figure")[CellKey(RETURNS, "persons")]
    assert offence.value == offence.wanted + 1
    monkeypatch.setattr(guarding, "rolls_of", lambda *_: short)
    with pytest.raises(UserError, match="identity_broken"):
        export_workbook(register, PERIOD, tmp_path / "a.xlsx", Language.FR)
    assert list(tmp_path.iterdir()) == []


def test_a_list_longer_than_its_figure_is_red(summary: Summary, rolls: tuple[Roll, ...]) -> None:
    key = CellKey("registrations", "persons_by_month", "2023-02")
    fewer = with_cells(summary, (key, summary.cells[key] - 1))
    assert key in of(checks(fewer, rolls), "list_is_figure")


def test_a_stranger_under_a_term_is_named(summary: Summary, rolls: tuple[Roll, ...]) -> None:
    listed = roll_of(rolls, "registrations", "persons_by_channel")
    groups = {**(listed.groups or {}), "stranger": "men"}
    joined = replace(listed, members={*listed.members, ("unhcr", "stranger")}, groups=groups)
    found = checks(summary, swapped(rolls, listed.section, listed.measure, joined))
    key = CellKey("registrations", "persons_by_channel", "unhcr")
    assert of(found, "terms_within_section")[key].persons == ("stranger",)


def test_a_stranger_in_a_subset_is_named(summary: Summary, rolls: tuple[Roll, ...]) -> None:
    part = roll_of(rolls, "cohort", "persons_departed")
    other = replace(part, members={(None, "stranger")}, groups={"stranger": "men"})
    found = checks(summary, swapped(rolls, part.section, part.measure, other))
    key = CellKey("cohort", "persons_departed")
    assert of(found, "subsets_inside")[key].persons == ("stranger",)


def test_an_adult_among_the_unaccompanied_is_named(
    summary: Summary, rolls: tuple[Roll, ...]
) -> None:
    everyone, part = (roll_of(rolls, RETURNS, name) for name in ("persons", ALONE))
    adult = next(p for p, group in (everyone.groups or {}).items() if group == "men")
    other = replace(part, members={*part.members, (None, adult)})
    found = checks(summary, swapped(rolls, RETURNS, ALONE, other))
    assert of(found, "children_only")[CellKey(RETURNS, ALONE)].persons == (adult,)


def test_an_event_behind_both_directions_is_red(summary: Summary, rolls: tuple[Roll, ...]) -> None:
    one, other = (roll_of(rolls, s, "services") for s in (RETURNS, "returns_to_morocco"))
    joined = replace(other, members=[*other.members, next(iter(one.members))])
    found = checks(summary, swapped(rolls, other.section, "services", joined))
    assert CellKey(RETURNS, "services") in of(found, "directions_apart")


def test_a_workbook_with_another_number_is_refused(
    register: Register, summary: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def altered(*given: object, **named: object) -> object:
        shown = document(*given, **named)  # type: ignore[arg-type]
        first = shown.main[0]
        total = replace(first.total, value=(first.total.value or 0) + 1)
        return replace(shown, main=(replace(first, total=total), *shown.main[1:]))

    monkeypatch.setattr(statistical, "document", altered)
    counted = count_fully(register, PERIOD)
    with pytest.raises(UserError) as caught:
        write_workbook(register.info, counted, tmp_path / "a.xlsx", Language.FR)
    assert caught.value.values["identity"] == "workbook_is_screen"
    assert list(tmp_path.iterdir()) == []


def test_data_lines_altered_or_missing_are_red(register: Register, summary: Summary) -> None:
    shown = document(summary, register.vocabularies, Language.EN)
    lines = list(summary.iter_cells())
    place = next(i for i, line in enumerate(lines) if line["value"])
    line = lines[place]
    key = CellKey(line["section"], line["measure"], line["term"], line["group"])
    lines[place] = {**lines[place], "value": lines[place]["value"] + 1}
    assert key in of(checks(summary, printed=Printed(shown, lines)), "workbook_is_screen")
    del lines[place]
    found = of(checks(summary, printed=Printed(shown, lines)), "workbook_is_screen")
    assert found[key].value == 0


def test_a_row_that_joins_two_sections_is_red(register: Register, summary: Summary) -> None:
    shown = document(summary, register.vocabularies, Language.EN)
    rows = {row.code: row for row in shown.main}
    one, other = rows[RETURNS], rows["returns_to_morocco"]
    joined = replace(one, groups=other.groups)
    printed = Printed(replace(shown, main=(joined,)), tuple(summary.iter_cells()))
    found = of(checks(summary, printed=printed), "workbook_is_screen")
    assert found[CellKey(RETURNS, "persons")].bound is Bound.ABSENT


def test_an_engine_that_forgets_a_group_is_caught(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault is in the engine itself, not in the figures given to the guardian."""
    sound = count.cells_of

    def forgetful(section: str, listing: Listing, statuses: dict[str, Status]) -> Cells:
        return {k: v for k, v in sound(section, listing, statuses).items() if k.group != "women"}

    monkeypatch.setattr(count, "cells_of", forgetful)
    broken = guarded_count(register, PERIOD).broken
    assert {"groups_add_up", "list_is_figure"} <= {check.key for check in broken}
    with pytest.raises(UserError):
        export_workbook(register, PERIOD, tmp_path / "a.xlsx", Language.FR)


def test_an_engine_that_counts_services_as_persons_is_caught(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = count.cells_of

    def doubled(section: str, listing: Listing, statuses: dict[str, Status]) -> Cells:
        cells = sound(section, listing, statuses)
        more = 2 if listing.measure == "persons" else 1
        return {key: value * more for key, value in cells.items()}

    monkeypatch.setattr(count, "cells_of", doubled)
    broken = {check.key for check in guarded_count(register, PERIOD).broken}
    assert {"list_is_figure", "terms_reach_total"} <= broken


@pytest.mark.parametrize("language", list(Language))
def test_the_refusal_names_the_identity_in_words(language: Language) -> None:
    error = UserError("identity_broken", identity="groups_add_up", period="2023-S1")
    said = word_error(error, translator(language))
    assert IDENTITIES["groups_add_up"].text(language) in said


def test_progress_is_told_between_steps_and_may_stop(register: Register) -> None:
    told: list[tuple[int, int]] = []
    guarded_count(register, PERIOD, lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (1, 3), (2, 3)]
