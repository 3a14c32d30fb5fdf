"""What every activity shares: whose event it is, in which case and office, and common lists."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from sqlalchemy import Index
from sqlmodel import Field as SqlField

from avrr_desktop.core.errors import Finding, Severity
from avrr_desktop.core.facts import Facts
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Label
from avrr_desktop.core.specs import Breakdown, FieldSpec, Rule, SectionSpec, Values
from avrr_desktop.people.base import RecordBase


class Event(RecordBase):
    """A dated event on a person; each event keeps its case."""

    person_id: str = SqlField(foreign_key="person.id")
    case_id: str | None = SqlField(default=None, foreign_key="case_file.id", index=True)
    office: Annotated[
        str,
        FieldSpec(
            label=Label("Bureau", "المكتب", "Office"),
            kind=Kind.TERM,
            vocabulary="office",
            section="follow_up",
            pinned=True,
        ),
    ]
    remarks: Annotated[
        str | None,
        FieldSpec(
            label=Label("Remarques", "ملاحظات", "Remarks"),
            kind=Kind.LONG_TEXT,
            section="follow_up",
        ),
    ] = None


FOLLOW_UP = SectionSpec("follow_up", Label("Suite", "المتابعة", "Follow-up"))


def counting_indexes(table: str, dated_by: str) -> tuple[Index, Index, Index]:
    """The indexes a count needs: by date, by person, and by place in the change journal."""
    return (
        Index(f"ix_{table}_{dated_by}_person", dated_by, "person_id"),
        Index(f"ix_{table}_person_{dated_by}", "person_id", dated_by),
        Index(f"ix_{table}_changed_seq", "changed_seq"),
    )


def has_exit(values: Values) -> bool:
    """Whether an exit is begun: its other fields are then shown."""
    return values.get("exit_kind") is not None or values.get("exit_on") is not None


def exit_is_whole(values: Values, facts: Facts) -> Iterable[Finding]:
    """A dated exit says of what kind it is."""
    if values.get("exit_on") is not None and not values.get("exit_kind"):
        yield Finding("exit_kind", "required")


NATIONALITY = Breakdown(
    "nationality",
    "nationality",
    "country",
    Label("Nationalité", "الجنسية", "Nationality"),
    of_person=True,
)
OFFICE = Breakdown("office", "office", "office", Label("Bureau", "المكتب", "Office"))
FUND = Breakdown("fund", "fund", "fund", Label("Fonds", "التمويل", "Fund"), services=True)

FUND_LABEL = Label("Fonds", "التمويل", "Fund")
CURRENCY_LABEL = Label("Monnaie", "العملة", "Currency")
MAD = Label("MAD", "درهم", "MAD")
COUNTRY_OF_RETURN = Label("Pays de retour", "بلد العودة", "Country of return")


def same_day_again(activity: str, dated_by: str, *also: str) -> Rule:
    """A rule that asks to confirm a second event of the same day, alike in the columns ``also``."""

    def check(values: Values, facts: Facts) -> Iterable[Finding]:
        day = values.get(dated_by)
        if day is None:
            return
        for event in facts.events_of(activity):
            if event.values.get(dated_by) == day and all(
                event.values.get(name) == values.get(name) for name in also
            ):
                yield Finding(dated_by, "same_event_again", Severity.CONFIRM, {"day": day})
                return

    return check


def after_registration(dated_by: str) -> Rule:
    """A rule that asks to confirm an event dated before the person's first registration."""

    def check(values: Values, facts: Facts) -> Iterable[Finding]:
        day = values.get(dated_by)
        days = [d for e in facts.events if isinstance(d := e.values.get("registered_on"), date)]
        if isinstance(day, date) and days and day < min(days):
            yield Finding(
                dated_by, "before_registration", Severity.CONFIRM, {"registered_on": min(days)}
            )

    return check
