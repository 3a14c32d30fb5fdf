"""Saving a workbook whole or not at all, and leaving nothing behind when that fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from lxml.etree import LxmlError, SerialisationError
from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.services.atomic import atomic_write, plain_failure

CREATOR = "AVRR"


@contextmanager
def new_book(title: str, clock: Clock) -> Iterator[Workbook]:
    """An empty workbook, its lists written as they come; its temporary files never stay.

    Raises:
        UserError: ``disk_full`` or ``disk_failure`` while a sheet is being written.
    """
    book = Workbook(write_only=True)
    book.properties.creator = CREATOR
    book.properties.title = title
    now = clock.now().astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.properties.created = book.properties.modified = now
    try:
        yield book
    except OSError as error:
        raise plain_failure(error, Path(title)) from error
    except SerialisationError as error:  # what lxml makes of a full disk
        raise UserError("disk_full", path="", name=title) from error
    finally:
        _discard(book)


def save_book(book: Workbook, path: Path) -> None:
    """Write ``book`` in the place of ``path``.

    Raises:
        UserError: see ``atomic_write``.
    """
    with atomic_write(path) as file:
        archive = ZipFile(file, "w", ZIP_DEFLATED, allowZip64=True)
        try:
            ExcelWriter(book, archive).save()
        except BaseException:
            with suppress(OSError, ValueError):  # it cannot write its end either
                archive.close()
            raise


def _discard(book: Workbook) -> None:
    """Remove the files openpyxl keeps rows in: names must not stay on the disk."""
    for sheet in book.worksheets:
        writer = getattr(sheet, "_writer", None)
        if writer is None:
            continue
        with suppress(OSError, ValueError, StopIteration, LxmlError):
            rows = getattr(sheet, "_rows", None)
            if rows is not None:
                rows.close()
            writer.close()
        with suppress(OSError, ValueError):
            Path(writer.out).unlink(missing_ok=True)
