"""The style sheet, made from the tokens once per scheme, language and direction."""

from __future__ import annotations

from string import Template
from typing import Final

from avrr_desktop.core.labels import Language
from avrr_desktop.ui.theme.fonts import points
from avrr_desktop.ui.theme.sheet_parts import PARTS
from avrr_desktop.ui.theme.tokens import Colors, Height, IconSize, Line, Radius, Space, Type

_BORDERS: Final = 2 * Line.HAIR


def style_sheet(colors: Colors, language: Language) -> str:
    """The whole sheet; ``$start`` and ``$end`` become sides, since QSS does not mirror them."""
    values: dict[str, str | int] = {
        "start": "right" if language.is_rtl else "left",
        "end": "left" if language.is_rtl else "right",
        **{name: colors.named(name) for name in Colors.__slots__},
        **{f"pt_{role.value}": points(role, language) for role in Type},
        "ring": Line.RING_ROOM,
        "scroll": Line.SCROLL_BAR,
        "field_radius": Radius.FIELD,
        "card_radius": Radius.CARD,
        "palette_radius": Radius.PALETTE,
        "key_radius": Radius.KEY,
        "field_inner": Height.FIELD - _BORDERS,
        "field_inner_focus": Height.FIELD - 2 * Line.FOCUS,
        "button_inner": Height.BUTTON - _BORDERS,
        "small_inner": Height.BUTTON_SMALL - _BORDERS,
        "head": Height.TABLE_HEAD,
        "row": Height.ROW,
        "status_bar": Height.STATUS_BAR,
        "action_bar": Height.ACTION_BAR,
        "top_bar": Height.TOP_BAR,
        "ribbon_height": Height.RIBBON,
        "check": IconSize.NAV,
        "xs": Space.XS,
        "s": Space.S,
        "m": Space.M,
        "l": Space.L,
        "xl": Space.XL,
    }
    return "\n".join(Template(part).substitute(values) for part in PARTS)
