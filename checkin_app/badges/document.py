"""Attendees + layout + stock → the PDF of their badges, sheet by sheet.

Runs in a worker process: all arguments and the answer can be pickled. Composes, imposes and
draws; what is wrong with a badge is for preflight to say, which may look at each composed badge
on its way to the page.
"""

from __future__ import annotations

import gc
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.filled_slots import FilledSlot
from checkin_app.badges.press import Inspect, Press
from checkin_app.badges.sheets.impose import impose
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.imposition import PrinterOffset
from checkin_app.domain.badges.stock import Feed, Stock
from checkin_app.errors import BadgeError, Cancelled
from checkin_app.whole_file import whole_file

Progress = Callable[[int, int], None]
_PROGRESS_REPORTS = 200


@dataclass(frozen=True, slots=True)
class BadgeDocument:
    """A finished badge PDF.

    Attributes:
        badges: how many were drawn, copies included.
        sheets: how many sheets of paper the file takes.
        pages: how many pages it has, those of the trays included.
        slots: where each badge lies, page by page.
        offset: the printer's correction that all its pages carry.
    """

    file: Path
    badges: int
    sheets: int
    pages: int
    slots: Sequence[FilledSlot]
    offset: PrinterOffset


@dataclass(frozen=True, slots=True)
class SingleBadge:
    """The PDF of one badge.

    Attributes:
        width_mm, height_mm: its paper.
        pages: 2 where the back lies on a page of its own, else 1.
    """

    pdf: bytes
    width_mm: float
    height_mm: float
    pages: int


def draw_badge(attendee: Attendee, plan: BadgePlan) -> SingleBadge:
    """Draws the badge of one attendee, for a printer that waits for it.

    Raises:
        UsageError: the choices of the imposition do not go with the stock.
        BadgeError: a font that the layout names is not there.
    """
    plan = replace(plan, stock=_cut_off(plan.stock))
    file = io.BytesIO()
    press = Press(file, (attendee,), plan, None)
    for side in impose(1, plan.stock, plan.imposition):
        press.print_side(side)
    press.finish(None)
    stock = plan.stock
    return SingleBadge(file.getvalue(), stock.paper_width_mm, stock.paper_height_mm, press.pages)


def write_badges(
    path: Path,
    attendees: Iterable[Attendee],
    plan: BadgePlan,
    *,
    inspect: Inspect | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> BadgeDocument:
    """Writes the badges of the attendees, in their order.

    Args:
        inspect: shown each composed badge once, before it is drawn.
        progress: called now and then with badges done and badges in all.
        cancelled: asked before every page, and while the end of the file is written.

    Raises:
        Cancelled: ``cancelled`` answered yes. There is no file then.
        BadgeError: there is nobody to print.
        CheckinError: the file cannot be written. There is no file then.
        UsageError: the choices of the imposition do not go with the stock.
    """
    everybody = tuple(attendees)
    if not everybody:
        raise BadgeError("There is nobody to print a badge for. Choose other attendees.")
    plan = replace(plan, stock=_cut_off(plan.stock))
    sides = impose(len(everybody), plan.stock, plan.imposition, plan.trays)
    # The file is closed before it is renamed, also after an error: Windows asks for that.
    with whole_file(path) as unfinished, unfinished.open("wb") as file, _collector_at_rest():
        press = Press(file, everybody, plan, inspect)
        due = 0
        for side in sides:
            if cancelled is not None and cancelled():
                raise Cancelled("Stopped. No file was written.")
            press.print_side(side)
            if progress is not None and press.badges >= due:
                progress(press.badges, len(everybody) * plan.imposition.copies)
                due = press.badges + len(everybody) // _PROGRESS_REPORTS
        press.finish(cancelled)
    return BadgeDocument(
        path, press.badges, press.sheets, press.pages, press.slots, plan.imposition.offset
    )


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Drawing leaves no cycles behind, and looking for them takes a fifth of its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _cut_off(stock: Stock) -> Stock:
    """An endless roll is cut at the end of each badge, so that is where its page ends."""
    if stock.feed is not Feed.ENDLESS:
        return stock
    end_mm = stock.top_mm + (stock.rows - 1) * stock.pitch_y_mm + stock.badge_height_mm
    return replace(stock, paper_height_mm=end_mm)
