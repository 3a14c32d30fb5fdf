"""No byte of a pack tells who somebody is."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest
from sqlalchemy import select
from tests.proof.conftest import S1, pack_of

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Language
from avrr_desktop.people.base import column_fields_of, table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.register import Register

# Days that a pack prints of itself: somebody may be born on one of them.
PRINTED = frozenset({S1.start, S1.end, date(2025, 3, 3), date(2025, 3, 4)})
# Asmaa, a name, is also the Arabic for “names”: the page of definitions speaks of them.
SPOKEN_OF = ("pack/definitions.html", "أسماء")
WORD = re.compile(r"\w+")
WIDE = re.compile(rb"[\x00-\x08]")  # no text of ours; Latin and Arabic in UTF-16 have such bytes


def parts_of(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """A member as it is, and everything within it when it is a zip itself."""
    yield name, data
    if is_zipfile(BytesIO(data)):
        with ZipFile(BytesIO(data)) as inner:
            for part in inner.namelist():
                yield from parts_of(inner.read(part), f"{name}/{part}")


FREE = (Kind.TEXT, Kind.LATIN, Kind.ARABIC, Kind.LONG_TEXT, Kind.IDENTIFIER)


def typed_texts(register: Register) -> set[str]:
    """Everything typed freely in the register: names, numbers of papers and phones, notes."""
    found: set[str] = set()
    with register.database.reading() as connection:
        for record in RECORD_BY_KEY.values():
            columns = table_of(record.model).c
            for field in column_fields_of(record.model):
                if field.spec.kind in FREE:
                    found |= set(connection.execute(select(columns[field.name])).scalars())
    return {text.strip() for text in found if text and text.strip()}


def ids(register: Register) -> set[str]:
    """The ids of every record."""
    found: set[str] = set()
    with register.database.reading() as connection:
        for record in RECORD_BY_KEY.values():
            found |= set(connection.execute(select(table_of(record.model).c.id)).scalars())
    return found


def births(register: Register, but: frozenset[date]) -> set[str]:
    """Every birth date known to the day, as it may be written."""
    person = table_of(Person).c
    query = select(person.birth_first).where(person.birth_first == person.birth_last)
    with register.database.reading() as connection:
        days = set(connection.execute(query).scalars()) - but
    shapes = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%Y%m%d", "%d%m%Y", "%d.%m.%Y")
    return {day.strftime(shape) for day in days for shape in shapes}


def told_by(data: bytes, secrets: set[str]) -> set[str]:
    """The texts that bytes tell as whole words; in UTF-16 too, where they could hold any."""
    told: set[str] = set()
    if WIDE.search(data):
        wide = ("utf-16-le", "utf-16-be")
        told = {text for text in secrets if any(text.encode(coding) in data for coding in wide)}
    shown = data.decode("utf-8", "replace")
    words = set(WORD.findall(shown))
    near = {text for text in secrets if words.issuperset(WORD.findall(text))}
    return told | {text for text in near if text in shown}


def words_of_lists(register: Register, texts: set[str]) -> set[str]:
    """The texts that are words of a list too, which every pack holds: « Bissau » of a country."""
    lists = register.vocabularies
    labels = [
        term.label.text(language)
        for name in lists.names
        for term in lists.terms(name)
        for language in Language
    ]
    return told_by("\n".join(labels).encode(), texts)


def names(register: Register) -> set[str]:
    """What persons are called, and their numbers."""
    person = table_of(Person).c
    query = select(
        *(person[name] for name in ("family_name", "given_name", "other_names", "number")),
        *(person[name] for name in ("family_name_ar", "given_name_ar")),
    )
    with register.database.reading() as connection:
        return {text for row in connection.execute(query) for text in row if text}


@pytest.mark.parametrize("language", list(Language))
def test_no_byte_tells_who_somebody_is(
    register: Register, tmp_path: Path, language: Language
) -> None:
    pack_of(register, tmp_path, language)
    data = (tmp_path / "pack.zip").read_bytes()
    typed = typed_texts(register)
    secrets = typed | births(register, PRINTED) | ids(register)
    assert len(secrets) > 2_000
    excused = words_of_lists(register, typed) - names(register)
    told = set()
    for name, part in parts_of(data, "pack"):
        if is_zipfile(BytesIO(part)):  # compressed bytes tell nothing by chance
            continue
        told |= {(name, text) for text in told_by(part, secrets)}
    assert {text for _, text in told - {SPOKEN_OF}} <= excused, told


def test_a_name_would_be_found(register: Register, tmp_path: Path) -> None:
    pack, _ = pack_of(register, tmp_path)
    secret = max(typed_texts(register), key=len)
    page = pack / "definitions.html"
    for coding in ("utf-8", "utf-16-le"):
        data = page.read_bytes() + f" {secret}.".encode(coding)
        assert told_by(data, {secret}) == {secret}
