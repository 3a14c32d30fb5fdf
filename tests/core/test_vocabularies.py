"""The shipped lists, their reading and their look-up."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from installer.countries import country_csv

from avrr_desktop.core.folding import fold
from avrr_desktop.core.labels import Label, Language
from avrr_desktop.core.vocabularies import (
    COLUMNS,
    Term,
    Vocabularies,
    VocabularyError,
    read_vocabularies,
)

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "vocabularies"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.csv")))
UPPER_CASE_CODES = {"country", "office", "currency"}
TAGS = {
    "fund": {"own_funds"},
    "vulnerability": {"unaccompanied"},
    "consent_purpose": {"partners", "statistics"},
    "resettlement_kind": {"resettlement"},
    "reintegration_kind": {"economic", "social", "psychosocial"},
}
HEADER = ",".join(COLUMNS)


@pytest.fixture(scope="module")
def shipped() -> Vocabularies:
    return Vocabularies(t for terms in read_vocabularies(FOLDER).values() for t in terms)


def _term(
    code: str,
    *,
    order: int = 1,
    active: bool = True,
    valid: tuple[date | None, date | None] = (None, None),
    tag: str | None = None,
    aliases: tuple[str, ...] = (),
) -> Term:
    label = Label(f"{code} fr", f"{code} ar", f"{code} en")
    return Term("list", code, label, order, active, *valid, tag, aliases)


def _written(folder: Path, text: str) -> Path:
    (folder / "colour.csv").write_text(text, encoding="utf-8")
    return folder


# The shipped lists


@pytest.mark.parametrize("name", NAMES)
def test_shipped_list_has_terms_in_their_order(shipped: Vocabularies, name: str) -> None:
    orders = [term.order for term in shipped.terms(name)]
    assert orders
    assert len(orders) == len(set(orders))
    assert shipped.active(name)


@pytest.mark.parametrize("name", NAMES)
def test_shipped_codes_are_well_formed(shipped: Vocabularies, name: str) -> None:
    shape = r"[A-Z]{2,3}" if name in UPPER_CASE_CODES else r"[a-z0-9]+(_[a-z0-9]+)*"
    assert [t.code for t in shipped.terms(name) if not re.fullmatch(shape, t.code)] == []


@pytest.mark.parametrize("name", NAMES)
def test_shipped_labels_are_in_their_script(shipped: Vocabularies, name: str) -> None:
    labels = [term.label for term in shipped.terms(name)]
    assert [label.fr for label in labels if "'" in label.fr + label.en] == []
    assert [label.en for label in labels if not re.search(r"[\u0621-\u064a]", label.ar)] == []
    latin = [label.fr for label in labels] + [label.en for label in labels]
    assert [text for text in latin if re.search(r"[\u0600-\u06ff]", text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_shipped_names_are_never_ambiguous(shipped: Vocabularies, name: str) -> None:
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for term in shipped.terms(name):
        label = term.label
        for text in (term.code, label.fr, label.ar, label.en, *term.aliases):
            codes[fold(text)].add(term.code)
    assert {text: found for text, found in codes.items() if len(found) > 1} == {}


def test_shipped_tags_are_those_that_counting_uses(shipped: Vocabularies) -> None:
    tags = {name: {t.tag for t in shipped.terms(name) if t.tag} for name in shipped.names}
    assert {name: found for name, found in tags.items() if found} == TAGS
    unaccompanied = shipped.codes_tagged("vulnerability", "unaccompanied")
    assert unaccompanied == {"unaccompanied_child", "separated_child"}
    assert shipped.codes_tagged("fund", "own_funds") == {"iom_morocco"}


def test_shipped_kinds_are_tagged_with_a_dimension(shipped: Vocabularies) -> None:
    dimensions = {term.code for term in shipped.terms("reintegration_dimension")}
    assert {term.tag for term in shipped.terms("reintegration_kind")} == dimensions


def test_shipped_tagged_terms_are_not_retired(shipped: Vocabularies) -> None:
    retired = [t for n in NAMES for t in shipped.terms(n) if t.tag and not t.is_active(None)]
    assert retired == []


def test_shipped_country_is_what_the_generator_writes() -> None:
    written = (FOLDER / "country.csv").read_text(encoding="utf-8")
    assert written == country_csv()


def test_shipped_countries_are_those_of_iso_3166(shipped: Vocabularies) -> None:
    assert len(shipped.terms("country")) == 249
    assert shipped.label("country", "CD", Language.FR) == "République démocratique du Congo"
    assert shipped.label("country", "CI", Language.FR) == "Côte d’Ivoire"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Guinée Conakry", "GN"),
        ("guinee-conakry", "GN"),
        ("Guinée", "GN"),
        ("GUINEE BISSAU", "GW"),
        ("Guinée équatoriale", "GQ"),
        ("Congo-Brazzaville", "CG"),
        ("congo brazzaville", "CG"),
        ("Congo", "CG"),
        ("CONGO", "CG"),
        ("République du Congo", "CG"),
        ("RDC", "CD"),
        ("RD Congo", "CD"),
        ("République Démocratique du Congo", "CD"),
        ("Cote d ivoire", "CI"),
        ("COTE D'IVOIRE", "CI"),
        ("Côte d`Ivoire", "CI"),
        ("gambie", "GM"),
        ("The Gambia", "GM"),
        ("Cameroon", "CM"),
        ("ساحل العاج", "CI"),
        ("غينيا", "GN"),
        ("sn", "SN"),
        ("Atlantide", None),
        ("", None),
    ],
)
def test_find_country_resolves_what_people_write(
    shipped: Vocabularies, text: str, code: str | None
) -> None:
    assert shipped.find("country", text) == code


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("office", "rba", "RBA"),
        ("assistance_kind", "Bon d'achat", "voucher"),
        ("contact_channel", "bouche a oreille", "word_of_mouth"),
        ("situation", "Demandeur d’asile", "asylum_seeker"),
        ("partner", "Fondation Orient-Occident", "fondation_orient_occident"),
        ("language", "Peul", "pular"),
        ("sex", "f", "woman"),
    ],
)
def test_find_term_resolves_codes_labels_and_aliases(
    shipped: Vocabularies, name: str, text: str, code: str
) -> None:
    assert shipped.find(name, text) == code


# Reading


def test_read_gives_the_terms_of_each_file(tmp_path: Path) -> None:
    line = "red,Rouge,أحمر,Red,10,0,2020-01-01,2021-12-31,warm,Vermeil | Carmin"
    folder = _written(tmp_path, f"\ufeff{HEADER}\n{line}\n\n")
    label = Label("Rouge", "أحمر", "Red")
    days = (date(2020, 1, 1), date(2021, 12, 31))
    term = Term("colour", "red", label, 10, False, *days, "warm", ("Vermeil", "Carmin"))
    assert read_vocabularies(folder) == {"colour": (term,)}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("red,Rouge,أحمر,Red,10,1,,,,", "repeated code red"),
        ("blue,,أزرق,Blue,10,1,,,,", "empty label of blue"),
        ("blue,Bleu, ,Blue,10,1,,,,", "empty label of blue"),
        (",Bleu,أزرق,Blue,10,1,,,,", "code ''"),
        ("blue,Bleu,أزرق,Blue,10,yes,,,,", "active is 'yes'"),
        ("blue,Bleu,أزرق,Blue,ten,1,,,,", "ten"),
        ("blue,Bleu,أزرق,Blue,10,1,31/12/2020,,,", "31/12/2020"),
        ("blue,Bleu,أزرق,Blue", "4 values for 10 columns"),
    ],
)
def test_read_refuses_a_bad_line(tmp_path: Path, line: str, problem: str) -> None:
    folder = _written(tmp_path, f"{HEADER}\nred,Rouge,أحمر,Red,10,1,,,,\n{line}\n")
    with pytest.raises(VocabularyError, match=r"colour\.csv, line 3: ") as caught:
        read_vocabularies(folder)
    assert problem in caught.value.problem
    assert (caught.value.path.name, caught.value.line) == ("colour.csv", 3)


@pytest.mark.parametrize("text", ["", "code,fr,ar,en,order,active,valid_from,valid_to,aliases\n"])
def test_read_refuses_a_missing_column(tmp_path: Path, text: str) -> None:
    with pytest.raises(VocabularyError, match=r"colour\.csv, line 1: missing column .*tag"):
        read_vocabularies(_written(tmp_path, text))


def test_read_refuses_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "colour.csv").write_bytes(f"{HEADER}\né".encode("cp1252"))
    with pytest.raises(VocabularyError, match="UTF-8"):
        read_vocabularies(tmp_path)


# Look-up


def test_terms_come_by_order_then_code() -> None:
    lists = Vocabularies([_term("c"), _term("a", order=2), _term("b")])
    assert [term.code for term in lists.terms("list")] == ["b", "c", "a"]
    assert lists.names == ("list",)


def test_unknown_vocabulary_has_no_terms() -> None:
    lists = Vocabularies([])
    assert lists.terms("list") == ()
    assert lists.active("list") == ()
    assert lists.get("list", "a") is None
    assert lists.find("list", "a") is None
    assert lists.codes_tagged("list", "tag") == frozenset()


def test_active_leaves_out_retired_and_out_of_date_terms() -> None:
    first, last = date(2023, 1, 1), date(2023, 6, 30)
    terms = [_term("a"), _term("b", active=False), _term("c", valid=(first, last))]
    lists = Vocabularies(terms)
    codes = {
        day: [term.code for term in lists.active("list", day)]
        for day in (None, first, last, date(2022, 12, 31), date(2023, 7, 1))
    }
    assert list(codes.values()) == [["a", "c"], ["a", "c"], ["a", "c"], ["a"], ["a"]]


def test_label_of_an_unknown_code_is_the_code() -> None:
    lists = Vocabularies([_term("a")])
    assert lists.label("list", "a", Language.EN) == "a en"
    assert lists.label("list", "b", Language.EN) == "b"


def test_find_prefers_code_to_label_to_alias() -> None:
    terms = [_term("a", aliases=("b", "c fr", "d")), _term("b"), _term("c")]
    lists = Vocabularies(terms)
    assert [lists.find("list", text) for text in ("B", "C-fr", "d")] == ["b", "c", "a"]


def test_find_refuses_an_ambiguous_alias() -> None:
    lists = Vocabularies([_term("a", aliases=("x",)), _term("b", aliases=("X",))])
    assert lists.find("list", "x") is None


def test_codes_tagged_keeps_retired_terms() -> None:
    lists = Vocabularies([_term("a", tag="t"), _term("b", tag="t", active=False), _term("c")])
    assert lists.codes_tagged("list", "t") == {"a", "b"}


def test_vocabularies_refuse_a_repeated_code() -> None:
    with pytest.raises(ValueError, match="repeats"):
        Vocabularies([_term("a"), _term("a")])
