"""Half-typed forms, kept in files of their own until they are saved; nothing of them is counted.

A form is one file, sealed by the register's box, of canonical JSON. Its name is a random id, so
that the folder tells nothing. What is discarded waits in the folder ``bin`` for 30 days; a file
that cannot be read, or is of another register, goes to the folder ``aside`` for as long.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Final

from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.services.anonymised import is_of_anonymised
from avrr_desktop.services.atomic import atomic_write, plain_failure
from avrr_desktop.services.register import Register
from avrr_desktop.vault import Box

FORMAT: Final = 1
PURPOSE: Final = "draft"
BIN_LIFE: Final = timedelta(days=30)
_PART_LIFE: Final = timedelta(days=1)  # left by a program killed while it wrote
_SUFFIX: Final = ".draft"
_BIN, _ASIDE = "bin", "aside"
_JSON: Final = b"{"


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A form as it was being typed.

    ``form`` is a record's key, or another form's; ``persons`` names whom it is about, for who is
    asked what to do with it. ``page`` is the page's own: plain JSON that only it understands.
    """

    id: str
    author: str
    form: str
    persons: tuple[str, ...]
    kept_at: datetime
    page: Mapping[str, object] = field(repr=False)
    discarded_at: datetime | None = None

    @property
    def bin_until(self) -> datetime | None:
        """When the bin lets it go."""
        return None if self.discarded_at is None else self.discarded_at + BIN_LIFE


@dataclass(frozen=True, slots=True)
class Found:
    """One's own half-typed forms, the last one first, and how many files cannot be read."""

    forms: tuple[Unsaved, ...]
    set_aside: int = 0


class UnsavedForms:
    """The half-typed forms of the register's user. May be called from two threads."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._folder = register.paths.drafts_dir
        self._clock: Clock = register.clock
        self._lock = Lock()

    @property
    def aside(self) -> Path:
        """Where files are put that cannot be read."""
        return self._folder / _ASIDE

    def keep(self, form: Unsaved, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Write a form, in the place of what was kept of it; nothing once no longer wanted.

        Raises:
            UserError: ``folder_read_only``, ``disk_full``, ``disk_failure``…; what was kept before
                stays. ``person_anonymised``: nothing about them is kept any more.
        """
        with self._lock:
            if not is_wanted():
                return
            if self.is_erased(form.form, form.page):
                raise UserError("person_anonymised")
            self._write(self._folder, form)

    def is_erased(self, form: str, page: Mapping[str, object]) -> bool:
        """Whether a form is about somebody of whom only figures are left."""
        with self._register.database.reading() as connection:
            return is_of_anonymised(connection, form, page)

    def forget(self, form_id: str) -> None:
        """Erase a form: it is saved, or empty again.

        Raises:
            UserError: a failure of the disk.
        """
        with self._lock:
            _erase(self._folder / f"{form_id}{_SUFFIX}")

    def discard(self, form_id: str) -> None:
        """Put a form in the bin; one that is not there is left alone.

        Raises:
            UserError: a failure of the disk; the form is then still offered.
        """
        self._move(form_id, self._folder, self._folder / _BIN, self._clock.now())

    def restore(self, form_id: str) -> None:
        """Take a form out of the bin again.

        Raises:
            UserError: a failure of the disk; the form is then still in the bin.
        """
        self._move(form_id, self._folder / _BIN, self._folder, None)

    def read(self) -> Found:
        """What is offered to the user; files that nobody can read are put aside."""
        with self._lock:
            forms, aside = self._read(self._folder)
        return Found(forms, aside)

    def binned(self) -> tuple[Unsaved, ...]:
        """What the user discarded in the last 30 days."""
        now = self._clock.now()
        with self._lock:
            forms, _aside = self._read(self._folder / _BIN)
        return tuple(form for form in forms if form.bin_until is not None and now < form.bin_until)

    def set_aside(self, form_id: str) -> None:
        """Put a form away that its page does not understand."""
        with self._lock:
            self._put_aside(self._folder / f"{form_id}{_SUFFIX}")

    def purge(self) -> None:
        """Erase what its time in the bin is over, whoever's it is.

        Raises:
            UserError: a failure of the disk.
        """
        now = self._clock.now()
        with self._lock:
            for path in _files(self._folder / _BIN):
                try:
                    until = self._load(path).bin_until
                except UserError:
                    self._put_aside(path)
                    continue
                if until is None or until <= now:
                    _erase(path)
            _erase_older(self.aside, f"*{_SUFFIX}", now - BIN_LIFE)
            for folder in (self._folder, self._folder / _BIN):
                _erase_older(folder, ".*.part", now - _PART_LIFE)

    def erase_anonymised(self) -> int:
        """Erase every form about somebody anonymised, whoever's it is; gives how many.

        Raises:
            UserError: a failure of the disk.
        """
        erased = 0
        with self._lock, self._register.database.reading() as connection:
            for path in (*_files(self._folder), *_files(self._folder / _BIN)):
                try:
                    form = self._load(path)
                except UserError:
                    continue
                if is_of_anonymised(connection, form.form, form.page):
                    _erase(path)
                    erased += 1
        return erased

    def _move(self, form_id: str, source: Path, target: Path, at: datetime | None) -> None:
        path = source / f"{form_id}{_SUFFIX}"
        with self._lock, _said_plainly(path):
            if not path.exists():
                return
            # The new file first: killed in between, the form is in both places, never in none.
            self._write(target, replace(self._load(path), discarded_at=at))
            _erase(path)

    def _read(self, folder: Path) -> tuple[tuple[Unsaved, ...], int]:
        forms, aside = [], 0
        for path in _files(folder):
            try:
                form = self._load(path)
            except UserError:
                self._put_aside(path)
                aside += 1
                continue
            if form.author == self._register.actor.id:
                forms.append(form)
        forms.sort(key=lambda form: form.kept_at, reverse=True)
        return tuple(forms), aside

    def _write(self, folder: Path, form: Unsaved) -> None:
        if not self._folder.parent.is_dir():  # a drive that is gone is not to be imitated
            raise UserError("folder_missing", folder=str(self._folder.parent))
        with _said_plainly(folder):
            folder.mkdir(parents=True, exist_ok=True)
        sealed = self._register.box.seal(_bytes_of(form, self._register.info.uuid), PURPOSE)
        with atomic_write(folder / f"{form.id}{_SUFFIX}") as file:
            file.write(sealed)

    def _load(self, path: Path) -> Unsaved:
        with _said_plainly(path):
            sealed = path.read_bytes()
        content = self._register.box.open(sealed, PURPOSE)
        return _form_of(path.stem, content, self._register.info.uuid)

    def _put_aside(self, path: Path) -> None:
        with suppress(OSError):
            self.aside.mkdir(parents=True, exist_ok=True)
            path.replace(self.aside / path.name)


def reseal(folder: Path, before: Box, after: Box) -> None:
    """Seal every form under another key, as far as the disk allows: a register comes first.

    What the former key does not open is left as it is. Files put aside by an open register are
    sealed too: the program cannot read them, but people could.
    """
    for part in (folder, folder / _BIN, folder / _ASIDE):
        for left in part.glob(".*.part"):
            with suppress(UserError):
                _erase(left)
        for path in _files(part):
            with suppress(UserError):
                _seal_again(path, before, after, is_read=part.name != _ASIDE)


def _seal_again(path: Path, before: Box, after: Box, *, is_read: bool) -> None:
    with _said_plainly(path):
        content = before.open(path.read_bytes(), PURPOSE)
    # An open box opens anything, even what is sealed already.
    if is_read and not content.startswith(_JSON):
        return
    with atomic_write(path) as file:
        file.write(after.seal(content, PURPOSE))


def _bytes_of(form: Unsaved, register: str) -> bytes:
    content = {
        "format": FORMAT,
        "register": register,
        "author": form.author,
        "form": form.form,
        "persons": list(form.persons),
        "kept_at": form.kept_at.isoformat(),
        "discarded_at": form.discarded_at.isoformat() if form.discarded_at else None,
        "page": form.page,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _form_of(form_id: str, content: bytes, register: str) -> Unsaved:
    """The form of a file.

    Raises:
        UserError: ``sealed_broken``: damaged, of a later program, or of another register.
    """
    try:
        given = json.loads(content)
        if given["format"] != FORMAT or given["register"] != register:
            raise UserError("sealed_broken")
        discarded = given["discarded_at"]
        return Unsaved(
            id=form_id,
            author=str(given["author"]),
            form=str(given["form"]),
            persons=tuple(str(name) for name in given["persons"]),
            kept_at=_instant(given["kept_at"]),
            page=dict(given["page"]),
            discarded_at=_instant(discarded) if discarded is not None else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError("sealed_broken") from error


def _instant(text: str) -> datetime:
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise ValueError
    return read


def _files(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(sorted(folder.glob(f"*{_SUFFIX}")))
    except OSError:  # a folder that cannot be read holds nothing for this user
        return ()


def _erase(path: Path) -> None:
    with _said_plainly(path):
        path.unlink(missing_ok=True)


def _erase_older(folder: Path, pattern: str, limit: datetime) -> None:
    for path in tuple(folder.glob(pattern)) if folder.is_dir() else ():
        with suppress(OSError):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < limit:
                path.unlink()


@contextmanager
def _said_plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if isinstance(error, PermissionError):
            raise UserError("folder_read_only", folder=str(path.parent)) from error
        raise plain_failure(error, path) from error
