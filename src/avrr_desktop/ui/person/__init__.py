"""The page of a person: identity, household, timeline, figures and history."""
