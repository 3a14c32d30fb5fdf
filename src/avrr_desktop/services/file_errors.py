"""What may go wrong with a file of Excel, in the user's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from avrr_desktop.core.translation import Translator
from avrr_desktop.services.said_values import Said

FILE_ERRORS: Final[Mapping[str, Callable[[Translator, Said], str]]] = {
    "target_locked": lambda say, of: say.tr(
        "{name} is open in another program. Close it there, or save under another name:"
        " {proposed}.",
        name=of.text("name"),
        proposed=of.text("proposed"),
    ),
    "target_is_folder": lambda say, of: say.tr(
        "{folder} is a folder. Give the file a name in it.", folder=of.text("folder")
    ),
    "target_of_register": lambda say, of: say.tr(
        "{name} is a file of the register itself. Give another name.", name=of.text("name")
    ),
    "folder_missing": lambda say, of: say.tr(
        "The folder {folder} is not there. Choose another one.", folder=of.text("folder")
    ),
    "file_unreadable": lambda say, of: say.tr("{name} cannot be opened.", name=of.text("name")),
    "not_a_workbook": lambda say, of: say.tr(
        "{name} is not an Excel workbook. Save it as .xlsx, then choose it again.",
        name=of.text("name"),
    ),
    "protected_workbook": lambda say, of: say.tr(
        "{name} is protected by a password or in the old format. Save it as .xlsx without a"
        " password.",
        name=of.text("name"),
    ),
    "workbook_too_large": lambda say, of: say.tr(
        "{name} is too large to be imported at once. Divide it.", name=of.text("name")
    ),
    "too_many_lines": lambda say, of: say.tr(
        "More than {most} lines. Divide the file.", most=of.number("most")
    ),
    "no_template": lambda say, of: say.tr(
        "{name} is not the program’s template. Save the template, and fill that one in.",
        name=of.text("name"),
    ),
    "wrong_header": lambda say, of: say.tr(
        "Sheet “{sheet}”, column {column}: the hidden first row does not name it. Copy the lines"
        " to a fresh template.",
        sheet=of.text("sheet"),
        column=of.text("column"),
    ),
    "missing_column": lambda say, of: say.tr(
        "Sheet “{sheet}”: the column “{column}” is missing. Copy the lines to a fresh template.",
        sheet=of.text("sheet"),
        column=of.text(say.language.value),
    ),
    "lines_refused": lambda say, _: say.tr(
        "Correct the refused lines first. Nothing was imported."
    ),
    "nothing_to_import": lambda say, _: say.tr("Everything in this file is in the register."),
    "plan_outdated": lambda say, _: say.tr(
        "The register was changed since the file was checked. Check it again."
    ),
    "unknown_activity": lambda say, of: say.tr(
        "“{activity}” is not an activity. The activities are: {known}.",
        activity=of.text("activity"),
        known=of.text("known"),
    ),
}
