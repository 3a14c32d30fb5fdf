"""Saving a workbook whole or not at all, and leaving nothing behind when that fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from shutil import copyfileobj
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml.etree import LxmlError, SerialisationError
from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_CORE
from openpyxl.xml.functions import tostring

from avrr_desktop.core.errors import UserError
from avrr_desktop.services.atomic import give_out, plain_failure

if TYPE_CHECKING:
    from _typeshed import SizedBuffer

CREATOR = "AVRR"
_FIRST_YEAR = 1980  # of a zip


@contextmanager
def new_book(title: str, at: datetime) -> Iterator[Workbook]:
    """An empty workbook of an instant, its lists written as they come.

    Its temporary files never stay.

    Raises:
        UserError: ``disk_full`` or ``disk_failure`` while a sheet is being written.
    """
    book = Workbook(write_only=True)
    book.properties.creator = CREATOR
    book.properties.title = title
    book.properties.created = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    try:
        yield book
    except OSError as error:
        raise plain_failure(error, Path(title)) from error
    except SerialisationError as error:  # what lxml makes of a full disk
        raise UserError("disk_full", path="", name=title) from error
    finally:
        _discard(book)


class _DatedArchive(ZipFile):
    """A zip whose every date is that of its workbook: the same figures give the same bytes."""

    def __init__(self, file: BinaryIO, book: Workbook) -> None:
        super().__init__(file, "w", ZIP_DEFLATED, allowZip64=True)
        self._properties = book.properties
        created = book.properties.created
        self._day = (max(created.year, _FIRST_YEAR), *created.timetuple()[1:6])

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: SizedBuffer | str,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """A part made in memory."""
        name = getattr(zinfo_or_arcname, "filename", str(zinfo_or_arcname))
        if name == ARC_CORE:  # openpyxl has put the present time in it
            self._properties.modified = self._properties.created
            data = tostring(self._properties.to_tree())
        super().writestr(self._entry(name), data, compress_type, compresslevel)

    def write(
        self,
        filename: str | PathLike[str],
        arcname: str | PathLike[str] | None = None,
        compress_type: int | None = None,  # noqa: ARG002 (ZipFile's own signature)
        compresslevel: int | None = None,  # noqa: ARG002 (the same)
    ) -> None:
        """A sheet, from its temporary file."""
        entry = self._entry(str(arcname or filename))
        entry.file_size = Path(filename).stat().st_size  # says whether a zip of old can hold it
        with Path(filename).open("rb") as source, self.open(entry, "w") as target:
            copyfileobj(source, target)

    def _entry(self, name: str) -> ZipInfo:
        entry = ZipInfo(name, self._day)
        entry.compress_type = ZIP_DEFLATED
        return entry


def save_book(book: Workbook, path: Path) -> None:
    """Write ``book`` in the place of ``path``.

    Raises:
        UserError: see ``give_out``.
    """
    with give_out(path) as file:
        write_book(book, file)


def write_book(book: Workbook, file: BinaryIO) -> None:
    """Write ``book`` into a file: the same figures give the same bytes."""
    archive = _DatedArchive(file, book)
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
