"""Mails that came back later: whose tickets did not reach them after all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.domain.ledger import EntryKind
from checkin_app.mailing.addresses import same_address
from checkin_app.mailing.returned_mail import ReturnedMail
from checkin_app.storage.event_file import EventFile


@dataclass(frozen=True, slots=True)
class BounceReport:
    """What was noted.

    Attributes:
        noted: people whose ticket counts as not sent from now on.
        not_sent: people of such an address who had been sent nothing, or of whom it was known.
        unknown: addresses of nobody on the list.
    """

    noted: tuple[Attendee, ...]
    not_sent: tuple[Attendee, ...]
    unknown: tuple[str, ...]


def note_bounces(
    event_file: EventFile, desk: str, now: datetime, returned: Iterable[ReturnedMail]
) -> BounceReport:
    """Note mails that came back. Everybody of an address is meant, for it reaches nobody.

    Raises:
        EventFileError: the file cannot be written.
    """
    people = _People(event_file)
    noted: dict[str, Attendee] = {}
    not_sent: dict[str, Attendee] = {}
    unknown: list[str] = []
    with event_file.transaction(desk, now) as transaction:
        for mail in returned:
            meant = people.of(mail)
            if not meant:
                unknown.append(mail.address)
            for record in meant:
                person = record.attendee
                was_with_server = transaction.mail_came_back(person.id, mail.reason)
                current = transaction.record(person.id)
                if current is not None and current.ticket_sent_at is not None:
                    payload = {"reason": mail.reason} if mail.reason else {}
                    transaction.append(EntryKind.TICKET_BOUNCED, person.id, payload=payload)
                    noted[person.id] = person
                elif was_with_server:
                    noted[person.id] = person
                elif person.id not in noted:
                    not_sent[person.id] = person
    return BounceReport(tuple(noted.values()), tuple(not_sent.values()), tuple(unknown))


class _People:
    """Whom a returned mail was for."""

    def __init__(self, event_file: EventFile) -> None:
        self._file = event_file
        self._by_address: dict[str, list[AttendeeRecord]] = {}
        for record in event_file.records():
            if address := same_address(record.attendee.email):
                self._by_address.setdefault(address, []).append(record)

    def of(self, mail: ReturnedMail) -> tuple[AttendeeRecord, ...]:
        """By address; where that was another one on the way, by the mail that is quoted."""
        found = self._by_address.get(mail.address)
        if found:
            return tuple(found)
        attendee_id = self._file.mail_jobs.person_of_token(mail.token)
        record = self._file.record(attendee_id) if attendee_id else None
        return (record,) if record is not None else ()
