"""Looks a person up while they are typed; typing never waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QTimer

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission, allows
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.likely import Likely, last_change, likely_files
from avrr_desktop.ui.forms.member_part import MemberPart
from avrr_desktop.ui.forms.waiting import TRY
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.tasks import Progress, Request

_PAUSE_MS: Final = 300  # without a key, before the register is asked
_ASKED: Final = (
    *("family_name", "given_name", "family_name_ar", "given_name_ar"),
    *("sex", "birth_typed", "nationality"),
)
_Found = tuple[Likely, ...]
_Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked, and the register's last change then: the answer holds for the same again."""

    values: _Values
    besides: frozenset[str]
    as_of: int


class LikelyWatch(QObject):
    """Of one person of the registration screen; ``different`` are the files said to be others'."""

    def __init__(
        self, context: Context, part: MemberPart, besides: Callable[[], Iterable[str]]
    ) -> None:
        super().__init__(part.likely)  # gone with the form, whoever still holds it
        self._context = context
        self._part = part
        self._besides = besides
        self.different: set[str] = set()
        self._asked = _Asked({}, frozenset(), 0)
        self._found: _Found = ()
        self._request: Request[tuple[_Asked, _Found]] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        part.edited.connect(self._on_edited)
        part.likely.different.connect(self._on_different)

    def ask_now(self) -> None:
        """Ask the register as it is now, and wait for it: somebody saves."""
        if not self._is_wanted():
            return
        register = self._context.register
        asked = _Asked(self._values(), frozenset(self._besides()), last_change(register, TRY))
        if asked != self._asked:
            self._on_found((asked, likely_files(register, asked.values, asked.besides, TRY)))

    def unanswered(self) -> _Found:
        """Those too like the person to be passed over, of what was found for what stands there."""
        if not self._is_wanted() or self._values() != self._asked.values:
            return ()
        return tuple(one for one in self._left() if one.is_strong)

    def _values(self) -> dict[str, object]:
        values = self._part.parts[PERSON.key].values()
        return {name: values[name] for name in _ASKED}

    def _is_wanted(self) -> bool:
        return self._part.known is None and allows(self._context.actor, Permission.NAMES)

    def _on_edited(self) -> None:
        if not self._is_wanted():
            self._pause.stop()
            self._show()
        elif self._values() != self._asked.values:
            self._pause.start()

    def _ask(self) -> None:
        register, values = self._context.register, self._values()
        besides = frozenset(self._besides())

        def look(_progress: Progress) -> tuple[_Asked, _Found]:
            asked = _Asked(values, besides, last_change(register))  # before: never too late
            return asked, likely_files(register, values, besides)

        self._context.tasks.cancel(self._request)
        self._request = self._context.tasks.start(Request(look, self._on_found, self._on_failed))

    def _on_found(self, answer: tuple[_Asked, _Found]) -> None:
        asked, found = answer
        if asked.values == self._values():  # else something was typed since, and is asked next
            self._asked, self._found = asked, found
            self._show()

    def _on_failed(self, _error: UserError) -> None:
        """Asked again after the next key, and by the save at the latest."""

    def _left(self) -> _Found:
        return tuple(one for one in self._found if one.subject.id not in self.different)

    def _show(self) -> None:
        register = self._context.register
        left = self._left() if self._is_wanted() else ()
        self._part.likely.show_found(left, register.vocabularies, register.clock.today())

    def _on_different(self) -> None:
        self.different |= {one.subject.id for one in self._part.likely.shown}
        self._show()
        self._part.boxes()[0].focus()
        self._part.edited.emit()
