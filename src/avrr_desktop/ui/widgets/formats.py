"""How numbers, dates and codes are written on screen, the same in the three languages."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Final

from avrr_desktop.core.harmless import harmless, harmless_line

THIN_SPACE: Final = "\u202f"
NO_BREAK_SPACE: Final = "\u00a0"
MINUS: Final = "\u2212"
NO_BREAK_HYPHEN: Final = "\u2011"
_ISOLATE_START: Final = "\u2066"
_ISOLATE_END: Final = "\u2069"
_AFTER_FOLDER: Final = re.compile(r"(?<=[/\\])")
_BREAK: Final = "\u200b"
_MINOR_UNITS: Final = 100
_PERCENT_BASE: Final = 100


def ltr(text: str) -> str:
    """``text`` kept left to right whatever surrounds it; empty stays empty."""
    return f"{_ISOLATE_START}{harmless(text)}{_ISOLATE_END}" if text else ""


def path_text(path: Path) -> str:
    """A folder or a file, which may break after any folder of it."""
    return ltr(_AFTER_FOLDER.sub(_BREAK, str(path)))


def name_text(family: str, given: str) -> str:
    """« KONÉ Aïcha »: the family name in capitals, which are shown and never stored."""
    return " ".join(harmless_line(part) for part in (family.upper(), given) if part)


def number_text(value: int) -> str:
    """An integer with U+202F between thousands and a true minus."""
    grouped = f"{abs(value):,}".replace(",", THIN_SPACE)
    return f"{MINUS}{grouped}" if value < 0 else grouped


def signed_text(value: int) -> str:
    """A change: always with its sign, except zero."""
    return f"+{number_text(value)}" if value > 0 else number_text(value)


def percent_text(part: int, whole: int) -> str:
    """A whole percentage of ``whole``; empty when ``whole`` is zero."""
    if whole == 0:
        return ""
    # Half away from zero, as a reader with a calculator does; round() goes to the even one.
    share = (abs(part) * 2 * 100 + abs(whole)) // (2 * abs(whole))
    value = -share if (part < 0) != (whole < 0) else share
    return f"{number_text(value)}{NO_BREAK_SPACE}%"


def delta_text(now: int, before: int) -> str:
    """Arrow, signed number, and percent when the base is 100 or more; « = » when nothing moved."""
    change = now - before
    if change == 0:
        return ltr("=")
    arrow = "↑" if change > 0 else "↓"
    text = f"{arrow}{NO_BREAK_SPACE}{signed_text(change)}"
    if before >= _PERCENT_BASE:
        sign = "+" if change > 0 else ""
        text += f" ({sign}{percent_text(change, before)})"
    return ltr(text)


def amount_text(minor: int) -> str:
    """Hundredths as an amount: no decimals when they are zero, else a comma and two digits."""
    whole, rest = divmod(abs(minor), _MINOR_UNITS)
    text = number_text(whole) + (f",{rest:02d}" if rest else "")
    return f"{MINUS}{text}" if minor < 0 else text


def date_text(day: date | None) -> str:
    """``dd/mm/yyyy``, or nothing."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}" if day else ""


def month_text(day: date) -> str:
    """``mm/yyyy``."""
    return f"{day.month:02d}/{day.year:04d}"


def time_text(moment: datetime) -> str:
    """``hh:mm``."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def moment_text(moment: datetime) -> str:
    """``dd/mm/yyyy hh:mm`` where the office is, left to right."""
    local = moment.astimezone()
    return ltr(f"{date_text(local.date())} {time_text(local)}")


def code_text(code: str) -> str:
    """A period or case code that neither breaks nor turns round: ``2023-S1`` on one line."""
    return ltr(code.replace("-", NO_BREAK_HYPHEN))
