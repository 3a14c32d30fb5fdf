"""The command that makes the set-up program."""

from __future__ import annotations

from pathlib import Path

import pytest
from installer.windows.fetch import FetchError

from installer.windows import build


def test_fault_is_a_sentence_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_cache: Path) -> dict[str, bytes]:
        raise FetchError("no network")

    monkeypatch.setattr(build, "fetch_runtime", fail)
    assert build.main([]) == 1
    assert capsys.readouterr().err == "installer/build windows: no network\n"


@pytest.mark.parametrize("arguments", [["--runtime", "x.zip"], ["--runtime-sha256", "ab"]])
def test_runtime_is_never_taken_without_its_hash(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        build.main(arguments)
    assert "go together" in capsys.readouterr().err
