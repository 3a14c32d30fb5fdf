"""The design's tokens: colours of both schemes, type sizes, spaces, radii and heights."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from avrr_desktop.core import colours


class Scheme(StrEnum):
    """Which colours to show; ``SYSTEM`` follows the desktop's own choice."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Colors:
    """Every colour of one scheme, as ``#RRGGBB``."""

    bg: str
    surface: str
    raised: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_text: str
    accent_soft: str
    selection: str
    nav: str
    nav_text: str
    nav_dim: str
    nav_selected: str
    on_nav_selected: str
    nav_mark: str
    ok: str
    ok_soft: str
    warning: str
    warning_soft: str
    error: str
    error_soft: str
    ribbon_text: str
    ribbon: str
    control: str
    hairline: str
    chart1: str
    chart2: str
    chart3: str
    chart4: str
    chart5: str
    veil: str

    def named(self, token: str) -> str:
        """The colour of the token called ``token``; ``AttributeError`` if there is none."""
        color: str = getattr(self, token)
        return color


LIGHT: Final = Colors(
    bg="#F3F5F9",
    surface="#FFFFFF",
    raised=f"#{colours.RAISED}",
    text=f"#{colours.INK}",
    text2=f"#{colours.INK_SOFT}",
    text3=f"#{colours.INK_PALE}",
    accent=f"#{colours.ACCENT}",
    accent_hover="#143C75",
    on_accent="#FFFFFF",
    accent_text=f"#{colours.ACCENT}",
    accent_soft=f"#{colours.ACCENT_SOFT}",
    selection=f"#{colours.SELECTION}",
    nav="#11264A",
    nav_text="#D3DDED",
    nav_dim="#9DB0CE",
    nav_selected="#23467C",
    on_nav_selected="#FFFFFF",
    nav_mark="#94BAF5",
    ok="#1B673A",
    ok_soft="#E4F3E9",
    warning="#7A4A00",
    warning_soft=f"#{colours.WARNING_SOFT}",
    error="#A61E18",
    error_soft="#FCEBEA",
    ribbon_text="#4A3200",
    ribbon="#F7D98A",
    control="#7F8BA0",
    hairline=f"#{colours.HAIRLINE}",
    chart1=f"#{colours.CHART[0]}",
    chart2=f"#{colours.CHART[1]}",
    chart3=f"#{colours.CHART[2]}",
    chart4=f"#{colours.CHART[3]}",
    chart5=f"#{colours.CHART[4]}",
    veil="#0A0F18",
)

DARK: Final = Colors(
    bg="#0F141D",
    surface="#182131",
    raised="#1E2839",
    text="#E9EEF6",
    text2="#B9C5D7",
    text3="#9AA8BE",
    accent="#3A6FC4",
    accent_hover="#2F61B3",
    on_accent="#FFFFFF",
    accent_text="#94BAF5",
    accent_soft="#1E3457",
    selection="#243D66",
    nav="#0A0F18",
    nav_text="#C6D1E2",
    nav_dim="#8C9BB3",
    nav_selected="#20375E",
    on_nav_selected="#FFFFFF",
    nav_mark="#94BAF5",
    ok="#7FD3A0",
    ok_soft="#16321F",
    warning="#F1C468",
    warning_soft="#3A2D12",
    error="#FF9F97",
    error_soft="#421D1E",
    ribbon_text="#FBE3A4",
    ribbon="#4A390F",
    control="#72819B",
    hairline="#2F3B50",
    chart1="#6C9CE8",
    chart2="#B4CDF5",
    chart3="#3FB0A8",
    chart4="#A5DDD6",
    chart5="#8390A5",
    veil="#000000",
)


class Type(StrEnum):
    """The roles of text; ``POINTS`` gives their sizes."""

    CAPTION = "caption"
    BODY = "body"
    SECTION = "section"
    PALETTE = "palette"
    TITLE = "title"
    HEADLINE = "headline"


POINTS: Final = {
    Type.CAPTION: 9,
    Type.BODY: 10,
    Type.SECTION: 11,
    Type.PALETTE: 13,
    Type.TITLE: 17,
    Type.HEADLINE: 24,
}
BOLD_TYPES: Final = frozenset({Type.SECTION, Type.TITLE, Type.HEADLINE})
ARABIC_EXTRA_POINTS: Final = 1


class Space:
    """Distances between things, in device-independent pixels."""

    XS: Final = 4
    S: Final = 8
    M: Final = 12
    L: Final = 16
    XL: Final = 20
    XXL: Final = 28
    PAGE: Final = 20
    CARD_GAP: Final = 14
    CARD_PADDING: Final = 16
    SUB_ROW: Final = 16
    DIRECTIONS_GAP: Final = 8


class Radius:
    """Corner radii."""

    KEY: Final = 4
    FIELD: Final = 6
    CARD: Final = 8
    PALETTE: Final = 10


class Height:
    """Minimum heights of the usual things."""

    FIELD: Final = 32
    BUTTON: Final = 34
    BUTTON_SMALL: Final = 28
    CHIP: Final = 24
    COUNT: Final = 20
    KEY: Final = 20
    NAV_ITEM: Final = 32
    NAV_ITEM_LOW: Final = 26
    ROW: Final = 32
    SUB_ROW: Final = 26
    TABLE_HEAD: Final = 34
    TOP_BAR: Final = 54
    STATUS_BAR: Final = 28
    RIBBON: Final = 28
    ACTION_BAR: Final = 56
    BAR: Final = 12
    TARGET: Final = 24


class Width:
    """Widths of the frame's parts and the window widths at which they fold."""

    NAV: Final = 220
    NAV_NARROW: Final = 200
    SIDE_PANEL: Final = 316
    LIVE_PANEL: Final = 300
    LIST_PANEL: Final = 300
    LISTS: Final = 280
    SEARCH: Final = 440
    DRAFTS: Final = 620
    SEARCH_PALETTE: Final = 760
    FOLD_PANEL: Final = 1240
    FOLD_LIST_PANEL: Final = 1180
    FOLD_NAV: Final = 1024
    TWO_COLUMNS: Final = 820
    WINDOW_MIN: Final = 1000
    WINDOW_MIN_HEIGHT: Final = 640
    LOW_WINDOW_HEIGHT: Final = 840


class IconSize:
    """Sizes of icons, by where they stand."""

    NAV: Final = 18
    BANNER: Final = 18
    BUTTON: Final = 16
    FIELD: Final = 16
    CHIP: Final = 14
    STATUS: Final = 14


class Line:
    """Thicknesses of lines and of the room left for the focus ring."""

    HAIR: Final = 1
    FOCUS: Final = 2
    RING_ROOM: Final = 4
    SCROLL_BAR: Final = 12
    PALETTE_BLUR: Final = 36
    VEIL_ALPHA: Final = 110
    MOTION_MS: Final = 150
