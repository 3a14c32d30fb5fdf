"""The command line's own words: help and refusals in the user's language, one sentence each."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from configparser import ConfigParser, Error
from io import TextIOWrapper
from pathlib import Path
from typing import Final, NoReturn

from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import tr

DONE, REFUSED, UNKNOWN_OPTION = range(3)
INTERRUPTED = 130  # as shells say it of a program ended by Ctrl+C

_Said = Callable[[Mapping[str, str]], str]
# What argparse says, and what is said instead: it knows no other way to tell its cases apart.
_REFUSALS: Final[tuple[tuple[re.Pattern[str], _Said], ...]] = (
    (
        re.compile(r"the following arguments are required: (?P<names>.+)"),
        lambda said: tr("This is missing: {names}.", names=said["names"]),
    ),
    (
        re.compile(r"argument (?P<name>[^:]+): expected (one|at least one) argument"),
        lambda said: tr("{name} wants a value after it.", name=said["name"]),
    ),
    (
        re.compile(r"argument (?P<name>[^:]+): ignored explicit argument (?P<value>.+)"),
        lambda said: tr("{name} takes no value.", name=said["name"]),
    ),
    (
        re.compile(r"argument (?P<name>[^:]+): invalid int value: '(?P<value>.*)'"),
        lambda said: tr("{name}: “{value}” is not a whole number.", **said),
    ),
    (
        re.compile(
            r"argument [^:]+: invalid choice: '(?P<value>.*)' \(choose from (?P<known>.*)\)"
        ),
        lambda said: tr(
            "“{value}” is not a command. The commands are: {known}.",
            value=said["value"],
            known=said["known"].replace("'", ""),
        ),
    ),
)
_LEFT_OVER: Final = "unrecognized arguments: "


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """The pattern of the command, after a word in the user's language."""
        super().add_usage(usage, actions, groups, tr("Usage: ") if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Exits with 2 for an option it does not know, with 1 for a value it cannot take."""

    def __init__(self, prog: str | None = None, *, description: str = "") -> None:
        super().__init__(
            prog=prog,
            description=description,
            formatter_class=_Formatter,
            add_help=False,
            allow_abbrev=False,
        )
        self.values = self.add_argument_group(tr("Values"))
        self.options = self.add_argument_group(tr("Options"))
        self.options.add_argument(
            "-h", "--help", action="help", help=tr("print this help and do nothing else")
        )

    def error(self, message: str) -> NoReturn:
        """Say in one sentence what cannot be taken."""
        if message.startswith(_LEFT_OVER):
            given = message.removeprefix(_LEFT_OVER)
            unknown = next((word for word in given.split() if word.startswith("-")), "")
            if unknown:
                given = unknown.partition("=")[0]
                said = tr("This option is not known: {given}. --help lists them.", given=given)
                self.exit(UNKNOWN_OPTION, f"{self.prog}: {said}\n")
            said = tr("This is one word too many: {given}.", given=given)
            self.exit(REFUSED, f"{self.prog}: {said}\n")
        self.exit(REFUSED, f"{self.prog}: {_refusal(message)}\n")

    def told_options(self) -> Iterator[tuple[str, str]]:
        """Each option or value as it is typed, and what it is for."""
        for action in self._actions:
            if action.nargs != argparse.PARSER:
                value = action.metavar if isinstance(action.metavar, str) else ""
                typed = ", ".join(action.option_strings)
                yield " ".join(part for part in (typed, value) if part), action.help or ""

    def told_commands(self) -> Iterator[tuple[str, Parser]]:
        """Each command and its own parser."""
        for action in self._actions:
            if action.nargs == argparse.PARSER and isinstance(action.choices, Mapping):
                yield from action.choices.items()


def _refusal(message: str) -> str:
    for pattern, say in _REFUSALS:
        found = pattern.fullmatch(message)
        if found is not None:
            return say(found.groupdict())
    return tr("This command cannot be read. --help says what it takes.")


def speak_any_script() -> None:
    """Let what is piped away hold any letter, and a program without a terminal say what it likes.

    Windows pipes the letters of one script only, and gives a program of windows no output at all.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (never closed)
            setattr(sys, name, nowhere)
        elif isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")


def given_value(arguments: Sequence[str], option: str) -> str | None:
    """The value an option has on the command line, before it is read as a whole."""
    for place, word in enumerate(arguments):
        if word.startswith(f"{option}="):
            return word.partition("=")[2]
        if word == option and place + 1 < len(arguments):
            return arguments[place + 1]
    return None


def spoken_language(arguments: Sequence[str], settings: Path) -> Language:
    """The language asked for, else that of the desk's settings, else French."""
    asked = given_value(arguments, "--language")
    for code in (asked, _kept_language(settings)):
        if code in set(Language):
            return Language(code)
    return Language.FR


def _kept_language(settings: Path) -> str:
    """As the window keeps it; a file that cannot be read keeps none."""
    kept = ConfigParser(strict=False, interpolation=None)
    try:
        kept.read(settings, encoding="utf-8")
    except (Error, OSError, UnicodeDecodeError):
        return ""
    return kept.get("screen", "language", fallback="")
