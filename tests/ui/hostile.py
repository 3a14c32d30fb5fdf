"""A register whose every text that a person may type is hostile."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle

from avrr_desktop.core.errors import Finding, Severity
from avrr_desktop.core.labels import Label, Language
from avrr_desktop.services.bulletin.texts import save_text
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.lists import ListQuery, ids
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.settings import read_office, save_office
from avrr_desktop.services.vocabulary_admin import rename_term

TEXTS = {
    "formula": "=1+1",
    "command": "+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(A1:A9)",
    "html": "<b>gras</b><img src='file:///etc/passwd'>&amp;",
    "script": "<script>alert(1)</script>",
    "sql": "Robert'); DROP TABLE person;--",
    "override": "\u202eelloM\u202c",
    "open override": "abc \u202etxt.exe",
    "isolate": "\u2067مثال\u2069 abc",
    "open isolate": "abc \u2067def",
    "closing alone": "abc\u2069 def",
    "marks": "a\u200f\u200eb\u200dc",
    "emoji": "👩‍👩‍👧‍👦 🇲🇦",
    "braces": "{name} %s %(x)s ${y}",
    "long word": "M" * 120,
    "combining": "Z" + "\u0301" * 100,
    "null": "KO\x00NÉ",
    "escape": "KO\x1b[31mNÉ\x07\u0085x",
    "edges": "\x1fKONÉ\x1c",
    "breaks": "KO\tNÉ\nAï\rcha\u2028x\u2029y",
    "escaped": "_x000D_ _x0041_ KONÉ",
    "noncharacters": "a\ufffeb\uffffc",
    "ten thousand": "é" * 10_000,
    "ten thousand words": "mot " * 2_500 + "fin",
    "ten thousand emoji": "👩" * 10_000,
    "ten thousand nothings": "a" + "\x00" * 9_998 + "z",
}
SHORT = "<b>x</b>\x07\u202e=1+1"  # where a text may not be long


def lay(register: Register, *, most: int = 400) -> None:
    """Give everybody of a register hostile names and notes, its office and its lists too.

    ``most`` is how long the texts are that people do not type as names.
    """
    actor = register.local_actor
    turn = cycle(TEXTS.values())
    people = [
        Draft("person", _texts(text, next(turn), most), id=person)
        for person, text in zip(
            ids(register, ListQuery("person")), cycle(TEXTS.values()), strict=False
        )
    ]
    assert _save_sound(register, people) > len(TEXTS)
    cases = [
        Draft("case_file", {"remarks": text}, id=case)
        for case, text in zip(ids(register, ListQuery("case_file")), turn, strict=False)
    ]
    assert _save_sound(register, cases)
    labels = [text for text in TEXTS.values() if len(text) <= 150]
    for vocabulary in ("country", "city", "contact_channel", "assistance_kind", "document_kind"):
        terms = register.vocabularies.active(vocabulary)
        for number, (term, text) in enumerate(zip(terms, labels, strict=False)):
            label = Label(*(f"{text} {number}",) * 3)
            rename_term(register, actor, vocabulary, term.code, label)
    office = read_office(register)
    save_office(
        register, actor, replace(office, name=SHORT, address=SHORT, contacts=SHORT, email=SHORT)
    )
    every = "\n\n".join(TEXTS.values())[:7_000]
    for language in Language:
        for place in ("registration", "resettlement"):
            save_text(register, actor, every, place=place, language=language)


def _save_sound(register: Register, drafts: list[Draft]) -> int:
    """Save those that the day of the walk allows; gives how many."""
    records = Records(register)
    checked = zip(drafts, records.check(*drafts), strict=True)
    sound = [draft for draft, found in checked if not any(map(_is_error, found))]
    records.save(register.local_actor, *sound, confirm_all=SHORT, correction=SHORT)
    return len(sound)


def _texts(text: str, other: str, most: int) -> dict[str, object]:
    return {
        "family_name": other,
        "given_name": text,
        "other_names": text,
        "family_name_ar": text,
        "given_name_ar": text,
        "occupation": text,
        "protection_notes": text * 2 if len(text) < most else text,
    }


def _is_error(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR
