"""One frame of a camera → the codes in it, frame after frame, within a frame's time.

The brightness of each frame is searched where the camera's driver left it, without a copy, for
the kinds of codes that cost little and those read lately. When nothing is found, one further
look is taken at the same frame: for other kinds, or after a treatment. The looks take turns, so
that a code that only one of them reads is found within a third of a second; the look that found
something is tried first for as long as it does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import zxingcpp
from PIL import Image

from checkin_app.scanning.code_search import CodeSearch, barcodes_in
from checkin_app.scanning.frame_treatments import (
    Place,
    Treatment,
    brighter_and_larger,
    evened,
    evened_and_smooth,
    larger,
    middle_enlarged,
    narrower,
    turned_by_30,
    turned_by_60,
    wider,
)

Pixels = memoryview | bytes | bytearray
Corner = tuple[int, int]

_SQUARE = frozenset({"QRCode", "MicroQRCode", "RMQRCode", "Aztec"})
"""Found by their finder patterns, all of them at a fifth of the cost of the others."""
_OTHER = frozenset({"DataMatrix", "PDF417", "Code128"})
_ALL = _SQUARE | _OTHER

MOST_TREATED_PX = 1920 * 1080
"""Larger frames are treated at half their size: the finest cameras need no magnifying glass."""

_LOOKS_BESIDE = 2
_FRAMES_BETWEEN_LOOKS_BESIDE = 10


@dataclass(frozen=True, slots=True)
class Luma:
    """The brightness of a frame, as the camera delivered it.

    Attributes:
        pixels: ``height_px`` rows, one byte of brightness for each pixel. They must stay valid
            and unchanged for as long as the frame is searched. The last row may end with its
            last brightness, at the cost of a copy.
        row_bytes: from the start of one row to the next.
        pixel_bytes: from one pixel to the next: 1 in a plane of its own (NV12, YUV420P), 2 in
            YUYV, where ``pixels`` begins with the first brightness (UYVY: one byte later).
    """

    pixels: Pixels
    width_px: int
    height_px: int
    row_bytes: int
    pixel_bytes: int = 1


@dataclass(frozen=True, slots=True)
class SeenCode:
    """A code in a frame.

    Attributes:
        text: what it says.
        format: its kind by zxing's name, for example "QRCode".
        corners: in pixels from the frame's top left: the symbol's own top left, top right, bottom
            right and bottom left, wherever a turned ticket has them.
    """

    text: str
    format: str
    corners: tuple[Corner, Corner, Corner, Corner]


class FrameSearch:
    """Searches the frames of one camera, in their order; one thread at a time."""

    def __init__(self) -> None:
        self._at_once = _SQUARE
        self._next_look = 0
        self._texts: frozenset[str] = frozenset()
        self._frames_with_texts = 0

    def find(self, luma: Luma) -> tuple[SeenCode, ...]:
        """The codes in the next frame, in no particular order; empty codes are left out.

        Raises:
            ValueError: the pixels are fewer than the measures say.
        """
        if memoryview(luma.pixels).nbytes < luma.row_bytes * luma.height_px:
            luma = Luma(_packed(luma), luma.width_px, luma.height_px, luma.width_px)
        # A view does not keep its pixels alive: ``luma`` outlives it here.
        view = zxingcpp.ImageView(
            luma.pixels,
            luma.width_px,
            luma.height_px,
            zxingcpp.ImageFormat.Lum,
            luma.row_bytes,
            luma.pixel_bytes,
        )
        found = _codes_in(view, self._at_once)
        if found:
            found += self._codes_beside(found, view)
        else:
            found = self._look_harder(luma, view)
        # What is used at this event is looked for in every frame from now on.
        self._at_once |= {code.format for code in found}
        return found

    def _codes_beside(
        self, found: tuple[SeenCode, ...], view: zxingcpp.ImageView
    ) -> tuple[SeenCode, ...]:
        """Codes of other kinds: looked for when a code comes, and now and then while it stays."""
        texts = frozenset(code.text for code in found)
        if not texts <= self._texts:
            self._texts, self._frames_with_texts = texts, 0
        place = self._frames_with_texts % _FRAMES_BETWEEN_LOOKS_BESIDE
        self._frames_with_texts += 1
        if place >= _LOOKS_BESIDE:
            return ()
        return _codes_in(view, _ALL - self._at_once)

    def _look_harder(self, luma: Luma, view: zxingcpp.ImageView) -> tuple[SeenCode, ...]:
        """One of the looks: the next one, or again the one that found something last."""
        look = _LOOKS[self._next_look]
        found = look.codes_in(luma) if look.treatments else _codes_in(view, look.formats)
        if not found:
            self._next_look = (self._next_look + 1) % len(_LOOKS)
        return found


@dataclass(frozen=True, slots=True)
class _Look:
    """A further way to look at a frame.

    Attributes:
        formats: what is looked for.
        treatments: each is tried until one shows something; none leaves the frame as it is.
    """

    formats: frozenset[str]
    treatments: tuple[Treatment, ...] = ()

    def codes_in(self, luma: Luma) -> tuple[SeenCode, ...]:
        """The codes in the treated frame, with their places in the frame itself."""
        frame, shrunk = _picture_of(luma)
        for treatment in self.treatments:
            treated = treatment(frame)
            if found := _codes_in(treated.picture, self.formats, treated.place, shrunk):
                return found
        return ()


_LOOKS = (
    _Look(_SQUARE, (evened_and_smooth,)),
    _Look(_OTHER),
    _Look(_SQUARE | {"Code128"}, (larger,)),
    _Look(_SQUARE, (narrower, wider)),
    _Look(_SQUARE, (evened,)),
    _Look(_OTHER),
    _Look(_SQUARE, (middle_enlarged,)),
    _Look(frozenset({"Code128"}), (turned_by_30,)),
    _Look(_SQUARE | {"Code128"}, (brighter_and_larger,)),
    _Look(frozenset({"Code128"}), (turned_by_60,)),
)
"""In turn; what helps most comes first."""


def _picture_of(luma: Luma) -> tuple[Image.Image, int]:
    """The frame for Pillow, and how many times it was made smaller; shares the pixels if it can."""
    size = (luma.width_px, luma.height_px)
    pixels: Pixels = luma.pixels
    row_bytes = luma.row_bytes
    if luma.pixel_bytes > 1:
        pixels, row_bytes = _packed(luma), luma.width_px
    # Pillow takes any buffer; its annotations know fewer.
    picture = Image.frombuffer("L", size, cast("bytes", pixels), "raw", "L", row_bytes, 1)
    shrunk = 1
    while picture.width * picture.height > MOST_TREATED_PX:
        picture, shrunk = picture.reduce(2), shrunk * 2
    return picture, shrunk


def _packed(luma: Luma) -> bytes:
    """The brightness alone, without gaps."""
    view = memoryview(luma.pixels).cast("B")
    used = (luma.width_px - 1) * luma.pixel_bytes + 1
    starts = range(0, luma.height_px * luma.row_bytes, luma.row_bytes)
    return b"".join(bytes(view[start : start + used : luma.pixel_bytes]) for start in starts)


def _codes_in(
    image: zxingcpp.ImageView | Image.Image,
    formats: frozenset[str],
    place: Place | None = None,
    shrunk: int = 1,
) -> tuple[SeenCode, ...]:
    if not formats:
        return ()
    return tuple(
        SeenCode(barcode.text, barcode.format.name, _corners(barcode.position, place, shrunk))
        for barcode in barcodes_in(image, CodeSearch.thorough("|".join(sorted(formats))))
        if barcode.text
    )


def _corners(
    position: zxingcpp.Position, place: Place | None, shrunk: int
) -> tuple[Corner, Corner, Corner, Corner]:
    def corner(point: zxingcpp.Point) -> Corner:
        if place is None:
            return point.x, point.y
        x, y = place(point.x, point.y)
        return round(shrunk * x), round(shrunk * y)

    return (
        corner(position.top_left),
        corner(position.top_right),
        corner(position.bottom_right),
        corner(position.bottom_left),
    )
