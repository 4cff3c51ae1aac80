"""Which colour runs over the edge of a badge."""

from __future__ import annotations

import pytest

from checkin_app.badges.bleeding import bled
from checkin_app.badges.placed import (
    PlacedEllipse,
    PlacedPhoto,
    PlacedPicture,
    PlacedRectangle,
    Turn,
)
from checkin_app.domain.badges.badge_elements import PictureFit
from checkin_app.domain.badges.badge_face import Align, Box, VerticalAlign

FACE = Box(0, 0, 85, 54)
INK = (0.0, 0.0, 0.0)


def rectangle(box: Box, **more: object) -> PlacedRectangle:
    values = {"fill": INK, "stroke": None, "stroke_mm": 0.25, "corner_mm": 0.0, **more}
    return PlacedRectangle(box, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("box", "grown"),
    [
        (FACE, Box(-3, -3, 91, 60)),
        (Box(0, 0, 85, 10), Box(-3, -3, 91, 13)),
        (Box(0, 44, 40, 10), Box(-3, 44, 43, 13)),
        (Box(80, 10, 5, 5), Box(80, 10, 8, 5)),
        (Box(1, 1, 83, 52), Box(1, 1, 83, 52)),
    ],
)
def test_a_filled_rectangle_runs_over_the_edges_it_touches(box: Box, grown: Box) -> None:
    placed = bled(rectangle(box), FACE, 3)
    assert isinstance(placed, PlacedRectangle)
    assert placed.box == grown


def test_a_picture_that_fills_its_box_does_too() -> None:
    places = (Align.CENTRE, VerticalAlign.MIDDLE)
    for fit in (PictureFit.COVER, PictureFit.STRETCH):
        picture = bled(PlacedPicture(FACE, "a.png", fit, *places), FACE, 2)
        photo = bled(PlacedPhoto(FACE, "a.png", fit, False), FACE, 2)
        assert isinstance(picture, PlacedPicture)
        assert isinstance(photo, PlacedPhoto)
        assert picture.box == photo.box == Box(-2, -2, 89, 58)


@pytest.mark.parametrize(
    "placed",
    [
        rectangle(FACE, fill=None, stroke=INK),
        rectangle(FACE, corner_mm=3.0),
        rectangle(FACE, turn=Turn(90, 40, 20)),
        PlacedEllipse(FACE, INK, None, 0.1),
        PlacedPicture(FACE, "a", PictureFit.CONTAIN, Align.CENTRE, VerticalAlign.MIDDLE),
        PlacedPhoto(FACE, "a", PictureFit.COVER, True),
    ],
    ids=lambda placed: type(placed).__name__,
)
def test_frames_round_shapes_and_whatever_is_turned_stay(placed: PlacedRectangle) -> None:
    assert bled(placed, FACE, 3) is placed


def test_without_bleed_nothing_changes() -> None:
    placed = rectangle(FACE)
    assert bled(placed, FACE, 0) is placed
