"""Whatever the register, its lists recount it; and no line can go without being missed."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from random import Random
from zipfile import ZipFile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.closing.conftest import NewRegister, clock, empty, new_register, period
from tests.closing.random_desk import AUTHOR, CONSENT, SUPERVISOR, RandomDesk, fill

from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period
from avrr_desktop.paths import resources_dir
from avrr_desktop.services.closing.closings import close
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.proof.checking import checker_in, verified
from avrr_desktop.services.proof.proof import write_proof

__all__ = ["clock", "empty", "new_register", "period"]

EXAMPLES = 1_000 if os.environ.get("AVRR_HYPOTHESIS") == "long" else 6
CHECKER = checker_in(resources_dir())
PURPOSES = ("partner_sharing", "return")
SECTIONS = (
    *("registrations", "requests", "returns_from_morocco", "direct_assistance"),
    *("resettlement", "other_admissions", "returns_to_morocco"),
)


class Desk(RandomDesk):
    """Some of its persons do not consent to statistics, or no longer."""

    def person(self) -> None:
        super().person()
        chance = self.random.random()
        if chance < 0.2:
            self._consent({**CONSENT, "purposes": PURPOSES})
        elif chance < 0.4:
            self._consent({**CONSENT, "withdrawn_on": date(2023, 7, 1)})

    def _consent(self, consent: dict[str, object]) -> None:
        draft = Draft("person", {"consent": (consent,)}, id=self.persons[-1])
        self.records.save(AUTHOR, draft, confirm_all="test", correction="test")


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32), steps=st.integers(0, 12))
def test_recounted_and_withheld_make_published(
    new_register: NewRegister, period: Period, tmp_path: Path, seed: int, steps: int
) -> None:
    register = new_register()
    random = Random(seed)
    desk = Desk(register, random)
    fill(desk, persons=6, events=16)
    for _ in range(steps):
        desk.step()
    close(register, SUPERVISOR, period)
    for _ in range(steps):
        desk.step()
    path = tmp_path / "pack.zip"
    write_proof(register, SUPERVISOR, period, path, Language.FR)
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert verified(CHECKER, members)[0] == []
    name = f"lines/{random.choice(SECTIONS)}.csv"
    head, *lines = members[name].splitlines(keepends=True)
    if lines:
        lines.pop(random.randrange(len(lines)))
        faults, _ = verified(CHECKER, {**members, name: b"".join((head, *lines))})
        assert {code for code, _ in faults} >= {"altered", "cell"}
