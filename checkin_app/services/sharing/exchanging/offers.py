"""What the hub says of entries whose desk waits for it, and for how long a desk goes on asking."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

ANSWER_WITHIN_S = 0.15
"""So long a scan waits for the hub: nobody notices it between the beep and the next badge."""
_REMEMBERED = 10_000
"""Entries whose number on the hub is remembered: far more than arrive while one scan waits."""
_MOST_MISSED = 3
"""So many unanswered in a row, and the hub is not waited for until it is quick again."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What the hub said of an entry of this desk in time.

    Attributes:
        number: its number on the hub; all that was handed in before it is in the file now.
    """

    number: int


class Offers:
    """Brings scans that wait and the thread that shares together. For any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, _Offer] = {}
        self._numbers: OrderedDict[str, int] = OrderedDict()
        self._sent: OrderedDict[str, int] = OrderedDict()
        self._missed = 0

    def wait_for(
        self, entry_id: str, timeout_s: float, hand_in: Callable[[], None]
    ) -> Settled | None:
        """Wait until the hub has an entry, but not longer; not at all where it was too slow before.

        Args:
            hand_in: asks for the entry to be handed in.
        """
        offer = _Offer()
        with self._lock:
            if (settled := self._settled(entry_id)) is not None:
                return settled
            is_patient = self._missed < _MOST_MISSED
            if is_patient:
                self._waiting[entry_id] = offer
        hand_in()
        if not is_patient:
            return None
        offer.done.wait(timeout_s)
        with self._lock:
            del self._waiting[entry_id]
            self._missed = self._missed + 1 if offer.settled is None else 0
            return offer.settled

    def number_of(self, entry_id: str) -> int | None:
        """The number on the hub of an entry that came lately; None of any other."""
        with self._lock:
            return self._numbers.get(entry_id)

    def settle(self, sent: Mapping[str, int], came: Mapping[str, int], *, is_quick: bool) -> None:
        """Say what the hub has now, when all that came before is in the file.

        Args:
            sent, came: entry id → number on the hub. An own entry may come as well: another window
                of this desk handed it in.
            is_quick: a scan would have had its answer in time.
        """
        with self._lock:
            _remember(self._numbers, came)
            _remember(self._sent, sent)
            if sent and is_quick:
                self._missed = 0
            for entry_id, offer in self._waiting.items():
                if (settled := self._settled(entry_id)) is not None:
                    offer.settled = settled
                    offer.done.set()

    def _settled(self, entry_id: str) -> Settled | None:
        """The first number of an own entry, whichever window handed it in: by this one all others
        decide.
        """
        numbers = [of[entry_id] for of in (self._sent, self._numbers) if entry_id in of]
        return Settled(min(numbers)) if numbers else None

    def give_up(self) -> None:
        """Nobody waits for a hub that is gone; when it is back it may give other numbers."""
        with self._lock:
            self._numbers.clear()
            self._sent.clear()
            for offer in self._waiting.values():
                offer.done.set()


class _Offer:
    """One entry whose desk waits for the hub's word."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.settled: Settled | None = None


def _remember(numbers: OrderedDict[str, int], new: Mapping[str, int]) -> None:
    """An entry that comes in a second parcel keeps the number it came under first."""
    for entry_id, number in new.items():
        numbers.setdefault(entry_id, number)
    while len(numbers) > _REMEMBERED:
        numbers.popitem(last=False)
