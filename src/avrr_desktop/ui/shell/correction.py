"""The question asked before a change moves what was published: why, and then it is a correction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.ages import GROUPS, TOTAL
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.services.closing.watch import Moved
from avrr_desktop.services.summary.cells import CellKey, Cells
from avrr_desktop.services.summary_labels import GROUP_LABELS, section_label
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.theme.tokens import Space, Type, Width
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import code_text, ltr, signed_text
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.text import Text

_Done = TypeVar("_Done")
_MAIN = "persons"


class CorrectionDialog(QDialog):
    """Says what would move in which closed semester; saving asks for a reason."""

    def __init__(self, parent: QWidget, moved: Sequence[Moved]) -> None:
        super().__init__(parent)
        self.setObjectName("correction-dialog")
        self.setWindowTitle(tr("Published figures"))
        self.setModal(True)
        self.setMinimumWidth(Width.SEARCH)
        self.reason = QLineEdit()
        self.reason.setObjectName("correction-reason")
        self.reason.setAccessibleName(tr("Reason of the correction (required)"))
        self.reason.setPlaceholderText(tr("Reason: paper received, error of entry…"))
        self.reason.setMaxLength(200)
        self.reason.textChanged.connect(self._on_typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(margins(Space.XL, Space.XL, Space.L, Space.L))
        column.setSpacing(Space.L)
        column.addLayout(self._words(moved))
        column.addWidget(self.reason)
        column.addLayout(self._buttons())
        self.reason.setFocus()

    def _words(self, moved: Sequence[Moved]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(IconMark("lock", "warning"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        title = tr("This moves figures of a closed semester")
        words.addWidget(Text(title, Type.SECTION, name="correction-title"))
        lines = [line for one in moved for line in effect_lines(one)]
        for line in lines:
            words.addWidget(Text(line, wrap=True, name="correction-effect"))
        what = tr(
            "What was published does not change. With a reason, this is saved as a correction"
            " that a supervisor approves or refuses."
        )
        words.addWidget(Text(what, tone="text2", wrap=True))
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join([*lines, what]))
        row.addLayout(words, 1)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        leave = Button(tr("Do not save"), Variant.SECONDARY, name="correction-leave")
        self.save = Button(tr("Save as a correction"), Variant.PRIMARY, name="correction-save")
        leave.clicked.connect(self.reject)
        self.save.clicked.connect(self.accept)
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(self.save)
        self.save.setDefault(True)
        self.save.setEnabled(False)
        return row

    def _on_typed(self, text: str) -> None:
        self.save.setEnabled(bool(text.strip()))


def effect_lines(moved: Moved) -> Iterator[str]:
    """« 2023-S1, Retours depuis le Maroc : −1 Hommes, +1 Garçons », a line a section."""
    period = code_text(moved.closing.period.code)
    found = False
    for section in SECTIONS:
        if parts := list(_parts(section, moved.cells)):
            found = True
            yield tr(
                "{period}, {section}: {moved}",
                period=period,
                section=section_label(section).text(screen_language()),
                moved=tr(", ").join(parts),
            )
    if not found:
        yield tr("{period}: figures of detail only, no number of persons.", period=period)


def _parts(section: str, cells: Cells) -> Iterator[str]:
    groups = [group.value for group in GROUPS]
    changed = [(g, cells.get(CellKey(section, _MAIN, None, g), 0)) for g in (*groups, TOTAL)]
    by_group = [(group, by) for group, by in changed[:-1] if by]
    for group, by in by_group or [pair for pair in changed if pair[1]]:
        yield f"{GROUP_LABELS[group].text(screen_language())} {ltr(signed_text(by))}"


def corrected(parent: QWidget, act: Callable[[str], _Done]) -> _Done | None:
    """Do ``act`` without a reason; with the one that is given, when published figures move.

    None when it was given up: nothing was written.

    Raises:
        UserError: whatever else stops it.
    """
    try:
        return act("")
    except UserError as error:
        if error.code != "moves_closed":
            raise
        moved = cast("tuple[Moved, ...]", error.values["moved"])
    reason = ask_reason(parent, moved)
    return act(reason) if reason else None


def ask_reason(parent: QWidget, moved: Sequence[Moved]) -> str:
    """The reason of a correction; empty when it was given up."""
    dialog = CorrectionDialog(parent.window(), moved)
    try:
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        return dialog.reason.text().strip() if accepted else ""
    finally:
        dialog.deleteLater()
