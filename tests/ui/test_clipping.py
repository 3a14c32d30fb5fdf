"""No screen cuts its words: every page, three languages, the smallest and the usual window."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QStringListModel
from PySide6.QtWidgets import QHBoxLayout, QListView, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.clipping import cuts
from tests.ui.screens import FEW, MAIN, SIZES, walk_through, walking

from avrr_desktop.core.labels import Language
from avrr_desktop.ui.theme.tokens import Type
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.chips import Chip
from avrr_desktop.ui.widgets.delegates import CellDelegate
from avrr_desktop.ui.widgets.navigation import NavItem
from avrr_desktop.ui.widgets.text import Text

ROOT = Path(__file__).resolve().parents[2]
_SENTENCE = "Retours depuis le Maroc"


@pytest.mark.slow
@pytest.mark.parametrize("language", list(Language))
def test_no_screen_cuts_its_words(language: Language, tmp_path: Path) -> None:
    with walking(tmp_path / "register", persons=FEW) as walk:
        smallest, *larger = SIZES
        found = [f"{at}: {cut}" for at, cut in walk_through(walk, [language], [smallest])]
        found += [f"{at}: {cut}" for at, cut in walk_through(walk, [language], larger, MAIN)]
    assert not found, "\n".join(found)


@pytest.mark.slow
def test_main_screens_cut_nothing_at_twice_the_size(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.screens", str(tmp_path / "register"), "check"],
        cwd=ROOT,
        env={**os.environ, "QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "scale 2\n", done.stdout + done.stderr


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.resize(400, 200)
    return shown


def _why(window: QWidget) -> list[str]:
    window.show()
    return [cut.why for cut in cuts(window)]


def test_what_fits_is_not_reported(window: QWidget) -> None:
    row = QHBoxLayout(window)
    for part in (Text(_SENTENCE), Button("Enregistrer", key="Ctrl+S"), Chip("Ouvert")):
        row.addWidget(part)
    assert not _why(window)


def test_label_without_room_is_reported(window: QWidget) -> None:
    label = Text(_SENTENCE, Type.TITLE, parent=window)
    label.setGeometry(0, 0, 60, 40)
    assert any(why.startswith("needs") for why in _why(window))


def test_lines_without_room_are_reported(window: QWidget) -> None:
    label = Text(_SENTENCE, wrap=True, parent=window)
    label.setGeometry(0, 0, 90, 18)
    assert "lines are cut" in _why(window)


def test_label_shortened_by_hand_is_reported(window: QWidget) -> None:
    label = Text("Retours depuis…", parent=window)
    label.setToolTip(_SENTENCE)
    label.setGeometry(0, 0, 300, 30)
    assert "shortened" in _why(window)


def test_painted_words_that_are_shortened_are_reported(window: QWidget) -> None:
    item = NavItem(_SENTENCE, "house", parent=window)
    item.setGeometry(0, 0, 90, 32)
    assert "shortened" in _why(window)


def test_button_narrower_than_its_words_is_reported(window: QWidget) -> None:
    button = Button(_SENTENCE, parent=window)
    button.setGeometry(0, 0, 60, 42)
    assert any(why.startswith("needs") for why in _why(window))


def test_words_beyond_the_edge_are_reported(window: QWidget) -> None:
    label = Text(_SENTENCE, parent=window)
    label.setGeometry(QRect(340, 10, 300, 30))
    assert any(why.startswith("leaves") for why in _why(window))


def test_words_under_another_widget_are_reported(window: QWidget) -> None:
    label = Text(_SENTENCE, parent=window)
    label.setGeometry(0, 0, 300, 30)
    chip = Chip("Garçon", parent=window)
    chip.setGeometry(100, 0, 80, 24)
    assert any(why.startswith("lies on") for why in _why(window))


def test_cell_without_a_tool_tip_is_reported(window: QWidget) -> None:
    view = QListView(window)
    view.setModel(QStringListModel([_SENTENCE * 2], view))
    view.setItemDelegate(CellDelegate(view))
    view.setGeometry(0, 0, 120, 80)
    view.setTextElideMode(view.textElideMode())
    view.setUniformItemSizes(True)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setGridSize(view.viewport().size())
    assert "cell is cut and has no tool tip" in _why(window)
