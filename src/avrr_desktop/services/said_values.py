"""Dates, numbers and names as sentences quote them, in any of the three languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from avrr_desktop.core.harmless import harmless_line
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Label
from avrr_desktop.core.specs import Record
from avrr_desktop.core.translation import Translator
from avrr_desktop.people.base import fields_of

_THIN_SPACE = "\u202f"
_ISOLATE_START, _ISOLATE_END = "\u2066", "\u2069"


class Said:
    """The values of a finding or an error, read safely: a missing one is an empty text."""

    def __init__(
        self,
        say: Translator,
        values: Mapping[str, object],
        record: Record | None = None,
        field: str = "",
    ) -> None:
        self._say = say
        self._values = values
        self._record = record
        self._field = field

    def text(self, name: str) -> str:
        """A value as it is, kept left to right in an Arabic sentence."""
        value = self._values.get(name)
        return "" if value is None else self._isolated(str(value))

    def code(self, name: str) -> str:
        """A value that names something else or is only asked about, not to be shown."""
        return str(self._values.get(name) or "")

    def day(self, name: str) -> str:
        """A date as dd/mm/yyyy."""
        value = self._values.get(name)
        return self._isolated(f"{value:%d/%m/%Y}") if isinstance(value, date) else ""

    def count(self, name: str) -> int:
        """A whole number, for a sentence that agrees with it."""
        value = self._values.get(name)
        return value if isinstance(value, int) else 0

    def number(self, name: str) -> str:
        """A number with its thousands apart, and the unit of its field when it has one."""
        value = self._values.get(name)
        if not isinstance(value, int | float):
            return ""
        whole = value == int(value)
        grouped = f"{int(value):,}" if whole else f"{value:,.2f}"
        text = grouped.replace(",", _THIN_SPACE).replace(".", ",")
        unit = self._unit()
        return self._isolated(text) + (f"\u00a0{unit}" if unit else "")

    def field(self, name: str) -> str:
        """The label of the field that a value names."""
        return self._label_of(str(self._values.get(name) or ""))

    def label(self, label: Label) -> str:
        """A domain label in the language of the sentence."""
        return label.text(self._say.language)

    def _label_of(self, field: str) -> str:
        for declared in fields_of(self._record.model) if self._record else ():
            if declared.name == field:
                return self.label(declared.spec.label)
        return field

    def _unit(self) -> str:
        for declared in fields_of(self._record.model) if self._record else ():
            if declared.name == self._field and declared.spec.kind in _WITH_UNIT:
                return self.label(declared.spec.unit) if declared.spec.unit else ""
        return ""

    def _isolated(self, text: str) -> str:
        is_rtl, text = self._say.language.is_rtl, harmless_line(text)
        return f"{_ISOLATE_START}{text}{_ISOLATE_END}" if is_rtl and text else text


_WITH_UNIT = frozenset({Kind.INTEGER, Kind.AMOUNT})

Wording = Callable[[Translator, Said], str]
