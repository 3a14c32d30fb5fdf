"""Texts as they can be shown: what has no shape gets one, and nothing turns its line round.

Texts are kept as they were typed. Shown, a control character stands as its picture (U+2400), an
override of direction as U+FFFD, and half an isolate is left out: both would reorder what follows.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MOST_IN_A_LINE: Final = 400  # characters of a text on one line: no screen is wider
_REPLACEMENT: Final = "\ufffd"
_MORE: Final = "…"
_SPACE_CONTROLS: Final = frozenset("\t\n")
_CONTROLS: Final = (*range(0x20), 0x7F)
_PICTURES: Final = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),
    **dict.fromkeys((0x2028, 0x2029), "\u2424"),  # they would end the line
}
_SHOWN: Final = {code: mark for code, mark in _PICTURES.items() if chr(code) not in _SPACE_CONTROLS}
_BACK: Final = {ord(_PICTURES[code]): chr(code) for code in _CONTROLS}
_SHAPELESS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_OPENS, _CLOSES = "\u2066\u2067\u2068", "\u2069"
_WHITE: Final = re.compile(r"[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_ENDS: Final = " \u00a0\u1680\u202f\u205f\u3000\t\r\n" + "".join(map(chr, range(0x2000, 0x200B)))
_UNBROKEN: Final = re.compile(r"\S{40}(?=\S)")
_ZERO_WIDTH_SPACE: Final = "\u200b"


def harmless(text: str) -> str:
    """``text`` to be shown, line breaks and tabs kept; most texts come back as they are."""
    if text.isprintable():
        return text
    if _SHAPELESS.search(text):
        text = text.translate(_SHOWN)
    return _closed(text) if _TURNING.search(text) else text


def harmless_line(text: str, most: int = MOST_IN_A_LINE) -> str:
    """The same on one line, shortened with « … » beyond ``most`` characters."""
    if len(text) > most:
        text = _cut(text, most)
    if text.isprintable():
        return text
    return harmless(text).replace("\n", " ").replace("\t", " ")


def harmless_paragraph(text: str, most: int) -> str:
    """The same on several lines: words without end may break."""
    if len(text) > most:
        text = _cut(text, most)
    return _UNBROKEN.sub(rf"\g<0>{_ZERO_WIDTH_SPACE}", harmless(text))


def trimmed(text: str) -> str:
    """``text`` without white space round it; runs of spaces within are one, no more changes."""
    return _WHITE.sub(" ", text).strip(_ENDS)


def stripped(text: str) -> str:
    """``text`` without white space round it; control characters are none."""
    return text.strip(_ENDS)


def pictured(text: str) -> str:
    """A text to be edited on a line: control characters as their pictures."""
    return text if text.isprintable() else text.translate({c: _PICTURES[c] for c in _CONTROLS})


def harmless_lines(text: str) -> str:
    """The same of several lines: line breaks and tabs stay."""
    if text.isprintable():
        return text
    return text.translate({c: _PICTURES[c] for c in _CONTROLS if chr(c) not in _SPACE_CONTROLS})


def unpictured(text: str, before: str) -> str:
    """What was typed for it; a picture that stood in the text ``before`` itself is one."""
    if text.isascii() or any(chr(code) in before for code in _BACK):
        return text
    return text.translate(_BACK)


def _cut(text: str, most: int) -> str:
    """The beginning, without half a letter at its end; marks of direction are closed after."""
    end = most - 1
    while end > most // 2 and _joins(text[end]):
        end -= 1
    return text[:end] + _MORE


def _joins(sign: str) -> bool:
    """Whether a sign belongs to the one before: an accent, a joiner, a skin tone."""
    is_tone = "\U0001f3fb" <= sign <= "\U0001f3ff"
    return is_tone or unicodedata.combining(sign) != 0 or sign in "\u200d\ufe0f"


def _closed(text: str) -> str:
    """Isolates that are closed again stay, the others go; embeddings are replaced."""
    signs, open_at = list(text), list[int]()
    for place, sign in enumerate(text):
        if sign in _OPENS:
            open_at.append(place)
        elif sign == _CLOSES:
            if open_at:
                open_at.pop()
            else:
                signs[place] = ""
        elif "\u202a" <= sign <= "\u202e":
            signs[place] = _REPLACEMENT
    for place in open_at:
        signs[place] = ""
    return "".join(signs)
