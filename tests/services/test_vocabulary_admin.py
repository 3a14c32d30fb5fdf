from collections.abc import Callable

import pytest
from sqlalchemy import select

from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Label, Language
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.services import vocabulary_admin as admin
from avrr_desktop.services.register import Register, open_register
from avrr_desktop.services.vocabulary_names import is_closed, list_label

LABEL = Label("Radio", "راديو", "Radio")
LIST = "contact_channel"


def codes(register: Register, vocabulary: str = LIST) -> list[str]:
    return [term.code for term in register.vocabularies.terms(vocabulary)]


def actions(register: Register) -> list[tuple[str, str]]:
    with register.database.reading() as connection:
        rows = connection.execute(select(CHANGE.c.action, CHANGE.c.record_id))
        return [tuple(row) for row in rows]


def test_added_term_stands_last_and_is_journalled(register: Register, actor: Actor) -> None:
    admin.add_term(register, actor, LIST, "radio", LABEL)
    assert codes(register)[-1] == "radio"
    assert register.vocabularies.label(LIST, "radio", Language.AR) == "راديو"
    assert actions(register) == [("list", f"{LIST}/radio")]


def test_what_the_office_changed_outlives_a_restart(register: Register, actor: Actor) -> None:
    admin.add_term(register, actor, LIST, "radio", LABEL)
    first = codes(register)[0]
    admin.rename_term(register, actor, LIST, first, Label("Autre nom", "اسم آخر", "Other name"))
    again = open_register(register.paths, register.clock)
    try:
        assert again.vocabularies.label(LIST, first, Language.FR) == "Autre nom"
        assert "radio" in codes(again)
    finally:
        again.close()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda r, a: admin.add_term(r, a, LIST, "Word_Of_Mouth", LABEL), "code_taken"),
        (lambda r, a: admin.add_term(r, a, LIST, "a b", LABEL), "bad_code"),
        (
            lambda r, a: admin.add_term(r, a, LIST, "x", Label("bouche à  oreille", "س", "X")),
            "label_taken",
        ),
        (lambda r, a: admin.add_term(r, a, LIST, "radio", Label("x", " ", "x")), "empty_label"),
        (
            lambda r, a: admin.add_term(r, a, LIST, "r", Label("x" * 201, "x", "x")),
            "label_too_long",
        ),
        (lambda r, a: admin.add_term(r, a, "sex", "radio", LABEL), "closed_list"),
        (lambda r, a: admin.retire_term(r, a, "sex", "man"), "closed_list"),
        (lambda r, a: admin.retire_term(r, a, "fund", "iom_morocco"), "tagged_term"),
        (lambda r, a: admin.rename_term(r, a, LIST, "nothing", LABEL), "no_such_term"),
        (lambda r, a: admin.rename_term(r, a, "section", "requests", LABEL), "no_such_term"),
        (
            lambda r, a: admin.add_term(r, Actor(a.id, a.name, Role.CASEWORKER), LIST, "x", LABEL),
            "not_allowed",
        ),
    ],
)
def test_change_that_may_not_be_is_refused(
    register: Register, actor: Actor, change: Callable[[Register, Actor], None], code: str
) -> None:
    with pytest.raises(UserError) as refused:
        change(register, actor)
    assert refused.value.code == code
    assert actions(register) == []


def test_tagged_term_may_be_renamed(register: Register, actor: Actor) -> None:
    admin.rename_term(register, actor, "fund", "iom_morocco", LABEL)
    term = register.vocabularies.get("fund", "iom_morocco")
    assert term is not None
    assert (term.label, term.tag) == (LABEL, "own_funds")


def test_retired_term_is_offered_no_more_and_keeps_its_label(
    register: Register, actor: Actor
) -> None:
    code = codes(register)[0]
    label = register.vocabularies.label(LIST, code, Language.FR)
    admin.retire_term(register, actor, LIST, code)
    assert code not in [term.code for term in register.vocabularies.active(LIST)]
    assert register.vocabularies.label(LIST, code, Language.FR) == label
    admin.reactivate_term(register, actor, LIST, code)
    assert code in [term.code for term in register.vocabularies.active(LIST)]


@pytest.mark.parametrize(("steps", "place"), [(1, 1), (2, 2), (-1, 0), (99, -1)])
def test_term_moves_within_its_list(
    register: Register, actor: Actor, steps: int, place: int
) -> None:
    code = codes(register)[0]
    admin.move_term(register, actor, LIST, code, steps)
    assert codes(register)[place] == code


@pytest.mark.parametrize(
    ("english", "code"),
    [("Local radio", "local_radio"), ("Word of mouth", "word_of_mouth_2"), ("راديو", "")],
)
def test_code_is_proposed_from_the_english_label(
    register: Register, english: str, code: str
) -> None:
    assert admin.proposed_code(register, LIST, english) == code


def test_every_list_has_a_name(register: Register) -> None:
    names = admin.editable_lists(register)
    assert "section" not in names
    labels = [list_label(name) for name in names]
    for texts in zip(*((label.fr, label.ar, label.en) for label in labels), strict=True):
        assert len(set(texts)) == len(names)
        assert not set(texts) & set(names)


@pytest.mark.parametrize(
    ("vocabulary", "closed"), [("return_state", True), ("group", True), ("partner", False)]
)
def test_lists_of_the_rules_are_closed(vocabulary: str, closed: bool) -> None:
    assert is_closed(vocabulary) is closed
