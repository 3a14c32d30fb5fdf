"""Installing, using from the command line, being refused, upgrading and leaving."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from installer.windows.trial.installed import (
    PERIOD,
    SELF_TEST_TIME,
    Desk,
    names_below,
    register_hash,
    run_here,
    tree,
)
from installer.windows.trial.report import Report, must
from installer.windows.trial.screen import Screen
from openpyxl import load_workbook
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

TITLES = ("Registre AVRR", "AVRR", "سجل")
_COUNTED_ON = "Compté le"
_OLD, _RUNNING, _NEWER = 4, 5, 3
# Set-up's own, made while it works.
_MADE_THERE = frozenset({"uninstall.exe", "current"})


def refuse_old_windows(desk: Desk, report: Report) -> None:
    """Below Windows 10 nothing is installed."""
    desk.clean()
    desk.wine.pretend("win7")
    try:
        done = desk.install()
    finally:
        desk.wine.pretend("win10")
    must(done.code == _OLD, f"on Windows 7 the set-up gives {done.code}, not {_OLD}")
    must(not desk.traces(), f"left on Windows 7: {desk.traces()}")
    report.seen(f"on Windows 7 refused with {done.code}: {done.text.strip()}")


def install_silently(desk: Desk, report: Report, stage: Path | None) -> None:
    """Without a question; every file as it was laid out, and nothing beside it."""
    desk.clean()
    before = names_below(desk.wine.user)
    done = desk.install()
    must(done.code == 0, f"the set-up gives {done.code}: {done.text.strip()}")
    must(not desk.data.exists(), "the set-up alone makes a folder for the register")
    outside = {
        name
        for name in names_below(desk.wine.user) - before
        if not (desk.wine.user / name).is_relative_to(desk.folder)
        and not desk.folder.is_relative_to(desk.wine.user / name)
        and not desk.shortcut.is_relative_to(desk.wine.user / name)
    }
    must(not outside, f"written elsewhere: {sorted(outside)[:5]}")
    installed = tree(desk.folder / desk.version())
    report.seen(f"installed: {desk.version()}, {len(installed)} files")
    if stage is not None:
        laid_out = tree(stage)
        ours = {name: value for name, value in installed.items() if name not in _MADE_THERE}
        must(ours == laid_out, f"differ from the stage: {_differing(ours, laid_out)}")
        report.seen(f"all {len(laid_out)} files of the stage are there by sha256, and no others")
    must(desk.shortcut.is_file(), "no shortcut in the Start menu")
    must(len(desk.traces()) == 5, f"not everything is registered: {desk.traces()}")  # noqa: PLR2004 (all)
    report.seen("Start menu, list of programs and .avrr files know it")


def test_itself(desk: Desk, report: Report) -> None:
    """The installed program's own test of itself."""
    be_installed(desk)
    done = desk.program("--self-test", timeout=SELF_TEST_TIME)
    for line in done.text.splitlines():
        report.say(f"        {line}")
    must(done.code == 0, f"--self-test gives {done.code}")
    must(not desk.data.exists(), "--self-test leaves something in the user's own folder")
    report.seen("--self-test gives 0")


def write_workbook(desk: Desk, report: Report, scratch: Path) -> None:
    """A workbook written there holds, cell by cell, what this Linux writes from the register."""
    fill(desk)
    there = desk.wine.drive / "trial-workbook.xlsx"
    there.unlink(missing_ok=True)
    done = desk.program("export", "--period", PERIOD, "--output", desk.wine.windows(there))
    must(done.code == 0, f"export gives {done.code}: {done.text[-500:]}")
    here, data = scratch / "here.xlsx", scratch / "register"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(desk.data, data)
    words = ("--data-dir", str(data), "--period", PERIOD)
    run_here(sys.executable, ("export", *words, "--output", str(here)))
    ours, theirs = _cells(here), _cells(there)
    must(ours == theirs, f"cells that differ: {_differing(ours, theirs)} of {len(ours)}")
    figures = sum(isinstance(value, int | float) for value in theirs.values())
    must(figures, "the workbook holds no figure")
    report.seen(f"workbook read by openpyxl: {len(theirs)} cells equal, {figures} of them figures")


def write_bulletin(desk: Desk, report: Report) -> None:
    """The bulletin as PDF and for Word, by the command line: no complaint, our own fonts."""
    fill(desk)
    for kind in ("pdf", "docx"):
        there = desk.wine.drive / f"trial-bulletin.{kind}"
        there.unlink(missing_ok=True)
        where = ("--period", PERIOD, "--format", kind, "--output", desk.wine.windows(there))
        done = desk.program("bulletin", *where)
        must(done.code == 0, f"bulletin gives {done.code}: {done.text[-500:]}")
        must(not done.text.strip(), f"bulletin complains: {done.text[-500:]}")
    pages = PdfReader(desk.wine.drive / "trial-bulletin.pdf").pages
    fonts = {name for page in pages for name in fonts_of(page)}
    must(fonts and all("Noto" in name for name in fonts), f"fonts of the PDF: {sorted(fonts)}")
    report.seen(f"bulletin: {len(pages)} pages with {', '.join(sorted(fonts))}; a Word file")


def fonts_of(page: PageObject) -> set[str]:
    """The names of the fonts a page is written in, without the tag of their subset."""
    resources = page["/Resources"].get_object()
    assert isinstance(resources, DictionaryObject)
    fonts = resources.get("/Font", DictionaryObject()).get_object()
    assert isinstance(fonts, DictionaryObject)
    named = (fonts[key].get_object() for key in fonts)
    return {
        str(font["/BaseFont"]).rpartition("+")[2]
        for font in named
        if isinstance(font, DictionaryObject)
    }


def refuse_while_running(desk: Desk, report: Report, screen: Screen) -> None:
    """With the window open neither the set-up nor the uninstaller touches anything."""
    fill(desk)
    before = tree(desk.folder)
    process = desk.wine.start([desk.folder / "AVRR.exe"])
    try:
        window(screen)
        for name, run in (("set-up", desk.install), ("uninstaller", desk.refusal_to_uninstall)):
            done = run()
            must(done.code == _RUNNING, f"the {name} gives {done.code}, not {_RUNNING}")
            must(tree(desk.folder) == before, f"the {name} has touched something")
            report.seen(f"{name} refused while the window is open: {done.text.strip()}")
    finally:
        desk.kill("AVRR.exe")
        process.wait()
    must(desk.figures(desk.wine.windows(desk.data)), "the register does not open afterwards")


def upgrade(desk: Desk, report: Report, previous: Path) -> None:
    """Over an older version with a filled register: backed up first, same figures, one version."""
    desk.clean()
    done = desk.install(setup=previous)
    must(done.code == 0, f"the previous version is not installed: {done.code} {done.text}")
    old = desk.version()
    fill(desk)
    data = desk.wine.windows(desk.data)
    figures, register = desk.figures(data), register_hash(desk.data)
    backups = names_below(desk.data / "backups")
    done = desk.install()
    must(done.code == 0, f"the upgrade gives {done.code}: {done.text}")
    must(desk.version() != old, "the old version is still in force")
    must(register_hash(desk.data) == register, "the upgrade has touched the register")
    made = names_below(desk.data / "backups") - backups
    must(made, "no backup was made before the upgrade")
    left = sorted(path.name for path in desk.folder.glob("version-*"))
    must(left == [desk.version()], f"versions that stand there: {left}")
    must(desk.figures(data) == figures, "the figures have changed")
    report.seen(f"{old} → {desk.version()}: register untouched, same figures, backup made")
    done = desk.install(setup=previous)
    must(done.code == _NEWER, f"an older set-up over a newer version gives {done.code}")
    report.seen(f"an older set-up is refused: {done.text.strip()}")
    done = desk.install()
    must(done.code == 0 and desk.figures(data) == figures, f"once more over itself: {done.code}")
    report.seen(f"installed over itself: {desk.version()}")


def uninstall(desk: Desk, report: Report) -> None:
    """The program goes with all its traces, the register stays as it was."""
    fill(desk)
    own = desk.folder / "a file of the user's own.txt"
    own.write_text("kept", encoding="utf-8")
    data = tree(desk.data)
    desk.uninstall()
    must(tree(desk.data) == data, "uninstalling has touched the register")
    left = [name for name in names_below(desk.folder) if name != own.name]
    must(not left and own.is_file(), f"left in the folder: {left[:5]}")
    own.unlink()
    desk.folder.rmdir()
    must(not desk.traces(), f"left behind: {desk.traces()}")
    report.seen(f"uninstalled: {len(data)} files of the user's data stay, nothing else")
    done = desk.install()
    must(done.code == 0 and desk.figures(desk.wine.windows(desk.data)), "not installed again")
    report.seen("installed again, the register opens")


def window(screen: Screen) -> str:
    """The program's window, in whatever language it speaks."""
    return screen.window(f"({'|'.join(TITLES)})")


def be_installed(desk: Desk) -> None:
    """The program is there, whatever the step before has left."""
    if not desk.version():
        done = desk.install()
        must(done.code == 0, f"the set-up gives {done.code}: {done.text.strip()}")


def fill(desk: Desk) -> None:
    """The program is there, and a register of invented people in this user's own place."""
    be_installed(desk)
    if not (desk.data / "register.sqlite").is_file():
        done = desk.program("demo", "--persons", "300")
        must(done.code == 0, f"demo gives {done.code}: {done.text[-500:]}")


def _cells(path: Path) -> dict[tuple[str, str], object]:
    book = load_workbook(path)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        if row[0].value != _COUNTED_ON  # the moment, which is not the same
        for cell in row
        if cell.value is not None
    }


def _differing(one: Mapping[Any, object], other: Mapping[Any, object]) -> list[object]:
    """The first few keys under which the two differ."""
    keys = one.keys() | other.keys()
    return sorted(key for key in keys if one.get(key) != other.get(key))[:5]
