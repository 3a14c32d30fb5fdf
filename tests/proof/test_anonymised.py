"""The pack of a semester some of whose persons were anonymised since: honest about their ages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.proof.conftest import S1, checked, pack_of
from tests.proof.test_proof import CHECKER, lines_by_consent, lines_of, read_json, sealed_anew

from avrr_desktop.core.labels import Language
from avrr_desktop.services.closing.closings import frozen_of
from avrr_desktop.services.closing.frozen import rolls_frozen
from avrr_desktop.services.closing.held import closed
from avrr_desktop.services.register import Register
from avrr_desktop.services.retention.anonymising import anonymise
from avrr_desktop.services.summary.cells import BY_AGE

SECTION = "registrations"


def with_age(register: Register, number: int) -> list[str]:
    """Persons whose age the closing counted, and who consent to statistics."""
    with register.database.reading() as connection:
        rolls = rolls_frozen(frozen_of(connection, closed(connection, S1)).members)
    counted = {
        person
        for roll in rolls
        if (roll.section, roll.measure) == (SECTION, BY_AGE)
        for _, person in roll.members
    }
    return sorted(counted & lines_by_consent(register))[:number]


@pytest.mark.parametrize("language", list(Language))
def test_mean_ages_are_said_not_to_be_recountable_and_the_rest_conforms(
    register: Register, tmp_path: Path, language: Language
) -> None:
    persons = with_age(register, 3)
    anonymise(register, register.local_actor, persons, "Délai")
    pack, proof = pack_of(register, tmp_path, language)
    code, said = checked(CHECKER, pack, "--language", language.value)
    assert code == 0, said
    (line,) = [each for each in said.splitlines() if f"{SECTION} / mean_age" in each]
    assert "3" in line
    figures = read_json(pack / "figures.json")
    assert figures["anonymised_persons"] == 3
    cells = figures["cells"]
    assert isinstance(cells, list)
    assert proof.cells < len(cells)  # those are not said to be recounted
    assert "3" in (pack / "definitions.html").read_text(encoding="utf-8").split("<h2")[0]


def test_no_age_of_theirs_is_told_alone_or_in_a_sum(register: Register, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    packs = []
    for folder in (before, after):
        folder.mkdir()
        packs.append(pack_of(register, folder)[0])
        anonymise(register, register.local_actor, with_age(register, 2), "Délai")
    kept = [read_json(pack / "figures.json")["withheld_ages"] for pack in packs]
    assert kept[0] == kept[1]
    ages = [
        [line for line in lines_of(pack, "ages") if line["section"] == SECTION] for pack in packs
    ]
    assert len(ages[0]) - len(ages[1]) == 2


def test_nobody_anonymised_nothing_is_left_out(register: Register, tmp_path: Path) -> None:
    pack, proof = pack_of(register, tmp_path)
    figures = read_json(pack / "figures.json")
    cells = figures["cells"]
    assert isinstance(cells, list)
    assert (figures["not_recountable"], len(cells)) == ([], proof.cells)


@pytest.mark.parametrize("by", [30, -30])
def test_a_mean_that_the_ages_left_cannot_give_does_not_conform(
    register: Register, tmp_path: Path, by: int
) -> None:
    anonymise(register, register.local_actor, with_age(register, 1), "Délai")
    pack, _ = pack_of(register, tmp_path)
    path = pack / "figures.json"
    figures = read_json(path)
    cells = figures["cells"]
    assert isinstance(cells, list)
    (cell,) = [c for c in cells if c[:3] == [SECTION, "mean_age", None]]
    cell[4] += by
    path.write_text(json.dumps(figures), encoding="utf-8")
    sealed_anew(pack)
    code, said = checked(CHECKER, pack)
    assert code == 1
    assert f"{SECTION} / mean_age / total" in said


def test_more_ages_lacking_than_persons_anonymised_do_not_conform(
    register: Register, tmp_path: Path
) -> None:
    anonymise(register, register.local_actor, with_age(register, 2), "Délai")
    pack, _ = pack_of(register, tmp_path)
    path = pack / "figures.json"
    figures = read_json(path)
    figures["anonymised_persons"] = 1
    path.write_text(json.dumps(figures), encoding="utf-8")
    sealed_anew(pack)
    assert checked(CHECKER, pack)[0] == 1
