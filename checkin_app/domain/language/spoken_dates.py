"""Days and times as screens, badges and documents show them, in English.

Not by strftime: Qt sets the process to the language of the desktop.
"""

from __future__ import annotations

from datetime import date, datetime

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_text(day: date) -> str:
    """As in "6 May 2024"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def days_text(first: date, last: date) -> str:
    """As in "6 May 2024", "6–7 May 2024", "30 April – 2 May 2024"."""
    if first == last:
        return day_text(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_text(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} – {day_text(last)}"
    return f"{day_text(first)} – {day_text(last)}"


def time_text(moment: datetime, *, with_day: bool = False) -> str:
    """As in "12:34", or "6 May 12:34"."""
    time = f"{moment.hour:02}:{moment.minute:02}"
    return f"{moment.day} {_MONTHS[moment.month - 1][:3]} {time}" if with_day else time
