"""Whether the file that is open is still at its path: a drive may be pulled out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from avrr_desktop.core.errors import UserError

_GONE: Final = frozenset({"disk_failure", "register_unreachable"})


class Place:
    """Where a register is; ``forget`` gives up its connections."""

    def __init__(self, path: Path, forget: Callable[[], None]) -> None:
        self._path, self._forget = path, forget
        self._known: tuple[int, int] | None = None

    def note(self) -> None:
        """The file at the path was opened."""
        self._known = _file_at(self._path)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Refuse to work on a file that is no longer at its path.

        Its connections would go on with what nobody finds again. They are given up, here and
        after a failure of the disk, so that the next attempt opens what is there then.

        Raises:
            UserError: ``register_unreachable``.
        """
        found = _file_at(self._path)
        if self._known is not None and found != self._known:
            self._forget()
            if found is None:  # SQLite would make an empty one
                raise UserError("register_unreachable")
        try:
            yield
        except UserError as error:
            if error.code in _GONE:
                self._forget()
            raise


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file it is; None when there is none, or its drive does not answer."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
