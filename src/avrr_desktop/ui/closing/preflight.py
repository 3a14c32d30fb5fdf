"""The pre-flight as lines of the page: words, icons, and where each record is mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from avrr_desktop.activities import ACTIVITY_BY_KEY, RECORD_BY_KEY
from avrr_desktop.core.periods import Period
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.closing.explained import Known, known_persons
from avrr_desktop.services.duplicates_found import probable_duplicates
from avrr_desktop.services.preflight import Doubt, Item, Point, Severity, point_words, preflight
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary_labels import section_label
from avrr_desktop.ui.closing.checks import Checked, CheckItem, CheckLine, State
from avrr_desktop.ui.person.words import plain_name
from avrr_desktop.ui.routes import (
    ChecksOf,
    DuplicatesOf,
    FormOf,
    MergeOf,
    PersonPage,
    Route,
    Settings,
)
from avrr_desktop.ui.tasks import Progress

_ICONS: Final[Mapping[Doubt, str]] = {
    Doubt.IDENTITIES: "shield-check",
    Doubt.PLANNED_PAST: "plane-takeoff",
    Doubt.DUPLICATES: "users",
    Doubt.VAGUE_BIRTHS: "calendar-check",
    Doubt.UNKNOWN_SEX: "user",
    Doubt.NO_FUND: "banknote",
    Doubt.LONG_DELAYS: "clock",
    Doubt.NO_CONSENT: "file-text",
    Doubt.WITHDRAWN_CONSENT: "file-text",
    Doubt.EMPTY_SECTIONS: "circle-dashed",
    Doubt.CONTRADICTED: "circle-dashed",
    Doubt.NO_OPENING: "database",
}
_STATES: Final[Mapping[Severity, State]] = {
    Severity.BLOCKING: State.BLOCKING,
    Severity.TO_DECIDE: State.TO_DECIDE,
    Severity.IN_ORDER: State.IN_ORDER,
}


def read_checks(register: Register, period: Period, progress: Progress) -> Checked:
    """The points of a pre-flight in words, and the figures that would be frozen.

    Raises:
        Cancelled: no longer wanted.
    """

    def pairs() -> Iterator[tuple[str, str]]:
        found = probable_duplicates(register, lambda _done, _total: progress(0, 0))
        return ((pair.first.id, pair.second.id) for pair in found.pairs)

    done = preflight(register, period, pairs=pairs, progress=progress)
    items = (item for point in done.points for item in point.items)
    named = known_persons(register, (p for i in items for p in (i.person_id, i.other_id) if p))
    lines = tuple(_line(point, named, period) for point in done.points)
    return Checked(lines, done.counted.summary, done.at)


def _line(point: Point, named: Mapping[str, Known], period: Period) -> CheckLine:
    words = point_words(point, translator(screen_language()))
    state = _STATES[point.severity]
    in_order = state is State.IN_ORDER
    is_identities = point.doubt is Doubt.IDENTITIES
    count: int | None = point.count
    if in_order:
        count = point.among or None
    return CheckLine(
        key=point.doubt.value,
        state=state,
        icon="circle-check" if in_order else _ICONS[point.doubt],
        title=words.title,
        detail=words.note,
        count=count,
        route=_route(point, period),
        route_word=tr("Detail") if is_identities else "",
        items=tuple(_items(point, named)),
        is_final=point.is_final,
    )


def _route(point: Point, period: Period) -> Route | None:
    """The page that shows everything of a point."""
    if point.doubt is Doubt.IDENTITIES:
        return ChecksOf(period.code)
    if not point.count:
        return None
    pages: dict[Doubt, Route] = {
        Doubt.DUPLICATES: DuplicatesOf(),
        Doubt.NO_OPENING: Settings("balances"),
    }
    return pages.get(point.doubt)


def _items(point: Point, named: Mapping[str, Known]) -> Iterator[CheckItem]:
    language = screen_language()
    if point.doubt is Doubt.EMPTY_SECTIONS:
        for key in point.keys:
            yield CheckItem(section_label(key).text(language), declare=key)
    elif point.doubt is Doubt.CONTRADICTED:
        for key in point.keys:
            yield CheckItem(section_label(key).text(language), withdraw=key)
    for item in point.items:
        yield _record(item, named)


def _record(item: Item, named: Mapping[str, Known]) -> CheckItem:
    """A person's page, an event's form, or two files side by side."""
    names = [plain_name(named[i].name) for i in (item.person_id, item.other_id) if i in named]
    title = " · ".join(names) or tr("A person")
    if item.other_id:
        return CheckItem(title, route=MergeOf(item.person_id, item.other_id))
    if item.record in ACTIVITY_BY_KEY:
        label = RECORD_BY_KEY[item.record].label.text(screen_language())
        return CheckItem(title, label, FormOf(item.record, item.record_id))
    assert item.record == PERSON.key
    return CheckItem(title, route=PersonPage(item.person_id))
