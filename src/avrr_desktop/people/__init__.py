"""Records that are not activities: persons, cases, their papers and consents."""
