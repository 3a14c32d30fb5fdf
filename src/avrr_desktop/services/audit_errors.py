"""What the journal refuses, for each code of an error."""

from __future__ import annotations

from collections.abc import Mapping

from avrr_desktop.services.said_values import Wording

AUDIT_ERRORS: Mapping[str, Wording] = {
    "payload_erased": lambda say, of: say.tr(
        "What the journal held of it was erased on {day}, when its time of keeping was over:"
        " nothing can be built on it any more.",
        day=of.day("on"),
    ),
    "past_erased": lambda say, of: say.tr(
        "Values known at that moment were erased on {day}, when their time of keeping was over:"
        " the register cannot be shown as it was then.",
        day=of.day("on"),
    ),
    "value_gone": lambda say, _: say.tr(
        "This value cannot be restored: its record is not in the register any more."
    ),
}
