"""The images of one place of the bulletin: seen small, captioned, added and taken out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.bulletin.content import ImageKind, KeptImage
from avrr_desktop.services.bulletin.texts import (
    add_image,
    images_of,
    remove_image,
    save_captions,
)
from avrr_desktop.services.messages import word_error
from avrr_desktop.ui.bulletin.places import COVER, image_kind
from avrr_desktop.ui.editors.term import TermEditor
from avrr_desktop.ui.editors.text import TextEditor
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.theme.tokens import Line, Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.surfaces import SectionTitle
from avrr_desktop.ui.widgets.text import Text

_SMALL = QSize(112, 64)
_MOST_CAPTION = 300


@dataclass(frozen=True, slots=True)
class Shelf:
    """Which images are shown: of a place, of one period or of every one, worded in a language."""

    place: str
    period_code: str  # empty: every bulletin
    language: Language


class ImagesPart(QWidget):
    """One line an image; a change is in the register at once, captions with ``save``."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("bulletin-images")
        self._context = context
        self._shelf: Shelf | None = None
        self._captions: dict[str, tuple[KeptImage, TextEditor]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        self._title = SectionTitle(tr("Images"))
        column.addWidget(self._title)
        self._none = Text(tr("No image here."), tone="text2", name="bulletin-no-image")
        column.addWidget(self._none)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.S)
        column.addLayout(self._lines)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(margins(-Line.RING_ROOM, 0, 0, 0))
        foot.setSpacing(Space.S)
        spoken = screen_language()
        terms = self._context.register.vocabularies.active("fund")
        self.fund = TermEditor(
            "logo-fund", tr("Donor"), [(term.code, term.label.text(spoken)) for term in terms]
        )
        self.fund_label = Text(tr("Donor (empty: always shown)"), Type.CAPTION)
        self.add = Button(
            tr("Add an image"), Variant.SECONDARY, icon="plus", small=True, name="image-add"
        )
        self.add.clicked.connect(self.ask)
        foot.addWidget(self.add)
        foot.addStretch(1)
        foot.addWidget(self.fund_label)
        foot.addWidget(self.fund)
        return foot

    def show_shelf(self, shelf: Shelf) -> None:
        """Other images; what was typed under the former ones is kept."""
        self.save()
        self._shelf = shelf
        kind = image_kind(shelf.place)
        self.setVisible(kind is not None)
        for widget in (self.fund, self.fund_label):
            widget.setVisible(kind is ImageKind.DONOR_LOGO)
        self._fill()

    def save(self) -> None:
        """Keep the captions typed."""
        register, shelf = self._context.register, self._shelf
        if shelf is None:
            return
        for image, editor in self._captions.values():
            typed = {**image.captions, shelf.language.value: str(editor.value() or "")}
            try:
                save_captions(register, self._context.actor, image.id, typed)
            except UserError as error:
                self._say(error)

    def ask(self) -> None:
        """Ask for a file, then keep it."""
        kinds = tr("Images (*.png *.jpg *.jpeg)")
        path, _kind = QFileDialog.getOpenFileName(self, tr("Add an image"), "", kinds)
        if path:
            self.take(Path(path))

    def take(self, path: Path) -> None:
        """Keep an image in the register, behind the others."""
        shelf = self._shelf
        kind = image_kind(shelf.place) if shelf is not None else None
        if shelf is None or kind is None:
            return
        self.save()
        try:
            add_image(
                self._context.register,
                self._context.actor,
                _read(path),
                kind=kind,
                place=self._kept_place(shelf),
                period_code=shelf.period_code,
            )
        except UserError as error:
            self._say(error)
            return
        self._fill()
        self.changed.emit()

    def _kept_place(self, shelf: Shelf) -> str:
        """A logo stands under its fund, a photograph under its part."""
        if image_kind(shelf.place) is ImageKind.DONOR_LOGO:
            return str(self.fund.value() or "")
        return "" if shelf.place == COVER else shelf.place

    def _remove(self, image: KeptImage) -> None:
        self.save()
        try:
            remove_image(self._context.register, self._context.actor, image.id)
        except UserError as error:
            self._say(error)
        self._fill()
        self.changed.emit()

    def _fill(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._captions = {}
        images = self._images()
        for image in images:
            self._lines.addWidget(self._line(image))
        self._none.setVisible(not images)

    def _images(self) -> tuple[KeptImage, ...]:
        shelf = self._shelf
        if shelf is None:
            return ()
        kind = image_kind(shelf.place)
        is_any = kind is ImageKind.DONOR_LOGO
        return tuple(
            image
            for image in images_of(self._context.register, shelf.period_code)
            if image.kind is kind
            and image.period == shelf.period_code
            and (is_any or image.place == self._kept_place(shelf))
        )

    def _line(self, image: KeptImage) -> QWidget:
        assert self._shelf is not None
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addWidget(_thumbnail(image))
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        caption = TextEditor(f"caption-{image.id}", tr("Caption"), max_length=_MOST_CAPTION)
        caption.set_value(image.captions.get(self._shelf.language.value))
        donor = self._context.term("fund", image.place) if self._is_donor(image) else ""
        label = tr("Caption · {donor}", donor=donor) if donor else tr("Caption")
        words.addWidget(Text(label, Type.CAPTION))
        words.addWidget(caption)
        row.addLayout(words, 1)
        remove = Button(
            tr("Take out"), Variant.QUIET, icon="trash-2", small=True, name="image-remove"
        )
        remove.clicked.connect(lambda _checked=False: self._remove(image))
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignBottom)
        self._captions[image.id] = (image, caption)
        return line

    def _is_donor(self, image: KeptImage) -> bool:
        return image.kind is ImageKind.DONOR_LOGO

    def _say(self, error: UserError) -> None:
        self._context.shell.say_failed(word_error(error, translator(screen_language())))


def _read(path: Path) -> bytes:
    """The bytes of an image that can be drawn.

    Raises:
        UserError: ``not_an_image``.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError("not_an_image") from error
    if QImage.fromData(data).isNull():
        raise UserError("not_an_image")
    return data


def _thumbnail(image: KeptImage) -> QLabel:
    label = QLabel()
    label.setFixedSize(_SMALL)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setAccessibleName(tr("Image"))
    shown = QPixmap.fromImage(QImage.fromData(image.data))
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    label.setPixmap(shown.scaled(_SMALL, keep, smooth))
    return label
