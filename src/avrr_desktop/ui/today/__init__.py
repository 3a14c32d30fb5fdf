"""The day's work list."""
