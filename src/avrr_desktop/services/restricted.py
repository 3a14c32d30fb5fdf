"""Notes whose reading is restricted: withheld from who may not read them, kept when they save.

Who may not read a note may still write one on a new record, and cannot change what is there.
"""

from __future__ import annotations

from dataclasses import replace

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.actors import Actor
from avrr_desktop.core.permissions import Permission, allows
from avrr_desktop.people.base import fields_of
from avrr_desktop.services.drafts import Draft, Stored


def restricted_fields(record: str) -> frozenset[str]:
    """Names of the fields of a record whose reading is restricted."""
    fields = fields_of(RECORD_BY_KEY[record].model)
    return frozenset(field.name for field in fields if field.spec.restricted)


def withheld_from(actor: Actor, record: str) -> frozenset[str]:
    """The fields of a record that somebody may not read."""
    return frozenset() if allows(actor, Permission.RESTRICTED) else restricted_fields(record)


def shown_to(actor: Actor, stored: Stored) -> Stored:
    """A record without what somebody may not read."""
    hidden = withheld_from(actor, stored.record) & stored.values.keys()
    if not hidden:
        return stored
    values = {name: None if name in hidden else kept for name, kept in stored.values.items()}
    return replace(stored, values=values, withheld=hidden)


def written_by(actor: Actor, draft: Draft) -> Draft:
    """A draft without what somebody cannot have read: the stored note stays."""
    hidden = withheld_from(actor, draft.record) if draft.id else frozenset()
    if not hidden & draft.values.keys():
        return draft
    values = {name: value for name, value in draft.values.items() if name not in hidden}
    return replace(draft, values=values)
