"""The guardian of identities: what must hold of any figures before they are given out."""

from __future__ import annotations

from avrr_desktop.services.identities.checking import checks, require
from avrr_desktop.services.identities.guarding import Guarded, guarded_count
from avrr_desktop.services.identities.model import IDENTITIES, Bound, Check, Offence, identity_label
from avrr_desktop.services.identities.printed import Printed

__all__ = [
    "IDENTITIES",
    "Bound",
    "Check",
    "Guarded",
    "Offence",
    "Printed",
    "checks",
    "guarded_count",
    "identity_label",
    "require",
]
