import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text
from tests.closing.random_desk import AUTHOR, REASON, RandomDesk, fill

from avrr_desktop.cli import main
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.periods import parse_period
from avrr_desktop.services.closing.closings import frozen_of
from avrr_desktop.services.closing.frozen import read_content
from avrr_desktop.services.closing.held import closed
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.preflight import unsettled
from avrr_desktop.services.register import Register

S1 = ("--period", "2023-S1")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def desk(register: Register) -> RandomDesk:
    made = RandomDesk(register, Random(11))
    fill(made, persons=6, events=18)
    return made


@pytest.fixture
def run(desk: RandomDesk, clock: FixedClock, capsys: pytest.CaptureFixture[str]) -> Run:
    """The program on the desk's register: its exit code and what it said."""
    folder = str(desk.register.paths.data_dir)

    def command(name: str, *more: str) -> tuple[int, str, str]:
        code = main([name, "--data-dir", folder, *more], clock)
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_close_gap_reopen(run: Run, desk: RandomDesk) -> None:
    code, out, _ = run("close", *S1)
    assert code == 0
    assert out.startswith("2023-S1 ")
    assert "Aucun écart depuis la publication." in run("gap", *S1)[1]
    desk.records.delete(AUTHOR, "person", desk.persons[0], "double", correction=REASON)
    code, out, _ = run("gap", *S1, "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert found["differences"]
    assert "Suppression" in run("gap", *S1)[1]
    code, _, err = run("reopen", *S1)
    assert code == 1
    assert err.count("\n") == 1
    assert run("reopen", *S1, "--reason", "error")[0] == 0
    assert run("gap", *S1)[0] == 1


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("close", ("--period", "2023-S2")),
        ("close", ("--period", "2023-06")),
        ("close", ("--period", "abc")),
        ("gap", S1),
        ("reopen", (*S1, "--reason", "x")),
    ],
)
def test_refusals_are_one_sentence(run: Run, name: str, more: tuple[str, ...]) -> None:
    code, out, err = run(name, *more)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1


def test_gap_reports_what_was_altered(run: Run, desk: RandomDesk) -> None:
    run("close", *S1)
    with desk.register.database.writing() as connection:
        connection.execute(text("UPDATE closing SET fingerprint = 'x'"))
    code, out, err = run("gap", *S1)
    assert (code, out) == (1, "")
    assert "2023-S1" in err


def test_the_workbook_of_the_command_is_the_frozen_one(
    run: Run, desk: RandomDesk, tmp_path: Path
) -> None:
    run("close", *S1)
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    assert run("export", *S1, "--output", str(first))[0] == 0
    draft = Draft("person", {"sex": "woman"}, id=desk.persons[1])
    desk.records.save(AUTHOR, draft, confirm_all="test", correction=REASON)
    assert run("export", *S1, "--output", str(second))[0] == 0
    assert first.read_bytes() == second.read_bytes()


def test_what_blocks_in_the_window_blocks_the_command(run: Run, desk: RandomDesk) -> None:
    values: dict[str, object] = {"person_id": desk.persons[0], "office": "RBA", "country": "CI"}
    values["planned_on"] = date(2023, 5, 2)
    for _ in range(2):
        desk.records.save(AUTHOR, Draft("return_from_morocco", values), confirm_all="test")
    with desk.register.database.reading() as connection:
        (point,) = unsettled(connection, parse_period("2023-S1"), date(2023, 7, 18))
    code, out, err = run("close", *S1)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"{point.count} événements prévus")
    assert run("gap", *S1)[0] == 1
    assert run("close", *S1, "--confirm", "  ")[0] == 1
    assert run("close", *S1, "--confirm", "dates attendues")[0] == 0
    with desk.register.database.reading() as connection:
        closing = closed(connection, parse_period("2023-S1"))
        frozen = read_content(frozen_of(connection, closing).content)
        reasons = connection.execute(
            text("SELECT DISTINCT reason FROM change WHERE action = 'close'")
        ).scalars()
        assert list(reasons) == ["dates attendues"]
    assert frozen["despite"] == {"planned_past": point.count}


def test_refusal_for_want_of_a_reason_names_the_option(run: Run, desk: RandomDesk) -> None:
    overdue = {"person_id": desk.persons[0], "office": "RBA", "country": "CI"}
    planned = {**overdue, "planned_on": date(2023, 5, 2)}
    desk.records.save(AUTHOR, Draft("return_from_morocco", planned, new_id="1" * 32))
    assert "--confirm" in run("close", *S1)[2]
    assert run("close", *S1, "--confirm", "date attendue")[0] == 0
    assert "--confirm" not in run("close", *S1, "--confirm", "date attendue")[2]
    assert "--reason" in run("reopen", *S1)[2]
