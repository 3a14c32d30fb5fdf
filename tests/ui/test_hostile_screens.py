"""Every page over hostile texts: no markup is read, no line turned, no window pushed out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)
from tests.ui.hostile import SHORT, TEXTS, lay
from tests.ui.screens import PERIOD, Walk, screens, walking

from avrr_desktop.core.harmless import harmless, harmless_line
from avrr_desktop.core.labels import Language
from avrr_desktop.services.lists import ListQuery, ids
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.ui import routes
from avrr_desktop.ui.widgets import drawing

MARKUP = ("<b>gras", "<script>alert", "<b>x</b>", "<img src='file")
SIZE = (1280, 800)


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    with walking(tmp_path / "register", persons=120) as walk:
        lay(walk.window.context.register)
        yield walk


def all_routes(register: Register) -> Iterator[tuple[str, routes.Route]]:
    """Every screen, the pages of hostile persons, of a pair, and of what was deleted."""
    yield from screens(register)
    people = ids(register, ListQuery("person"))[: len(TEXTS)]
    for person in people:
        yield "person", routes.PersonPage(person)
    for person in people[::4]:
        yield "form", routes.FormOf("person", person)
        yield "journal of one", routes.JournalOf(person)
    yield "closing", routes.ClosingOf(PERIOD)
    yield "duplicates", routes.DuplicatesOf()
    yield "merge", routes.MergeOf(*people[:2])
    yield "settings-users", routes.Settings("users")


@pytest.mark.slow
@pytest.mark.parametrize("language", [Language.FR, Language.AR])
def test_every_page_shows_it_harmlessly(walk: Walk, language: Language, drawn: list[str]) -> None:
    register, window = walk.window.context.register, walk.window
    gone, *_ = ids(register, ListQuery("person", sort=("number", True)))
    Records(register).delete(register.local_actor, "person", gone, SHORT)
    walk.wear(language)
    walk.resize(SIZE)
    found: list[str] = []
    for name, route in all_routes(register):
        window.open(route)
        walk.settle()
        found += (f"{name}: {fault}" for fault in looked_at(window, drawn))
        walk.resize(SIZE)
    for text in TEXTS.values():
        window.search()
        assert window.overlays.palette is not None
        window.overlays.palette.input.setText(text)
        walk.settle(pause=0.2)
        found += (f"palette: {fault}" for fault in looked_at(window, drawn))
        window.overlays.close()
    assert not found, "\n".join(dict.fromkeys(found))


def looked_at(window: QWidget, drawn: list[str]) -> Iterator[str]:
    """What is wrong on the screen, and with what it draws."""
    drawn.clear()
    window.grab()
    yield from faults(window)
    yield from (f"drawn {text!r:.80}" for text in drawn if harmless_line(text) != text)
    if window.size().toTuple() != SIZE:
        yield f"the window is {window.size().toTuple()}"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What painted widgets and cells are about to draw."""
    heard: list[str] = []

    class Ears(QFontMetrics):
        def elidedText(
            self, text: str, mode: Qt.TextElideMode, width: int, flags: int | None = 0
        ) -> str:
            heard.append(text)
            return super().elidedText(text, mode, width, flags or 0)

    monkeypatch.setattr(drawing, "QFontMetrics", Ears)
    return heard


def faults(window: QWidget) -> Iterator[str]:
    """What is wrong with what widgets say."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        where = f"{type(widget).__name__} {widget.objectName()}"
        yield from (f"{where} says {t!r:.80}" for t in said(widget) if harmless(t) != t)
        yield from (f"{where} reads markup in {t!r:.80}" for t in marked_up(widget))
        if isinstance(widget, QAbstractItemView):
            yield from in_cells(widget)


def marked_up(widget: QWidget) -> Iterator[str]:
    """Texts in which Qt would read markup."""
    read = [widget.toolTip()]
    if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
        read.append(widget.text())
    yield from (text for text in read if any(mark in text for mark in MARKUP))


def said(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLineEdit):
        return  # what is edited is what it is; its line is its own
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    yield widget.windowTitle()


def in_cells(view: QAbstractItemView) -> Iterator[str]:
    """Cells that Qt draws itself, without the program's own delegates."""
    model = view.model()
    rows = model.rowCount(QModelIndex())
    columns = view.horizontalHeader().count() if isinstance(view, QTableView) else 1
    for row, column in product(range(min(rows, 30)), range(columns)):
        index = model.index(row, column)
        if type(view.itemDelegateForIndex(index)).__module__.startswith("avrr_desktop"):
            continue
        text = str(index.data() or "")
        if harmless(text) != text:
            yield f"a cell of {view.objectName()} says {text!r:.80}"
