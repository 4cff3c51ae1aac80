"""Colour that touches an edge of a badge runs over it, for a cut that is not quite straight."""

from __future__ import annotations

from dataclasses import replace

from checkin_app.badges.placed import (
    PlacedEllipse,
    PlacedPhoto,
    PlacedPicture,
    PlacedRectangle,
    PlacedStroke,
)
from checkin_app.domain.badges.badge_elements import PictureFit
from checkin_app.domain.badges.badge_face import Box

PlacedArea = PlacedRectangle | PlacedEllipse | PlacedStroke | PlacedPicture | PlacedPhoto
"""What can fill a part of a face with colour."""

_TOUCHES_MM = 0.01


def bled(placed: PlacedArea, face: Box, bleed_mm: float) -> PlacedArea:
    """What lies there, drawn over the edges of the face that it touches.

    Only what fills its box runs over: frames, rounded corners, pictures that are shown whole and
    whatever is turned stay as they are.
    """
    if not bleed_mm or placed.turn is not None:
        return placed
    match placed:
        case PlacedRectangle() if placed.fill is not None and not placed.corner_mm:
            return replace(placed, box=_grown(placed.box, face, bleed_mm))
        case PlacedPicture() if placed.fit is not PictureFit.CONTAIN:
            return replace(placed, box=_grown(placed.box, face, bleed_mm))
        case PlacedPhoto() if placed.fit is not PictureFit.CONTAIN and not placed.is_round:
            return replace(placed, box=_grown(placed.box, face, bleed_mm))
        case _:
            return placed


def _grown(box: Box, face: Box, bleed_mm: float) -> Box:
    left = bleed_mm if box.x_mm <= face.x_mm + _TOUCHES_MM else 0.0
    top = bleed_mm if box.y_mm <= face.y_mm + _TOUCHES_MM else 0.0
    right = bleed_mm if box.right_mm >= face.right_mm - _TOUCHES_MM else 0.0
    bottom = bleed_mm if box.bottom_mm >= face.bottom_mm - _TOUCHES_MM else 0.0
    return Box(
        box.x_mm - left, box.y_mm - top, box.width_mm + left + right, box.height_mm + top + bottom
    )
