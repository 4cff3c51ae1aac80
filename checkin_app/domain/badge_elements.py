"""What can lie on the face of a badge. Measures are millimetres, type sizes are points.

A colour is a name of the layout, "category", "#rrggbb" or "cmyk(c, m, y, k)" in per cent. Texts
are templates: literal text with ``{field}`` placeholders.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

Colour = str


class Weight(StrEnum):
    """Which cut of a font."""

    REGULAR = "regular"
    BOLD = "bold"


class Align(StrEnum):
    """Where lines lie across their box."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class VerticalAlign(StrEnum):
    """Where a block of lines lies within the height of its box."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


class LetterCase(StrEnum):
    """How a text is cased; names are never cased by the program."""

    AS_WRITTEN = "as written"
    UPPER = "upper"
    LOWER = "lower"


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
class Box:
    """A rectangle in millimetres from the top left corner."""

    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float

    @property
    def right_mm(self) -> float:
        """The right edge."""
        return self.x_mm + self.width_mm

    @property
    def bottom_mm(self) -> float:
        """The lower edge."""
        return self.y_mm + self.height_mm

    def stretched(self, across: float, down: float, rotation_deg: float = 0.0) -> Box:
        """The same place on a badge ``across`` times as wide and ``down`` times as high.

        A box that is turned onto its side keeps its middle and grows along its own sides.
        """
        on_its_side = rotation_deg % 180 == 90
        width = self.width_mm * (down if on_its_side else across)
        height = self.height_mm * (across if on_its_side else down)
        centre_x = (self.x_mm + self.width_mm / 2) * across
        centre_y = (self.y_mm + self.height_mm / 2) * down
        return Box(centre_x - width / 2, centre_y - height / 2, width, height)

    def scaled_about_centre(self, across: float, down: float) -> Box:
        """The same place, keeping the box's own shape and its centre."""
        scale = min(across, down)
        width, height = self.width_mm * scale, self.height_mm * scale
        centre_x = (self.x_mm + self.width_mm / 2) * across
        centre_y = (self.y_mm + self.height_mm / 2) * down
        return Box(centre_x - width / 2, centre_y - height / 2, width, height)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One run of text in a block.

    Attributes:
        texts: templates; with several, the one that can be set largest is used. A line break in
            a template is a line break on the badge.
        size_pt: the size wanted.
        min_size_pt: below this nobody can read it: text that needs less is a finding.
        wrap_below_pt: lines shrink down to this size before they are broken further.
        max_lines: how many lines at most.
        font: a font family; empty for those of the layout.
        leading: distance of lines, in multiples of the size.
        gap_mm: white space above, when it is not the first of its block.
        tracking_em: extra space after each letter, in multiples of the size.
    """

    texts: tuple[str, ...]
    size_pt: float
    min_size_pt: float
    wrap_below_pt: float = 0.0
    max_lines: int = 1
    font: str = ""
    weight: Weight = Weight.REGULAR
    colour: Colour = "ink"
    leading: float = 1.2
    gap_mm: float = 0.0
    tracking_em: float = 0.0
    letter_case: LetterCase = LetterCase.AS_WRITTEN

    def scaled(self, scale: float) -> Paragraph:
        """The same paragraph on a larger or smaller badge; never too small to be read."""
        return replace(
            self,
            size_pt=max(self.size_pt * scale, self.min_size_pt),
            wrap_below_pt=max(self.wrap_below_pt * scale, self.min_size_pt)
            if self.wrap_below_pt
            else 0.0,
            gap_mm=self.gap_mm * scale,
        )


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Text in a box; paragraphs lie one below the other, and empty ones take no room.

    Attributes:
        flows: lines break where the box ends before the size shrinks (prose); otherwise the
            text of the only paragraph is set as large as the box allows (names, titles).
        rotation_deg: clockwise about the middle of the box.
    """

    box: Box
    paragraphs: tuple[Paragraph, ...]
    align: Align = Align.LEFT
    vertical_align: VerticalAlign = VerticalAlign.TOP
    flows: bool = False
    rotation_deg: float = 0.0

    def stretched(self, across: float, down: float) -> TextBlock:
        """On a badge of another size: the box follows it, the type grows evenly."""
        scale = min(across, down)
        paragraphs = tuple(paragraph.scaled(scale) for paragraph in self.paragraphs)
        return replace(
            self, box=self.box.stretched(across, down, self.rotation_deg), paragraphs=paragraphs
        )


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
