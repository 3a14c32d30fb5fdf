"""``installer/windows/trial/run``: the trial of the Windows build; see README.md here."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from installer.bundle.lock import ROOT
from installer.windows.trial.installer import run_installer
from installer.windows.trial.python import lay_project, lay_python
from installer.windows.trial.suite import Suite, run_suite
from installer.windows.trial.wine import TrialError, Wine, wine_in

_RESULTS = ROOT / "dist" / "trial"
_CACHE = ROOT / "build" / "windows" / "cache"


def main() -> int:
    """Run what was asked for; 0 when all of it held."""
    options = _options()
    _RESULTS.mkdir(parents=True, exist_ok=True)
    failed = False
    with wine_in(options.prefix.resolve()) as wine:
        for name, part in (("suite", _suite), ("installer", _installer)):
            if options.what not in {name, "all"}:
                continue
            try:
                part(wine, options)
            except TrialError as error:
                _say(f"FAILED {error}")
                failed = True
    return int(failed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="installer/windows/trial/run", description=__doc__)
    parser.add_argument("what", nargs="?", default="all", choices=("suite", "installer", "all"))
    parser.add_argument("only", nargs="*", help="files of tests, or steps of the installer's trial")
    parser.add_argument("--jobs", type=int, default=1, help="pieces of the suite at a time")
    parser.add_argument("--setup", type=Path, help="the set-up to try; else the newest in dist/")
    parser.add_argument("--previous", type=Path, help="the set-up of an older version")
    parser.add_argument("--prefix", type=Path, default=_RESULTS / "prefix", help="wine's folder")
    options = parser.parse_args()
    if options.only and options.what == "all":
        parser.error("say which part the files or steps belong to: suite or installer")
    return options


def _suite(wine: Wine, options: argparse.Namespace) -> None:
    python, project = lay_python(wine, _CACHE), lay_project(wine)
    suite = Suite(wine, python, project, _RESULTS / "reports", _say)
    run_suite(suite, _RESULTS, options.only, options.jobs)


def _installer(wine: Wine, options: argparse.Namespace) -> None:
    run_installer(wine, _RESULTS, options.setup, options.previous, options.only)


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
