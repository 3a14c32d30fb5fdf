"""Why a record counts or not, in words: the reasons of near-misses and the checks of a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from avrr_desktop.core.ages import TOTAL, Group
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period, parse_period
from avrr_desktop.core.specs import Activity
from avrr_desktop.core.translation import Translator
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.people.base import field_of
from avrr_desktop.services.said_values import Said
from avrr_desktop.services.summary.near_misses import NearMiss
from avrr_desktop.services.summary.whereabouts import Check
from avrr_desktop.services.summary_labels import period_text

_UNKNOWN_AGE = 120


@dataclass(frozen=True, slots=True)
class Wording:
    """The language, the lists and the activity that reasons speak of."""

    say: Translator
    lists: Vocabularies
    activity: Activity | None
    period: Period

    def field(self, column: object) -> str:
        """The label of a column of the activity."""
        if self.activity is None:
            return ""
        spec = field_of(self.activity.model, str(column)).spec
        return spec.label.text(self.say.language)

    def counting_date(self) -> str:
        """The label of the date by which the activity counts."""
        return self.field(self.activity.dated_by) if self.activity else ""

    def term(self, vocabulary: object, code: object) -> str:
        """The label of a term; that it is not stated for none."""
        if not code:
            return self.say.tr("not stated")
        return self.lists.label(str(vocabulary), str(code), self.say.language)

    def exit_term(self, code: object) -> str:
        """The label of the kind of exit of the activity."""
        if self.activity is None or not code:
            return self.say.tr("Left the programme")
        return self.term(field_of(self.activity.model, "exit_kind").spec.vocabulary, code)

    def code(self, code: object) -> str:
        """A period named by its code."""
        try:
            text = period_text(parse_period(str(code)), self.say)
        except UserError:
            return str(code)
        return f"\u2066{text}\u2069" if self.say.language.is_rtl else text


Values = Mapping[str, object]
_Words = Callable[[Wording, Values], str]


def reason_title(reason: str, say: Translator) -> str:
    """The heading of near-misses of one reason."""
    titles = {
        "planned": say.tr("Planned, not yet done"),
        "no_counting_date": say.tr("No date yet"),
        "other_period": say.tr("Another period"),
        "exited": say.tr("Withdrawn or cancelled"),
        "second_event": say.tr("Second event of the same person"),
        "deleted": say.tr("Deleted (bin)"),
        "person_deleted": say.tr("Person deleted (bin)"),
        "wrong_kind": say.tr("Of another kind"),
        "outside_population": say.tr("Outside the persons counted"),
        "not_child_that_day": say.tr("Not a child that day"),
    }
    return titles[reason]


def miss_text(miss: NearMiss, wording: Wording) -> str:
    """Why one near-miss does not count."""
    return verdict_text(miss.reason, miss.values, wording)


def verdict_text(code: str, values: Values, wording: Wording) -> str:
    """A verdict of the engine in one line."""
    return _VERDICTS[code](wording, values)


def _on(wording: Wording, values: Values) -> str:
    return Said(wording.say, values).day("on")


def _deleted(wording: Wording, values: Values) -> str:
    say, reason = wording.say, str(values.get("reason") or "")
    return say.tr("Deleted on {day}: {reason}", day=_on(wording, values), reason=reason)


def _dated(wording: Wording, values: Values) -> str:
    return wording.say.tr(
        "{field} {day}: counts in {period}",
        field=wording.counting_date(),
        day=_on(wording, values),
        period=wording.code(values.get("period")),
    )


def _named(wording: Wording, values: Values) -> str:
    return wording.say.tr(
        "{field}: {term}",
        field=wording.field(values.get("column")),
        term=wording.term(values.get("vocabulary"), values.get("term")),
    )


_VERDICTS: Mapping[str, _Words] = {
    "counts": lambda w, v: w.say.tr("{field} {day}", field=w.counting_date(), day=_on(w, v)),
    "planned": lambda w, v: w.say.tr("Planned on {day}, not yet done", day=_on(w, v)),
    "no_counting_date": lambda w, v: w.say.tr(
        "Not filled in: {field}", field=w.field(v.get("column"))
    ),
    "other_period": _dated,
    "exited": lambda w, v: w.say.tr(
        "{exit} on {day}", exit=w.exit_term(v.get("kind")), day=_on(w, v)
    ),
    "second_event": lambda w, v: w.say.tr("Already counted by the event of {day}", day=_on(w, v)),
    "deleted": _deleted,
    "person_deleted": _deleted,
    "wrong_kind": _named,
    "outside_population": _named,
    "other_section": lambda w, _: w.say.tr("Counts in another part of the bulletin"),
    "not_child_that_day": lambda w, v: w.say.tr("Not a child on {day}", day=_on(w, v)),
}


@dataclass(frozen=True, slots=True)
class WordedCheck:
    """A condition as the panel shows it: a title, a line, met or not."""

    title: str
    line: str
    is_met: bool


def word_checks(
    checks: tuple[Check, ...], wording: Wording, group_word: Callable[[Group], str]
) -> tuple[WordedCheck, ...]:
    """The conditions of a figure, in turn."""
    words = {
        "has_record": _has_record,
        "in_section": _in_section,
        "in_figure": _in_figure,
    }
    made = []
    for check in checks:
        if check.code == "group":
            made.append(_group(check, wording, group_word))
        else:
            made.append(words[check.code](check, wording))
    return tuple(made)


def _has_record(check: Check, wording: Wording) -> WordedCheck:
    say, count = wording.say, check.values["count"]
    assert isinstance(count, int)
    name = wording.activity.label.text(say.language) if wording.activity else ""
    line = say.ntr("{count} record", "{count} records", count)
    return WordedCheck(name, line, check.is_met)


def _in_section(check: Check, wording: Wording) -> WordedCheck:
    say, verdict = wording.say, str(check.values["verdict"])
    line = verdict_text(verdict, check.values, wording)
    if check.is_met:
        said = Said(say, {"start": wording.period.start, "end": wording.period.end})
        line = say.tr(
            "{dated}, between {start} and {end}",
            dated=line,
            start=said.day("start"),
            end=said.day("end"),
        )
        return WordedCheck(say.tr("Dated in the period"), line, is_met=True)
    return WordedCheck(reason_title(verdict, say), line, is_met=False)


def _group(check: Check, wording: Wording, group_word: Callable[[Group], str]) -> WordedCheck:
    say, values = wording.say, check.values
    day = values.get("on")
    assert isinstance(day, date)
    said = Said(say, {"on": day})
    lowest, highest = values["lowest"], values["highest"]
    assert isinstance(lowest, int)
    assert isinstance(highest, int)
    if highest - lowest >= _UNKNOWN_AGE:
        line = say.tr("age not known on {day}", day=said.day("on"))
    elif lowest == highest:
        line = say.ntr(
            "{count} year on {day}", "{count} years on {day}", lowest, day=said.day("on")
        )
    else:
        line = say.tr(
            "{lowest} to {highest} years on {day}",
            lowest=lowest,
            highest=highest,
            day=said.day("on"),
        )
    title = group_word(Group(str(values["group"])))
    wanted = str(values["wanted"])
    if not check.is_met and wanted != TOTAL:
        title = say.tr(
            "{group}, not {wanted}", group=title, wanted=group_word(Group(wanted)).lower()
        )
    return WordedCheck(title, line, check.is_met)


def _in_figure(check: Check, wording: Wording) -> WordedCheck:
    say = wording.say
    if check.is_met:
        return WordedCheck(say.tr("Counted once"), say.tr("In this figure"), is_met=True)
    return WordedCheck(say.tr("Not in this figure"), say.tr("See what is missing above"), False)
