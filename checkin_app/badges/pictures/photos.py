"""The attendees' own pictures: found in their folder, turned upright, made as small as print needs.

A photo that is missing or damaged costs nobody the badge: it is left out, and ``photo_problem``
says why.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from checkin_app.badges.pictures.pictures import PictureKind, picture_size
from checkin_app.errors import BadgeError

if TYPE_CHECKING:
    from PIL.Image import Image as Photo

PHOTO_DPI = 300
_QUALITY = 85
_LARGEST_BYTES = 50_000_000


def photo_problem(folder: Path | None, name: str) -> str | None:
    """Why a photo cannot be printed, for a person to read; None when it can."""
    if folder is None:
        return "no folder of photos is chosen"
    file = _file(folder, name)
    if file is None:
        return f"there is no file {name} in the folder of photos"
    try:
        _decoded(name, _content(file), (64, 64))
    except BadgeError as error:
        return str(error)
    return None


def photo_jpeg(
    folder: Path | None, name: str, width_mm: float, height_mm: float, *, covers: bool
) -> tuple[bytes, int, int, int] | None:
    """A photo for a box as JPEG: its bytes, width, height, and colours of a pixel.

    Args:
        name: of a file in the folder or below it; never outside.
        covers: cut to the shape of the box; else the whole photo fits into it.

    None for a photo that cannot be printed.
    """
    from PIL import ImageOps

    file = _file(folder, name) if folder is not None else None
    if file is None:
        return None
    box = (_dots(width_mm), _dots(height_mm))
    try:
        photo = _decoded(name, _content(file), box)
    except BadgeError:
        return None
    scale = (max if covers else min)(box[0] / photo.width, box[1] / photo.height)
    if covers:
        photo = ImageOps.fit(photo, box if scale < 1 else _scaled(box, 1 / scale))
    elif scale < 1:
        photo = photo.resize(_scaled(photo.size, scale))
    target = io.BytesIO()
    photo.save(target, "JPEG", quality=_QUALITY)
    return target.getvalue(), photo.width, photo.height, len(photo.getbands())


def _file(folder: Path, name: str) -> Path | None:
    """The file of a name, if it lies in the folder; links are followed before that is asked."""
    try:
        inside = folder.resolve()
        file = (inside / name).resolve()
        return file if file.is_relative_to(inside) and file.is_file() else None
    except (OSError, ValueError):
        return None


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > _LARGEST_BYTES:
            raise BadgeError(f"The photo {file.name} is larger than 50 MB. Make it smaller.")
        return file.read_bytes()
    except OSError as error:
        raise BadgeError(
            f"The photo {file.name} cannot be opened. Look whether you may read it."
        ) from error


def _decoded(name: str, data: bytes, box: tuple[int, int]) -> Photo:
    """The upright photo in grey or in red, green and blue, not much larger than needed."""
    from PIL import Image, ImageOps

    if picture_size(name, data).kind is PictureKind.SVG:
        raise BadgeError(f"The photo {name} is a drawing. Take a JPEG or PNG.")
    try:
        stored = Image.open(io.BytesIO(data), formats=["PNG", "JPEG"])
        # A JPEG can be decoded at a half, a quarter or an eighth of its size.
        stored.draft(None, (max(box), max(box)))
        photo = ImageOps.exif_transpose(stored)
        if photo.mode.startswith("I"):
            # Pillow takes 16 bits of grey for 8, and all of it for white.
            photo = photo.convert("I").point(lambda sample: sample / 256).convert("L")
        if photo.mode in ("RGBA", "LA", "PA") or "transparency" in photo.info:
            clear = photo.convert("RGBA")
            photo = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
        return photo.convert("L" if photo.mode in ("1", "L") else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise BadgeError(f"The photo {name} is damaged. Take another copy of it.") from error


def _scaled(size: tuple[int, int], scale: float) -> tuple[int, int]:
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _dots(length_mm: float) -> int:
    return max(1, round(length_mm / 25.4 * PHOTO_DPI))
