"""What the program wrote when it last stopped badly, told once at the next start."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from avrr_desktop.core.translation import ntr
from avrr_desktop.ui.widgets.formats import ltr

_TOLD = ".told"


def tell_crashes(folder: Path, say: Callable[[str], None]) -> None:
    """Say how many reports there are and where; those told of before are left out."""
    try:
        reports = sorted(folder.glob("crash-*.txt"))
    except OSError:
        return
    if not reports:
        return
    say(
        ntr(
            "The program stopped badly. What was saved is safe. The report in {folder} holds no"
            " name: send it to who looks after the program.",
            "The program stopped badly {count} times. What was saved is safe. The reports in"
            " {folder} hold no name: send them to who looks after the program.",
            len(reports),
            folder=ltr(str(folder)),
        )
    )
    for report in reports:
        with suppress(OSError):
            report.rename(report.with_suffix(_TOLD))
