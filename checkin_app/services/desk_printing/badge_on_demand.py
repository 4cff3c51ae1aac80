"""One badge at once, for the printer at the desk: an attendee → a PDF as large as the label.

What all badges of a printer share, layout, stock and correction, is looked up when any of it
changed; a badge then takes some ten milliseconds. It is drawn as in a bulk print.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.imposition import Duplex, Imposition, PrinterOffset
from checkin_app.domain.badges.stock import CARD_ON_A4, Feed, Fold, Stock
from checkin_app.domain.printers import BadgeSheet, PrinterId
from checkin_app.errors import BadgeError, UsageError
from checkin_app.printing.printer_setups import PrinterSetup, PrinterSetups
from checkin_app.services.desk_printing.badge_maker import MadeBadge
from checkin_app.settings.device_settings import PrintingSettings
from checkin_app.storage.event_file import EventFile

if TYPE_CHECKING:
    from checkin_app.badges.badge_plan import BadgePlan
    from checkin_app.badges.document import SingleBadge
    from checkin_app.domain.badges.badge_layout import BadgeLayout

_FEEDS_WITHOUT_BACK = (Feed.ROLL, Feed.ENDLESS)
_LABEL_LAYOUT = "thermal"
"""Of the program's: black alone, for heads that know no colours."""


class DrawIn(Protocol):
    """Has work done in its place."""

    def __call__(self, work: Callable[[], SingleBadge]) -> SingleBadge:
        """What ``work()`` returns."""


def _here(work: Callable[[], SingleBadge]) -> SingleBadge:
    return work()


@dataclass(frozen=True, slots=True)
class BadgeFiles:
    """What this user keeps for badges, whatever the event.

    Attributes:
        own_stock, offsets: the files of own stock and of the printers' corrections.
        fonts: the folder of further fonts.
    """

    own_stock: Path
    offsets: Path
    fonts: Path

    @staticmethod
    def usual() -> BadgeFiles:
        """Where they lie on this computer."""
        from checkin_app.badges.text.font_files import own_fonts_folder
        from checkin_app.stock.own_stock import own_stock_path
        from checkin_app.stock.printer_offsets import printer_offsets_path

        return BadgeFiles(own_stock_path(), printer_offsets_path(), own_fonts_folder())


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the badges of one printer are made.

    Attributes:
        made_from: all that it depends on.
        fields: what of the attendee they show.
    """

    made_from: tuple[object, ...]
    plan: BadgePlan
    fields: tuple[str, ...]


class BadgeOnDemand:
    """Makes badges for the print queue of one event; see ``BadgeMaker``. For one thread."""

    def __init__(
        self,
        event_file: EventFile,
        setups: PrinterSetups,
        choice: PrintingSettings,
        files: BadgeFiles,
        draw_in: DrawIn = _here,
    ) -> None:
        """Makes nothing yet.

        Args:
            draw_in: has a badge drawn where all else is drawn that uses the fonts of the process,
                which cannot be in two documents at once.
        """
        self._file = event_file
        self._setups = setups
        self._files = files
        self._draw_in = draw_in
        self._plans: dict[PrinterId, _Plan] = {}
        self.take_choice(choice)

    def take_choice(self, choice: PrintingSettings) -> None:
        """Follow what was chosen in the settings."""
        self._layout = choice.layout
        self._photos = Path(choice.photos) if choice.photos else None

    def make(self, attendee: Attendee, printer: PrinterId) -> MadeBadge:
        """The badge of a person, on what lies in a printer.

        Raises:
            UsageError: there is no such layout or stock.
            BadgeError: the layout or its fonts cannot be used.
            EventFileError: the event file cannot be read.
            Cancelled: the program ends.
        """
        # Not at the top: drawing takes part of the time until the window is there.
        from checkin_app.badges.document import draw_badge

        setup = self._setups.of(printer)
        made = self._plan_of(setup, attendee.category)
        drawn = self._draw_in(lambda: draw_badge(attendee, made.plan))
        sheet = BadgeSheet(
            drawn.pdf,
            drawn.width_mm,
            drawn.height_mm,
            is_two_sided=drawn.pages > 1,
            density=setup.density,
        )
        return MadeBadge(sheet, made.fields)

    def _plan_of(self, setup: PrinterSetup, category: str) -> _Plan:
        """The plan of a printer, which serves until something in it changes."""
        offset = _offset(setup, self._files.offsets)
        made_from = (
            self._file.description_mark(),
            self._layout,
            self._photos,
            setup.stock,
            setup.is_two_sided,
            offset,
            _changed_at(self._files.own_stock),
        )
        known = self._plans.get(setup.printer)
        if known is None or known.made_from != made_from or not _knows(known.plan, category):
            known = self._plans[setup.printer] = self._new_plan(setup, offset, made_from)
        return known

    def _new_plan(
        self, setup: PrinterSetup, offset: PrinterOffset, made_from: tuple[object, ...]
    ) -> _Plan:
        from checkin_app.badges.badge_plan import BadgePlan
        from checkin_app.badges.compose import own_fields

        stock = self._stock(setup.stock)
        layout = self._chosen_layout(stock)
        plan = BadgePlan(
            layout,
            stock,
            self._file.event(),
            Imposition(duplex=_duplex(stock, setup), offset=offset),
            self._file.categories(),
            photos=self._photos,
            fonts=self._files.fonts,
        )
        design = layout.design_for(stock.face_width_mm, stock.face_height_mm)
        if not design.back:
            plan = replace(plan, imposition=replace(plan.imposition, duplex=Duplex.NONE))
        # The category colours a badge also where no text of it shows it.
        return _Plan(made_from, plan, (*own_fields(design), "category"))

    def _stock(self, name: str) -> Stock:
        from checkin_app.services.bulk_badges.badge_stock import find_stock

        stock = find_stock(self._file, name, self._files.own_stock) if name else CARD_ON_A4
        return single_piece(stock)

    def _chosen_layout(self, stock: Stock) -> BadgeLayout:
        """The layout chosen for the desk, else that of the last bulk print, else the usual."""
        from checkin_app.badges.layouts.built_in import DEFAULT_LAYOUT
        from checkin_app.services.bulk_badges.badge_layouts import find_layout

        if self._layout:
            return find_layout(self._file, self._layout)
        for run in self._file.last_runs(1):
            # A layout that was a file then may be gone.
            with suppress(UsageError, BadgeError):
                return find_layout(self._file, run.layout)
        is_label = stock.feed in _FEEDS_WITHOUT_BACK
        return find_layout(self._file, _LABEL_LAYOUT if is_label else DEFAULT_LAYOUT)


def single_piece(stock: Stock) -> Stock:
    """Stock of which one badge at a time can be printed: of a sheet with several, one badge."""
    if stock.slots == 1:
        return stock
    return replace(
        stock,
        paper_width_mm=stock.badge_width_mm,
        paper_height_mm=stock.badge_height_mm,
        columns=1,
        rows=1,
        left_mm=0.0,
        top_mm=0.0,
        pitch_x_mm=0.0,
        pitch_y_mm=0.0,
        paper="",
    )


def _duplex(stock: Stock, setup: PrinterSetup) -> Duplex:
    has_back = stock.fold is Fold.NONE and stock.feed not in _FEEDS_WITHOUT_BACK
    return Duplex.LONG_EDGE if has_back and setup.is_two_sided else Duplex.NONE


def _offset(setup: PrinterSetup, path: Path) -> PrinterOffset:
    """What was measured of a printer on its stock, under its address or what people call it."""
    from checkin_app.stock.printer_offsets import load_printer_offsets

    offsets = load_printer_offsets(path)
    stock = setup.stock or CARD_ON_A4.name
    measured = (offsets.get((name, stock)) for name in (setup.printer.address, setup.name))
    return next((offset for offset in measured if offset is not None), PrinterOffset())


def _knows(plan: BadgePlan, category: str) -> bool:
    """Whether a category has its colour: one that came since would take another's."""
    return not category or category in plan.categories


def _changed_at(path: Path) -> int:
    """When a file was changed; 0 without one."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
