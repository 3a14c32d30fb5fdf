"""How a name sounds: French, Portuguese and English spellings of one name share a key.

Ouattara and Wattara, Diallo and Jalloh, Koné and Konneh, Mohamed and Mouhamadou come near each
other; what was typed is never changed.
"""

from __future__ import annotations

import re
from functools import lru_cache

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"ph", "f"),
        (r"ou(?=[aeiy])", "w"),
        (r"ou|oo|uu", "u"),
        (r"dj|di(?=[aeou])|dy(?=[aeou])|gi(?=[aeou])", "j"),
        (r"ti(?=[aeou])|thi(?=[aeou])|t?ch|sh", "x"),
        (r"qu|ck|c(?=[aou]|$)|q|kh", "k"),
        (r"(?<=[a-z])h|^h", ""),
        (r"ç|z|c(?=[eiy])", "s"),
        (r"y|ee|ie", "i"),
        (r"v", "w"),
        (r"[aeiou]+w?$", "a"),
        (r"o(?=u)|au|eau", "o"),
        (r"e", "i"),
        (r"o", "u"),
        (r"(.)\1+", r"\1"),
    )
)


_HEARD = 40  # letters: a word that goes on sounds like its beginning


def sound_of(word: str) -> str:
    """The key of one folded word; Arabic words and numbers are their own key."""
    return _sound_of(word[:_HEARD])


@lru_cache(maxsize=65_536)
def _sound_of(word: str) -> str:
    if not word.isascii() or not word.isalpha():
        return word
    key = word
    for pattern, replacement in _RULES:
        key = pattern.sub(replacement, key)
    return key
