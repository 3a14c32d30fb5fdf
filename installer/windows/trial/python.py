"""Windows' own Python with the locked packages, those of the tests too, in a wine prefix."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from installer.bundle.lock import ROOT, WINDOWS, Locked, read_lock
from installer.windows.fetch import fetch_runtime, fetch_wheels
from installer.windows.trial.wine import Wine
from installer.windows.wheels import unpack
from packaging.markers import Marker

# Of no use to the tests there: they check sources, which are the same on every system.
_CHECKERS = frozenset({"ruff", "mypy"})
# Where that Python looks for modules, from its own folder.
_SEARCHED = (".", "..\\lib", "..\\project", "..\\project\\src")


def lay_python(wine: Wine, cache: Path) -> Path:
    """The Python to run the tests with; laid out anew only when the lock has changed."""
    packages = wanted_packages()
    state = hashlib.sha256(repr((packages, _SEARCHED)).encode()).hexdigest()
    home = wine.drive / "trial"
    stamp = home / "lock.sha256"
    if not stamp.is_file() or stamp.read_text("ascii") != state:
        shutil.rmtree(home, ignore_errors=True)
        _lay_runtime(home / "runtime", cache)
        for wheel in sorted(fetch_wheels(packages, cache).glob("*.whl")):
            unpack(wheel, home / "lib")
        _compile(home / "lib")
        stamp.write_text(state, "ascii")
    return home / "runtime" / "python.exe"


def lay_project(wine: Wine) -> Path:
    """The checkout as it stands, without what is ignored but the compiled translations."""
    target = wine.drive / "trial" / "project"
    shutil.rmtree(target, ignore_errors=True)
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    names = [Path(os.fsdecode(name)) for name in listed.split(b"\0") if name]
    compiled = [path.relative_to(ROOT) for path in (ROOT / "resources").rglob("*.mo")]
    for name in [*names, *compiled]:
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    return target


def wanted_packages() -> tuple[Locked, ...]:
    """Everything in the lock that a developer on Windows has, but the checkers of sources."""
    return tuple(
        package
        for package in read_lock().values()
        if package.name not in _CHECKERS
        and (not package.marker or Marker(package.marker).evaluate(dict(WINDOWS)))
    )


def _lay_runtime(target: Path, cache: Path) -> None:
    target.mkdir(parents=True)
    for name, content in fetch_runtime(cache).items():
        (target / Path(name).name).write_bytes(content)
    settings = next(target.glob("python3*._pth"))
    lines = (f"{settings.stem}.zip", *_SEARCHED)
    settings.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _compile(folder: Path) -> None:
    environment = {**os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "compileall", "-q", str(folder)]
    # Templates of projects to be made are no Python until they are filled.
    subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL)
