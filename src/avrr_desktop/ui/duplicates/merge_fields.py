"""Two files field by field: which of them stays, and whose value each field keeps."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from avrr_desktop.core.translation import ntr, tr
from avrr_desktop.services.lists.rows import name_of
from avrr_desktop.services.merging import FieldPair, FileSide, SideBySide
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.person.words import plain_name, value_text
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import code_text, ltr
from avrr_desktop.ui.widgets.surfaces import HairLine
from avrr_desktop.ui.widgets.text import Text
from avrr_desktop.ui.widgets.tips import plain_tip

_LONGEST = 60  # characters of a value beside its radio button
_LABEL, _FIRST, _SECOND = range(3)


class MergeFields(QWidget):
    """A row a field that differs, two radio buttons in it; those that agree are folded away."""

    changed = Signal()

    def __init__(self, context: Context, files: SideBySide, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("merge-fields")
        self._context = context
        self._files = files
        self._groups: dict[str, QButtonGroup] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.S)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.setColumnStretch(_FIRST, 1)
        self._grid.setColumnStretch(_SECOND, 1)
        column.addLayout(self._grid)
        self.keep = self._head()
        differing = [pair for pair in files.fields if pair.differs]
        for pair in differing:
            self._add_choice(pair)
        if not differing:
            self._add_wide(Text(tr("Both files say the same."), tone="text2"))
        self._agreed = QWidget()
        self._fold = Button("", Variant.LINK, small=True, name="merge-agreed")
        self._fold.clicked.connect(self._on_fold)
        same = [p for p in files.fields if not p.differs and p.first not in (None, "", ())]
        self._same_count = len(same)
        column.addWidget(self._fold)
        column.addWidget(self._agreed)
        self._lay_out_agreed(same)

    def survivor(self) -> FileSide:
        """The file that stays."""
        return self._files.first if self.keep.checkedId() == 0 else self._files.second

    def merged(self) -> FileSide:
        """The file that is merged into it."""
        return self._files.second if self.keep.checkedId() == 0 else self._files.first

    def taken(self) -> tuple[str, ...]:
        """The fields that keep the value of the merged file."""
        kept = self.keep.checkedId()
        return tuple(name for name, group in self._groups.items() if group.checkedId() != kept)

    def chosen(self) -> dict[str, int]:
        """The side each field keeps, by its name."""
        return {name: group.checkedId() for name, group in self._groups.items()}

    def choose(self, kept: int, chosen: dict[str, int]) -> None:
        """Choose again what was chosen; a field that differs no longer is passed over."""
        self.keep.button(kept).setChecked(True)
        for name, side in chosen.items():
            if name in self._groups:
                self._groups[name].button(side).setChecked(True)

    def _head(self) -> QButtonGroup:
        self._grid.addWidget(Text(tr("File that stays"), bold=True), 0, _LABEL)
        group = QButtonGroup(self)
        for place, side in enumerate((self._files.first, self._files.second)):
            name = ltr(plain_name(name_of(side.row)))
            number = code_text(side.number)
            button = QRadioButton(tr("{name} ({number})", name=name, number=number))
            button.setObjectName(f"keep-{place}")
            group.addButton(button, place)
            self._grid.addWidget(button, 0, _FIRST + place)
            about = tr(
                "{events}, {papers}",
                events=ntr("{count} event", "{count} events", side.events),
                papers=ntr("{count} paper", "{count} papers", side.papers),
            )
            caption = Text(about, Type.CAPTION, name=f"merge-about-{place}")
            caption.setIndent(Space.XL)
            self._grid.addWidget(caption, 1, _FIRST + place)
        group.button(0).setChecked(True)
        group.idToggled.connect(self._on_kept)
        self._grid.addWidget(HairLine(), 2, 0, 1, 3)
        return group

    def _add_choice(self, pair: FieldPair) -> None:
        row = self._grid.rowCount()
        label = self._context.text(pair.field.spec.label)
        self._grid.addWidget(Text(label, tone="text2"), row, _LABEL)
        group = QButtonGroup(self)
        for place, value in enumerate((pair.first, pair.second)):
            whole = self._value(pair, value)
            short = whole if len(whole) <= _LONGEST else whole[: _LONGEST - 1] + "…"
            button = QRadioButton(short.replace("&", "&&"))
            button.setObjectName(f"take-{pair.field.name}-{place}")
            button.setAccessibleName(f"{label}: {whole}")
            button.setToolTip(plain_tip(whole) if short != whole else "")
            group.addButton(button, place)
            self._grid.addWidget(button, row, _FIRST + place)
        group.button(1 if pair.prefers_second else 0).setChecked(True)
        group.idToggled.connect(lambda _id, on: self.changed.emit() if on else None)
        self._groups[pair.field.name] = group

    def _value(self, pair: FieldPair, value: object) -> str:
        if pair.field.spec.restricted and value:
            return tr("Protected note")
        return value_text(self._context, pair.field, value).replace("\n", " ")

    def _add_wide(self, widget: QWidget) -> None:
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 3)

    def _on_kept(self, place: int, checked: bool) -> None:
        """A field nobody chose goes over to the file that stays, when that one has a value."""
        if not checked:
            return
        for pair in self._files.fields:
            group = self._groups.get(pair.field.name)
            if group is not None:
                own = (pair.first, pair.second)[place]
                group.button(place if own else 1 - place).setChecked(True)
        self.changed.emit()

    def _lay_out_agreed(self, pairs: list[FieldPair]) -> None:
        grid = QGridLayout(self._agreed)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.L)
        grid.setColumnStretch(1, 1)
        for row, pair in enumerate(pairs):
            label = self._context.text(pair.field.spec.label)
            grid.addWidget(Text(label, tone="text2"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Text(self._value(pair, pair.first), wrap=True), row, 1)
        self._agreed.hide()
        self._fold.setVisible(bool(pairs))
        self._word_fold()

    def _on_fold(self) -> None:
        self._agreed.setVisible(self._agreed.isHidden())
        self._word_fold()

    def _word_fold(self) -> None:
        if self._agreed.isHidden():
            said = ntr(
                "Show {count} field that agrees", "Show {count} fields that agree", self._same_count
            )
        else:
            said = tr("Hide the fields that agree")
        self._fold.set_label(said)
