"""Makes ``dist/avrr-desktop_VERSION_amd64.deb``; called by ``installer/build deb``.

The package carries Debian's Python, the locked packages and the program as bytecode, and Qt's
libraries as files of their own that may be replaced. Two builds of one commit are the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from installer.bundle import icons, notices, sbom
from installer.bundle.lock import LINUX, ROOT
from installer.linux import compiling, debian, packages, runtime
from installer.linux.manual import manual

from avrr_desktop import __version__
from avrr_desktop.core.labels import Language
from avrr_desktop.services.identity import Packages

FILES = Path(__file__).resolve().parent / "files"
HOME = Path("usr/lib") / debian.NAME
_ICON_SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
_ICONS = {"avrr": "apps/avrr-desktop", "avrr-file": "mimetypes/application-x-avrr"}
_LIMIT = 50 * 1024 * 1024


def main() -> int:
    """Build; says what was made."""
    parser = argparse.ArgumentParser(prog="installer/build deb")
    parser.add_argument("--output", type=Path, default=ROOT / "dist", metavar="DIR")
    parser.add_argument("--quick", action="store_true", help="larger: to try the package itself")
    options = parser.parse_args()
    when = int(os.environ["SOURCE_DATE_EPOCH"])
    options.output.mkdir(parents=True, exist_ok=True)
    target = options.output / debian.file_name()
    with TemporaryDirectory(prefix="avrr-deb-") as made:
        root = Path(made)
        stage(root, when)
        debian.build_deb(root, target, when, is_quick=options.quick)
        bill = options.output / f"{debian.NAME}_{__version__}_{debian.ARCHITECTURE}.cdx.json"
        app, python = root / HOME / "app", runtime.python_version()
        sbom.write_sbom(bill, LINUX, notices.packages_in(app), python)
    data = target.read_bytes()
    print(f"{target.name}: {len(data) / 1e6:.1f} MB, sha256 {hashlib.sha256(data).hexdigest()}")
    if len(data) > _LIMIT and not options.quick:
        print("The package is larger than 50 MB.", file=sys.stderr)
        return 1
    return 0


def stage(root: Path, when: int) -> None:
    """Lay out under ``root`` everything the package installs, and its scripts."""
    stage_program(root / HOME)
    stage_desktop(root / "usr")
    stage_documents(root / "usr" / "share", notices.packages_in(root / HOME / "app"), when)
    (root / "DEBIAN").mkdir()
    for name in ("preinst", "prerm"):
        shutil.copyfile(FILES / name, root / "DEBIAN" / name)


def stage_program(home: Path) -> None:
    """Python, the packages and the program, as they stand in ``/usr/lib``."""
    app = home / "app"
    interpreter = runtime.stage_runtime(home)
    packages.stage_packages(app)
    packages.stage_program(app)
    shutil.copyfile(Path(__file__).with_name("start.py"), app / "__main__.py")
    packages.strip_symbols(home)
    subprocess.run(
        [str(interpreter), "-s", "-S", "-B", str(compiling.__file__), str(home), f"/{HOME}"],
        check=True,
        env={"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"},
    )


def stage_desktop(usr: Path) -> None:
    """The command, its entry in the menus, the kind of its files, the icons."""
    share = usr / "share"
    for source, target in (
        ("avrr-desktop", usr / "bin" / "avrr-desktop"),
        ("avrr-desktop.desktop", share / "applications" / "avrr-desktop.desktop"),
        ("avrr-desktop.xml", share / "mime" / "packages" / "avrr-desktop.xml"),
    ):
        _copied(FILES / source, target)
    themes = share / "icons" / "hicolor"
    for name, place in (
        ("avrr", "apps/avrr-desktop"),
        ("avrr-file", "mimetypes/application-x-avrr"),
    ):
        _copied(icons.drawing_of(name, 512), themes / "scalable" / f"{place}.svg")
        for size in _ICON_SIZES:
            target = themes / f"{size}x{size}" / f"{place}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(icons.png(icons.drawn(name, size)))


def stage_documents(share: Path, carried: Packages, when: int) -> None:
    """Manual pages, licences, what changed."""
    for language, folder in ((Language.EN, ""), (Language.FR, "fr")):
        target = share / "man" / folder / "man1" / "avrr-desktop.1.gz"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(debian.packed(manual(language, when).encode()))
    documents = share / "doc" / debian.NAME
    documents.mkdir(parents=True)
    (documents / "changelog.gz").write_bytes(debian.changelog(when))
    journal = debian.packed((ROOT / "CHANGELOG.md").read_bytes())
    (documents / "CHANGELOG.md.gz").write_bytes(journal)
    notices.write_notices(documents / "licences", carried, runtime.python_version())
    (documents / "copyright").write_text(debian.copyright_notice(), encoding="utf-8")
    overrides = share / "lintian" / "overrides" / debian.NAME
    _copied(FILES / "lintian-overrides", overrides)


def _copied(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    sys.exit(main())
