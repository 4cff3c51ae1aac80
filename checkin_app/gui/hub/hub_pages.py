"""The pages of the hub's dialog: one for each part that a laptop can have."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget

from checkin_app.domain.programme import Event
from checkin_app.domain.sharing import SharingState
from checkin_app.gui.hub import hub_words
from checkin_app.gui.hub.desk_page import DeskPage
from checkin_app.gui.hub.first_page import FirstPage
from checkin_app.gui.hub.organiser_page import OrganiserPage
from checkin_app.services.sharing.hubs.hub_view import HubPart, HubView


class HubPages(QStackedWidget):
    """As large as the page in front needs; a stack else has room for the largest.

    Attributes:
        first, organiser, desk: the pages.
    """

    def __init__(self, event: Event, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._programme = event
        self.first, self.organiser, self.desk = FirstPage(), OrganiserPage(), DeskPage()
        for page in (QWidget(), self.first, self.organiser, self.desk):
            self.addWidget(page)

    def minimumSizeHint(self) -> QSize:
        """Of the page in front."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()

    def show_view(self, view: HubView, state: SharingState) -> None:
        """Show the page of a part, with what was looked up.

        Args:
            state: how this desk stands to the others.
        """
        match view.part:
            case HubPart.NONE:
                self.setCurrentWidget(self.first)
            case HubPart.ORGANISER:
                self._show_organiser(view)
            case HubPart.DESK:
                self._show_desk(view, state)

    def focus_page(self) -> None:
        """Put the focus where somebody begins on the page in front."""
        if (page := self.currentWidget()) is not None:
            page.setFocus()

    def _show_organiser(self, view: HubView) -> None:
        status, event = view.status, self._programme
        assert status is not None
        self.setCurrentWidget(self.organiser)
        lines = hub_words.desk_lines(view, event, may_withdraw=status.is_running)
        self.organiser.desks.show_desks(lines)
        self.organiser.show_hub(
            hub_words.hub_state(status, event),
            status.trouble,
            is_here=status.is_here,
            is_running=status.is_running,
        )
        card, pairing = self.organiser.pairing, view.pairing
        if pairing is None:
            card.show_none()
        elif pairing.pairing.link() != card.link:
            card.show_pairing(pairing.pairing, event.local(pairing.valid_until))

    def _show_desk(self, view: HubView, state: SharingState) -> None:
        self.setCurrentWidget(self.desk)
        self.desk.desks.show_desks(hub_words.desk_lines(view, self._programme, may_withdraw=False))
        self.desk.show_state(*hub_words.desk_state(state, view, self._programme))
