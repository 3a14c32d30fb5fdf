"""Moments as they are typed and said, and the command that asks for one."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.services.conftest import person_draft, registration_draft

from avrr_desktop import cli
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import translator
from avrr_desktop.paths import paths_in
from avrr_desktop.services.past_moments import check_moment, moment_words, read_moment
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, create_register

NOON = datetime(2023, 7, 5, 12, tzinfo=UTC)


@pytest.fixture(params=["UTC", "Africa/Casablanca", "America/New_York"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The computer's own zone."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of this system cannot be set by a program")
    with monkeypatch.context() as patched:
        patched.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


def test_a_moment_is_read_in_the_computers_zone_or_its_own(zone: str) -> None:
    hours = {"UTC": 0, "Africa/Casablanca": 1, "America/New_York": -4}[zone]
    clock = FixedClock(datetime(2023, 7, 20, 12, tzinfo=UTC))
    ten = datetime(2023, 7, 15, 10, tzinfo=UTC)
    assert read_moment("2023-07-15T10:00", clock) == ten - timedelta(hours=hours)
    assert read_moment(" 2023-07-15 10:00:30.5 ", clock) == ten + timedelta(
        hours=-hours, seconds=30.5
    )
    assert read_moment("2023-07-15T10:00Z", clock) == ten
    assert read_moment("2023-07-15T10:00+02:00", clock) == ten - timedelta(hours=2)
    day = read_moment("2023-07-15", clock).astimezone()
    assert f"{day:%Y-%m-%d %H:%M:%S.%f}" == "2023-07-15 23:59:59.999999"


def test_today_alone_is_now() -> None:
    clock = FixedClock(NOON)
    assert read_moment("2023-07-05", clock) == NOON


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterday", "15/07/2023", "2023-02-30", "2023-07-15T25:00", "2023-07"),
        *("2023-W28-6", "2023-07-15T10", "2023-07-15Z", "٢٠٢٣-٠٧-١٥"),
        *("2023-07-15T10:00+99:00", "9999-12-31T23:59-23:00"),
    ],
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="bad_moment"):
        read_moment(text, FixedClock(NOON))


def test_only_moments_of_the_register_are_known(register: Register, clock: FixedClock) -> None:
    check_moment(register, clock.instant)
    with pytest.raises(UserError, match="future_moment"):
        check_moment(register, clock.instant + timedelta(microseconds=1))
    with pytest.raises(UserError, match="moment_before_register"):
        check_moment(register, clock.instant - timedelta(days=1))
    clock.instant -= timedelta(days=2)
    Records(register).save(register.local_actor, person_draft())
    check_moment(register, clock.instant)  # the clock went back; the journal knows the moment


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.EN, "Figures as known on 15/07/2023 at 10:00"),
        (Language.FR, "Chiffres connus le 15/07/2023 à 10:00"),
        (Language.AR, "الأرقام كما كانت معروفة في 15/07/2023 على الساعة 10:00"),
    ],
)
def test_a_moment_is_said(language: Language, said: str) -> None:
    from avrr_desktop.core.translation import load_catalogues

    load_catalogues(paths_in(Path()).catalogues)
    ten = datetime(2023, 7, 15, 10).astimezone()
    assert moment_words(ten, translator(language)) == said
    assert moment_words(ten + timedelta(seconds=5), translator(language)).endswith("10:00:05")


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A register with a person of the 5th, deleted on the 7th."""
    clock = FixedClock(NOON)
    register = create_register(paths_in(tmp_path / "register"), clock, is_demo=True)
    records = Records(register)
    records.save(register.local_actor, person_draft(), registration_draft())
    clock.instant += timedelta(days=2)
    records.delete(register.local_actor, "person", "a" * 32, "double")
    register.close()
    return tmp_path / "register"


def run(data_dir: Path, *arguments: str) -> int:
    asked = ["summary", "--data-dir", str(data_dir), "--period", "2023-S1", *arguments]
    try:
        return cli.main(asked, FixedClock(NOON + timedelta(days=9)))
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else -1


@pytest.mark.parametrize(("moment", "women"), [("2023-07-06", 1), ("2023-07-08T09:30", 0)])
def test_summary_as_of_a_moment(
    data_dir: Path, moment: str, women: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data_dir, "--as-of", moment, "--format", "json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["as_of"].startswith(moment)
    cells = {(c["section"], c["measure"], c["term"], c["group"]): c for c in printed["cells"]}
    assert cells["registrations", "persons", None, "women"]["value"] == women
    assert run(data_dir, "--as-of", moment, "--language", "en") == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Figures as known on {moment[8:10]}/07/2023 at ")


def test_a_live_summary_bears_no_moment(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data_dir, "--format", "json") == 0
    assert "as_of" not in json.loads(capsys.readouterr().out)
    assert run(data_dir, "--language", "en") == 0
    assert "as known" not in capsys.readouterr().out


@pytest.mark.parametrize("moment", ["", "soon", "2024-01-01", "2023-07-01T10:00", "2023-06-31"])
def test_a_bad_moment_is_one_sentence(
    data_dir: Path, moment: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data_dir, "--as-of", moment) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
