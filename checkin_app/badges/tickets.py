"""Attendee + event → the ticket that is sent before the event: one page as PDF.

A ticket is a badge of one sheet with a layout of its own, so it is composed and drawn as badges
are; fonts, layout and QR tables are loaded once for a whole mailing.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import BinaryIO

from checkin_app.badges.canvas import PageCanvas
from checkin_app.badges.codes.qr import encoder
from checkin_app.badges.compose import Composer, own_fields
from checkin_app.badges.draw import BadgeArtist
from checkin_app.badges.fields import attendee_values, clean, shared_values
from checkin_app.badges.layouts.built_in import ticket_layout
from checkin_app.badges.text.font_files import FontShelf
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.mailings import TicketSize
from checkin_app.domain.programme import Event
from checkin_app.whole_file import whole_file


class TicketPress:
    """Makes the tickets of one event in one size.

    Args:
        fonts: the folder of the fonts that the organiser has added.

    Attributes:
        composer: says what lies where on a ticket.
    """

    def __init__(
        self, event: Event, fonts: Path | None = None, size: TicketSize = TicketSize.A4
    ) -> None:
        self._layout = ticket_layout()
        self._width_mm, self._height_mm = size.size_mm
        self._event = event
        self._title = clean(event.name)
        self.composer = Composer(
            self._layout, self._width_mm, self._height_mm, event, fonts=FontShelf(fonts)
        )
        self._own_fields = own_fields(self.composer.design)
        self._ground = hashlib.blake2b(f"{size} {self._layout.source}".encode()).digest()

    def made(self, path: Path, attendee: Attendee) -> bool:
        """Whether a file is this ticket, as this layout and this event have it today."""
        try:
            return self._mark(attendee).encode() in path.read_bytes()
        except OSError:
            return False

    def write(self, path: Path, attendee: Attendee) -> bool:
        """Writes one ticket. Returns whether somebody must look at it: see ``must_be_seen``.

        Raises:
            CheckinError: the file cannot be written. There is no file then.
        """
        with whole_file(path) as file, file.open("wb") as stream:
            return self._draw(attendee, stream)

    def pdf(self, attendee: Attendee) -> bytes:
        """One ticket as the bytes of its file."""
        stream = io.BytesIO()
        self._draw(attendee, stream)
        return stream.getvalue()

    def _draw(self, attendee: Attendee, stream: BinaryIO) -> bool:
        badge = self.composer.compose(attendee)
        canvas = PageCanvas(stream, self._width_mm, self._height_mm, self._title)
        canvas.setKeywords(self._mark(attendee))
        artist = BadgeArtist(
            canvas, self._width_mm, self._height_mm, encoder(), pictures=self._layout.pictures
        )
        artist.prepare(badge.front.shared)
        artist.draw(badge.front, 0.0, 0.0)
        canvas.showPage()
        canvas.finish()
        return badge.front.must_be_seen

    def _mark(self, attendee: Attendee) -> str:
        """What stands in the file's keywords, and tells it from any ticket that looks otherwise."""
        shown = hashlib.blake2b(self._ground, digest_size=16)
        values = shared_values(self._event, attendee.category)
        values |= attendee_values(attendee, self._own_fields)
        shown.update(repr(sorted(values.items())).encode())
        return f"ticket-{shown.hexdigest()}"
