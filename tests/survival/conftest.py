"""The protected register of the access tests."""

from tests.access.conftest import clock, paths, protected, register

__all__ = ["clock", "paths", "protected", "register"]
