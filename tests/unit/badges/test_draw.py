"""The operators on the page, and the parts of ReportLab that drawing relies on."""

from __future__ import annotations

import io

import pytest
from badge_people import MEETING, attendee
from reportlab import rl_config

from checkin_app.badges.canvas import PageCanvas
from checkin_app.badges.codes.qr import encoder
from checkin_app.badges.compose import Composer
from checkin_app.badges.draw import BadgeArtist
from checkin_app.badges.layouts.built_in import built_in_layout
from checkin_app.badges.text.fonts import typeface
from checkin_app.domain.badges.badge_text import Weight


@pytest.fixture
def canvas() -> PageCanvas:
    return PageCanvas(io.BytesIO(), 210, 297, "Badges")


def test_reportlab_still_keeps_what_drawing_takes_from_it(canvas: PageCanvas) -> None:
    """``Canvas._doc`` is private; ``splitString`` needs it to number the glyphs of a subset."""
    font = typeface(Weight.BOLD).font
    ((subset, code),) = font.splitString("Ż", canvas._doc)
    assert (subset, len(code)) == (0, 1)
    assert font.getSubsetInternalName(subset, canvas._doc).startswith("/F")
    assert rl_config.useA85 == 0


def test_a_badge_is_a_handful_of_operators(canvas: PageCanvas) -> None:
    composer = Composer(built_in_layout(), 85, 54, MEETING)
    artist = BadgeArtist(canvas, 85, 54, encoder())
    badge = composer.compose(attendee("Lukas", "Nögel", role="Consultant", country="Germany"))
    artist.prepare(badge.front.shared)
    before = len(canvas._code)
    artist.draw(badge.front, 42.52, 600)
    operators = "\n".join(canvas._code[before:])
    assert operators.startswith("q 1 0 0 1 42.52 600.00 cm")
    assert operators.count(" Do") == 2
    assert operators.count(" TJ") == 4
    assert operators.count(" re f ") == 1
    assert operators.endswith("Q")


def test_a_form_that_is_begun_between_two_parts_takes_nothing_from_the_page(
    canvas: PageCanvas,
) -> None:
    """The finder patterns of the first QR code come after that badge's photo."""
    canvas.use("photo-1")
    canvas.beginForm("finders-21", 0, 0, 21, 21)
    canvas.endForm()
    assert canvas._formsinuse == ["photo-1"]


def test_shared_art_is_drawn_once(canvas: PageCanvas) -> None:
    composer = Composer(built_in_layout(), 85, 54, MEETING)
    artist = BadgeArtist(canvas, 85, 54, encoder())
    for name in ("Abel", "Bibel", "Cabel"):
        badge = composer.compose(attendee("Eva", name))
        artist.prepare(badge.front.shared)
    assert canvas.hasForm("shared-1")
    assert not canvas.hasForm("shared-2")
