"""The bulletin of an open or a closed period, counted, worded and written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.audit import note_export
from avrr_desktop.services.bulletin.blocks import Bulletin
from avrr_desktop.services.bulletin.build import Options, build_bulletin
from avrr_desktop.services.bulletin.content import Content, content_of
from avrr_desktop.services.bulletin.errata import erratum_before
from avrr_desktop.services.bulletin.texts import read_content
from avrr_desktop.services.closing.closings import published
from avrr_desktop.services.closing.held import closing_for
from avrr_desktop.services.identities import guarded_count
from avrr_desktop.services.register import Register, RegisterInfo
from avrr_desktop.services.summary import Summary

ReportProgress = Callable[[int, int], None]
STEPS = 4


@needs(Permission.FIGURES)
def make_bulletin(
    register: Register,
    period: Period,
    language: Language,
    *,
    is_masked: bool = False,
    progress: ReportProgress | None = None,
) -> Bulletin:
    """Count the period and word its bulletin; of a closed semester, what was frozen.

    Raises:
        UserError: ``identity_broken`` (figures that do not agree are not given out),
            ``closing_altered``.
    """
    _tell(progress, 0)
    summary, content, info, is_closed = _given(register, period)
    _tell(progress, 1)
    limit = content.mask_below if is_masked else 0
    options = Options(is_masked, is_closed, erratum_before(register, period, language, limit))
    _tell(progress, 2)
    made = build_bulletin(summary, content, language, info, options)
    _tell(progress, 3)
    return made


@needs(Permission.FIGURES)
def export_word(
    register: Register,
    period: Period,
    path: Path,
    language: Language,
    *,
    is_masked: bool = False,
    progress: ReportProgress | None = None,
) -> None:
    """Write the Word file of a period's bulletin.

    Raises:
        UserError: see ``make_bulletin`` and ``give_out``.
    """
    from avrr_desktop.services.bulletin.word_file import write_word

    made = make_bulletin(register, period, language, is_masked=is_masked, progress=progress)
    write_word(made, path)
    note_bulletin(register, period, path, language, is_masked=is_masked)
    _tell(progress, STEPS)


def note_bulletin(
    register: Register, period: Period, path: Path, language: Language, *, is_masked: bool
) -> None:
    """Note in the journal a bulletin that was written, whatever its kind of file.

    Raises:
        UserError: a failure of the disk.
    """
    told = {"period": period.code, "language": language.value, "masked": is_masked}
    note_export(register, path, "bulletin", **told)


def _given(register: Register, period: Period) -> tuple[Summary, Content, RegisterInfo, bool]:
    """Figures, texts and identity, and whether they are frozen."""
    closing = closing_for(register, period)
    if closing is None:
        guarded = guarded_count(register, period)
        guarded.require()
        return guarded.counted.summary, _present(register, period), register.info, False
    given = published(register, closing)
    texts = given.content.get("texts")
    content = content_of(texts) if texts else _present(register, period)
    return given.counted.summary, content, given.register, True


def _present(register: Register, period: Period) -> Content:
    with register.database.reading() as connection:
        return read_content(connection, period)


def _tell(progress: ReportProgress | None, done: int) -> None:
    if progress is not None:
        progress(done, STEPS)
