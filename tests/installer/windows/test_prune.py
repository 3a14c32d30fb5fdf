"""What of PySide6 is given out: what the program uses, under the LGPL."""

from __future__ import annotations

from pathlib import Path

import pytest
from installer.bundle.qt import GPL_ONLY, imported_modules
from installer.windows.prune import (
    CPP_RUNTIME,
    LGPL_MODULES,
    PLUGINS,
    TRANSLATIONS,
    prune_packages,
)
from tests.installer.windows.made_up import library, write


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """As the wheels lay it out, with parts that must not be given out."""
    core = library(["shiboken6.abi3.dll", "Qt6Core.dll"])
    write(
        tmp_path,
        {
            "PySide6/__init__.py": b"",
            "PySide6/QtCore.pyd": core,
            "PySide6/QtCore.pyi": b"",
            "PySide6/QtGui.pyd": library(["Qt6Gui.dll"]),
            "PySide6/QtQuick.pyd": library(["Qt6Quick.dll"]),
            "PySide6/Qt6Core.dll": library(["kernel32.dll"]),
            "PySide6/Qt6Gui.dll": library(["Qt6Core.dll"]),
            "PySide6/Qt6Quick.dll": library(["Qt6Lottie.dll"]),
            "PySide6/Qt6Lottie.dll": library(),
            "PySide6/Qt6Svg.dll": library(["Qt6Gui.dll"]),
            "PySide6/designer.exe": library(),
            "PySide6/qml/QtCharts/charts.dll": library(),
            "PySide6/plugins/platforminputcontexts/qtvirtualkeyboardplugin.dll": library(),
            "PySide6/translations/qtbase_nn.qm": b"",
            "shiboken6/shiboken6.abi3.dll": library(["msvcp140.dll"]),
            "shiboken6/msvcp140.dll": library(),
            "shiboken6/Shiboken.pyd": library(),
            "tables/reader.py": b"",
            "tables/reader.pyx": b"",
            "sqlalchemy/testing/suite.py": b"",
            **{f"PySide6/plugins/{name}": library(["Qt6Svg.dll"]) for name in PLUGINS},
            **{f"PySide6/translations/{name}": b"" for name in TRANSLATIONS},
        },
    )
    return tmp_path


def left(packages: Path) -> set[str]:
    files = (path for path in packages.rglob("*") if path.is_file())
    return {path.relative_to(packages).as_posix() for path in files}


def test_only_what_is_used_is_left(packages: Path) -> None:
    prune_packages(packages, {"QtCore", "QtGui"})
    assert left(packages) == {
        "PySide6/__init__.py",
        "PySide6/QtCore.pyd",
        "PySide6/QtGui.pyd",
        "PySide6/Qt6Core.dll",
        "PySide6/Qt6Gui.dll",
        "PySide6/Qt6Svg.dll",  # a plugin asks for it
        "shiboken6/shiboken6.abi3.dll",
        "shiboken6/Shiboken.pyd",
        "tables/reader.py",
        *(f"PySide6/plugins/{name}" for name in PLUGINS),
        *(f"PySide6/translations/{name}" for name in TRANSLATIONS),
    }
    assert not [path for path in packages.rglob("*") if path.is_dir() and not any(path.iterdir())]


@pytest.mark.parametrize("module", ["QtCharts", "QtQuick", "QtVirtualKeyboard"])
def test_module_that_may_not_be_given_out_stops_the_build(packages: Path, module: str) -> None:
    before = left(packages)
    with pytest.raises(ValueError, match=f"not to be given out: {module}"):
        prune_packages(packages, {"QtCore", module})
    assert left(packages) == before


def test_part_that_is_no_longer_there_stops_the_build(packages: Path) -> None:
    (packages / "PySide6/plugins/platforms/qwindows.dll").unlink()
    with pytest.raises(ValueError, match=r"qwindows\.dll"):
        prune_packages(packages, {"QtCore"})


def test_program_imports_nothing_that_may_not_be_given_out() -> None:
    imported = imported_modules()
    assert {"QtCore", "QtGui", "QtWidgets"} <= imported
    assert imported <= LGPL_MODULES
    assert not LGPL_MODULES & GPL_ONLY


def test_cpp_libraries_do_not_come_with_each_package(packages: Path) -> None:
    prune_packages(packages, {"QtCore"})
    assert not {Path(name).name for name in left(packages)} & set(CPP_RUNTIME)
