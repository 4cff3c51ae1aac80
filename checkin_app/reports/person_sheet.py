"""Everything the event holds of one person, on paper: to be handed to that person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from checkin_app.domain.programme import Event
from checkin_app.reports.table import Column, Line, Table
from checkin_app.reports.table_file import write_tables

_FIELDS = (Column("Field", 50), Column("What is stored", 121))
_HISTORY = (Column("When", 34), Column("Desk", 30), Column("What happened", 104))


def write_person_sheet(
    path: Path,
    event: Event,
    name: str,
    fields: Sequence[tuple[str, str]],
    history: Sequence[tuple[str, str, str]],
    as_of: datetime,
) -> None:
    """Write one person's data as a PDF (A4): first the fields, then what happened.

    Args:
        fields: name and content of each.
        history: when, at which desk and what, oldest first.
        as_of: when the data were read (UTC).

    Raises:
        CheckinError: the file cannot be written.
        ResourceMissing: the fonts of the program are not there.
    """
    whose = name or "a person whose data were erased"
    write_tables(
        path,
        (
            Table(
                event=event,
                heading=f"Personal data: {whose}",
                figures="",
                columns=_FIELDS,
                lines=[Line(field) for field in fields],
                as_of=as_of,
                nobody="Nothing is stored.",
            ),
            Table(
                event=event,
                heading=f"What happened: {whose}",
                figures="",
                columns=_HISTORY,
                lines=[Line(line) for line in history],
                as_of=as_of,
                nobody="Nothing happened.",
            ),
        ),
    )
