"""The proof pack of a demonstration register: recounted by its own checker, without a name."""

import ast
import csv
import json
import sys
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select, text, update
from tests.closing.random_desk import RandomDesk
from tests.proof.conftest import S1, checked, pack_of

from avrr_desktop.cli import main
from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.translation import translator
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.paths import resources_dir
from avrr_desktop.people.base import table_of
from avrr_desktop.people.papers import Consent
from avrr_desktop.people.person import Person
from avrr_desktop.services.closing.closings import reopen
from avrr_desktop.services.closing.verify import alterations
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.proof.proof import write_proof
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import rolls_of
from avrr_desktop.services.workbook import export_workbook

CHECKER = resources_dir() / "proof" / "check.py"


def read_json(path: Path) -> dict[str, object]:
    value = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    return value


def lines_of(pack: Path, name: str) -> list[dict[str, str]]:
    source = (pack / "lines" / f"{name}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(StringIO(source)))


def sealed_anew(pack: Path) -> None:
    """What a forger would do too: every fingerprint made again."""
    path = pack / "fingerprints.json"
    known = read_json(path)
    members = known["members"]
    assert isinstance(members, dict)
    for name in members:
        members[name] = sha256((pack / name).read_bytes()).hexdigest()
    path.write_text(json.dumps(known), encoding="utf-8")


def person_of_section(register: Register, section: str) -> str:
    """Somebody the figure of a section counts, whose consent covers statistics."""
    with register.database.reading() as connection:
        rolls = rolls_of(connection, register.vocabularies, S1, date(2025, 3, 3))
        counted = {
            person
            for roll in rolls
            if (roll.section, roll.measure) == (section, "persons")
            for _, person in roll.members
        }
    rows = lines_by_consent(register)
    return min(counted & rows)


def lines_by_consent(register: Register) -> set[str]:
    consent = table_of(Consent).c
    query = select(consent.person_id).where(consent.withdrawn_on.is_(None))
    with register.database.reading() as connection:
        return set(connection.execute(query).scalars())


@pytest.mark.parametrize(
    ("language", "word"), [("fr", "CONFORME : "), ("ar", "مطابق: "), ("en", "CONFORM: ")]
)
def test_the_checker_recounts_every_figure(
    register: Register, tmp_path: Path, language: str, word: str
) -> None:
    pack, proof = pack_of(register, tmp_path, Language(language))
    for words in ((pack / "check.py",), (CHECKER, pack), (CHECKER, tmp_path / "pack.zip")):
        code, said = checked(*words, "--language", language)
        assert code == 0, said
        assert word in said
        assert str(proof.cells) in said
        assert proof.fingerprint in said
    assert proof.fingerprint == sha256((pack / "fingerprints.json").read_bytes()).hexdigest()
    cells = read_json(pack / "figures.json")["cells"]
    assert isinstance(cells, list)
    assert len(cells) == proof.cells > 1_000


def test_it_holds_the_exported_workbook(register: Register, tmp_path: Path) -> None:
    pack, _ = pack_of(register, tmp_path)
    export_workbook(register, S1, tmp_path / "out.xlsx", Language.FR)
    assert (pack / "workbook.xlsx").read_bytes() == (tmp_path / "out.xlsx").read_bytes()


def drop_line(pack: Path) -> str:
    """One registration less; the cell that must be named."""
    path = pack / "lines" / "registrations.csv"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    return "registrations / services / total"


def change_group(pack: Path) -> str:
    path = pack / "lines" / "direct_assistance.csv"
    head, first, *rest = path.read_text(encoding="utf-8-sig").splitlines()
    lines = [head, *(line.replace(",men,", ",boys,") for line in (first, *rest))]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return "direct_assistance / persons / boys"


def change_figure(pack: Path) -> str:
    path = pack / "figures.json"
    figures = read_json(path)
    cells = figures["cells"]
    assert isinstance(cells, list)
    for cell in cells:
        if cell[:2] == ["returns_from_morocco", "mean_age"]:
            cell[4] += 0.1
    path.write_text(json.dumps(figures), encoding="utf-8")
    return "returns_from_morocco / mean_age / total"


def age_somebody(pack: Path) -> str:
    path = pack / "lines" / "ages.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    place = next(n for n, line in enumerate(lines) if line.startswith("returns_from_morocco,"))
    lines[place] = lines[place].rpartition(",")[0] + ",190"
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return "returns_from_morocco / mean_age / total"


def drop_departure(pack: Path) -> str:
    path = pack / "lines" / "cohort.csv"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    return "cohort / persons_departed / total"


@pytest.mark.parametrize(
    "tamper", [drop_line, change_group, change_figure, age_somebody, drop_departure]
)
def test_what_is_tampered_with_is_named(
    register: Register, tmp_path: Path, tamper: Callable[[Path], str]
) -> None:
    pack, _ = pack_of(register, tmp_path)
    cell = tamper(pack)
    code, said = checked(pack / "check.py")
    assert code == 1
    assert "NON CONFORME" in said
    assert "le fichier a été modifié" in said
    assert cell in said
    sealed_anew(pack)
    code, said = checked(pack / "check.py", "--language", "en")
    assert code == 1
    assert "NOT CONFORM" in said
    assert "altered" not in said
    assert cell in said


def test_another_workbook_is_seen(register: Register, tmp_path: Path) -> None:
    pack, _ = pack_of(register, tmp_path)
    export_workbook(register, parse_period("2022-S2"), pack / "workbook.xlsx", Language.FR)
    sealed_anew(pack)
    code, said = checked(pack / "check.py")
    assert code == 1
    assert "dans le classeur" in said


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda pack: (pack / "lines" / "ages.csv").unlink(), "le fichier manque"),
        (lambda pack: (pack / "fingerprints.json").unlink(), "le fichier manque"),
        (lambda pack: (pack / "fingerprints.json").write_bytes(b"\xff{"), "d’un de ses fichiers"),
        (lambda pack: (pack / "workbook.xlsx").write_bytes(b"PK"), "devrait être un zip"),
        (lambda pack: (pack / "lines" / "more.csv").write_bytes(b"n"), "n’est pas de ce dossier"),
    ],
)
def test_a_spoiled_pack_is_refused_in_words(
    register: Register, tmp_path: Path, spoil: Callable[[Path], object], words: str
) -> None:
    pack, _ = pack_of(register, tmp_path)
    spoil(pack)
    code, said = checked(CHECKER, pack)
    assert code == 1
    assert words in said


def test_files_that_lie_beside_a_pack_do_not_matter(register: Register, tmp_path: Path) -> None:
    pack, _ = pack_of(register, tmp_path)
    (pack / "~$workbook.xlsx").write_bytes(b"open")
    (pack / "letters").mkdir()
    (pack / "letters" / "note.txt").write_bytes(b"hello")
    assert checked(pack / "check.py")[0] == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [(("--language", "xx"), 2), (("a", "b"), 2), (("--what",), 2), ((CHECKER,), 1)],
)
def test_the_checker_refuses_in_one_line(words: tuple[str | Path, ...], code: int) -> None:
    done, said = checked(CHECKER, *words)
    assert done == code
    assert said.count("\n") == 1


def test_the_checker_says_that_a_pack_is_not_there() -> None:
    code, said = checked(CHECKER, "/nowhere.zip")
    assert code == 1
    assert "rien ne porte ce nom à cet endroit" in said


def test_the_checker_stands_alone() -> None:
    tree = ast.parse(CHECKER.read_text(encoding="utf-8"), feature_version=(3, 8))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_nothing_that_happens_later_changes_it(register: Register, tmp_path: Path) -> None:
    before, _ = pack_of(register, tmp_path)
    desk = RandomDesk(register, Random(5), date(2023, 1, 1), 180)
    with register.database.reading() as connection:
        desk.persons = list(connection.execute(select(table_of(Person).c.id)).scalars())
    while sum(n for name, n in desk.done.items() if ":" not in name) < 100:
        desk.step()
    (tmp_path / "after").mkdir()
    after, _ = pack_of(register, tmp_path / "after")
    code, said = checked(after / "check.py")
    assert code == 0, said
    cells = [read_json(pack / "figures.json")["cells"] for pack in (before, after)]
    assert cells[0] == cells[1]
    books = [(pack / "workbook.xlsx").read_bytes() for pack in (before, after)]
    assert books[0] == books[1]


def test_who_withdraws_is_in_no_list_and_stays_in_the_figures(
    register: Register, tmp_path: Path
) -> None:
    person = person_of_section(register, "direct_assistance")
    pack, before = pack_of(register, tmp_path)
    consent = table_of(Consent)
    withdrawn = update(consent).where(consent.c.person_id == person)
    with register.database.writing() as connection:
        connection.execute(withdrawn.values(withdrawn_on=date(2025, 3, 4)))
    (tmp_path / "after").mkdir()
    without, after = pack_of(register, tmp_path / "after")
    assert after.withheld == before.withheld + 1
    names = [{line["person"] for line in lines_of(p, "direct_assistance")} for p in (pack, without)]
    assert len(names[1]) == len(names[0]) - 1
    code, said = checked(without / "check.py")
    assert code == 0, said
    assert f": {after.withheld}." in said
    withheld = read_json(without / "figures.json")["withheld"]
    assert isinstance(withheld, list)
    assert any(cell[:3] == ["direct_assistance", "persons", None] for cell in withheld)


def test_two_packs_share_no_pseudonym(register: Register, tmp_path: Path) -> None:
    packs = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        packs.append(pack_of(register, tmp_path / name)[0])
    heads = ("event", "person", "case")
    found = [{line[h] for line in lines_of(p, "registrations") for h in heads} for p in packs]
    assert found[0] & found[1] <= {""}


def test_ages_and_vulnerabilities_cannot_be_joined(register: Register, tmp_path: Path) -> None:
    pack, _ = pack_of(register, tmp_path)
    persons = {
        name: {line["person"] for line in lines_of(pack, name)}
        for name in ("registrations", "ages", "vulnerabilities", "running_totals")
    }
    assert all(persons.values())
    assert sum(map(len, persons.values())) == len(set().union(*persons.values()))


def test_the_journal_knows_the_pack(register: Register, tmp_path: Path) -> None:
    _, proof = pack_of(register, tmp_path)
    query = select(CHANGE.c.after, CHANGE.c.actor_name).where(CHANGE.c.action == "proof")
    with register.database.reading() as connection:
        (line,) = connection.execute(query).all()
    assert line.after["fingerprint"] == proof.fingerprint
    assert line.actor_name == register.local_actor.name
    assert alterations(register) == ()


def test_a_failure_of_the_disk_leaves_neither_file_nor_line(
    register: Register, tmp_path: Path
) -> None:
    missing = tmp_path / "no" / "pack.zip"
    with pytest.raises(UserError, match="folder_missing"):
        write_proof(register, register.local_actor, S1, missing, Language.FR)
    with register.database.reading() as connection:
        assert "proof" not in set(connection.execute(select(CHANGE.c.action)).scalars())


def test_an_open_semester_has_no_pack(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "pack.zip"
    reopen(register, register.local_actor, S1, "error")
    for code in ("2023-S1", "2023", "2024-S1"):
        with pytest.raises(UserError, match="not_closed") as caught:
            write_proof(register, register.local_actor, parse_period(code), path, Language.FR)
        for language in Language:
            assert code in word_error(caught.value, translator(language))
    assert not path.exists()


@pytest.mark.parametrize("role", [Role.READER, Role.CASEWORKER])
def test_who_may_not_export_names_makes_no_pack(
    register: Register, tmp_path: Path, role: Role
) -> None:
    path = tmp_path / "pack.zip"
    with pytest.raises(UserError, match="not_allowed"):
        write_proof(register, Actor("x", "X", role), S1, path, Language.FR)
    assert not path.exists()


def test_lists_that_do_not_give_the_figures_are_not_given_out(
    register: Register, tmp_path: Path
) -> None:
    path = tmp_path / "pack.zip"
    with register.database.writing() as connection:  # behind the journal's back
        connection.execute(text("UPDATE registration SET channel = 'unhcr'"))
    with pytest.raises(UserError, match="proof_not_conform") as caught:
        write_proof(register, register.local_actor, S1, path, Language.FR)
    assert not path.exists()
    said = word_error(caught.value, translator(Language.FR))
    assert "registrations / persons_by_channel" in said


def test_the_command_writes_it(
    register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "pack.zip"
    folder = ("--data-dir", str(register.paths.data_dir))
    words = ("proof", *folder, "--output", str(path), "--language", "en", "--period")
    assert main([*words, "2023-S1"]) == 0
    code, said = checked(CHECKER, path, "--language", "en")
    assert code == 0
    assert capsys.readouterr().out.split()[1] in said
    assert main([*words, "2022-S2"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
