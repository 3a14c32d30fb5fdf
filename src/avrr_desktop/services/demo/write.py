"""Writing a demonstration register: through the services, or in bulk when it is large."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.actors import Actor
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import Translator
from avrr_desktop.paths import Paths
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.demo.bulk import load
from avrr_desktop.services.demo.generate import SOURCE, Told, tell_default
from avrr_desktop.services.demo.quotas import UNTIL
from avrr_desktop.services.demo.spread import LAST_DAY, generate_spread
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.lists import ListQuery, count
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, create_register, write_setting

Progress = Callable[[int, int], None]

BULK_FROM: Final = 100_000
_PER_TRANSACTION: Final = 2_000
_SETTINGS: Final = {"opening_period": "2023-S1", "office": "RBA"}


def write_demo(
    paths: Paths,
    clock: Clock,
    *,
    persons: int | None = None,
    seed: int = 1,
    progress: Progress | None = None,
) -> Register:
    """A new register of invented people: the published semester, or so many persons.

    ``progress`` gets records (in bulk: persons) done and to do; what it raises stops the writing
    and leaves no register behind.

    Raises:
        UserError: ``register_exists``, ``clock_too_early``, or a failure of the disk.
    """
    last = UNTIL if persons is None else LAST_DAY
    if clock.today() < last:
        raise UserError("clock_too_early", today=clock.today(), last=last)
    register = create_register(paths, clock, is_demo=True)
    try:
        with register.database.writing() as connection:
            for key, value in _SETTINGS.items():
                write_setting(connection, key, value)
        _write(register, persons, seed, progress)
    except BaseException:
        register.close()
        for left in paths.register.parent.glob(paths.register.name + "*"):
            left.unlink()
        raise
    return register


def word_written(register: Register, say: Translator) -> str:
    """How many persons and events were written, and where."""
    persons = count(register, ListQuery(PERSON.key))
    events = sum(count(register, ListQuery(activity.key)) for activity in ACTIVITIES)
    return say.ntr(
        "{number} invented person written in {folder}. Registrations and other events: {events}.",
        "{number} invented persons written in {folder}. Registrations and other events: {events}.",
        persons,
        number=_grouped(persons),
        events=_grouped(events),
        folder=register.paths.data_dir,
    )


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def _write(register: Register, persons: int | None, seed: int, progress: Progress | None) -> None:
    if persons is None:
        enter_told(register, tell_default(seed), progress)
    elif persons < BULK_FROM:
        drafts = list(generate_spread(persons, seed))
        enter(register, register.local_actor, drafts, len(drafts), progress)
    else:
        load(register, generate_spread(persons, seed), persons, progress)


def enter_told(register: Register, told: Told, progress: Progress | None = None) -> None:
    """Enter everything that was told, then delete what was entered by mistake."""
    actor = register.local_actor
    enter(register, actor, told.drafts, len(told.drafts), progress)
    records = Records(register)
    for mistake in told.deletions:
        records.delete(actor, mistake.record, mistake.id, mistake.reason)


def enter(
    register: Register,
    actor: Actor,
    drafts: Iterable[Draft],
    total: int,
    progress: Progress | None = None,
) -> None:
    """Save drafts through the services' batch entry: the same validator, many a transaction."""
    records = Records(register)
    done = 0
    for batch in _batches(drafts):
        records.save(actor, *batch, confirm_all=SOURCE)
        done += len(batch)
        if progress is not None:
            progress(done, total)


def _batches(drafts: Iterable[Draft]) -> Iterator[tuple[Draft, ...]]:
    remaining = iter(drafts)
    while batch := tuple(islice(remaining, _PER_TRANSACTION)):
        yield batch
