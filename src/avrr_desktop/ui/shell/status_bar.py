"""The bar below the page: last save, how many persons, which register, which language."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy

from avrr_desktop.core.clock import Clock
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import ntr, screen_language, tr
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.theme.tokens import Line, Space
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import ltr, number_text, time_text
from avrr_desktop.ui.widgets.icon_label import IconText
from avrr_desktop.ui.widgets.surfaces import Bar
from avrr_desktop.ui.widgets.tips import plain_tip

LANGUAGE_NAMES = {Language.FR: "Français", Language.AR: "العربية", Language.EN: "English"}


class StatusBar(Bar):
    """``language_chosen`` gives the language picked in its menu."""

    language_chosen = Signal(object)

    def __init__(self, file_name: str, clock: Clock) -> None:
        super().__init__("status", "status-bar")
        self._clock = clock
        self._said, self._said_in = "", screen_language()
        self._said_at: datetime | None = None
        self.setAccessibleName(tr("Status"))
        self.row.setContentsMargins(margins(Space.L, 0, Space.S, 0))
        self.row.setSpacing(Space.M)
        self.saved = IconText("circle-check", "", tone="ok", name="status-saved")
        self.saved.hide()
        self._make_draft_parts()
        self._persons = IconText("users", "", name="status-persons")
        self._persons.hide()
        self._register = IconText("database", ltr(file_name), name="status-register")
        self._register.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        name = LANGUAGE_NAMES[screen_language()]
        self.language = Button(
            name,
            Variant.LINK,
            icon="globe",
            small=True,
            name="status-language",
            accessible=tr("Language: {language}. Change it.", language=name),
        )
        self.language.set_tone("text2")
        self.language.clicked.connect(self._offer_languages)
        self.row.addWidget(self.saved)
        self.row.addWidget(self.unkept)
        self.row.addStretch(1)
        self.row.addWidget(self.drafts)
        self.row.addWidget(self._persons)
        self._first_line = _Divider()
        self._first_line.hide()
        self.row.addWidget(self._first_line)
        self.row.addWidget(self._register)
        self.row.addWidget(_Divider())
        self.row.addWidget(self.language)

    def _make_draft_parts(self) -> None:
        self.unkept = IconText("triangle-alert", "", tone="warning", name="status-unkept")
        self.unkept.hide()
        self.drafts = Button("", Variant.LINK, icon="pencil", small=True, name="status-drafts")
        self.drafts.hide()

    def _offer_languages(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("menu-language")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for language, name in LANGUAGE_NAMES.items():
            action = menu.addAction(name)
            action.setObjectName(f"language-{language.value}")
            action.setCheckable(True)
            action.setChecked(language is screen_language())
            action.triggered.connect(lambda _on=False, to=language: self.language_chosen.emit(to))
        corner = self.language.mapToGlobal(self.language.rect().topLeft())
        menu.popup(corner - QPoint(0, menu.sizeHint().height()))

    def set_saved(self, text: str = "") -> None:
        """« Saved at 10:42 », or what was done."""
        self._said, self._said_in = text, screen_language()
        self._said_at = self._clock.now().astimezone()
        self._show_saved()

    def repeat(self, before: StatusBar) -> None:
        """Say what another bar said, after the window was built anew.

        What was said in another language becomes the time of the save.
        """
        if before._said_at is not None:
            self._said = before._said if before._said_in is screen_language() else ""
            self._said_at = before._said_at
            self._show_saved()

    def _show_saved(self) -> None:
        assert self._said_at is not None
        time = ltr(time_text(self._said_at))
        sentence = self._said or tr("Saved at {time}", time=time)
        self.saved.set_content("circle-check", sentence, "ok")
        self.saved.show()

    def set_drafts(self, count: int) -> None:
        """How many half-typed forms wait to be gone on with; none shows nothing."""
        text = ntr("{number} draft", "{number} drafts", count, number=number_text(count))
        self.drafts.set_label(text)
        self.drafts.setAccessibleName(
            ntr(
                "{number} half-typed form waits. Resume or discard it.",
                "{number} half-typed forms wait. Resume or discard them.",
                count,
                number=number_text(count),
            )
        )
        self.drafts.setVisible(count > 0)

    def set_unkept(self, sentence: str) -> None:
        """Why what is being typed is not kept as a draft; nothing when it is."""
        self.unkept.set_content("triangle-alert", sentence, "warning")
        self.unkept.setToolTip(plain_tip(sentence))
        self.unkept.setVisible(bool(sentence))

    def set_persons(self, count: int) -> None:
        """How many persons the register holds."""
        text = ntr("{persons} person", "{persons} persons", count, persons=number_text(count))
        self._persons.set_content("users", text)
        self._persons.show()
        self._first_line.show()


class _Divider(QFrame):
    """A short upright line between two facts."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "bg")
        self.setProperty("edge", "start")
        self.setFixedSize(Line.HAIR, Space.L)
