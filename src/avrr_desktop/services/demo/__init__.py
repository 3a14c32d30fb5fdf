"""The demonstration register: invented people whose figures are those of a published bulletin."""

from __future__ import annotations

from avrr_desktop.services.demo.write import word_written, write_demo

__all__ = ["word_written", "write_demo"]
