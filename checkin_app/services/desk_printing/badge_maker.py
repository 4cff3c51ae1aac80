"""What the print queue asks of whoever makes its badges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.printers import BadgeSheet, PrinterId

NOBODY = Attendee(
    "0" * 32,
    code="0123456789ABCDEFGHJK",
    first_name="Test",
    last_name="Badge",
    organisation="Organisation",
    role="Role",
    country="Country",
)
"""Whose badge is printed to try out a printer."""


@dataclass(frozen=True, slots=True)
class MadeBadge:
    """A badge ready for its printer.

    Attributes:
        fields: names of the attendee's fields that it shows, as layouts name them.
    """

    sheet: BadgeSheet
    fields: tuple[str, ...] = ()


class BadgeMaker(Protocol):
    """Makes one badge."""

    def make(self, attendee: Attendee, printer: PrinterId) -> MadeBadge:
        """The badge of a person, for a printer and what lies in it.

        Raises:
            CheckinError: it cannot be made.
            EventFileError: the event file cannot be read.
            Cancelled: the program ends.
        """
