"""Who of the register the members of a family may be: seen while typing, asked at the save."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from avrr_desktop.core.translation import tr
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.different_persons import Different
from avrr_desktop.ui.forms.faults import Fault, Spot
from avrr_desktop.ui.forms.field_box import FieldBox
from avrr_desktop.ui.forms.likely_strip import likely_text
from avrr_desktop.ui.forms.likely_watch import LikelyWatch
from avrr_desktop.ui.forms.member_part import MemberPart
from avrr_desktop.ui.page import Context

_CODE = "likely_known"


class LikelyMembers(QObject):
    """``taken`` says who a member is; ``reshaped`` that buttons came or went."""

    taken = Signal(object, str)  # MemberPart, id of the person
    reshaped = Signal()

    def __init__(self, context: Context, members: Callable[[], Sequence[MemberPart]]) -> None:
        super().__init__()
        self._context = context
        self._members = members
        self._watches: dict[MemberPart, LikelyWatch] = {}

    def watch(self, part: MemberPart) -> None:
        """Look this person up from now on."""
        self._watches[part] = LikelyWatch(self._context, part, self._taken_ids)
        part.known_refused.connect(lambda: self.say_different(part, [part.target]))
        part.likely.same.connect(lambda person: self.taken.emit(part, person))
        part.likely.reshaped.connect(self.reshaped)

    def said_different(self, part: MemberPart) -> frozenset[str]:
        """Files said to be of others."""
        return frozenset(self._watches[part].different)

    def say_different(self, part: MemberPart, files: Iterable[str]) -> None:
        """Do not ask about these again."""
        self._watches[part].different |= set(files)

    def faults(self, part: MemberPart, context: str) -> list[Fault]:
        """Somebody too like this person to be passed over."""
        return [
            Fault(
                tr("{likely}. Is it the same person?", likely=likely_text(one)),
                # Of this file alone: who is typed next answers for nobody said before.
                f"{_CODE}:{one.subject.id}",
                is_error=False,
                spot=Spot(_name_box(part), context),
                values={"person_id": one.subject.id},
            )
            for one in self._watches[part].unanswered()
        ]

    def different(self, reasons: Mapping[str, str]) -> tuple[Different, ...]:
        """What is kept with the save; ``reasons`` are those typed, by the key of their fault."""
        plain = tr("Said while the person was entered")
        said = []
        for part in self._members():
            if part.known is not None:
                continue
            asked = f"{_name_box(part).key}:{_CODE}:"
            said_of = dict.fromkeys(self._watches[part].different, plain)
            said_of |= {
                key.removeprefix(asked): reason
                for key, reason in reasons.items()
                if key.startswith(asked)
            }
            said += [Different(part.id, file, said_of[file]) for file in sorted(said_of)]
        return tuple(said)

    def _taken_ids(self) -> set[str]:
        return {part.target for part in self._members() if part.known is not None}


def _name_box(part: MemberPart) -> FieldBox:
    return part.parts[PERSON.key].boxes["family_name"]
