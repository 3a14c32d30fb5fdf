"""Every part of a bundle is named with its licence, and the licence is there in full."""

from __future__ import annotations

import csv
import json
import re
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest
from installer.bundle import qt
from installer.bundle.lock import LINUX, ROOT, WINDOWS, runtime_closure
from installer.bundle.notices import RESOURCES, write_notices
from installer.bundle.sbom import write_sbom
from packaging.utils import canonicalize_name

from avrr_desktop.core.labels import Language
from avrr_desktop.services.identity import Component, components, licence_text, notice

# What each licence must say, so that a wrong file in its place is noticed.
_SAID = {
    "Apache-2.0": "Apache License",
    "BSD-2-Clause": "Redistributions in binary form must reproduce",
    "BSD-3-Clause": "Redistributions in binary form must reproduce",
    "ISC": "ISC License",
    "LGPL-2.1-or-later": "GNU LESSER GENERAL PUBLIC LICENSE",
    "LGPL-3.0-only": "GNU LESSER GENERAL PUBLIC LICENSE",
    "MIT": "Permission is hereby granted, free of charge",
    "MIT-0": "Permission is hereby granted, free of charge",
    "OFL-1.1": "SIL OPEN FONT LICENSE",
    "PSF-2.0": "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2",
    "Unicode-3.0": "Permission is hereby granted, free of charge",
    "Zlib": "provided 'as-is', without any express or implied",
}
_PARTS = components(RESOURCES)


def _listed() -> set[str]:
    path = RESOURCES / "licences" / "components.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {str(canonicalize_name(row["package"])) for row in csv.DictReader(file)} - {""}


def test_every_package_of_a_bundle_is_named_and_no_other() -> None:
    needed = {package.name for system in (LINUX, WINDOWS) for package in runtime_closure(system)}
    assert _listed() == needed


@pytest.mark.parametrize("part", _PARTS, ids=lambda part: part.name)
def test_the_licence_of_each_part_is_there_in_full(part: Component) -> None:
    text = " ".join(licence_text(part, RESOURCES).split())
    for licence in part.licence.split(" OR "):
        assert _SAID[licence].lower() in text.lower(), licence


@pytest.mark.parametrize("part", _PARTS, ids=lambda part: part.name)
def test_the_version_of_each_package_is_told(part: Component) -> None:
    if part.package:
        assert part.version == distribution(part.package).version


def test_the_lgpl_comes_with_the_gpl_it_builds_on() -> None:
    for part in _PARTS:
        if part.licence == "LGPL-3.0-only":
            text = licence_text(part, RESOURCES)
            assert "Version 3, 29 June 2007" in text
            assert "END OF TERMS AND CONDITIONS" in text, part.name


def test_every_font_and_foreign_icon_has_its_licence_beside_it() -> None:
    fonts = (RESOURCES / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    for path in (RESOURCES / "fonts").glob("*.ttf"):
        family = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", path.stem.partition("-")[0])
        assert family in fonts, path.name


@pytest.mark.parametrize("language", Language)
def test_the_notice_says_where_the_sources_are_and_that_libraries_may_be_replaced(
    language: Language,
) -> None:
    said = notice(RESOURCES, language)
    for words in ("https://download.qt.io", "LGPL-3", "PySide6", "shiboken6", "libiconv"):
        assert words in said


def test_a_bundle_holds_the_notice_the_list_and_a_file_a_licence(tmp_path: Path) -> None:
    write_notices(tmp_path, distribution, python="3.11.2")
    lines = (tmp_path / "COMPONENTS.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "Python 3.11.2: PSF-2.0, see Python.txt"
    assert len(lines) == len(_PARTS)
    for line in lines:
        assert (tmp_path / line.rpartition("see ")[2]).stat().st_size > 500
    names = [path.name.lower() for path in tmp_path.iterdir()]
    assert len(set(names)) == len(names)  # Windows knows no capitals
    assert {f"NOTICE-{language}.txt" for language in Language} <= {
        path.name for path in tmp_path.iterdir()
    }


@pytest.mark.skipif(sys.platform == "win32", reason="the bills are made on Linux")
def test_the_bill_of_materials_names_each_part_once_and_says_the_same_each_time(
    tmp_path: Path,
) -> None:
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    write_sbom(first, LINUX)
    write_sbom(second, LINUX)
    assert first.read_bytes() == second.read_bytes()
    bill = json.loads(first.read_text(encoding="utf-8"))
    references = [part["bom-ref"] for part in bill["components"]]
    assert len(set(references)) == len(references)
    locked = {f"pkg:pypi/{item.name}@{item.version}" for item in runtime_closure(LINUX)}
    assert {part["purl"] for part in bill["components"] if "purl" in part} == locked
    tree = {entry["ref"]: entry["dependsOn"] for entry in bill["dependencies"]}
    assert set(tree) == {"avrr-desktop", *references}
    assert "Pydantic" in tree["SQLModel"]
    assert "SQLCipher" in tree["sqlcipher3"]


def test_no_module_of_qt_is_imported_that_is_under_the_gpl_alone() -> None:
    for folder in ("src", "tests", "installer"):
        assert not qt.imported_modules(ROOT / folder) & qt.GPL_ONLY
    assert {"QtCore", "QtGui", "QtWidgets"} <= qt.imported_modules()


def test_an_import_of_such_a_module_would_be_seen(tmp_path: Path) -> None:
    lines = "import PySide6.QtCharts\nfrom PySide6 import QtGraphs\nfrom PySide6.QtCoap import X\n"
    (tmp_path / "page.py").write_text(lines, encoding="utf-8")
    assert qt.imported_modules(tmp_path) & qt.GPL_ONLY == {"QtCharts", "QtCoap", "QtGraphs"}
