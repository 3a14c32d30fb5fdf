"""Files that are probably of one person, found by blocks: who shares nothing is never compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, select

from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.sounds import sound_of
from avrr_desktop.db.publication_tables import DIFFERENT_PERSONS
from avrr_desktop.db.search_index import national_digits, words_of
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.people.base import table_of
from avrr_desktop.people.papers import Document, ExternalNumber, Phone
from avrr_desktop.people.person import Person
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.completion import number_folded
from avrr_desktop.services.duplicate_pairs import Compared, Likeness, reasons_for, weight_of
from avrr_desktop.services.journal import last_sequence
from avrr_desktop.services.lists.query import Age, PersonName
from avrr_desktop.services.lists.rows import age_of, name_of
from avrr_desktop.services.register import Register
from avrr_desktop.services.stored import rows_by_id

MOST = 500  # pairs shown: beyond, the first ones are dealt with before the others are seen
_MOST_SHARING = 12  # a number more files have is an office's or a placeholder's
_MOST_ON_A_DAY = 60  # beyond, those born on one day are compared by the sound of a name only
_STEP = 2_000
_PERSON, _DOCUMENT = table_of(Person), table_of(Document)
_PHONE, _EXTERNAL = table_of(Phone), table_of(ExternalNumber)

Pair = tuple[str, str]  # ids, the lower first
Proceed = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class DuplicateSide:
    """One of two files, as the list shows it."""

    id: str
    number: str
    name: PersonName
    birth: str  # as typed
    age: Age
    nationality: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two files probably of one person; ``reasons`` with the number they share, if one."""

    first: DuplicateSide
    second: DuplicateSide
    reasons: tuple[tuple[Likeness, str], ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Duplicates:
    """The most probable pairs, and how many there are in all."""

    pairs: tuple[Duplicate, ...]
    total: int


@needs(Permission.NAMES)
def probable_duplicates(
    register: Register, proceed: Proceed = lambda _done, _total: None
) -> Duplicates:
    """Pairs of files probably of one person, the surest first.

    Never a file in the bin or merged already, nor a pair somebody said to be of two persons.
    ``proceed`` is told how far the search is, and may raise to end it. What was found is kept
    until a person, a paper or a merger changes.
    """
    today = register.clock.today()
    with register.database.reading() as connection:
        kept = _FOUND.get(register)
        if kept is not None and kept.today == today and not _changed(connection, kept.sequence):
            return kept.found
        sequence = last_sequence(connection)
        people, survivors = _people(connection, proceed)
        shared = _shared_numbers(connection, survivors)
        known = _said_different(connection, survivors)
        found = _compare(people, shared, known, proceed)
        found.sort(key=lambda one: (-one[2], one[0]))
        shown = found[:MOST]
        sides = _sides(connection, today, [pair for pair, _, _ in shown])
    pairs = tuple(
        Duplicate(sides[low], sides[high], tuple(reasons.items()), weight)
        for (low, high), reasons, weight in shown
    )
    answer = Duplicates(pairs, len(found))
    _FOUND[register] = _Kept(sequence, today, answer)
    return answer


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was found, the last line of the journal it knew, and the day of its ages."""

    sequence: int
    today: date
    found: Duplicates


_FOUND: WeakKeyDictionary[Register, _Kept] = WeakKeyDictionary()
_READ = tuple(table.name for table in (_PERSON, _DOCUMENT, _PHONE, _EXTERNAL, DIFFERENT_PERSONS))


def _changed(connection: Connection, sequence: int) -> bool:
    """Whether anything the search reads was written since a line of the journal."""
    later = select(CHANGE.c.sequence).where(
        CHANGE.c.sequence > sequence, CHANGE.c.table_name.in_(_READ)
    )
    return connection.execute(later.limit(1)).first() is not None


def _people(connection: Connection, proceed: Proceed) -> tuple[dict[str, Compared], dict[str, str]]:
    """Every person that counts, and the survivor of each merged file."""
    columns = (
        _PERSON.c.id,
        _PERSON.c.family_name,
        _PERSON.c.given_name,
        _PERSON.c.family_name_ar,
        _PERSON.c.given_name_ar,
        _PERSON.c.sex,
        _PERSON.c.birth_first,
        _PERSON.c.birth_last,
        _PERSON.c.nationality,
        _PERSON.c.merged_into_id,
    )
    people: dict[str, Compared] = {}
    survivors: dict[str, str] = {}
    folded: dict[str, tuple[str, ...]] = {}
    live = (_PERSON.c.deleted_at.is_(None), _PERSON.c.anonymised_on.is_(None))
    rows = connection.execute(select(*columns).where(*live)).all()
    for done, row in enumerate(rows):
        if done % _STEP == 0:
            proceed(done, 3 * len(rows))
        if row[9]:
            survivors[row[0]] = row[9]
            continue
        words = tuple(sorted((*_words(folded, row[1]), *_words(folded, row[2]))))
        arabic = tuple(sorted((*_words(folded, row[3]), *_words(folded, row[4]))))
        people[row[0]] = Compared(
            row[0], words, " ".join(words), arabic, row[5], row[6], row[7], row[8]
        )
    return people, survivors


def _words(folded: dict[str, tuple[str, ...]], name: str | None) -> tuple[str, ...]:
    if not name:
        return ()
    if name not in folded:
        folded[name] = tuple(words_of(name))
    return folded[name]


def _shared_numbers(
    connection: Connection, survivors: Mapping[str, str]
) -> dict[Pair, dict[Likeness, str]]:
    """The numbers two persons have in common."""
    documents = select(_DOCUMENT.c.person_id, _DOCUMENT.c.number, _DOCUMENT.c.number_folded).where(
        _DOCUMENT.c.deleted_at.is_(None)
    )
    others = select(_EXTERNAL.c.person_id, _EXTERNAL.c.value).where(
        _EXTERNAL.c.deleted_at.is_(None)
    )
    phones = select(_PHONE.c.person_id, _PHONE.c.number).where(_PHONE.c.deleted_at.is_(None))
    read = (
        (Likeness.DOCUMENT, ((r[0], r[1], r[2]) for r in connection.execute(documents))),
        (
            Likeness.OTHER_NUMBER,
            ((r[0], r[1], number_folded(r[1])) for r in connection.execute(others)),
        ),
        (Likeness.PHONE, ((r[0], r[1], national_digits(r[1])) for r in connection.execute(phones))),
    )
    shared: dict[Pair, dict[Likeness, str]] = defaultdict(dict)
    for likeness, lines in read:
        for number, files in _by_number(lines, survivors):
            for pair in combinations(sorted(files), 2):
                shared[pair].setdefault(likeness, number)
    return shared


def _by_number(
    lines: Iterable[tuple[str, str, str]], survivors: Mapping[str, str]
) -> Iterator[tuple[str, set[str]]]:
    """Each number that a few persons have, as typed on one of them."""
    owners: dict[str, set[str]] = defaultdict(set)
    typed: dict[str, str] = {}
    for file, number, compared in lines:
        if compared:
            owners[compared].add(survivors.get(file, file))
            typed.setdefault(compared, number)
    for compared, files in owners.items():
        if 1 < len(files) <= _MOST_SHARING:
            yield typed[compared], files


def _said_different(connection: Connection, survivors: Mapping[str, str]) -> set[Pair]:
    """Pairs said to be of two persons; what was said of a merged file holds for its survivor."""
    query = select(DIFFERENT_PERSONS.c.first_id, DIFFERENT_PERSONS.c.second_id)
    return {
        _pair(survivors.get(first, first), survivors.get(second, second))
        for first, second in connection.execute(query)
    }


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


_Found = list[tuple[Pair, dict[Likeness, str], int]]


def _compare(
    people: Mapping[str, Compared],
    shared: Mapping[Pair, dict[Likeness, str]],
    known: set[Pair],
    proceed: Proceed,
) -> _Found:
    """The probable pairs among those who share a number, a day of birth or the sound of names."""
    found: _Found = []
    seen = set(known)
    nothing: dict[Likeness, str] = {}
    for one, other in _candidates(people, shared, proceed):
        pair = _pair(one, other)
        if pair in seen:
            continue
        seen.add(pair)
        reasons = reasons_for(people[one], people[other], shared.get(pair, nothing))
        if reasons:
            found.append((pair, reasons, weight_of(reasons)))
    return found


def _candidates(
    people: Mapping[str, Compared],
    shared: Mapping[Pair, dict[Likeness, str]],
    proceed: Proceed,
) -> Iterator[Pair]:
    yield from (pair for pair in shared if pair[0] in people and pair[1] in people)
    days: dict[date, list[Compared]] = defaultdict(list)
    names: dict[tuple[str, ...], list[Compared]] = defaultdict(list)
    for person in people.values():
        if person.first is not None and person.first == person.last:
            days[person.first].append(person)
        sounds = sorted(map(sound_of, person.words))
        for words in (sounds, person.arabic):
            if words:
                names[person.nationality, *words].append(person)
    total = 3 * len(people)
    yield from _in_blocks(_day_blocks(days.values()), proceed, (len(people), total))
    yield from _with_a_range(names.values(), proceed, (2 * len(people), total))


def _day_blocks(days: Iterable[Sequence[Compared]]) -> Iterator[Sequence[Compared]]:
    """Those born on one day; a day on which very many are is cut by the sounds of their names."""
    for block in days:
        if len(block) <= _MOST_ON_A_DAY:
            yield block
            continue
        by_sound: dict[str, list[Compared]] = defaultdict(list)
        for person in block:
            for word in {*map(sound_of, person.words), *person.arabic}:
                by_sound[word].append(person)
        yield from by_sound.values()


def _in_blocks(
    blocks: Iterable[Sequence[Compared]], proceed: Proceed, step: tuple[int, int]
) -> Iterator[Pair]:
    done, total = step
    for place, block in enumerate(blocks):
        if place % _STEP == 0:
            proceed(done, total)
        for one, other in combinations(block, 2):
            # The cheapest test first: most pairs born on one day have nothing else in common.
            if one.sex == other.sex or not one.sex or not other.sex:
                yield one.id, other.id


def _with_a_range(
    blocks: Iterable[Sequence[Compared]], proceed: Proceed, step: tuple[int, int]
) -> Iterator[Pair]:
    """Those of one name, one of whom has no exact birth date, whose births may be one."""
    done, total = step
    for place, block in enumerate(blocks):
        if place % _STEP == 0:
            proceed(done, total)
        ordered = sorted((p for p in block if p.first is not None), key=_first_day)
        for at, one in enumerate(ordered):
            for other in ordered[at + 1 :]:
                if one.last is None or _first_day(other) > one.last:
                    break
                if one.first != one.last or other.first != other.last:
                    yield one.id, other.id


def _first_day(person: Compared) -> date:
    return person.first or date.max


def _sides(connection: Connection, today: date, pairs: Sequence[Pair]) -> dict[str, DuplicateSide]:
    rows = rows_by_id(connection, _PERSON, sorted({i for pair in pairs for i in pair}))
    return {
        i: DuplicateSide(
            i,
            str(row["number"]),
            name_of(row),
            str(row["birth_typed"] or ""),
            age_of(row, today),
            str(row["nationality"]),
        )
        for i, row in rows.items()
    }
