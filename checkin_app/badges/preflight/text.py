"""The lines of a badge as set → where they really reach, for what boxes alone cannot tell."""

from __future__ import annotations

from collections.abc import Iterator

from checkin_app.badges.placed import ComposedFace, PlacedBlock, PlacedLine, Problem
from checkin_app.badges.preflight.faces import FaintText, Watch
from checkin_app.badges.preflight.findings import FindingKind
from checkin_app.badges.preflight.layers import overlaps, turned_bounds
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.language.lengths import millimetres

_ASCENT_EM = 0.75
_DESCENT_EM = 0.22


def faintness(face: ComposedFace, watch: Watch) -> Iterator[Problem]:
    """Colours of a face that are too faint for the type that is set in them."""
    for faint in watch.faint:
        for block in _blocks(face):
            if any(_is_small(line, faint) for line in block.lines):
                yield faint.problem
                break


def crowding(face: ComposedFace, watch: Watch) -> Iterator[Problem]:
    """Lines of a face that run into the white around a code."""
    for block in _blocks(face):
        for line in block.lines:
            if block.turn is None and not _is_beside(line, watch):
                continue
            bounds = turned_bounds(line_bounds(line), block.turn)
            if any(overlaps(bounds, zone) for zone in watch.zones):
                yield FindingKind.QUIET_ZONE, "code", f"“{line.text}” runs into it"


def line_bounds(line: PlacedLine) -> Box:
    """The room a line takes, unturned."""
    tracking_em = line.tracking_pt / line.size_pt
    width_em = line.fonts.tracked_width_em(line.text, tracking_em)
    em_mm = millimetres(line.size_pt)
    return Box(
        line.x_mm,
        line.y_mm - _ASCENT_EM * em_mm,
        width_em * em_mm,
        (_ASCENT_EM + _DESCENT_EM) * em_mm,
    )


def _is_beside(line: PlacedLine, watch: Watch) -> bool:
    """Whether a line is as high up as some zone: only then its width has to be measured."""
    em_mm = millimetres(line.size_pt)
    top_mm, bottom_mm = line.y_mm - _ASCENT_EM * em_mm, line.y_mm + _DESCENT_EM * em_mm
    return any(zone.y_mm < bottom_mm and top_mm < zone.bottom_mm for zone in watch.zones)


def _blocks(face: ComposedFace) -> Iterator[PlacedBlock]:
    for placed in (*face.shared.placed, *face.own):
        if isinstance(placed, PlacedBlock):
            yield placed


def _is_small(line: PlacedLine, faint: FaintText) -> bool:
    return line.size_pt < faint.below_pt and line.colour == faint.colour
