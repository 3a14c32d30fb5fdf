"""What was typed on an older version of a record, put on the version the register holds now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.last_change import LastChange
from avrr_desktop.ui.forms.child_table import LineState
from avrr_desktop.ui.forms.field_box import FieldBox
from avrr_desktop.ui.forms.field_words import words_of
from avrr_desktop.ui.widgets.formats import date_text, ltr, time_text

Typed = Mapping[str, object]


def merged_fields(base: Typed, kept: Typed, now: Typed) -> tuple[dict[str, object], list[str]]:
    """Fields left alone as they are now, the others as typed; names of those both changed."""
    merged, clashes = dict(now), []
    for name, typed in kept.items():
        if name not in now or typed == base.get(name):
            continue
        merged[name] = typed
        if now[name] not in (base.get(name), typed):
            clashes.append(name)
    return merged, clashes


def merged_lines(
    base: Sequence[LineState], kept: Sequence[LineState], now: Sequence[LineState]
) -> tuple[tuple[LineState, ...], bool]:
    """The same of the lines of a child, by their ids; whether both changed them."""
    before, present = _by_id(base), _by_id(now)
    if _bare(kept) == _bare(base):
        return tuple(now), False
    merged: list[LineState] = []
    for line in kept:
        is_changed = line.line_id not in before or _key(line) != _key(before[line.line_id])
        if not line.line_id or line.line_id in present:
            merged.append(line if is_changed else present[line.line_id])
        elif is_changed and not line.is_removed:  # deleted meanwhile: what is typed is a new line
            held = {name: value for name, value in line.held.items() if name != "id"}
            merged.append(replace(line, line_id="", held=held))
    known = {line.line_id for line in kept}
    merged += [line for line in now if line.line_id not in known and line.line_id not in before]
    return tuple(merged), _bare(now) != _bare(base)


def stored_words(box: FieldBox, value: object, lists: Vocabularies) -> str:
    """What the register says of a field, as people read it; nothing for none."""
    if isinstance(value, bool):
        return tr("Yes") if value else tr("No")
    if isinstance(value, date):
        return ltr(date_text(value))
    if isinstance(value, tuple):
        vocabulary = box.field.spec.vocabulary
        labels = (lists.label(vocabulary, code, screen_language()) for code in value)
        return tr(", ").join(labels)
    return words_of(box, value, lists)


def clash_sentence(last: LastChange | None, both: Sequence[tuple[str, str]]) -> str:
    """Who changed the record, and fields both changed, each with what the register says."""
    if last is None:
        said = tr("This record was changed since you typed.")
    else:
        at = last.at.astimezone()
        said = tr(
            "{name} changed this record on {date} at {time}, after you began to type.",
            name=last.actor,
            date=ltr(date_text(at.date())),
            time=ltr(time_text(at)),
        )
    if not both:
        return said + " " + tr("Nothing you typed is touched by it.")
    listed = tr("; ").join(
        tr("{group}: {field}", group=label, field=value or "—") for label, value in both
    )
    return (
        said
        + " "
        + tr("What you typed stands below; the register now says: {fields}.", fields=listed)
    )


def _by_id(lines: Sequence[LineState]) -> dict[str, LineState]:
    return {line.line_id: line for line in lines if line.line_id}


def _bare(lines: Sequence[LineState]) -> list[tuple[object, ...]]:
    return [_key(line) for line in lines]


def _key(line: LineState) -> tuple[object, ...]:
    """What of a line is typed: that it is open or closed changes nothing."""
    return line.line_id, dict(line.typed), line.is_removed
