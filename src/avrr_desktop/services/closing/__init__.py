"""Closing a semester, what it froze, and everything that differs from it since."""
