"""What moving to another PC refuses, and what to do, for each code of an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from avrr_desktop.core.translation import Translator
from avrr_desktop.services.said_values import Said


def _older(say: Translator, said: Said) -> str:
    return say.ntr(
        "{count} entry made on this PC is not in the file: confirm that it may be set aside.",
        "{count} entries made on this PC are not in the file: confirm that they may be set aside.",
        said.count("lines"),
    )


def _entries_since(say: Translator, said: Said) -> str:
    return say.ntr(
        "{count} entry was made since the file was prepared: prepare it again.",
        "{count} entries were made since the file was prepared: prepare it again.",
        said.count("entries"),
    )


MOVE_ERRORS: Final[Mapping[str, Callable[[Translator, Said], str]]] = {
    "register_moved": lambda say, _: say.tr(
        "This register goes on on another PC: here it is only looked at. An administrator can take"
        " it back."
    ),
    "move_file_unknown": lambda say, of: say.tr(
        "{name} is not a register prepared for another PC.", name=of.text("name")
    ),
    "move_file_newer": lambda say, of: say.tr(
        "A newer version of the program wrote {name}. Update the program on this PC first.",
        name=of.text("name"),
    ),
    "move_file_damaged": lambda say, of: say.tr(
        "{name} is damaged or cut short: nothing was changed. Copy it again, or prepare it again on"
        " the other PC.",
        name=of.text("name"),
    ),
    "move_older": _older,
    "move_not_prepared": lambda say, _: say.tr("Prepare the file first."),
    "move_entries_since": _entries_since,
    "move_differs": lambda say, _: say.tr(
        "What was read back from the disk is not what was written: the file was removed. Use"
        " another stick."
    ),
    "move_no_room": lambda say, of: say.tr(
        "There is no room in {folder}: {wanted} MB are needed, {free} MB are free.",
        folder=of.text("folder"),
        wanted=of.number("wanted"),
        free=of.number("free"),
    ),
    "move_fat": lambda say, of: say.tr(
        "This stick (FAT32) takes no file above 4 GB, and this one would have {wanted} MB. Leave"
        " the backups out, or use a stick formatted as exFAT or NTFS.",
        wanted=of.number("wanted"),
    ),
    "move_place_gone": lambda say, of: say.tr(
        "The folder {folder} went away while the file was being written. Put the stick in again,"
        " then start again.",
        folder=of.text("folder"),
    ),
    "move_needs_administrator": lambda say, _: say.tr(
        "Only an administrator of the register can put it in the place of what is here."
    ),
    "move_open_elsewhere": lambda say, _: say.tr(
        "The program is open on this register. Close it there, then try again."
    ),
    "move_would_replace": lambda say, _: say.tr(
        "There is a register on this PC. Say --replace to let this one take its place: the present"
        " one is set aside, not deleted."
    ),
}
