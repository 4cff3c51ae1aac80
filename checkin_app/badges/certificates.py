"""Attendee + event → the certificate of those who came: a page of its own layout.

A certificate is a badge of one large sheet, so it is composed and drawn as badges are; fonts,
layout and pictures are loaded once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from checkin_app.badges.canvas import PageCanvas
from checkin_app.badges.codes.qr import encoder
from checkin_app.badges.compose import Composer
from checkin_app.badges.draw import BadgeArtist
from checkin_app.badges.fields import clean
from checkin_app.badges.text.font_files import FontShelf
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_layout import BadgeLayout
from checkin_app.domain.programme import Event
from checkin_app.whole_file import whole_file

SIGNATURE = "signature.svg"
"""The picture of a layout whose place the picture of a signature takes."""


class CertificatePress:
    """Makes the certificates of one event, in the size of the layout's first design.

    Args:
        signature: the picture of a signature (SVG, PNG or JPEG), for layouts that have a place
            for it; None leaves the place empty.
        fonts: the folder of the fonts that the organiser has added.

    Raises:
        BadgeError: a font that the layout names is not there.
    """

    def __init__(
        self,
        event: Event,
        layout: BadgeLayout,
        signature: bytes | None = None,
        fonts: Path | None = None,
    ) -> None:
        if signature is not None:
            layout = replace(layout, pictures={**layout.pictures, SIGNATURE: signature})
        self._layout = layout
        self._title = clean(event.name)
        self._width_mm = layout.designs[0].width_mm
        self._height_mm = layout.designs[0].height_mm
        self._composer = Composer(
            layout, self._width_mm, self._height_mm, event, fonts=FontShelf(fonts), has_backs=False
        )

    def write(self, path: Path, attendees: Iterable[Attendee]) -> tuple[Attendee, ...]:
        """Writes the certificates of some people, each on a page, as one PDF.

        Returns:
            those on whose certificate a text is too long for its place, or has a letter that no
            font has.

        Raises:
            BadgeError: a picture cannot be drawn. There is no file then.
            CheckinError: the file cannot be written. There is no file then.
        """
        doubtful: list[Attendee] = []
        with whole_file(path) as file, file.open("wb") as stream:
            canvas = PageCanvas(stream, self._width_mm, self._height_mm, self._title)
            artist = BadgeArtist(
                canvas, self._width_mm, self._height_mm, encoder(), pictures=self._layout.pictures
            )
            for attendee in attendees:
                badge = self._composer.compose(attendee)
                artist.prepare(badge.front.shared)
                artist.draw(badge.front, 0.0, 0.0)
                canvas.showPage()
                if badge.front.must_be_seen:
                    doubtful.append(attendee)
            canvas.finish()
        return tuple(doubtful)
