"""The left of the badges screen: what shall be printed, and the pages that help to choose it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from checkin_app.domain.badges.badge_layout import BadgeLayout
from checkin_app.domain.badges.stock import Stock
from checkin_app.domain.programme import Event
from checkin_app.gui.badges.choice.layout_page import LayoutPage
from checkin_app.gui.badges.choice.offers import Offers
from checkin_app.gui.badges.choice.paper_form import PaperForm
from checkin_app.gui.badges.choice.people_form import PeopleForm
from checkin_app.gui.badges.run.badge_run import BadgeRun
from checkin_app.gui.badges.stock.stock_page import StockPage


class ChoicePanel(QStackedWidget):
    """The forms, and in front of them for a while the page of layouts or of stock."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people = PeopleForm()
        self.paper = PaperForm()
        self.layouts = LayoutPage()
        self.stock = StockPage()
        self._content = QWidget()
        self._forms = self._scrolling_forms()
        for page in (self._forms, self.layouts, self.stock):
            self.addWidget(page)
        # What was unfolded has room only once the area has grown.
        self._forms.verticalScrollBar().rangeChanged.connect(self._show_what_is_asked)
        self.paper.layout_wanted.connect(self._show_layouts)
        self.paper.stock_wanted.connect(self._open_stock)
        self.layouts.chosen.connect(self.paper.choose_layout)
        self.stock.chosen.connect(self.paper.choose_stock)
        for done in (
            self.layouts.chosen,
            self.layouts.closed,
            self.stock.chosen,
            self.stock.closed,
        ):
            done.connect(self.show_forms)

    def begin_with(self, offers: Offers, event: Event) -> None:
        """Ask with what was used last, in the event's own words."""
        last = offers.runs[0].at if offers.runs else None
        self.people.show_event(event, last)
        self.paper.choose_stock(offers.stock_to_begin_with())
        self.paper.choose_layout(offers.layout_to_begin_with())

    def show_run(self, run: BadgeRun) -> None:
        """What came of the choice."""
        self.people.offer_categories(run.people.categories)
        self.people.alphabet.show_language(run.people.event.language)
        self.paper.more.show_sheets(run.sheets)
        self.paper.more.show_trays(run.job.plan.trays)

    def show_refusal(self, sentence: str) -> None:
        """The choices do not go together."""
        if self.paper.choice().trays:
            self.paper.more.show_trays((), sentence)

    def take_opened_layout(self, layout: BadgeLayout) -> None:
        """Print with a layout that was opened from a file."""
        self.paper.choose_layout(layout)
        self.show_forms()

    def take_stock(self, stock: Stock) -> None:
        """Print on own stock that was just defined."""
        self.paper.choose_stock(stock)
        self.show_forms()

    def resume(self) -> None:
        """Ask from which sheet on the run is to be printed again."""
        self.show_forms()
        self.paper.more.ask_for_sheets()
        QTimer.singleShot(0, self._show_what_is_asked)

    def _show_what_is_asked(self) -> None:
        asked = self.focusWidget()
        if asked is not None and self._content.isAncestorOf(asked):
            middle = asked.mapTo(self._content, asked.rect().center())
            self._forms.ensureVisible(0, middle.y(), 0, self._forms.viewport().height() // 3)

    def show_forms(self) -> None:
        """Back to the forms, where one left them."""
        left = self.currentWidget()
        self.setCurrentWidget(self._forms)
        if left is self.layouts:
            self.paper.layout_button.setFocus()
        elif left is self.stock:
            self.paper.stock_button.setFocus()

    def open_layouts(self) -> None:
        """Ask for another layout."""
        self.show_forms()
        self.paper.layout_button.click()

    def ask_for_photos(self) -> None:
        """Ask for the folder of photos."""
        self.show_forms()
        self.paper.more.ask_for_photos()
        QTimer.singleShot(0, self._show_what_is_asked)

    def _show_layouts(self) -> None:
        self.setCurrentWidget(self.layouts)
        self.layouts.setFocus()

    def _open_stock(self) -> None:
        self.setCurrentWidget(self.stock)
        self.stock.open()

    def _scrolling_forms(self) -> QScrollArea:
        forms = self._content
        column = QVBoxLayout(forms)
        column.setContentsMargins(2, 2, 10, 2)
        column.setSpacing(6)
        column.addWidget(self.people)
        column.addWidget(self.paper)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(forms)
        area.viewport().setAutoFillBackground(False)
        forms.setAutoFillBackground(False)
        return area
