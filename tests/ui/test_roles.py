"""What each role finds in the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.ui.routes import FormOf, RecordsOf
from avrr_desktop.ui.shell.gates import RefusedPage
from avrr_desktop.ui.shell.main_window import MainWindow
from avrr_desktop.ui.tasks import Tasks
from avrr_desktop.ui.widgets.navigation import NavItem

Window = Callable[[Actor], MainWindow]


@pytest.fixture
def window(qapp: QApplication, register: Register, tasks: Tasks) -> Iterator[Window]:
    opened: list[MainWindow] = []

    def make(actor: Actor) -> MainWindow:
        register.actor = actor
        made = MainWindow(qapp, register, tasks)
        made.resize(1280, 800)
        made.start()
        made.show()
        opened.append(made)
        return made

    yield make
    for shown in opened:
        shown.close()
        shown.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def entries(window: MainWindow) -> set[str]:
    return {item.objectName().removeprefix("nav-") for item in window.findChildren(NavItem)}


def test_a_reader_finds_figures_and_no_names(window: Window) -> None:
    shown = window(Actor("r", "Lectrice", Role.READER))
    assert entries(shown) == {"summary", "checks", "exchange", "settings", "help"}
    shown.open(RecordsOf("person"))
    assert isinstance(shown.page, RefusedPage)
    shown.search("koné")
    assert isinstance(shown.page, RefusedPage)
    assert shown.overlays.palette is None


def test_a_caseworker_does_not_find_the_closing(window: Window) -> None:
    shown = window(Actor("c", "Salma", Role.CASEWORKER))
    assert "closing" not in entries(shown)
    assert {"today", "person", "registration", "bin"} <= entries(shown)


def test_a_restricted_note_is_said_and_not_shown(window: Window, register: Register) -> None:
    values = {
        "family_name": "Testeuse",
        "given_name": "Fanta",
        "sex": "woman",
        "birth_typed": "1990",
        "nationality": "GN",
        "medical_notes": "suivi par le centre",
    }
    saved = Records(register).save(register.actor, Draft("person", values))
    shown = window(Actor("c", "Salma", Role.CASEWORKER))
    shown.open(FormOf("person", saved.ids[0]))
    form = shown.page
    assert form is not None
    box = next(b for b in form.body.boxes() if b.field.name == "medical_notes")  # type: ignore[attr-defined]
    assert (box.value(), box.editor.focus_widget().toPlainText()) == (None, "")
    assert "restricted" in box.editor.focus_widget().accessibleDescription()
