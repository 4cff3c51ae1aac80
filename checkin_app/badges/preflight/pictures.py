"""Pictures and photos → whether they are there, and fine enough at their size on paper."""

from __future__ import annotations

import functools
import os
from pathlib import Path

from checkin_app.badges.pictures.photos import photo_problem
from checkin_app.badges.pictures.pictures import PictureKind, picture_size
from checkin_app.badges.placed import PlacedPhoto, Problem
from checkin_app.badges.preflight.findings import FindingKind
from checkin_app.domain.badges.badge_elements import Picture, PictureFit
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.badge_layout import BadgeLayout
from checkin_app.domain.language.lengths import MM_PER_INCH
from checkin_app.errors import BadgeError

COARSE_BELOW_DPI = 200
"""At reading distance of a badge, fewer dots an inch show as steps."""

_PHOTOS_KEPT = 65_536
_EXIF_ORIENTATION = 0x0112
_FIRST_SIDEWAYS = 5
# What the last bytes of a whole file hold: JPEG's end of image, PNG's last chunk.
_ENDS = (b"\xff\xd9", b"IEND")
_TAIL_BYTES = 4096


def picture_problem(picture: Picture, layout: BadgeLayout) -> Problem | None:
    """What is wrong with a picture of the layout; SVG has no dots and is never coarse."""
    data = layout.pictures.get(picture.file)
    if data is None:
        return None
    try:
        size = picture_size(picture.file, data)
    except BadgeError:
        # Drawing says it, with the same words, and writes no file.
        return None
    if size.kind is PictureKind.SVG:
        return None
    return _coarseness(
        "picture", picture.file, dots_per_inch(picture.fit, picture.box, size.width, size.height)
    )


class PhotoChecker:
    """Looks for the attendees' photos. Reads the first and last bytes of a file, if it can.

    Args:
        folder: where they are.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._size_of = functools.lru_cache(maxsize=_PHOTOS_KEPT)(self._read_size)

    def problem(self, photo: PlacedPhoto) -> Problem | None:
        """What is wrong with a photo."""
        size = self._size_of(photo.file)
        if isinstance(size, str):
            return FindingKind.PHOTO_MISSING, "photo", size
        return _coarseness("photo", photo.file, dots_per_inch(photo.fit, photo.box, *size))

    def _read_size(self, file: str) -> tuple[int, int] | str:
        """Width and height in pixels as it is looked at, or why it cannot be printed."""
        size = _upright_size(self._folder / file) if ".." not in file else None
        # What has no clear end may still be whole; then it takes decoding to know.
        return size or photo_problem(self._folder, file) or "it cannot be read"


def _upright_size(file: Path) -> tuple[int, int] | None:
    """The size of a JPEG or PNG that has a beginning and an end; None for all else."""
    from PIL import Image

    try:
        with file.open("rb") as data, Image.open(data, formats=["PNG", "JPEG"]) as picture:
            width, height = picture.size
            is_turned = picture.getexif().get(_EXIF_ORIENTATION, 1) >= _FIRST_SIDEWAYS
            data.seek(0, os.SEEK_END)
            data.seek(max(0, data.tell() - _TAIL_BYTES))
            tail = data.read()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    if not any(end in tail for end in _ENDS):
        return None
    return (height, width) if is_turned else (width, height)


def dots_per_inch(fit: PictureFit, box: Box, width_px: float, height_px: float) -> float:
    """How fine a picture is once it fills its box."""
    across_mm, down_mm = box.width_mm / width_px, box.height_mm / height_px
    dot_mm = min(across_mm, down_mm) if fit is PictureFit.CONTAIN else max(across_mm, down_mm)
    return MM_PER_INCH / dot_mm


def _coarseness(field: str, file: str, dpi: float) -> Problem | None:
    if round(dpi) >= COARSE_BELOW_DPI:
        return None
    detail = f"{file} has {dpi:.0f} dots an inch at its size, {COARSE_BELOW_DPI} look sharp"
    return FindingKind.PICTURE_COARSE, field, detail
