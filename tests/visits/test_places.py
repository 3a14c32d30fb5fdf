"""Every page declared is visited; one that nobody knows how to open is not passed by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import make_dataclass
from pathlib import Path

import pytest

from avrr_desktop.activities import ACTIVITIES, RECORDS
from avrr_desktop.paths import paths_in
from avrr_desktop.self_test.bench import CLOCK, PERSONS
from avrr_desktop.services.demo import write_demo
from avrr_desktop.services.register import Register
from avrr_desktop.ui.routes import FormOf
from avrr_desktop.ui.shell.pages import FACTORIES
from avrr_desktop.visits.places import forms, places


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    made: Path = tmp_path_factory.mktemp("places")
    register = write_demo(paths_in(made / "demo"), CLOCK, persons=PERSONS)
    yield register
    register.close()


def test_every_route_has_a_page_of_its_own_name(register: Register) -> None:
    found = list(places(register))
    assert {type(route) for _, route in found} == set(FACTORIES)
    names = [name for name, _ in found]
    assert len(names) == len(set(names))
    assert {f"form-{record.key}" for record in RECORDS} <= set(names)
    assert {f"form-{activity.key}-stored" for activity in ACTIVITIES} <= set(names)


def test_every_activity_has_its_form(register: Register) -> None:
    keys = [route.key for _, route in forms(register) if isinstance(route, FormOf)]
    assert {activity.key for activity in ACTIVITIES} <= set(keys)


def test_a_field_nobody_knows_is_not_passed_by(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_dataclass("PageOfTomorrow", ["moon"])
    monkeypatch.setitem(FACTORIES, made, lambda *_: pytest.fail("never opened"))
    with pytest.raises(LookupError, match=r"PageOfTomorrow\.moon"):
        list(places(register))
