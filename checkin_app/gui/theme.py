"""The look of the window: Fusion with own light and dark colours, the bundled font, sizes.

``QStyleHints.setColorScheme`` has no effect on a bare X11 server, so both palettes are explicit.
Widgets that paint themselves ask ``colours_of`` with their own palette and so follow a change
of theme at the next repaint.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from checkin_app.resource_files import resource_path
from checkin_app.settings import Theme

TOUCH_PX = 44
"""The least height and width of anything that is touched."""

_FONT_FILES = ("Inter-Regular.ttf", "Inter-Bold.ttf")
_FONT_FAMILY = "Inter"


@dataclass(frozen=True, slots=True)
class Tone:
    """A filled area that means something: its colour, and that of text upon it."""

    fill: QColor
    ink: QColor


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour of one theme. Text on its ground has a contrast of 4.5 or more.

    Attributes:
        ground: behind everything.
        surface: cards, fields, tables.
        raised: buttons and the line under the pointer.
        chosen: behind the selected line.
        muted: text that is not the point.
        faded: what cannot be pressed now; its contrast is 3 or more.
        accent: links, focus, the selected screen, progress.
        inside, attention, refused, idle: the answer panel by class of outcome.
        warning: a message that asks for care.
    """

    is_dark: bool
    ground: QColor
    surface: QColor
    raised: QColor
    chosen: QColor
    border: QColor
    text: QColor
    muted: QColor
    faded: QColor
    accent: QColor
    on_accent: QColor
    match: QColor
    inside: Tone
    attention: Tone
    refused: Tone
    idle: Tone
    warning: Tone


def _tone(fill: str, ink: str) -> Tone:
    return Tone(QColor(fill), QColor(ink))


LIGHT = Colours(
    is_dark=False,
    ground=QColor("#eef1f4"),
    surface=QColor("#ffffff"),
    raised=QColor("#f6f8fa"),
    chosen=QColor("#dce9fb"),
    border=QColor("#cbd3dc"),
    text=QColor("#14202c"),
    muted=QColor("#51606f"),
    faded=QColor("#84909c"),
    accent=QColor("#1758b8"),
    on_accent=QColor("#ffffff"),
    match=QColor("#ffe08a"),
    inside=_tone("#0f6b3e", "#ffffff"),
    attention=_tone("#f7b917", "#241a00"),
    refused=_tone("#b3231b", "#ffffff"),
    idle=_tone("#ffffff", "#14202c"),
    warning=_tone("#fff1c7", "#3a2a00"),
)

DARK = Colours(
    is_dark=True,
    ground=QColor("#0f1419"),
    surface=QColor("#1a212a"),
    raised=QColor("#242d38"),
    chosen=QColor("#22405f"),
    border=QColor("#36424f"),
    text=QColor("#e9eef4"),
    muted=QColor("#9eacba"),
    faded=QColor("#73808d"),
    accent=QColor("#74acff"),
    on_accent=QColor("#06162c"),
    match=QColor("#6d5400"),
    inside=_tone("#12753f", "#ffffff"),
    attention=_tone("#f2b21b", "#201700"),
    refused=_tone("#b82b22", "#ffffff"),
    idle=_tone("#1a212a", "#e9eef4"),
    warning=_tone("#453700", "#ffeab0"),
)


def colours_of(palette: QPalette) -> Colours:
    """The colours of the theme that a palette belongs to.

    Told by a role that no style sheet changes: a coloured button has a palette of its own.
    """
    return DARK if palette.color(QPalette.ColorRole.Shadow).lightness() < 128 else LIGHT


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Give the whole program its colours; open windows change at once."""
    colours = _wanted(theme)
    application.setPalette(_palette(colours))
    application.setStyleSheet(_style_sheet(colours, base_size_px(application)))


def set_up_look(application: QApplication, theme: Theme) -> None:
    """Style, font and colours, once at the start."""
    application.setStyle("Fusion")
    for file_name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(resource_path("fonts", file_name)))
    font = QFont(_FONT_FAMILY)
    font.setPixelSize(base_size_px(application))
    application.setFont(font)
    apply_theme(application, theme)


def base_size_px(application: QGuiApplication) -> int:
    """The size of ordinary text: 15 px on a screen 800 high, 18 on full HD, never tiny."""
    screen = application.primaryScreen()
    height = screen.availableGeometry().height() if screen else 800
    return max(15, min(22, round(height / 59)))


def sized(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    """A font ``factor`` times as large."""
    result = QFont(font)
    result.setPixelSize(max(1, round(size_px(font) * factor)))
    result.setBold(bold)
    return result


def size_px(font: QFont) -> int:
    """The size of a font in pixels, also when it was given in points."""
    return QFontInfo(font).pixelSize()


def _wanted(theme: Theme) -> Colours:
    if theme is Theme.AUTO:
        is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return DARK if is_dark else LIGHT
    return DARK if theme is Theme.DARK else LIGHT


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for roles, colour in (
        ((role.Window,), colours.ground),
        ((role.Base, role.ToolTipBase), colours.surface),
        ((role.AlternateBase, role.Button), colours.raised),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), colours.text),
        ((role.PlaceholderText,), colours.muted),
        ((role.Highlight, role.Accent, role.Link), colours.accent),
        ((role.HighlightedText, role.BrightText), colours.on_accent),
        ((role.Mid, role.Dark, role.Midlight, role.Light), colours.border),
        ((role.Shadow,), colours.border),
    ):
        for each in roles:
            palette.setColor(each, colour)
    for each in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, colours.faded)
    return palette


def _style_sheet(colours: Colours, size_px: int) -> str:
    """What Fusion cannot be told by a palette: quiet buttons, roomy fields, thin scroll bars."""
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
