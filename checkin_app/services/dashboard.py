"""The numbers of the day, live or once: counted in the event file, shown on screen and on paper."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from checkin_app.domain.arrival_pace import PACE_OVER, registration_window
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.dashboard import Dashboard, dashboard_of
from checkin_app.domain.tally import Counted
from checkin_app.errors import UsageError
from checkin_app.services.clock import utc_now
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.dashboard_counts import DashboardCounts

REPORT_SUFFIXES = (".pdf", ".png")
PICTURE_SCALE = 2.0
_ALL_ANEW_AFTER = timedelta(minutes=2)
"""Entries of other desks that arrive late are seen by then."""


def dashboard(
    event_file: EventFile, check_in_list: CheckInList | None = None, now: datetime | None = None
) -> Dashboard:
    """Count one check-in list, or the whole event, once.

    Args:
        now: as of when (UTC); None takes the present.

    Raises:
        EventFileError: the event file cannot be read.
    """
    return LiveCount(event_file).count(check_in_list, now or utc_now())


def write_report(
    event_file: EventFile,
    path: Path,
    check_in_list: CheckInList | None = None,
    now: datetime | None = None,
    scale: float = PICTURE_SCALE,
) -> Dashboard:
    """Count once, and write the numbers; returns what they are. See ``write_numbers``."""
    check_report_name(path)
    counted = dashboard(event_file, check_in_list, now)
    write_numbers(path, counted, scale)
    return counted


def write_numbers(path: Path, counted: Dashboard, scale: float = PICTURE_SCALE) -> None:
    """Write a dashboard as a document (.pdf) or as one picture (.png).

    Args:
        scale: of the picture, which has 1280 by 800 pixels times it.

    Raises:
        UsageError: the name says neither, or nobody can want such a scale.
        CheckinError: the event file cannot be read, or the report not be written.
    """
    check_report_name(path)
    if path.suffix.lower() == ".pdf":
        from checkin_app.reports.dashboard_report import write_dashboard_report

        write_dashboard_report(path, counted)
    else:
        from checkin_app.reports.dashboard_picture import write_dashboard_picture

        write_dashboard_picture(path, counted, scale=scale)


def check_report_name(path: Path) -> None:
    """Refuse a name that does not say what is to be written.

    Raises:
        UsageError: it ends neither in .pdf nor in .png.
    """
    if path.suffix.lower() not in REPORT_SUFFIXES:
        raise UsageError("The numbers are written as .pdf or .png. Choose such a file name.")


class LiveCount:
    """Counts again and again; what did not change since is not counted twice.

    For one thread. The sums of the last check-in list are kept, and brought up to date.
    """

    def __init__(self, event_file: EventFile) -> None:
        self._file = event_file
        self._counts: DashboardCounts | None = None
        self._all_counted_at: datetime | None = None

    def count(self, check_in_list: CheckInList | None, now: datetime) -> Dashboard:
        """The dashboard of a check-in list, or of the whole event, as of ``now`` (UTC).

        Raises:
            EventFileError: the event file cannot be read.
        """
        counted = (
            Counted()
            if check_in_list is None
            else Counted(check_in_list.id, check_in_list.categories)
        )
        before = self._counts
        if before is None or before.counted != counted or self._is_stale(now):
            before = None
            self._all_counted_at = now
        numbers = self._file.numbers
        self._counts = numbers.count_on(before) if before else numbers.count_all(counted)
        recent = numbers.recent(counted.list_id, now, PACE_OVER)
        event = self._file.event()
        # To the event as a whole people come as they come to its registration desk.
        window = registration_window(event, check_in_list or self._file.check_in_lists()[0])
        return dashboard_of(event, check_in_list, self._counts.tally, recent, now, window)

    def _is_stale(self, now: datetime) -> bool:
        counted_at = self._all_counted_at
        return counted_at is None or abs(now - counted_at) > _ALL_ANEW_AFTER
