"""Languages and labels: what a thing is called in French, Arabic and English."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """The three languages of the program; French is the first."""

    FR = "fr"
    AR = "ar"
    EN = "en"

    @property
    def is_rtl(self) -> bool:
        """Whether the language is written from right to left."""
        return self is Language.AR


@dataclass(frozen=True, slots=True)
class Label:
    """A name of the domain, in the three languages; never empty."""

    fr: str
    ar: str
    en: str

    def __post_init__(self) -> None:
        if not (self.fr and self.ar and self.en):
            raise ValueError(f"label without one of its three languages: {self.fr or self.en!r}")

    def text(self, language: Language) -> str:
        """The label in ``language``."""
        if language is Language.AR:
            return self.ar
        return self.fr if language is Language.FR else self.en
