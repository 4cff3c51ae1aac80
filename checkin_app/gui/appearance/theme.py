"""The colours of the light and the dark theme, and sizes of text and of what is touched.

Widgets that paint themselves ask ``colours_of`` with their own palette and so follow a change
of theme at the next repaint.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette

TOUCH_PX = 44
"""The least height and width of anything that is touched."""


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
