"""The one style sheet, filled with the tokens of a palette.

Widgets say what they are with the property ``look``; painters use the tokens themselves.
"""

from __future__ import annotations

from string import Template
from typing import Final

from console.ui import icons
from console.ui.theme import Tokens

_SHEET: Final = Template("""
QToolTip { background: $ink; color: $surface; border: none; padding: 4px 8px; }
QMenu { background: $surface; color: $ink; border: 1px solid $line; border-radius: 8px;
  padding: 6px; }
QMenu::item { padding: 7px 26px 7px 14px; border-radius: 6px; }
QMenu::item:selected { background: $accent_soft; color: $ink; }
QMenu::item:disabled { color: $ink_faint; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QMenu::icon { padding-left: 10px; }

QScrollBar:vertical { background: transparent; width: 9px; margin: 0; }
QScrollBar::handle:vertical { background: $field_line; border-radius: 3px; min-height: 36px;
  margin: 2px 2px 2px 4px; }
QScrollBar::handle:vertical:hover { background: $ink_faint; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: $field_line; border-radius: 3px; min-width: 36px;
  margin: 4px 2px 2px 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QLabel { background: transparent; color: $ink; }
QLabel[look="title"] { font-size: 17px; font-weight: 700; }
QLabel[look="heading"] { font-size: 15px; font-weight: 700; }
QLabel[look="display"] { font-size: 26px; font-weight: 700; }
QLabel[look="strong"] { font-size: 13px; font-weight: 600; }
QLabel[look="soft"] { color: $ink_soft; font-size: 13px; }
QLabel[look="faint"] { color: $ink_faint; font-size: 13px; }
QLabel[look="tiny"] { color: $ink_faint; font-size: 12px; }
QLabel[look="fault"] { color: $alert_ink; font-size: 13px; }
QLabel[look="good"] { color: $accent_ink; font-size: 13px; }

QFrame[look="surface"] { background: $surface; border: none; }
QFrame[look="paper"] { background: $paper; border: none; }
QFrame[look="list"] { background: $surface; border: none; border-right: 1px solid $line; }
QFrame[look="panel"] { background: $surface; border: none; border-left: 1px solid $line; }
QFrame[look="header"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[look="footer"] { background: $surface; border: none; border-top: 1px solid $line; }
QFrame[look="rail"] { background: $rail; border: none; }
QFrame[look="card"] { background: $surface; border: 1px solid $line; border-radius: 12px; }
QFrame[look="enquiry"] { background: $surface; border: 1px solid $accent_soft;
  border-left: 4px solid $accent; border-radius: 10px; }
QFrame[look="palette"] { background: $surface; border: 1px solid $line; border-radius: 12px; }
QFrame[look="ground"] { background: $line_soft; border: none; border-left: 1px solid $line; }
QFrame[look="warning"] { background: $warn_soft; border: none; border-radius: 8px; }
QLabel[look="warned"] { color: $warn_ink; font-size: 13px; }
QLabel[look="figure"] { color: $accent_ink; font-size: 32px; font-weight: 700; }
QLineEdit[look="name"] { background: transparent; border: 1px solid transparent; font-size: 17px;
  font-weight: 700; padding: 0 6px; min-height: 34px; }
QLineEdit[look="name"]:hover { border: 1px solid $line; }
QLineEdit[look="name"]:focus { border: 2px solid $accent_ink; padding: 0 5px; }
QTextEdit[look="words"] { background: $surface; color: $ink; border: 1px solid $line;
  border-radius: 10px; padding: 8px 10px; font-size: 14px;
  selection-background-color: $accent; selection-color: $on_accent; }
QTextEdit[look="words"]:focus { border: 2px solid $accent_ink; padding: 7px 9px; }
QPushButton[look="step"] { background: transparent; border: 1px solid transparent;
  color: $ink_soft; padding: 4px 6px; font-size: 13px; }
QPushButton[look="step"][done="true"] { color: $accent_ink; font-weight: 700; }
QPushButton[look="step"]:hover { background: $hover; }
QPushButton[look="step"]:focus { border: 2px solid $accent_ink; padding: 3px 5px; }
QTableView[look="figures"] { background: $surface; color: $ink; border: 1px solid $line;
  border-radius: 8px; font-size: 13px; selection-background-color: $accent_soft;
  selection-color: $ink; }
QTableView[look="figures"]:focus { border: 2px solid $accent_ink; }
QTableView[look="figures"]::item { padding: 0 8px; }
QHeaderView::section { background: $hover; color: $ink_soft; border: none;
  border-bottom: 1px solid $line; padding: 6px 8px; font-size: 12px; }
QTableWidget[look="plain"], QTableWidget[look="plain"]:focus { border: none; border-radius: 0; }
QTableWidget[look="plain"] QHeaderView::section { background: $surface; }
QTableWidget[look="plain"]::item { padding: 0 5px; border-bottom: 1px solid $line_soft; }
QTableWidget[look="plain"]::item:selected { background: $accent_soft; color: $ink; }
QPushButton[look="number"], QPushButton[look="doubt"] { background: transparent; color: $ink;
  border: 2px solid transparent; border-radius: 6px; padding: 0 2px; margin-left: -4px;
  font-size: 26px; font-weight: 700; text-align: left; min-height: 32px; }
QPushButton[look="doubt"] { font-size: 17px; }
QPushButton[look="number"]:hover, QPushButton[look="doubt"]:hover { color: $accent_ink; }
QPushButton[look="number"]:focus, QPushButton[look="doubt"]:focus {
  border: 2px solid $accent_ink; padding: 0 2px; }
QPushButton[look="number"]:disabled, QPushButton[look="doubt"]:disabled {
  background: transparent; color: $ink; }
QFrame[look="line"] { background: $line; border: none; }
QFrame[look="banner"] { background: $warn_soft; border: none; border-bottom: 1px solid $line; }
QFrame[look="banner"] QLabel { color: $warn_ink; }
QFrame[look="beside"] { background: $accent_soft; border: none; border-radius: 8px; }
QFrame[look="code"] { background: $paper; border: 1px solid $line; border-radius: 8px; }
QLabel[look="coupon"] { font-family: "Consolas", "DejaVu Sans Mono", monospace; font-size: 15px;
  font-weight: 700; }
QLabel[look="coupon"][used="true"] { color: $ink_faint; font-weight: 400;
  text-decoration: line-through; }
QLineEdit[look="code"] { font-family: "Consolas", "DejaVu Sans Mono", monospace; font-size: 22px;
  font-weight: 700; min-height: 44px; }
QLabel[look="mono"] { font-family: "Consolas", "DejaVu Sans Mono", monospace; font-size: 13px; }
QFrame[look="tag"] { background: $accent_soft; border: none; border-radius: 12px; }
QFrame[look="tag"] QLabel { color: $accent_ink; }
QFrame[look="conflict"] { background: $warn_soft; border: none; }
QFrame[look="conflict"] QLabel, QFrame[look="conflict"] QRadioButton { color: $ink; }
QFrame[look="playing"] { background: $accent_soft; border: none; border-bottom: 1px solid $line; }
QFrame[look="colleagues"] { background: $paper; border: none; }
QFrame[look="collision"] { background: $warn_soft; border: none; }
QFrame[look="collision"] QLabel { color: $warn_ink; font-weight: 600; }
QProgressBar { background: $line; border: none; border-radius: 2px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QFrame[look="toast"] { background: $ink; border-radius: 8px; }
QFrame[look="toast"] QLabel { color: $surface; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }

QPushButton { background: $surface; color: $ink; border: 1px solid $field_line;
  border-radius: 8px; padding: 6px 14px; min-height: 20px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line_soft; }
QPushButton:focus { border: 2px solid $accent_ink; padding: 5px 13px; }
QPushButton:disabled { color: $ink_faint; background: $paper; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent;
  font-weight: 700; }
QPushButton[look="primary"]:hover { background: $accent_hover; }
QPushButton[look="primary"]:focus { border: 2px solid $ink; }
QPushButton[look="primary"]:disabled { background: $line; border-color: $line; color: $ink_faint; }
QPushButton[look="primary"][small="true"] { padding: 2px 10px; min-height: 18px; font-size: 13px; }
QPushButton[look="flat"] { background: transparent; border: 1px solid transparent;
  color: $ink_soft; padding: 4px 8px; }
QPushButton[look="flat"]:hover { background: $hover; color: $ink; }
QPushButton[look="flat"]:focus { border: 2px solid $accent_ink; padding: 3px 7px; }
QPushButton[look="link"] { background: transparent; border: 1px solid transparent;
  color: $accent_ink; padding: 4px 6px; }
QPushButton[look="link"]:hover { background: $accent_soft; }
QPushButton[look="link"]:focus { border: 2px solid $accent_ink; padding: 3px 5px; }
QPushButton[look="chip"] { background: $surface; color: $ink_soft; border: 1px solid $field_line;
  border-radius: 13px; padding: 0 12px; min-height: 24px; max-height: 24px; font-size: 13px; }
QPushButton[look="chip"][tiny="true"] { font-size: 12px; padding: 0 4px; }
QPushButton[look="chip"]:hover { background: $hover; }
QPushButton[look="chip"]:checked { background: $accent; color: $on_accent;
  border-color: $accent; font-weight: 700; }
QPushButton[look="chip"]:focus { border: 2px solid $accent_ink; padding: 0 11px; }
QPushButton[look="chip"][tiny="true"]:focus { padding: 0 3px; }
QPushButton[look="chip"]:checked:focus { border: 2px solid $ink; }
QPushButton[look="head"] { padding: 3px 10px; font-size: 13px; min-height: 18px; }
QPushButton[look="head"]:focus { padding: 2px 9px; }
QPushButton[look="head"]:checked { background: $accent_soft; border-color: $accent_ink; }
QPushButton[look="legend"] { background: transparent; color: $ink; border: 1px solid transparent;
  padding: 1px 6px; min-height: 20px; font-size: 13px; }
QPushButton[look="legend"]:hover { background: $hover; }
QPushButton[look="legend"]:focus { border: 2px solid $accent_ink; padding: 0 5px; }
QPushButton[look="legend"]:!checked { color: $ink_faint; }
QPushButton[look="undo"] { background: transparent; color: $surface; border: 1px solid transparent;
  padding: 3px 8px; font-weight: 700; text-decoration: underline; }
QPushButton[look="undo"]:focus { border: 2px solid $surface; padding: 2px 7px; }
QPushButton[look="key"], QLabel[look="keycap"] { background: $hover; color: $ink;
  border: 1px solid $field_line; border-bottom: 2px solid $field_line; border-radius: 6px;
  padding: 3px 9px; min-height: 18px; font-size: 13px; font-weight: 600; }
QLabel[look="keycap"] { background: transparent; color: $ink_soft; border-color: $line; }
QPushButton[look="key"]:hover { background: $accent_soft; }
QPushButton[look="key"]:focus { border: 2px solid $accent_ink; padding: 3px 8px 2px 8px; }
QPushButton[look="key-listening"], QPushButton[look="key-listening"]:focus {
  background: $accent_soft; color: $accent_ink; border: 2px solid $accent_ink;
  border-radius: 6px; padding: 3px 8px 2px 8px; min-height: 18px; font-size: 13px; }
QPushButton[look="jump"] { background: $surface; color: $accent_ink; border: 1px solid $line;
  border-radius: 16px; padding: 0 14px; min-height: 30px; max-height: 30px; font-weight: 700; }
QPushButton[look="thumb"] { background: $line_soft; border: 1px solid $line; padding: 0; }
QPushButton[look="thumb"]:hover { border: 2px solid $alert; }
QPushButton[look="thumb"]:focus { border: 2px solid $accent_ink; }
QPushButton[look="tool"] { background: transparent; border: 1px solid transparent;
  color: $ink_soft; padding: 3px 8px 3px 2px; font-size: 13px; }
QPushButton[look="tool"]:hover { background: $hover; color: $ink; }
QPushButton[look="tool"]:focus { border: 2px solid $accent_ink; padding: 2px 7px 2px 1px; }
QPushButton[look="tool"]:disabled { background: transparent; color: $ink_faint; }
QPushButton[look="tool"]:checked { background: $warn_soft; color: $warn_ink; }
QPushButton[look="tool"][bare="true"] { padding: 3px 5px; }
QPushButton[look="tool"][bare="true"]:focus { padding: 2px 4px; }
QPushButton[look="noted"] { background: $warn_soft; color: $warn_ink; border: 1px solid $warn_ink;
  font-weight: 700; }
QPushButton[look="noted"]:focus { border: 2px solid $warn_ink; }
QPushButton[look="noted"]:disabled { background: $line; border-color: $line; color: $ink_faint; }
QPushButton[part="left"] { border-top-right-radius: 0; border-bottom-right-radius: 0; }
QPushButton[part="right"] { border-top-left-radius: 0; border-bottom-left-radius: 0; padding: 0; }
QPushButton[part="right"]:focus { padding: 0; }

QFrame[look="rule"] { background: $hover; border: 1px solid $line; border-radius: 8px; }
QFrame[look="rule"]:focus { border: 2px solid $accent_ink; }
QFrame[look="rule"][open="true"] { background: $surface; border: 1px solid $accent_ink; }
QFrame[look="planned"] { background: $accent_soft; border: 1px solid $mine_line;
  border-radius: 8px; }
QFrame[look="planned"][lost="true"] { background: $warn_soft; border: 1px solid $warn_ink; }
QFrame[look="planned"][over="true"] { background: $hover; border: 1px solid $line; }
QFrame[look="planned"]:focus { border: 2px solid $accent_ink; }
QFrame[look="weeknote"] { background: $warn_soft; border: none; border-radius: 8px; }
QLabel[look="weeknote"] { color: $warn_ink; font-size: 13px; }
QFrame[look="drop"] { background: $accent; border: none; border-radius: 1px; }
QLabel[look="piece"] { background: $surface; color: $ink; border: 1px solid $field_line;
  border-radius: 6px; padding: 2px 8px; font-size: 13px; }
QLabel[look="count"] { color: $accent_ink; font-size: 18px; font-weight: 700; }
QLabel[look="count"][stale="true"] { color: $ink_faint; }
QPushButton[look="word"] { background: $surface; color: $ink; border: 1px solid $field_line;
  border-radius: 6px; padding: 2px 8px; min-height: 18px; font-size: 13px; font-weight: 600; }
QPushButton[look="word"]:hover { background: $accent_soft; }
QPushButton[look="word"]:focus { border: 2px solid $accent_ink; padding: 1px 7px; }
QPushButton[look="cross"] { background: transparent; border: 1px solid transparent; padding: 0;
  border-radius: 6px; min-height: 20px; }
QPushButton[look="cross"]:hover { background: $line; }
QPushButton[look="cross"]:focus { border: 2px solid $accent_ink; }
QPushButton[look="link"][flush="true"] { padding-right: 2px; }
QPushButton[look="link"][flush="true"]:focus { padding-right: 1px; }
QPushButton[look="link"]:disabled { background: transparent; color: $ink_faint; }
QPushButton[look="ask"] { background: transparent; color: $ink_soft; padding: 0; min-height: 20px;
  border: 1px solid $field_line; border-radius: 11px; font-size: 12px; }
QPushButton[look="ask"]:hover, QPushButton[look="ask"]:checked { background: $accent_soft;
  color: $accent_ink; }
QPushButton[look="ask"]:focus { border: 2px solid $accent_ink; min-height: 18px; }
QPushButton[look="small"] { padding: 2px 9px; min-height: 18px; font-size: 13px; }
QPushButton[look="small"]:focus { padding: 1px 8px; }

QLineEdit { background: $surface; color: $ink; border: 1px solid $field_line; border-radius: 8px;
  padding: 0 11px; min-height: 36px; selection-background-color: $accent;
  selection-color: $on_accent; }
QLineEdit:focus { border: 2px solid $accent_ink; padding: 0 10px; }
QLineEdit[look="search"] { background: $paper; border: 1px solid $line; min-height: 32px;
  font-size: 13px; }
QLineEdit[look="search"]:focus { border: 2px solid $accent_ink; background: $surface; }
QLineEdit[look="find"], QLineEdit[look="find"]:focus { background: transparent; border: none;
  padding: 0 4px; min-height: 44px; font-size: 16px; }
QLineEdit[fault="true"] { border: 1px solid $alert; }
QComboBox { background: $surface; border: 1px solid $field_line; border-radius: 8px;
  padding: 0 11px; min-height: 34px; }
QComboBox:focus { border: 2px solid $accent_ink; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("$arrow"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line; outline: none;
  selection-background-color: $accent_soft; selection-color: $ink; }
QTimeEdit { background: $surface; border: 1px solid $field_line; border-radius: 8px;
  padding: 0 8px; min-height: 36px; }
QTimeEdit QLineEdit, QTimeEdit QLineEdit:focus { border: none; background: transparent;
  padding: 0; min-height: 0; }
QTimeEdit::up-button, QTimeEdit::down-button { width: 0; border: none; }
QTimeEdit:focus { border: 2px solid $accent_ink; }
QFrame[look="field"] { background: $surface; border: 1px solid $field_line; border-radius: 10px; }
QFrame[look="field"][active="true"] { border: 2px solid $accent_ink; }
QFrame[look="field"][note="true"] { background: $warn_soft; border: 1px solid $warn_ink; }
QFrame[look="field"][note="true"][active="true"] { border: 2px solid $warn_ink; }
QFrame[look="attached"] { background: $paper; border: 1px solid $line; border-radius: 8px; }
QFrame[look="popover"] { background: $surface; border: 1px solid $field_line; border-radius: 10px; }
QLineEdit[look="caption"] { min-height: 18px; padding: 0 4px; border-radius: 5px; font-size: 12px; }
QLineEdit[look="caption"]:focus { padding: 0 3px; border: 2px solid $accent_ink; }
QListWidget[look="emoji"]::item { padding: 0; }
QFrame[look="field"][drop="true"] { border: 2px dashed $accent; background: $accent_soft; }
QPlainTextEdit[look="note"] { background: $surface; color: $ink; border: 1px solid $field_line;
  border-radius: 8px; padding: 4px 7px; selection-background-color: $accent;
  selection-color: $on_accent; }
QPlainTextEdit[look="note"]:focus { border: 2px solid $accent_ink; padding: 3px 6px; }
QRadioButton { color: $ink; spacing: 7px; border: 2px solid transparent; border-radius: 6px;
  padding: 1px 3px; }
QRadioButton:focus { border: 2px solid $accent_ink; }
QRadioButton::indicator { width: 12px; height: 12px; border: 2px solid $ink_faint;
  border-radius: 8px; background: $surface; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent_ink; }
QSlider { border: 2px solid transparent; border-radius: 6px; min-height: 24px; }
QSlider:focus { border: 2px solid $accent_ink; }
QSlider::groove:horizontal { height: 4px; background: $line; border-radius: 2px; margin: 0 6px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; height: 4px;
  margin: 0 6px; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -5px 0; border-radius: 7px;
  background: $accent; }
QSlider::handle:horizontal:disabled, QSlider::sub-page:horizontal:disabled {
  background: $ink_faint; }
QCheckBox { color: $ink; spacing: 9px; border: 2px solid transparent; border-radius: 6px;
  padding: 1px 3px; }
QCheckBox:focus { border: 2px solid $accent_ink; }
QCheckBox:disabled { color: $ink_faint; }
QCheckBox::indicator, QTableWidget[look="plain"]::indicator { width: 14px; height: 14px;
  border: 2px solid $ink_faint; border-radius: 5px; background: $surface; }
QCheckBox::indicator:checked, QTableWidget[look="plain"]::indicator:checked {
  border-color: $accent; background: $accent; image: url("$check"); }
QListView[look="report"] { background: $paper; color: $ink; border: 1px solid $line;
  border-radius: 8px; padding: 4px; font-size: 13px; outline: none; }
QListWidget { background: $surface; border: none; outline: none; color: $ink; }
QListWidget::item { padding: 9px 10px; border-radius: 8px; border: none; }
QListWidget::item:hover { background: $hover; }
QListWidget::item:selected { background: $accent_soft; color: $ink; }
QListWidget[look="side"]::item { border: 2px solid transparent; padding: 7px 8px; }
QListWidget[look="side"]::item:focus { border: 2px solid $accent_ink; }
QDateEdit, .QDateTimeEdit { background: $surface; border: 1px solid $field_line; border-radius: 8px;
  padding: 0 8px; min-height: 36px; }
QDateEdit QLineEdit, QDateEdit QLineEdit:focus,
.QDateTimeEdit QLineEdit, .QDateTimeEdit QLineEdit:focus { border: none; background: transparent;
  padding: 0; min-height: 0; }
QDateEdit:focus, .QDateTimeEdit:focus { border: 2px solid $accent_ink; }
QDateEdit::drop-down, .QDateTimeEdit::drop-down { border: none; width: 26px; }
QCalendarWidget QWidget { alternate-background-color: $hover; background: $surface; color: $ink; }
QCalendarWidget QToolButton { background: transparent; color: $ink; padding: 5px 8px;
  border-radius: 6px; }
QCalendarWidget QToolButton:hover { background: $hover; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent;
  selection-color: $on_accent; outline: none; }
QCalendarWidget QSpinBox { background: $surface; color: $ink; }
QPlainTextEdit[look="reply"] { background: transparent; color: $ink; border: none;
  selection-background-color: $accent; selection-color: $on_accent; }
""")


def sheet(tokens: Tokens) -> str:
    """The style sheet in a palette."""
    check = (icons.folder() / "check-white.svg").as_posix()
    arrow = (icons.folder() / f"chevron-down-{tokens.name}.svg").as_posix()
    return _SHEET.substitute(tokens.values(), check=check, arrow=arrow)
