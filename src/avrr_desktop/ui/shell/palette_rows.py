"""The rows of the search palette and their words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from avrr_desktop.activities import ACTIVITIES, ACTIVITY_BY_KEY
from avrr_desktop.core.folding import fold
from avrr_desktop.core.translation import ntr, screen_language, tr
from avrr_desktop.services.lists import PersonName
from avrr_desktop.services.search import CaseHit, Elements, Hit, Reason, Results
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import CasePage, FormOf, NewRegistration, PersonPage, Route
from avrr_desktop.ui.shell.destinations import footer, groups
from avrr_desktop.ui.widgets.avatar import initials
from avrr_desktop.ui.widgets.formats import code_text, date_text, ltr, number_text

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
Spans = tuple[tuple[int, int], ...]


class RowKind(StrEnum):
    """What a row is."""

    HEADER = "header"
    PERSON = "person"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """One row: two lines of text, what to draw before them, chips or a key at the end."""

    kind: RowKind
    title: str
    second: str = ""
    title_spans: Spans = ()
    other: str = ""  # the name in the other script
    other_spans: Spans = ()
    icon: str = ""
    letters: str = ""
    chips: tuple[str, ...] = ()
    key: str = ""
    bold: bool = False
    route: Route | None = None
    person_id: str = ""
    line_above: bool = False

    @property
    def is_choice(self) -> bool:
        """Whether it can be chosen."""
        return self.kind is not RowKind.HEADER

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        parts = (self.title, self.other, self.second, *self.chips)
        return ", ".join(part for part in parts if part)


class PaletteModel(QAbstractListModel):
    """The rows; only choices can be selected."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[PaletteRow, ...] = ()

    def set_rows(self, rows: Sequence[PaletteRow]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, place: int) -> PaletteRow | None:
        """The row at a place."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def choices(self) -> list[int]:
        """Places of the rows that can be chosen."""
        return [place for place, row in enumerate(self._rows) if row.is_choice]

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row(index.row())
        if row is None or not row.is_choice:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def result_rows(context: Context, results: Results) -> list[PaletteRow]:
    """Persons, cases, then a person to create."""
    rows: list[PaletteRow] = []
    if results.hits:
        rows.append(PaletteRow(RowKind.HEADER, tr("Persons"), _found(results)))
        rows += [_person(context, hit) for hit in results.hits]
    elif results.typed.strip():
        rows.append(PaletteRow(RowKind.HEADER, tr("Nobody matches what was typed.")))
    entries = [*map(_case, results.cases), *_places(results.typed)]
    if entries:
        rows.append(PaletteRow(RowKind.HEADER, tr("Go to"), line_above=bool(results.hits)))
        rows += entries
    if results.elements.family_name:
        rows.append(_creation(results.elements))
    return rows


def _places(typed: str) -> Iterator[PaletteRow]:
    """The pages of the program with a word that begins with what is typed."""
    wanted = fold(typed).split()
    for place in (*(entry for group in groups() for entry in group.entries), *footer()):
        words = fold(place.text).split()
        if wanted and all(any(word.startswith(part) for word in words) for part in wanted):
            yield PaletteRow(RowKind.ENTRY, place.text, icon=place.icon, route=place.route)


def activity_rows(person_id: str) -> list[PaletteRow]:
    """The activities one may enter for a person."""
    spoken = screen_language()
    rows = [PaletteRow(RowKind.HEADER, tr("Add an activity"))]
    for activity in ACTIVITIES:
        route = FormOf(activity.key, person_ids=(person_id,))
        label = activity.label.text(spoken)
        rows.append(PaletteRow(RowKind.ENTRY, label, icon=activity.icon, route=route))
    return rows


def _found(results: Results) -> str:
    shown, total = number_text(len(results.hits)), number_text(results.total)
    if results.more:
        return tr("The first {shown} of more than {total}", shown=shown, total=total)
    if len(results.hits) < results.total:
        return tr("The first {shown} of {total}", shown=shown, total=total)
    return ntr("{found} person", "{found} persons", results.total, found=total)


def _person(context: Context, hit: Hit) -> PaletteRow:
    name = hit.name
    facts = [
        age_words(hit),
        context.term("country", hit.nationality),
        code_text(hit.case_number or hit.number),
        _last_event(hit),
    ]
    return PaletteRow(
        RowKind.PERSON,
        _latin(name),
        " · ".join(fact for fact in facts if fact),
        hit.latin_spans,
        name.arabic,
        hit.arabic_spans,
        letters=initials(name.family, name.given),
        chips=tuple(_reason(reason, value) for reason, value in hit.reasons[:2]),
        route=PersonPage(hit.person_id),
        person_id=hit.person_id,
    )


def _latin(name: PersonName) -> str:
    """« KONÉ Aïcha »: in capitals unless that would move the matched parts."""
    capitals = name.family.upper()
    if len(capitals) != len(name.family):
        return name.latin
    return " ".join(part for part in (capitals, name.given) if part)


def age_words(hit: Hit) -> str:
    """« 29 ans », « 15 à 16 ans », or nothing when the birth date is not known."""
    age = hit.age
    if age.highest - age.lowest > 20:
        return tr("age unknown")
    if age.is_known:
        return ntr("{years} year old", "{years} years old", age.lowest, years=age.lowest)
    span = ltr(f"{age.lowest}–{age.highest}")
    return ntr("{years} year old", "{years} years old", age.highest, years=span)


def _last_event(hit: Hit) -> str:
    event = hit.last_event
    if event is None:
        return ""
    label = ACTIVITY_BY_KEY[event.activity].label.text(screen_language())
    return tr("{activity} on {day}", activity=label, day=ltr(date_text(event.day)))


def _case(case: CaseHit) -> PaletteRow:
    number = code_text(case.number)
    members = ntr("{persons} person", "{persons} persons", case.members, persons=case.members)
    if case.family_name:
        title = tr(
            "Case {number}, family {name}, {members}",
            number=number,
            name=case.family_name.upper(),
            members=members,
        )
    else:
        title = tr("Case {number}", number=number)
    return PaletteRow(RowKind.ENTRY, title, icon="users", route=CasePage(case.case_id))


def _creation(elements: Elements) -> PaletteRow:
    if elements.given_name:
        second = tr(
            "Family name “{family}”, given name “{given}”. You can correct before saving.",
            family=elements.family_name,
            given=elements.given_name,
        )
    else:
        second = tr(
            "Family name “{family}”. You can correct before saving.", family=elements.family_name
        )
    return PaletteRow(
        RowKind.ENTRY,
        tr("Create a person with these elements"),
        second,
        icon="plus",
        key="Ctrl+N",
        bold=True,
        route=NewRegistration(elements.prefill()),
        line_above=True,
    )


_REASONS: dict[Reason, Callable[[], str]] = {
    Reason.EXACT_NAMES: lambda: tr("Both names"),
    Reason.EXACT_NAME: lambda: tr("Exact name"),
    Reason.BEGINNING: lambda: tr("Beginning of a name"),
    Reason.CLOSE_NAME: lambda: tr("Close name"),
    Reason.OTHER_NAME: lambda: tr("Other known name"),
    Reason.ARABIC: lambda: tr("Arabic name"),
}


def _reason(reason: Reason, value: str) -> str:
    if reason in _REASONS:
        return _REASONS[reason]()
    if reason is Reason.CASE:
        return tr("Case {number}", number=code_text(value))
    if reason is Reason.PHONE:
        return tr("Phone {number}", number=ltr(value))
    return tr("Number {number}", number=ltr(value))
