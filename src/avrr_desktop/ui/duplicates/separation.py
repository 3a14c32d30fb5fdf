"""On a person's page: the files merged into theirs, and their separation."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.merging import unmerge, unmerge_effect
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.person_page import MergedFile
from avrr_desktop.ui.duplicates.reason_bar import ReasonBar
from avrr_desktop.ui.duplicates.words import effect_text
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.person.words import plain_name
from avrr_desktop.ui.records.deletion import period_shown
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.formats import code_text, ltr


def merged_banner(file: MergedFile) -> Banner:
    """« Merged with P‑000042, KONNEH Aicha », and the button that separates them."""
    said = tr(
        "This file shows {number} too, merged into it: {name}",
        number=code_text(file.number),
        name=ltr(plain_name(file.name)),
    )
    return Banner(said, action=tr("Separate…"), icon="merge", name=f"merged-{file.number}")


class SeparationBar(ReasonBar):
    """Asks why two files are of two persons after all, shows what moves, and separates them."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(tr("Separate"), "merge", "separation", parent)
        self._context = context
        self._file: MergedFile | None = None
        self.confirmed.connect(self._separate)

    def ask_for(self, file: MergedFile) -> None:
        """Ask for the reason of separating a file."""
        context = self._context
        try:
            effect = unmerge_effect(context.register, context.actor, file.id, period_shown(context))
        except UserError as error:
            context.shell.say_failed(word_error(error, translator(screen_language())))
            return
        self._file = file
        title = tr("Separate {number} from this file?", number=code_text(file.number))
        kept = tr(
            "Each event stays on the file it was entered for; values that the merger changed, and"
            " nobody since, come back."
        )
        said = f"{kept} {effect_text(context, effect)}"
        self.ask(title, said, tr("Reason: two persons after all…"))

    def _separate(self, reason: str) -> None:
        context, file = self._context, self._file
        if file is None:
            return
        try:
            changed = unmerge(context.register, context.actor, file.id, reason)
        except UserError as error:
            said = word_error(error, translator(screen_language()))
            context.shell.say_failed(said, lambda: self._separate(reason))
            return
        self.hide()
        context.shell.say_done(
            changed, tr("{number} is a file of its own again.", number=code_text(file.number))
        )
