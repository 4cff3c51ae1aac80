"""Attendee + event → the ticket that is sent before the event: one A4 page as PDF.

A ticket is a badge of one sheet with a layout of its own, so it is composed and drawn as badges
are; fonts, layout and QR tables are loaded once for a whole mailing.
"""

from __future__ import annotations

from pathlib import Path

from checkin_app.badges.canvas import PageCanvas
from checkin_app.badges.codes.qr import encoder
from checkin_app.badges.compose import Composer
from checkin_app.badges.draw import BadgeArtist
from checkin_app.badges.fields import clean
from checkin_app.badges.layouts.built_in import ticket_layout
from checkin_app.badges.text.font_files import FontShelf
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.programme import Event
from checkin_app.whole_file import whole_file

_A4_WIDTH_MM = 210.0
_A4_HEIGHT_MM = 297.0


class TicketPress:
    """Makes the tickets of one event.

    Args:
        fonts: the folder of the fonts that the organiser has added.
    """

    def __init__(self, event: Event, fonts: Path | None = None) -> None:
        self._event = event
        self._layout = ticket_layout()
        self._composer = Composer(
            self._layout, _A4_WIDTH_MM, _A4_HEIGHT_MM, event, fonts=FontShelf(fonts)
        )

    def write(self, path: Path, attendee: Attendee) -> None:
        """Writes one ticket.

        Raises:
            CheckinError: the file cannot be written. There is no file then.
        """
        badge = self._composer.compose(attendee)
        with whole_file(path) as file, file.open("wb") as stream:
            canvas = PageCanvas(stream, _A4_WIDTH_MM, _A4_HEIGHT_MM, clean(self._event.name))
            artist = BadgeArtist(
                canvas, _A4_WIDTH_MM, _A4_HEIGHT_MM, encoder(), pictures=self._layout.pictures
            )
            artist.prepare(badge.front.shared)
            artist.draw(badge.front, 0.0, 0.0)
            canvas.showPage()
            canvas.finish()
