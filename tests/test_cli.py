import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.services.conftest import person_draft, registration_draft

from avrr_desktop import cli
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.labels import Language
from avrr_desktop.paths import paths_in, resources_dir
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import create_register
from avrr_desktop.ui.shell.desk import Desk

CLOCK = FixedClock(datetime(2023, 7, 5, 10, tzinfo=UTC))


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "register"
    register = create_register(paths_in(folder), CLOCK, is_demo=True)
    Records(register).save(register.local_actor, person_draft(), registration_draft())
    register.close()
    return folder


def run(*arguments: object) -> int:
    try:
        return cli.main([str(a) for a in arguments], CLOCK)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else -1


def test_summary_prints_every_cell_as_json(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run("summary", "--data-dir", data_dir, "--period", "2023-S1", "--format", "json")
    printed = json.loads(capsys.readouterr().out)
    assert code == 0
    assert printed["period"] == {"code": "2023-S1", "start": "2023-01-01", "end": "2023-06-30"}
    cells = {
        (c["section"], c["measure"], c["term"], c["group"]): c["value"] for c in printed["cells"]
    }
    assert len(cells) == len(printed["cells"])
    assert cells["registrations", "persons", None, "women"] == 1
    assert cells["registrations", "persons", None, "men"] == 0
    assert cells["registrations", "persons_by_channel", "word_of_mouth", "total"] == 1
    assert cells["registrations", "mean_age", None, "total"] == 29.0


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_summary_prints_a_text_in_each_language(
    data_dir: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run("summary", "--data-dir", data_dir, "--period", "2023-S1", "--language", language)
    assert code == 0
    heading = {"fr": "Enregistrements", "ar": "التسجيلات", "en": "Registrations"}[language]
    assert heading in capsys.readouterr().out


def test_option_before_the_command_is_kept(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--data-dir", data_dir, "summary", "--period", "2023") == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("summary", "--period", "2023-S3"),
        ("summary", "--period", "2023-S1", "--format", "xml"),
        ("summary", "--period", "2023-S1", "--language", "de"),
        ("summary", "--period", "2023-03-02..2023-01-15"),
        ("summary",),
        ("export", "--nominal", "pigeons", "--output", "x.xlsx"),
        ("export", "--output", "x.xlsx"),
        ("import", "missing.xlsx"),
        ("demo", "--persons", "0"),
        ("demo", "--persons", "many"),
    ],
)
def test_bad_value_is_refused_with_one_sentence(
    data_dir: Path,
    arguments: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments, "--data-dir", data_dir) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert not (tmp_path / "x.xlsx").exists()


def test_unknown_option_is_the_only_2(data_dir: Path) -> None:
    assert run("summary", "--data-dir", data_dir, "--period", "2023", "--colour", "red") == 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("summary",), 1, "Il manque\u00a0: --period."),
        (("summary", "--period"), 1, "--period doit être suivi d’une valeur."),
        (("demo", "--persons", "many"), 1, "n’est pas un nombre entier."),
        (("import", "--dry-run=1", "f.xlsx"), 1, "--dry-run ne prend pas de valeur."),
        (("pigeons",), 1, "n’est pas une commande. Les commandes sont\u00a0: demo, summary,"),
        (("summary", "extra", "--period", "2023"), 1, "Ceci est de trop\u00a0: extra."),
        (("summary", "--period", "2023", "--couleur=red"), 2, "inconnue\u00a0: --couleur."),
        (("demo", "--person", "3"), 2, "inconnue\u00a0: --person."),
    ],
)
def test_refusals_of_the_command_line_are_in_french(
    tmp_path: Path,
    arguments: tuple[str, ...],
    code: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(*arguments, "--data-dir", tmp_path) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err
    assert len(printed.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "Il manque"), ("ar", "ينقص"), ("en", "This is missing")]
)
def test_refusals_are_in_the_language_asked_for_or_of_the_settings(
    tmp_path: Path, language: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("summary", "--language", language, "--data-dir", tmp_path) == 1
    assert said in capsys.readouterr().err
    Desk(tmp_path / "settings.ini").language = Language(language)
    assert run("summary", "--data-dir", tmp_path) == 1
    assert said in capsys.readouterr().err


def test_settings_that_cannot_be_read_leave_french(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.ini").write_bytes(b"\xff\xfe[screen\nlanguage")
    assert run("summary", "--data-dir", tmp_path) == 1
    assert "Il manque" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize(
    "command", [(), ("demo",), ("summary",), ("export",), ("template",), ("import",), ("tour",)]
)
def test_help_has_no_english_left(
    tmp_path: Path, command: tuple[str, ...], language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Desk(tmp_path / "settings.ini").language = Language(language)
    assert run(*command, "--data-dir", tmp_path, "--help") == 0
    printed = capsys.readouterr().out
    assert {"fr": "Usage\u00a0:", "ar": "الاستعمال:"}[language] in printed
    words = set(re.findall(r"(?<![-\w])[a-z]{3,}", printed))
    assert not words & {"usage", "show", "positional", "options:", "message", "exit", "the", "and"}


def test_refusal_of_a_period_names_every_form(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("summary", "--data-dir", data_dir, "--period", "2023-S3") == 1
    said = capsys.readouterr().err
    for form in ("2023-S1", "2023-Q2", "2023-06", "2023", "2023-01-15..2023-03-02"):
        assert form in said
        assert run("summary", "--data-dir", data_dir, "--period", form) == 0


def test_missing_register_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("summary", "--data-dir", tmp_path / "nowhere", "--period", "2023") == 1
    assert str(tmp_path / "nowhere") in capsys.readouterr().err


def test_text_renamed_to_workbook_is_refused(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = tmp_path / "fake.xlsx"
    fake.write_text("Nom;Prénom\nDIALLO;Mamadou\n", encoding="utf-8")
    assert run("import", fake, "--data-dir", data_dir) == 1
    assert "fake.xlsx" in capsys.readouterr().err


def test_template_needs_no_register(tmp_path: Path) -> None:
    target = tmp_path / "modele.xlsx"
    assert run("template", "--data-dir", tmp_path / "none", "--output", target) == 0
    assert target.stat().st_size > 0
    assert not (tmp_path / "none").exists()


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="needs root, to become somebody who may not write",
)
def test_read_only_folder_is_said_to_an_unprivileged_user(data_dir: Path, tmp_path: Path) -> None:
    resources = resources_dir()
    if any(place.stat().st_mode & 0o005 != 0o005 for place in (resources, *resources.parents)):
        pytest.skip("the checkout lies where only root may read")
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o555)
    for parent in (tmp_path, *tmp_path.parents):
        if parent.stat().st_mode & 0o005 != 0o005 and parent.is_relative_to("/tmp"):
            parent.chmod(parent.stat().st_mode | 0o005)
    # The interpreter itself may be root's alone: what is needed is imported before stepping down.
    script = (
        "import os, sys; from avrr_desktop.cli import main;"
        f"main(['demo', '--persons', '10', '--data-dir', {str(tmp_path / 'warm')!r}]);"
        "os.setgid(65534); os.setuid(65534);"
        f"sys.exit(main(['demo', '--persons', '10', '--data-dir', {str(folder / 'd')!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 1, done.stderr
    assert str(folder) in done.stderr
    assert list(folder.iterdir()) == []


def test_demo_and_import_say_what_was_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = FixedClock(datetime(2025, 3, 3, tzinfo=UTC))
    folder = tmp_path / "demo"
    main = cli.main
    for language, said in (("fr", "10 personnes inventées"), ("en", "10 invented persons")):
        where = folder / language
        words = ["demo", "--data-dir", str(where), "--persons", "10", "--language", language]
        assert main(words, clock) == 0
        printed = capsys.readouterr().out
        assert said in printed
        assert str(where) in printed
    register = ["--data-dir", str(folder / "fr")]
    book = tmp_path / "filled.xlsx"
    assert (
        main(["export", *register, "--nominal", "registration", "--output", str(book)], clock) == 0
    )
    capsys.readouterr()
    assert main(["import", *register, str(book)], clock) == 0
    assert "Tout ce que contient ce fichier est dans le registre." in capsys.readouterr().out
    sheets = load_workbook(book)
    sheet = sheets.worksheets[0]
    fields = [cell.value for cell in sheet[1]]
    sheet.cell(3, fields.index("remarks") + 1, "relu")
    sheets.save(book)
    assert main(["import", *register, "--dry-run", str(book)], clock) == 0
    assert "Rien n’a été écrit" in capsys.readouterr().out
    assert main(["import", *register, str(book)], clock) == 0
    assert "1 ligne de filled.xlsx importée." in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ("export", "--period", "2023-S1"),
        ("bulletin", "--period", "2023-S1"),
        ("proof", "--period", "2023-S1"),
        ("template",),
        ("journal",),
    ],
    ids=" ".join,
)
def test_nothing_is_written_over_the_register(
    data_dir: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--data-dir", data_dir)
    assert run("close", *at, "--period", "2023-S1") == 0
    for name in ("register.sqlite", "journal.head"):
        assert run(words[0], *at, *words[1:], "--output", data_dir / name) == 1
        assert name in capsys.readouterr().err
    assert run("summary", *at, "--period", "2023-S1") == 0
    assert run("journal", *at, "--check") == 0


class InterruptedClock(FixedClock):
    """Somebody presses Ctrl+C when the time is asked for."""

    def now(self) -> datetime:
        raise KeyboardInterrupt


def test_interrupted_by_hand_ends_with_one_sentence(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["close", "--data-dir", str(data_dir), "--period", "2023-S1"]
    assert cli.main(words, InterruptedClock(CLOCK.instant)) == 130
    assert capsys.readouterr().err.strip() == "Interrompu."
    assert run(*words) == 0
