"""Hands of the tests: they type, press and read what a caseworker would."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.ui.forms.entry_page import EntryPage
from avrr_desktop.ui.forms.field_box import FieldBox


def show(qtbot: QtBot, page: EntryPage, width: int = 1220, height: int = 846) -> None:
    """On screen, active, with the focus where the page puts it."""
    qtbot.addWidget(page)
    page.resize(width, height)
    page.show()
    page.activateWindow()
    QCoreApplication.processEvents()


def _focused(window: QWidget) -> QWidget:
    """The widget that gets the keys, or the window itself."""
    focused: QWidget | None = window.window().focusWidget()
    return window if focused is None else focused


def press(page: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """A key in the widget that has the focus, shortcuts of the page included."""
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(_focused(page), key, held)
    QCoreApplication.processEvents()


def type_text(page: QWidget, text: str) -> None:
    """Letters in the widget that has the focus."""
    target = page.window().focusWidget()
    assert target is not None
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(target, letter)
            continue
        # QTest knows the keys of ASCII alone.
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.sendEvent(target, event)


def enter(page: QWidget, text: str) -> None:
    """Type, then Enter: on to the next field."""
    type_text(page, text)
    press(page, Qt.Key.Key_Return)


def pick(page: QWidget, text: str) -> None:
    """Choose a term of a list by its first letters, then on to the next field."""
    target = page.window().focusWidget()
    assert target is not None
    QTest.keyClicks(target, text[:1])
    QCoreApplication.processEvents()
    popup = QApplication.activePopupWidget()
    if popup is not None:
        QTest.keyClicks(_focused(popup), text[1:])
        QTest.keyClick(_focused(popup), Qt.Key.Key_Return)
        QCoreApplication.processEvents()
    else:
        QTest.keyClicks(target, text[1:])
    press(page, Qt.Key.Key_Return)


def save(page: QWidget) -> None:
    """Ctrl+S."""
    press(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def click(widget: QWidget) -> None:
    """The left button, in the middle."""
    QTest.mouseClick(
        widget,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(widget.width() // 2, widget.height() // 2),
    )
    QCoreApplication.processEvents()


def box_of(page: EntryPage, key: str) -> FieldBox:
    """The box of a key."""
    return next(box for box in page.body.boxes() if box.key == key)


def focused_key(page: EntryPage) -> str:
    """The key of the box that has the focus."""
    return next((box.key for box in page.body.boxes() if box.has_focus_inside()), "")


def error_of(page: EntryPage, key: str) -> str:
    """The message shown beside a field, or nothing."""
    box = box_of(page, key)
    shown = box.findChild(QWidget, f"{key}-error")
    assert shown is not None
    return shown.accessibleName() if shown.isVisibleTo(box) else ""


def issues(page: EntryPage) -> list[str]:
    """The links of the list of errors."""
    banner = page.frame.errors
    if not banner.isVisibleTo(page):
        return []
    return [
        child.accessibleName()
        for child in banner.findChildren(QWidget)
        if child.objectName().startswith("issue-") and child.isVisibleTo(banner)
    ]
