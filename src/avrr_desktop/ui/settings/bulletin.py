"""Settings of the bulletin: the office's addresses printed in it, and what counts as small."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.settings import (
    LEAST_MASK,
    MOST_MASK,
    OfficeSettings,
    read_office,
    save_office,
)
from avrr_desktop.ui.editors.base import Editor
from avrr_desktop.ui.editors.long_text import LongTextEditor
from avrr_desktop.ui.editors.text import TextEditor
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import BulletinTexts
from avrr_desktop.ui.settings.fields import labelled
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.theme.tokens import Line, Space, Width
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.surfaces import Bar, PageScroll, SectionTitle

_NOTHING = Changed(0, (), frozenset(), frozenset())
_NAMES = ("email", "website", "networks", "mask_below")


class BulletinSection(QWidget):
    """Saved together with one button."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("settings-bulletin")
        self._context = context
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        area = PageScroll("settings-bulletin-scroll")
        inner = QHBoxLayout(area.page)
        inner.setContentsMargins(Space.PAGE, 0, Space.PAGE, Space.PAGE)
        self._editors: dict[str, Editor] = {
            "email": TextEditor("email", tr("E-mail"), max_length=120),
            "website": TextEditor("website", tr("Website"), max_length=200),
            "networks": LongTextEditor("networks", tr("Social networks"), rows=3, max_length=600),
            "mask_below": TextEditor("mask_below", tr("Small figures"), max_length=2),
        }
        fields = self._fields()
        fields.setMaximumWidth(Width.SEARCH_PALETTE)
        inner.addWidget(fields, 1)
        inner.addStretch(0)
        column.addWidget(area, 1)
        column.addWidget(self._action_bar())
        self.set_values(self._stored())

    def _fields(self) -> QWidget:
        box = QWidget()
        part = QVBoxLayout(box)
        part.setContentsMargins(0, 0, 0, 0)
        part.setSpacing(Space.M)
        part.addWidget(SectionTitle(tr("Contacts printed in the bulletin")))
        editors = self._editors
        part.addWidget(labelled(tr("E-mail"), editors["email"]))
        note = tr("The address and the phone are those of the office, under General.")
        part.addWidget(labelled(tr("Website"), editors["website"], note=note))
        note = tr("One address a line.")
        part.addWidget(labelled(tr("Social networks"), editors["networks"], note=note))
        part.addWidget(SectionTitle(tr("Small figures")))
        note = tr(
            "A published figure from 1 to below this number can be hidden, and those that would"
            " give it away with it; from {least} to {most}.",
            least=LEAST_MASK,
            most=MOST_MASK,
        )
        label = tr("Hide figures below")
        part.addWidget(labelled(label, editors["mask_below"], required=True, note=note))
        texts = Button(
            tr("Texts and images of the bulletin"),
            Variant.QUIET,
            icon="pencil",
            name="settings-bulletin-texts",
        )
        texts.clicked.connect(lambda: self._context.shell.open(BulletinTexts()))
        row = QHBoxLayout()
        row.addWidget(texts)
        row.addStretch(1)
        part.addLayout(row)
        part.addStretch(1)
        return box

    def _action_bar(self) -> Bar:
        bar = Bar("action", "settings-bulletin-actions")
        end = Space.PAGE - Line.RING_ROOM
        bar.row.setContentsMargins(margins(Space.PAGE, Space.XS, end, Space.XS))
        self._failure = Banner(tone="error", name="settings-bulletin-failure")
        self._failure.hide()
        self.save = Button(tr("Save"), Variant.PRIMARY, name="settings-bulletin-save")
        self.save.clicked.connect(self.save_all)
        bar.row.addWidget(self._failure, 1)
        bar.row.addStretch(0)
        bar.row.addStretch(1)
        bar.row.addWidget(self.save)
        return bar

    def _office(self) -> OfficeSettings:
        return read_office(self._context.register)

    def _stored(self) -> dict[str, object]:
        office = self._office()
        return {name: getattr(office, name) for name in _NAMES}

    def values(self) -> dict[str, object]:
        """What is typed."""
        return {name: editor.value() for name, editor in self._editors.items()}

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show what was typed."""
        for name, editor in self._editors.items():
            editor.set_value(values.get(name) or None)

    def is_changed(self) -> bool:
        """Whether something typed is not saved."""
        return {name: value or "" for name, value in self.values().items()} != self._stored()

    def save_all(self) -> None:
        """Save the settings; a value that cannot be is said beside the button."""
        context = self._context
        typed = {name: str(value or "") for name, value in self.values().items()}
        try:
            save_office(context.register, context.actor, replace(self._office(), **typed))
        except UserError as error:
            from avrr_desktop.services.messages import word_error

            said = word_error(error, translator(screen_language()))
            self._failure.show_message(said, "error")
            return
        self._failure.hide()
        context.shell.say_saved(_NOTHING)
