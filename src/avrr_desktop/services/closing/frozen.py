"""What a closing freezes: figures, labels, texts, and everyone behind each figure.

Two values of plain JSON, each written canonically (sorted keys, no spaces, UTF-8) and compressed:
``content``, all that is printed, and ``members``, the ids behind each figure. The fingerprint is
the SHA-256 of both, uncompressed, one after the other. A program of ten lines can check it.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import cast

from avrr_desktop.core.labels import Label
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.vocabularies import Term, Vocabularies
from avrr_desktop.services.chain import canonical
from avrr_desktop.services.live import Counted
from avrr_desktop.services.register import SECTION_LIST, RegisterInfo, section_terms
from avrr_desktop.services.summary import Roll, Summary
from avrr_desktop.services.summary.cells import from_lines, to_lines
from avrr_desktop.services.summary.listings import Unit

Json = dict[str, object]
_LEVEL = 6  # of compression


@dataclass(frozen=True, slots=True)
class Frozen:
    """The bytes a closing keeps, and their fingerprint."""

    content: bytes
    members: bytes

    @property
    def fingerprint(self) -> str:
        """SHA-256 of content and members, in hexadecimal."""
        return sha256(self.content + self.members).hexdigest()

    def packed(self) -> tuple[bytes, bytes]:
        """Both, compressed as the register keeps them."""
        return zlib.compress(self.content, _LEVEL), zlib.compress(self.members, _LEVEL)


def unpacked(content: bytes, members: bytes) -> Frozen:
    """What the register keeps, as it was frozen.

    Raises:
        ValueError: the bytes were altered.
    """
    try:
        return Frozen(zlib.decompress(content), zlib.decompress(members))
    except zlib.error as error:
        raise ValueError("altered") from error


def freeze(
    counted: Counted, rolls: Iterable[Roll], register: RegisterInfo, others: Mapping[str, object]
) -> Frozen:
    """The figures and everyone behind them; ``others`` is printed too (texts, who closed…)."""
    summary = counted.summary
    content: Json = {
        "period": summary.period.code,
        "counted_at": summary.counted_at.isoformat(),
        "counted_on": summary.as_of_day.isoformat(),
        "rules_version": summary.rules_version,
        "register": [register.uuid, register.is_demo, register.created_at.isoformat()],
        "cells": to_lines(summary.cells),
        "previous": to_lines(summary.previous),
        "openings": dict(summary.openings),
        "previous_openings": dict(summary.previous_openings),
        "planned": dict(counted.planned),
        "terms": [_term(t) for t in _terms(summary.vocabularies)],
        **others,
    }
    return Frozen(canonical(content), canonical(_members(rolls)))


def read_content(content: bytes) -> Json:
    """The value frozen as ``content``."""
    value = json.loads(content)
    assert isinstance(value, dict)
    return value


def counted_of(content: Mapping[str, object]) -> Counted:
    """The figures as they were frozen, with the lists' labels of that day."""
    terms = cast("Sequence[Sequence[object]]", content["terms"])
    vocabularies = Vocabularies((*map(_term_of, terms), *section_terms()))
    summary = Summary(
        period=parse_period(str(content["period"])),
        cells=from_lines(content["cells"]),
        previous=from_lines(content["previous"]),
        openings=cast("dict[str, int]", content["openings"]),
        previous_openings=cast("dict[str, int]", content["previous_openings"]),
        counted_at=datetime.fromisoformat(str(content["counted_at"])),
        as_of_day=date.fromisoformat(str(content["counted_on"])),
        vocabularies=vocabularies,
        rules_version=str(content["rules_version"]),
    )
    return Counted(summary, cast("dict[str, int]", content["planned"]))


def register_of(content: Mapping[str, object]) -> RegisterInfo:
    """The identity of the register on the day of the closing."""
    uuid, is_demo, created_at = cast("Sequence[object]", content["register"])
    return RegisterInfo(
        str(uuid),
        bool(is_demo),
        str(content["rules_version"]),
        datetime.fromisoformat(str(created_at)),
    )


def rolls_frozen(members: bytes) -> tuple[Roll, ...]:
    """Everyone behind every figure, as frozen."""
    value = json.loads(members)
    ids: list[str] = value["ids"]
    groups = {
        section: {ids[place]: group for group, places in by_group.items() for place in places}
        for section, by_group in value["groups"].items()
    }
    return tuple(
        Roll(
            section,
            measure,
            Unit(unit),
            {(term, ids[place]) for term, places in terms for place in places},
            groups[section] if is_grouped else None,
        )
        for section, measure, unit, is_grouped, terms in value["rolls"]
    )


def _members(rolls: Iterable[Roll]) -> Json:
    """Ids stand once, in order; rolls name them by their place."""
    known = sorted(rolls, key=lambda roll: (roll.section, roll.measure))
    ids = sorted({unit for roll in known for _, unit in roll.members})
    places = {unit: place for place, unit in enumerate(ids)}
    groups: defaultdict[str, defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    lines: list[object] = []
    for roll in known:
        by_term: defaultdict[str | None, list[int]] = defaultdict(list)
        for term, unit in roll.members:
            by_term[term].append(places[unit])
        if roll.groups is not None:
            for _, unit in roll.members:
                groups[roll.section][roll.groups[unit]].add(places[unit])
        terms = [[term, sorted(by_term[term])] for term in sorted(by_term, key=str)]
        lines.append([roll.section, roll.measure, roll.unit, roll.groups is not None, terms])
        if roll.groups is not None:
            groups[roll.section]  # a section whose grouped rolls are all empty is known too
    sorted_groups = {
        section: {group: sorted(found) for group, found in by_group.items()}
        for section, by_group in groups.items()
    }
    return {"ids": ids, "groups": sorted_groups, "rolls": lines}


def _terms(vocabularies: Vocabularies) -> list[Term]:
    """Every term but those the program itself makes."""
    names = (name for name in vocabularies.names if name != SECTION_LIST)
    return [term for name in names for term in vocabularies.terms(name)]


def _term(term: Term) -> list[object]:
    dates = (day.isoformat() if day else None for day in (term.valid_from, term.valid_to))
    label = (term.label.fr, term.label.ar, term.label.en)
    return [term.vocabulary, term.code, *label, term.order, term.active, *dates, term.tag]


def _term_of(kept: Sequence[object]) -> Term:
    vocabulary, code, fr, ar, en, order, active, first, last, tag = kept
    return Term(
        vocabulary=str(vocabulary),
        code=str(code),
        label=Label(str(fr), str(ar), str(en)),
        order=cast("int", order),
        active=bool(active),
        valid_from=date.fromisoformat(str(first)) if first else None,
        valid_to=date.fromisoformat(str(last)) if last else None,
        tag=str(tag) if tag else None,
        aliases=(),
    )
