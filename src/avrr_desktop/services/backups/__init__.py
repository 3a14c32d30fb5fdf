"""Copies of the register: made without thinking, restored without fear."""

from avrr_desktop.services.backups.copies import Backup, Reason, backups
from avrr_desktop.services.backups.making import make_backup

__all__ = ["Backup", "Reason", "backups", "make_backup"]
