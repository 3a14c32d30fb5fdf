"""What rules may know of the rest of the register: frozen facts, never a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from avrr_desktop.core.births import Birth


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """The person an event is about."""

    id: str
    sex: str | None
    birth: Birth
    vulnerabilities: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """A consent as it stands."""

    given_on: date | None
    withdrawn_on: date | None
    purposes: frozenset[str]
    partners: frozenset[str]

    def in_force_on(self, day: date) -> bool:
        """Given on or before ``day`` and not withdrawn by then."""
        if self.given_on is None or self.given_on > day:
            return False
        return self.withdrawn_on is None or self.withdrawn_on > day


@dataclass(frozen=True, slots=True)
class EventFacts:
    """Another event of the same person: its activity's key, id and columns."""

    activity: str
    id: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a rule may know beside the values being saved."""

    today: date
    person: PersonFacts | None = None
    consents: tuple[ConsentFacts, ...] = ()
    events: tuple[EventFacts, ...] = field(default_factory=tuple)
    record_id: str = ""  # empty for a new record

    def events_of(self, activity: str) -> tuple[EventFacts, ...]:
        """The person's other events of one activity."""
        return tuple(e for e in self.events if e.activity == activity and e.id != self.record_id)
