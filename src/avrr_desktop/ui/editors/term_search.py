"""Finding a term by what is typed, accents and case aside; pure functions."""

from __future__ import annotations

from collections.abc import Sequence

from avrr_desktop.core.folding import fold

Term = tuple[str, str]
"""A code and its label."""


def matching(terms: Sequence[Term], typed: str) -> list[int]:
    """Ranks of the terms that fit ``typed``: label starts, then a word starts, then holds it."""
    wanted = fold(typed).strip()
    if not wanted:
        return list(range(len(terms)))
    scored = []
    for rank, (_code, label) in enumerate(terms):
        score = _score(fold(label), wanted)
        if score is not None:
            scored.append((score, rank))
    return [rank for _score_, rank in sorted(scored)]


def _score(label: str, wanted: str) -> int | None:
    if label.startswith(wanted):
        return 0
    if any(word.startswith(wanted) for word in label.split()):
        return 1
    return 2 if wanted in label else None


def next_match(terms: Sequence[Term], typed: str, after: int) -> int | None:
    """The first term that starts with ``typed``, going round from ``after``; else any that fits.

    A single letter typed again moves on to the next term with it, as in any list.
    """
    wanted = fold(typed).strip()
    if not wanted:
        return None
    start = after + 1 if len(set(wanted)) == 1 else max(after, 0)
    if len(set(wanted)) == 1:
        wanted = wanted[0]
    count = len(terms)
    for offset in range(count):
        rank = (start + offset) % count
        if fold(terms[rank][1]).startswith(wanted):
            return rank
    fits = matching(terms, typed)
    return fits[0] if fits else None
