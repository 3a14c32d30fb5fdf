"""Texts as they are shown: with a shape, in their place, of a length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avrr_desktop.core.harmless import (
    harmless,
    harmless_line,
    harmless_lines,
    harmless_paragraph,
    pictured,
    stripped,
    trimmed,
    unpictured,
)

TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
SIGNS = st.text(
    st.one_of(st.characters(), st.sampled_from(TURNS + "\x00\x07\t\n\r\x1f\x7f\x85\u2028"))
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("KONÉ Aïcha", "KONÉ Aïcha"),
        ("عائشة كوني", "عائشة كوني"),
        ("\u2066a\u2067b\u2069c\u2069", "\u2066a\u2067b\u2069c\u2069"),
        ("a\x00b\x1b", "a␀b␛"),
        ("a\r\u2028\x7f\x85", "a␍␤␡\ufffd"),
        ("a\u202eb\u202cc", "a\ufffdb\ufffdc"),
        ("a\u2069b\u2067c", "abc"),
        ("a\u200fb\u200d", "a\u200fb\u200d"),
        ("a\nb\tc", "a\nb\tc"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert harmless(text) == shown


@given(SIGNS)
def test_nothing_turns_what_follows(text: str) -> None:
    depth = 0
    for sign in harmless(text):
        assert not "\u202a" <= sign <= "\u202e"
        depth += (sign in "\u2066\u2067\u2068") - (sign == "\u2069")
        assert depth >= 0
    assert depth == 0
    assert harmless(harmless(text)) == harmless(text)


@given(SIGNS)
def test_nothing_is_without_shape(text: str) -> None:
    line = harmless_line(text, 40)
    assert len(line) <= 40
    assert not any(sign < " " or "\x7f" <= sign <= "\x9f" for sign in line)
    assert harmless_line(line, 40) == line


def test_a_text_without_end_ends_at_a_letter() -> None:
    assert harmless_line("Z" + "\u0301" * 50 + "abc", 20).endswith("…")
    assert harmless_line("é" * 10_000, 20) == "é" * 19 + "…"
    assert harmless_line("a\u2067" + "b" * 100, 20) == "a" + "b" * 17 + "…"


def test_a_word_without_end_may_break() -> None:
    assert harmless_paragraph("M" * 90, 6000).split("\u200b") == ["M" * 40, "M" * 40, "M" * 10]
    assert harmless_paragraph("mot " * 30, 6000) == "mot " * 30


@given(SIGNS.filter(lambda text: not any("\u2400" <= sign <= "\u2421" for sign in text)))
def test_what_is_edited_comes_back(text: str) -> None:
    assert unpictured(pictured(text), text) == text
    assert unpictured(harmless_lines(text), text) == text
    assert not any(sign < " " or sign == "\x7f" for sign in pictured(text))


def test_a_picture_typed_is_a_picture() -> None:
    assert unpictured("a␀", "a␀") == "a␀"
    assert unpictured("a␀b", "a\x00") == "a\x00b"


def test_white_space_round_a_text_is_none_of_it() -> None:
    assert trimmed(" \t\nKO  N\u00a0É \x1c\r\n") == "KO N É \x1c"
    assert stripped("\n a\n\n  b \u202f") == "a\n\n  b"
