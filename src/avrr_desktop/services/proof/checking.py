"""The pack's own checker, run on it before it is given out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from runpy import run_path
from typing import Any, cast

CHECKER = "check.py"
Fault = tuple[str, Mapping[str, object]]  # code, values
_Verify = Callable[[Mapping[str, bytes]], tuple[list[Fault], Mapping[str, Any]]]


def checker_in(resources: Path) -> Path:
    """The file that every pack holds."""
    return resources / "proof" / CHECKER


def verified(checker: Path, members: Mapping[str, bytes]) -> tuple[list[Fault], Mapping[str, Any]]:
    """What the checker finds wrong with a pack, and how much it recounted."""
    return cast("_Verify", run_path(str(checker))["verify"])(members)
