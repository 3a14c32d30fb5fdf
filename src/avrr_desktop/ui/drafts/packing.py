"""A page's route and state as plain JSON, and back.

What JSON lacks stands as an object with one key, ``!``: the kind, and beside it the content.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Final

from avrr_desktop.core.errors import UserError
from avrr_desktop.ui.routes import FormOf, NewRegistration, Route

_KIND, _OF = "!", "of"
_ROUTES: Final = (FormOf, NewRegistration)
_TEXTS: Final[Mapping[str, Callable[[str], object]]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "Decimal": Decimal,
}
_GROUPS: Final[Mapping[str, Callable[[list[object]], object]]] = {
    "tuple": tuple,
    "frozenset": frozenset,
    "set": set,
}


@cache
def _classes() -> Mapping[str, Callable[..., object]]:
    """What may stand in a file; nothing else is ever made from one."""
    from avrr_desktop.ui.forms.child_table import LineState
    from avrr_desktop.ui.forms.difference import Choice
    from avrr_desktop.ui.forms.entry_page import EntryState
    from avrr_desktop.ui.forms.known_person import KnownState
    from avrr_desktop.ui.forms.record_body import BodyState
    from avrr_desktop.ui.forms.registration_body import RegistrationState

    known = (EntryState, BodyState, LineState, RegistrationState, KnownState, Choice, *_ROUTES)
    return {each.__name__: each for each in known}


def pack(route: Route, state: object) -> dict[str, object]:
    """Where one was, and what was typed there."""
    return {"route": _plain(route), "state": _plain(state)}


def unpack(page: Mapping[str, object]) -> tuple[Route, object]:
    """What ``pack`` was given.

    Raises:
        UserError: ``sealed_broken``: another version of the program wrote it, or nobody did.
    """
    try:
        route, state = _made(page["route"]), _made(page["state"])
    except (KeyError, ValueError, TypeError, ArithmeticError, RecursionError) as error:
        raise UserError("sealed_broken") from error
    if not isinstance(route, _ROUTES) or type(state).__name__ != "EntryState":
        raise UserError("sealed_broken")
    return route, state


def _plain(value: object) -> object:
    """JSON that says what it was."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | frozenset | set):
        plain = [_plain(each) for each in value]
        return plain if isinstance(value, list) else _marked(value, plain)
    if dataclasses.is_dataclass(value) and type(value).__name__ in _classes():
        fields = dataclasses.fields(value)
        return _marked(value, {each.name: _plain(getattr(value, each.name)) for each in fields})
    return _leaf(value)


def _leaf(value: object) -> object:
    """A value of a kind not foreseen is a bug: ``TypeError``."""
    if isinstance(value, date):
        return _marked(value, value.isoformat())
    if isinstance(value, Decimal):
        return _marked(value, str(value))
    if isinstance(value, str):  # a choice among words, or a word that a library made its own
        return _marked(value, str(value)) if type(value).__name__ in _classes() else str(value)
    if value is None or isinstance(value, int | float):
        return value
    raise TypeError(type(value).__name__)


def _marked(value: object, content: object) -> dict[str, object]:
    return {_KIND: type(value).__name__, _OF: content}


def _made(given: object) -> Any:
    if isinstance(given, list):
        return [_made(each) for each in given]
    if not isinstance(given, dict):
        return given
    if _KIND in given:
        return _of_kind(given[_KIND], given[_OF])
    return {key: _made(each) for key, each in given.items()}


def _of_kind(kind: str, content: Any) -> object:
    if kind in _TEXTS:
        return _TEXTS[kind](content)
    if kind in _GROUPS:
        return _GROUPS[kind]([_made(each) for each in content])
    made = _classes()[kind]
    if isinstance(content, dict):
        return made(**{name: _made(each) for name, each in content.items()})
    return made(content)
