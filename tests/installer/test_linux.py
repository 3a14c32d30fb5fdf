"""What the Linux package lays out beside the program, without building it."""

from __future__ import annotations

import configparser
import gzip
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

import pytest
from installer.bundle import qt
from installer.bundle.lock import LINUX, ROOT, runtime_closure
from installer.bundle.notices import RESOURCES
from installer.linux import build, compiling, debian, elf, packages, runtime
from installer.linux.manual import LANGUAGES, manual

from avrr_desktop.cli import command_parser
from avrr_desktop.core.labels import Language
from avrr_desktop.services.proof.checking import checker_in

_WHEN = 1_767_225_600
_made_here = pytest.mark.skipif(sys.platform == "win32", reason="the package is made on Linux")
_SITE = Path(str(distribution("PySide6-Essentials").locate_file("")))


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    usr = tmp_path_factory.mktemp("usr")
    build.stage_desktop(usr)
    return usr / "share"


def test_the_menu_entry_is_worded_in_three_languages(share: Path) -> None:
    entry = configparser.RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(share / "applications" / "avrr-desktop.desktop", encoding="utf-8")
    said = entry["Desktop Entry"]
    for key in ("Name", "GenericName", "Comment", "Keywords"):
        assert len({said[key], said[f"{key}[fr]"], said[f"{key}[ar]"]}) == 3
    assert said["Exec"] == "avrr-desktop %f"
    assert (share.parent / "bin" / said["Exec"].split()[0]).is_file()
    if shutil.which("desktop-file-validate"):
        path = share / "applications" / "avrr-desktop.desktop"
        subprocess.run(["desktop-file-validate", str(path)], check=True)


def test_files_of_the_program_have_a_kind_an_icon_and_an_opener(share: Path) -> None:
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    tree = ElementTree.parse(share / "mime" / "packages" / "avrr-desktop.xml")
    kind = tree.find("m:mime-type", space)
    assert kind is not None
    glob, icon = kind.find("m:glob", space), kind.find("m:icon", space)
    assert glob is not None
    assert icon is not None
    assert glob.get("pattern") == "*.avrr"
    assert len(kind.findall("m:comment", space)) == 3
    entry = (share / "applications" / "avrr-desktop.desktop").read_text(encoding="utf-8")
    assert f"MimeType={kind.get('type')};" in entry
    drawn = share / "icons" / "hicolor" / "48x48" / "mimetypes" / f"{icon.get('name')}.png"
    assert drawn.is_file()


def test_the_menu_finds_its_icon_at_every_size(share: Path) -> None:
    theme = share / "icons" / "hicolor"
    for size in (16, 22, 24, 32, 48, 64, 128, 256, 512):
        assert (theme / f"{size}x{size}" / "apps" / "avrr-desktop.png").is_file()
    assert (theme / "scalable" / "apps" / "avrr-desktop.svg").is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manual_page_names_every_command_and_option(language: Language) -> None:
    page = manual(language, _WHEN)
    shown = page.replace("\\-", "-").replace("\\&", "")
    for name, command in command_parser().told_commands():
        assert f".SS {name}\n" in shown
        for typed, _ in command.told_options():
            option = typed.split()[0]
            assert f"\\fB{option}" in shown or not option.startswith("--"), typed
    assert "2026-01-01" in page
    if shutil.which("man"):
        read = subprocess.run(
            ["man", "--warnings", "--local-file", "-"],
            input=page,
            capture_output=True,
            text=True,
            env=dict(os.environ) | {"LC_ALL": "C.UTF-8", "MANWIDTH": "80"},
            check=True,
        )
        assert not read.stderr


def test_the_french_manual_page_is_french() -> None:
    page = manual(Language.FR, _WHEN)
    assert "Dossier du registre" in page
    assert not re.search(r"[^\u202f\u00a0\w] [;!?]", page)


def test_of_python_the_parts_stay_that_the_program_imports() -> None:
    for name in ("sqlite3/dbapi2.py", "ctypes/util.py", "runpy.py", "zoneinfo/__init__.py"):
        assert runtime.is_wanted(PurePosixPath(name)), name
    dynamic = "lib-dynload/{}.cpython-311-x86_64-linux-gnu.so"
    for name in ("_hashlib", "_sqlite3", "_ctypes", "_lzma"):
        assert runtime.is_wanted(PurePosixPath(dynamic.format(name))), name
    for name in ("test/regrtest.py", "tkinter/__init__.py", "unittest/test/test_case.py"):
        assert not runtime.is_wanted(PurePosixPath(name)), name
    assert not runtime.is_wanted(PurePosixPath(dynamic.format("_ssl")))


def test_nothing_left_out_of_python_is_imported_at_a_start() -> None:
    asked = "import avrr_desktop.app, avrr_desktop.cli, avrr_desktop.tour, sys; print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", asked],
        check=True,
        capture_output=True,
        text=True,
        env=dict(os.environ) | {"QT_QPA_PLATFORM": "offscreen"},
    )
    base = {name.partition(".")[0] for name in said.stdout.split()} & sys.stdlib_module_names
    unwanted = {name for name in base if not runtime.is_wanted(PurePosixPath(f"{name}.py"))}
    assert not unwanted


def test_of_packages_code_and_licences_stay() -> None:
    for name in ("lxml/etree.so", "mako-1.4.3.dist-info/licenses/LICENSE", "docx/default.docx"):
        assert packages.is_wanted(PurePosixPath(name)), name
    for name in (
        "../../bin/alembic",
        "PySide6/designer",
        "PySide6/Qt/qml/builtins.qmltypes",
        "PySide6/scripts/deploy.py",
        "lxml/etree.pyx",
        "mako-1.4.3.dist-info/RECORD",
        "sqlalchemy/testing/suite.py",
        "avrr_desktop/resources/i18n/fr/LC_MESSAGES/avrr.po",
    ):
        assert not packages.is_wanted(PurePosixPath(name)), name


def test_each_package_knows_its_files_by_their_digests() -> None:
    for package in runtime_closure(LINUX):
        files = distribution(package.name).files
        assert files, package.name
        kept = [path for path in files if packages.is_wanted(path)]
        assert all(path.hash is not None for path in kept), package.name


@_made_here
def test_qt_s_libraries_are_those_that_what_is_used_is_linked_with(tmp_path: Path) -> None:
    packages.stage_qt(tmp_path)
    names = {path.name for path in tmp_path.rglob("*.so*")}
    assert {"libQt6Core.so.6", "libQt6Widgets.so.6", "libqxcb.so", "libqoffscreen.so"} <= names
    assert {f"{name}.abi3.so" for name in qt.imported_modules()} <= names
    for gpl in qt.GPL_ONLY:
        assert not [name for name in names if gpl.removeprefix("Qt") in name], gpl
    for path in sorted(tmp_path.rglob("*.so*")):
        for needed in elf.needed(path):
            if needed.startswith(("libQt6", "libpyside6", "libshiboken6", "libicu")):
                assert needed in names, f"{path.name} needs {needed}"


def test_bytecode_stands_alone_and_is_the_same_each_time(tmp_path: Path) -> None:
    made = []
    for name in ("one", "other"):
        tree = tmp_path / name
        shutil.copytree(ROOT / "src" / "avrr_desktop" / "core", tree / "app" / "core")
        shutil.rmtree(tree / "app" / "core" / "__pycache__", ignore_errors=True)
        subprocess.run(
            [sys.executable, "-S", compiling.__file__, str(tree), "/usr/lib/avrr-desktop"],
            check=True,
            env={"PYTHONHASHSEED": "0"},
        )
        assert not list(tree.rglob("*.py"))
        made.append({path.name: path.read_bytes() for path in tree.rglob("*.pyc")})
    assert made[0]
    assert made[0] == made[1]
    assert str(tmp_path).encode() not in b"".join(made[0].values())
    assert b"/usr/lib/avrr-desktop/app/core/ages.py" in made[0]["ages.pyc"]


def test_what_is_run_by_its_path_keeps_its_source(tmp_path: Path) -> None:
    kept = ("avrr_desktop/db/migrations/env.py", "avrr_desktop/resources/proof/check.py")
    for name in kept:
        path = tmp_path / "app" / name
        path.parent.mkdir(parents=True)
        path.write_text("x = 1\n", encoding="utf-8")
    compiling.compile_tree(tmp_path, "/usr/lib/avrr-desktop")
    assert sorted(path.suffix for path in tmp_path.rglob("*.py*")) == [".py", ".py"]
    assert checker_in(RESOURCES).is_file()


def test_debian_s_own_files_carry_no_date_of_today() -> None:
    assert debian.changelog(_WHEN) == debian.changelog(_WHEN)
    entry = gzip.decompress(debian.changelog(_WHEN)).decode()
    assert "Thu, 01 Jan 2026 00:00:00 +0000" in entry
    assert "common-licenses" in debian.copyright_notice()


@_made_here
@pytest.mark.parametrize(("script", "asked"), [("preinst", "upgrade"), ("prerm", "remove")])
def test_the_scripts_let_go_on_when_the_program_is_not_running(script: str, asked: str) -> None:
    subprocess.run(["sh", str(build.FILES / script), asked, "0.1.0"], check=True)


def test_programs_alone_may_be_run() -> None:
    for name in ("usr/bin/avrr-desktop", "usr/lib/avrr-desktop/bin/avrr-desktop", "DEBIAN/prerm"):
        assert debian.is_run(Path(name)), name
    for name in ("usr/lib/avrr-desktop/app/avrr_desktop/ui/bin/page.pyc", "DEBIAN/control"):
        assert not debian.is_run(Path(name)), name
