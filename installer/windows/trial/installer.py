"""The trial of the set-up program, step by step; a step that fails lets the next ones go on."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from installer.bundle.lock import ROOT
from installer.windows.trial import steps_install, steps_killed, steps_places, steps_use
from installer.windows.trial.installed import Desk
from installer.windows.trial.report import Report
from installer.windows.trial.screen import Screen
from installer.windows.trial.wine import TrialError, Wine

from avrr_desktop import __version__

_DIST = ROOT / "dist"
_BUILD = ROOT / "build" / "windows"
_OLDER = "0.0.9"
_VERSION_FILE = Path("src") / "avrr_desktop" / "__init__.py"


@dataclass(frozen=True, slots=True)
class Trial:
    """What the steps work with."""

    desk: Desk
    report: Report
    screen: Screen
    scratch: Path
    previous: Callable[[], Path]

    def steps(self) -> dict[str, Callable[[], None]]:
        """Every step by its name, in order."""
        desk, report, screen = self.desk, self.report, self.screen
        return {
            "old-windows": lambda: steps_install.refuse_old_windows(desk, report),
            "install": lambda: steps_install.install_silently(desk, report, laid_out(desk.setup)),
            "self-test": lambda: steps_install.test_itself(desk, report),
            "workbook": lambda: steps_install.write_workbook(desk, report, self.scratch),
            "bulletin": lambda: steps_install.write_bulletin(desk, report),
            "typing": lambda: steps_use.type_registration(desk, report, screen, self.scratch),
            "protected": lambda: steps_use.open_protected(desk, report, screen),
            "running": lambda: steps_install.refuse_while_running(desk, report, screen),
            "uninstall": lambda: steps_install.uninstall(desk, report),
            "upgrade": lambda: steps_install.upgrade(desk, report, self.previous()),
            "names": lambda: steps_places.hard_names(desk, report),
            "long": lambda: steps_places.long_names(desk, report),
            "rights": lambda: steps_places.no_right(desk, report),
            "space": lambda: steps_places.no_space(desk, report),
            "filling": lambda: steps_places.space_taken_meanwhile(desk, report),
            "profile": lambda: steps_places.profile_elsewhere(desk, report),
            "killed": lambda: steps_killed.killed_anywhere(
                desk, report, self.previous(), self.scratch
            ),
        }


def run_installer(
    wine: Wine, results: Path, setup: Path | None, previous: Path | None, chosen: Collection[str]
) -> None:
    """Run the steps, all or those chosen.

    Raises:
        TrialError: a step failed, or there is no set-up program to try.
    """
    desk = Desk(wine, (setup or newest_setup()).resolve())
    report = Report(results / "installer.txt")
    scratch = wine.prefix / "scratch"  # a prefix is one trial's; two may run side by side
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    screen = Screen(wine, results / "pictures")
    older = previous.resolve() if previous else None
    trial = Trial(desk, report, screen, scratch, lambda: older or build_older(results, report))
    steps = trial.steps()
    unknown = set(chosen) - set(steps)
    if unknown:
        raise TrialError(
            f"no such step: {', '.join(sorted(unknown))}; there are {', '.join(steps)}"
        )
    report.say(f"{desk.setup.name}, sha256 {hashlib.sha256(desk.setup.read_bytes()).hexdigest()}")
    for name, step in steps.items():
        if not chosen or name in chosen:
            with report.step(name):
                step()
    desk.clean()
    if report.failed:
        raise TrialError(f"steps that failed: {', '.join(report.failed)}")
    report.say(f"{len(chosen or steps)} steps held")


def newest_setup() -> Path:
    """The set-up program that was built last."""
    found = sorted(_DIST.glob("AVRR-Setup-*.exe"), key=lambda path: path.stat().st_mtime)
    if not found:
        raise TrialError("dist/ holds no set-up program: run installer/build windows first")
    return found[-1]


def laid_out(setup: Path) -> Path | None:
    """The folder the set-up was packed from, when it was packed here."""
    stage = _BUILD / "stage"
    return stage if setup.parent == _DIST and stage.is_dir() else None


def build_older(results: Path, report: Report) -> Path:
    """A set-up of the same sources under an older number, to upgrade from; built once."""
    made = results / f"AVRR-Setup-{_OLDER}.exe"
    if made.is_file():
        return made
    report.say(f"        building {made.name} to upgrade from; --previous FILE takes another one")
    copy = results / "older"
    shutil.rmtree(copy, ignore_errors=True)
    subprocess.run(["git", "clone", "-q", str(ROOT), str(copy)], check=True)
    source = copy / _VERSION_FILE
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace(f'"{__version__}"', f'"{_OLDER}"'), encoding="utf-8")
    cache = copy / "build" / "windows" / "cache"
    cache.parent.mkdir(parents=True)
    cache.symlink_to(_BUILD / "cache")
    for catalogue in (ROOT / "resources").rglob("*.mo"):
        shutil.copy(catalogue, copy / catalogue.relative_to(ROOT))
    head = ["git", "log", "-1", "--format=%ct"]
    epoch = subprocess.run(
        head, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()
    environment = {**os.environ, "PYTHONPATH": str(copy / "src"), "SOURCE_DATE_EPOCH": epoch}
    command = [sys.executable, "-m", "installer.windows.build", "--quick"]
    done = subprocess.run(
        command, cwd=copy, env=environment, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise TrialError(f"the older version cannot be built: {done.stderr[-500:]}")
    shutil.copy(copy / "dist" / made.name, made)
    shutil.rmtree(copy)
    return made
