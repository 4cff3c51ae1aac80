"""What lies on one badge and where: ready to be checked and drawn.

Places are millimetres from the top left corner of the badge's face; the size of type is points.
What is made anew for every badge is a named tuple: those are made three times as fast.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from checkin_app.badges.inks import BLACK, Ink
from checkin_app.badges.preflight.findings import FindingKind, Severity
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_elements import ErrorCorrection, PictureFit
from checkin_app.domain.badges.badge_face import Align, Box, VerticalAlign
from checkin_app.domain.badges.badge_layout import Side

if TYPE_CHECKING:
    from checkin_app.badges.text.fonts import FontList

Problem = tuple[FindingKind, str, str]
"""Kind, field and detail of a finding that is not yet about anybody."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A rotation: degrees clockwise about a point."""

    degrees: float
    x_mm: float
    y_mm: float


class PlacedLine(NamedTuple):
    """One line of text: the left end of its base line. Quick to make: a badge has half a dozen.

    Attributes:
        right_to_left: its paragraph runs that way.
    """

    text: str
    x_mm: float
    y_mm: float
    size_pt: float
    fonts: FontList
    colour: Ink
    tracking_pt: float = 0.0
    right_to_left: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class PlacedBlock:
    """The lines of one text block and what is wrong with them. Equal texts share one block."""

    lines: tuple[PlacedLine, ...]
    problems: tuple[Problem, ...] = ()
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class PlacedRectangle:
    """A rectangle; ``fill`` or ``stroke`` may be missing."""

    box: Box
    fill: Ink | None
    stroke: Ink | None
    stroke_mm: float
    corner_mm: float
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class PlacedEllipse:
    """An ellipse that touches its box."""

    box: Box
    fill: Ink | None
    stroke: Ink | None
    stroke_mm: float
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class PlacedStroke:
    """A straight line."""

    x1_mm: float
    y1_mm: float
    x2_mm: float
    y2_mm: float
    colour: Ink
    width_mm: float
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture of the layout, by its file name."""

    box: Box
    file: str
    fit: PictureFit
    align: Align
    vertical_align: VerticalAlign
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class PlacedPhoto:
    """The picture of one attendee, by the file name that the list gives."""

    box: Box
    file: str
    fit: PictureFit
    is_round: bool
    turn: Turn | None = None


class PlacedQr(NamedTuple):
    """A QR code in the middle of its box, quiet zone included."""

    box: Box
    content: str
    error_correction: ErrorCorrection
    quiet_zone_modules: int
    colour: Ink = BLACK
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class PlacedCode128:
    """A Code 128 barcode, quiet zones included."""

    box: Box
    content: str
    colour: Ink = BLACK
    turn: Turn | None = None


Placed = (
    PlacedBlock
    | PlacedRectangle
    | PlacedEllipse
    | PlacedStroke
    | PlacedPicture
    | PlacedPhoto
    | PlacedQr
    | PlacedCode128
)


@dataclass(frozen=True, slots=True, eq=False)
class SharedArt:
    """What all badges of one category have in common on one face; drawn first."""

    category: str
    side: Side
    placed: tuple[Placed, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What does not fit or cannot be written."""
        return tuple(
            problem
            for one in self.placed
            if isinstance(one, PlacedBlock)
            for problem in one.problems
        )


class ComposedFace(NamedTuple):
    """One face of an attendee's badge: the shared art, and what lies on it."""

    shared: SharedArt
    own: tuple[Placed, ...]

    @property
    def must_be_seen(self) -> bool:
        """Whether a text is too long for its place, or has a letter that no font has."""
        blocks = (one for one in (*self.shared.placed, *self.own) if isinstance(one, PlacedBlock))
        kinds = (kind for block in blocks for kind, _field, _detail in block.problems)
        return any(kind.severity is Severity.MUST_BE_SEEN for kind in kinds)


class ComposedBadge(NamedTuple):
    """One attendee's badge; ``back`` is None for a layout without one."""

    attendee: Attendee
    front: ComposedFace
    back: ComposedFace | None = None

    def face(self, side: Side) -> ComposedFace | None:
        """One of the faces."""
        return self.front if side is Side.FRONT else self.back

    @property
    def faces(self) -> tuple[ComposedFace, ...]:
        """The faces there are."""
        return (self.front,) if self.back is None else (self.front, self.back)
