"""What stops a save: findings gathered by field, shown beside it and in the list above."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.errors import Finding, Severity
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.people.papers import Consent
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.drafts import Draft, Place
from avrr_desktop.services.messages import word_finding
from avrr_desktop.ui.forms.confirming import ToConfirm
from avrr_desktop.ui.forms.field_box import FieldBox
from avrr_desktop.ui.widgets.banners import ErrorBanner, FieldIssue

_CONSENT = next(child.key for child in PERSON.children if child.model is Consent)
_OF_CONSENT = frozenset({"consent_required", "sharing_consent_required"})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a finding is shown; ``context`` is what the field belongs to (a line, a person)."""

    box: FieldBox
    context: str = ""
    is_shared: bool = False  # one box for several persons: a finding then names its person
    reveal: Callable[[], None] | None = None  # opens the line that holds the box


Locate = Callable[[int, Finding], Spot | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """One message; ``places`` are the drafts it concerns, each with its place in the draft."""

    text: str
    code: str
    is_error: bool
    spot: Spot | None
    places: tuple[tuple[int, Place], ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Names the fault within the page."""
        return f"{self.spot.box.key if self.spot else ''}:{self.code}"


def gather(
    drafts: Sequence[Draft],
    findings: Sequence[Sequence[Finding]],
    locate: Locate,
    names: Mapping[int, str],
) -> list[Fault]:
    """Faults of several drafts; the same one of several persons is said once."""
    found: dict[tuple[str, str], Fault] = {}
    follows = _consequences([finding for of_draft in findings for finding in of_draft])
    for index, (draft, of_draft) in enumerate(zip(drafts, findings, strict=True)):
        for finding in of_draft:
            if finding.code in follows:
                continue
            text = word_finding(finding, RECORD_BY_KEY[draft.record], translator(screen_language()))
            fault = Fault(
                text,
                finding.code,
                finding.severity is Severity.ERROR,
                locate(index, finding),
                ((index, finding.place),),
                finding.values,
            )
            same = (fault.key, text)
            if same in found:
                fault = replace(found[same], places=(*found[same].places, *fault.places))
            found[same] = fault
    return [_named(fault, names) for fault in found.values()]


def _consequences(findings: Sequence[Finding]) -> frozenset[str]:
    """Codes that only follow from another error and would be said for nothing."""
    is_lost = any(finding.code == "no_such_person" for finding in findings)
    is_begun = any(
        finding.child == _CONSENT and finding.severity is Severity.ERROR for finding in findings
    )
    return _OF_CONSENT if is_lost or is_begun else frozenset()


def _named(fault: Fault, names: Mapping[int, str]) -> Fault:
    """The message after the names of those it concerns, unless it concerns everybody."""
    is_shared = fault.spot is not None and fault.spot.is_shared
    drafts = dict.fromkeys(index for index, _ in fault.places)
    concerned = [names[i] for i in drafts if i in names]
    everybody = set(names.values())
    if not is_shared or not concerned or set(concerned) == everybody:
        return fault
    return replace(
        fault, text=tr("{names}: {sentence}", names=", ".join(concerned), sentence=fault.text)
    )


class FaultDisplay(QObject):
    """Shows faults beside their fields and in the list; keeps the reasons of confirmed values."""

    same_person = Signal(object, str)  # FieldBox, id of the person in the register
    confirmations_changed = Signal()
    gone_to = Signal(object)  # FieldBox

    def __init__(self, banner: ErrorBanner, order: Callable[[], Sequence[FieldBox]]) -> None:
        super().__init__()
        self._banner = banner
        self._order = order
        self._faults: list[Fault] = []
        self._shown: dict[str, FieldBox] = {}
        self._last = ""
        self.reasons: dict[str, str] = {}
        self.same_text = tr("Same person: open the file")
        banner.chosen.connect(self.go_to)

    def watch(self, box: FieldBox) -> None:
        """Listen to a box's confirmations, and forget them once its value changes."""
        box.confirmed.connect(self._on_confirmed)
        box.edited.connect(self._forget)
        box.same_person.connect(lambda person: self.same_person.emit(box, person))

    def left(self, faults: Iterable[Fault]) -> list[Fault]:
        """Those that still stop the save."""
        return [f for f in faults if f.is_error or not self.reasons.get(f.key)]

    def show(self, faults: Sequence[Fault]) -> None:
        """Show these and nothing else; in the order of the form, errors first."""
        ranks = {box.key: rank for rank, box in enumerate(self._order())}
        placed = [f for f in faults if f.spot is not None]
        placed.sort(key=lambda f: (not f.is_error, _rank(f, ranks)))
        self._faults = placed
        by_box: dict[str, list[Fault]] = {}
        for fault in placed:
            assert fault.spot is not None
            by_box.setdefault(fault.spot.box.key, []).append(fault)
        gone = [box for key, box in self._shown.items() if key not in by_box]
        for box in gone:
            box.show_errors(())
            box.show_to_confirm(())
        self._shown = {f.spot.box.key: f.spot.box for f in placed if f.spot is not None}
        for fault in self.left(placed):
            if fault.spot is not None and fault.spot.reveal is not None:
                fault.spot.reveal()
        for key, box in self._shown.items():
            box.show_errors([f.text for f in by_box[key] if f.is_error])
            box.show_to_confirm(self._asked(by_box[key]))
        self._banner.set_issues([_issue(f) for f in self.left(placed)])

    def clear(self) -> None:
        """Nothing is at fault."""
        self.show(())

    def forget_boxes(self) -> None:
        """The boxes are about to go."""
        self._shown, self._faults = {}, []
        self._banner.set_issues(())

    def go_to(self, key: str) -> None:
        """Focus in the field of a fault."""
        for fault in self._faults:
            if fault.key == key and fault.spot is not None:
                self._last = key
                fault.spot.box.focus()
                self.gone_to.emit(fault.spot.box)
                return

    def step(self, by: int) -> None:
        """The next (1) or the previous (−1) fault, going round."""
        keys = list(dict.fromkeys(f.key for f in self.left(self._faults)))
        if not keys:
            return
        at = keys.index(self._last) if self._last in keys else (-1 if by > 0 else 0)
        self.go_to(keys[(at + by) % len(keys)])

    def confirmed(self, drafts: Sequence[Draft], faults: Iterable[Fault]) -> tuple[Draft, ...]:
        """The drafts with the reasons given for their unlikely values."""
        given: dict[int, dict[Place, str]] = {}
        for fault in faults:
            for index, place in fault.places:
                if not fault.is_error:
                    given.setdefault(index, {})[place] = self.reasons[fault.key]
        return tuple(
            replace(draft, confirmations=given.get(index, {})) for index, draft in enumerate(drafts)
        )

    def withdraw(self, faults: Iterable[Fault]) -> list[tuple[Fault, str]]:
        """Reasons that did not count: they stop hiding these faults, and are handed back."""
        return [(f, self.reasons.pop(f.key)) for f in faults if f.key in self.reasons]

    def _asked(self, faults: Iterable[Fault]) -> list[ToConfirm]:
        """One question a code, whatever the lines it is about: one reason answers it."""
        by_code: dict[str, list[Fault]] = {}
        for fault in faults:
            if not fault.is_error:
                by_code.setdefault(fault.code, []).append(fault)
        return [self._question(alike) for alike in by_code.values()]

    def _question(self, alike: Sequence[Fault]) -> ToConfirm:
        first = alike[0]
        text = " ".join(dict.fromkeys(fault.text for fault in alike))
        persons = {str(fault.values.get("person_id") or "") for fault in alike}
        person = persons.pop() if len(persons) == 1 else ""
        return ToConfirm(first.code, text, self.reasons.get(first.key, ""), person, self.same_text)

    def _on_confirmed(self, box: FieldBox, code: str, reason: str) -> None:
        key = f"{box.key}:{code}"
        if reason:
            self.reasons[key] = reason
        else:
            self.reasons.pop(key, None)
        self.show(self._faults)
        self.confirmations_changed.emit()
        if reason:
            box.editor.focus_widget().setFocus()

    def _forget(self, box: FieldBox) -> None:
        for key in [k for k in self.reasons if k.partition(":")[0] == box.key]:
            del self.reasons[key]


def _rank(fault: Fault, ranks: Mapping[str, int]) -> int:
    return ranks.get(fault.spot.box.key, len(ranks)) if fault.spot else len(ranks)


def _issue(fault: Fault) -> FieldIssue:
    assert fault.spot is not None
    label = fault.spot.box.name_with(fault.spot.context)
    return FieldIssue(fault.key, label, fault.is_error)
