"""The gate of a service: it asks what the user may do before anything is read or written."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import ParamSpec, TypeVar

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.permissions import Permission, require

_P = ParamSpec("_P")
_R = TypeVar("_R")


def needs(permission: Permission) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Refuse a service to whom a permission lacks: its ``actor``, and who opened its ``register``.

    A method is given its register by its object. Both are asked: an actor handed over cannot do
    more than who is at the desk.

    Raises:
        UserError: ``not_allowed``.
    """

    def decorate(service: Callable[_P, _R]) -> Callable[_P, _R]:
        names = list(signature(service).parameters)

        @wraps(service)
        def asked(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            given = {**dict(zip(names, args, strict=False)), **kwargs}
            register = given.get("register") or getattr(given.get("self"), "_register", None)
            for actor in (given.get("actor"), getattr(register, "actor", None)):
                if isinstance(actor, Actor):
                    require(actor, permission)
            return service(*args, **kwargs)

        asked.__dict__["permission"] = permission
        return asked

    return decorate
