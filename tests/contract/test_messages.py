"""No code of a finding or of an error is without words, in any language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.errors import Finding, UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import translator
from avrr_desktop.db import database
from avrr_desktop.services.messages import ERRORS, FINDINGS, word_error, word_finding

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "avrr_desktop"
PLACES = {"Finding": 1, "UserError": 0}  # where the code stands among the arguments


def raised(name: str) -> Iterator[tuple[str, str]]:
    """Codes given as literals to ``name``, with the module that gives them."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id == name and len(node.args) > PLACES[name]:
                code = node.args[PLACES[name]]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield code.value, path.relative_to(PACKAGE).as_posix()


def test_every_finding_has_words() -> None:
    lost = {f"{code} ({where})" for code, where in raised("Finding") if code not in FINDINGS}
    assert not lost


def test_every_error_has_words() -> None:
    lost = {f"{code} ({where})" for code, where in raised("UserError") if code not in ERRORS}
    assert not lost


def test_every_failure_of_the_disk_has_words() -> None:
    assert {code for _, code in database._FAILURES} <= set(ERRORS)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("code", sorted(FINDINGS))
def test_finding_is_a_whole_sentence(code: str, language: Language) -> None:
    finding = Finding("number", code)
    text = word_finding(finding, RECORD_BY_KEY["person"], translator(language))
    assert text
    assert text[-1] in ".?؟"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("code", sorted(ERRORS))
def test_error_is_a_whole_sentence(code: str, language: Language) -> None:
    text = word_error(UserError(code), translator(language))
    assert text
    assert text[-1] in ".?؟"
