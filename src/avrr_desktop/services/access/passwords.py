"""What a password must be: long, and not the name it goes with (after NIST SP 800-63B)."""

from __future__ import annotations

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.folding import fold

SHORTEST = 10  # signs
_LONGEST = 1024
_NAME = 3  # signs of a name worth looking for
_DIGITS = "0123456789" * 2
_VARIED = 5  # different signs
_TAIL = 6  # signs that may follow a name


def check_password(password: str, *names: str) -> None:
    """Refuse what is guessed first.

    Raises:
        UserError: ``password_short``, ``password_long``, ``password_plain``, ``password_is_name``.
    """
    if len(password) < SHORTEST:
        raise UserError("password_short", shortest=SHORTEST)
    if len(password) > _LONGEST:
        raise UserError("password_long", longest=_LONGEST)
    if len(set(password)) < _VARIED or password in _DIGITS:
        raise UserError("password_plain")
    folded = fold(password).replace(" ", "")
    for name in names:
        kept = fold(name).replace(" ", "")
        # "amina2024!" is Amina's name with a tail.
        if len(kept) >= _NAME and kept in folded and len(folded) - len(kept) < _TAIL:
            raise UserError("password_is_name")
