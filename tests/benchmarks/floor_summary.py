"""The floor of the summary: one hand-written query per section and list, giving the same cells.

Nothing of the engine is used here: plain ``sqlite3`` and SQL written for this schema.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

Key = tuple[str, str, str | None, str]
Cells = dict[Key, int]

LOWEST = """(CAST(strftime('%Y%m%d', f.day) AS INTEGER)
    - CAST(strftime('%Y%m%d', p.birth_last) AS INTEGER)) / 10000"""
HIGHEST = """(CAST(strftime('%Y%m%d', f.day) AS INTEGER)
    - CAST(strftime('%Y%m%d', p.birth_first) AS INTEGER)) / 10000"""
GROUP = f"""CASE
    WHEN p.sex IS NULL OR p.birth_first IS NULL THEN 'undetermined'
    WHEN {LOWEST} >= 18 THEN CASE p.sex WHEN 'man' THEN 'men' ELSE 'women' END
    WHEN {HIGHEST} < 18 THEN CASE p.sex WHEN 'man' THEN 'boys' ELSE 'girls' END
    ELSE 'undetermined' END"""
BAND_OF = """CASE WHEN {age} < 5 THEN '0_4' WHEN {age} < 13 THEN '5_12' WHEN {age} < 18 THEN '13_17'
    WHEN {age} < 40 THEN '18_39' WHEN {age} < 60 THEN '40_59' ELSE '60_plus' END"""
BAND = f"""CASE WHEN p.birth_first IS NULL THEN 'undetermined'
    WHEN {BAND_OF.format(age=LOWEST)} = {BAND_OF.format(age=HIGHEST)}
    THEN {BAND_OF.format(age=LOWEST)} ELSE 'undetermined' END"""
NOT_EXITED = "(e.exit_on IS NULL OR e.exit_on > e.departed_on)"


@dataclass(frozen=True, slots=True)
class Part:
    """A section as the floor asks for it: SQL for each list, by the name of its cells."""

    section: str
    table: str
    day: str
    where: str = "1"
    own: str = "1"  # further condition of the published population
    suffix: str = ""
    lists: dict[str, str] = field(default_factory=dict)
    services: tuple[str, ...] = ()


_REINTEGRATION = {
    "country": "e.country",
    "kind": "e.kind",
    "dimension": "e.dimension",
    "level": "e.level",
    "modality": "e.modality",
    "nationality": "p.nationality",
    "office": "e.office",
}
_OWN = "e.fund = 'iom_morocco'"
_RESETTLEMENT = {
    "country": "e.country",
    "kind": "e.kind",
    "nationality": "p.nationality",
    "fund": "e.fund",
    "office": "e.office",
}


def _reintegration(section: str, column: str) -> Iterator[Part]:
    where = f"e.{column} IS NOT NULL"
    base = ("reintegration", "started_on", where)
    yield Part(section, *base, own=_OWN, lists=_REINTEGRATION, services=("kind",))
    everything = {**_REINTEGRATION, "fund": "e.fund"}
    yield Part(section, *base, suffix="_all_funds", lists=everything, services=("kind", "fund"))


PARTS: tuple[Part, ...] = (
    Part(
        "registrations",
        "registration",
        "registered_on",
        lists={
            "channel": "e.channel",
            "nationality": "p.nationality",
            "reason": "e.reason",
            "situation": "e.situation",
            "partner": "e.partner",
            "office": "e.office",
        },
    ),
    Part(
        "requests",
        "registration",
        "contacted_on",
        "e.registered_on IS NULL",
        lists={"channel": "e.channel", "nationality": "p.nationality", "office": "e.office"},
    ),
    Part(
        "returns_from_morocco",
        "return_from_morocco",
        "departed_on",
        NOT_EXITED,
        lists={
            "country": "e.country",
            "nationality": "p.nationality",
            "fund": "e.fund",
            "office": "e.office",
        },
        services=("fund",),
    ),
    Part(
        "direct_assistance",
        "direct_assistance",
        "given_on",
        lists={
            "kind": "e.kind",
            "modality": "e.modality",
            "nationality": "p.nationality",
            "fund": "e.fund",
            "office": "e.office",
        },
        services=("kind", "modality", "fund"),
    ),
    *_reintegration("reintegration", "return_from_morocco_id"),
    *_reintegration("reintegration_in_morocco", "return_to_morocco_id"),
    Part(
        "cash_on_return",
        "cash_on_return",
        "paid_on",
        lists={
            "country": "e.country",
            "nationality": "p.nationality",
            "fund": "e.fund",
            "office": "e.office",
        },
        services=("fund",),
    ),
    Part(
        "returns_to_morocco",
        "return_to_morocco",
        "arrived_on",
        lists={
            "host_country": "e.host_country",
            "profile": "e.profile",
            "region": "e.region",
            "office": "e.office",
        },
    ),
    Part(
        "referrals",
        "referral",
        "referred_on",
        lists={
            "partner": "e.partner",
            "region": "e.region",
            "purpose": "c.code",
            "outcome": "e.outcome",
            "nationality": "p.nationality",
            "fund": "e.fund",
            "office": "e.office",
        },
        services=("partner", "fund"),
    ),
    Part(
        "resettlement",
        "resettlement",
        "departed_on",
        f"{NOT_EXITED} AND e.kind = 'resettlement'",
        lists=_RESETTLEMENT,
        services=("fund",),
    ),
    Part(
        "other_admissions",
        "resettlement",
        "departed_on",
        f"{NOT_EXITED} AND e.kind <> 'resettlement'",
        lists=_RESETTLEMENT,
        services=("fund",),
    ),
)


def raw_cells(connection: sqlite3.Connection, start: str, end: str, today: str) -> Cells:
    """Every cell of the summary, by hand-written queries."""
    cells: Cells = {}
    for part in PARTS:
        _count_part(connection, part, (start, end), cells)
    _count_cohort(connection, start, end, today, cells)
    _count_changing(connection, start, end, cells)
    _count_running(connection, end, cells)
    return {key: value for key, value in cells.items() if value}


def _events(part: Part, *, own: bool = True) -> str:
    """Events of a section with their person, and each person's first day in it."""
    joined = f"""FROM {part.table} e
        JOIN person q ON q.id = e.person_id AND q.deleted_at IS NULL
        JOIN person p ON p.id = coalesce(q.merged_into_id, q.id) AND p.deleted_at IS NULL"""
    choice = "LEFT JOIN referral_purposes c ON c.owner_id = e.id"
    kept = f"e.{part.day} BETWEEN :start AND :end AND e.deleted_at IS NULL AND {part.where}"
    first = f"""(SELECT p.id AS person, min(e.{part.day}) AS day {joined} WHERE {kept}
        GROUP BY p.id) f"""
    purposes = choice if part.table == "referral" and own else ""
    condition = f"{kept} AND {part.own}" if own else kept
    return f"{joined} {purposes} JOIN {first} ON f.person = p.id WHERE {condition}"


def _count_part(
    connection: sqlite3.Connection, part: Part, window: tuple[str, str], cells: Cells
) -> None:
    binds = {"start": window[0], "end": window[1]}
    section, suffix, events = part.section, part.suffix, _events(part)
    persons = f"persons{suffix}"

    def grouped(measure: str, term: str, source: str) -> None:
        query = f"SELECT {term}, {GROUP}, count(DISTINCT p.id) {source} GROUP BY 1, 2"
        for code, group, count in connection.execute(query, binds):
            cells[section, measure, code, group] = count
            total = (section, measure, code, "total")
            cells[total] = cells.get(total, 0) + count

    def single(measure: str, expression: str, source: str) -> None:
        query = f"SELECT {expression}, count(DISTINCT e.id) {source} GROUP BY 1"
        for code, count in connection.execute(query, binds):
            cells[section, measure, code, "total"] = count

    grouped(persons, "NULL", events)
    single(f"services{suffix}", "NULL", events)
    for key, column in part.lists.items():
        grouped(f"{persons}_by_{key}", f"coalesce({column}, 'not_stated')", events)
    for key in part.services:
        single(f"services{suffix}_by_{key}", f"coalesce({part.lists[key]}, 'not_stated')", events)
    grouped(f"{persons}_by_month", f"strftime('%Y-%m', e.{part.day})", events)
    grouped(f"{persons}_by_age_band", BAND, events)
    # The first WHERE stands inside the sub-query of first days: the join goes before the last.
    head, _, tail = events.rpartition(" WHERE ")
    vulnerable = f"{head} {_VULNERABLE} WHERE {tail}"
    grouped(f"{persons}_by_vulnerability", "v.code", vulnerable)
    if not suffix:
        flagged = f"{vulnerable} AND v.code IN ('unaccompanied_child', 'separated_child')"
        flagged += f" AND {GROUP} IN ('boys', 'girls')"
        grouped("unaccompanied_or_separated_children", "NULL", flagged)
    query = f"SELECT count(DISTINCT e.case_id) {events}"
    cells[section, f"cases{suffix}", None, "total"] = connection.execute(query, binds).fetchone()[0]
    families = f"""SELECT count(DISTINCT e.case_id) {events} AND (
        SELECT count(DISTINCT coalesce(n.merged_into_id, n.id)) FROM membership b
        JOIN person n ON n.id = b.person_id AND n.deleted_at IS NULL
        WHERE b.case_id = e.case_id AND b.deleted_at IS NULL AND b.from_on <= e.{part.day}
        AND (b.to_on IS NULL OR b.to_on >= e.{part.day})) >= 2"""
    count = connection.execute(families, binds).fetchone()[0]
    cells[section, f"families{suffix}", None, "total"] = count


_VULNERABLE = """JOIN vulnerability v
    ON v.person_id IN (SELECT m.id FROM person m WHERE m.deleted_at IS NULL
        AND (m.id = p.id OR m.merged_into_id = p.id))
    AND v.deleted_at IS NULL AND coalesce(v.from_on, v.entered_on, '') <= f.day
    AND coalesce(v.to_on, '9999-12-31') >= f.day"""


def _count_cohort(
    connection: sqlite3.Connection, start: str, end: str, today: str, cells: Cells
) -> None:
    query = f"""SELECT {GROUP}, count(DISTINCT p.id) {_events(PARTS[0])} AND EXISTS (
        SELECT 1 FROM return_from_morocco e JOIN person o ON o.id = e.person_id
        AND o.deleted_at IS NULL WHERE coalesce(o.merged_into_id, o.id) = p.id
        AND e.person_id IN (SELECT m.id FROM person m WHERE m.id = p.id OR m.merged_into_id = p.id)
        AND e.deleted_at IS NULL AND {NOT_EXITED}
        AND e.departed_on BETWEEN f.day AND :today) GROUP BY 1"""
    binds = {"start": start, "end": end, "today": today}
    for group, count in connection.execute(query, binds):
        cells["cohort", "persons_departed", None, group] = count
        total = ("cohort", "persons_departed", None, "total")
        cells[total] = cells.get(total, 0) + count


def _count_changing(connection: sqlite3.Connection, start: str, end: str, cells: Cells) -> None:
    wholes = [part for part in PARTS if part.suffix != "_all_funds"]
    each = " UNION ".join(
        f"SELECT p.id AS person, {GROUP} AS grp {_events(part, own=False)}" for part in wholes
    )
    query = f"""SELECT count(*) FROM (SELECT person FROM ({each})
        GROUP BY person HAVING count(DISTINCT grp) > 1)"""
    count = connection.execute(query, {"start": start, "end": end}).fetchone()[0]
    cells["across", "persons_changing_group", None, "total"] = count


def _count_running(connection: sqlite3.Connection, end: str, cells: Cells) -> None:
    balances = connection.execute(
        """SELECT section, term, max(as_of) FROM opening_balance
        WHERE deleted_at IS NULL AND as_of <= ? GROUP BY section, term""",
        (end,),
    ).fetchall()
    since = {(section, term): as_of for section, term, as_of in balances}
    for part in PARTS:
        if part.section not in ("returns_from_morocco", "resettlement"):
            continue
        source = _events(part, own=False)
        binds = {"start": since.get((part.section, None), ""), "end": end}
        query = f"SELECT count(DISTINCT p.id) {source} AND e.{part.day} > :start"
        count = connection.execute(query, binds).fetchone()[0]
        cells["running_totals", "counted", part.section, "total"] = count
        if part.section == "resettlement":
            _running_by_country(connection, part, end, since, cells)


def _running_by_country(
    connection: sqlite3.Connection,
    part: Part,
    end: str,
    since: dict[tuple[str, str | None], str],
    cells: Cells,
) -> None:
    apart = [term for section, term in since if section == part.section and term]
    for term in (*apart, None):
        others = ", ".join(f"'{code}'" for code in apart)
        wanted = f"e.country = '{term}'" if term else f"e.country NOT IN ({others})"
        binds = {"start": since.get((part.section, term), "") if term else "", "end": end}
        query = f"""SELECT e.country, count(DISTINCT p.id) {_events(part, own=False)}
            AND e.{part.day} > :start AND {wanted} GROUP BY 1"""
        for country, count in connection.execute(query, binds):
            cells["running_totals", "counted", f"{part.section}:{country}", "total"] = count
