"""Writes what each version brings into ``CHANGELOG.md``, from the file the program shows.

``python installer/changelog.py`` rewrites; with ``check`` it only says whether it is up to date.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHANGELOG = ROOT / "CHANGELOG.md"
CHANGES = ROOT / "resources" / "changes.toml"
BEGIN = "<!-- resources/changes.toml -->"
END = "<!-- fin -->"
_BLOCK = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END) + "\n\n", re.DOTALL)
_HEADING = re.compile(r"^## (?P<number>\d[\d.]*).*\n\n", re.MULTILINE)


def written(log: str, changes: str) -> str:
    """The change log with each version's changes under its heading.

    Raises:
        ValueError: the two do not tell of the same versions.
    """
    told = {one["number"]: one["change"] for one in tomllib.loads(changes)["version"]}
    bare = _BLOCK.sub("", log)
    known = [found["number"] for found in _HEADING.finditer(bare)]
    if known != list(told):
        raise ValueError(f"{CHANGELOG.name}: {known}; {CHANGES.name}: {list(told)}")

    def with_changes(found: re.Match[str]) -> str:
        lines = "\n".join(f"- {change['fr']}" for change in told[found["number"]])
        return f"{found[0]}{BEGIN}\n{lines}\n{END}\n\n"

    return _HEADING.sub(with_changes, bare)


def main(words: list[str]) -> int:
    """0 when the change log is, or now is, up to date."""
    log = CHANGELOG.read_text(encoding="utf-8")
    new = written(log, CHANGES.read_text(encoding="utf-8"))
    if words == ["check"]:
        if new != log:
            sys.stderr.write("CHANGELOG.md: run python installer/changelog.py\n")
        return int(new != log)
    CHANGELOG.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
