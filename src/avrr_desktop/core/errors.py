"""What can go wrong in a way the user can mend, and what a check found."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class UserError(Exception):
    """A fault the user can mend: a code that ``services.messages`` words, with its values.

    Values may be shown to the user; they are never logged.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Severity(StrEnum):
    """How a finding stops a save."""

    ERROR = "error"  # must be mended
    CONFIRM = "confirm"  # unlikely: saved once confirmed with a reason


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a form or of a line, beside its field.

    ``field`` is empty for the whole record. ``child`` and ``row`` locate a line of a child table.
    """

    field: str
    code: str
    severity: Severity = Severity.ERROR
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)
    child: str = ""
    row: int = -1

    @property
    def place(self) -> tuple[str, int, str, str]:
        """What a confirmation names: child, row, field and code."""
        return (self.child, self.row, self.field, self.code)


class Refused(UserError):
    """A record that may not be saved as it stands; carries every finding.

    ``draft`` is its place among the drafts of one save.
    """

    def __init__(self, findings: tuple[Finding, ...], draft: int = 0) -> None:
        super().__init__("refused", draft=draft)
        self.draft = draft
        self.findings = findings
