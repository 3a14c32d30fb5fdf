"""Writing the proof pack of a closed semester."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.translation import translator
from avrr_desktop.db.publication_tables import CLOSING
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.atomic import give_out
from avrr_desktop.services.chain import canonical
from avrr_desktop.services.closing.closings import Published, frozen_of, published
from avrr_desktop.services.closing.frozen import rolls_frozen
from avrr_desktop.services.closing.held import Closing, closed
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.past import past
from avrr_desktop.services.proof.anonymised import ages_gone
from avrr_desktop.services.proof.checking import CHECKER, checker_in, verified
from avrr_desktop.services.proof.consent import withheld_of
from avrr_desktop.services.proof.definitions import Missing, definitions_page
from avrr_desktop.services.proof.figures import FORMAT, Json, figures_of
from avrr_desktop.services.proof.lists import Lists
from avrr_desktop.services.proof.pseudonyms import Pseudonyms
from avrr_desktop.services.proof.withheld import withheld_cells
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import Roll
from avrr_desktop.services.summary.reading import Reading
from avrr_desktop.services.workbook import write_workbook

FINGERPRINTS = "fingerprints.json"
ReportProgress = Callable[[int, int], None]
_STEPS = 5
_UNIX = 3
_MODE = 0o644


@dataclass(frozen=True, slots=True)
class Proof:
    """A pack that was written."""

    fingerprint: str  # the SHA-256 of its fingerprints
    cells: int  # recounted
    lines: int
    withheld: int  # persons in no list


@dataclass(frozen=True, slots=True)
class _Pack:
    members: dict[str, bytes]
    withheld: int


@needs(Permission.EXPORT_NAMES)
def write_proof(
    register: Register,
    actor: Actor,
    period: Period,
    path: Path,
    language: Language,
    *,
    progress: ReportProgress | None = None,
) -> Proof:
    """Write the pack of a closed semester, once it was recounted by its own checker.

    The journal notes who made it, and its fingerprint.

    Raises:
        UserError: ``not_closed``, ``closing_altered``, ``proof_not_conform`` (the lists do not
            give what was published: nothing is written); see ``give_out``.
    """
    tell = progress or _silent
    tell(0, _STEPS)
    with register.database.reading() as connection:
        closing = closed(connection, period)
        rolls = rolls_frozen(frozen_of(connection, closing).members)
    given = published(register, closing)
    tell(1, _STEPS)
    pack = _listed(register, given, rolls, language)
    tell(2, _STEPS)
    pack.members["workbook.xlsx"] = _workbook(given, language)
    checker = checker_in(register.paths.resources)
    pack.members[CHECKER] = checker.read_bytes()
    pack.members[FINGERPRINTS] = _json(_fingerprints(register, given, pack, language))
    tell(3, _STEPS)
    faults, done = verified(checker, pack.members)
    if faults:
        first = " / ".join(str(value) for value in faults[0][1].values())
        raise UserError("proof_not_conform", period=period.code, first=first)
    tell(4, _STEPS)
    proof = Proof(
        sha256(pack.members[FINGERPRINTS]).hexdigest(), done["cells"], done["lines"], pack.withheld
    )
    package = _zipped(pack.members, closing.closed_at)
    with register.database.writing() as connection:  # file and line of the journal, or neither
        _note(Journal(connection, actor, register.clock, action="proof"), closing, proof)
        with give_out(path) as file:
            file.write(package)
    return proof


def _silent(_done: int, _total: int) -> None:
    """Nobody asked."""


def _listed(
    register: Register, given: Published, rolls: tuple[Roll, ...], language: Language
) -> _Pack:
    """Lists, figures and definitions, from the register as it was at the closing."""
    closing, summary = given.closing, given.counted.summary
    with past(register, closing.as_of) as view:
        reading = Reading(view.connection, view.vocabularies, closing.period, closing.counted_on)
        lists = Lists(reading, Pseudonyms())
        withheld = withheld_of(register, lists.persons, reading.merged)
        members = {f"lines/{one.name}.csv": one.csv() for one in lists.made(withheld)}
        left = withheld_cells(rolls, lists, withheld)
        with register.database.reading() as connection:
            gone = ages_gone(connection, rolls, withheld)
        members["figures.json"] = canonical(figures_of(summary, view.vocabularies, left, gone))
    say = translator(language)
    missing = Missing(len(withheld), gone.persons)
    page = definitions_page(summary, given.register, closing, missing, say)
    members["definitions.html"] = page
    return _Pack(members, len(withheld))


def _workbook(given: Published, language: Language) -> bytes:
    """The very bytes that an export gives."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        write_workbook(given.register, given.counted, path, language)
        return path.read_bytes()


def _fingerprints(register: Register, given: Published, pack: _Pack, language: Language) -> Json:
    closing = given.closing
    out = closing.published_at
    return {
        "format": FORMAT,
        "period": closing.period.code,
        "register": given.register.uuid,
        "is_demo": given.register.is_demo,
        "rules_version": closing.rules_version,
        "closing": closing.fingerprint,
        "closed_at": closing.closed_at.isoformat(),
        "counted_on": closing.counted_on.isoformat(),
        "published_at": out.isoformat() if out else None,
        "made_at": register.clock.now().isoformat(),
        "language": language.value,
        "withheld_persons": pack.withheld,
        "members": {name: sha256(pack.members[name]).hexdigest() for name in sorted(pack.members)},
    }


def _json(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def _zipped(members: Mapping[str, bytes], at: datetime) -> bytes:
    """Every member dated by the closing."""
    moment = at.astimezone(UTC)
    stamp = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name in sorted(members):
            entry = ZipInfo(name, stamp)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _MODE << 16
            archive.writestr(entry, members[name])
    return buffer.getvalue()


def _note(journal: Journal, closing: Closing, proof: Proof) -> None:
    """Who made a pack, when, and which one it is."""
    noted = {
        "period": closing.period.code,
        "fingerprint": proof.fingerprint,
        "withheld": proof.withheld,
    }
    journal.note(CLOSING.name, closing.id, None, noted)
    journal.write()
