"""Packs a staged version into the set-up program, with Debian's NSIS."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from installer.bundle.qt import LANGUAGES
from installer.windows.launchers import numbers
from installer.windows.pictures import lay_icons, side_picture
from installer.windows.stage import LICENCES, python_library

HERE = Path(__file__).resolve().parent
_WRAPPED = 60  # letters: a line longer than that went on in the next only for want of room
_CLUSTER = 4096  # a file takes up whole ones on the disk
_SPARE_KB = 20 * 1024  # launchers, the uninstaller, the folders themselves


def files_of(stage: Path) -> tuple[PurePosixPath, ...]:
    """The files of the stage, always in the same order."""
    files = (path for path in stage.rglob("*") if path.is_file())
    return tuple(sorted(PurePosixPath(path.relative_to(stage).as_posix()) for path in files))


def room_kb(stage: Path) -> int:
    """The room the version takes up on a disk."""
    sizes = (stage.joinpath(name).stat().st_size for name in files_of(stage))
    return sum(-(-size // _CLUSTER) * _CLUSTER for size in sizes) // 1024 + _SPARE_KB


def longest_path(stage: Path) -> int:
    """The letters of the longest path inside the version's folder."""
    return max(len(str(name)) for name in files_of(stage))


def install_script(stage: Path) -> str:
    """The lines that write every file; NSIS itself would take them in the disk's order."""
    lines: list[str] = []
    last = None
    for name in files_of(stage):
        if name.parent != last:
            last = name.parent
            inside = "" if str(last) == "." else "\\" + "\\".join(_escaped(p) for p in last.parts)
            lines.append(f'SetOutPath "$INSTDIR\\$Folder{inside}"')
        lines.append(f'File "{stage / name}"')  # read by the compiler, which knows no $
    return "".join(f"{line}\n" for line in lines)


def set_time(folder: Path) -> None:
    """Give every file the time of the build, which NSIS keeps."""
    epoch = int(os.environ["SOURCE_DATE_EPOCH"])
    for path in [folder, *folder.rglob("*")]:
        os.utime(path, (epoch, epoch))


def pack(
    stage: Path, target: Path, version: str, *, sign: str | None = None, is_quick: bool = False
) -> None:
    """Write the set-up program of ``stage`` to ``target``.

    Args:
        stage: the folder of the version.
        target: the set-up program.
        version: such as 0.1.0.
        sign: a command that signs the file whose name is put after it.
        is_quick: packed in seconds and larger, for trying the set-up itself.
    """
    with TemporaryDirectory() as scratch:
        work = Path(scratch)
        lay_icons(work)
        (work / "files.nsh").write_text(install_script(stage), encoding="utf-8-sig")
        _lay_pages(stage, work)
        (work / "side.bmp").write_bytes(side_picture())
        set_time(work)  # the side picture is carried too
        defined = {
            "VERSION": version,
            "NUMBERS": numbers(version),
            "STAGE": str(stage),
            "OUT": str(target),
            "WORK": str(work),
            "SIZE_KB": str(room_kb(stage)),
            "LONGEST": str(longest_path(stage)),
            "PYTHON_DLL": python_library(stage),
            "COMPRESSOR": "zlib" if is_quick else "/SOLID lzma",
            **({"SIGN": sign} if sign else {}),
        }
        _makensis(defined)


def _makensis(defined: dict[str, str]) -> None:
    # -WX: a warning is an error; V2: no list of everything that is packed
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8"]
    command += [f"-D{name}={value}" for name, value in defined.items()]
    subprocess.run([*command, "setup.nsi"], cwd=HERE, check=True)


def _escaped(text: str) -> str:
    return text.replace("$", "$$")


def _lay_pages(stage: Path, work: Path) -> None:
    """What the licence pages show: the program's own licence, and whose works it carries."""
    texts = {"licence": stage / LICENCES / "LICENSE.txt"}
    texts |= {f"notice-{code}": stage / LICENCES / f"NOTICE-{code}.txt" for code in LANGUAGES}
    for name, source in texts.items():
        page = reflowed(source.read_text(encoding="utf-8"))
        # Windows' ends of line, and a mark that it is UTF-8
        (work / f"{name}.txt").write_text(page, encoding="utf-8-sig", newline="\r\n")


def reflowed(text: str) -> str:
    """A text without the ends of line that only keep it narrow: the page has its own width."""
    lines: list[str] = []
    is_open = False
    for line in text.splitlines():
        if is_open and line and not line[0].isspace():
            lines[-1] += f" {line}"
        else:
            lines.append(line)
        is_open = len(line) > _WRAPPED
    return "".join(f"{line}\n" for line in lines)
