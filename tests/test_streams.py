"""The standard streams of the real program, given as Windows gives them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from avrr_desktop.streams import fit_streams


def start(*arguments: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The program with pipes in the code page of a French Windows, which has no Arabic."""
    return subprocess.run(
        [sys.executable, "-m", "avrr_desktop", *arguments],
        input=typed,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": "src", "PYTHONIOENCODING": "cp1252"},
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_help_goes_through_a_pipe_in_every_language(tmp_path: Path, language: str) -> None:
    done = start("summary", "--language", language, "--help", "--data-dir", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, b"")
    assert ("الاستعمال" in done.stdout.decode("utf-8")) == (language == "ar")


def test_a_refusal_goes_through_a_pipe_in_arabic(tmp_path: Path) -> None:
    done = start("summary", "--language", "ar", "--data-dir", str(tmp_path), "--period", "2023-S1")
    assert done.returncode == 1
    assert any("\u0600" <= letter <= "\u06ff" for letter in done.stderr.decode("utf-8"))


def test_a_password_in_another_encoding_is_refused_with_a_sentence(tmp_path: Path) -> None:
    where = ("--data-dir", str(tmp_path), "--name", "Nadia Essai", "--user", "nadia")
    done = start("protect", *where, "--password-stdin", typed="clé très longue\n".encode("cp1252"))
    assert done.returncode == 1
    assert done.stderr.decode("utf-8").count("\n") == 1
    assert list(tmp_path.glob("register*")) == []


def test_a_mark_before_utf8_is_no_part_of_the_password(tmp_path: Path) -> None:
    where = ("--data-dir", str(tmp_path))
    protect = ("protect", *where, "--name", "Nadia Essai", "--user", "nadia", "--password-stdin")
    assert start(*protect, typed="clé très longue\n".encode("utf-8-sig")).returncode == 0
    summary = ("summary", *where, "--period", "2023-S1", "--password-stdin")
    assert start(*summary, typed="clé très longue\n".encode()).returncode == 0


def test_without_a_console_nothing_said_ends_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    fit_streams()
    said = sys.stdout, sys.stderr
    for stream in said:
        stream.write("عربي")
        stream.close()
