"""Contrast of the token table, as WCAG 2 measures it."""

from __future__ import annotations

from typing import Final

from avrr_desktop.ui.theme.tokens import Colors

TEXT_RATIO: Final = 4.5
SHAPE_RATIO: Final = 3.0
_LINEAR_BELOW: Final = 0.04045

TEXT_PAIRS: Final = (
    ("text", "surface"),
    ("text", "bg"),
    ("text", "raised"),
    ("text", "selection"),
    ("text2", "surface"),
    ("text2", "bg"),
    ("text2", "raised"),
    ("text3", "surface"),
    ("text3", "raised"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("accent_text", "surface"),
    ("accent_text", "bg"),
    ("accent_text", "accent_soft"),
    ("nav_text", "nav"),
    ("nav_dim", "nav"),
    ("on_nav_selected", "nav_selected"),
    ("ok", "ok_soft"),
    ("ok", "surface"),
    ("warning", "warning_soft"),
    ("warning", "surface"),
    ("error", "error_soft"),
    ("error", "surface"),
    ("error", "bg"),
    ("ribbon_text", "ribbon"),
)
SHAPE_PAIRS: Final = (
    ("control", "surface"),
    ("control", "bg"),
    ("accent_text", "selection"),
    ("nav_mark", "nav_selected"),
    *((f"chart{rank}", "surface") for rank in range(1, 6)),
)


def _channel(value: int) -> float:
    """Linear light of one channel of 0–255."""
    part = value / 255
    return part / 12.92 if part <= _LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4


def luminance(color: str) -> float:
    """Relative luminance of ``#RRGGBB``."""
    red, green, blue = (_channel(int(color[start : start + 2], 16)) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: str, other: str) -> float:
    """How far apart two colours are: 1 the same, 21 black on white."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def weak_pairs(colors: Colors) -> list[tuple[str, str, float]]:
    """Pairs of ``colors`` that fall short, with their ratio; empty when all is well."""
    wanted = [(pair, TEXT_RATIO) for pair in TEXT_PAIRS]
    wanted += [(pair, SHAPE_RATIO) for pair in SHAPE_PAIRS]
    found = []
    for (front, ground), least in wanted:
        ratio = contrast_ratio(colors.named(front), colors.named(ground))
        if ratio < least:
            found.append((front, ground, round(ratio, 2)))
    return found
