"""The one validator: form, batch, import and command line all pass through it.

It gives codes; ``messages`` words them in the user's language.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from avrr_desktop.core.births import parse_birth
from avrr_desktop.core.errors import Finding, Severity, UserError
from avrr_desktop.core.facts import Facts
from avrr_desktop.core.harmless import stripped, trimmed
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.specs import MOST_UNITS, Field, Record, units_of
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.people.base import fields_of

Row = dict[str, object]
_OLDEST_DATE = date(1900, 1, 1)
_UNLIKELY_BEFORE = date(1990, 1, 1)
_HALVES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # half a letter is no text


def clean(record: Record, values: Mapping[str, object]) -> Row:
    """Values as they are kept: texts trimmed and composed, every sign in them kept.

    An empty text is None; what a form does not show is empty (a hidden field keeps nothing).
    """
    kept: Row = dict(values)
    for field in fields_of(record.model):
        if field.name in kept:
            kept[field.name] = _cleaned(field, kept[field.name])
    for field in fields_of(record.model):
        shown = field.spec.visible_when
        if shown is not None and not shown(kept):
            kept[field.name] = () if field.spec.kind is Kind.TERMS else None
    for child in record.children:
        rows = kept.get(child.key)
        if isinstance(rows, list | tuple):
            kept[child.key] = tuple({**clean(child, row)} for row in rows)
    return kept


def _cleaned(field: Field, value: object) -> object:
    if field.spec.kind is Kind.TERMS:
        codes = value if isinstance(value, list | tuple | frozenset | set) else ()
        return tuple(sorted({str(code) for code in codes}))
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value)
    if not text.isprintable():
        text = text.translate(_HALVES)
    text = stripped(text) if field.spec.kind is Kind.LONG_TEXT else trimmed(text)
    return text or None


def check(
    record: Record, values: Mapping[str, object], facts: Facts, vocabularies: Vocabularies
) -> tuple[Finding, ...]:
    """Every fault of a cleaned record and of its children, in the order of the form.

    Rules of the whole record run even when single fields are at fault: a person mends all at once.
    """
    findings = list(_check_fields(record, values, facts, vocabularies))
    faulty = {finding.field for finding in findings}
    findings += (f for f in _check_orders(record, values) if f.field not in faulty)
    for rule in record.rules:
        findings += rule(values, facts)
    for child in record.children:
        rows = values.get(child.key)
        for row, line in enumerate(rows if isinstance(rows, list | tuple) else ()):
            within = check(child, line, facts, vocabularies)
            findings += (replace(f, child=child.key, row=row) for f in within)
    return tuple(findings)


def _check_fields(
    record: Record, values: Mapping[str, object], facts: Facts, vocabularies: Vocabularies
) -> Iterable[Finding]:
    for field in fields_of(record.model):
        if field.spec.assigned:
            continue
        value = values.get(field.name)
        if value is None or value == ():
            if _is_required(field, values):
                yield Finding(field.name, "required")
            continue
        yield from _CHECKS[field.spec.kind](field, value, facts, vocabularies)


def _is_required(field: Field, values: Mapping[str, object]) -> bool:
    if field.required:
        return True
    shown = field.spec.visible_when
    return field.spec.required_when_visible and (shown is None or shown(values))


def _check_orders(record: Record, values: Mapping[str, object]) -> Iterable[Finding]:
    for order in record.orders:
        earlier, later = values.get(order.earlier), values.get(order.later)
        if isinstance(earlier, date) and isinstance(later, date) and later < earlier:
            yield Finding(
                order.later, "before_other", values={"other": order.earlier, "day": earlier}
            )


def _text(field: Field, value: object, facts: Facts, lists: Vocabularies) -> Iterable[Finding]:
    if not isinstance(value, str):
        yield Finding(field.name, "bad_value")
    elif len(value) > field.spec.max_length or units_of(value) > MOST_UNITS:
        yield Finding(field.name, "too_long", values={"most": field.spec.max_length})


def _number(field: Field, value: object, facts: Facts, lists: Vocabularies) -> Iterable[Finding]:
    spec = field.spec
    if not isinstance(value, int) or isinstance(value, bool):
        yield Finding(field.name, "bad_number")
        return
    amount = value / 100 if spec.kind is Kind.AMOUNT else value
    if spec.minimum is not None and amount < spec.minimum:
        yield Finding(field.name, "too_small", values={"least": spec.minimum})
    elif spec.maximum is not None and amount > spec.maximum:
        yield Finding(field.name, "too_large", values={"most": spec.maximum})
    elif spec.usual is not None and not spec.usual[0] <= amount <= spec.usual[1]:
        usual = {"least": spec.usual[0], "most": spec.usual[1], "value": amount}
        yield Finding(field.name, "unusual_number", Severity.CONFIRM, usual)


def _date(field: Field, value: object, facts: Facts, lists: Vocabularies) -> Iterable[Finding]:
    if not isinstance(value, date):
        yield Finding(field.name, "bad_date")
    elif value < _OLDEST_DATE:
        yield Finding(field.name, "too_old_date")
    elif value > facts.today and not field.spec.may_lie_ahead:
        yield Finding(field.name, "future_date", values={"today": facts.today})
    elif facts.person and facts.person.birth.first and value < facts.person.birth.first:
        yield Finding(field.name, "before_birth", values={"birth": facts.person.birth.typed})
    elif value < _UNLIKELY_BEFORE:
        yield Finding(field.name, "unlikely_date", Severity.CONFIRM, {"day": value})


def _birth(field: Field, value: object, facts: Facts, lists: Vocabularies) -> Iterable[Finding]:
    try:
        parse_birth(str(value), facts.today)
    except UserError as error:
        yield Finding(field.name, error.code)


def _yes_no(field: Field, value: object, facts: Facts, lists: Vocabularies) -> Iterable[Finding]:
    if not isinstance(value, bool):
        yield Finding(field.name, "bad_value")


def _term(field: Field, value: object, facts: Facts, lists: Vocabularies) -> Iterable[Finding]:
    if lists.get(field.spec.vocabulary, str(value)) is None:
        yield Finding(field.name, "unknown_code", values={"code": value})


def _terms(field: Field, value: object, facts: Facts, lists: Vocabularies) -> Iterable[Finding]:
    for code in value if isinstance(value, tuple) else ():
        yield from _term(field, code, facts, lists)


_CHECKS: dict[Kind, Callable[[Field, object, Facts, Vocabularies], Iterable[Finding]]] = {
    Kind.TEXT: _text,
    Kind.LATIN: _text,
    Kind.ARABIC: _text,
    Kind.LONG_TEXT: _text,
    Kind.IDENTIFIER: _text,
    Kind.REFERENCE: _text,
    Kind.INTEGER: _number,
    Kind.AMOUNT: _number,
    Kind.DATE: _date,
    Kind.BIRTH: _birth,
    Kind.YES_NO: _yes_no,
    Kind.TERM: _term,
    Kind.TERMS: _terms,
}
