"""The conversation of the desk screen with the desk: what is asked, answered, undone, retried.

Everything that writes goes through the desk lane, one after the other. What the event file could
not take is kept and can be tried again; nothing that failed is ever shown as done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from checkin_app.domain.admission import Outcome, OutcomeKind
from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.domain.scan import Scan
from checkin_app.domain.sharing import looks_like_pairing
from checkin_app.errors import EventFileError
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.workplace import Workplace

UNDO_WINDOW_S = 60


@dataclass(frozen=True, slots=True)
class UndoOffer:
    """The last check-in of this desk, while it may be taken back with one key."""

    attendee_id: str
    entry_id: str
    name: str
    seconds_left: int


@dataclass(frozen=True, slots=True)
class NotStored:
    """A request that the event file could not take.

    Attributes:
        what: the code or name it was about.
        waiting: how many wait for another try, this one included.
    """

    what: str
    waiting: int


@dataclass(frozen=True, slots=True)
class _Request:
    """Something asked of the desk. ``key`` names it, so that asking again replaces it."""

    key: str
    what: str
    ask: Callable[[], Outcome]


class CheckingIn(QObject):
    """Asks the desk and tells what it answered.

    Signals:
        answered: an ``Outcome``, stored.
        undone: the ``AttendeeRecord`` after a check-in was taken back.
        not_stored: a ``NotStored``.
        registered: the ``Attendee`` of a walk-in, stored; the check-in follows.
        walk_in_failed: the error for which a walk-in was not stored.
        corrected: the ``AttendeeRecord`` after a correction.
        undo_changed: the ``UndoOffer``, each second and when it changes; None when it ends.
    """

    answered = Signal(object)
    undone = Signal(object)
    not_stored = Signal(object)
    registered = Signal(object)
    walk_in_failed = Signal(object)
    corrected = Signal(object)
    undo_changed = Signal(object)

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._failed: dict[str, _Request] = {}
        self._is_failing = False
        self._undoable: tuple[str, str, str] | None = None
        self._since_check_in = QElapsedTimer()
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tell_undo)

    @property
    def undo_offer(self) -> UndoOffer | None:
        """What Ctrl+Z would take back."""
        if self._undoable is None:
            return None
        left = UNDO_WINDOW_S - self._since_check_in.elapsed() // 1000
        return UndoOffer(*self._undoable, seconds_left=left) if left > 0 else None

    @property
    def waiting(self) -> int:
        """How many requests wait for another try."""
        return len(self._failed)

    def scan(self, scan: Scan) -> None:
        """A reading of a device, or what was typed. The code of another laptop is nobody's ticket:
        it leads to the other desks, and never into the ledger, for whoever has it can join.
        """
        if looks_like_pairing(scan.text):
            self._workplace.hub_wanted.emit(scan.text)
            return
        desk = self._workplace.desk
        self._send(_Request(f"scan {scan.text}", scan.text, partial(desk.handle, scan)))

    def check_in(self, attendee_id: str, name: str) -> None:
        """A person chosen in the search."""
        desk = self._workplace.desk
        self._send(_Request(f"person {attendee_id}", name, partial(desk.check_in, attendee_id)))

    def admit_anyway(self, attendee_id: str, name: str, reason: str) -> None:
        """Overrule the answer."""
        desk = self._workplace.desk
        ask = partial(desk.admit_anyway, attendee_id, reason)
        self._send(_Request(f"anyway {attendee_id}", name, ask))

    def undo(self) -> None:
        """Take back the last check-in of this desk, if it is recent."""
        offer = self.undo_offer
        if offer is None:
            return
        self._forget_undo()
        self._workplace.tasks.run(
            Lane.DESK,
            partial(self._workplace.desk.undo, offer.attendee_id, offer.entry_id),
            self._take_undone,
            partial(self._undo_failed, offer),
        )

    def walk_in(self, fields: Mapping[str, str]) -> None:
        """Register somebody, then check that person in."""
        from checkin_app.services.registrations import walk_in

        workplace = self._workplace
        register = partial(
            walk_in, workplace.event_file, workplace.desk.desk_name, workplace.clock(), fields
        )
        workplace.tasks.run(Lane.DESK, register, self._take_walk_in, self._refuse_walk_in)

    def correct(self, attendee_id: str, changes: Mapping[str, str]) -> None:
        """Correct fields of a person."""
        from checkin_app.services.registrations import correct

        workplace = self._workplace
        work = partial(
            correct,
            workplace.event_file,
            workplace.desk.desk_name,
            workplace.clock(),
            attendee_id,
            changes,
        )
        workplace.tasks.run(Lane.DESK, work, self._take_corrected, workplace.show_error)

    def retry(self) -> None:
        """Try all again that could not be stored, in their order."""
        requests, self._failed = self._failed, {}
        for request in requests.values():
            self._send(request)

    def _send(self, request: _Request) -> None:
        self._workplace.tasks.run(
            Lane.DESK,
            request.ask,
            partial(self._take_outcome, request),
            partial(self._fail, request),
        )

    def _take_outcome(self, request: _Request, outcome: Outcome) -> None:
        self._failed.pop(request.key, None)
        if self._is_failing:
            self._is_failing = False
            self._workplace.messages.clear()
        if outcome.kind is OutcomeKind.ADMITTED and outcome.attendee and outcome.check_in:
            self._offer_undo(outcome.attendee, outcome.check_in.entry_id)
        if outcome.is_printing:
            self._workplace.print_queue.start()
        self.answered.emit(outcome)
        self._workplace.changed.emit()

    def _fail(self, request: _Request, error: BaseException) -> None:
        self._workplace.show_error(error)
        if isinstance(error, EventFileError):
            self._is_failing = True
            self._failed[request.key] = request
            self.not_stored.emit(NotStored(request.what, self.waiting))

    def _offer_undo(self, attendee: Attendee, entry_id: str) -> None:
        self._undoable = (attendee.id, entry_id, attendee.full_name)
        self._since_check_in.start()
        self._second.start()
        self._tell_undo()

    def _forget_undo(self) -> None:
        self._undoable = None
        self._second.stop()
        self.undo_changed.emit(None)

    def _tell_undo(self) -> None:
        offer = self.undo_offer
        if offer is None:
            self._forget_undo()
        else:
            self.undo_changed.emit(offer)

    def _take_undone(self, record: AttendeeRecord) -> None:
        self.undone.emit(record)
        self._workplace.changed.emit()

    def _undo_failed(self, offer: UndoOffer, error: BaseException) -> None:
        """The check-in still stands, so the key still works for what is left of its time."""
        self._workplace.show_error(error)
        if isinstance(error, EventFileError) and self._undoable is None:
            self._undoable = (offer.attendee_id, offer.entry_id, offer.name)
            self._second.start()
            self._tell_undo()

    def _take_walk_in(self, attendee: Attendee) -> None:
        self.registered.emit(attendee)
        self._workplace.changed.emit()
        self.check_in(attendee.id, attendee.full_name)

    def _refuse_walk_in(self, error: BaseException) -> None:
        self._workplace.show_error(error)
        self.walk_in_failed.emit(error)

    def _take_corrected(self, record: AttendeeRecord) -> None:
        self.corrected.emit(record)
        self._workplace.changed.emit()
