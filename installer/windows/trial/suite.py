"""The whole ``tests/`` on Windows' own Python: what passed, what failed, what was skipped and why.

The tests run in pieces, a process each, so that one that hangs costs a piece and not the whole.
wine itself hangs now and then when a program ends: a piece whose report is complete counts, and
one that left none is run once more.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from installer.bundle.lock import ROOT
from installer.windows.trial.wine import Done, TrialError, Wine

_LONGEST_TEST = 600  # seconds; then pytest says where it stood, and ends
_LONGEST_PIECE = 3600.0
_FILES_IN_A_PIECE = 6
_TAIL = 40  # lines of a piece that left no report
# What stands for its folder: measured by hand, not part of a run.
_NOT_TESTS = frozenset({"benchmarks"})


@dataclass(slots=True)
class Outcome:
    """What came of a piece, or of all."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Take what came of a piece in."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    @property
    def line(self) -> str:
        """In one line."""
        return f"{self.passed} passed, {len(self.failed)} failed, {len(self.skipped)} skipped"


def pieces(chosen: Sequence[str], tests: Path = ROOT / "tests") -> list[tuple[str, ...]]:
    """The files of tests, a few to a process; folders in order, windows a file at a time.

    Args:
        chosen: files or folders as pytest takes them; everything when there are none.
        tests: the folder of all tests.
    """
    if chosen:
        return [(name,) for name in chosen]
    folders: dict[Path, list[str]] = {}
    for path in sorted(tests.rglob("test_*.py")):
        if _NOT_TESTS.isdisjoint(path.parts):
            folders.setdefault(path.parent, []).append(path.relative_to(tests.parent).as_posix())
    made: list[tuple[str, ...]] = []
    for folder, files in folders.items():
        size = 1 if "ui" in folder.parts else _FILES_IN_A_PIECE
        made += [tuple(files[at : at + size]) for at in range(0, len(files), size)]
    return made


@dataclass(frozen=True, slots=True)
class Suite:
    """Runs pieces of the tests; ``say`` is told of each."""

    wine: Wine
    python: Path
    project: Path
    reports: Path
    say: Callable[[str], None]

    def run(self, wanted: Iterable[tuple[str, ...]], jobs: int) -> Outcome:
        """Run every piece, ``jobs`` at a time."""
        whole = Outcome()
        self.reports.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(jobs) as pool:
            for outcome in pool.map(self._piece, wanted):
                whole.add(outcome)
        return whole

    def _piece(self, files: tuple[str, ...]) -> Outcome:
        name = files[0] if len(files) == 1 else f"{files[0]} … {Path(files[-1]).name}"
        began = time.monotonic()
        outcome = self._run_twice(files)
        self.say(f"{name}: {outcome.line}, {time.monotonic() - began:.0f} s")
        for failure in outcome.failed:
            self.say(f"    failed: {failure}")
        return outcome

    def _run_twice(self, files: tuple[str, ...]) -> Outcome:
        report = self.reports / f"{files[0].replace('/', '-').removesuffix('.py')}.xml"
        log = report.with_suffix(".log")
        for _attempt in range(2):
            report.unlink(missing_ok=True)
            done = self._pytest(files, report)
            log.write_text(done.text, encoding="utf-8")
            if report.is_file():
                return read_report(report)
        end = "did not end" if done.code is None else f"broke off with code {done.code}"
        tail = "\n".join(done.text.splitlines()[-_TAIL:])
        return Outcome(failed=[f"{', '.join(files)} {end} twice\n{tail}"])

    def _pytest(self, files: tuple[str, ...], report: Path) -> Done:
        command: list[str | Path] = [
            self.python,
            "-m",
            "pytest",
            "-q",
            "--tb=short",
            "-p",
            "no:cacheprovider",
        ]
        command += ["-p", "installer.windows.trial.patience"]
        command += ["-p", "no:randomly", f"--junitxml={self.wine.windows(report)}"]
        command += ["-o", f"faulthandler_timeout={_LONGEST_TEST}"]
        command += ["-o", "faulthandler_exit_on_timeout=true", *files]
        return self.wine.run(command, folder=self.project, timeout=_LONGEST_PIECE, last_word=report)


def read_report(path: Path) -> Outcome:
    """What a report of pytest in JUnit's form tells."""
    outcome = Outcome()
    for case in ElementTree.parse(path).getroot().iter("testcase"):  # noqa: S314  # our own
        name = f"{case.get('classname')}::{case.get('name')}"
        skip, failure = case.find("skipped"), case.find("failure")
        failure = case.find("error") if failure is None else failure
        if failure is not None:
            outcome.failed.append(f"{name}: {failure.get('message')}")
        elif skip is not None:
            outcome.skipped.append((name, skip.get("message") or "no reason given"))
        else:
            outcome.passed += 1
    return outcome


def summary(outcome: Outcome) -> str:
    """The end of a run: every skipped test under its reason, every failure, and the counts."""
    lines = []
    reasons = Counter(reason for _name, reason in outcome.skipped)
    for reason, count in sorted(reasons.items()):
        lines.append(f"skipped {count}: {reason}")
        lines += [f"    {name}" for name, why in outcome.skipped if why == reason]
    lines += [f"FAILED {failure}" for failure in outcome.failed]
    return "\n".join([*lines, outcome.line])


def run_suite(suite: Suite, results: Path, chosen: Sequence[str], jobs: int) -> None:
    """Run the tests, say what came of them and keep it in ``results``.

    Raises:
        TrialError: a test failed.
    """
    outcome = suite.run(pieces(chosen), jobs)
    told = summary(outcome)
    (results / "suite.txt").write_text(told + "\n", encoding="utf-8")
    suite.say(told)
    if outcome.failed or not outcome.passed:
        raise TrialError(f"tests on Windows' Python: {outcome.line}")
