"""The words of the page: seals, differences, causes, decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from avrr_desktop.activities import ACTIVITY_BY_KEY, RECORD_BY_KEY
from avrr_desktop.core.ages import GROUPS, TOTAL, Group
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period
from avrr_desktop.core.translation import ntr, screen_language, tr, translator
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.closing.causes import Cause, Kind
from avrr_desktop.services.closing.corrections import APPROVED, REFUSED, TAKEN_BACK, Correction
from avrr_desktop.services.closing.explained import Explanation, cells_between
from avrr_desktop.services.closing.gap import Gap
from avrr_desktop.services.closing.held import PENDING, Closing
from avrr_desktop.services.summary import CellKey, Cells
from avrr_desktop.services.summary.listings import Unit
from avrr_desktop.services.summary_labels import (
    GROUP_LABELS,
    cell_label,
    lowered,
    period_text,
    section_label,
    span_text,
)
from avrr_desktop.ui.forms.person_words import group_word
from avrr_desktop.ui.person.words import plain_name
from avrr_desktop.ui.widgets.formats import date_text, ltr, number_text, signed_text, time_text

ICONS: Mapping[Kind, str] = {
    Kind.MERGE: "merge",
    Kind.LATE_ENTRY: "clock",
    Kind.DELETION: "trash-2",
    Kind.RESTORATION: "undo-2",
    Kind.BIRTH_DATE: "pencil",
    Kind.ANONYMISED: "eye-off",
    Kind.CORRECTION: "pencil",
    Kind.BALANCE: "banknote",
    Kind.LIST_CHANGE: "sliders-horizontal",
    Kind.UNKNOWN: "circle-alert",
}
_FINGERPRINT_SHOWN = 32  # digits: the rest is in the tooltip
_GROUP_OF_DIGITS, _GROUPS_A_LINE = 4, 4
_CELLS_NAMED = 3


def said_period(period: Period) -> str:
    """« 2023-S1 », kept left to right."""
    return ltr(period_text(period, translator(screen_language())))


def said_span(period: Period) -> str:
    """« Du 1ᵉʳ janvier au 30 juin 2023 »."""
    return span_text(period, translator(screen_language()))


def fingerprint_text(fingerprint: str, shown: int = _FINGERPRINT_SHOWN) -> str:
    """Capitals in groups of four, a point between fours of groups; ``shown`` digits of it."""
    digits = fingerprint.upper()[:shown]
    fours = [digits[at : at + _GROUP_OF_DIGITS] for at in range(0, len(digits), _GROUP_OF_DIGITS)]
    lines = [
        " ".join(fours[at : at + _GROUPS_A_LINE]) for at in range(0, len(fours), _GROUPS_A_LINE)
    ]
    return ltr(" · ".join(lines))


def day_of(moment: datetime) -> str:
    """The civil day of an instant."""
    return ltr(date_text(moment.astimezone().date()))


def moment_text(moment: datetime) -> str:
    """« 18/01/2023 à 16:20 »."""
    local = moment.astimezone()
    return tr("{day} at {time}", day=day_of(moment), time=ltr(time_text(local)))


def sealed_text(closing: Closing) -> tuple[str, str]:
    """When it was frozen, and by whom."""
    said = tr("Frozen on {moment} by", moment=moment_text(closing.closed_at))
    return said, closing.actor


def reopened_text(closing: Closing) -> str:
    """Who took the padlock off, when and why."""
    assert closing.reopened_at is not None
    return tr(
        "Closed on {closed}, reopened on {day} by {author}: {reason}",
        closed=day_of(closing.closed_at),
        day=day_of(closing.reopened_at),
        author=closing.reopened_by or "",
        reason=closing.reopened_reason or "",
    )


def counted_text(counted_at: datetime, today: date) -> str:
    """« Recalculé aujourd’hui à 10:44 »."""
    local = counted_at.astimezone()
    if local.date() == today:
        return tr("Recomputed today at {time}", time=ltr(time_text(local)))
    return tr("Recomputed on {moment}", moment=moment_text(counted_at))


# What a difference is called when it is counted: « 1 saisie tardive ».
_COUNTED_KINDS: Mapping[Kind, Callable[[int], str]] = {
    Kind.MERGE: lambda n: ntr("{count} merge", "{count} merges", n),
    Kind.LATE_ENTRY: lambda n: ntr("{count} late entry", "{count} late entries", n),
    Kind.DELETION: lambda n: ntr("{count} deletion", "{count} deletions", n),
    Kind.RESTORATION: lambda n: ntr("{count} restoring", "{count} restorings", n),
    Kind.BIRTH_DATE: lambda n: ntr("{count} birth date", "{count} birth dates", n),
    Kind.CORRECTION: lambda n: ntr("{count} correction", "{count} corrections", n),
    Kind.BALANCE: lambda n: ntr("{count} opening balance", "{count} opening balances", n),
    Kind.LIST_CHANGE: lambda n: ntr("{count} change of a list", "{count} changes of lists", n),
    Kind.UNKNOWN: lambda n: ntr("{count} unexplained", "{count} unexplained", n),
}


def moves_text(gap: Gap, key: CellKey) -> str:
    """What explains one cell, counted: « 1 vers garçons », « 1 saisie tardive »."""
    towards: Counter[tuple[str, int]] = Counter()
    kinds: Counter[Kind] = Counter()
    for move in gap.moves_of(key):
        others = cells_between(move.cells, key)
        if others:
            towards[(others[0], move.cells[key])] += 1
        else:
            kinds[move.kind] += 1
    parts = [_towards_text(group, by, count) for (group, by), count in towards.items()]
    parts += [_COUNTED_KINDS[kind](count) for kind, count in kinds.items()]
    return tr(", ").join(parts)


def _towards_text(group: str, by: int, count: int) -> str:
    name = lowered(GROUP_LABELS[group].text(screen_language()))
    number = number_text(count)
    if by < 0:
        return tr("{count} to {group}", count=number, group=name)
    return tr("{count} from {group}", count=number, group=name)


def explained_text(count: int) -> str:
    """« 2 explications »."""
    return ntr("{number} explanation", "{number} explanations", count, number=number_text(count))


def title_of(explanation: Explanation) -> str:
    """« SOUARÉ Lansana »; what moved when it is nobody's."""
    names = [plain_name(person.name) for person in explanation.persons]
    if names:
        return tr(", ").join(names)
    if explanation.kind is Kind.BALANCE:
        return tr("Opening balance")
    words = {Unit.SERVICES: tr("An event"), Unit.CASES: tr("A case"), Unit.PERSONS: tr("A person")}
    return words[explanation.unit]


def change_text(explanation: Explanation, section: str = "") -> str:
    """« homme → garçon », with the part's name when several moved; ``section`` alone if given."""
    sections = (section,) if section else explanation.sections
    parts = []
    for key in sections:
        moved = _persons_text(explanation.cells, key)
        if not moved:
            continue
        if len(explanation.sections) > 1 and not section:
            name = section_label(key).text(screen_language())
            moved = tr("{section}: {moved}", section=name, moved=moved)
        parts.append(moved)
    return " · ".join(parts)


def _persons_text(cells: Cells, section: str) -> str:
    """What one section's table of persons lost and won."""
    by_group = {
        key.group: by
        for key, by in cells.items()
        if (key.section, key.measure, key.term) == (section, "persons", None) and key.group != TOTAL
    }
    ordered = [group.value for group in GROUPS if group.value in by_group]
    left = [group for group in ordered if by_group[group] < 0]
    entered = [group for group in ordered if by_group[group] > 0]
    if [by_group[g] for g in left] == [-1] and [by_group[g] for g in entered] == [1]:
        return tr("{left} → {entered}", left=_one_of(left[0]), entered=_one_of(entered[0]))
    return tr(", ").join(_signed(by_group[group], group) for group in ordered)


def _one_of(group: str) -> str:
    return lowered(group_word(Group(group)))


def _signed(by: int, group: str) -> str:
    if abs(by) == 1:
        return f"{ltr(signed_text(by))} {_one_of(group)}"
    return f"{ltr(signed_text(by))} {lowered(GROUP_LABELS[group].text(screen_language()))}"


def other_cells(explanation: Explanation, section: str = "") -> tuple[CellKey, ...]:
    """The cells that ``change_text`` does not tell, totals only where groups say the same."""
    kept = [
        key
        for key in explanation.cells
        if not (key.measure == "persons" and key.term is None)
        and (not section or key.section == section)
        and not key.measure.startswith("_")
    ]
    order = {key: place for place, key in enumerate(explanation.sections)}
    grouped = {(key[:3], explanation.cells[key]) for key in kept if key.group != TOTAL}
    told = [k for k in kept if k.group != TOTAL or (k[:3], explanation.cells[k]) not in grouped]
    return tuple(sorted(told, key=lambda k: (order[k.section], k.measure, str(k.term), k.group)))


def cells_text(cells: Cells, keys: Sequence[CellKey], lists: Vocabularies, most: int = 0) -> str:
    """Cells left and entered in words; the first ``most`` of them, all when 0."""
    language = screen_language()
    shown = keys[:most] if most else keys
    parts = [f"{ltr(signed_text(cells[key]))} {cell_label(key, lists, language)}" for key in shown]
    said = "\n".join(parts) if not most else tr("; ").join(parts)
    if rest := len(keys) - len(shown):
        said = ntr(
            "{cells}; {count} other figure", "{cells}; {count} other figures", rest, cells=said
        )
    return said


def figures_text(explanation: Explanation, lists: Vocabularies) -> str:
    """The other figures that moved, the first few."""
    return cells_text(explanation.cells, other_cells(explanation), lists, _CELLS_NAMED)


Sentence = Callable[[Mapping[str, str]], str]

_CAUSES: Mapping[Kind, Sentence] = {
    Kind.MERGE: lambda of: tr("Files merged or parted on {day} by {author}.", **of),
    Kind.DELETION: lambda of: tr("{record}: deleted on {day} by {author}.", **of),
    Kind.RESTORATION: lambda of: tr("{record}: restored on {day} by {author}.", **of),
    Kind.BIRTH_DATE: lambda of: tr("Birth date corrected on {day} by {author}.", **of),
    Kind.CORRECTION: lambda of: tr("{record}: corrected on {day} by {author}.", **of),
    Kind.BALANCE: lambda of: tr("Opening balance signed anew on {day} by {author}.", **of),
    Kind.LIST_CHANGE: lambda of: tr("A list was changed on {day} by {author}.", **of),
    Kind.UNKNOWN: lambda _: unexplained_text(),
}


def cause_text(cause: Cause) -> str:
    """What was done on which day and by whom, in a sentence."""
    if cause.kind is Kind.LATE_ENTRY:
        return _late_text(cause)
    return _CAUSES[cause.kind](_values(cause))


def _values(cause: Cause) -> Mapping[str, str]:
    record = RECORD_BY_KEY.get(cause.table)
    label = record.label.text(screen_language()) if record else tr("List")
    return {"record": label, "day": day_of(cause.at), "author": cause.actor}


def _late_text(cause: Cause) -> str:
    values = _values(cause)
    activity = ACTIVITY_BY_KEY[cause.table]
    event = cause.after.get(activity.counted[0].dated_by)
    if not isinstance(event, str):
        return tr("{record}: entered on {day} by {author}, after the closing.", **values)
    when = ltr(date_text(date.fromisoformat(event[:10])))
    return tr("{record} of {event} entered on {day} by {author}.", event=when, **values)


def unexplained_text() -> str:
    """Nothing in the journal tells why."""
    return tr("Nothing in the journal explains it: the register was altered elsewhere.")


def causes_text(explanation: Explanation) -> str:
    """The causes in sentences, those of the kind that names the difference first; each once."""
    if not explanation.causes:
        return unexplained_text()
    ordered = sorted(explanation.causes, key=lambda c: (c.kind is not explanation.kind, c.sequence))
    return " ".join(dict.fromkeys(cause_text(cause) for cause in ordered))


def reasons_text(explanation: Explanation) -> str:
    """The reasons that were given, each once: of the corrections, else of the changes."""
    of_corrections = [one.reason for one in explanation.corrections]
    given = of_corrections or [cause.reason for cause in explanation.causes]
    return " · ".join(dict.fromkeys(reason for reason in given if reason))


def status_text(correction: Correction) -> str:
    """What was decided on a correction."""
    if correction.status == PENDING:
        return tr("waits for a decision")
    by = correction.decided_by or ""
    words = {
        APPROVED: lambda: tr("approved by {author}", author=by),
        REFUSED: lambda: tr("refused by {author}", author=by),
        TAKEN_BACK: lambda: tr("taken back"),
    }
    word = words.get(correction.status)
    return word() if word is not None else ""


def statuses_text(explanation: Explanation) -> str:
    """The decisions on its corrections, each once."""
    said = (status_text(one) for one in explanation.corrections)
    return " · ".join(dict.fromkeys(text for text in said if text))


def effect_text(cells: Cells, lists: Vocabularies) -> str:
    """What a correction moves: « Retours depuis le Maroc : homme → garçon »."""
    sections = dict.fromkeys(key.section for key in cells)
    parts = []
    for section in sections:
        if moved := _persons_text(cells, section):
            name = section_label(section).text(screen_language())
            parts.append(tr("{section}: {moved}", section=name, moved=moved))
    if parts:
        return " · ".join(parts)
    keys = sorted(cells, key=str)
    return cells_text(cells, keys, lists, _CELLS_NAMED)


def correction_text(correction: Correction) -> str:
    """« Proposée le 09/02/2023 par Salma Idrissi : acte reçu »."""
    return tr(
        "Entered on {day} by {author}: {reason}",
        day=day_of(correction.at),
        author=correction.actor,
        reason=correction.reason,
    )


def language_names() -> Mapping[Language, str]:
    """The languages of the erratum, each in its own words."""
    return {Language.FR: "Français", Language.AR: "العربية", Language.EN: "English"}
