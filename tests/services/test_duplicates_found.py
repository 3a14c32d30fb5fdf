"""Probable duplicates: who is paired and why, who is not, and what was said stays said."""

from __future__ import annotations

import pytest
from tests.services.conftest import person_draft

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.services.different_persons import say_different
from avrr_desktop.services.duplicate_pairs import Likeness
from avrr_desktop.services.duplicates_found import probable_duplicates
from avrr_desktop.services.merging import merge, unmerge
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register

ONE, OTHER, THIRD = "a" * 32, "b" * 32, "c" * 32
MAMADOU = {
    "family_name": "DIALLO",
    "given_name": "Mamadou Aliou",
    "sex": "man",
    "birth_typed": "12/03/1994",
    "nationality": "GN",
}


def pairs(register: Register) -> dict[tuple[str, str], dict[Likeness, str]]:
    found = probable_duplicates(register)
    assert found.total == len(found.pairs)
    return {(p.first.id, p.second.id): dict(p.reasons) for p in found.pairs}


def enter(records: Records, actor: Actor, *persons: dict[str, object]) -> None:
    drafts = [
        person_draft(chr(ord("a") + place) * 32, **{**MAMADOU, **person})
        for place, person in enumerate(persons)
    ]
    records.save(actor, *drafts, confirm_all="test")


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        (
            {"family_name": "Mamadou", "given_name": "aliou Diallo"},
            {Likeness.SAME_NAMES, Likeness.SAME_BIRTH, Likeness.NATIONALITY},
        ),
        (
            {"given_name": "Mamadu Alyou", "birth_typed": "1994"},
            {Likeness.CLOSE_NAMES, Likeness.POSSIBLE_BIRTH, Likeness.NATIONALITY},
        ),
        (
            {"family_name": "JALLOH", "given_name": "Mamadou"},
            {Likeness.CLOSE_NAMES, Likeness.SAME_BIRTH, Likeness.NATIONALITY},
        ),
        (
            {
                "given_name": "Mamadu Alyou",
                "birth_typed": None,
                "phone": ({"number": "0661204817"},),
            },
            {Likeness.CLOSE_NAMES, Likeness.PHONE, Likeness.NATIONALITY},
        ),
        (
            {
                "family_name": "SOW",
                "given_name": "Ibrahima",
                "document": ({"kind": "passport", "number": "r 012 3456"},),
            },
            {Likeness.DOCUMENT, Likeness.SAME_BIRTH, Likeness.NATIONALITY},
        ),
        (
            {
                "family_name": "JALO",
                "given_name": "M",
                "family_name_ar": "ديالو",
                "given_name_ar": "ممادو",
            },
            {Likeness.ARABIC_NAMES, Likeness.SAME_BIRTH, Likeness.NATIONALITY},
        ),
    ],
)
def test_files_of_one_person_are_paired_with_their_reasons(
    register: Register,
    records: Records,
    actor: Actor,
    other: dict[str, object],
    reasons: set[Likeness],
) -> None:
    papers: dict[str, object] = {
        "document": ({"kind": "passport", "number": "R0123456"},),
        "phone": ({"number": "+212 661 20 48 17"},),
        "family_name_ar": "ديالو",
        "given_name_ar": "ممادو",
    }
    enter(records, actor, papers, other)
    assert {pair: set(why) for pair, why in pairs(register).items()} == {(ONE, OTHER): reasons}


@pytest.mark.parametrize(
    "other",
    [
        {"given_name": "Fatoumata", "sex": "woman"},  # a twin
        {"given_name": "Mamadou Bailo"},  # another given name
        {"sex": "woman"},
        {"birth_typed": "12/03/1995"},
        {"birth_typed": "1994", "nationality": "SN"},
        {"birth_typed": None},  # nothing but a name
        {"given_name": "Aminata", "sex": "woman", "phone": ({"number": "0661204817"},)},  # a spouse
        {  # a child on their mother's passport
            "given_name": "Aminata",
            "birth_typed": "2020",
            "consent": (),
            "document": ({"kind": "passport", "number": "R0123456"},),
        },
    ],
)
def test_others_are_not(
    register: Register, records: Records, actor: Actor, other: dict[str, object]
) -> None:
    papers: dict[str, object] = {
        "document": ({"kind": "passport", "number": "R0123456"},),
        "phone": ({"number": "0661204817"},),
    }
    enter(records, actor, papers, other)
    assert pairs(register) == {}


def test_the_surest_come_first(register: Register, records: Records, actor: Actor) -> None:
    passport: dict[str, object] = {"document": ({"kind": "passport", "number": "R0123456"},)}
    enter(records, actor, passport, {"given_name": "Mamadu"}, passport)
    found = probable_duplicates(register).pairs
    assert (found[0].first.id, found[0].second.id) == (ONE, THIRD)
    assert [p.weight for p in found] == sorted((p.weight for p in found), reverse=True)
    assert dict(found[0].reasons)[Likeness.DOCUMENT] == "R0123456"


def test_a_pair_said_different_is_never_asked_again_until_that_is_undone(
    register: Register, records: Records, actor: Actor
) -> None:
    enter(records, actor, {}, {}, {"given_name": "Issa"})
    with pytest.raises(UserError, match="reason_required"):
        say_different(register, actor, ONE, OTHER, "  ")
    with pytest.raises(UserError, match="merge_same_file"):
        say_different(register, actor, ONE, ONE, "test")
    with pytest.raises(UserError, match="no_such_record"):
        say_different(register, actor, ONE, "f" * 32, "test")
    say_different(register, actor, OTHER, ONE, "Cousins, seen together")
    say_different(register, actor, ONE, OTHER, "said twice")
    assert pairs(register) == {}
    last = records.undoable(actor)
    assert last is not None
    assert last.action == "different"
    records.undo(actor)
    assert set(pairs(register)) == {(ONE, OTHER)}


def test_what_was_said_of_a_merged_file_holds_for_its_survivor(
    register: Register, records: Records, actor: Actor
) -> None:
    enter(records, actor, {}, {}, {})
    say_different(register, actor, ONE, OTHER, "Cousins")
    assert set(pairs(register)) == {(ONE, THIRD), (OTHER, THIRD)}
    merge(register, actor, THIRD, OTHER, (), reason="the same")
    assert pairs(register) == {}
    unmerge(register, actor, OTHER, "not the same")
    assert set(pairs(register)) == {(ONE, THIRD), (OTHER, THIRD)}


def test_a_file_in_the_bin_is_not_paired_and_the_search_can_be_ended(
    register: Register, records: Records, actor: Actor
) -> None:
    enter(records, actor, {}, {})

    def refuse(_done: int, _total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        probable_duplicates(register, refuse)
    records.delete(actor, "person", OTHER, "test")
    assert pairs(register) == {}


def test_a_day_on_which_very_many_are_born_is_still_looked_through(
    register: Register, records: Records, actor: Actor
) -> None:
    drafts = [
        person_draft(f"{place:032x}", family_name=name, given_name=f"Xu{place:03d}")
        for place, name in enumerate(["ZERBO", "TOURE", "BAH"] * 30)
    ]
    same = {"family_name": "KEITA", "given_name": "Sékou"}
    records.save(
        actor, *drafts, person_draft(ONE, **same), person_draft(OTHER, **same), confirm_all="test"
    )
    assert (ONE, OTHER) in pairs(register)
