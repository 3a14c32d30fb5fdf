"""General settings: the screen of this desk, the office, the user's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.permissions import Permission, allows
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.settings import (
    allow_own_approval,
    own_approval,
    read_office,
    rename_user,
    save_office,
)
from avrr_desktop.ui.editors.base import Editor
from avrr_desktop.ui.editors.long_text import LongTextEditor
from avrr_desktop.ui.editors.term import TermEditor
from avrr_desktop.ui.editors.text import TextEditor
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.settings.fields import labelled, side_by_side
from avrr_desktop.ui.shell.desk import LOCK_MINUTES, TEXT_PERCENTS, Desk
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.shell.status_bar import LANGUAGE_NAMES
from avrr_desktop.ui.theme.tokens import Line, Scheme, Space, Width
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.segmented import Segmented
from avrr_desktop.ui.widgets.surfaces import Bar, PageScroll, SectionTitle

_NOTHING = Changed(0, (), frozenset(), frozenset())
_SCHEMES = (Scheme.SYSTEM, Scheme.LIGHT, Scheme.DARK)


class GeneralSection(QWidget):
    """Choices of the screen act at once; office and name are saved together."""

    appearance_chosen = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("settings-general")
        self._context = context
        self._desk = Desk(context.register.paths.settings)
        self._editors: dict[str, Editor] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.area = PageScroll("settings-general-scroll")
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.area.page)
        self._beside.setContentsMargins(Space.PAGE, 0, Space.PAGE, Space.PAGE)
        self._beside.setSpacing(Space.XXL)
        self._beside.addLayout(self._screen_part(), 1)
        self._beside.addLayout(self._office_part(), 1)
        column.addWidget(self.area, 1)
        column.addWidget(self._action_bar())
        self._show(self._stored())

    def _screen_part(self) -> QVBoxLayout:
        part = QVBoxLayout()
        part.setSpacing(Space.M)
        part.addWidget(SectionTitle(tr("Screen")))
        self.language = _choice(tr("Language"), list(LANGUAGE_NAMES.values()), "setting-language")
        self.language.set_index(list(LANGUAGE_NAMES).index(self._desk.language))
        self.language.chosen.connect(self._on_language)
        part.addWidget(labelled(tr("Language"), self.language))
        names = [tr("Same as the system"), tr("Light"), tr("Dark")]
        self.scheme = _choice(tr("Colours"), names, "setting-scheme")
        self.scheme.set_index(_SCHEMES.index(self._desk.scheme))
        self.scheme.chosen.connect(self._on_scheme)
        part.addWidget(labelled(tr("Colours"), self.scheme))
        sizes = [f"\u2066{percent}\u00a0%\u2069" for percent in TEXT_PERCENTS]
        self.text_size = _choice(tr("Text size"), sizes, "setting-text-size")
        self.text_size.set_index(TEXT_PERCENTS.index(self._desk.text_percent))
        self.text_size.chosen.connect(self._on_text_size)
        part.addWidget(labelled(tr("Text size"), self.text_size))
        spans = [str(minutes) if minutes else tr("Never") for minutes in LOCK_MINUTES]
        self.lock = _choice(tr("Lock after, in minutes"), spans, "setting-lock")
        self.lock.set_index(LOCK_MINUTES.index(self._desk.lock_minutes))
        self.lock.chosen.connect(self._on_lock)
        note = tr(
            "Without a touch, from the next log-in. A register of invented people stays open."
        )
        part.addWidget(labelled(tr("Lock after, in minutes"), self.lock, note=note))
        part.addWidget(SectionTitle(tr("User")))
        name = self._text("user_name", tr("Your name"), 120)
        note = tr("Written beside every change in the journal.")
        part.addWidget(labelled(tr("Your name"), name, required=True, note=note))
        part.addStretch(1)
        return part

    def _office_part(self) -> QVBoxLayout:
        part = QVBoxLayout()
        part.setSpacing(Space.M)
        part.addWidget(SectionTitle(tr("Office")))
        name = self._text("name", tr("Name of the mission"), 120)
        place = self._text("place", tr("City"), 60)
        part.addLayout(
            side_by_side(
                (
                    labelled(tr("Name of the mission"), name, required=True),
                    labelled(tr("City"), place),
                )
            )
        )
        address = LongTextEditor("address", tr("Address"), rows=2, max_length=400)
        contacts = LongTextEditor("contacts", tr("Phone and e-mail"), rows=2, max_length=400)
        self._editors |= {"address": address, "contacts": contacts}
        part.addWidget(labelled(tr("Address"), address))
        note = tr("Printed in the bulletin.")
        part.addWidget(labelled(tr("Phone and e-mail"), contacts, note=note))
        terms = self._context.register.vocabularies.active("office")
        spoken = screen_language()
        office = TermEditor(
            "default_office",
            tr("Office of new records"),
            [(term.code, term.label.text(spoken)) for term in terms],
            optional=False,
        )
        self._editors["default_office"] = office
        part.addWidget(labelled(tr("Office of new records"), office, required=True))
        part.addWidget(self._own_approval())
        part.addStretch(1)
        return part

    def _own_approval(self) -> QCheckBox:
        """It acts at once, like the choices of the screen."""
        register, actor = self._context.register, self._context.actor
        box = QCheckBox(tr("The author of a correction may approve it"))
        box.setObjectName("setting-own-approval")
        box.setChecked(own_approval(register))
        box.setEnabled(allows(actor, Permission.LISTS))
        box.toggled.connect(lambda on: allow_own_approval(register, actor, allowed=on))
        return box

    def _text(self, name: str, label: str, most: int) -> TextEditor:
        editor = TextEditor(name, label, max_length=most)
        self._editors[name] = editor
        return editor

    def _action_bar(self) -> Bar:
        bar = Bar("action", "settings-actions")
        end = Space.PAGE - Line.RING_ROOM
        bar.row.setContentsMargins(margins(Space.PAGE, Space.XS, end, Space.XS))
        self._failure = Banner(tone="error", name="settings-failure")
        self._failure.hide()
        self.save = Button(tr("Save"), Variant.PRIMARY, key="Ctrl+S", name="settings-save")
        self.save.setShortcut("Ctrl+S")
        self.save.clicked.connect(self.save_all)
        row = QHBoxLayout()
        row.addWidget(self._failure, 1)
        bar.row.addLayout(row, 1)
        bar.row.addStretch(0)
        bar.row.addWidget(self.save)
        return bar

    def _stored(self) -> dict[str, object]:
        office = read_office(self._context.register)
        return {
            "user_name": self._context.actor.name,
            "name": office.name,
            "place": office.place,
            "address": office.address,
            "contacts": office.contacts,
            "default_office": office.default_office,
        }

    def _show(self, values: Mapping[str, object]) -> None:
        for name, editor in self._editors.items():
            editor.set_value(values.get(name))

    def values(self) -> dict[str, object]:
        """What is typed."""
        return {name: editor.value() for name, editor in self._editors.items()}

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show what was typed."""
        self._show(values)

    def is_changed(self) -> bool:
        """Whether something typed is not saved."""
        typed = {name: value or "" for name, value in self.values().items()}
        return typed != self._stored()

    def save_all(self) -> None:
        """Save the office and the name of the user."""
        typed = {name: str(value or "") for name, value in self.values().items()}
        context = self._context
        name, office = typed.pop("user_name"), read_office(context.register)
        try:
            if replace(office, **typed) != office:
                save_office(context.register, context.actor, replace(office, **typed))
            rename_user(context.register, context.actor, name)
        except UserError as error:
            from avrr_desktop.services.messages import word_error

            said = word_error(error, translator(screen_language()))
            self._failure.show_message(said, "error")
            return
        self._failure.hide()
        context.shell.say_saved(_NOTHING)
        context.changes.lists_changed.emit()

    def _on_language(self, index: int) -> None:
        self._desk.language = list(Language)[index]
        self.appearance_chosen.emit()

    def _on_scheme(self, index: int) -> None:
        self._desk.scheme = _SCHEMES[index]
        self.appearance_chosen.emit()

    def _on_lock(self, index: int) -> None:
        self._desk.lock_minutes = LOCK_MINUTES[index]

    def _on_text_size(self, index: int) -> None:
        self._desk.text_percent = TEXT_PERCENTS[index]
        self.appearance_chosen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column in a narrow page."""
        super().resizeEvent(event)
        narrow = self.width() < Width.TWO_COLUMNS
        direction = QBoxLayout.Direction
        self._beside.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)


def _choice(label: str, texts: list[str], name: str) -> Segmented:
    return Segmented(texts, optional=False, name=name, accessible=label)
