"""What every page is: a widget that may be left and come back to, in any language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.labels import Label
from avrr_desktop.core.translation import screen_language
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.ui.changes import Changes
from avrr_desktop.ui.drafts.keeping import Keeping
from avrr_desktop.ui.routes import Route
from avrr_desktop.ui.tasks import Tasks
from avrr_desktop.ui.theme.tokens import Width

if TYPE_CHECKING:
    from avrr_desktop.ui.drafts.page_keeper import PageKeeper
    from avrr_desktop.ui.records.deletion import DeletionBar


class Shell(Protocol):
    """What the main window does for its pages."""

    def open(self, route: Route) -> None:
        """Go to a page; the present one is asked first whether it may be left."""

    def back(self) -> None:
        """Return to the page before."""

    def say_saved(self, changed: Changed, text: str = "") -> None:
        """Announce a save in the status bar and tell every view."""

    def say_done(self, changed: Changed, text: str) -> None:
        """Show an inline bar with *Undo* for a deletion, an import…, and tell every view."""

    def reopen(self, register: Register) -> None:
        """Go on in a new window: the register was restored, or its key changed."""

    def say_failed(self, text: str, retry: Callable[[], None] | None = None) -> None:
        """Show an inline bar with the cause and, when given, *Try again*."""


@dataclass(slots=True)
class Context:
    """What the composition root hands to every page."""

    register: Register
    records: Records
    actor: Actor
    changes: Changes
    tasks: Tasks
    shell: Shell
    period: str = ""  # code of the period last looked at; empty: the current semester
    keeping: Keeping | None = None  # where half-typed forms are kept; None keeps none

    def text(self, label: Label) -> str:
        """A domain label in the language of the screen."""
        return label.text(screen_language())

    def term(self, vocabulary: str, code: object) -> str:
        """The label of a code in the language of the screen; empty for none."""
        if code is None or code == "":
            return ""
        return self.register.vocabularies.label(vocabulary, str(code), screen_language())


class Page(QWidget):
    """A page of the main window.

    A switch of language, theme or direction builds the page anew from its route and gives it
    back its ``state``: typed values, focus, scroll.
    """

    keeper: PageKeeper | None = None  # keeps what is typed on a page that is a form
    deletion: DeletionBar | None = None  # asks for a reason on a page that deletes

    def __init__(self, context: Context, route: Route) -> None:
        super().__init__()
        self.context = context
        self.route = route

    def nav_key(self) -> str:
        """The entry of the navigation to show as selected."""
        return ""

    def has_primary(self) -> bool:
        """Whether the page has a primary button of its own."""
        return False

    def has_changes(self) -> bool:
        """Whether something typed is not saved."""
        return False

    def may_leave(self) -> bool:
        """Ask, when something typed would be lost; False keeps the page."""
        return True

    def set_aside(self) -> bool:
        """Left for the guide alone; what is typed should wait. Asked about where it cannot."""
        return self.may_leave()

    def state(self) -> object:
        """What must survive being left and come back to."""
        return None

    def set_state(self, state: object) -> None:
        """Take back what ``state`` gave."""

    def refresh(self, changed: Changed | None = None) -> None:
        """Read again what a transaction changed; everything when None."""

    def window_width(self) -> int:
        """The width of the window, which says what folds; navigation beside the page or not."""
        frame = self.window()
        return self.width() + Width.NAV if frame is self else frame.width()

    def entrances(self) -> tuple[QWidget, ...]:
        """Where the keys go when the page is opened: the first of them that takes them."""
        return self.focus_regions()

    def focus_regions(self) -> tuple[QWidget, ...]:
        """Regions F6 goes round, in reading order."""
        return (self,)
