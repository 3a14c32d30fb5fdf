"""What stands in a bulletin: its order, its notes, its texts, its frozen form."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter
from sqlalchemy import select

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.services.bulletin.blocks import (
    Bullet,
    Bulletin,
    Chart,
    Heading,
    Link,
    Logos,
    Note,
    Paragraph,
    Table,
)
from avrr_desktop.services.bulletin.build import Options, build_bulletin
from avrr_desktop.services.bulletin.content import DONORS, INTRODUCTION, ImageKind, content_of
from avrr_desktop.services.bulletin.export import export_word, make_bulletin
from avrr_desktop.services.bulletin.parts import PARTS, text_blocks
from avrr_desktop.services.bulletin.texts import (
    add_image,
    images_of,
    read_content,
    remove_image,
    save_captions,
    save_text,
    texts_content,
)
from avrr_desktop.services.closing.closings import close, reopen
from avrr_desktop.services.identities import guarding
from avrr_desktop.services.register import Register
from avrr_desktop.services.settings import OfficeSettings, save_office
from avrr_desktop.services.summary import CellKey, summarise

PERIOD = parse_period("2023-S1")
FR = Language.FR


def png(width: int = 8, height: int = 4, kind: str = "PNG") -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0x1A4A8E)
    assert QImageWriter(buffer, QByteArray(kind.encode())).write(image)
    return bytes(buffer.data().data())


def headings(bulletin: Bulletin) -> list[str]:
    return [b.text for b in bulletin.blocks if isinstance(b, Heading)]


def said(bulletin: Bulletin) -> str:
    worded = (Paragraph, Bullet, Note, Heading)
    return "\n".join(block.text for block in bulletin.blocks if isinstance(block, worded))


def test_a_balance_carried_over_later_is_not_told_of_the_years_before(demo: Register) -> None:
    """The demonstration's were taken on 31/12/2020."""
    before = make_bulletin(demo, parse_period("1990-S1"), FR)
    assert "Depuis 2005" not in said(before)
    assert "Cumuls et soldes d’ouverture" not in headings(before)
    assert "Depuis 2005" in said(make_bulletin(demo, PERIOD, FR))


def test_parts_stand_in_the_bulletins_order(demo: Register) -> None:
    assert headings(make_bulletin(demo, PERIOD, FR)) == [
        "Introduction",
        "Enregistrements au programme",
        "Retours volontaires depuis le Maroc",
        "Assistance directe",
        "Suivi de l’aide à la réintégration",
        "Argent liquide au retour",
        "Retours volontaires vers le Maroc",
        "Orientation vers les partenaires de la réintégration",
        "Programme de réinstallation",
        "Cumuls et soldes d’ouverture",
        "Bailleurs de fonds",
        "Comment les chiffres sont comptés",
        "Contacts",
    ]


def test_groups_keep_their_order_in_every_table(demo: Register) -> None:
    order = ["Hommes", "Femmes", "Garçons", "Filles", "Non dét."]
    for block in make_bulletin(demo, PERIOD, FR).blocks:
        if isinstance(block, Table) and "Hommes" in block.heads:
            groups = [head for head in block.heads if head in order]
            assert groups == order[: len(groups)]


def test_list_that_is_not_additive_says_so(demo: Register) -> None:
    assert "Type d’assistance\u00a0: non additi" in said(make_bulletin(demo, PERIOD, FR))


def test_opening_balances_are_declared(demo: Register) -> None:
    bulletin = make_bulletin(demo, PERIOD, FR)
    table = next(b for b in bulletin.blocks if isinstance(b, Table) and b.title == "Cumuls")
    assert any("\u206631/12/2020\u2069" in row.cells for row in table.rows)
    assert any(row.is_part for row in table.rows)  # resettlement by country
    text = said(bulletin).replace("\u202f", " ")
    assert "plus de 20 000 personnes" in text
    assert "18 120 repris" in text


def test_masked_figures_are_neither_drawn_nor_in_percent(demo: Register) -> None:
    for block in make_bulletin(demo, PERIOD, FR, is_masked=True).blocks:
        if isinstance(block, Chart):
            assert all(bar.value >= 5 for bar in block.bars)
        if isinstance(block, Table) and "%" in block.heads:
            total, percent = block.heads.index("Total"), block.heads.index("%")
            for row in block.rows:
                hidden = "<" in row.cells[total] or "≥" in row.cells[total]
                assert not (hidden and row.cells[percent].strip() and not row.is_total)


def test_open_period_is_provisional_until_it_is_closed(demo: Register) -> None:
    summary = summarise(demo, PERIOD)
    with demo.database.reading() as connection:
        content = read_content(connection, PERIOD)
    for is_closed in (False, True):
        made = build_bulletin(summary, content, FR, demo.info, Options(is_closed=is_closed))
        assert ("Provisoire" in made.running_head) is not is_closed
        assert ("Chiffres provisoires" in said(made)) is not is_closed


def test_erratum_has_its_part(demo: Register) -> None:
    summary = summarise(demo, PERIOD)
    with demo.database.reading() as connection:
        content = read_content(connection, PERIOD)
    made = build_bulletin(summary, content, FR, demo.info, Options(erratum="Lire 3 et non 2."))
    assert "Erratum" in headings(made)
    assert "Lire 3 et non 2." in said(made)


def test_figures_that_do_not_agree_are_refused(
    demo: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = summarise(demo, PERIOD)
    key = CellKey("registrations", "persons")
    broken = replace(sound, cells={**sound.cells, key: sound.cells[key] + 1})
    monkeypatch.setattr(guarding, "summary_of", lambda *_: broken)
    with pytest.raises(UserError, match="identity_broken"):
        export_word(demo, PERIOD, tmp_path / "bulletin.docx", FR)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("language", list(Language))
def test_semester_of_zeros_reads_whole(register: Register, language: Language) -> None:
    bulletin = make_bulletin(register, PERIOD, language)
    assert len([b for b in bulletin.blocks if isinstance(b, Heading)]) >= len(PARTS) + 3
    assert not [b for b in bulletin.blocks if isinstance(b, Chart)]
    for block in bulletin.blocks:
        if isinstance(block, Paragraph):
            assert block.text.rstrip("\u2069")[-1:].isalnum() or block.text[-1] in ".:"


def test_word_file_of_the_same_figures_has_the_same_bytes(demo: Register, tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        export_word(demo, PERIOD, tmp_path / name, Language.AR)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_own_text_of_a_period_wins_over_the_standing_one(register: Register, actor: Actor) -> None:
    save_text(register, actor, "De toujours", place=INTRODUCTION, language=FR)
    keep = partial(save_text, register, actor, place=INTRODUCTION, language=FR)
    keep("De ce semestre\n- un point\nhttps://example.org", period_code=PERIOD.code)
    bulletin = make_bulletin(register, PERIOD, FR)
    assert Paragraph("De ce semestre") in bulletin.blocks
    assert Bullet("un point") in bulletin.blocks
    assert Link("https://example.org") in bulletin.blocks
    assert Paragraph("De toujours") not in bulletin.blocks
    assert Paragraph("De toujours") in make_bulletin(register, PERIOD.previous, FR).blocks
    keep(" ", period_code=PERIOD.code)
    assert Paragraph("De toujours") in make_bulletin(register, PERIOD, FR).blocks


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("https://example.org/é?a=1&b=%20#c", "https://example.org/%C3%A9?a=1&b=%20#c"),
        ("www.example.org", "https://www.example.org"),
        ("somebody+1@example.org", "mailto:somebody+1@example.org"),
        ('https://example.org/\x07"<b>', "https://example.org/%07%22%3Cb%3E"),
    ],
)
def test_an_address_alone_is_a_link(line: str, target: str) -> None:
    assert [block.target for block in text_blocks(line) if isinstance(block, Link)] == [target]


@pytest.mark.parametrize(
    "line",
    [
        "javascript:alert(1)//@example.org",
        "file:///etc/passwd#@example.org",
        "smb://example.org/share@example.org",
        "\\\\example.org\\share@example.org",
        "somebody@example",
    ],
)
def test_what_a_program_might_run_is_no_link(line: str) -> None:
    assert list(text_blocks(line)) == [Paragraph(line)]


def test_texts_and_images_are_journalled(register: Register, actor: Actor) -> None:
    save_text(register, actor, "Merci", place=DONORS, language=FR)
    image = add_image(register, actor, png(), kind=ImageKind.OFFICE_LOGO)
    save_captions(register, actor, image.id, {"fr": "Logo "})
    assert images_of(register, "")[0].captions == {"fr": "Logo"}
    remove_image(register, actor, image.id)
    with register.database.reading() as connection:
        lines = connection.execute(
            select(CHANGE.c.table_name, CHANGE.c.before, CHANGE.c.after)
            .where(CHANGE.c.action == "bulletin")
            .order_by(CHANGE.c.sequence)
        ).all()
    assert [line.table_name for line in lines] == ["bulletin_text", *["bulletin_image"] * 3]
    assert lines[0].after == "Merci"
    assert lines[3].after is None
    assert len(lines[1].after["data"]) == 64  # a fingerprint, not the picture


@pytest.mark.parametrize("kind", ["PNG", "JPG"])
def test_logo_stands_in_the_bulletin(register: Register, actor: Actor, kind: str) -> None:
    add_image(register, actor, png(40, 20, kind), kind=ImageKind.OFFICE_LOGO)
    assert any(isinstance(b, Logos) for b in make_bulletin(register, PERIOD, FR).blocks)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
def test_file_that_is_no_image_is_refused(register: Register, actor: Actor, data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        add_image(register, actor, data, kind=ImageKind.PHOTOGRAPH)
    assert caught.value.code == "not_an_image"


def test_content_goes_through_json(register: Register, actor: Actor) -> None:
    save_office(register, actor, OfficeSettings(email="bureau@example.org", networks="a\nb"))
    save_text(register, actor, "نص", place=INTRODUCTION, language=Language.AR)
    add_image(
        register, actor, png(), kind=ImageKind.PHOTOGRAPH, place="referrals", captions={"fr": "Vue"}
    )
    with register.database.reading() as connection:
        frozen = json.loads(json.dumps(texts_content(connection, PERIOD)))
        assert content_of(frozen) == read_content(connection, PERIOD)


def test_closed_semester_keeps_its_texts(register: Register, actor: Actor) -> None:
    save_text(register, actor, "Avant", place=INTRODUCTION, language=FR)
    close(register, actor, PERIOD)
    save_text(register, actor, "Après", place=INTRODUCTION, language=FR)
    register.clock = FixedClock(datetime(2025, 1, 8, 10, tzinfo=UTC))
    bulletin = make_bulletin(register, PERIOD, FR)
    assert Paragraph("Avant") in bulletin.blocks
    assert "Provisoire" not in bulletin.running_head
    assert bulletin.counted_at.date() == date(2024, 1, 8)
    reopen(register, actor, PERIOD, "Un texte à changer")
    assert Paragraph("Après") in make_bulletin(register, PERIOD, FR).blocks
