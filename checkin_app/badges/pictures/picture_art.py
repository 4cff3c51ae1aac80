"""Pictures and photos → XObjects of a document, each there once, and the operators to draw them."""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkin_app.badges.canvas import PageCanvas
from checkin_app.badges.page_operators import ellipse_path, rectangle_path
from checkin_app.badges.pictures.photos import photo_jpeg
from checkin_app.badges.pictures.pictures import PictureKind, PictureSize, picture_size
from checkin_app.badges.placed import PlacedPhoto, PlacedPicture
from checkin_app.domain.badges.badge_elements import PictureFit
from checkin_app.domain.badges.badge_face import Align, Box, VerticalAlign
from checkin_app.domain.language.lengths import points
from checkin_app.errors import BadgeError

if TYPE_CHECKING:
    from PIL.Image import Image

_SHARES = {
    Align.LEFT: 0.0,
    Align.CENTRE: 0.5,
    Align.RIGHT: 1.0,
    VerticalAlign.TOP: 0.0,
    VerticalAlign.MIDDLE: 0.5,
    VerticalAlign.BOTTOM: 1.0,
}
_COLOUR_SPACES = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
# EXIF orientation → the matrix that turns the unit square as stored into the one looked at.
_TURNED = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
_SVGLIB_FAILURES = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class _Art:
    """A picture that the document has.

    Attributes:
        name: of the XObject.
        matrix: from the XObject to the unit square.
        shape: its width by its height, as it is looked at.
    """

    name: str
    matrix: tuple[float, ...]
    shape: float


class PictureArt:
    """The pictures of one document.

    Args:
        pictures: the layout's, by name.
        photos: the folder of the attendees' pictures.
    """

    def __init__(
        self, canvas: PageCanvas, pictures: Mapping[str, bytes], photos: Path | None
    ) -> None:
        self._canvas = canvas
        self._pictures = pictures
        self._photos = photos
        self._of_layout: dict[str, _Art] = {}
        self._of_people: dict[tuple[str, float, float, bool], _Art | None] = {}

    def picture(self, placed: PlacedPicture, height_pt: float) -> str:
        """The operators of a picture on a face of this height.

        Raises:
            BadgeError: it cannot be printed; the text names it.
        """
        art = self._of_layout.get(placed.file)
        if art is None:
            art = self._of_layout[placed.file] = self._add_picture(placed.file)
        across, down = _SHARES[placed.align], _SHARES[placed.vertical_align]
        target = _fitted(placed.box, art.shape, placed.fit, across, down)
        is_cut = placed.fit is PictureFit.COVER
        clip = rectangle_path(placed.box, 0.0, height_pt) if is_cut else ""
        return self._drawn(art, target, clip, height_pt)

    def photo(self, placed: PlacedPhoto, height_pt: float) -> str:
        """The operators of an attendee's photo; none where it is missing or damaged."""
        box, covers = placed.box, placed.fit is PictureFit.COVER
        key = (placed.file, box.width_mm, box.height_mm, covers)
        if key not in self._of_people:
            self._of_people[key] = self._add_photo(placed, covers=covers)
        art = self._of_people[key]
        if art is None:
            return ""
        target = box if covers else _fitted(box, art.shape, placed.fit, 0.5, 0.5)
        clip = ellipse_path(target, height_pt) if placed.is_round else ""
        return self._drawn(art, target, clip, height_pt)

    def _drawn(self, art: _Art, target: Box, clip: str, height_pt: float) -> str:
        left, bottom = points(target.x_mm), height_pt - points(target.bottom_mm)
        width, height = points(target.width_mm), points(target.height_mm)
        matrix = " ".join([f"{part:.6g}" for part in art.matrix])
        cut = f"{clip} W n " if clip else ""
        return (
            f"q {cut}{width:.3f} 0 0 {height:.3f} {left:.3f} {bottom:.3f} cm"
            f" {matrix} cm {self._canvas.use(art.name)} Q"
        )

    def _add_picture(self, file: str) -> _Art:
        data = self._pictures.get(file)
        if data is None:
            raise BadgeError(f"The layout has no picture {file}. Put it beside the layout file.")
        size = picture_size(file, data)
        name = f"picture-{len(self._of_layout) + 1}"
        match size.kind:
            case PictureKind.SVG:
                return self._add_drawing(name, file, data)
            case PictureKind.JPEG:
                return self._add_jpeg(name, file, data, size)
            case PictureKind.PNG:
                return self._add_png(name, file, data)

    def _add_drawing(self, name: str, file: str, data: bytes) -> _Art:
        from reportlab.graphics import renderPDF
        from svglib import svglib

        try:
            with _told(svglib.logger) as complaints:
                drawing: Any = svglib.svg2rlg(io.BytesIO(data))
            if complaints:
                raise ValueError(complaints[0])
            width, height = float(drawing.width), float(drawing.height)
            self._canvas.beginForm(name, 0, 0, width, height)
            renderPDF.draw(drawing, self._canvas, 0, 0)
            self._canvas.endForm()
        except _SVGLIB_FAILURES as error:
            raise BadgeError(
                f"The picture {file} cannot be drawn. Save it once more as plain SVG."
            ) from error
        return _Art(name, (1 / width, 0, 0, 1 / height, 0, 0), width / height)

    def _add_jpeg(self, name: str, file: str, data: bytes, size: PictureSize) -> _Art:
        """The file as it is. It is decoded once, at an eighth, so that a damaged one is told."""
        image = _opened(file, data)
        columns, rows = image.size
        image.draft(None, (columns // 8, rows // 8))
        _load(file, image)
        self._canvas.add_picture(name, data, _jpeg_entries(columns, rows, size.components))
        return _Art(name, _TURNED[size.orientation], size.width / size.height)

    def _add_png(self, name: str, file: str, data: bytes) -> _Art:
        colour, alpha = _separated(_load(file, _opened(file, data)))
        entries = _sample_entries(colour)
        if alpha is not None:
            mask = self._canvas.add_mask(_packed(alpha), _sample_entries(alpha))
            entries |= {"SMask": mask}
        self._canvas.add_picture(name, _packed(colour), entries)
        return _Art(name, _TURNED[1], colour.width / colour.height)

    def _add_photo(self, placed: PlacedPhoto, *, covers: bool) -> _Art | None:
        width_mm, height_mm = placed.box.width_mm, placed.box.height_mm
        photo = photo_jpeg(self._photos, placed.file, width_mm, height_mm, covers=covers)
        if photo is None:
            return None
        data, columns, rows, components = photo
        name = f"photo-{len(self._of_people) + 1}"
        entries = _jpeg_entries(columns, rows, components)
        self._canvas.add_picture(name, data, entries, of_page=True)
        return _Art(name, _TURNED[1], columns / rows)


def _fitted(box: Box, shape: float, fit: PictureFit, across: float, down: float) -> Box:
    """Where a picture of a shape lies, whole.

    Args:
        across, down: the share of the room to spare that is left of it and above it.
    """
    if fit is PictureFit.STRETCH:
        return box
    side = max if fit is PictureFit.COVER else min
    width = side(box.width_mm, box.height_mm * shape)
    height = width / shape
    left = box.x_mm + (box.width_mm - width) * across
    return Box(left, box.y_mm + (box.height_mm - height) * down, width, height)


def _opened(file: str, data: bytes) -> Image:
    import PIL.Image

    try:
        return PIL.Image.open(io.BytesIO(data), formats=["PNG", "JPEG"])
    except (OSError, SyntaxError, ValueError) as error:
        raise _damaged(file) from error


def _load(file: str, image: Image) -> Image:
    try:
        image.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise _damaged(file) from error
    return image


def _damaged(file: str) -> BadgeError:
    return BadgeError(f"The picture {file} is damaged. Save it again, or take a copy.")


@contextmanager
def _told(logger: logging.Logger) -> Iterator[list[str]]:
    """What a library complains of meanwhile, which would otherwise go to the terminal."""
    complaints: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            complaints.append(record.getMessage())

    listener = Listener(logging.WARNING)
    logger.addHandler(listener)
    try:
        yield complaints
    finally:
        logger.removeHandler(listener)


def _separated(image: Image) -> tuple[Image, Image | None]:
    """Colours, and how opaque each dot is; None when all of it is."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda sample: sample / 256).convert("L")
    if image.mode in ("LA", "RGBA", "PA") or "transparency" in image.info:
        both = image.convert("RGBA")
        alpha = both.getchannel("A")
        colour = both.convert("L" if image.mode in ("L", "LA") else "RGB")
        return colour, None if alpha.getextrema() == (255, 255) else alpha
    return image.convert("L" if image.mode in ("1", "L") else "RGB"), None


def _sample_entries(image: Image) -> dict[str, object]:
    return {
        "Width": image.width,
        "Height": image.height,
        "ColorSpace": _COLOUR_SPACES[len(image.getbands())],
        "BitsPerComponent": 8,
        "Filter": "/FlateDecode",
    }


def _jpeg_entries(columns: int, rows: int, components: int) -> dict[str, object]:
    entries: dict[str, object] = {
        "Width": columns,
        "Height": rows,
        "ColorSpace": _COLOUR_SPACES[components],
        "BitsPerComponent": 8,
        "Filter": "/DCTDecode",
    }
    if components == 4:
        # Files of four inks follow Adobe and hold them inverted.
        entries["Decode"] = "[1 0 1 0 1 0 1 0]"
    return entries


def _packed(image: Image) -> bytes:
    return zlib.compress(image.tobytes(), 9)
