"""A PDF file: written beside its place, put there when whole; and the canvas to write it with."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from checkin_app.badges.fonts import typeface
from checkin_app.domain.badge_layout import Weight
from checkin_app.domain.lengths import points
from checkin_app.errors import BadgeError

# ReportLab's documented switch: without it all streams grow by a quarter, for mail systems of
# the nineties that could not carry binary files.
rl_config.useA85 = 0


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that appears at ``path`` when the block ends well, and else not at all.

    Raises:
        BadgeError: the disk is full, or the folder or file cannot be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise BadgeError(_explained(error, path)) from error
    finally:
        # On a stick that was pulled out there is nothing left to tidy.
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def new_canvas(file: BinaryIO, width_mm: float, height_mm: float, title: str) -> Canvas:
    """A canvas of one paper size. The same operators give the same bytes, whenever it is made."""
    canvas = Canvas(
        file,
        pagesize=(points(width_mm), points(height_mm)),
        pageCompression=1,
        invariant=1,
        # Otherwise every page refers to Helvetica, which is then in the file but not embedded.
        initialFontName=typeface(Weight.REGULAR).font.fontName,
    )
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("checkin-app")
    return canvas


def _explained(error: OSError, path: Path) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return f"The disk is full: {path.name} was not written. Free some space and try again."
        case errno.ENOENT | errno.ENOTDIR:
            return f"The folder {path.parent} does not exist. Choose another one."
        case errno.EACCES | errno.EPERM | errno.EROFS | errno.EISDIR:
            return (
                f"{path.name} cannot be written there. Close it if another program has it open, "
                "or choose another folder."
            )
    return f"{path.name} could not be written. Choose another folder and try again."
