"""The encrypted register against the same one open: summary and save."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final
from uuid import uuid4

from tests.benchmarks.counting import PERIOD
from tests.benchmarks.measuring import Row, side_by_side
from tests.benchmarks.registers import CLOCK
from tests.survival.works import AMINA, CHEAP, person_drafts

from avrr_desktop.db.database import connect
from avrr_desktop.paths import Paths
from avrr_desktop.services import summary
from avrr_desktop.services.access.protecting import protect
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, open_register

_LIMIT: Final = 1.3


def measure_encryption(paths: Paths, persons: int, times: int) -> Iterator[Row]:
    """On copies that are gone afterwards; the floor is the register that is open."""
    limit = _LIMIT if persons == 100_000 else None
    with tempfile.TemporaryDirectory() as folder:
        free, kept = (replace(paths, data_dir=Path(folder) / name) for name in ("free", "kept"))
        for copy in (free, kept):
            copy.data_dir.mkdir()
            shutil.copyfile(paths.register, copy.register)
        with closing(connect(kept.register)) as connection:  # invented people are never encrypted
            connection.execute("UPDATE register SET is_demo = 0")
        floor = open_register(free, CLOCK)
        register = protect(kept, CLOCK, AMINA, CHEAP).register
        try:
            spent, least = side_by_side(
                lambda: summary.summarise(register, PERIOD),
                lambda: summary.summarise(floor, PERIOD),
                times,
            )
            yield Row("whole summary, encrypted against open", persons, spent, least, limit)
            spent, least = side_by_side(lambda: _save(register), lambda: _save(floor), times)
            yield Row("save, encrypted against open", persons, spent, least, limit)
        finally:
            floor.close()
            register.close()


def _save(register: Register) -> None:
    drafts = person_drafts("ESSAI", uuid4().hex)
    Records(register).save(register.actor, *drafts, confirm_all="test", watch=PERIOD)
