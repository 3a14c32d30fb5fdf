"""The erratum of the period before: masked like the rest, and frozen with a closed bulletin."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.paths import paths_in
from avrr_desktop.services.bulletin.blocks import Heading, Paragraph
from avrr_desktop.services.bulletin.errata import erratum_before
from avrr_desktop.services.bulletin.export import make_bulletin
from avrr_desktop.services.closing.closings import close
from avrr_desktop.services.closing.erratum import erratum
from avrr_desktop.services.closing.gap import gap_of
from avrr_desktop.services.closing.held import closing_for
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, create_register

BEFORE, PERIOD = parse_period("2022-S2"), parse_period("2023-S1")
EN = Language.EN
ADULT, CHILD = "12/03/1990", "12/03/2010"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2024, 1, 8, 10, tzinfo=UTC))


@pytest.fixture
def register(tmp_path_factory: pytest.TempPathFactory, clock: FixedClock) -> Register:
    """Nine men, seven women and five boys registered in 2022-S2, which is closed."""
    paths = paths_in(tmp_path_factory.mktemp("errata") / "register")
    opened = create_register(paths, clock, is_demo=False)
    people = [*[("man", ADULT)] * 9, *[("woman", ADULT)] * 7, *[("man", CHILD)] * 5]
    for number, (sex, birth) in enumerate(people):
        add(opened, number, sex, birth)
    close(opened, opened.local_actor, BEFORE)
    return opened


@pytest.fixture
def actor(register: Register) -> Actor:
    return register.local_actor


def add(register: Register, number: int, sex: str, birth: str) -> None:
    """A person registered in 2022-S2."""
    who, day = f"{number:032x}", date(2022, 9, 1)
    names = {"family_name": f"BAH{number}", "given_name": "N", "nationality": "GN"}
    consent = {
        "given_on": day,
        "form": "written",
        "purposes": ("return",),
        "representative": "Salma",
    }
    person = {**names, "sex": sex, "birth_typed": birth, "consent": (consent,)}
    event = {"person_id": who, "office": "RBA", "channel": "unhcr"}
    Records(register).save(
        register.local_actor,
        Draft("person", person, new_id=who),
        Draft("registration", {**event, "contacted_on": day, "registered_on": day}),
        confirm_all="invented",
        correction="late entry",
    )


def age_boy(register: Register, number: int) -> None:
    """A boy turns out to be a man."""
    draft = Draft("person", {"birth_typed": ADULT}, id=f"{number:032x}")
    Records(register).save(
        register.local_actor, draft, confirm_all="invented", correction="his passport"
    )


def said(register: Register, *, is_masked: bool) -> str:
    """The erratum as the bulletin prints it."""
    made = make_bulletin(register, PERIOD, EN, is_masked=is_masked)
    headings = [b.text if isinstance(b, Heading) else None for b in made.blocks]
    if "Erratum" not in headings:
        return ""
    block = made.blocks[headings.index("Erratum") + 1]
    assert isinstance(block, Paragraph)
    return block.text


def test_nothing_to_say_while_the_figures_stand(register: Register) -> None:
    assert said(register, is_masked=False) == said(register, is_masked=True) == ""


def test_unmasked_erratum_is_that_of_the_gap(register: Register) -> None:
    age_boy(register, 16)
    closing = closing_for(register, BEFORE)
    assert closing is not None
    expected = erratum(gap_of(register, closing), EN)
    assert said(register, is_masked=False) == expected
    for figure in ("Men 10", "Boys 4", "Men 9", "Boys 5"):
        assert figure in expected


def test_masked_erratum_hides_small_figures_on_both_sides(register: Register) -> None:
    age_boy(register, 16)
    text = said(register, is_masked=True)
    now, published = text.split("instead of")
    # Four boys now: neither they, nor the five published, nor one more group can be read.
    assert "Boys \u2066<5\u2069" in now
    assert "Boys \u2066≥5\u2069" in published
    for side in (now, published):
        assert side.count("≥5") + side.count("<5") >= 2
        assert "Girls 0" in side
    assert "Boys 4" not in text
    assert "Boys 5" not in text
    assert text == erratum_before(register, PERIOD, EN, 5)


def test_figures_large_on_both_sides_are_told(register: Register) -> None:
    for number in range(50, 53):
        add(register, number, "man", CHILD)
    text = said(register, is_masked=True)
    assert "Boys 8" in text
    assert "Boys 5" in text


def test_closed_bulletin_keeps_the_erratum_of_its_day(
    register: Register, actor: Actor, clock: FixedClock
) -> None:
    age_boy(register, 16)
    then = said(register, is_masked=True), said(register, is_masked=False)
    clock.instant = datetime(2024, 1, 9, 10, tzinfo=UTC)
    close(register, actor, PERIOD)
    assert (said(register, is_masked=True), said(register, is_masked=False)) == then
    clock.instant = datetime(2024, 1, 10, 10, tzinfo=UTC)
    age_boy(register, 17)
    assert (said(register, is_masked=True), said(register, is_masked=False)) == then
    closing = closing_for(register, BEFORE)
    assert closing is not None
    assert "Boys 3" in erratum(gap_of(register, closing), EN)
