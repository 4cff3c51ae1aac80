"""Whether somebody who is let in gets a badge from the desk's printer.

The job is part of the transaction that records the check-in: whoever was let in has a badge
waiting, and whoever was not has none, however the program ends.
"""

from __future__ import annotations

from dataclasses import dataclass

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.print_jobs import PrintCause
from checkin_app.domain.printers import PrinterId
from checkin_app.settings.device_settings import PrintingSettings, PrintOnArrival
from checkin_app.storage.event_transaction import EventTransaction


@dataclass(frozen=True, slots=True)
class ArrivalPrinting:
    """What a desk prints on arrival.

    Attributes:
        categories: only people of these; empty for all.
        is_repeated: also those who have a badge already.
    """

    desk_id: str
    printer: PrinterId
    categories: tuple[str, ...] = ()
    is_repeated: bool = False

    @staticmethod
    def chosen(desk_id: str, choice: PrintingSettings) -> ArrivalPrinting | None:
        """What the settings say; None where nothing is printed on arrival."""
        printer = PrinterId.from_text(choice.printer)
        if printer is None or choice.when is PrintOnArrival.NEVER:
            return None
        return ArrivalPrinting(
            desk_id, printer, choice.categories, choice.when is PrintOnArrival.ALWAYS
        )

    def add_job(self, transaction: EventTransaction, record: AttendeeRecord) -> bool:
        """Let the badge of somebody who came in wait for the printer. Returns whether it does."""
        person = record.attendee
        if self.categories and person.category not in self.categories:
            return False
        if not self.is_repeated and self._has_badge(transaction, record):
            return False
        transaction.add_print_job(self.desk_id, person.id, self.printer, PrintCause.ARRIVAL)
        return True

    def take_back(self, transaction: EventTransaction, attendee_id: str) -> None:
        """The check-in was a mistake: a badge that waits, or is on hold, is not printed."""
        transaction.cancel_arrival_print(self.desk_id, attendee_id)

    def _has_badge(self, transaction: EventTransaction, record: AttendeeRecord) -> bool:
        return record.has_good_badge or transaction.has_open_print_job(
            self.desk_id, record.attendee.id
        )
