"""The attendance list as a PDF for people: who is registered, and when they arrived.

Here is what goes in and the file that comes out; ``attendance_pages`` lays the pages out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from checkin_app.domain.programme import Event
from checkin_app.errors import Cancelled
from checkin_app.whole_file import whole_file

_PAGES_PER_LOOK = 5


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """One person of the list. ``arrived_at`` is UTC, or None for somebody who has not come."""

    last_name: str
    first_name: str = ""
    organisation: str = ""
    category: str = ""
    arrived_at: datetime | None = None

    @property
    def name(self) -> str:
        """The name as a sorted list shows it."""
        return ", ".join(filter(None, (self.last_name, self.first_name)))


@dataclass(frozen=True, slots=True)
class AttendanceList:
    """What the document shows.

    Attributes:
        list_name: the check-in list whose arrivals are shown.
        lines: in any order; the document is sorted by name, alphabets and accents aside.
        as_of: when the figures were taken (UTC).
    """

    event: Event
    list_name: str
    lines: Sequence[AttendanceLine]
    as_of: datetime

    @property
    def arrived(self) -> int:
        """How many have come."""
        return sum(line.arrived_at is not None for line in self.lines)


def write_attendance_list(
    path: Path,
    attendance: AttendanceList,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Writes the PDF (A4) and returns its number of pages.

    Args:
        progress: told pages drawn and pages in all.
        cancelled: asked every few pages.

    Raises:
        CheckinError: the file cannot be written.
        ResourceMissing: the fonts of the program are not there.
        Cancelled: ``cancelled`` said so; no file is left behind.
    """
    from checkin_app.reports.attendance_pages import AttendancePages
    from checkin_app.reports.page import Typeface

    document = AttendancePages(attendance, Typeface())
    with whole_file(path) as unfinished:
        canvas = document.typeface.canvas(unfinished, f"Attendance · {attendance.event.name}")
        for done, page in enumerate(document.pages(canvas)):
            if not done % _PAGES_PER_LOOK and cancelled():
                raise Cancelled("Stopped. No attendance list was written.")
            page.finish()
            progress(done + 1, document.page_count)
        # save() leaves the file open when the disk is full, and Windows then keeps it.
        unfinished.write_bytes(canvas.getpdfdata())
    return document.page_count
