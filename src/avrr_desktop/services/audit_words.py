"""The lines of the journal in words, for its page, its export and the command line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.specs import Field
from avrr_desktop.core.translation import Translator
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.audit_lines import AuditLine
from avrr_desktop.services.history import FieldChange

_ARROW, _ARROW_BACK = "→", "←"
NOTHING: Final = "—"
_MINOR: Final = 100  # hundredths in an amount
_ID: Final = re.compile("[0-9a-f]{32}")
Say = Callable[[Translator], str]

_ACTIONS: Mapping[str, Say] = {
    "save": lambda say: say.tr("Entry or change"),
    "delete": lambda say: say.tr("Deletion"),
    "restore": lambda say: say.tr("Restored from the bin"),
    "undo": lambda say: say.tr("Taken back"),
    "redo": lambda say: say.tr("Brought back"),
    "import": lambda say: say.tr("Import"),
    "bulk_load": lambda say: say.tr("Loading in bulk"),
    "merge": lambda say: say.tr("Merger of two files"),
    "unmerge": lambda say: say.tr("Separation of merged files"),
    "different": lambda say: say.tr("Said to be two persons"),
    "close": lambda say: say.tr("Closing of a semester"),
    "reopen": lambda say: say.tr("Reopening of a semester"),
    "publish": lambda say: say.tr("Publication"),
    "approve": lambda say: say.tr("Correction approved"),
    "refuse": lambda say: say.tr("Correction refused"),
    "declare": lambda say: say.tr("Declaration"),
    "withdraw": lambda say: say.tr("Declaration withdrawn"),
    "bulletin": lambda say: say.tr("Text or image of the bulletin"),
    "setting": lambda say: say.tr("Setting"),
    "list": lambda say: say.tr("Change of a list"),
    "export": lambda say: say.tr("Export"),
    "proof": lambda say: say.tr("Proof pack"),
    "print": lambda say: say.tr("Printing"),
    "view": lambda say: say.tr("Restricted note seen"),
    "log_in": lambda say: say.tr("Log-in"),
    "log_in_failed": lambda say: say.tr("Log-in refused"),
    "log_out": lambda say: say.tr("Log-out"),
    "create": lambda say: say.tr("User added"),
    "update": lambda say: say.tr("User changed"),
    "revoke": lambda say: say.tr("User revoked"),
    "password_reset": lambda say: say.tr("Password reset"),
    "password_changed": lambda say: say.tr("Password changed"),
    "recovery_key_renewed": lambda say: say.tr("Recovery key renewed"),
    "protect": lambda say: say.tr("Register encrypted"),
    "rotate": lambda say: say.tr("Register encrypted under another key"),
    "backup": lambda say: say.tr("Backup"),
    "restore_backup": lambda say: say.tr("Backup restored"),
    "journal_head": lambda say: say.tr("Head of the journal begun anew"),
    "move": lambda say: say.tr("File for another PC prepared"),
    "move_away": lambda say: say.tr("Register goes on on another PC"),
    "take_back": lambda say: say.tr("Register taken back on this PC"),
    "continue": lambda say: say.tr("Register goes on on this PC"),
    "erase": lambda say: say.tr("Values erased after their time of keeping"),
    "anonymise": lambda say: say.tr("Anonymisation"),
}
_TABLES: Mapping[str, Say] = {
    "term": lambda say: say.tr("List"),
    "setting": lambda say: say.tr("Setting"),
    "user": lambda say: say.tr("User"),
    "closing": lambda say: say.tr("Closing"),
    "correction": lambda say: say.tr("Correction"),
    "declaration": lambda say: say.tr("Declaration"),
    "different_persons": lambda say: say.tr("Pair of persons"),
    "bulletin_text": lambda say: say.tr("Text of the bulletin"),
    "bulletin_image": lambda say: say.tr("Image of the bulletin"),
    "file": lambda say: say.tr("File"),
    "view": lambda say: say.tr("Restricted note"),
    "register": lambda say: say.tr("Register"),
    "backup": lambda say: say.tr("Backup"),
    "journal": lambda say: say.tr("Journal"),
    "change": lambda say: say.tr("Journal"),
    "anonymised": lambda say: say.tr("Person"),
}
_SETTINGS: Mapping[str, Say] = {
    "office.name": lambda say: say.tr("name of the office"),
    "office.place": lambda say: say.tr("city"),
    "office.address": lambda say: say.tr("address"),
    "office.contacts": lambda say: say.tr("contacts"),
    "office.default_office": lambda say: say.tr("office of new records"),
    "office.email": lambda say: say.tr("e-mail"),
    "office.website": lambda say: say.tr("website"),
    "office.networks": lambda say: say.tr("social networks"),
    "office.mask_below": lambda say: say.tr("small figures"),
    "office.retention_years": lambda say: say.tr("time of keeping, in years"),
}
_CONTENTS: Mapping[str, Say] = {
    "workbook": lambda say: say.tr("Workbook"),
    "bulletin": lambda say: say.tr("Bulletin"),
    "journal": lambda say: say.tr("Journal"),
    "import_report": lambda say: say.tr("Report of an import"),
    "subject_access": lambda say: say.tr("File of one person"),
}
_DETAILS: Mapping[str, Say] = {
    "what": lambda say: say.tr("content"),
    "period": lambda say: say.tr("period"),
    "language": lambda say: say.tr("language"),
    "filters": lambda say: say.tr("filters"),
    "lines": lambda say: say.tr("lines"),
    "searched": lambda say: say.tr("searched by name"),
    "masked": lambda say: say.tr("small figures hidden"),
    "fields": lambda say: say.tr("fields"),
    "sequence": lambda say: say.tr("line of the journal"),
    "at": lambda say: say.tr("when"),
    "reason": lambda say: say.tr("reason"),
    "fingerprint": lambda say: say.tr("fingerprint"),
    "name": lambda say: say.tr("name"),
    "active": lambda say: say.tr("active"),
    "role": lambda say: say.tr("role"),
    "login": lambda say: say.tr("name to log in with"),
    "erased_on": lambda say: say.tr("erased on"),
    "made_at": lambda say: say.tr("prepared on"),
    "pc": lambda say: say.tr("PC"),
}


def action_text(action: str, say: Translator) -> str:
    """What was done; an action that is not known here by its own name."""
    return _ACTIONS[action](say) if action in _ACTIONS else action.replace("_", " ")


def deed_text(line: AuditLine, say: Translator) -> str:
    """What the line did: an entry told from a change."""
    if line.action == "save" and line.change is not None:
        return say.tr("Entry") if line.change.is_new else say.tr("Change of an entry")
    return action_text(line.action, say)


def table_text(table: str, say: Translator) -> str:
    """What kind of record, or of thing, it was done to."""
    if record := RECORD_BY_KEY.get(table):
        return record.label.text(say.language)
    return _TABLES[table](say) if table in _TABLES else table.replace("_", " ")


def record_text(line: AuditLine, say: Translator) -> str:
    """« Personne P-0042 », « Fichier liste.xlsx »; an id of the program tells nobody anything."""
    if line.table in ("view", "anonymised"):
        table = line.record_id.partition("/")[0]
        return f"{table_text(table, say)} {line.number}".strip()
    named = line.number if line.change else line.number or line.record_id
    if line.table == "setting" and line.record_id in _SETTINGS:
        named = _SETTINGS[line.record_id](say)
    named = "" if _ID.fullmatch(named) else named
    return f"{table_text(line.table, say)} {named}".strip()


def pieces(line: AuditLine, lists: Vocabularies, say: Translator) -> Iterator[tuple[str, str, str]]:
    """What a line tells, piece by piece: of which field, before, after."""
    if line.change is not None:
        for field in line.change.fields:
            label = field.field.spec.label.text(say.language)
            yield (label, *field_texts(field, lists, say))
        return
    before, after = line.before, line.after
    if not isinstance(before, Mapping) and not isinstance(after, Mapping):
        if before is not None or after is not None:
            yield "", _plain(before, say), _plain(after, say)
        return
    old = before if isinstance(before, Mapping) else {}
    new = after if isinstance(after, Mapping) else {}
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name):
            told = _DETAILS[name](say) if name in _DETAILS else str(name).replace("_", " ")
            word = _content if name == "what" else _plain
            yield told, word(old.get(name), say), word(new.get(name), say)


def summary_text(
    line: AuditLine, lists: Vocabularies, say: Translator, *, most: int | None = None
) -> str:
    """« Prénom : Awa → Aïcha », so many pieces, then how many more."""
    if line.erased_on is not None:
        return say.tr("erased on {day}", day=line.erased_on.strftime("%d/%m/%Y"))
    told = [_piece(piece, say, is_new=_is_new(line)) for piece in pieces(line, lists, say)]
    shown = told if most is None else told[:most]
    rest = len(told) - len(shown)
    text = say.tr("; ").join(shown)
    return f"{text} \u2066+{rest}\u2069" if rest else text


def field_texts(change: FieldChange, lists: Vocabularies, say: Translator) -> tuple[str, str]:
    """A field before and after; in words where its reading is restricted."""
    if change.is_withheld:
        return say.tr("restricted"), say.tr("restricted")
    return (
        value_text(change.field, change.before, lists, say),
        value_text(change.field, change.after, lists, say),
    )


def value_text(field: Field, value: object, lists: Vocabularies, say: Translator) -> str:
    """A value as the journal keeps it, as people read it."""
    if value is None or value in ("", (), []):
        return NOTHING
    spec = field.spec
    codes = value if isinstance(value, list | tuple) else [value]
    if spec.kind in {Kind.TERM, Kind.TERMS}:
        return " · ".join(lists.label(spec.vocabulary, str(code), say.language) for code in codes)
    if spec.kind is Kind.REFERENCE:
        return say.tr("another record")
    return _typed_text(spec.kind, value, say)


def _typed_text(kind: Kind, value: object, say: Translator) -> str:
    if kind is Kind.YES_NO:
        return say.tr("Yes") if value else say.tr("No")
    if kind is Kind.DATE and isinstance(value, str):
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    if kind is Kind.AMOUNT and isinstance(value, int):
        whole, rest = divmod(value, _MINOR)
        return f"{whole},{rest:02d}" if rest else str(whole)
    return str(value)


def _is_new(line: AuditLine) -> bool:
    return line.change.is_new if line.change else not isinstance(line.before, Mapping)


def _piece(piece: tuple[str, str, str], say: Translator, *, is_new: bool) -> str:
    label, before, after = piece
    if say.language.is_rtl:
        before, after = (f"\u2068{text}\u2069" for text in (before, after))
    arrow = _ARROW_BACK if say.language.is_rtl else _ARROW
    is_first = is_new and NOTHING in before
    change = after if is_first else f"{before} {arrow} {after}"
    return say.tr("{field}: {values}", field=label, values=change) if label else change


def _content(value: object, say: Translator) -> str:
    """What was exported: a list of records, or one of the documents."""
    if record := RECORD_BY_KEY.get(str(value)):
        return record.plural.text(say.language)
    return _CONTENTS[str(value)](say) if value in _CONTENTS else _plain(value, say)


def _plain(value: object, say: Translator) -> str:
    """A setting or a detail: plain JSON."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return say.tr("Yes") if value else say.tr("No")
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_plain(each, say)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_plain(each, say) for each in value if each != "")
    return str(value)
