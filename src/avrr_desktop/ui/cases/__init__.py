"""The page of a case: members, dates and events."""
