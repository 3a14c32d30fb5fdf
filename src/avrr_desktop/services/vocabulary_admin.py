"""The administrator's changes to the lists: codes are given once, never deleted or reused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection, insert, update

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.folding import fold
from avrr_desktop.core.labels import Label, Language
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.vocabularies import Term
from avrr_desktop.db.tables import TERM
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.register import SECTION_LIST, Register, term_row
from avrr_desktop.services.vocabulary_names import is_closed

_CODE = re.compile(r"[A-Za-z0-9_]{1,60}")
_NOT_CODE = re.compile(r"[^a-z0-9]+")
_LONGEST_LABEL = 200
_STEP = 10  # between the places of two terms, as in the shipped files


@needs(Permission.FIGURES)
def editable_lists(register: Register) -> tuple[str, ...]:
    """The lists kept in the register."""
    return tuple(name for name in register.vocabularies.names if name != SECTION_LIST)


@needs(Permission.FIGURES)
def proposed_code(register: Register, vocabulary: str, english: str) -> str:
    """A free code made from the English label; empty when the label gives none."""
    base = _NOT_CODE.sub("_", fold(english)).strip("_")[:56]
    if not base:
        return ""
    taken = {term.code.lower() for term in register.vocabularies.terms(vocabulary)}
    if base not in taken:
        return base
    return next(code for n in range(2, len(taken) + 3) if (code := f"{base}_{n}") not in taken)


@needs(Permission.LISTS)
def add_term(register: Register, actor: Actor, vocabulary: str, code: str, label: Label) -> None:
    """Add a term at the end of a list.

    Raises:
        UserError: ``closed_list``, ``bad_code``, ``code_taken``, ``label_taken``, ``empty_label``,
            ``label_too_long``, ``not_allowed``, or a failure of the disk.
    """
    terms = register.vocabularies.terms(vocabulary)
    if is_closed(vocabulary):
        raise UserError("closed_list")
    if not _CODE.fullmatch(code):
        raise UserError("bad_code", term=code)
    if any(term.code.lower() == code.lower() for term in terms):
        raise UserError("code_taken", term=code)
    _require_new_label(terms, label)
    last = max((term.order for term in terms), default=0)
    term = Term(vocabulary, code, _checked(label), last + _STEP, True, None, None, None, ())

    def change(connection: Connection, journal: Journal) -> None:
        connection.execute(insert(TERM), [term_row(term)])
        journal.note(TERM.name, f"{vocabulary}/{code}", None, _image(term))

    _apply(register, actor, change)


@needs(Permission.LISTS)
def rename_term(register: Register, actor: Actor, vocabulary: str, code: str, label: Label) -> None:
    """Give a term other labels.

    Raises:
        UserError: ``no_such_term``, ``label_taken``, ``empty_label``, ``label_too_long``,
            ``not_allowed``, or a failure of the disk.
    """
    term = _term(register, vocabulary, code)
    others = [other for other in register.vocabularies.terms(vocabulary) if other.code != code]
    _require_new_label(others, label)
    _write(register, actor, {term: replace(term, label=_checked(label))})


def _require_new_label(others: Iterable[Term], label: Label) -> None:
    """Two terms that read alike would share one thing's figures, and an import could not choose."""
    for language in Language:
        wanted = fold(label.text(language))
        for other in others:
            if wanted and fold(other.label.text(language)) == wanted:
                raise UserError("label_taken", term=label.text(language), other=other.code)


@needs(Permission.LISTS)
def retire_term(register: Register, actor: Actor, vocabulary: str, code: str) -> None:
    """Offer a term no more; records that hold it keep it.

    Raises:
        UserError: ``no_such_term``, ``closed_list``, ``tagged_term``, ``not_allowed``,
            or a failure of the disk.
    """
    term = _term(register, vocabulary, code)
    if is_closed(vocabulary):
        raise UserError("closed_list")
    if term.tag:
        raise UserError("tagged_term", tag=term.tag)
    _write(register, actor, {term: replace(term, active=False)})


@needs(Permission.LISTS)
def reactivate_term(register: Register, actor: Actor, vocabulary: str, code: str) -> None:
    """Offer a retired term again.

    Raises:
        UserError: ``no_such_term``, ``not_allowed``, or a failure of the disk.
    """
    term = _term(register, vocabulary, code)
    _write(register, actor, {term: replace(term, active=True)})


@needs(Permission.LISTS)
def move_term(register: Register, actor: Actor, vocabulary: str, code: str, steps: int) -> None:
    """Move a term ``steps`` places down its list (up when negative), as far as its ends.

    Raises:
        UserError: ``no_such_term``, ``not_allowed``, or a failure of the disk.
    """
    term = _term(register, vocabulary, code)
    order = list(register.vocabularies.terms(vocabulary))
    here = order.index(term)
    there = min(max(here + steps, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    moved = {
        old: replace(old, order=place * _STEP)
        for place, old in enumerate(order, start=1)
        if old.order != place * _STEP
    }
    if here != there:
        _write(register, actor, moved)


def _term(register: Register, vocabulary: str, code: str) -> Term:
    term = register.vocabularies.get(vocabulary, code)
    if term is None or vocabulary == SECTION_LIST:
        raise UserError("no_such_term", term=code)
    return term


def _checked(label: Label) -> Label:
    texts = [" ".join(text.split()) for text in (label.fr, label.ar, label.en)]
    if not all(texts):
        raise UserError("empty_label")
    if any(len(text) > _LONGEST_LABEL for text in texts):
        raise UserError("label_too_long", most=_LONGEST_LABEL)
    return Label(*texts)


def checked_label(fr: str, ar: str, en: str) -> Label:
    """The three labels of a term, without needless spaces.

    Raises:
        UserError: ``empty_label``, ``label_too_long``.
    """
    if not (fr.strip() and ar.strip() and en.strip()):
        raise UserError("empty_label")
    return _checked(Label(fr, ar, en))


def _write(register: Register, actor: Actor, changed: Mapping[Term, Term]) -> None:
    def change(connection: Connection, journal: Journal) -> None:
        for before, after in changed.items():
            if before == after:
                continue
            row = term_row(after)
            same = (TERM.c.vocabulary == after.vocabulary, TERM.c.code == after.code)
            connection.execute(update(TERM).where(*same).values(row))
            name = f"{after.vocabulary}/{after.code}"
            journal.note(TERM.name, name, _image(before), _image(after))

    _apply(register, actor, change)


def _apply(register: Register, actor: Actor, change: Callable[[Connection, Journal], None]) -> None:
    """One transaction with its lines in the journal, then the lists read again."""
    with register.database.writing() as connection:
        journal = Journal(connection, actor, register.clock, action="list")
        change(connection, journal)
        journal.write()
    register.reload_vocabularies()


def _image(term: Term) -> dict[str, object]:
    """A term as the journal keeps it."""
    row = term_row(term)
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in row.items()
        if value is not None
    }
