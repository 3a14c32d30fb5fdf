"""No small figure can be computed back from what is told."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from avrr_desktop.services.bulletin.masking import Masks, Relation
from avrr_desktop.services.bulletin.shown import Said
from avrr_desktop.services.summary import CellKey

LIMIT = 5


def key(term: str, group: str = "total") -> CellKey:
    return CellKey("section", "persons", term, group)


def row(*values: int) -> tuple[dict[CellKey, int], Relation]:
    parts = {key("", str(at)): value for at, value in enumerate(values)}
    total = key("")
    return {**parts, total: sum(values)}, Relation(total, tuple(parts))


def said(*values: int) -> list[str]:
    """The parts, then the total."""
    figures, relation = row(*values)
    masks = Masks(figures, [relation], LIMIT)
    return [masks.shown(k, v).text.strip("\u2066\u2069") for k, v in figures.items()]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((583, 232, 69, 54), ["583", "232", "69", "54", "938"]),
        ((583, 232, 3, 54), ["583", "232", "<5", "≥5", "872"]),
        ((0, 0, 3, 0), ["0", "0", "<5", "0", "<5"]),
        ((10, 2, 2, 0), ["10", "<5", "<5", "0", "14"]),
        ((0, 0, 1, 1), ["0", "0", "<5", "<5", "<5"]),
        ((8, 4, 4, 6), ["8", "<5", "<5", "≥5", "22"]),
        ((5, 1, 0, 0), ["≥5", "<5", "0", "0", "≥5"]),
    ],
)
def test_small_figures_of_a_row_are_hidden(values: tuple[int, ...], expected: list[str]) -> None:
    assert said(*values) == expected


def test_nothing_is_hidden_without_a_limit() -> None:
    figures, relation = row(1, 2, 3)
    assert not Masks(figures, [relation], 0).hidden


def test_list_that_is_not_additive_is_no_equation() -> None:
    figures, relation = row(3, 40)
    figures[relation.total] = 41
    masks = Masks(figures, [relation], LIMIT)
    assert masks.hidden == {relation.parts[0]}


def solutions(
    masks: Masks, figures: dict[CellKey, int], relations: list[Relation]
) -> list[dict[CellKey, int]]:
    """Every reading of the hidden figures that agrees with all that is told."""
    hidden = sorted(masks.hidden)
    most = max(figures.values())
    ranges = [
        range(1, LIMIT)
        if masks.shown(each, figures[each]).said is Said.BELOW
        else range(LIMIT, most + LIMIT)
        for each in hidden
    ]
    found = []
    for values in product(*ranges):
        read = figures | dict(zip(hidden, values, strict=True))
        if all(read[r.total] == sum(read[p] for p in r.parts) for r in relations):
            found.append(read)
    return found


@settings(max_examples=40)
@given(st.lists(st.integers(0, 7), min_size=4, max_size=4))
def test_a_square_of_figures_gives_no_small_one_away(cells: list[int]) -> None:
    """Two terms by two groups, with the totals of both ways."""
    a, b, c, d = cells
    figures = {
        key("x", "men"): a,
        key("x", "women"): b,
        key("y", "men"): c,
        key("y", "women"): d,
        key("x"): a + b,
        key("y"): c + d,
        key("all", "men"): a + c,
        key("all", "women"): b + d,
        key("all"): a + b + c + d,
    }
    relations = [
        Relation(key(term), (key(term, "men"), key(term, "women"))) for term in ("x", "y", "all")
    ] + [
        Relation(key("all", group), (key("x", group), key("y", group)))
        for group in ("men", "women", "total")
    ]
    masks = Masks(figures, relations, LIMIT)
    assume(len(masks.hidden) <= 4)  # else too many readings to go through
    read = solutions(masks, figures, relations)
    assert figures in read
    for each in masks.small:
        values = {one[each] for one in read}
        assert len(values) > 1, f"{each} can only be {values}"
