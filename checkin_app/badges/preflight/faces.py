"""A face of a design, with the parts that some badge has → what is wrong with it on any badge.

Judged once for each category and each choice of printed parts. What depends on the texts of a
badge as well is left as a ``Watch``, to be looked at badge by badge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checkin_app.badges.inks import Ink, contrast
from checkin_app.badges.part_composers import Palette
from checkin_app.badges.placed import Problem
from checkin_app.badges.preflight.findings import FindingKind
from checkin_app.badges.preflight.layers import (
    PAPER,
    TOLERANCE_MM,
    Layer,
    contains,
    ground_under,
    grown,
    ink_of_ground,
    overlaps,
)
from checkin_app.badges.preflight.pictures import picture_problem
from checkin_app.domain.badges.badge_elements import (
    Code128,
    Ellipse,
    Line,
    Photo,
    Picture,
    PictureFit,
    Programme,
    QrCode,
    Rectangle,
)
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.badge_layout import BadgeLayout
from checkin_app.domain.badges.badge_text import TextBlock, Weight

CONTRAST_OF_SMALL_TEXT = 4.5
CONTRAST_OF_LARGE_TEXT = 3.0
"""WCAG 2.2, success criterion 1.4.3; codes are asked for as much as large text."""

_LARGE_PT = 18.0
_LARGE_BOLD_PT = 14.0
_QUIET_ZONE_MODULES = 4
_FEWEST_MODULES = 21
_SAME_COLOUR = 1.1
"""Contrast up to which a shape is not seen by a reader of codes."""


@dataclass(frozen=True, slots=True)
class FaintText:
    """A colour that is legible in large type alone.

    Attributes:
        below_pt: smaller type of this colour is a problem.
    """

    colour: Ink
    below_pt: float
    problem: Problem


@dataclass(frozen=True, slots=True)
class Watch:
    """What is left to look at on each badge.

    Attributes:
        zones: quiet zones into which text may run.
        faint: colours that are too faint for small type.
        photos: how many photos the face should have.
    """

    zones: tuple[Box, ...] = ()
    faint: tuple[FaintText, ...] = ()
    photos: int = 0


class FaceJudge:
    """Judges one face with the parts that are printed.

    Args:
        face: what can be seen of it.
        reach: what the printer reaches of it.

    Attributes:
        problems: what is wrong with any badge that has these parts.
        watch: what may be wrong with some.
    """

    def __init__(
        self, layers: Sequence[Layer], palette: Palette, layout: BadgeLayout, face: Box, reach: Box
    ) -> None:
        self._layers = layers
        self._palette = palette
        self._layout = layout
        self._face = face
        self._reach = reach
        self._zones: list[Box] = []
        self._faint: list[FaintText] = []
        self.problems: tuple[Problem, ...] = tuple(self._problems())
        photos = sum(isinstance(layer.element, Photo) for layer in layers)
        self.watch = Watch(tuple(self._zones), tuple(self._faint), photos)

    def _problems(self) -> Iterator[Problem]:
        for number, layer in enumerate(self._layers):
            yield from self._outside(layer)
            match layer.element:
                case QrCode() | Code128():
                    yield from self._faint_code(number, layer)
                    yield from self._quiet_zone(number, layer)
                case TextBlock() | Programme():
                    yield from self._faint_text(number, layer)
                case Picture():
                    if problem := picture_problem(layer.element, self._layout):
                        yield problem

    # Where it lies

    def _outside(self, layer: Layer) -> Iterator[Problem]:
        if _may_bleed(layer):
            if not overlaps(layer.box, self._face):
                detail = layer.detail("nothing of it is on the badge")
                yield FindingKind.OUTSIDE_BADGE, layer.field, detail
        elif not contains(self._face, layer.box):
            detail = layer.detail(f"{_beyond_mm(self._face, layer.box):.1f} mm beyond the edge")
            yield FindingKind.OUTSIDE_BADGE, layer.field, detail
        elif not contains(self._reach, layer.box):
            beyond_mm = _beyond_mm(self._reach, layer.box)
            detail = layer.detail(f"{beyond_mm:.1f} mm beyond what the printer reaches")
            yield FindingKind.OUTSIDE_BADGE, layer.field, detail

    def _quiet_zone(self, number: int, layer: Layer) -> Iterator[Problem]:
        """Whatever is neither under all of the zone nor white like it disturbs a reader."""
        zone = _quiet_zone_of(layer)
        below = ground_under(self._layers[:number], zone, whole=True)
        ground = ink_of_ground(self._layers, below)
        first = 0 if below is None else below + 1
        for other_number, other in enumerate(self._layers[first:], first):
            if other_number == number or not overlaps(zone, other.box):
                continue
            if isinstance(other.element, (TextBlock, Programme)):
                self._zones.append(grown(zone, -TOLERANCE_MM))
            elif not _is_harmless(other, zone, ground):
                detail = layer.detail(f"{other.part.name or other.field} runs into it")
                yield FindingKind.QUIET_ZONE, "code", detail
        if not contains(self._face, zone):
            detail = layer.detail("the edge of the badge cuts it")
            yield FindingKind.QUIET_ZONE, "code", detail

    # What it is set upon

    def _faint_code(self, number: int, layer: Layer) -> Iterator[Problem]:
        assert isinstance(layer.element, (QrCode, Code128))
        ground = self._ground(number, layer)
        if ground is None:
            return
        colour = self._palette.ink(layer.element.colour)
        ratio = contrast(colour, ground)
        if ratio < CONTRAST_OF_LARGE_TEXT:
            yield _faintness(layer, ratio, CONTRAST_OF_LARGE_TEXT)
        elif contrast(colour, PAPER) < contrast(ground, PAPER):
            detail = layer.detail("the code is lighter than what it lies on; few readers know that")
            yield FindingKind.LOW_CONTRAST, layer.field, detail

    def _faint_text(self, number: int, layer: Layer) -> Iterator[Problem]:
        ground = self._ground(number, layer)
        if ground is None:
            return
        for colour, size_pt, min_size_pt, is_bold in _inks_of_text(layer.element, self._palette):
            ratio = contrast(colour, ground)
            if ratio >= CONTRAST_OF_SMALL_TEXT:
                continue
            large_pt = _LARGE_BOLD_PT if is_bold else _LARGE_PT
            if ratio < CONTRAST_OF_LARGE_TEXT:
                yield _faintness(layer, ratio, CONTRAST_OF_LARGE_TEXT)
            elif size_pt < large_pt:
                yield _faintness(layer, ratio, CONTRAST_OF_SMALL_TEXT)
            elif min_size_pt < large_pt:
                problem = _faintness(layer, ratio, CONTRAST_OF_SMALL_TEXT)
                self._faint.append(FaintText(colour, large_pt, problem))

    def _ground(self, number: int, layer: Layer) -> Ink | None:
        return ink_of_ground(self._layers, ground_under(self._layers[:number], layer.box))


def _inks_of_text(element: object, palette: Palette) -> Iterator[tuple[Ink, float, float, bool]]:
    """Colour, wanted and smallest size in points, and boldness of what a text is set in."""
    match element:
        case TextBlock():
            for paragraph in element.paragraphs:
                is_bold = paragraph.weight is Weight.BOLD
                colour = palette.ink(paragraph.colour)
                yield colour, paragraph.size_pt, paragraph.min_size_pt, is_bold
        case Programme():
            for name in dict.fromkeys((element.colour, element.time_colour)):
                yield palette.ink(name), element.size_pt, element.min_size_pt, False


def _faintness(layer: Layer, ratio: float, wanted: float) -> Problem:
    detail = layer.detail(f"contrast {ratio:.1f}, legible from {wanted:g}")
    return FindingKind.LOW_CONTRAST, layer.field, detail


def _quiet_zone_of(layer: Layer) -> Box:
    """What has to be free around a code, as large as the smallest symbol may ask for."""
    box, element = layer.box, layer.element
    if not isinstance(element, QrCode):
        return box
    side_mm = min(box.width_mm, box.height_mm)
    square = Box(
        box.x_mm + (box.width_mm - side_mm) / 2,
        box.y_mm + (box.height_mm - side_mm) / 2,
        side_mm,
        side_mm,
    )
    quiet = element.quiet_zone_modules
    missing = max(0, _QUIET_ZONE_MODULES - quiet)
    return grown(square, missing * side_mm / (_FEWEST_MODULES + 2 * quiet))


def _is_harmless(other: Layer, zone: Box, ground: Ink | None) -> bool:
    """Whether a shape at a code is of the ground's own colour, or a frame around the zone."""
    element = other.element
    if not isinstance(element, (Rectangle, Ellipse)) or element.stroke:
        return (
            isinstance(element, (Rectangle, Ellipse))
            and other.fill is None
            and contains(grown(other.box, -element.stroke_mm / 2), zone)
        )
    if other.fill is None:
        return True
    return ground is not None and contrast(other.fill, ground) < _SAME_COLOUR


def _may_bleed(layer: Layer) -> bool:
    """Whether a part may run over the edges: colour and pictures that are cut, not content."""
    match layer.element:
        case Rectangle() | Ellipse() | Line():
            return True
        case Picture(fit=fit):
            return fit is not PictureFit.CONTAIN
        case _:
            return False


def _beyond_mm(outer: Box, inner: Box) -> float:
    return max(
        outer.x_mm - inner.x_mm,
        outer.y_mm - inner.y_mm,
        inner.right_mm - outer.right_mm,
        inner.bottom_mm - outer.bottom_mm,
    )
