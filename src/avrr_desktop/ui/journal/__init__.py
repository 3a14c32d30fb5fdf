"""The page of the change journal."""
