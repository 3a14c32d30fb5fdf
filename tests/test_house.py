"""House rules that no tool knows: licences, sizes, names, who may know what."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QObject

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "avrr_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))

ACTIVITY_KEYS = frozenset(
    {
        "registration",
        "return_from_morocco",
        "direct_assistance",
        "reintegration",
        "cash_on_return",
        "return_to_morocco",
        "referral",
        "resettlement",
    }
)
# GPL-3 or commercial, although the Addons package's metadata says LGPL.
GPL_ONLY = frozenset(
    {
        "QtCharts",
        "QtDataVisualization",
        "QtGraphs",
        "QtGraphsWidgets",
        "QtHttpServer",
        "QtNetworkAuth",
        "QtVirtualKeyboard",
    }
)
VAGUE_NAMES = frozenset({"utils", "util", "helpers", "helper", "manager", "managers", "common"})
MAX_LINES = 400
SQLITE_WORDS = re.compile(r"\bPRAGMA\b|sqlite_(master|schema)|sqlite:|BEGIN IMMEDIATE")


def is_migration(path: Path) -> bool:
    return "migrations" in path.relative_to(PACKAGE).parts


def is_in(path: Path, layer: str) -> bool:
    return path.relative_to(PACKAGE).parts[0] == layer


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> set[str]:
    """Dotted names of everything the module imports, at its top or inside a function."""
    names: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def compared_keys(node: ast.AST) -> set[str]:
    """Activity keys that are compared with, or matched against, anywhere below ``node``."""
    found: set[str] = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Compare | ast.MatchValue):
            strings = {
                leaf.value
                for leaf in ast.walk(part)
                if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str)
            }
            found |= strings & ACTIVITY_KEYS
    return found


def bare_tips(tree: ast.AST) -> list[int]:
    """Lines that give a tool tip, in which Qt reads markup, what may be a name or a path."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") == "setToolTip"
        and not is_plain_tip(node.args[0])
    ]


def is_plain_tip(tip: ast.expr) -> bool:
    if isinstance(tip, ast.IfExp):
        return is_plain_tip(tip.body) and is_plain_tip(tip.orelse)
    if isinstance(tip, ast.Call):
        called = getattr(tip.func, "id", "")
        return called == "plain_tip" or (called == "tr" and not tip.keywords)
    return isinstance(tip, ast.Constant)


def strings_but_docstrings(tree: ast.Module) -> Iterator[str]:
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in docstrings:
            continue
        if isinstance(node.value, str):
            yield node.value


def test_calls_returning_nothing_keep_the_references_to_none() -> None:
    thing = QObject()
    thing.setObjectName("x")
    before = sys.getrefcount(None)
    for _ in range(2_000):
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < 200


def test_pyside_is_held_below_the_version_that_loses_none() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "PySide6-Essentials>=6.11,<6.12" in project["dependencies"]
    assert tuple(map(int, PySide6.__version__.split(".")[:2])) < (6, 12)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_keeps_the_house_rules(path: Path) -> None:
    names = imported(path)
    tree = tree_of(path)
    assert not {part for name in names for part in name.split(".")} & GPL_ONLY
    assert not VAGUE_NAMES & set(path.relative_to(PACKAGE).with_suffix("").parts)
    line_count = len(path.read_text(encoding="utf-8").splitlines())
    assert line_count <= MAX_LINES or is_migration(path), "split it"
    assert not bare_tips(tree), "a tool tip of data goes through plain_tip"
    if not is_in(path, "activities"):
        assert not compared_keys(tree), "compares with an activity's key"
    if not is_in(path, "db"):
        assert not {name for name in names if "sqlite" in name}, "only db/ knows the dialect"
        assert not [text for text in strings_but_docstrings(tree) if SQLITE_WORDS.search(text)]
    if path != PACKAGE / "paths.py":
        assert "platformdirs" not in names, "only paths.py knows platformdirs"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("key == 'referral'", {"referral"}),
        ("key in ('referral', 'resettlement')", {"referral", "resettlement"}),
        ("match key:\n    case 'referral': pass", {"referral"}),
        ("show('referral')", set()),
    ],
)
def test_comparison_with_a_key_is_seen(source: str, expected: set[str]) -> None:
    assert compared_keys(ast.parse(source)) == expected


@pytest.mark.parametrize(
    ("source", "is_plain"),
    [
        ("plain_tip(name)", True),
        ("plain_tip(name) if is_long else ''", True),
        ("tr('Calendar')", True),
        ("'Ctrl+N'", True),
        ("name", False),
        ("f'{name}'", False),
        ("tr('Form of {name}', name=name)", False),
        ("str(path)", False),
    ],
)
def test_a_bare_tool_tip_is_seen(source: str, is_plain: bool) -> None:
    assert bare_tips(ast.parse(f"widget.setToolTip({source})")) == ([] if is_plain else [1])


def test_lock_holds_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "--hash=sha256:" in lock
    assert not re.search(r"://|--(extra-)?index|--find-links|\bfile:| @ ", lock)
