"""Vocabularies: the lists of terms, read from their CSV files and looked up in memory."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Final

from avrr_desktop.core.folding import fold
from avrr_desktop.core.labels import Label, Language

COLUMNS: Final = (
    *("code", "fr", "ar", "en", "order", "active"),
    *("valid_from", "valid_to", "tag", "aliases"),
)

_CODE: Final = re.compile(r"[A-Za-z0-9_]+")
_FLAGS: Final = {"1": True, "0": False}


class VocabularyError(ValueError):
    """A vocabulary file that cannot be used; says which file, which line and why."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path.name}, line {line}: {problem}")
        self.path = path
        self.line = line
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a vocabulary. A term with a tag may be renamed, never retired."""

    vocabulary: str
    code: str
    label: Label
    order: int
    active: bool
    valid_from: date | None
    valid_to: date | None
    tag: str | None
    aliases: tuple[str, ...]

    def is_active(self, on: date | None) -> bool:
        """Whether the term may be chosen on a day, both ends included; ``None``: on any day."""
        if not self.active or on is None:
            return self.active
        started = self.valid_from is None or self.valid_from <= on
        return started and (self.valid_to is None or on <= self.valid_to)


def read_vocabularies(folder: Path) -> Mapping[str, tuple[Term, ...]]:
    """Every ``<vocabulary>.csv`` of ``folder``, its terms in the order of the file.

    Raises ``VocabularyError`` when a column is missing, a code repeats, a label is empty or a
    value cannot be read.
    """
    return {path.stem: _read(path) for path in sorted(folder.glob("*.csv"))}


def _read(path: Path) -> tuple[Term, ...]:
    try:
        return tuple(_read_terms(path))
    except (UnicodeDecodeError, csv.Error) as error:
        raise VocabularyError(path, 1, "not a CSV file in UTF-8") from error


def _read_terms(path: Path) -> Iterator[Term]:
    codes: set[str] = set()
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        missing = [column for column in COLUMNS if column not in header]
        if missing:
            raise VocabularyError(path, 1, f"missing column {', '.join(missing)}")
        pick = itemgetter(*(header.index(column) for column in COLUMNS))
        for row in reader:
            if not row:
                continue
            if len(row) != len(header):
                problem = f"{len(row)} values for {len(header)} columns"
                raise VocabularyError(path, reader.line_num, problem)
            try:
                term = _term(path.stem, pick(row))
            except ValueError as error:
                raise VocabularyError(path, reader.line_num, str(error)) from error
            if term.code in codes:
                raise VocabularyError(path, reader.line_num, f"repeated code {term.code}")
            codes.add(term.code)
            yield term


def _term(vocabulary: str, values: tuple[str, ...]) -> Term:
    code, fr, ar, en, order, active, valid_from, valid_to, tag, aliases = map(str.strip, values)
    if not _CODE.fullmatch(code):
        raise ValueError(f"code {code!r} is not letters, digits and underscores")
    if not (fr and ar and en):
        raise ValueError(f"empty label of {code}")
    if active not in _FLAGS:
        raise ValueError(f"active is {active!r}, neither 0 nor 1")
    return Term(
        vocabulary=vocabulary,
        code=code,
        label=Label(fr, ar, en),
        order=int(order),
        active=_FLAGS[active],
        valid_from=date.fromisoformat(valid_from) if valid_from else None,
        valid_to=date.fromisoformat(valid_to) if valid_to else None,
        tag=tag or None,
        aliases=split_aliases(aliases),
    )


def split_aliases(text: str) -> tuple[str, ...]:
    """The aliases of a term, kept in one text with a bar between them."""
    return tuple(alias for part in text.split("|") if (alias := part.strip()))


class Vocabularies:
    """An immutable view of terms; an unknown vocabulary has no terms."""

    __slots__ = ("_by_code", "_codes_by_text", "_terms")

    def __init__(self, terms: Iterable[Term]) -> None:
        groups: defaultdict[str, list[Term]] = defaultdict(list)
        for term in terms:
            groups[term.vocabulary].append(term)
        self._terms = MappingProxyType(
            {name: tuple(sorted(group, key=_rank)) for name, group in groups.items()}
        )
        self._by_code = {(t.vocabulary, t.code): t for group in groups.values() for t in group}
        if len(self._by_code) != sum(map(len, groups.values())):
            raise ValueError("a code repeats within a vocabulary")
        self._codes_by_text: dict[str, Mapping[str, str]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the vocabularies, sorted."""
        return tuple(sorted(self._terms))

    def terms(self, name: str) -> tuple[Term, ...]:
        """All terms, retired ones too, by order then code."""
        return self._terms.get(name, ())

    def active(self, name: str, on: date | None = None) -> tuple[Term, ...]:
        """The terms that may be chosen on a day; without a day, all that are not retired."""
        return tuple(term for term in self.terms(name) if term.is_active(on))

    def get(self, name: str, code: str) -> Term | None:
        """The term of a code, retired or not."""
        return self._by_code.get((name, code))

    def label(self, name: str, code: str, language: Language) -> str:
        """The label of a code, or the code itself when no term has it."""
        term = self.get(name, code)
        return code if term is None else term.label.text(language)

    def codes_tagged(self, name: str, tag: str) -> frozenset[str]:
        """The codes whose term has ``tag``, retired ones too."""
        return frozenset(term.code for term in self.terms(name) if term.tag == tag)

    def find(self, name: str, text: str) -> str | None:
        """The code that ``text`` names: a code, else a label, else an alias, all folded.

        ``None`` when nothing has that name or, at the first of these that answers, two terms do.
        """
        index = self._codes_by_text.get(name)
        if index is None:
            # Built when first asked for: most vocabularies are never searched by text.
            index = self._codes_by_text[name] = _index(self.terms(name))
        return index.get(fold(text)) or None


def _rank(term: Term) -> tuple[int, str]:
    return term.order, term.code


def _index(terms: tuple[Term, ...]) -> Mapping[str, str]:
    """Folded text to code; an ambiguous text maps to an empty code."""
    index: dict[str, str] = {}
    for level in (_codes, _labels, _aliases):
        found: dict[str, str] = {}
        for term in terms:
            for text in level(term):
                folded = fold(text)
                found[folded] = term.code if found.get(folded, term.code) == term.code else ""
        index = found | index
    index.pop("", None)
    return index


def _codes(term: Term) -> tuple[str, ...]:
    return (term.code,)


def _labels(term: Term) -> tuple[str, ...]:
    return (term.label.fr, term.label.ar, term.label.en)


def _aliases(term: Term) -> tuple[str, ...]:
    return term.aliases
