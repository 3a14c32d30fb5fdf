"""What the office adds to the figures: texts, images, contacts, declared opening balances.

Plain JSON, so that a closing can freeze it and a bulletin be made from it years later.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, cast

from avrr_desktop.core.labels import Language
from avrr_desktop.services.bulletin.blocks import Picture

Json = dict[str, object]

INTRODUCTION: Final = "introduction"
DONORS: Final = "donors"
CONTACTS: Final = "contacts"
LINKS: Final = "links"  # one address a line, shown with the contacts


class ImageKind(StrEnum):
    """What an image is for."""

    OFFICE_LOGO = "office_logo"
    DONOR_LOGO = "donor_logo"
    PHOTOGRAPH = "photograph"


@dataclass(frozen=True, slots=True)
class KeptImage:
    """An image of the register; ``place`` is a part or a fund, ``period`` empty for every one."""

    id: str
    kind: ImageKind
    place: str
    period: str
    position: int
    captions: Mapping[str, str]  # by language
    media_type: str
    data: bytes

    def picture(self, language: Language) -> Picture:
        """The image with its caption in one language."""
        return Picture(self.data, self.media_type, self.captions.get(language.value, ""))


@dataclass(frozen=True, slots=True)
class DeclaredBalance:
    """An opening balance as the bulletin declares it."""

    code: str  # of its running total
    as_of: date
    value: int
    source: str


@dataclass(frozen=True, slots=True)
class Content:
    """Everything beside the figures. Texts are those of the period, the standing ones elsewhere."""

    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)  # by place and language
    images: tuple[KeptImage, ...] = ()
    balances: tuple[DeclaredBalance, ...] = ()
    office: Mapping[str, str] = field(default_factory=dict)  # settings, by name
    mask_below: int = 0

    def text(self, place: str, language: Language) -> str:
        """A standing text, or nothing."""
        return self.texts.get((place, language.value), "")

    def pictures(self, kind: ImageKind, place: str, language: Language) -> tuple[Picture, ...]:
        """The images of a place, in their order."""
        return tuple(
            image.picture(language)
            for image in self.images
            if image.kind is kind and image.place == place
        )

    def balance(self, code: str) -> DeclaredBalance | None:
        """The balance a running total starts from."""
        return next((b for b in self.balances if b.code == code), None)

    def to_json(self) -> Json:
        """The same as plain JSON."""
        return {
            "texts": [[place, language, text] for (place, language), text in self.texts.items()],
            "images": [_image_json(image) for image in self.images],
            "balances": [[b.code, b.as_of.isoformat(), b.value, b.source] for b in self.balances],
            "office": dict(self.office),
            "mask_below": self.mask_below,
        }


def content_of(value: object) -> Content:
    """What ``Content.to_json`` gave."""
    kept = cast("Mapping[str, object]", value)
    texts = cast("Sequence[Sequence[str]]", kept["texts"])
    balances = cast("Sequence[tuple[str, str, int, str]]", kept["balances"])
    return Content(
        texts={(place, language): text for place, language, text in texts},
        images=tuple(map(_image_of, cast("Sequence[Mapping[str, object]]", kept["images"]))),
        balances=tuple(
            DeclaredBalance(code, date.fromisoformat(day), number, source)
            for code, day, number, source in balances
        ),
        office=cast("dict[str, str]", kept["office"]),
        mask_below=cast("int", kept["mask_below"]),
    )


def _image_json(image: KeptImage) -> Json:
    return {
        "id": image.id,
        "kind": image.kind.value,
        "place": image.place,
        "period": image.period,
        "position": image.position,
        "captions": dict(image.captions),
        "media_type": image.media_type,
        "data": b64encode(image.data).decode("ascii"),
    }


def _image_of(kept: Mapping[str, object]) -> KeptImage:
    return KeptImage(
        id=str(kept["id"]),
        kind=ImageKind(str(kept["kind"])),
        place=str(kept["place"]),
        period=str(kept["period"]),
        position=cast("int", kept["position"]),
        captions=cast("dict[str, str]", kept["captions"]),
        media_type=str(kept["media_type"]),
        data=b64decode(str(kept["data"])),
    )
