"""Who was expected and did not come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.language.collation import person_sort_key
from checkin_app.domain.programme import Event
from checkin_app.reports.table import Column, Line, Table

_COLUMNS = (
    Column("Name", 48),
    Column("Organisation", 57),
    Column("Category", 35),
    Column("Country", 25),
)


def no_show_table(
    event: Event, list_name: str, expected: int, missing: Sequence[Attendee], as_of: datetime
) -> Table:
    """The list as it is drawn, sorted by name in the alphabet of the event.

    Args:
        list_name: the check-in list on which they are missing; empty: on all.
        expected: how many were expected there.
        missing: those of them who did not come.
        as_of: when the list was taken (UTC).
    """
    people = sorted(
        missing,
        key=lambda person: person_sort_key(person.last_name, person.first_name, event.language),
    )
    return Table(
        event=event,
        heading=f"No-shows: {list_name}" if list_name else "No-shows",
        figures=f"{len(people):,} of {expected:,} did not come",
        columns=_COLUMNS,
        lines=[
            Line((_name(person), person.organisation, person.category, person.country))
            for person in people
        ],
        as_of=as_of,
        nobody="Everybody who was expected has come." if expected else "Nobody was expected.",
    )


def _name(person: Attendee) -> str:
    return ", ".join(filter(None, (person.last_name, person.first_name)))
