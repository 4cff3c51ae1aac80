"""How the badges of a run are made, whoever they are for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from checkin_app.domain.badges.badge_layout import BadgeLayout
from checkin_app.domain.badges.imposition import Duplex, Imposition, Tray
from checkin_app.domain.badges.stock import Fold, Stock
from checkin_app.domain.programme import Event

if TYPE_CHECKING:
    from checkin_app.badges.compose import Composer


@dataclass(frozen=True, slots=True)
class BadgePlan:
    """Layout, stock and imposition of a run, ready to be sent to another process.

    Attributes:
        categories: all categories of the event, so that each has a colour of its own in every
            print, whoever is in it.
        trays: the boxes that the badges go to, in the order of the run.
        photos: the folder of the attendees' pictures.
        fonts: the folder of the fonts that the organiser has added.
        tray_pages: whether a page that names the tray and pages that list whom it holds come
            before the first sheet of each tray.
    """

    layout: BadgeLayout
    stock: Stock
    event: Event
    imposition: Imposition = field(default_factory=Imposition)
    categories: tuple[str, ...] = ()
    trays: tuple[Tray, ...] = ()
    photos: Path | None = None
    tray_pages: bool = False
    fonts: Path | None = None

    @property
    def has_backs(self) -> bool:
        """Whether backs get onto paper: on the other side of it, or on a folded piece."""
        return self.imposition.duplex is not Duplex.NONE or self.stock.fold is not Fold.NONE

    def composer(self) -> Composer:
        """Composes the badges of this plan. Loads the fonts."""
        from checkin_app.badges.compose import Composer
        from checkin_app.badges.text.font_files import FontShelf

        width_mm, height_mm = self.stock.face_width_mm, self.stock.face_height_mm
        fonts = FontShelf(self.fonts)
        return Composer(
            self.layout,
            width_mm,
            height_mm,
            self.event,
            self.categories,
            fonts,
            has_backs=self.has_backs,
        )
