"""Gives the program its look: Fusion, the bundled font, the palette and style sheet of a theme.

``QStyleHints.setColorScheme`` has no effect on a bare X11 server, so both palettes are explicit.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from checkin_app.gui.appearance.style_sheet import style_sheet
from checkin_app.gui.appearance.theme import DARK, LIGHT, Colours, base_size_px
from checkin_app.resource_files import resource_path
from checkin_app.settings import Theme

_FONT_FILES = ("Inter-Regular.ttf", "Inter-Bold.ttf")
_FONT_FAMILY = "Inter"


def set_up_look(application: QApplication, theme: Theme) -> None:
    """Style, font and colours, once at the start."""
    application.setStyle("Fusion")
    for file_name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(resource_path("fonts", file_name)))
    font = QFont(_FONT_FAMILY)
    font.setPixelSize(base_size_px(application))
    application.setFont(font)
    apply_theme(application, theme)


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Give the whole program its colours; open windows change at once."""
    colours = _wanted(theme)
    application.setPalette(_palette(colours))
    application.setStyleSheet(style_sheet(colours, base_size_px(application)))


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
