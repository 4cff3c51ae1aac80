"""What every screen of the window is given: the open event, and the ways to the rest.

A screen is a ``QWidget`` made as ``Screen(workplace)`` when it is first shown. It reads the event
file only through ``tasks``, tells ``changed`` when it wrote something, and refreshes itself when
``changed`` says that anybody did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.gui.background.tasks import Lane, Tasks
from checkin_app.gui.change_watch import ChangeWatch
from checkin_app.gui.devices.desk_devices import DeskDevices
from checkin_app.gui.event_at_hand import EventAtHand
from checkin_app.gui.hub.sharing_runner import SharingRunner
from checkin_app.gui.inbox.inbox_watch import InboxWatch
from checkin_app.gui.messages.faults import Faults
from checkin_app.gui.messages.message_bar import MessageBar, MessageKind
from checkin_app.gui.opening import OpenedEvent
from checkin_app.secrets_store.passwords import Passwords
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.clock import utc_now
from checkin_app.services.desk_printing.print_on_arrival import ArrivalPrinting
from checkin_app.services.event_settings import privacy_notice
from checkin_app.services.sharing.hubs.hub_places import HubPlaces, usual_places
from checkin_app.settings import Settings

if TYPE_CHECKING:
    from checkin_app.gui.online.sending_runner import SendingRunner
    from checkin_app.gui.printing.queue_runner import QueueRunner

_PRINT_AFTER_MS = 1500
"""After the window is usable: what waits has waited since the program was last open."""


class Workplace(EventAtHand):
    """One open event in the window.

    The desk's check-in list is chosen through ``choose_list``.

    Attributes:
        inbox: knows how much waits in the inbox.
        sharing: keeps the event shared with other desks, if it is.
        print_queue: the badges on their way to a printer; made when first asked for.
        devices: the scanners, camera, printers of the desk.
        check_in_sending: the check-ins on their way back to where people registered; made when
            first asked for.

    Signals:
        list_chosen: ``desk`` now stands at another check-in list.
        badges_wanted: a tuple of attendee ids whose badges somebody wants to print.
        desk_wanted: an attendee id that somebody wants to see on the desk screen.
        attendee_wanted: an attendee id that somebody wants to correct.
        import_wanted: the path (str) of a registration list to bring in.
        fetched_wanted: a ``FetchedList`` to bring in.
        online_wanted: other ``OnlineSettings`` to remember.
        mail_wanted: other ``MailSettings`` to remember.
        tickets_wanted: a tuple of attendee ids whose tickets somebody wants to send.
        attendees_wanted: somebody wants to see who is registered.
        reopen_wanted: what the screens hold of the event has changed: open it anew, with this
            page of the settings in front; empty: with the desk.
        inbox_wanted: an attendee id that somebody wants to see in the inbox, or empty.
        hub_wanted: somebody wants to see how the event is shared, or to join with what was
            scanned (str), which is empty otherwise.
        left: another event takes the place of this one.
        folder_used: the folder (``Path``) in which a file was chosen or saved.
    """

    list_chosen = Signal()
    badges_wanted = Signal(object)
    desk_wanted = Signal(str)
    attendee_wanted = Signal(str)
    import_wanted = Signal(str)
    fetched_wanted = Signal(object)
    online_wanted = Signal(object)
    mail_wanted = Signal(object)
    tickets_wanted = Signal(object)
    attendees_wanted = Signal()
    reopen_wanted = Signal(str)
    inbox_wanted = Signal(str)
    hub_wanted = Signal(str)
    left = Signal()
    folder_used = Signal(object)

    def __init__(
        self,
        opened: OpenedEvent,
        tasks: Tasks,
        messages: MessageBar,
        faults: Faults,
        settings: Settings,
        clock: Callable[[], datetime] = utc_now,
        devices: DeskDevices | None = None,
        passwords: Passwords | None = None,
        hub_places: HubPlaces | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(opened, tasks, messages, faults, settings, clock, passwords, parent)
        self.devices = devices or DeskDevices(settings, self.clock, self)
        self._print_queue: QueueRunner | None = None
        self._sending: SendingRunner | None = None
        self._watch = ChangeWatch(self.event_file, tasks, self)
        self._watch.changed.connect(self.changed)
        self._printing_soon = QTimer(self)
        self._printing_soon.setSingleShot(True)
        self._printing_soon.timeout.connect(self._print_what_waits)
        self.take_settings(settings)
        self.inbox = InboxWatch(self)
        self.sharing = SharingRunner(self, hub_places or usual_places())

    def start_watching(self) -> None:
        """From now on notice what other programs write to the event file."""
        self.sharing.start()
        self._watch.start()
        self._printing_soon.start(_PRINT_AFTER_MS)
        self.tasks.run(
            Lane.NUMBERS,
            partial(privacy_notice, self.event_file, self.clock(), self.tr),
            self._tell_notice,
            self.show_error,
        )

    def stop_watching(self) -> None:
        """The file is about to be closed."""
        self._watch.stop()
        self._printing_soon.stop()
        self.inbox.stop()
        if self._print_queue is not None:
            self._print_queue.stop()
        if self._sending is not None:
            self._sending.stop()
        self.sharing.stop()

    def leave(self) -> None:
        """Close the event file when all that was asked for is done."""
        self.left.emit()
        self.stop_watching()
        self.tasks.run_after_all(self.closing())
        self.deleteLater()

    def close(self) -> None:
        """Close the event file now that the lanes are at rest."""
        self.closing()()

    def take_settings(self, settings: Settings) -> None:
        """Follow what was chosen, in the desk, the print queue and what is sent."""
        self._settings = settings
        printing = ArrivalPrinting.chosen(settings.desk_id, settings.devices.printing)
        self.desk = self.desk.with_printing(printing)
        if self._print_queue is not None:
            self._print_queue.take_settings(settings)
        elif self._watch.is_watching:
            self._print_what_waits()
        if self._sending is not None:
            self._sending.take_settings(settings.online)

    @property
    def check_in_sending(self) -> SendingRunner:
        """The check-ins on their way back to where people registered."""
        if self._sending is None:
            # Not at the top: most desks never send any.
            from checkin_app.gui.online.sending_runner import SendingRunner

            self._sending = SendingRunner(self)
            self._sending.start()
        return self._sending

    @property
    def unsent_check_ins(self) -> int:
        """How many still wait to be sent to where people registered, as last seen."""
        state = self._sending.state if self._sending is not None else None
        return state.counts.waiting if state is not None else 0

    @property
    def print_queue(self) -> QueueRunner:
        """The print queue of the event at this desk."""
        if self._print_queue is None:
            # Not at the top: most desks never print.
            from checkin_app.gui.printing.queue_runner import QueueRunner

            self.use_print_queue(QueueRunner(self))
        assert self._print_queue is not None
        return self._print_queue

    @property
    def has_print_queue(self) -> bool:
        """Whether anybody asked for the print queue yet."""
        return self._print_queue is not None

    def use_print_queue(self, runner: QueueRunner) -> None:
        """Print with this queue. It must be the first."""
        self._print_queue = runner
        self.devices.add(runner)

    def choose_list(self, check_in_list: CheckInList) -> None:
        """Let scans count at another check-in list from now on."""
        self.tasks.run(
            Lane.DESK,
            lambda: self.desk.with_list(check_in_list),
            self._take_desk,
            self.faults.show_error,
        )

    def _tell_notice(self, notice: str) -> None:
        """Of personal data that are erased, or should be; what was just done is said first."""
        if notice and not self.messages.text:
            self.messages.show_message(
                notice,
                MessageKind.WARNING,
                action_text=self.tr("Look"),
                action=partial(self.settings_wanted.emit, "event"),
            )

    def _print_what_waits(self) -> None:
        """A desk with a printer goes on where it ended."""
        if self._settings.devices.printing.printer:
            self.print_queue.start()
        if any(one.can_send for one in self._settings.online.connections):
            self.check_in_sending.start()

    def closing(self) -> Callable[[], None]:
        """Closes the file, from any thread; without this object, which may be gone by then."""
        runner = self._print_queue
        closing = [one.closing for one in (runner, self._sending) if one is not None]
        if runner is not None:
            self.devices.remove(runner)
        return partial(_call_all, (*closing, self.sharing.closing, self.event_file.close))

    def _take_desk(self, desk: CheckInDesk) -> None:
        self.desk = desk.with_printing(self.desk.printing).with_sharing(self._shared_by)
        self.list_chosen.emit()


def _call_all(functions: Iterable[Callable[[], None]]) -> None:
    for function in functions:
        function()
