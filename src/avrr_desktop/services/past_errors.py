"""What is wrong with a moment asked of the time machine, for each code of an error."""

from __future__ import annotations

from collections.abc import Mapping

from avrr_desktop.services.said_values import Wording

PAST_ERRORS: Mapping[str, Wording] = {
    "bad_moment": lambda say, of: say.tr(
        "“{text}” is not a moment. Type 2023-07-15T10:00, or 2023-07-15 for the end of that day.",
        text=of.text("text"),
    ),
    "future_moment": lambda say, _: say.tr(
        "This moment lies in the future: nothing is known of it yet."
    ),
    "moment_before_register": lambda say, of: say.tr(
        "The register began on {day}: nothing was known before.", day=of.day("day")
    ),
}
