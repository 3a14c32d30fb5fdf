"""Closing a semester, and what differs from it since."""
