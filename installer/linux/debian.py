"""A staged folder made into a .deb: what it depends on, its description, its archive."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from installer.bundle.lock import ROOT
from installer.linux import elf, runtime

from avrr_desktop import __version__

NAME = "avrr-desktop"
ARCHITECTURE = "amd64"
MAINTAINER = "IOM Morocco <avrr-desktop@iom.invalid>"

_DESCRIPTION = """register of assisted voluntary return and reintegration
 The offline register of the IOM office in Morocco: it records persons and
 activities, shows the figures of the semester while one types, and publishes
 them as a workbook and a bulletin, in French, Arabic and English.
 .
 It carries its own Python and Qt, and works without a network."""

# A real register is shown in a browser's or a printer's company; none of them is needed to work.
_RECOMMENDS = "desktop-file-utils, shared-mime-info, xdg-utils, libxcb-cursor0"


def file_name() -> str:
    """What the .deb is called."""
    return f"{NAME}_{__version__}_{ARCHITECTURE}.deb"


def build_deb(root: Path, target: Path, when: int, *, is_quick: bool = False) -> None:
    """Make ``target`` of the staged ``root``; the same bytes for the same ``when``.

    ``is_quick`` packs it in seconds, larger.
    """
    control = root / "DEBIAN"
    control.mkdir(exist_ok=True)
    (control / "control").write_text(_control(root), encoding="utf-8")
    (control / "md5sums").write_text(_sums(root), encoding="utf-8")
    _level(root, when)
    archived = ("--root-owner-group", "-Zxz", "-z0" if is_quick else "-z9", "--threads-max=1")
    subprocess.run(
        ["dpkg-deb", *archived, "--build", str(root), str(target)],
        check=True,
        stdout=subprocess.DEVNULL,
        env=dict(os.environ) | {"SOURCE_DATE_EPOCH": str(when)},
    )


def dependencies(files: Iterable[Path], root: Path) -> str:
    """The Debian packages whose libraries ``files`` are linked with, as dpkg-shlibdeps words it."""
    folders = sorted({path.parent for path in root.rglob("*.so*")})
    with TemporaryDirectory() as made:
        (Path(made) / "debian").mkdir()
        control = f"Source: {NAME}\nMaintainer: {MAINTAINER}\n\nPackage: {NAME}\n"
        control += "Architecture: any\nDescription: none\n"
        (Path(made) / "debian" / "control").write_text(control, encoding="utf-8")
        said = subprocess.run(
            ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0"]
            + [f"-l{folder}" for folder in folders]
            + [f"-e{path}" for path in files],
            check=True,
            cwd=made,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
    found = re.search(r"^shlibs:Depends=(.*)$", said, re.MULTILINE)
    assert found is not None
    return found[1]


def copyright_notice() -> str:
    """The file Debian's tools look for: our own licence, and where those of others are."""
    ours = (ROOT / "LICENSE").read_text(encoding="utf-8").partition("THIRD-PARTY")[0].strip()
    return f"""{ours}

The package carries works of others under licences of their own; each is named with its version and
its licence in /usr/share/doc/{NAME}/licences, with the full text and a notice (NOTICE-en.txt).

On Debian systems the licences that several of them share are also in /usr/share/common-licenses:
LGPL-3 (Qt, PySide6, Shiboken), GPL-3 (which the LGPL-3 builds on), LGPL-2.1 (GNU libiconv inside
lxml) and Apache-2.0 (cryptography, OpenSSL).
"""


def changelog(when: int) -> bytes:
    """The entry Debian's tools read; what is new stands in the program's own journal."""
    day = format_datetime(datetime.fromtimestamp(when, UTC))
    text = f"{NAME} ({__version__}) stable; urgency=medium\n\n  * See CHANGELOG.md.gz.\n\n"
    return packed(f"{text} -- {MAINTAINER}  {day}\n".encode())


def packed(data: bytes) -> bytes:
    """``data`` as gzip packs it, without a name or a date."""
    return gzip.compress(data, compresslevel=9, mtime=0)


def _control(root: Path) -> str:
    binaries = sorted(path for path in root.rglob("*") if elf.is_elf(path))
    size = sum(-(-path.stat().st_size // 1024) for path in root.rglob("*") if path.is_file())
    return "\n".join(
        (
            f"Package: {NAME}",
            f"Version: {__version__}",
            f"Architecture: {ARCHITECTURE}",
            f"Maintainer: {MAINTAINER}",
            f"Installed-Size: {size}",
            f"Depends: {dependencies(binaries, root)}",
            f"Recommends: {_RECOMMENDS}",
            f"Built-Using: {', '.join(runtime.source_versions())}",
            "Section: misc",
            "Priority: optional",
            f"Description: {_DESCRIPTION}",
            "",
        )
    )


def _sums(root: Path) -> str:
    lines = (
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}"
        f"  {path.relative_to(root).as_posix()}\n"
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink() and "DEBIAN" not in path.parts
    )
    return "".join(lines)


def _level(root: Path, when: int) -> None:
    """The same rights and dates, whatever this machine's own are."""
    for path in sorted(root.rglob("*"), reverse=True):
        if not path.is_symlink():
            runs = path.is_dir() or is_run(path.relative_to(root))
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (when, when), follow_symlinks=False)
    root.chmod(0o755)
    os.utime(root, (when, when))


def is_run(path: Path) -> bool:
    """Whether a file of the package, by its path in it, is started as a program."""
    places = (Path("usr/bin"), Path("usr/lib") / NAME / "bin", Path("DEBIAN"))
    return path.parent in places and path.name not in {"control", "md5sums"}
