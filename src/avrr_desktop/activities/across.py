"""What concerns several activities at once: the cohort, the delay, the first figures shown."""

from __future__ import annotations

from typing import Final

# Rule 6: persons of the first section's figure who later appear in the second.
COHORT_FROM: Final = "registrations"
COHORT_TO: Final = "returns_from_morocco"

# The delay of an event is counted from the person's latest event of this section.
DELAY_FROM: Final = "registrations"

# The figures shown first when the program starts.
HEADLINE: Final = ("registrations", "returns_from_morocco", "direct_assistance")
