"""``python -m tests.survival.fuzzing``: broken workbooks and broken registers, by the thousand.

Each is either read or refused with a sentence, within seconds and bounded memory; nothing of a
refused workbook is imported.
"""

from __future__ import annotations

import argparse
import io
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import func, select
from tests.survival import works
from tests.survival.killing import CLOCK
from tests.survival.works import AMINA, CHEAP

from avrr_desktop.core.errors import UserError
from avrr_desktop.paths import paths_in
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.access.entering import enter
from avrr_desktop.services.access.protecting import create_protected
from avrr_desktop.services.exchange import plan_import, run_import
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, open_register

LONGEST = 5.0  # seconds of the processor: others may work on it too
_EACH = 100  # workbooks a register: what is taken back stays in its bin and journal
MOST_MEMORY = 3 * 1024**3  # bytes of address space beyond what is used at the start
_NASTY = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>',
    b"&a;&a;&a;",
    b"\x00\xff\xfe",
    b'<c r="XFD1048576"><v>1e308</v></c>',
    b"9" * 400,
    b"</sheetData>",
    "\u202eمثال\u0000".encode(),
    b"=cmd|' /C calc'!A0",
)


def main() -> int:
    """0 when everything was read or refused."""
    options = argparse.ArgumentParser(prog="python -m tests.survival.fuzzing")
    options.add_argument("--workbooks", type=int, default=10_000)
    options.add_argument("--registers", type=int, default=1_000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    _bound_memory()
    with tempfile.TemporaryDirectory() as folder:
        random = Random(given.seed)
        books = fuzz_workbooks(Path(folder) / "books", given.workbooks, random)
        registers = fuzz_registers(Path(folder) / "registers", given.registers, random)
    for what, told in (("workbooks", books), ("registers", registers)):
        print(what, ", ".join(f"{code} {count}" for code, count in told.most_common()))
    print(f"{books.total()} workbooks and {registers.total()} registers, all read or refused")
    return 0


def fuzz_workbooks(folder: Path, count: int, random: Random) -> Counter[str]:
    """How each workbook was taken: ``read``, ``imported`` or the code of its refusal."""
    told: Counter[str] = Counter()
    for start in range(0, count, _EACH):
        at = folder / str(start)
        register = create_protected(paths_in(at), CLOCK, AMINA, CHEAP).register
        try:
            works.fill(register, at)
            good = (at / "lines.xlsx").read_bytes()
            for _ in range(start, min(start + _EACH, count)):
                path = at / "fuzzed.xlsx"
                path.write_bytes(_broken_book(good, random))
                told[_taken(register, path)] += 1
        finally:
            register.close()
        shutil.rmtree(at)
    return told


def _taken(register: Register, path: Path) -> str:
    before = _people(register)
    shutil.rmtree(register.paths.backups_dir, ignore_errors=True)
    started = time.process_time()
    try:
        plan = plan_import(register, path)
        told = "read"
        if plan.drafts and not plan.is_refused:
            run_import(register, Records(register), register.actor, plan, "test")
            told = "imported"
            Records(register).undo(register.actor)
    except UserError as error:
        told = error.code
    took = time.process_time() - started
    assert took < LONGEST, f"{took} s for {told}"
    assert _people(register) == before
    return told


def fuzz_registers(folder: Path, count: int, random: Random) -> Counter[str]:
    """How each register was taken: ``whole``, ``damage found`` or the code of its refusal."""
    paths = paths_in(folder / "good")
    register = create_protected(paths, CLOCK, AMINA, CHEAP).register
    works.fill(register, paths.data_dir)
    register.close()
    kept = {path.name: path.read_bytes() for path in paths.data_dir.iterdir() if path.is_file()}
    told: Counter[str] = Counter()
    for _ in range(count):
        work = folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        for name, content in kept.items():
            (work / name).write_bytes(content)
        broken = work / random.choice(("register.sqlite", "register.sqlite", "register.keys"))
        broken.write_bytes(_broken_bytes(broken.read_bytes(), random))
        if broken.name == "register.keys" and random.random() < 0.5:
            (work / "register.keys.copy").write_bytes(broken.read_bytes())
        taken = _opened(work)
        same = broken.read_bytes() == kept[broken.name]
        assert same or broken.name == "register.keys" or taken != "whole", "damage not seen"
        told[taken] += 1
    return told


def _opened(folder: Path) -> str:
    paths = paths_in(folder)
    started = time.process_time()
    try:
        opened = open_register(paths, CLOCK, enter(paths, CLOCK, AMINA.login, AMINA.password))
        try:
            told = "damage found" if opened.database.check(full=True) else "whole"
        finally:
            opened.close()
    except UserError as error:
        told = error.code
    assert time.process_time() - started < LONGEST
    return told


def _broken_book(good: bytes, random: Random) -> bytes:
    """The bytes of the file changed, or a part of it changed and packed again."""
    if random.random() < 0.3:
        return _broken_bytes(good, random)
    out = io.BytesIO()
    try:
        with ZipFile(io.BytesIO(good)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
            names = source.namelist()
            hit = random.choice([n for n in names if n.endswith((".xml", ".rels"))])
            for name in names:
                if name == hit and random.random() < 0.1:
                    continue
                content = source.read(name)
                target.writestr(name, _broken_bytes(content, random) if name == hit else content)
            if random.random() < 0.02:
                target.writestr("xl/media/bomb.xml", b"0" * 50_000_000)
    except (BadZipFile, ValueError):
        return good[: random.randrange(len(good))]
    return out.getvalue()


def _broken_bytes(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 5, 40))):
        place = random.randrange(len(changed) or 1)
        kind = random.random()
        if kind < 0.4 and changed:
            changed[place] ^= 1 << random.randrange(8)
        elif kind < 0.6:
            changed[place:place] = random.choice(_NASTY)
        elif kind < 0.75:
            del changed[place : place + random.randrange(1, 500)]
        elif kind < 0.85:
            changed[place:place] = changed[place : place + random.randrange(1, 5000)]
        elif kind < 0.9:
            del changed[place:]
        else:
            changed[place : place + 50] = random.randbytes(50)
    return bytes(changed)


def _people(register: Register) -> int:
    table = table_of(Person)
    with register.database.reading() as connection:
        query = select(func.count()).select_from(table).where(table.c.deleted_at.is_(None))
        return int(connection.execute(query).scalar() or 0)


def _bound_memory() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    resource.setrlimit(resource.RLIMIT_AS, (used + MOST_MEMORY, used + MOST_MEMORY))


if __name__ == "__main__":
    sys.exit(main())
