"""What is said once a person is back from the bin and shares a document with somebody."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission, allows
from avrr_desktop.core.translation import tr
from avrr_desktop.services.shared_numbers import shared_numbers
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.person.words import plain_name
from avrr_desktop.ui.widgets.formats import ltr

_MOST: Final = 3  # documents named; a long list would not be read


def with_shared(context: Context, said: str, persons: Collection[str]) -> str:
    """``said``, and the documents of these persons that somebody else has too."""
    if not persons or not allows(context.actor, Permission.NAMES):
        return said
    try:
        found = shared_numbers(context.register, persons)
    except UserError:  # what was done is done, and is to be said
        return said
    told = [
        tr(
            "The document {number} is {name}'s too: the two files may be of one person.",
            number=ltr(one.number),
            name=plain_name(one.name),
        )
        for one in found[:_MOST]
    ]
    return " ".join((said, *told))
