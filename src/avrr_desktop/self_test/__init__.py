"""The installed program tests itself: every part it needs is there and works, or is named."""

from avrr_desktop.self_test.running import run_self_test

__all__ = ["run_self_test"]
