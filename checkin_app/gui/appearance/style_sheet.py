"""What Fusion cannot be told by a palette: quiet buttons, roomy fields, thin scroll bars."""

from __future__ import annotations

from checkin_app.gui.appearance.theme import TOUCH_PX, Colours
from checkin_app.resource_files import resource_path


def style_sheet(colours: Colours, size_px: int) -> str:
    """The style sheet of the whole program, for text of a size."""
    return f"""
QPushButton {{
    background: {colours.surface.name()}; color: {colours.text.name()};
    border: 1px solid {colours.border.name()}; border-radius: 8px;
    padding: 0 {size_px}px; min-height: {TOUCH_PX - 2}px; outline: none;
}}
QPushButton:hover {{ background: {colours.raised.name()}; border-color: {colours.muted.name()}; }}
QPushButton:pressed {{ background: {colours.chosen.name()}; }}
QPushButton:focus {{
    border: 2px solid {colours.accent.name()}; padding: 0 {size_px - 1}px;
    min-height: {TOUCH_PX - 4}px;
}}
QPushButton:disabled {{ color: {colours.faded.name()}; }}
QPushButton[primary="true"] {{
    background: {colours.accent.name()}; color: {colours.on_accent.name()};
    border-color: {colours.accent.name()}; font-weight: bold;
}}
QPushButton[primary="true"]:focus {{ border-color: {colours.text.name()}; }}
QPushButton[primary="true"]:disabled {{
    background: {colours.raised.name()}; border-color: {colours.border.name()};
    color: {colours.faded.name()};
}}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QPushButton[flat="true"] {{ background: transparent; border-color: transparent; }}
QPushButton::menu-indicator {{ width: 0; }}
QLineEdit, QComboBox, QAbstractSpinBox {{
    background: {colours.surface.name()}; color: {colours.text.name()};
    border: 1px solid {colours.border.name()}; border-radius: 8px;
    padding: 0 {size_px * 2 // 3}px; min-height: {TOUCH_PX - 2}px;
    selection-background-color: {colours.accent.name()};
    selection-color: {colours.on_accent.name()};
}}
QPlainTextEdit {{
    background: {colours.surface.name()}; color: {colours.text.name()};
    border: 1px solid {colours.border.name()}; border-radius: 8px;
    padding: 4px {size_px // 3}px;
    selection-background-color: {colours.accent.name()};
    selection-color: {colours.on_accent.name()};
}}
QPlainTextEdit:focus {{
    border: 2px solid {colours.accent.name()}; padding: 3px {size_px // 3 - 1}px;
}}
QPlainTextEdit:disabled {{ color: {colours.faded.name()}; }}
QLineEdit {{ placeholder-text-color: {colours.muted.name()}; }}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{
    border: 2px solid {colours.accent.name()}; padding: 0 {size_px * 2 // 3 - 1}px;
}}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{
    border: none; padding: 0; min-height: 0; background: transparent;
}}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: none; }}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {{
    color: {colours.faded.name()};
}}
QTableView, QListView {{ outline: none; }}
QFrame#card, QFrame#sidePanel {{
    background: {colours.surface.name()}; border: 1px solid {colours.border.name()};
    border-radius: 12px;
}}
QWidget#rail {{
    background: {colours.surface.name()}; border-right: 1px solid {colours.border.name()};
}}
QToolButton {{
    background: transparent; color: {colours.text.name()}; border: 1px solid transparent;
    border-radius: 10px; padding: 4px;
}}
QToolButton:hover {{ background: {colours.raised.name()}; }}
QToolButton:checked {{
    background: {colours.chosen.name()}; color: {colours.accent.name()}; font-weight: bold;
}}
QToolButton:focus {{ border: 2px solid {colours.accent.name()}; }}
QToolButton:disabled {{ color: {colours.faded.name()}; }}
QToolButton::menu-indicator {{ image: none; }}
QTableView, QListView, QTreeView {{
    background: {colours.surface.name()}; border: 1px solid {colours.border.name()};
    border-radius: 8px; gridline-color: {colours.border.name()};
    selection-background-color: {colours.chosen.name()};
    selection-color: {colours.text.name()};
}}
QListWidget::item {{
    min-height: {TOUCH_PX}px; padding-left: {size_px * 2 // 3}px; border-radius: 6px;
}}
QListWidget::item:selected {{ background: {colours.chosen.name()}; color: {colours.text.name()}; }}
QListWidget {{ outline: none; }}
QComboBox::drop-down, QDateTimeEdit::drop-down {{
    subcontrol-origin: padding; subcontrol-position: center right;
    border: none; width: {size_px * 2}px;
}}
QComboBox::down-arrow, QDateTimeEdit::down-arrow {{
    image: url("{_picture("arrow-down", "light" if colours.is_dark else "dark")}");
    width: {size_px}px; height: {size_px}px;
}}
QCheckBox {{ spacing: {size_px * 2 // 3}px; min-height: {TOUCH_PX}px; }}
QCheckBox::indicator {{
    width: {size_px + 5}px; height: {size_px + 5}px; border-radius: 6px;
    border: 2px solid {colours.muted.name()}; background: {colours.surface.name()};
}}
QCheckBox::indicator:checked {{
    background: {colours.accent.name()}; border-color: {colours.accent.name()};
    image: url("{_picture("check", "dark" if colours.is_dark else "light")}");
}}
QCheckBox:focus {{ color: {colours.accent.name()}; }}
QComboBox QAbstractItemView {{
    background: {colours.surface.name()}; border: 1px solid {colours.border.name()};
    selection-background-color: {colours.chosen.name()};
    selection-color: {colours.text.name()};
}}
QToolTip {{
    background: {colours.text.name()}; color: {colours.surface.name()};
    border: none; padding: 6px 8px;
}}
QMenu {{
    background: {colours.surface.name()}; color: {colours.text.name()};
    border: 1px solid {colours.border.name()}; padding: 6px;
}}
QMenu::item {{ padding: 10px {size_px * 2}px 10px {size_px}px; border-radius: 6px; }}
QMenu::icon {{ padding-left: {size_px}px; }}
QMenu::item:selected {{ background: {colours.chosen.name()}; }}
QMenu::item:disabled {{ color: {colours.muted.name()}; }}
QMenu::separator {{ height: 1px; background: {colours.border.name()}; margin: 6px 4px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{
    background: {colours.border.name()}; border-radius: 4px; margin: 2px; min-height: 32px;
}}
QScrollBar::handle:hover {{ background: {colours.muted.name()}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QHeaderView::section {{
    background: {colours.raised.name()}; color: {colours.muted.name()};
    border: none; border-bottom: 1px solid {colours.border.name()};
    padding: 8px {size_px * 2 // 3}px; font-weight: bold;
}}
QTableView QHeaderView {{ background: {colours.surface.name()}; border: none; }}
QTableCornerButton::section {{
    background: {colours.raised.name()}; border: none;
    border-bottom: 1px solid {colours.border.name()};
}}
QProgressBar {{
    background: {colours.border.name()}; border: none; border-radius: 4px;
    min-height: 8px; max-height: 8px;
}}
QProgressBar::chunk {{ background: {colours.accent.name()}; border-radius: 4px; }}
"""


def _picture(name: str, shade: str) -> str:
    """A picture for the style sheet, which cannot colour one itself."""
    return resource_path("icons", f"{name}-{shade}.svg").as_posix()
