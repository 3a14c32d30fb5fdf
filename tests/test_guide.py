"""The user's guide: every picture it shows is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HELP = Path(__file__).resolve().parents[1] / "resources" / "help"
PAGES = sorted(HELP.rglob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_picture_is_there(page: Path) -> None:
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    assert not [name for name in shown if not (page.parent / name).is_file()]


def test_the_guide_shows_the_move() -> None:
    assert "move-settings-fr.png" in (HELP / "fr" / "index.md").read_text(encoding="utf-8")
