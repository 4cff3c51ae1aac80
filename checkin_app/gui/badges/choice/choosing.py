"""Gives the choice panel what it offers: layouts with pictures, stock, printers' offsets."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_layout import BadgeLayout
from checkin_app.domain.badges.stock import Stock
from checkin_app.errors import CheckinError
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.badges.choice.choice_panel import ChoicePanel
from checkin_app.gui.badges.choice.layout_gallery import LayoutGallery
from checkin_app.gui.badges.choice.offers import (
    Offers,
    UserFiles,
    found_stock,
    open_layout,
    read_offers,
)
from checkin_app.gui.badges.choice.recent_choices import keep_recent_choices
from checkin_app.gui.badges.run.badge_run import BadgeRun
from checkin_app.gui.badges.sheets.page_picture import LayoutSample
from checkin_app.gui.file_dialogs import ask_to_open
from checkin_app.gui.workplace import Workplace
from checkin_app.services.event_files import set_language

_NOBODY = Attendee(
    id="",
    code="0123456789ABCDEFGHJK",
    first_name="Anna",
    last_name="Example",
    organisation="Organisation",
    role="Role",
    country="Country",
    category="Category",
)
"""Whose badge stands for a layout while there is nobody to print for."""


class Choosing(QObject):
    """Reads in lanes what can be chosen, and answers the questions of the pages.

    Attributes:
        offers: what there is to choose from; None until it was read.

    Signals:
        ready: the first offers are there, and the panel begins with what was used last.
        offers_read: ``offers`` is up to date.
    """

    ready = Signal()
    offers_read = Signal()

    def __init__(
        self,
        workplace: Workplace,
        panel: ChoicePanel,
        files: UserFiles,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._panel = panel
        self._files = files
        self._gallery = LayoutGallery(workplace, self)
        self._run: BadgeRun | None = None
        self._printer: str | None = None
        self.offers: Offers | None = None
        panel.paper.layout_wanted.connect(self._offer_layouts)
        panel.paper.more.printer_chosen.connect(self.choose_offset)
        panel.layouts.file_wanted.connect(self._ask_for_layout_file)
        panel.stock.searched.connect(self._search_stock)
        panel.people.alphabet.chosen.connect(self._choose_alphabet)
        self._gallery.drawn.connect(self._show_picture)

    def read(self) -> None:
        """Look what there is now."""
        self._workplace.tasks.run(
            Lane.SEARCH,
            partial(read_offers, self._workplace.event_file, self._files),
            self._take,
            self._workplace.show_error,
        )

    def choose_printer(self, name: str) -> None:
        """Print for this printer from now on; what is kept of it is another."""
        self._printer = name
        self.read()

    def choose_offset(self) -> None:
        """Correct what the printer does wrong on the stock that is chosen now."""
        if self.offers is None:
            return
        paper, more = self._panel.paper, self._panel.paper.more
        printer = more.printer.currentData() or ""
        if self._printer is not None:
            printer, self._printer = self._printer, None
        more.offer_printers(self.offers.printers(), printer)
        paper.choose_offset(self.offers.offset(printer, paper.choice().stock))

    def keep_choice(self) -> None:
        """What is chosen now was printed with: the next event begins with it."""
        paper = self._panel.paper.choice()
        self._workplace.tasks.run(
            Lane.NUMBERS,
            partial(
                keep_recent_choices,
                self._files.recent,
                paper.stock.name,
                paper.layout.name if paper.layout else "",
                self._panel.paper.more.printer.currentData() or "",
            ),
        )

    def show_run(self, run: BadgeRun) -> None:
        """The run has somebody whose badge can stand for a layout."""
        self._run = run
        layout = self._panel.paper.choice().layout
        if layout is not None:
            self._want_picture(layout)

    def _take(self, offers: Offers) -> None:
        is_first, self.offers = self.offers is None, offers
        if offers.problem:
            self._workplace.messages.show_message(offers.problem)
        if is_first:
            self._panel.paper.choose_fonts(self._files.fonts)
            self._panel.begin_with(offers, self._workplace.desk.event)
            self._printer = offers.recent.printer
        self.choose_offset()
        self.offers_read.emit()
        if is_first:
            self.ready.emit()

    def _offer_layouts(self) -> None:
        if self.offers is not None:
            paper = self._panel.paper.choice()
            offered = dict(self.offers.layouts)
            if paper.layout is not None:
                # Perhaps one that was opened from a file.
                offered[paper.layout.name] = paper.layout
            layouts = list(offered.values())
            self._panel.layouts.show_layouts(layouts, paper.stock, paper.layout)
            for layout in layouts:
                self._want_picture(layout)

    def _want_picture(self, layout: BadgeLayout) -> None:
        run = self._run
        if run is not None:
            person = next(iter(run.job.attendees), _NOBODY)
            people = run.people
            sample = LayoutSample(person, people.event, people.categories, self._files.fonts)
            width_px = self._panel.layouts.picture_width_px()
            self._gallery.want(layout, run.paper.stock, sample, width_px)

    def _show_picture(self, layout: BadgeLayout, image: QImage) -> None:
        self._panel.layouts.show_image(layout, image)
        if layout == self._panel.paper.choice().layout:
            self._panel.paper.show_layout_image(image)

    def _ask_for_layout_file(self) -> None:
        title, kinds = self.tr("Open a layout file"), (self.tr("Badge layouts (*.toml)"),)
        path = ask_to_open(self._workplace, self._panel, title, kinds)
        if path is not None:
            self._open_layout_file(path)

    def _open_layout_file(self, path: Path) -> None:
        self._workplace.tasks.run(
            Lane.SEARCH,
            partial(open_layout, self._workplace.event_file, path),
            self._panel.take_opened_layout,
            self._tell_layout_problem,
        )

    def _tell_layout_problem(self, error: BaseException) -> None:
        match error:
            case CheckinError():
                self._panel.layouts.show_problem(str(error))
            case _:
                self._workplace.show_error(error)

    def _search_stock(self, text: str) -> None:
        if self.offers is not None:
            self._workplace.tasks.run_newest(
                Lane.SEARCH,
                partial(found_stock, text, self.offers),
                self._show_stock,
                self._workplace.show_error,
            )

    def _show_stock(self, found: tuple[str, tuple[Stock, ...]]) -> None:
        text, stocks = found
        self._panel.stock.show_found(text, stocks)

    def _choose_alphabet(self, language: str) -> None:
        workplace = self._workplace
        workplace.tasks.run(
            Lane.WORK,
            partial(set_language, workplace.event_file, workplace.desk.desk_name, language),
            self._tell_alphabet,
            workplace.show_error,
        )

    def _tell_alphabet(self, _nothing: None) -> None:
        self._workplace.changed.emit()
