"""The window: three languages, every form filled and saved, every page opened and painted."""

from __future__ import annotations

from PySide6.QtCore import Qt

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import screen_language, translator
from avrr_desktop.self_test.bench import Bench, Missing, require
from avrr_desktop.services.messages import word_error
from avrr_desktop.ui.routes import Route, Settings
from avrr_desktop.ui.shell.gates import RefusedPage
from avrr_desktop.ui.widgets.text import Text
from avrr_desktop.visits.leading import Leading
from avrr_desktop.visits.places import forms, places


def languages(bench: Bench) -> None:
    """The window changes language, and direction with it, and comes back."""
    leading = bench.leading()
    for language in (*Language, bench.language):
        leading.window.desk.language = language
        leading.window.build_anew()
        leading.show(Settings(), 0)
        page = leading.window.page
        title = page.findChild(Text, "page-title") if page is not None else None
        wanted = translator(language).tr("Settings")
        require(title is not None and title.text() == wanted, language.value)
        is_rtl = title is not None and title.layoutDirection() is Qt.LayoutDirection.RightToLeft
        require(is_rtl == (language is Language.AR), language.value)
        _require_no_fault(bench, language.value)


def filled_forms(bench: Bench) -> None:
    """Each form typed into from the keyboard and saved."""
    leading = bench.leading()
    lost = []
    for name, route in forms(bench.register):
        try:
            leading.fill(route)
        except UserError as error:
            lost.append(f"{name} ({word_error(error, translator(screen_language()))})")
            leading.picture(bench.folder / f"refused-{name}.png")
            leading.let_go()
        _require_no_fault(bench, name)
    require(not lost, ", ".join(lost))


def pages(bench: Bench) -> None:
    """Each page opened and painted; none complains."""
    leading = bench.leading()
    lost = []
    for name, route in places(bench.register):
        try:
            fault = _opened(leading, route)
            _require_no_fault(bench, name)
        except Exception as error:  # noqa: BLE001 (whatever a page raises, the next is looked at)
            fault = str(error)
        if fault is not None:
            lost.append(f"{name}: {fault}")
    require(not lost, ", ".join(lost))


def _opened(leading: Leading, route: Route) -> str | None:
    """Why a page is not as it should be; None when it is.

    The event loop paints it, as for a user: PySide6 6.11 dies of a paint event that raises inside
    ``QWidget.grab``.
    """
    window = leading.window
    leading.show(route, 0)
    if window.page is None:
        return route.__class__.__name__
    if isinstance(window.page, RefusedPage):
        return word_error(UserError("not_allowed"), translator(screen_language()))
    return window.said() or None


def _require_no_fault(bench: Bench, where: str) -> None:
    """What slots and paint events raised, which only the crash hook sees."""
    if bench.faults:
        first, bench.faults = bench.faults[0], []
        raise Missing(f"{where}: {first}")
