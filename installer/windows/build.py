"""Makes ``dist/AVRR-Setup-x.y.z.exe``, on Linux: ``installer/build windows`` runs this.

Usage: ``python -m installer.windows.build [--runtime ZIP --runtime-sha256 HASH] [--sign COMMAND]``
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from installer.bundle.lock import ROOT, WINDOWS, LockError, runtime_closure
from installer.bundle.notices import packages_in
from installer.bundle.sbom import write_sbom
from installer.windows.compiled import CompileError
from installer.windows.dlls import missing_libraries
from installer.windows.fetch import FetchError, fetch_runtime, fetch_wheels, official_runtime
from installer.windows.launchers import LAUNCHERS
from installer.windows.nsis import files_of, pack, set_time
from installer.windows.stage import PACKAGES, StageError, python_version, stage
from installer.windows.wheels import WheelError, check_wheels

from avrr_desktop import __version__

WORK = ROOT / "build" / "windows"
LARGEST_MB = 40


class BuildError(Exception):
    """What was built may not be given out."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the set-up program; 1 and a sentence when it cannot be built."""
    options = _options(arguments)
    try:
        build(options)
    except (BuildError, CompileError, FetchError, LockError, StageError, WheelError) as error:
        print(f"installer/build windows: {error}", file=sys.stderr)
        return 1
    return 0


def build(options: argparse.Namespace) -> Path:
    """Fetch, lay out, check, pack; gives the set-up program."""
    began = time.monotonic()
    packages = runtime_closure(WINDOWS)
    cache = WORK / "cache"
    files = (
        official_runtime(options.runtime, options.runtime_sha256)
        if options.runtime
        else fetch_runtime(cache)
    )
    wheels = check_wheels(fetch_wheels(packages, cache), packages)
    _say(began, f"fetched: Python, {len(wheels)} wheels")

    folder = WORK / "stage"
    shutil.rmtree(folder, ignore_errors=True)
    stage(folder, files, wheels, __version__)
    missing = missing_libraries(folder)
    if missing:
        raise BuildError(f"libraries neither in the bundle nor in Windows 10: {missing}")
    if options.sign:
        for name, _kind in LAUNCHERS:
            subprocess.run(f'{options.sign} "{folder / name}"', shell=True, check=True)  # noqa: S602 # as NSIS does
    set_time(folder)
    size = sum((folder / name).stat().st_size for name in files_of(folder))
    _say(began, f"laid out: {len(files_of(folder))} files, {size / 1e6:.1f} MB")

    target = ROOT / "dist" / f"AVRR-Setup-{__version__}.exe"
    target.parent.mkdir(exist_ok=True)
    pack(folder, target, __version__, sign=options.sign, is_quick=options.quick)
    bill = target.with_name(f"AVRR-Setup-{__version__}.cdx.json")
    write_sbom(bill, WINDOWS, packages_in(folder / PACKAGES), python_version(folder))
    content = target.read_bytes()
    _say(began, f"{target.relative_to(ROOT)}: {len(content) / 1e6:.1f} MB")
    print(f"sha256 {hashlib.sha256(content).hexdigest()}")
    if not options.quick and len(content) > LARGEST_MB * 1_000_000:
        raise BuildError(f"the set-up program is larger than {LARGEST_MB} MB")
    return target


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="installer/build windows")
    parser.add_argument("--runtime", type=Path, metavar="ZIP", help="an official embeddable Python")
    parser.add_argument("--runtime-sha256", metavar="HASH", help="what it must be")
    parser.add_argument("--sign", metavar="COMMAND", help="signs the file put after it")
    parser.add_argument("--quick", action="store_true", help="larger: to try the set-up itself")
    options = parser.parse_args(arguments)
    if bool(options.runtime) != bool(options.runtime_sha256):
        parser.error("--runtime and --runtime-sha256 go together")
    return options


def _say(began: float, text: str) -> None:
    print(f"{time.monotonic() - began:6.1f} s  {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
