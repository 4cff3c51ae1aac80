"""How the printers of a desk are doing, and whether a badge may be handed to one now."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from checkin_app.domain.printers import PrinterId, PrinterState, PrinterTrouble, SpoolerKind
from checkin_app.errors import PrinterError
from checkin_app.fault_log import describe_fault
from checkin_app.printing.spooler import Spooler

Answer = TypeVar("Answer")

MOST_AT_SPOOLER = 3
"""More would only have to be taken back when the printer stops."""

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 30.0
_FIRST_DISTRUST_S, _LONGEST_DISTRUST_S = 10.0, 120.0
_ASKING_SHARE = 5
"""A printer whose answer takes a second is asked every five seconds at most."""
_TOLD_LATE = (SpoolerKind.CUPS, SpoolerKind.SYSTEM)
"""Print systems that learn how a printer is when they send to it: switched off it seems fine, and
refilled it seems empty, until the next job."""
_SURE = (PrinterTrouble.GONE, PrinterTrouble.PAUSED, PrinterTrouble.REFUSES)
"""Troubles of which a print system knows by itself."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Seen:
    """What is known of one printer."""

    state: PrinterState
    looked_at: datetime | None = None
    asking_s: float = 0.0
    stopped_since: datetime | None = None
    pause_s: float = 0.0
    not_before: datetime | None = None
    distrust_s: float = 0.0
    distrusted_until: datetime | None = None


def asked(question: Callable[[], Answer]) -> Answer:
    """What a spooler answers; whatever goes wrong in it is a ``PrinterError``."""
    try:
        return question()
    except PrinterError:
        raise
    except Exception as error:
        _log.error(describe_fault(error))
        raise PrinterError("The printer cannot be asked. Switch it off and on again.") from error


class PrinterWatch:
    """Looks at printers now and then, and remembers which of them let the desk down."""

    def __init__(
        self, spoolers: Mapping[SpoolerKind, Spooler], clock: Callable[[], datetime]
    ) -> None:
        self._spoolers = spoolers
        self._clock = clock
        self._seen: dict[PrinterId, _Seen] = {}

    def spooler(self, printer: PrinterId) -> Spooler:
        """Who drives a printer.

        Raises:
            PrinterError: nobody does on this computer.
        """
        spooler = asked(lambda: self._spoolers.get(printer.spooler))
        if spooler is None:
            raise PrinterError(
                "This computer cannot drive that kind of printer. Choose another printer."
            )
        return spooler

    def look(self, printer: PrinterId, max_age_s: float) -> None:
        """Ask how a printer is, unless that was done a moment ago."""
        seen, now = self._of(printer), self._clock()
        max_age_s = max(max_age_s, _ASKING_SHARE * seen.asking_s)
        if seen.looked_at is not None and _seconds(seen.looked_at, now) < max_age_s:
            return
        was_stopped = seen.state.stopped_by is not None
        begin = time.perf_counter()
        seen.state = self._ask(printer)
        seen.asking_s, seen.looked_at = time.perf_counter() - begin, self._clock()
        if seen.state.stopped_by is not None:
            seen.stopped_since = seen.stopped_since or now
        elif was_stopped:
            seen.stopped_since = seen.not_before = None

    def state(self, printer: PrinterId) -> PrinterState:
        """How a printer was when it was last looked at."""
        return self._of(printer).state

    def trouble(self, printer: PrinterId) -> PrinterTrouble | None:
        """The most urgent trouble of a printer."""
        return next(iter(self._of(printer).state.troubles), None)

    def stopped_by(self, printer: PrinterId) -> PrinterTrouble | None:
        """What keeps badges from coming out of a printer."""
        return self._of(printer).state.stopped_by

    def stopped_for_s(self, printer: PrinterId) -> float:
        """For how long nothing has come out of a printer that should; 0 when all is well."""
        seen, now = self._of(printer), self._clock()
        if self._is_distrusted(seen, now):
            return _LONGEST_DISTRUST_S
        return _seconds(seen.stopped_since, now) if seen.stopped_since is not None else 0.0

    def may_send(self, printer: PrinterId, at_spooler: int) -> bool:
        """Whether a badge may be handed over now, when some lie with the spooler already."""
        seen, now = self._of(printer), self._clock()
        if at_spooler >= MOST_AT_SPOOLER or self._is_distrusted(seen, now):
            return False
        if _is_ahead(seen.not_before, now, _LONGEST_PAUSE_S):
            return False
        trouble = seen.state.stopped_by
        if trouble is None:
            return not (seen.distrust_s and at_spooler)
        # Nothing but the next job tells such a print system that the trouble is over.
        is_worth_a_try = printer.spooler in _TOLD_LATE and trouble not in _SURE
        return is_worth_a_try and not at_spooler

    def refused(self, printer: PrinterId) -> None:
        """A printer did not take a badge: leave it alone, longer each time."""
        seen, now = self._of(printer), self._clock()
        seen.pause_s = min(max(2 * seen.pause_s, _FIRST_PAUSE_S), _LONGEST_PAUSE_S)
        seen.not_before = now + timedelta(seconds=seen.pause_s)
        seen.stopped_since = seen.stopped_since or now
        seen.looked_at = None
        self.look(printer, 0.0)

    def accepted(self, printer: PrinterId) -> None:
        """A printer took a badge."""
        seen = self._of(printer)
        seen.pause_s, seen.not_before = 0.0, None
        seen.stopped_since = None if seen.state.stopped_by is None else self._clock()

    def left(self, printer: PrinterId) -> None:
        """Badges were moved away from a printer: for some time it is not worth a try."""
        seen = self._of(printer)
        if printer.spooler in _TOLD_LATE and not self._is_distrusted(seen, self._clock()):
            seen.distrust_s = min(max(2 * seen.distrust_s, _FIRST_DISTRUST_S), _LONGEST_DISTRUST_S)
            seen.distrusted_until = self._clock() + timedelta(seconds=seen.distrust_s)

    def trust(self, printer: PrinterId) -> None:
        """Somebody saw to a printer, or it proved itself: use it as any other, at once."""
        seen = self._of(printer)
        seen.pause_s, seen.not_before = 0.0, None
        seen.distrust_s, seen.distrusted_until = 0.0, None

    def _ask(self, printer: PrinterId) -> PrinterState:
        try:
            spooler = self.spooler(printer)
        except PrinterError as error:
            return PrinterState(printer, troubles=(PrinterTrouble.GONE,), detail=str(error))
        try:
            return asked(lambda: spooler.state(printer.address))
        except PrinterError as error:
            return PrinterState(printer, troubles=(PrinterTrouble.OTHER,), detail=str(error))

    def _of(self, printer: PrinterId) -> _Seen:
        if printer not in self._seen:
            self._seen[printer] = _Seen(PrinterState(printer))
        return self._seen[printer]

    @staticmethod
    def _is_distrusted(seen: _Seen, now: datetime) -> bool:
        return _is_ahead(seen.distrusted_until, now, _LONGEST_DISTRUST_S)


def _seconds(since: datetime, now: datetime) -> float:
    """How long ago something was, also when the laptop's clock was put back meanwhile."""
    return abs((now - since).total_seconds())


def _is_ahead(moment: datetime | None, now: datetime, at_most_s: float) -> bool:
    """Whether a moment is still to come. One far ahead is from before the clock was put back."""
    return moment is not None and 0 < (moment - now).total_seconds() <= at_most_s
