"""What can lie on the face of a badge: text, shapes, pictures, codes, the programme.

Measures are millimetres, type sizes are points. Each element knows what becomes of it on a badge
of another size.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from checkin_app.domain.badges.badge_face import Align, Box, Colour, VerticalAlign
from checkin_app.domain.badges.badge_text import TextBlock


class PictureFit(StrEnum):
    """How a picture of another shape fills its box."""

    CONTAIN = "contain"
    COVER = "cover"
    STRETCH = "stretch"


class CodeFormat(StrEnum):
    """What a QR code holds."""

    TEXT = "text"
    """The filled template, as it is."""
    URL = "url"
    """The filled template, with the fields percent-encoded."""
    VCARD = "vcard"
    """Name, organisation, role, country and e-mail as a contact card (RFC 6350)."""
    MECARD = "mecard"
    """The same in NTT DoCoMo's shorter form."""


class ErrorCorrection(StrEnum):
    """Levels of ISO/IEC 18004: 7, 15, 25, 30 per cent."""

    L = "L"
    M = "M"
    Q = "Q"
    H = "H"


class Agenda(StrEnum):
    """Which sessions a programme lists."""

    DAY = "day"
    """All sessions of the event."""
    OWN = "own"
    """Those that a field of the attendee names."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A filled or outlined rectangle; an empty colour draws nothing."""

    box: Box
    fill: Colour = ""
    stroke: Colour = ""
    stroke_mm: float = 0.25
    corner_mm: float = 0.0
    rotation_deg: float = 0.0

    def stretched(self, across: float, down: float) -> Rectangle:
        """On a badge of another size."""
        corner_mm = self.corner_mm * min(across, down)
        return replace(
            self, box=self.box.stretched(across, down, self.rotation_deg), corner_mm=corner_mm
        )


@dataclass(frozen=True, slots=True)
class Ellipse:
    """A filled or outlined ellipse that touches its box; a circle in a square."""

    box: Box
    fill: Colour = ""
    stroke: Colour = ""
    stroke_mm: float = 0.25
    rotation_deg: float = 0.0

    def stretched(self, across: float, down: float) -> Ellipse:
        """On a badge of another size: a circle stays one."""
        return replace(self, box=self.box.scaled_about_centre(across, down))


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line from one point to another."""

    x1_mm: float
    y1_mm: float
    x2_mm: float
    y2_mm: float
    colour: Colour = "ink"
    width_mm: float = 0.25

    def stretched(self, across: float, down: float) -> Line:
        """On a badge of another size."""
        return replace(
            self,
            x1_mm=self.x1_mm * across,
            y1_mm=self.y1_mm * down,
            x2_mm=self.x2_mm * across,
            y2_mm=self.y2_mm * down,
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that all badges share: SVG, PNG or JPEG.

    Attributes:
        file: its name among the layout's pictures.
    """

    box: Box
    file: str
    fit: PictureFit = PictureFit.CONTAIN
    align: Align = Align.CENTRE
    vertical_align: VerticalAlign = VerticalAlign.MIDDLE
    rotation_deg: float = 0.0

    def stretched(self, across: float, down: float) -> Picture:
        """On a badge of another size."""
        return replace(self, box=self.box.stretched(across, down, self.rotation_deg))


@dataclass(frozen=True, slots=True)
class Photo:
    """The attendee's own picture.

    Attributes:
        field: the column of the list that names the file in the folder of photos.
        is_round: cut to an ellipse.
    """

    box: Box
    field: str = "photo"
    fit: PictureFit = PictureFit.COVER
    is_round: bool = False
    rotation_deg: float = 0.0

    def stretched(self, across: float, down: float) -> Photo:
        """On a badge of another size: its shape is kept."""
        return replace(self, box=self.box.scaled_about_centre(across, down))


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code, its quiet zone included in the square box.

    Attributes:
        content: template of what it holds, for the formats that have one.
        quiet_zone_modules: light modules on each side; ISO/IEC 18004 asks for 4.
    """

    box: Box
    content: str = "{code}"
    format: CodeFormat = CodeFormat.TEXT
    error_correction: ErrorCorrection = ErrorCorrection.M
    quiet_zone_modules: int = 4
    colour: Colour = "#000000"
    rotation_deg: float = 0.0

    def stretched(self, across: float, down: float) -> QrCode:
        """On a badge of another size: a square about the same centre."""
        return replace(self, box=self.box.scaled_about_centre(across, down))


@dataclass(frozen=True, slots=True)
class Code128:
    """A Code 128 barcode (ISO/IEC 15417), its quiet zones of 10 modules included in the box."""

    box: Box
    content: str = "{code}"
    colour: Colour = "#000000"
    rotation_deg: float = 0.0

    def stretched(self, across: float, down: float) -> Code128:
        """On a badge of another size."""
        return replace(self, box=self.box.stretched(across, down, self.rotation_deg))


@dataclass(frozen=True, slots=True)
class Programme:
    """Sessions, one below the other: time and title.

    Attributes:
        agenda: which sessions.
        field: for ``Agenda.OWN``, the column of the list that names them, separated by ";" or
            line ends.
        size_pt, min_size_pt: the size wanted, and the smallest one can read.
        time_colour, colour: of times and titles.
    """

    box: Box
    agenda: Agenda = Agenda.DAY
    field: str = "sessions"
    size_pt: float = 9.0
    min_size_pt: float = 5.5
    font: str = ""
    colour: Colour = "ink"
    time_colour: Colour = "ink"
    rotation_deg: float = 0.0

    def stretched(self, across: float, down: float) -> Programme:
        """On a badge of another size."""
        scale = min(across, down)
        return replace(
            self,
            box=self.box.stretched(across, down, self.rotation_deg),
            size_pt=max(self.size_pt * scale, self.min_size_pt),
        )


Element = TextBlock | Rectangle | Ellipse | Line | Picture | Photo | QrCode | Code128 | Programme
