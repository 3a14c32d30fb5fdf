"""Who of the register the members of a family may be: seen while typing, asked at the save."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

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

    def ask_now(self) -> None:
        """Ask the register about everybody as it is now."""
        for part in self._members():
            self._watches[part].ask_now()

    def faults(self, part: MemberPart, context: str, found: Iterable[Fault]) -> list[Fault]:
        """Somebody too like this person to be passed over, if ``found`` does not ask already."""
        asked = {fault.values.get("person_id") for fault in _of(part, found)}
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
            if one.subject.id not in asked
        ]

    def different(
        self, faults: Sequence[Fault], reasons: Mapping[str, str]
    ) -> tuple[Different, ...]:
        """What is kept with the save: ``reasons`` were given to faults, by their keys."""
        plain = tr("Said while the person was entered")
        said = []
        for part in self._members():
            files = dict.fromkeys(self._watches[part].different, plain) if not part.known else {}
            for fault in _of(part, faults):
                if (file := str(fault.values["person_id"])) and (why := reasons.get(fault.key)):
                    files[file] = why
            said += [Different(part.target, file, files[file]) for file in sorted(files)]
        return tuple(said)

    def _taken_ids(self) -> set[str]:
        return {part.target for part in self._members() if part.known is not None}


def _of(part: MemberPart, faults: Iterable[Fault]) -> Iterator[Fault]:
    """Those that ask whether this person is somebody of the register."""
    boxes = part.boxes()
    for fault in faults:
        is_asked = not fault.is_error and fault.values.get("person_id")
        if is_asked and fault.spot is not None and fault.spot.box in boxes:
            yield fault


def _name_box(part: MemberPart) -> FieldBox:
    return part.parts[PERSON.key].boxes["family_name"]
