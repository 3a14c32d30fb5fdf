"""Translations of the program: ``update``, ``compile`` and ``check`` its catalogues.

Usage: ``python installer/translations.py update|compile|check``
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

_ROOT = Path(__file__).resolve().parents[1]
_SOURCES = _ROOT / "src" / "avrr_desktop"
_CATALOGUES = _ROOT / "resources" / "i18n"

# Calls whose text is a sentence: tr(...), translator.tr(...), ntr(one, many, n), N_(...) for later.
_KEYWORDS: dict[str, tuple[int, ...] | None] = {"tr": None, "ntr": (1, 2), "N_": None}
_PLURAL_FORMS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
        "n%100>=11 ? 4 : 5);"
    ),
}
# Babel dates a catalogue that has no date by the clock: two builds would differ.
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_PLACEHOLDER = re.compile(r"\{(\w+)[^{}]*\}")
# French sets a no-break space there; a plain one lets the sign fall to the next line.
_LOOSE_SIGN = re.compile(r" [?!;:»]|« ")
_STRAIGHT = re.compile(r"\w'[\w{«]")


def _file(language: str) -> Path:
    return _CATALOGUES / language / "LC_MESSAGES" / "avrr.po"


def _header(language: str) -> str:
    lines = (
        "Project-Id-Version: avrr-desktop",
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {_PLURAL_FORMS[language]}",
    )
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines)


def _extracted(language: str) -> Catalog:
    """The sentences that stand in the sources now, untranslated."""
    template = Catalog(locale=language)
    found = extract_from_dir(
        _SOURCES,
        method_map=[("**.py", "python")],
        keywords=_KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    )
    for _name, _line, message, comments, _context in found:
        template.add(message, auto_comments=comments)
    return template


def _read(language: str) -> Catalog:
    path = _file(language)
    source = path.read_bytes() if path.exists() else _header(language).encode()
    return read_po(BytesIO(source), locale=language)


def _merged(language: str) -> str:
    """The catalogue's text after the sources' sentences were merged into it."""
    catalogue = _read(language)
    catalogue.update(_extracted(language), no_fuzzy_matching=True)
    body = BytesIO()
    write_po(
        body,
        catalogue,
        width=100,
        no_location=True,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
    )
    entries = body.getvalue().decode().strip()
    return _header(language) + (f"\n{entries}\n" if entries else "")


def update() -> int:
    """Bring the catalogues up to the sources; translations stay, dropped sentences go."""
    for language in _PLURAL_FORMS:
        path = _file(language)
        text = _merged(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        catalogue = _read(language)
        open_count = sum(1 for message in catalogue if message.id and not _is_finished(message))
        print(f"{language}: {len(catalogue)} sentences, {open_count} to translate")
    return 0


def compile_all() -> int:
    """Write each catalogue's ``.mo`` beside it."""
    for language in _PLURAL_FORMS:
        catalogue = _read(language)
        catalogue.creation_date = _ANY_DAY
        with _file(language).with_suffix(".mo").open("wb") as stream:
            write_mo(stream, catalogue)
    return 0


def check() -> int:
    """Print what is wrong with the catalogues; 1 if anything is."""
    problems = [problem for language in _PLURAL_FORMS for problem in _problems(language)]
    for problem in problems:
        print(problem)
    print(f"translations: {len(problems)} problems" if problems else "translations: in order")
    return 1 if problems else 0


def _problems(language: str) -> Iterator[str]:
    path = _file(language)
    if not path.exists() or path.read_text(encoding="utf-8") != _merged(language):
        yield f"{language}: stale; run: python installer/translations.py update"
    catalogue = _read(language)
    for message in catalogue:
        if message.id:
            for complaint in _complaints(message, language, catalogue.num_plurals):
                yield f"{language}: {complaint}: {_forms(message.id)[0]!r}"


def _complaints(message: Message, language: str, num_plurals: int) -> Iterator[str]:
    translations = _forms(message.string)
    if not _is_finished(message):
        yield "not translated" if not any(translations) else "not all forms are translated"
        return
    if message.fuzzy:
        yield "marked fuzzy"
    expected = num_plurals if isinstance(message.id, (list, tuple)) else 1
    if len(translations) != expected:
        yield f"{len(translations)} forms instead of {expected}"
    if not all(_same_placeholders(message, text) for text in translations):
        yield "placeholders differ"
    if language == "fr" and any(_LOOSE_SIGN.search(text) for text in translations):
        yield "plain space where French has a no-break space"
    if language == "fr" and any(_STRAIGHT.search(text) for text in translations):
        yield "straight apostrophe where French has ’"


def _is_finished(message: Message) -> bool:
    return all(_forms(message.string))


def _same_placeholders(message: Message, translation: str) -> bool:
    """Whether the translation has the sentence's placeholders.

    A plural form may say the number in words ("deux personnes"), so ``{count}``, or
    ``{number}`` with its thousands apart, may be left out.
    """
    wanted = {name for form in _forms(message.id) for name in _PLACEHOLDER.findall(form)}
    there = set(_PLACEHOLDER.findall(translation))
    may_lack = {"count", "number"} if isinstance(message.id, (list, tuple)) else set()
    return there <= wanted and wanted - there <= may_lack


def _forms(text: object) -> tuple[str, ...]:
    """One string or several, as several."""
    if isinstance(text, (list, tuple)):
        return tuple(str(form or "") for form in text)
    return (str(text or ""),)


_COMMANDS = {"update": update, "compile": compile_all, "check": check}


def main(arguments: list[str]) -> int:
    """Run the one command that ``arguments`` names."""
    if len(arguments) != 1 or arguments[0] not in _COMMANDS:
        print(__doc__, file=sys.stderr)
        return 2
    return _COMMANDS[arguments[0]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
