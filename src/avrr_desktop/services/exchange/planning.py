"""The dry run of an import: every line read, placed and checked, nothing written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection, func, select

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.tables import CHANGE, TERM
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.batch import Batch
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.exchange.cases_planning import CasesPlanning
from avrr_desktop.services.exchange.cell_values import Reading
from avrr_desktop.services.exchange.children_planning import ChildrenPlanning
from avrr_desktop.services.exchange.columns import CASE_NUMBER, INTAKE, all_sheets
from avrr_desktop.services.exchange.drafting import Drafting
from avrr_desktop.services.exchange.events_planning import EventsPlanning, in_order
from avrr_desktop.services.exchange.lines import Line, folded_number, read_line, texts
from avrr_desktop.services.exchange.lookups import Lookups
from avrr_desktop.services.exchange.people_planning import PeoplePlanning
from avrr_desktop.services.exchange.plan import ImportPlan
from avrr_desktop.services.exchange.reading import RawSheet, read_sheets
from avrr_desktop.services.exchange.recognition import Recognition
from avrr_desktop.services.exchange.whose import Whose
from avrr_desktop.services.records import ReportProgress
from avrr_desktop.services.register import Register
from avrr_desktop.services.stored import Row

_STEP = 200


@needs(Permission.IMPORT)
def plan_import(
    register: Register, path: Path, progress: ReportProgress | None = None
) -> ImportPlan:
    """What the import of a filled template would do.

    Raises:
        UserError: see ``read_sheets``.
    """
    raw = read_sheets(path, progress or _quiet)
    with register.database.reading() as connection:
        planning = _Planning(register, connection, progress or _quiet)
        lines = planning.lines(raw)
        drafts = planning.drafts(lines)
        planned = [line.planned(planning.name_of(line)) for line in _all(lines)]
        return ImportPlan(path.name, tuple(planned), drafts, sequence_now(connection))


def sequence_now(connection: Connection) -> int:
    """The last line of the journal about a record or a list: exports and views change nothing."""
    about = CHANGE.c.table_name.in_((*RECORD_BY_KEY, TERM.name))
    return connection.execute(select(func.max(CHANGE.c.sequence)).where(about)).scalar() or 0


def _quiet(done: int, total: int) -> None:
    pass


def _all(sheets: Mapping[str, Sequence[Line]]) -> list[Line]:
    return [line for spec in all_sheets() for line in sheets.get(spec.key, ())]


class _Planning:
    """One dry run."""

    def __init__(
        self, register: Register, connection: Connection, progress: ReportProgress
    ) -> None:
        self._register = register
        self._connection = connection
        self._progress = progress
        self._lookups = Lookups(connection)
        self._persons: dict[str, Row] = {}

    def lines(self, raw: Sequence[RawSheet]) -> dict[str, list[Line]]:
        """Every line of the file with its cells read, by sheet."""
        reading = Reading(self._register.vocabularies)
        total = sum(len(sheet.lines) for sheet in raw) * 2
        found: dict[str, list[Line]] = {}
        done = 0
        for sheet in raw:
            lines = found.setdefault(sheet.spec.key, [])
            for line in sheet.lines:
                if done % _STEP == 0:
                    self._progress(done, total)
                lines.append(read_line(sheet.spec, line, reading))
                done += 1
        return found

    def drafts(self, sheets: Mapping[str, list[Line]]) -> tuple[Draft, ...]:
        """Place every line, and check what they would write in one batch."""
        drafting = self._place(sheets)
        keys = (PERSON.key, CASE_FILE.key, *(activity.key for activity in in_order()))
        works = drafting.in_order(keys)
        drafts = tuple(work.draft() for work in works)
        batch = Batch(self._register, self._connection, drafts)
        for done, (work, draft) in enumerate(zip(works, drafts, strict=True)):
            if done % _STEP == 0:
                self._progress(len(works) + done, 2 * len(works))
            for finding in batch.findings(draft):
                work.tell(finding)
        return drafts

    def name_of(self, line: Line) -> str:
        """Whose line it is: the number, or the name typed for a new person."""
        person = self._persons.get(line.person_id)
        if person is not None:
            return str(person["number"])
        typed = (line.text("person.family_name"), line.text("person.given_name"))
        return " ".join(part for part in typed if part)

    def _place(self, sheets: Mapping[str, list[Line]]) -> Drafting:
        drafting = Drafting()
        whose = Whose(self._lookups, sheets)
        whose.settle()
        self._persons = whose.persons
        intake = sheets.get(INTAKE.key, [])
        today = self._register.clock.today()
        Recognition(self._lookups, today).settle(intake)
        events_of_activities = [line for a in in_order() for line in sheets.get(a.key, ())]
        self._persons.update(
            self._lookups.persons(line.person_id for line in events_of_activities if line.person_id)
        )
        self._lookups.load_memberships(line.person_id for line in events_of_activities)
        numbers = {folded_number(n) for n in texts(events_of_activities, CASE_NUMBER)}
        cases = self._lookups.cases_by_number(numbers)
        PeoplePlanning(self._lookups, drafting, self._persons, today).plan(intake)
        families = CasesPlanning(self._lookups, drafting, cases, self._persons)
        families.plan(intake)
        events = EventsPlanning(self._lookups, drafting, cases, families.case_of)
        for activity in in_order():
            events.plan(activity, sheets.get(activity.key, ()))
        children = ChildrenPlanning(self._lookups, drafting)
        for spec in all_sheets():
            if spec.owner and sheets.get(spec.key):
                children.plan(spec, sheets[spec.key], sheets.get(spec.owner, ()))
        return drafting
