"""The manual page, in English and French, made of the command line's own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from avrr_desktop import __version__
from avrr_desktop.arguments import Parser
from avrr_desktop.cli import command_parser
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import load_catalogues, screen_language, set_screen_language
from avrr_desktop.paths import resources_dir


@dataclass(frozen=True, slots=True)
class _Words:
    """What a page says beside the commands."""

    sections: tuple[str, str, str, str, str, str, str]
    command: str
    file: str
    name: str
    description: str
    shared: str
    files: Mapping[str, str]
    status: Mapping[str, str]


_ENGLISH = _Words(
    ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "FILES", "EXIT STATUS"),
    "COMMAND",
    "FILE.avrr",
    "register of assisted voluntary return and reintegration",
    """\
avrr-desktop records persons and activities of assisted voluntary return and reintegration, counts
the figures of a semester and publishes them. It works without a network.

Without a command it opens its window. Given a file whose name ends in .avrr, a register moved from
another PC, the window offers to go on with it.

A register of real persons is encrypted; commands that read it ask for a password.""",
    "Options of the program stand before or after the command.",
    {
        "~/.local/share/AVRR": """\
The register, its backups, half-typed forms, logs and settings, unless --data-dir names another
folder. Removing the program leaves it as it is.""",
        "/usr/lib/avrr-desktop": "The program with its own Python and Qt.",
        "/usr/share/doc/avrr-desktop": "What changed, and the licence of every part.",
    },
    {
        "0": "Done.",
        "1": "Refused; one sentence says why.",
        "2": "An option is not known.",
        "130": "Interrupted.",
    },
)
_FRENCH = _Words(
    ("NOM", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDES", "FICHIERS", "CODE DE RETOUR"),
    "COMMANDE",
    "FICHIER.avrr",
    "registre de l’aide au retour volontaire et à la réintégration",
    """\
avrr-desktop enregistre les personnes et les activités de l’aide au retour volontaire et à la
réintégration, compte les chiffres d’un semestre et les publie. Il fonctionne sans réseau.

Sans commande, il ouvre sa fenêtre. Avec un fichier dont le nom finit par .avrr, un registre venu
d’un autre PC, la fenêtre propose de continuer avec lui.

Un registre de personnes réelles est chiffré ; les commandes qui le lisent demandent un mot de
passe.""",
    "Les options du programme se mettent avant ou après la commande.",
    {
        "~/.local/share/AVRR": """\
Le registre, ses sauvegardes, les formulaires commencés, les journaux techniques et les réglages,
sauf si --data-dir nomme un autre dossier. Désinstaller le programme n’y touche pas.""",
        "/usr/lib/avrr-desktop": "Le programme, avec son Python et son Qt.",
        "/usr/share/doc/avrr-desktop": "Ce qui a changé, et la licence de chaque partie.",
    },
    {
        "0": "Fait.",
        "1": "Refusé ; une phrase dit pourquoi.",
        "2": "Option inconnue.",
        "130": "Interrompu.",
    },
)
LANGUAGES = {Language.EN: _ENGLISH, Language.FR: _FRENCH}


def manual(language: Language, when: int) -> str:
    """The page as ``man`` reads it."""
    load_catalogues(resources_dir() / "i18n")
    before = screen_language()
    set_screen_language(language)
    try:
        return "\n".join(_lines(LANGUAGES[language], command_parser(), when)) + "\n"
    finally:
        set_screen_language(before)


def _lines(words: _Words, parser: Parser, when: int) -> Iterator[str]:
    name, synopsis, description, options, commands, files, status = words.sections
    day = datetime.fromtimestamp(when, UTC).date().isoformat()
    yield f'.TH AVRR-DESKTOP 1 "{day}" "avrr-desktop {__version__}"'
    yield ".nh"
    yield from (f".SH {name}", f"avrr\\-desktop \\- {_text(words.name)}")
    yield from (f".SH {synopsis}", ".B avrr\\-desktop")
    yield f"[\\fIOPTIONS\\fR] [\\fI{words.command}\\fR | \\fI{words.file}\\fR]"
    yield f".SH {description}"
    for paragraph in words.description.split("\n\n"):
        yield from (".PP", _text(paragraph))
    yield f".SH {options}"
    general = tuple(parser.told_options())
    yield from _entries(general)
    yield from (".PP", _text(words.shared), f".SH {commands}")
    for command, of_command in parser.told_commands():
        yield from (f".SS {_text(command)}", _text(_sentence(of_command.description or "")))
        own = (told for told in of_command.told_options() if told not in general)
        yield from _entries(own)
    yield f".SH {files}"
    yield from _entries(words.files.items())
    yield f".SH {status}"
    yield from _entries(words.status.items())


def _entries(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    for term, purpose in entries:
        yield from (".TP", f"\\fB{_text(term)}\\fR", _text(_sentence(purpose)))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""


def _text(text: str) -> str:
    """``text`` with what roff would take for its own escaped."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("%%", "%")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
