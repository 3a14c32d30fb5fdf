"""The bulletin as a neutral document: blocks in reading order; Word and PDF are made from it.

Texts may hold isolates (U+2066…U+2069) around what reads from left to right in Arabic.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import quote

from avrr_desktop.core.labels import Language

WEB: Final = ("http://", "https://", "www.")
_OF_ADDRESSES: Final = "%:/?#[]@!$&'()*+,;=~"  # what has a meaning in them; the rest is escaped


class Tone(StrEnum):
    """How a paragraph is meant."""

    BODY = "body"
    LEAD = "lead"  # the sentence of a part's figure
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part (level 1) or of a passage of it (level 2)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str
    tone: Tone = Tone.BODY


@dataclass(frozen=True, slots=True)
class Bullet:
    """A line of a list."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address on the web or of e-mail, shown as it is."""

    address: str

    @property
    def target(self) -> str:
        """What opens it: a page of the web or a letter, whatever was typed."""
        address = quote(self.address, safe=_OF_ADDRESSES, errors="replace")
        if self.address.startswith(WEB):
            return f"https://{address}" if self.address.startswith("www.") else address
        return f"mailto:{address}"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark beside figures; ``is_strong`` stands in a frame."""

    text: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A label and its figures, worded."""

    cells: tuple[str, ...]
    is_total: bool = False
    is_part: bool = False  # belongs to the row above it


@dataclass(frozen=True, slots=True)
class Table:
    """Figures under heads; the first column holds labels. The head is repeated on each page.

    Its title is empty under a chart that has it. ``is_text``: the cells are read, not compared.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its length and the figure as it is said."""

    label: str
    value: int
    said: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Lying bars from zero, the first on top."""

    title: str
    bars: tuple[Bar, ...]
    series: str  # what is counted


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file as the office gave it."""

    data: bytes
    media_type: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A photograph across the page."""

    picture: Picture


@dataclass(frozen=True, slots=True)
class Logos:
    """Logos side by side."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


Block = Heading | Paragraph | Bullet | Link | Note | Table | Chart | Image | Logos | PageBreak


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The bulletin of a period in one language."""

    language: Language
    title: str
    subtitle: str
    running_head: str  # at the top of every page
    page_of: str  # « Page {page} sur {pages} »
    blocks: tuple[Block, ...]
    author: str
    counted_at: datetime  # the files' own date, so that the same figures give the same bytes
