"""The bulletin's texts and images in the register: read, changed with a line in the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.publication_tables import BULLETIN_IMAGE, BULLETIN_TEXT
from avrr_desktop.people.base import table_of
from avrr_desktop.people.opening_balance import OpeningBalance
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.bulletin.content import (
    Content,
    DeclaredBalance,
    ImageKind,
    Json,
    KeptImage,
)
from avrr_desktop.services.bulletin.image_files import image_type
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.register import Register
from avrr_desktop.services.settings import office_values
from avrr_desktop.services.summary.running import running_code

STANDING: Final = ""  # the period of what every bulletin says
MOST_CHARACTERS: Final = 8_000
MOST_BYTES: Final = 3_000_000
_ACTION: Final = "bulletin"


@dataclass(frozen=True, slots=True)
class PlaceTexts:
    """The texts of one place in one language: the standing one, and the period's own."""

    standing: str
    own: str

    @property
    def printed(self) -> str:
        """The one that is printed: the period's own wins."""
        return self.own or self.standing


def texts_content(connection: Connection, period: Period) -> Json:
    """Everything a bulletin of ``period`` says beside its figures, as plain JSON to freeze."""
    return read_content(connection, period).to_json()


def read_content(connection: Connection, period: Period) -> Content:
    """The same, as a value."""
    office = office_values(connection)
    return Content(
        texts=_texts(connection, period.code),
        images=read_images(connection, period.code),
        balances=_balances(connection, period),
        office={name: value for name, value in office.items() if name not in _NOT_PRINTED},
        mask_below=int(office["mask_below"]),
    )


_NOT_PRINTED: Final = frozenset({"default_office", "mask_below"})


@needs(Permission.FIGURES)
def place_texts(register: Register, place: str, language: Language, period_code: str) -> PlaceTexts:
    """What a place says, standing and in a period."""
    with register.database.reading() as connection:
        return PlaceTexts(
            _text(connection, place, language, STANDING),
            _text(connection, place, language, period_code),
        )


@needs(Permission.CLOSE)
def save_text(
    register: Register,
    actor: Actor,
    text: str,
    *,
    place: str,
    language: Language,
    period_code: str = STANDING,
) -> None:
    """Keep a text; empty, it is removed. ``period_code`` is empty for the standing one.

    Raises:
        UserError: ``text_too_long``, or a failure of the disk.
    """
    kept = text.strip()
    if len(kept) > MOST_CHARACTERS:
        raise UserError("text_too_long", most=MOST_CHARACTERS)
    with register.database.writing() as connection:
        before = _text(connection, place, language, period_code)
        if kept == before:
            return
        key = {"place": place, "language": language.value, "period": period_code}
        same = [BULLETIN_TEXT.c[name] == value for name, value in key.items()]
        connection.execute(delete(BULLETIN_TEXT).where(*same))
        if kept:
            connection.execute(insert(BULLETIN_TEXT).values(**key, text=kept))
        journal = Journal(connection, actor, register.clock, action=_ACTION)
        name = "/".join(part or "*" for part in key.values())
        journal.note(BULLETIN_TEXT.name, name, before or None, kept or None)
        journal.write()


@needs(Permission.FIGURES)
def images_of(register: Register, period_code: str) -> tuple[KeptImage, ...]:
    """The images of a period and the standing ones."""
    with register.database.reading() as connection:
        return read_images(connection, period_code)


def read_images(connection: Connection, period_code: str) -> tuple[KeptImage, ...]:
    """The same, on an open connection; in the order they are printed."""
    columns = BULLETIN_IMAGE.c
    query = (
        select(BULLETIN_IMAGE)
        .where(or_(columns.period == STANDING, columns.period == period_code))
        .order_by(columns.kind, columns.place, columns.position, columns.id)
    )
    return tuple(map(_image, connection.execute(query)))


@needs(Permission.CLOSE)
def add_image(
    register: Register,
    actor: Actor,
    data: bytes,
    *,
    kind: ImageKind,
    place: str = "",
    period_code: str = STANDING,
    captions: Mapping[str, str] | None = None,
) -> KeptImage:
    """Keep an image, after the others of its place.

    Raises:
        UserError: ``not_an_image``, ``image_too_large``, or a failure of the disk.
    """
    media_type = image_type(data)
    if len(data) > MOST_BYTES:
        raise UserError("image_too_large", most=MOST_BYTES // 1_000_000)
    with register.database.writing() as connection:
        last = connection.execute(select(func.max(BULLETIN_IMAGE.c.position))).scalar()
        image = KeptImage(
            id=uuid4().hex,
            kind=kind,
            place=place,
            period=period_code,
            position=(last or 0) + 1,
            captions=dict(captions or {}),
            media_type=media_type,
            data=data,
        )
        connection.execute(insert(BULLETIN_IMAGE).values(_row(image)))
        journal = Journal(connection, actor, register.clock, action=_ACTION)
        journal.note(BULLETIN_IMAGE.name, image.id, None, _journalled(image))
        journal.write()
    return image


@needs(Permission.CLOSE)
def save_captions(
    register: Register, actor: Actor, image_id: str, captions: Mapping[str, str]
) -> None:
    """Word what stands under an image.

    Raises:
        UserError: ``no_such_record``, or a failure of the disk.
    """
    with register.database.writing() as connection:
        image = _image_of(connection, image_id)
        after = replace(image, captions={k: v.strip() for k, v in captions.items() if v.strip()})
        if after == image:
            return
        same = BULLETIN_IMAGE.c.id == image_id
        change = update(BULLETIN_IMAGE).where(same).values(captions=dict(after.captions))
        connection.execute(change)
        journal = Journal(connection, actor, register.clock, action=_ACTION)
        journal.note(BULLETIN_IMAGE.name, image_id, _journalled(image), _journalled(after))
        journal.write()


@needs(Permission.CLOSE)
def remove_image(register: Register, actor: Actor, image_id: str) -> None:
    """Take an image out; its bytes stay in what was frozen with it.

    Raises:
        UserError: ``no_such_record``, or a failure of the disk.
    """
    with register.database.writing() as connection:
        image = _image_of(connection, image_id)
        connection.execute(delete(BULLETIN_IMAGE).where(BULLETIN_IMAGE.c.id == image_id))
        journal = Journal(connection, actor, register.clock, action=_ACTION)
        journal.note(BULLETIN_IMAGE.name, image_id, _journalled(image), None)
        journal.write()


def _texts(connection: Connection, period_code: str) -> dict[tuple[str, str], str]:
    """By place and language; a period's own text wins over the standing one."""
    columns = BULLETIN_TEXT.c
    query = (
        select(columns.place, columns.language, columns.text)
        .where(or_(columns.period == STANDING, columns.period == period_code))
        .order_by(columns.place, columns.language, columns.period)
    )
    return {(place, language): text for place, language, text in connection.execute(query)}


def _text(connection: Connection, place: str, language: Language, period_code: str) -> str:
    columns = BULLETIN_TEXT.c
    query = select(columns.text).where(
        columns.place == place,
        columns.language == language.value,
        columns.period == period_code,
    )
    return str(connection.execute(query).scalar() or "")


def _balances(connection: Connection, period: Period) -> tuple[DeclaredBalance, ...]:
    """The balance in force at the period's end for each running total, as it is counted."""
    columns = table_of(OpeningBalance).c
    query = (
        select(columns.section, columns.term, columns.as_of, columns.value, columns.source)
        .where(columns.deleted_at.is_(None))
        .order_by(columns.as_of, columns.id)
    )
    kept: dict[str, DeclaredBalance] = {}
    for section, term, as_of, value, source in connection.execute(query):
        code = running_code(section, term)
        if section in SECTIONS and (as_of <= period.end or code not in kept):
            kept[code] = DeclaredBalance(code, as_of, value, source or "")
    return tuple(kept[code] for code in sorted(kept))


def _image_of(connection: Connection, image_id: str) -> KeptImage:
    query = select(BULLETIN_IMAGE).where(BULLETIN_IMAGE.c.id == image_id)
    row = connection.execute(query).first()
    if row is None:
        raise UserError("no_such_record")
    return _image(row)


def _image(row: Row[tuple[object, ...]]) -> KeptImage:
    return KeptImage(
        id=row.id,
        kind=ImageKind(row.kind),
        place=row.place,
        period=row.period,
        position=row.position,
        captions=dict(row.captions),
        media_type=row.media_type,
        data=row.data,
    )


def _row(image: KeptImage) -> dict[str, object]:
    return {
        "id": image.id,
        "kind": image.kind.value,
        "place": image.place,
        "period": image.period,
        "position": image.position,
        "captions": dict(image.captions),
        "media_type": image.media_type,
        "data": image.data,
    }


def _journalled(image: KeptImage) -> dict[str, object]:
    """An image as the journal keeps it: its fingerprint for its bytes."""
    return {**_row(image), "data": sha256(image.data).hexdigest()}
