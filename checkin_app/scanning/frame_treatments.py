"""A frame in which no code was found → the same frame treated, so that one may be.

Each treatment helps where another one spoils, so they take turns. Pillow does them, at a few
milliseconds each for a frame of 1280 by 720; ``docs/decisions.md`` says what each is worth.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

Picture = Image.Image
Place = Callable[[float, float], tuple[float, float]]

_LARGER = 1.5
_EVENED_OVER_PX = 16
_CONTRAST = 2
_BRIGHTER = [round(255 * (grey / 255) ** 0.5) for grey in range(256)]
_NO_GREY = 128
_TURNED_LARGER = 1.2
_TURNED_HEIGHTS = 4 / 3


@dataclass(frozen=True, slots=True)
class Treated:
    """A treated frame.

    Attributes:
        picture: what to search.
        place: from a point of it to the point of the frame.
    """

    picture: Picture
    place: Place


Treatment = Callable[[Picture], Treated]


def evened(frame: Picture) -> Treated:
    """The same brightness everywhere, more contrast: reflections, dim screens, dark rooms."""
    around = frame.reduce(4).filter(ImageFilter.BoxBlur(_EVENED_OVER_PX / 4))
    around = around.resize(frame.size, Image.Resampling.BILINEAR)
    return _resized(ImageChops.subtract(frame, around, 1 / _CONTRAST, _NO_GREY), frame)


def evened_and_smooth(frame: Picture) -> Treated:
    """Besides, less of the noise that evening makes stronger."""
    return _resized(evened(frame).picture.filter(ImageFilter.BoxBlur(1)), frame)


def larger(frame: Picture) -> Treated:
    """For small modules, and whatever lies between two pixels."""
    size = round(frame.width * _LARGER), round(frame.height * _LARGER)
    return _resized(frame.resize(size, Image.Resampling.BICUBIC), frame)


def brighter_and_larger(frame: Picture) -> Treated:
    """Besides, with the shadows opened."""
    return larger(frame.point(_BRIGHTER))


def middle_enlarged(frame: Picture) -> Treated:
    """The middle twice as large, where a badge that is far away is most likely."""
    left, top = frame.width // 4, frame.height // 4
    box = (left, top, frame.width - left, frame.height - top)
    size = (2 * (box[2] - left), 2 * (box[3] - top))
    picture = frame.resize(size, Image.Resampling.BICUBIC, box)
    return Treated(picture, lambda x, y: (left + x / 2, top + y / 2))


def narrower(frame: Picture) -> Treated:
    """Half as wide: square again what is tilted backwards or forwards."""
    return _resized(frame.reduce((2, 1)), frame)


def wider(frame: Picture) -> Treated:
    """Twice as wide: square again what is tilted to a side.

    Half as high would be quicker, and finds less: symbols are looked for along rows first.
    """
    size = 2 * frame.width, frame.height
    return _resized(frame.resize(size, Image.Resampling.BILINEAR), frame)


def turned_by_30(frame: Picture) -> Treated:
    """For bars, which are looked for along rows and columns only."""
    return _turned(frame, 30)


def turned_by_60(frame: Picture) -> Treated:
    """Likewise; together with the frame itself no bar is more than 15 degrees off."""
    return _turned(frame, 60)


def _resized(picture: Picture, frame: Picture) -> Treated:
    across, down = frame.width / picture.width, frame.height / picture.height
    return Treated(picture, lambda x, y: (x * across, y * down))


def _turned(frame: Picture, degrees: float) -> Treated:
    """The middle of the frame, turned anticlockwise and a little larger."""
    side = round(frame.height * _TURNED_HEIGHTS)
    cos = math.cos(math.radians(degrees)) / _TURNED_LARGER
    sin = math.sin(math.radians(degrees)) / _TURNED_LARGER
    left = frame.width / 2 - (cos - sin) * side / 2
    top = frame.height / 2 - (sin + cos) * side / 2
    picture = frame.transform(
        (side, side),
        Image.Transform.AFFINE,
        (cos, -sin, left, sin, cos, top),
        Image.Resampling.BILINEAR,
        fillcolor=_NO_GREY,
    )
    return Treated(picture, lambda x, y: (x * cos - y * sin + left, x * sin + y * cos + top))
