"""The rules of the style sheet, with tokens as ``$names``; ``sheet.py`` fills them in."""

from __future__ import annotations

from typing import Final

# Roles of labels: QLabel with property role=… (see widgets/text.py).
_TEXT: Final = """
QLabel { color: $text; background: transparent; }
QLabel:disabled { color: $text3; }
QLabel[role="caption"] { font-size: ${pt_caption}pt; color: $text2; }
QLabel[role="section"] { font-size: ${pt_section}pt; font-weight: 600; }
QLabel[role="palette"] { font-size: ${pt_palette}pt; }
QLabel[role="title"] { font-size: ${pt_title}pt; font-weight: 600; }
QLabel[role="headline"] { font-size: ${pt_headline}pt; font-weight: 600; }
QLabel[bold="true"] { font-weight: 600; }
QLabel[tone="text"] { color: $text; }
QLabel[tone="text2"] { color: $text2; }
QLabel[tone="text3"] { color: $text3; }
QLabel[tone="accent"] { color: $accent_text; }
QLabel[tone="ok"] { color: $ok; }
QLabel[tone="warning"] { color: $warning; }
QLabel[tone="error"] { color: $error; }
QLabel[tone="nav"] { color: $nav_text; }
QLabel[tone="nav_dim"] { color: $nav_dim; }
QLabel[tone="on_nav"] { color: $on_nav_selected; }
QLabel[tone="ribbon"] { color: $ribbon_text; }
"""

# Popups have square corners: a translucent window loses its styled ground.
# Grounds: QFrame with property ground=…, edges with property edge="top|bottom|start|end".
_GROUNDS: Final = """
QFrame[ground="bg"] { background: $bg; border: 0; }
QFrame[ground="surface"] { background: $surface; border: 0; }
QFrame[ground="raised"] { background: $raised; border: 0; }
QFrame[ground="nav"] { background: $nav; border: 0; }
QFrame[ground="ribbon"] { background: $ribbon; border: 0; }
QFrame[ground="accent"] { background: $accent_soft; border: 0; }
QFrame[ground="ok"] { background: $ok_soft; border: 0; border-radius: ${card_radius}px; }
QFrame[ground="warning"] { background: $warning_soft; border: 0; border-radius: ${field_radius}px; }
QFrame[ground="error"] { background: $error_soft; border: 0; border-radius: ${card_radius}px; }
QFrame[ground="card"] { background: $surface; border: 1px solid $hairline;
    border-radius: ${card_radius}px; }
QFrame[ground="palette"] { background: $surface; border: 1px solid $hairline;
    border-radius: ${palette_radius}px; }
QFrame[ground="popup"] { background: $surface; border: 1px solid $control; }
QFrame[ground="tile"] { background: $surface; border: 1px solid $hairline;
    border-radius: ${field_radius}px; }
QFrame[edge="top"] { border-top: 1px solid $hairline; }
QFrame[edge="bottom"] { border-bottom: 1px solid $hairline; }
QFrame[edge="start"] { border-$start: 1px solid $hairline; }
QFrame[edge="end"] { border-$end: 1px solid $hairline; }
QFrame[corners="bottom"] { border-bottom-left-radius: ${card_radius}px;
    border-bottom-right-radius: ${card_radius}px; }
QFrame[corners="top"] { border-top-left-radius: ${card_radius}px;
    border-top-right-radius: ${card_radius}px; }
QFrame[rule="true"] { background: $hairline; border: 0; max-height: 1px; min-height: 1px; }
"""

_BUTTONS: Final = """
QPushButton { margin: ${ring}px; padding: 0 ${m}px; min-height: ${button_inner}px;
    border: 1px solid $control; border-radius: ${field_radius}px;
    background: $surface; color: $text; }
QPushButton:hover { background: $raised; border-color: $text3; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:disabled { background: $raised; color: $text3; border-color: $hairline; }
QPushButton[variant="primary"], QPushButton:default[variant="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[variant="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[variant="primary"]:pressed { background: $accent_hover; }
QPushButton[variant="primary"]:disabled { background: $raised; color: $text3;
    border-color: $hairline; }
QPushButton[variant="quiet"] { background: transparent; border-color: transparent;
    color: $accent_text; }
QPushButton[variant="quiet"]:hover { background: $accent_soft; }
QPushButton[variant="quiet"]:disabled { color: $text3; }
QPushButton[variant="danger"] { background: $surface; color: $error; border-color: $error; }
QPushButton[variant="danger"]:hover { background: $error_soft; }
QPushButton[variant="danger"]:disabled { background: $raised; color: $text3;
    border-color: $hairline; }
QPushButton[small="true"] { min-height: ${small_inner}px; padding: 0 ${s}px; }
QPushButton[variant="link"] { background: transparent; border: 0; padding: 0; min-height: 0;
    color: $accent_text; text-decoration: underline; text-align: $start; }
QPushButton[variant="link"]:hover { color: $accent_hover; }
QPushButton[variant="link"]:disabled { color: $text3; }
QPushButton[variant="link"][tone="error"] { color: $error; }
QPushButton[variant="link"][tone="warning"] { color: $warning; }
QPushButton[variant="link"][tone="ribbon"] { color: $ribbon_text; }
QToolButton { border: 1px solid transparent; border-radius: ${field_radius}px;
    background: transparent; color: $text; padding: ${xs}px; }
QToolButton:hover { background: $accent_soft; }
QToolButton:focus { border: 2px solid $accent_text; }
QToolButton::menu-indicator { image: none; }
QCheckBox, QRadioButton { color: $text; background: transparent; min-height: ${row}px;
    padding: 0 ${xs}px; spacing: ${s}px; }
QCheckBox:disabled, QRadioButton:disabled { color: $text3; }
"""

_FIELDS: Final = """
QLineEdit, QPlainTextEdit, QTextEdit { background: $surface; color: $text;
    border: 1px solid $control; border-radius: ${field_radius}px; padding: 0 9px;
    selection-background-color: $accent; selection-color: $on_accent;
    placeholder-text-color: $text3; }
QLineEdit { min-height: ${field_inner}px; }
QPlainTextEdit, QTextEdit { padding: 4px 5px; }
QLineEdit:focus { border: 2px solid $accent_text; padding: 0 8px;
    min-height: ${field_inner_focus}px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent_text; padding: 3px 4px; }
QLineEdit[state="error"] { border: 2px solid $error; padding: 0 8px;
    min-height: ${field_inner_focus}px; }
QLineEdit[state="confirm"] { border: 2px solid $warning; padding: 0 8px;
    min-height: ${field_inner_focus}px; }
QPlainTextEdit[state="error"] { border: 2px solid $error; padding: 3px 4px; }
QPlainTextEdit[state="confirm"] { border: 2px solid $warning; padding: 3px 4px; }
QLineEdit[state]:focus, QPlainTextEdit[state]:focus { border-color: $accent_text; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: $raised; color: $text3;
    border-color: $hairline; }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] { background: $raised; }
QLineEdit[bare="true"], QComboBox > QLineEdit { border: 0; padding: 0; background: transparent;
    min-height: 0; }
QSpinBox { background: $surface; border: 1px solid $control; border-radius: ${field_radius}px;
    padding: 0 9px; min-height: ${field_inner}px; }
QSpinBox:focus { border: 2px solid $accent_text; padding: 0 8px;
    min-height: ${field_inner_focus}px; }
"""

_VIEWS: Final = """
QComboBox { combobox-popup: 0; }
QAbstractItemView { background: $surface; color: $text; border: 0; outline: 0;
    activate-on-singleclick: 0; selection-background-color: $selection; selection-color: $text; }
QTableView { gridline-color: transparent; }
QHeaderView { background: $raised; border: 0; }
QHeaderView::section { background: $raised; color: $text2; border: 0;
    border-bottom: 1px solid $hairline; padding: 0 ${s}px; min-height: ${head}px; }
QTableCornerButton::section { background: $raised; border: 0; }
QComboBox QAbstractItemView, QListView[popup="true"] { background: $surface;
    border: 1px solid $control; padding: ${xs}px; }
QListView[popup="true"] { border: 0; padding: 0; background: transparent; }
QListView[popup="true"]::item, QComboBox QAbstractItemView::item { min-height: ${row}px;
    padding: 0 ${s}px; border-radius: ${key_radius}px; }
QListView[popup="true"]::item:selected, QComboBox QAbstractItemView::item:selected {
    background: $selection; color: $text; }
QListView[popup="true"]::item:hover { background: $accent_soft; }
QMenu { background: $surface; color: $text; border: 1px solid $control;
    border-radius: ${field_radius}px; padding: ${xs}px; }
QMenu::item { padding: 6px 28px 6px 28px; border-radius: ${key_radius}px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $hairline; margin: ${xs}px ${s}px; }
QMenu::icon { padding-$start: ${s}px; }
QToolTip { background: $raised; color: $text; border: 1px solid $control; padding: ${xs}px ${s}px; }
"""

_FRAMES: Final = """
QMainWindow, QDialog { background: $bg; }
QScrollArea, QScrollArea > QWidget > QWidget[page="true"] { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: ${scroll}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${scroll}px; margin: 0; }
QScrollBar::handle { background: $control; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 32px; margin: 2px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 2px; }
QScrollBar::handle:hover { background: $text3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QStatusBar { background: $surface; border-top: 1px solid $hairline;
    min-height: ${status_bar}px; color: $text2; font-size: ${pt_caption}pt; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { font-size: ${pt_caption}pt; color: $text2; }
QFrame[bar="top"] { background: $surface; border: 0; border-bottom: 1px solid $hairline;
    min-height: ${top_bar}px; }
QFrame[bar="action"] { background: $surface; border: 0; border-top: 1px solid $hairline;
    min-height: ${action_bar}px; }
QFrame[bar="ribbon"] { background: $ribbon; border: 0; min-height: ${ribbon_height}px; }
QFrame[bar="status"] { background: $surface; border: 0; border-top: 1px solid $hairline;
    min-height: ${status_bar}px; }
QProgressBar { background: $raised; border: 1px solid $hairline; border-radius: ${key_radius}px;
    text-align: center; color: $text; min-height: ${s}px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: $hairline; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $surface; }
QCalendarWidget QToolButton { color: $text; font-weight: 600; min-height: 24px; }
QCalendarWidget QAbstractItemView { background: $surface; selection-background-color: $accent;
    selection-color: $on_accent; }
QCalendarWidget QSpinBox { min-height: 24px; }
"""

PARTS: Final = (_TEXT, _GROUNDS, _BUTTONS, _FIELDS, _VIEWS, _FRAMES)
