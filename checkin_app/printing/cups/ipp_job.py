"""A badge as a print job of CUPS: its paper, its sides, its darkness.

Paper is told in millimetres and a badge is never scaled. A roll takes nothing that is wider than
itself: what only fits the other way round is turned by a quarter.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import NamedTuple

from checkin_app.domain.printers import BadgeSheet
from checkin_app.pdfium_lock import PDFIUM_LOCK
from checkin_app.printing.cups.ipp_messages import (
    Asked,
    Attributes,
    Group,
    Range,
    Tag,
    Value,
    keyword,
    texts,
)

_HUNDREDTHS_PER_MM = 100
_SAME_HUNDREDTHS = 100
"""Lists of sizes are in points or rounded from inches: within a millimetre it is the same paper."""

DARKNESS = (-100, 100)
"""Of ``print-darkness`` (PWG 5100.13)."""


class Paper(NamedTuple):
    """The paper of a job, as the printer draws it in.

    Attributes:
        is_custom: the queue has no name for it.
        is_turned: the badge lies on it turned by a quarter.
    """

    width_hundredths: int
    height_hundredths: int
    is_custom: bool
    is_turned: bool


class _Size(NamedTuple):
    width: Range
    height: Range

    @property
    def is_custom(self) -> bool:
        return self.width.lowest != self.width.highest or self.height.lowest != self.height.highest

    def distance(self, width: int, height: int) -> int:
        """How much the size of a listed paper differs."""
        return max(abs(self.width.lowest - width), abs(self.height.lowest - height))

    def allows(self, width: int, height: int) -> bool:
        """Custom paper of that size may be asked for."""
        return (
            self.width.lowest <= width <= self.width.highest
            and self.height.lowest <= height <= self.height.highest
        )

    def holds(self, width: int, height: int) -> bool:
        """A listed paper is as large at least."""
        return self.width.lowest >= width and self.height.lowest >= height


def choose_paper(width_mm: float, height_mm: float, queue: Attributes) -> Paper | None:
    """The paper for a badge: one that the queue lists, custom paper, or a larger one.

    A queue asked for custom paper that it does not offer prints on whatever it likes best, and
    cuts the badge off. On larger paper a badge lies in the middle: on the queue's usual one, which
    lies in the printer, before others, for which somebody would have to load it.

    Args:
        queue: its ``media-size-supported`` and ``media-col-default``. One that lists nothing is
            asked for what is wanted.

    Returns:
        None when all its paper is too small.
    """
    width, height = round(width_mm * _HUNDREDTHS_PER_MM), round(height_mm * _HUNDREDTHS_PER_MM)
    sizes = tuple(_sizes(queue.get("media-size-supported", ())))
    if not sizes:
        return Paper(width, height, is_custom=True, is_turned=False)
    listed = [size for size in sizes if not size.is_custom]
    ranges = [size for size in sizes if size.is_custom]
    return (
        _same_paper(width, height, listed)
        or _custom_paper(width, height, ranges)
        or _larger_paper(width, height, _usual_paper(queue))
        or _larger_paper(width, height, listed)
    )


def job_wishes(sheet: BadgeSheet, paper: Paper, queue: Attributes) -> tuple[Asked, ...]:
    """The attributes of a job for this badge, without its name and document."""
    return (
        *_paper_wishes(paper),
        keyword("print-scaling", "none"),
        keyword("job-sheets", "none", "none"),
        *_sides_wishes(sheet, queue),
        *_darkness_wishes(sheet.density, queue),
    )


def job_document(sheet: BadgeSheet, paper: Paper) -> bytes:
    """The badge as it lies on the paper."""
    return _turned(sheet.pdf) if paper.is_turned else sheet.pdf


def densities_of(queue: Attributes) -> tuple[int, int] | None:
    """Lowest and highest darkness, or failing that print quality (draft 3, normal 4, high 5)."""
    if "print-darkness-supported" in queue:
        return DARKNESS
    qualities = [value for value in queue.get("print-quality-supported", ()) if value in (3, 4, 5)]
    numbers = sorted(value for value in qualities if isinstance(value, int))
    return (numbers[0], numbers[-1]) if len(numbers) > 1 else None


def _same_paper(width: int, height: int, listed: list[_Size]) -> Paper | None:
    for is_turned, across, along in ((False, width, height), (True, height, width)):
        nearest = min(listed, key=lambda size: size.distance(across, along), default=None)
        if nearest and nearest.distance(across, along) <= _SAME_HUNDREDTHS:
            return _listed_paper(nearest, is_turned)
    return None


def _custom_paper(width: int, height: int, ranges: list[_Size]) -> Paper | None:
    for is_turned, across, along in ((False, width, height), (True, height, width)):
        if any(size.allows(across, along) for size in ranges):
            return Paper(across, along, is_custom=True, is_turned=is_turned)
    return None


def _usual_paper(queue: Attributes) -> list[_Size]:
    """What the queue prints on when nothing else is asked for."""
    usual = next(iter(queue.get("media-col-default", ())), None)
    sizes = usual.get("media-size", ()) if isinstance(usual, dict) else ()
    return [size for size in _sizes(sizes) if not size.is_custom]


def _larger_paper(width: int, height: int, listed: list[_Size]) -> Paper | None:
    upright = [_listed_paper(size, False) for size in listed if size.holds(width, height)]
    turned = [_listed_paper(size, True) for size in listed if size.holds(height, width)]
    return min(
        (*upright, *turned),
        key=lambda paper: paper.width_hundredths * paper.height_hundredths,
        default=None,
    )


def _listed_paper(size: _Size, is_turned: bool) -> Paper:
    return Paper(size.width.lowest, size.height.lowest, is_custom=False, is_turned=is_turned)


def _sizes(listed: Iterable[Value]) -> Iterable[_Size]:
    for entry in listed:
        if isinstance(entry, dict):
            width, height = _lengths(entry, "x-dimension"), _lengths(entry, "y-dimension")
            if width is not None and height is not None:
                yield _Size(width, height)


def _lengths(size: Attributes, name: str) -> Range | None:
    value = next(iter(size.get(name, ())), None)
    if isinstance(value, Range):
        return value
    return Range(value, value) if isinstance(value, int) else None


def _paper_wishes(paper: Paper) -> tuple[Asked, ...]:
    width, height = paper.width_hundredths, paper.height_hundredths
    size = (
        Asked(Group.JOB, Tag.INTEGER, "x-dimension", (width,)),
        Asked(Group.JOB, Tag.INTEGER, "y-dimension", (height,)),
    )
    media_size = Asked(Group.JOB, Tag.COLLECTION, "media-size", (size,))
    media_col = Asked(Group.JOB, Tag.COLLECTION, "media-col", ((media_size,),))
    if not paper.is_custom:
        return (media_col,)
    # CUPS rounds the custom paper of media-col and media down to whole points, 0.35 mm; the name
    # that its drivers use it does not touch.
    width_mm, height_mm = width / _HUNDREDTHS_PER_MM, height / _HUNDREDTHS_PER_MM
    return media_col, keyword("PageSize", f"Custom.{width_mm:g}x{height_mm:g}mm")


def _sides_wishes(sheet: BadgeSheet, queue: Attributes) -> tuple[Asked, ...]:
    """A badge hangs on its string and turns about its upright axis."""
    if not sheet.is_two_sided:
        return ()
    upright = "long" if sheet.height_mm >= sheet.width_mm else "short"
    sides = f"two-sided-{upright}-edge"
    return (keyword("sides", sides),) if sides in texts(queue, "sides-supported") else ()


def _darkness_wishes(density: int | None, queue: Attributes) -> tuple[Asked, ...]:
    densities = densities_of(queue)
    if density is None or densities is None:
        return ()
    value = min(max(density, densities[0]), densities[1])
    if densities == DARKNESS:
        return (Asked(Group.JOB, Tag.INTEGER, "print-darkness", (value,)),)
    return (Asked(Group.JOB, Tag.ENUM, "print-quality", (value,)),)


def _turned(pdf: bytes) -> bytes:
    """The same pages, to be looked at turned by a quarter. Filters that would turn them by
    themselves differ in whether they do, and which way.
    """
    import pypdfium2

    with PDFIUM_LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            for page in document:
                page.set_rotation((page.get_rotation() + 90) % 360)
            output = io.BytesIO()
            document.save(output)
            return output.getvalue()
        finally:
            document.close()
