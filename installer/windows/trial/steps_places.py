"""Folders with hard names, drives that are full or may not be written, a profile elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from installer.windows.trial.installed import Desk, names_below
from installer.windows.trial.report import Report, must
from installer.windows.trial.wine import Done

_NO_RIGHT, _NO_SPACE, _TOO_LONG = 6, 7, 8
_BALLAST = "ballast"
_SMALL, _LARGE = "24m", "400m"
_FOLDERS = (
    "Mes programmes à moi",
    "برامج المكتب",
    "Élan & fils (été) #1",
)
_LONG = "un dossier au nom assez long pour un essai"
_SHELL_FOLDERS = (
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders",
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\Shell Folders",
)


def hard_names(desk: Desk, report: Report) -> None:
    """Installed, counted, written and removed in folders with spaces, accents and Arabic."""
    for name in _FOLDERS:
        desk.clean()
        place = desk.wine.drive / name / "AVRR"
        done = desk.install(into=desk.wine.windows(place))
        must(done.code == 0, f"into “{name}”: {done.code} {done.text.strip()}")
        data, book = (
            desk.wine.drive / name / "registre",
            desk.wine.drive / name / "classeur é ع.xlsx",
        )
        _use(desk, place, data, book)
        desk.uninstall(place)
        must(not place.exists(), f"left in “{name}”: {sorted(names_below(place))[:5]}")
        must((data / "register.sqlite").is_file(), "the register has gone with the program")
        report.seen(f"“{name}”: installed, register filled, workbook written, uninstalled")
        shutil.rmtree(place.parent)


def long_names(desk: Desk, report: Report) -> None:
    """Too long for Windows is refused with a sentence; the longest that fits works."""
    desk.clean()
    deep = desk.wine.drive.joinpath(*[_LONG] * 5)  # over 200 characters
    done = desk.install(into=desk.wine.windows(deep / "AVRR"))
    _refused(done, _TOO_LONG)
    must(not deep.parents[3].exists(), "folders are left of a set-up that was refused")
    report.seen(
        f"into a folder of {len(desk.wine.windows(deep))} characters refused: {_last(done)}"
    )
    done = desk.install()
    must(done.code == 0, f"the set-up gives {done.code}")
    data, book = deep / "registre", deep / "classeur.xlsx"
    deep.mkdir(parents=True)
    _use(desk, desk.folder, data, book)
    report.seen(
        f"a register and a workbook in a folder of {len(desk.wine.windows(data))} characters"
    )
    shutil.rmtree(deep.parents[3])


def no_right(desk: Desk, report: Report) -> None:
    """A drive that may not be written: a sentence, and nothing on it."""
    desk.clean()
    with _drive(desk, "r", _LARGE) as drive:
        subprocess.run(["mount", "-o", "remount,ro", str(drive)], check=True)
        done = desk.install(into=r"R:\Programmes\AVRR")
        _refused(done, _NO_RIGHT)
        must(not desk.traces(), f"left behind: {desk.traces()}")
        report.seen(f"set-up: {_last(done)}")
        must(desk.install().code == 0, "the set-up fails on drive C")
        for words in (("demo", "--persons", "5"), ("summary", "--period", "2023-S1")):
            done = desk.program(*words, "--data-dir", r"R:\registre")
            _one_sentence(done)
            report.seen(f"{words[0]} there: {_last(done)}")


def no_space(desk: Desk, report: Report) -> None:
    """A drive that is full, or becomes so: a sentence, and nothing half done."""
    desk.clean()
    with _drive(desk, "s", _SMALL) as drive:
        done = desk.install(into=r"S:\AVRR")
        _refused(done, _NO_SPACE)
        must(not any(drive.iterdir()), f"left on the drive: {sorted(names_below(drive))[:5]}")
        must(not desk.traces(), f"left behind: {desk.traces()}")
        report.seen(f"set-up: {_last(done)}")
        must(desk.install().code == 0, "the set-up fails on drive C")
        must(
            desk.program("demo", "--persons", "20", "--data-dir", r"S:\registre").code == 0, "demo"
        )
        _fill_up(drive)
        done = desk.program("export", "--period", "2023-S1", "--data-dir", r"S:\registre",
                            "--output", r"S:\classeur.xlsx")  # fmt: skip
        _one_sentence(done)
        must(not list(drive.glob("*classeur*")), "half a workbook is left")
        report.seen(f"export there: {_last(done)}")


def space_taken_meanwhile(desk: Desk, report: Report) -> None:
    """The drive fills up while the set-up writes: it ends with a sentence and cleans up."""
    desk.clean()
    with _drive(desk, "t", _LARGE) as drive:
        process = desk.wine.start(desk.setup_command(into=r"T:\AVRR"))
        while process.poll() is None and not list(drive.glob("AVRR/version-*/lib")):
            os.sched_yield()
        _fill_up(drive)
        code = process.wait(600)
        must(code not in {0, None}, "the set-up says that all is well")
        left = [name for name in names_below(drive) if name != _BALLAST]
        must(not left, f"left on the drive: {left[:5]}")
        must(not desk.traces(), f"left behind: {desk.traces()}")
        report.seen(f"full in the middle of the work: set-up gives {code}, nothing is left")


def profile_elsewhere(desk: Desk, report: Report) -> None:
    """A user whose own folder is on another drive: everything of theirs goes there."""
    desk.clean()
    with _drive(desk, "p", _LARGE) as drive:
        place = drive / "Profils" / "Amina" / "AppData" / "Local"
        place.mkdir(parents=True)
        before = [_local_folder(desk, key) for key in _SHELL_FOLDERS]
        try:
            for key in _SHELL_FOLDERS:
                _set_local_folder(desk, key, r"P:\Profils\Amina\AppData\Local")
            done = desk.install()
            must(done.code == 0, f"the set-up gives {done.code}: {done.text}")
            program = place / "Programs" / "AVRR"
            must((program / "current").is_file(), "the program is not on that drive")
            made = desk.program("demo", "--persons", "5", folder=program)
            must(made.code == 0, f"demo gives {made.code}: {made.text[-300:]}")
            must(
                (place / "AVRR" / "register.sqlite").is_file(), "the register is not on that drive"
            )
            desk.uninstall(program)
            must(not program.exists(), f"left: {sorted(names_below(program))[:5]}")
            must((place / "AVRR" / "register.sqlite").is_file(), "the register is gone")
            report.seen("program and register are on drive P, and the register stays there")
        finally:
            for key, value in zip(_SHELL_FOLDERS, before, strict=True):
                _set_local_folder(desk, key, value)


def _fill_up(drive: Path) -> None:
    with (drive / _BALLAST).open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 65536)
        except OSError:
            return


def _use(desk: Desk, place: Path, data: Path, book: Path) -> None:
    """Fill a register and write a workbook with the program installed in ``place``."""
    where = ("--data-dir", desk.wine.windows(data))
    for words in (
        ("demo", "--persons", "5", *where),
        ("export", *where, "--period", "2023-S1", "--output", desk.wine.windows(book)),
    ):
        done = desk.program(*words, folder=place)
        must(done.code == 0, f"{words[0]} gives {done.code}: {done.text[-500:]}")
    must(book.is_file(), f"no workbook {book.name}")


def _refused(done: Done, code: int) -> None:
    must(done.code == code, f"the set-up gives {done.code}, not {code}: {done.text.strip()}")
    must(done.text.strip(), "the set-up refuses without a sentence")


def _one_sentence(done: Done) -> None:
    must(done.code == 1, f"the program gives {done.code}: {done.text[-500:]}")
    must("Traceback" not in done.text and done.text.strip(), f"no sentence: {done.text[-500:]}")


def _last(done: Done) -> str:
    return " ".join(done.text.split())


@contextmanager
def _drive(desk: Desk, letter: str, size: str) -> Iterator[Path]:
    """A drive of its own size, in memory; the root of a Linux can make one."""
    must(os.geteuid() == 0, "only root may mount a drive for this step")
    mount = desk.wine.prefix / f"drive-{letter}"
    mount.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(mount)], check=True)
    link = desk.wine.prefix / "dosdevices" / f"{letter}:"
    link.unlink(missing_ok=True)
    link.symlink_to(mount)
    try:
        yield mount
    finally:
        desk.kill("AVRR", "avrr-desktop")
        link.unlink()
        subprocess.run(["umount", "-l", str(mount)], check=True)


def _local_folder(desk: Desk, key: str) -> str:
    said = desk.wine.run(["reg", "query", key, "/v", "Local AppData"]).text
    value = said.rpartition("REG_")[2].partition(" ")[2].strip()
    must(value, f"no folder of the user under {key}")
    return value


def _set_local_folder(desk: Desk, key: str, value: str) -> None:
    desk.wine.run(["reg", "add", key, "/v", "Local AppData", "/t", "REG_SZ", "/d", value, "/f"])
