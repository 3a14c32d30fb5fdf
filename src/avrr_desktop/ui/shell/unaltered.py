"""Whether another program altered what was frozen, or the journal: looked at after each start."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, translator
from avrr_desktop.services.register import Register
from avrr_desktop.ui.tasks import Progress, Request, Tasks

MOST_TOLD = 3
AFTER_MS = 4000  # the first figures and every breakdown come first


def look_for_alterations(
    register: Register, parent: QObject, say: Callable[[str], None], after_ms: int = AFTER_MS
) -> Tasks:
    """Read the journal through on a worker of its own; ``say`` the first things that do not hold.

    The worker is to be finished with the window.
    """

    def work(progress: Progress) -> str:
        # Asked for once the window is shown; importing it earlier would delay that.
        from avrr_desktop.services.closing.verify import alterations

        found = alterations(register, progress)
        speaker = translator(screen_language())
        told = [one.text(speaker) for one in found[:MOST_TOLD]]
        if rest := len(found) - len(told):
            told.append(speaker.ntr("{count} more.", "{count} more.", rest))
        return " ".join(told)

    def done(said: str) -> None:
        if said:
            say(said)

    def failed(error: UserError) -> None:
        from avrr_desktop.services.messages import word_error

        say(word_error(error, translator(screen_language())))

    tasks = Tasks(parent)
    tasks.start(Request(work, done, failed), after_ms)
    return tasks
