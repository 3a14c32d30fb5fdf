"""Windows wheels are looked at before they are laid out."""

from __future__ import annotations

from pathlib import Path

import pytest
from installer.bundle.lock import LockError
from installer.windows.wheels import WheelError, check_wheels, unpack
from tests.installer.windows.made_up import locked, wheel


def test_wheels_of_the_lock_pass_in_the_order_of_names(tmp_path: Path) -> None:
    only_there = "beta; sys_platform == 'win32'"
    alpha = wheel(tmp_path, "alpha", requires=[only_there, "gamma; sys_platform == 'linux'"])
    beta = wheel(tmp_path, "beta")
    packages = [locked(beta), locked(alpha)]
    assert check_wheels(tmp_path, packages, roots=["alpha"]) == (alpha, beta)


def test_changed_wheel_is_refused(tmp_path: Path) -> None:
    path = wheel(tmp_path, "alpha")
    package = locked(path)
    wheel(tmp_path, "alpha", {"alpha/__init__.py": b"A = 2\n"})
    with pytest.raises(WheelError, match="not the file that is locked"):
        check_wheels(tmp_path, [package], roots=["alpha"])


def test_wheel_of_another_release_or_package_is_refused(tmp_path: Path) -> None:
    package = locked(wheel(tmp_path, "alpha"))
    (tmp_path / "alpha-1.0-py3-none-any.whl").unlink()
    wheel(tmp_path, "alpha", version="1.1")
    with pytest.raises(WheelError, match="not in the lock"):
        check_wheels(tmp_path, [package], roots=["alpha"])


def test_missing_wheel_is_named(tmp_path: Path) -> None:
    alpha, beta = wheel(tmp_path, "alpha"), wheel(tmp_path, "beta")
    packages = [locked(alpha), locked(beta)]
    beta.unlink()
    with pytest.raises(WheelError, match="no wheel of beta"):
        check_wheels(tmp_path, packages, roots=["alpha", "beta"])


def test_what_only_the_windows_wheel_needs_is_missed(tmp_path: Path) -> None:
    alpha = wheel(tmp_path, "alpha", requires=["pywin; os_name == 'nt'"])
    with pytest.raises(LockError, match="pywin is needed"):
        check_wheels(tmp_path, [locked(alpha)], roots=["alpha"])


def test_what_nothing_asks_for_is_refused(tmp_path: Path) -> None:
    packages = [locked(wheel(tmp_path, "alpha")), locked(wheel(tmp_path, "tester"))]
    with pytest.raises(WheelError, match="nothing asks for tester"):
        check_wheels(tmp_path, packages, roots=["alpha"])


def test_modules_are_laid_out_and_the_rest_left(tmp_path: Path) -> None:
    files = {
        "alpha/__init__.py": b"",
        "alpha-1.0.data/platlib/alpha/fast.pyd": b"MZ",
        "alpha-1.0.data/scripts/alpha.exe": b"MZ",
        "alpha-1.0.data/headers/alpha.h": b"",
    }
    unpack(wheel(tmp_path, "alpha", files), tmp_path / "lib")
    laid = [path for path in (tmp_path / "lib").rglob("*") if path.is_file()]
    assert {path.relative_to(tmp_path / "lib").as_posix() for path in laid} == {
        "alpha/__init__.py",
        "alpha/fast.pyd",
        "alpha-1.0.dist-info/METADATA",
    }


@pytest.mark.parametrize("name", ["../outside.py", "/outside.py", "alpha/../../outside.py"])
def test_wheel_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    path = wheel(tmp_path, "alpha", {name: b""})
    with pytest.raises(WheelError, match="leads out"):
        unpack(path, tmp_path / "lib")


def test_two_wheels_do_not_overwrite_each_other(tmp_path: Path) -> None:
    first = wheel(tmp_path, "alpha", {"shared.py": b"1"})
    second = wheel(tmp_path, "beta", {"shared.py": b"2"})
    unpack(first, tmp_path / "lib")
    with pytest.raises(WheelError, match="once more"):
        unpack(second, tmp_path / "lib")
