"""The three standard streams, made fit for French and Arabic whatever the system gave them.

Windows gives a pipe or a file the code page of the PC, which has no Arabic and no narrow space: a
sentence written there would end the program. A program without a console gets no streams at all.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO


def fit_streams() -> None:
    """Let every sentence be written and every password be read; call it once, first of all."""
    sys.stdout = _fit(sys.stdout)
    sys.stderr = _fit(sys.stderr)
    if isinstance(sys.stdin, TextIOWrapper) and not sys.stdin.isatty():
        # Editors of Windows put a mark before UTF-8, which is no part of a password.
        sys.stdin.reconfigure(encoding="utf-8-sig")


def _fit(stream: TextIO | None) -> TextIO:
    if stream is None:  # no console: what is said there, nobody would have read
        return Path(os.devnull).open("w", encoding="utf-8")
    if isinstance(stream, TextIOWrapper):
        if not stream.isatty():
            stream.reconfigure(encoding="utf-8")
        stream.reconfigure(errors="backslashreplace")
    return stream
