"""Attendees and an event for the tests of badges."""

from __future__ import annotations

from datetime import date

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.programme import Event, Session

MEETING = Event(
    name="ECCP Meeting of the European Cluster Associations and Networks",
    timezone="Europe/Brussels",
    starts_on=date(2024, 5, 6),
    ends_on=date(2024, 5, 6),
    venue="The Square",
    city="Brussels",
)
REGISTRATION = Session(
    id="registration",
    title="Registration",
    starts_at=MEETING.utc(MEETING.starts_on, 12, 30),
    ends_at=MEETING.utc(MEETING.starts_on, 13),
)
LONG_ORGANISATION = (
    "Association nationale pour la promotion de l’économie sociale et solidaire et de "
    "l’innovation territoriale"
)


def attendee(first_name: str = "", last_name: str = "", **fields: str) -> Attendee:
    """A made-up attendee whose id and code follow from the name."""
    seed = sum(ord(char) * 31**at for at, char in enumerate(first_name + "/" + last_name))
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    code = "".join(alphabet[(seed >> at * 3) % 32] for at in range(20))
    known = {"code": code, "organisation": "EESC", "category": "participant", **fields}
    return Attendee(f"{seed:032x}"[-32:], first_name=first_name, last_name=last_name, **known)
