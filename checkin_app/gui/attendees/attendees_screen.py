"""The attendees screen: everybody on the list, to be filtered, sorted, corrected, checked in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkin_app.gui.appearance.theme import size_px
from checkin_app.gui.attendees.person.person_desk import PersonDesk
from checkin_app.gui.attendees.table.attendees_table import AttendeeTable
from checkin_app.gui.attendees.table.chosen_people import ChosenPeople
from checkin_app.gui.attendees.table.columns import table_columns
from checkin_app.gui.attendees.table.filter_bar import FilterBar
from checkin_app.gui.attendees.table.listing import Listing, ListingOrder, find_listing
from checkin_app.gui.attendees.table.table_model import AttendeeTableModel, Rows
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.form.empty_state import EmptyState
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.lists.choosing.choose_file import ask_for_list
from checkin_app.gui.plain_text import grouped
from checkin_app.gui.workplace import Workplace
from checkin_app.storage.people.register import ListedAttendee

_PANEL_EM = 27
_TYPING_PAUSE_MS = 60


class AttendeesScreen(QWidget):
    """The table, its filters, and the panel of one person beside it."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._order = ListingOrder()
        self._shown: Listing | None = None
        self._is_asking = False
        self._is_outdated = True
        self._to_show: int | None = None
        self._columns = table_columns(workplace.desk.event)
        self.filters = FilterBar()
        self.model = AttendeeTableModel(self._columns, self._ask_for_rows, self)
        self.table = AttendeeTable(self.model, self._columns)
        self.chosen = ChosenPeople(workplace, self.table, self._columns)
        self.nobody = EmptyState(
            self.tr("Nobody is registered yet"),
            self.tr(
                "Import the registration list: a CSV or Excel file. You can also drag it on"
                " the window."
            ),
            self.tr("Import a list…"),
        )
        self.no_match = EmptyState(
            self.tr("Nobody fits this filter"),
            self.tr("Type less, or another word; a part of the name is enough."),
            self.tr("Show everybody"),
        )
        self.panel = PersonDesk(workplace)
        self.count = plain_label()
        self.badges = QPushButton(self.tr("Badges for selection"))
        self.import_list = QPushButton(self.tr("Import a list…"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE_MS)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.filters.text)
        self._show_count()

    # For the rest of the window

    def show_attendee(self, attendee_id: str) -> None:
        """Open the panel of this person, and show everybody if the filter hides the line."""
        self.panel.open_person(attendee_id)
        self.panel.show()
        self._workplace.tasks.run(
            Lane.SEARCH,
            partial(self._workplace.event_file.number_of, attendee_id),
            self._go_to,
            self._workplace.show_error,
        )

    def refresh(self) -> None:
        """Something has changed in the event file: ask for it as soon as anybody looks."""
        self._is_outdated = True
        if self.isVisible():
            self._ask_for_listing()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        if self._is_outdated:
            self._ask_for_listing()

    def enter_table(self) -> None:
        """Give the keyboard to the lines."""
        if self.model.rowCount():
            self.table.setFocus()
            if not self.table.chosen_count():
                self.table.selectRow(max(self.table.currentIndex().row(), 0))

    # Which rows

    def _filter(self) -> None:
        self._order = self._order.filtered(self.filters.wanted())
        self._ask_for_listing()

    def _sort(self, place: int, direction: Qt.SortOrder) -> None:
        self._order = self._order.sorted_by(
            self._columns[place].sort, direction is Qt.SortOrder.DescendingOrder
        )
        self._ask_for_listing()

    def _ask_for_listing(self) -> None:
        """One question at a time; when the answer comes, the newest one if there is any."""
        self._is_outdated = True
        if self._is_asking:
            return
        self._is_asking, self._is_outdated = True, False
        self._workplace.tasks.run(
            Lane.NUMBERS,
            partial(find_listing, self._workplace.event_file, self._order),
            self._show_listing,
            self._listing_failed,
        )

    def _show_listing(self, listing: Listing) -> None:
        self._is_asking = False
        before, self._shown = self._shown, listing
        same_question = before is not None and before.order == listing.order
        self.model.refresh()
        self.table.show_numbers(listing.numbers, keep_place=same_question)
        if self._to_show is not None and self.table.go_to(self._to_show):
            self._to_show = None
        self.filters.offer_categories(listing.categories)
        self.panel.offer_categories(listing.categories)
        self._show_count()
        self._choose_page(listing)
        if self._is_outdated:
            self._ask_for_listing()

    def _listing_failed(self, error: BaseException) -> None:
        self._is_asking = False
        self._workplace.show_error(error)

    def _choose_page(self, listing: Listing) -> None:
        if len(listing.numbers):
            page: QWidget = self.table
        else:
            page = self.no_match if listing.registered else self.nobody
        self.pages.setCurrentWidget(page)
        self.filters.setEnabled(listing.registered > 0)
        self.import_list.setVisible(listing.registered > 0)
        if page is self.nobody and self.isActiveWindow():
            self.nobody.button.setFocus()

    def _ask_for_rows(self, numbers: Sequence[int], done: Callable[[Rows], None]) -> None:
        self._workplace.tasks.run(
            Lane.SEARCH,
            partial(self._workplace.event_file.listed_attendees, numbers),
            done,
            self._workplace.show_error,
        )

    # Chosen people

    def _show_count(self) -> None:
        shown = len(self._shown.numbers) if self._shown else 0
        registered = self._shown.registered if self._shown else 0
        chosen = self.table.chosen_count()
        text = self.tr("{shown} of {registered}").format(
            shown=grouped(shown), registered=grouped(registered)
        )
        if chosen:
            text += "  ·  " + self.tr("{count} selected").format(count=grouped(chosen))
        if chosen == 1 and self.panel.isHidden():
            text += "  ·  " + self.tr("Enter or a double click opens the person")
        self.count.setText(text)
        self.badges.setEnabled(chosen > 0)

    def _open_number(self, number: int) -> None:
        listed = self._row_of_number(number)
        if listed is not None:
            self.panel.open_person(listed.attendee.id)
            self.panel.show()
            self.panel.take_focus()
            self._show_count()

    def _follow_current(self, number: int) -> None:
        """While the panel is open it shows the line one is at."""
        listed = self._row_of_number(number)
        if listed is None or not self.panel.isVisible():
            return
        if listed.attendee.id != self.panel.attendee_id:
            self.panel.open_person(listed.attendee.id)

    def _follow_fetched(self) -> None:
        """The line one is at may have been empty until now."""
        self._follow_current(self.table.current_number())

    def _go_to(self, number: int | None) -> None:
        if number is not None and not self.table.go_to(number):
            self._to_show = number
            self.filters.clear()
            self._ask_for_listing()

    def _row_of_number(self, number: int) -> ListedAttendee | None:
        row = self.model.row_of(number) if number >= 0 else None
        if row is None:
            return None
        listed = self.model.index(row, 0).data(AttendeeTableModel.ATTENDEE_ROLE)
        return listed if isinstance(listed, ListedAttendee) else None

    def _close_panel(self) -> None:
        self.panel.hide()
        self.table.setFocus()
        self._show_count()

    def _show_menu(self, place: QPoint) -> None:
        listed = self._row_of_number(self.table.current_number())
        if listed is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open")).triggered.connect(partial(self._open_number, listed.number))
        menu.addAction(self.tr("Check in")).triggered.connect(self._check_in_current)
        menu.addSeparator()
        menu.addAction(self.tr("Badges for selection")).triggered.connect(self.chosen.print_badges)
        menu.addAction(self.tr("Copy")).triggered.connect(self.chosen.copy)
        menu.popup(self.table.viewport().mapToGlobal(place))

    def _check_in_current(self) -> None:
        listed = self._row_of_number(self.table.current_number())
        if listed is not None:
            self._open_number(listed.number)
            self.panel.check_in(listed.attendee.id)

    # How it is put together

    def _connect(self) -> None:
        self.filters.changed.connect(self._pause.start)
        self._pause.timeout.connect(self._filter)
        self.filters.text.returnPressed.connect(self.enter_table)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sort)
        self.table.opened.connect(self._open_number)
        self.table.current_changed.connect(self._follow_current)
        self.table.chosen_changed.connect(self._show_count)
        self.model.dataChanged.connect(self._follow_fetched)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.badges.clicked.connect(self.chosen.print_badges)
        self.import_list.clicked.connect(self._want_import)
        self.nobody.acted.connect(self._want_import)
        self.no_match.acted.connect(self.filters.clear)
        self.panel.closed.connect(self._close_panel)
        self.table.left.connect(self.panel.close_person)
        self._workplace.changed.connect(self.refresh)

    def _want_import(self) -> None:
        if path := ask_for_list(self._workplace, self):
            self._workplace.import_wanted.emit(str(path))

    def _lay_out(self) -> None:
        self.pages = QStackedWidget()
        for page in (self.table, self.nobody, self.no_match):
            self.pages.addWidget(page)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.count)
        foot.addWidget(self.filters.everybody)
        foot.addStretch(1)
        foot.addWidget(self.import_list)
        foot.addWidget(self.badges)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(12)
        splitter.addWidget(self.pages)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(self.filters)
        layout.addWidget(splitter, 1)
        layout.addLayout(foot)
        self.panel.setMinimumWidth(_PANEL_EM * size_px(self.font()))
        self.panel.hide()
