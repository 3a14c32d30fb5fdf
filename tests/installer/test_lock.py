"""The runtime closure: on small made-up locks, then on the project's own."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

import pytest
from installer.bundle.lock import (
    LINUX,
    WINDOWS,
    Locked,
    LockError,
    read_lock,
    runtime_closure,
)
from packaging.utils import NormalizedName, canonicalize_name

Lock = dict[NormalizedName, Locked]

A, B = "a" * 64, "b" * 64
LOCK = f"""\
alpha==1.0 \\
    --hash=sha256:{A} \\
    --hash=sha256:{B}
Beta_x==2.5 ; sys_platform == 'win32' \\
    --hash=sha256:{A}
gamma==3.0 \\
    --hash=sha256:{B}
tester==9.0 \\
    --hash=sha256:{B}
"""
REQUIRES = {
    "alpha": ["gamma[fast]>=2", "beta-x; sys_platform == 'win32'", "tester; extra == 'dev'"],
    "gamma": ["alpha", "beta.x; extra == 'fast' and os_name == 'nt'"],
}


def requires(name: str) -> Iterable[str]:
    return REQUIRES.get(name, ())


@pytest.fixture
def lock(tmp_path: Path) -> Lock:
    path = tmp_path / "requirements.lock"
    path.write_text(LOCK, encoding="utf-8")
    return read_lock(path)


def made_up(*packages: str) -> Lock:
    """A lock of ``packages``, all at 2.0 and for every system."""
    normalised = map(canonicalize_name, packages)
    return {name: Locked(name, "2.0", frozenset({A})) for name in normalised}


def names(packages: Iterable[Locked]) -> list[str]:
    return [package.name for package in packages]


def test_lock_is_read_whole(lock: Lock) -> None:
    assert sorted(lock) == ["alpha", "beta-x", "gamma", "tester"]
    assert lock[canonicalize_name("alpha")].hashes == {A, B}
    assert lock[canonicalize_name("beta-x")].marker == "sys_platform == 'win32'"
    assert lock[canonicalize_name("alpha")].requirement == (
        f"alpha==1.0 \\\n    --hash=sha256:{A} \\\n    --hash=sha256:{B}"
    )


@pytest.mark.parametrize("entry", ["alpha>=1.0 --hash=sha256:" + A, "alpha==1.0", "-e ."])
def test_what_is_not_locked_by_hash_is_refused(tmp_path: Path, entry: str) -> None:
    path = tmp_path / "requirements.lock"
    path.write_text(entry + "\n", encoding="utf-8")
    with pytest.raises(LockError, match="not a locked package"):
        read_lock(path)


def test_closure_follows_the_markers_of_the_target() -> None:
    locked = made_up("alpha", "beta-x", "gamma", "tester")
    for environment, expected in (
        (WINDOWS, ["alpha", "beta-x", "gamma"]),
        (LINUX, ["alpha", "gamma"]),
    ):
        found = runtime_closure(environment, lock=locked, roots=["alpha"], requires=requires)
        assert names(found) == expected


def test_extra_asked_for_later_is_followed_too() -> None:
    locked = made_up("alpha", "beta-x", "gamma", "tester")
    roots = ["gamma[fast]", "gamma"]
    tree = {"gamma": ["beta-x; extra == 'fast'"]}
    for order in (roots, roots[::-1]):
        found = runtime_closure(LINUX, lock=locked, roots=order, requires=lambda n: tree.get(n, ()))
        assert names(found) == ["beta-x", "gamma"]


@pytest.mark.parametrize(
    ("roots", "complaint"),
    [
        (["alpha>=2"], "1.0 is locked"),
        (["omega"], "omega is needed but not locked"),
        (["beta-x"], "locked for other systems only"),
    ],
)
def test_lock_that_does_not_serve_is_refused(lock: Lock, roots: list[str], complaint: str) -> None:
    with pytest.raises(LockError, match=complaint):
        runtime_closure(LINUX, lock=lock, roots=roots, requires=lambda _name: ())


def test_own_closure_is_the_programs_and_no_developers() -> None:
    windows, linux = names(runtime_closure(WINDOWS)), names(runtime_closure(LINUX))
    assert {"pyside6-essentials", "shiboken6", "sqlcipher3", "sqlmodel", "cffi"} <= set(linux)
    assert set(windows) - set(linux) == {"tzdata"}
    assert not {"pytest", "babel", "mypy", "ruff", "hatchling", "pip"} & set(windows)


def test_own_closure_is_what_is_installed_here() -> None:
    for package in runtime_closure(LINUX):
        assert distribution(package.name).version == package.version
