"""A badge as a print job of CUPS: its paper, its sides, its darkness.

Paper is told in millimetres and never scaled. A queue that has the size in its own list gets that
one; any other is custom paper. A roll takes nothing that is wider than itself: what only fits the
other way round is turned by a quarter.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import NamedTuple

from checkin_app.domain.printers import BadgeSheet
from checkin_app.printing.ipp_messages import (
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
"""Lists of sizes are in whole points or rounded from inches: within a millimetre it is the same."""

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

    def takes(self, width: int, height: int) -> bool:
        return _within(width, self.width) and _within(height, self.height)


def choose_paper(width_mm: float, height_mm: float, queue: Attributes) -> Paper:
    """The paper for a badge: as listed, as listed but turned, custom, custom but turned.

    A queue that lists nothing that fits is asked for the badge's own size; it knows best.

    Args:
        queue: its ``media-size-supported``.
    """
    width, height = round(width_mm * _HUNDREDTHS_PER_MM), round(height_mm * _HUNDREDTHS_PER_MM)
    sizes = tuple(_sizes(queue.get("media-size-supported", ())))
    for is_custom in (False, True):
        for is_turned in (False, True):
            across, along = (height, width) if is_turned else (width, height)
            for size in sizes:
                if size.is_custom is is_custom and size.takes(across, along):
                    return Paper(across, along, is_custom, is_turned)
    return Paper(width, height, is_custom=True, is_turned=False)


def job_wishes(sheet: BadgeSheet, queue: Attributes) -> tuple[Asked, ...]:
    """The attributes of a job for this badge, without its name and document."""
    return (
        *_paper_wishes(choose_paper(sheet.width_mm, sheet.height_mm, queue)),
        keyword("print-scaling", "none"),
        keyword("job-sheets", "none", "none"),
        *_sides_wishes(sheet, queue),
        *_darkness_wishes(sheet.density, queue),
    )


def job_document(sheet: BadgeSheet, queue: Attributes) -> bytes:
    """The badge as it lies on the paper."""
    paper = choose_paper(sheet.width_mm, sheet.height_mm, queue)
    return _turned(sheet.pdf) if paper.is_turned else sheet.pdf


def densities_of(queue: Attributes) -> tuple[int, int] | None:
    """Lowest and highest darkness, or failing that print quality (draft 3, normal 4, high 5)."""
    if "print-darkness-supported" in queue:
        return DARKNESS
    qualities = [value for value in queue.get("print-quality-supported", ()) if value in (3, 4, 5)]
    numbers = sorted(value for value in qualities if isinstance(value, int))
    return (numbers[0], numbers[-1]) if len(numbers) > 1 else None


def _within(length: int, allowed: Range) -> bool:
    if allowed.lowest == allowed.highest:
        return abs(length - allowed.lowest) <= _SAME_HUNDREDTHS
    return allowed.lowest <= length <= allowed.highest


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

    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            page.set_rotation((page.get_rotation() + 90) % 360)
        output = io.BytesIO()
        document.save(output)
        return output.getvalue()
    finally:
        document.close()
