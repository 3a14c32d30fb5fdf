"""Words of a gap: kinds of difference, cells, and the whole gap as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.ages import GROUPS, TOTAL
from avrr_desktop.core.labels import Language
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.translation import Translator, translator
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.closing.causes import Kind
from avrr_desktop.services.closing.erratum import erratum
from avrr_desktop.services.closing.gap import Gap, Move
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import CellKey
from avrr_desktop.services.summary.listings import Unit
from avrr_desktop.services.summary_labels import GROUP_LABELS, period_text, section_label
from avrr_desktop.services.summary_rows import number

_MAIN = "persons"


def kind_word(kind: Kind, say: Translator) -> str:
    """What made a difference, in a word or two."""
    return {
        Kind.MERGE: say.tr("Merger of two files"),
        Kind.LATE_ENTRY: say.tr("Late entry"),
        Kind.DELETION: say.tr("Deletion"),
        Kind.RESTORATION: say.tr("Taken out of the bin"),
        Kind.BIRTH_DATE: say.tr("Birth date"),
        Kind.CORRECTION: say.tr("Correction"),
        Kind.ANONYMISED: say.tr("Anonymisation"),
        Kind.BALANCE: say.tr("Opening balance"),
        Kind.LIST_CHANGE: say.tr("Change of a list"),
        Kind.UNKNOWN: say.tr("Not explained by the journal"),
    }[kind]


def signed(by: int) -> str:
    """« +1 », « −2 »."""
    return f"+{number(by)}" if by > 0 else number(by)


def main_moves(gap: Gap) -> tuple[Move, ...]:
    """The moves that change a section's number of persons, or of a group of them."""
    return tuple(m for m in gap.moves if m.unit is Unit.PERSONS and _main_cells(m))


def move_words(move: Move, say: Translator) -> str:
    """« −1 Hommes, +1 Garçons » of a move's main cells."""
    parts = [f"{signed(by)} {_group_word(key, say)}" for key, by in _main_cells(move)]
    return say.tr(", ").join(parts)


@needs(Permission.FIGURES)
def gap_text(register: Register, gap: Gap, language: Language) -> str:
    """Published, recomputed and difference by section and group, then each person's reason."""
    say, closing = translator(language), gap.closing
    lines = [
        period_text(closing.period, say),
        say.tr(
            "Closed on {day} by {who} · rules {rules}",
            day=f"{closing.closed_at:%d/%m/%Y %H:%M}",
            who=closing.actor,
            rules=closing.rules_version,
        ),
        say.tr("Fingerprint: {fingerprint}", fingerprint=closing.fingerprint),
        "",
        *_table(gap, say),
    ]
    moves = main_moves(gap)
    if moves:
        lines += ["", *(_move_line(register, move, say) for move in moves)]
    elif gap.difference:
        lines += ["", say.tr("Only figures of detail differ; no number of persons does.")]
    else:
        lines += ["", say.tr("No difference since the publication.")]
    if text := erratum(gap, language):
        lines += ["", text]
    return "\n".join(lines)


def _main_cells(move: Move) -> list[tuple[CellKey, int]]:
    order = {group.value: place for place, group in enumerate(GROUPS)} | {TOTAL: -1}
    found = [
        (key, by)
        for key, by in move.cells.items()
        if key.section in SECTIONS and key.measure == _MAIN and key.term is None
    ]
    found = [pair for pair in found if pair[0].group != TOTAL] or found
    return sorted(found, key=lambda pair: (pair[1], order[pair[0].group]))


def _group_word(key: CellKey, say: Translator) -> str:
    return GROUP_LABELS[key.group].text(say.language)


def _table(gap: Gap, say: Translator) -> Iterator[str]:
    before, after = gap.published.counted.summary, gap.recomputed
    heads = (say.tr("Published"), say.tr("Recomputed"), say.tr("Difference"))
    yield f"{'':40}  " + "  ".join(f"{head:>10}" for head in heads)
    for section in SECTIONS:
        for group in (TOTAL, *(g.value for g in GROUPS)):
            key = CellKey(section, _MAIN, None, group)
            by = gap.difference.get(key, 0)
            if group != TOTAL and not by:
                continue
            label = section_label(section).text(say.language)
            shown = label if group == TOTAL else f"  {_group_word(key, say)}"
            values = (number(before.value(*key)), number(after.value(*key)), signed(by))
            yield f"{shown:40}  " + "  ".join(f"{value:>10}" for value in values)


def _move_line(register: Register, move: Move, say: Translator) -> str:
    last = move.causes[-1] if move.causes else None
    parts = [
        section_label(move.section).text(say.language),
        _numbers(register, move),
        move_words(move, say),
        kind_word(move.kind, say),
    ]
    if last:
        parts += [f"{last.at:%d/%m/%Y}", last.actor, last.reason]
    return " · ".join(part for part in parts if part)


def _numbers(register: Register, move: Move) -> str:
    """The numbers of the persons: a terminal shows no names."""
    person = table_of(Person)
    query = select(person.c.number).where(person.c.id.in_(move.persons))
    with register.database.reading() as connection:
        return ", ".join(connection.execute(query.order_by(person.c.number)).scalars())
