"""The look of the Word file: paper, fonts and named styles, so that it can be touched up."""

from __future__ import annotations

from typing import Final

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from avrr_desktop.core import colours
from avrr_desktop.core.labels import Language
from avrr_desktop.services.bulletin.word_text import LOCALES, element

_FONT: Final = "Arial"  # on every Windows and macOS, Arabic letters too
TEXT_WIDTH: Final = Cm(17)
NOTE: Final = "AVRR Note"
FRAMED: Final = "AVRR Framed"
SMALL: Final = "AVRR Small"
LEAD: Final = "AVRR Lead"
CELL: Final = "AVRR Cell"
HEAD: Final = "AVRR Head"

# Name, what it is based on, size in points, colour, bold, space before and after in points.
_STYLES: Final = (
    ("Normal", None, 10.5, colours.INK, False, 0, 6),
    ("Title", None, 20, colours.ACCENT, True, 0, 2),
    ("Subtitle", None, 14, colours.INK_SOFT, False, 0, 10),
    ("Heading 1", None, 15, colours.ACCENT, True, 18, 6),
    ("Heading 2", None, 11.5, colours.INK, True, 10, 4),
    ("List Bullet", None, 10.5, colours.INK, False, 0, 3),
    ("Caption", None, 9, colours.INK_SOFT, False, 2, 8),
    ("Header", None, 8.5, colours.INK_SOFT, False, 0, 0),
    ("Footer", None, 8.5, colours.INK_SOFT, False, 0, 0),
    (LEAD, "Normal", 11.5, colours.INK, False, 0, 8),
    (NOTE, "Normal", 9, colours.INK_SOFT, False, 2, 8),
    (SMALL, "Normal", 9, colours.INK_SOFT, False, 0, 3),
    (FRAMED, "Normal", 10.5, colours.INK, True, 4, 8),
    (CELL, "Normal", 9, colours.INK, False, 1, 1),
    (HEAD, "Normal", 8.5, colours.INK_SOFT, True, 1.5, 1.5),
)
_OWN: Final = ("w:szCs", "w:lang", "w:spacing", "w:kern")  # replaced, or not wanted
_KEPT_WITH_NEXT: Final = frozenset({"Heading 1", "Heading 2"})


def set_up(document: Document, language: Language) -> None:
    """Paper and styles for a language."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    section.header_distance = section.footer_distance = Cm(1)
    if language.is_rtl:
        properties = section._sectPr  # noqa: SLF001 (no public call for it)
        grid = properties.find(qn("w:docGrid"))
        assert grid is not None
        grid.addprevious(element("w:bidi"))
    for name, base, size, colour, bold, before, after in _STYLES:
        style = _style(document, name, base)
        _set_font(style, size, colour, bold=bold, language=language)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.keep_with_next = name in _KEPT_WITH_NEXT
        style.paragraph_format.line_spacing = 1.15
    _frame(document.styles[FRAMED])


def _style(document: Document, name: str, base: str | None) -> ParagraphStyle:
    from docx.enum.style import WD_STYLE_TYPE

    if base is not None:
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(made, ParagraphStyle)
        made.base_style = document.styles[base]
        return made
    known = document.styles[name]
    assert isinstance(known, ParagraphStyle)
    return known


def _set_font(
    style: ParagraphStyle, size: float, colour: str, *, bold: bool, language: Language
) -> None:
    style.font.name = _FONT
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.cs_bold = bold
    style.font.italic = style.font.cs_italic = False
    style.font.color.rgb = RGBColor.from_string(colour)
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _FONT)
    for theme in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for old in [e for name in _OWN for e in properties.findall(qn(name))]:
        properties.remove(old)
    place = properties.find(qn("w:sz"))
    place.addnext(element("w:szCs", val=str(round(size * 2))))
    locale = LOCALES[language]
    properties.append(element("w:lang", val=locale, eastAsia=locale, bidi=locale))
    border = style.element.find(qn("w:pPr"))
    if border is not None:
        for line in border.findall(qn("w:pBdr")):
            border.remove(line)


def _frame(style: object) -> None:
    assert isinstance(style, ParagraphStyle)
    properties = style.element.get_or_add_pPr()
    borders = element("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        line = element(f"w:{side}", val="single", sz="4", space="6", color=colours.HAIRLINE)
        borders.append(line)
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(borders)
    spacing.addprevious(element("w:shd", val="clear", color="auto", fill=colours.WARNING_SOFT))
