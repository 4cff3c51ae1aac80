"""Leads to the dialog of the other desks, and from there into the event that was joined."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.hub import hub_words
from checkin_app.gui.messages.message_bar import MessageKind
from checkin_app.gui.opening import OpenedEvent, open_for_desk

if TYPE_CHECKING:
    from checkin_app.gui.hub.hub_dialog import HubDialog
    from checkin_app.gui.window.main_window import MainWindow
    from checkin_app.gui.workplace import Workplace
    from checkin_app.services.sharing.hubs.joining_wherever import JoinedAt


class HubDoor(QObject):
    """Opens the dialog of the other desks when somebody wants it.

    Attributes:
        dialog: the one of this event; None before it was first needed.
    """

    def __init__(self, window: MainWindow, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._window = window
        self._workplace = workplace
        self._joined: JoinedAt | None = None
        self._scanned = ""
        self._is_over = False
        self.dialog: HubDialog | None = None
        workplace.hub_wanted.connect(self.open)
        workplace.left.connect(self._leave)

    def open(self, pairing: str = "") -> None:
        """Show how the event is shared.

        Args:
            pairing: what was scanned, if that led here.
        """
        self._scanned = pairing
        if self.dialog is None:
            # Not the lane of the hub, which may be waiting for one that does not answer.
            self._window.tasks.run(
                Lane.FILES, _load_way_to_hub, self._show_dialog, self._window.faults.show_error
            )
        else:
            self.dialog.show_now(pairing)

    def _show_dialog(self, _loaded: None) -> None:
        from checkin_app.gui.hub.hub_dialog import HubDialog

        if self._is_over:
            return
        if self.dialog is None:
            self.dialog = HubDialog(self._workplace, self._window)
            self.dialog.joined.connect(self._enter)
        self.dialog.show_now(self._scanned)

    def _enter(self, joined: JoinedAt) -> None:
        """Work under the name the others know, in the file that is shared."""
        self._joined = joined
        self._window.change_settings(desk_name=joined.desk_name)
        self._window.tasks.run(
            Lane.FILES,
            partial(open_for_desk, joined.path, joined.desk_name),
            self._show,
            self._window.faults.show_error,
        )

    def _show(self, opened: OpenedEvent) -> None:
        window, joined = self._window, self._joined
        window.show_event(opened)
        if joined is not None:
            window.messages.show_message(
                hub_words.joined_sentence(joined),
                MessageKind.DONE,
                action_text=self.tr("Name this desk…"),
                action=window.name_desk,
            )

    def _leave(self) -> None:
        self._is_over = True
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
            self.dialog = None


def _load_way_to_hub() -> None:
    """Most windows never need it, and loading it would make this one stand still for a moment."""
    import checkin_app.gui.hub.hub_work  # noqa: F401
    from checkin_app.badges.codes.qr import qr_png

    # The first one loads Pillow and the encoder.
    qr_png("CHECKIN", 1)
