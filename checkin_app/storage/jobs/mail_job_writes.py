"""What may be written to the mailings of a desk, in one transaction with the rest."""

from __future__ import annotations

import secrets
from array import array
from collections.abc import Mapping
from datetime import datetime
from typing import Unpack

import apsw

from checkin_app.domain.ledger import (
    RANDOM_BITS,
    clock_of,
    entry_id,
    milliseconds,
    next_clock,
)
from checkin_app.domain.mailings import MailDraft, MailJob
from checkin_app.storage.jobs.mail_jobs import IS_OPEN, MailValues, column_values, draft_document
from checkin_app.storage.rows import to_json


class MailJobWrites:
    """What may be written to the mails of an event file, in one transaction with the rest."""

    _connection: apsw.Connection
    now: datetime

    def has_unfinished_mailing(self, desk_id: str) -> bool:
        """Whether a mailing of a desk still has mails to send."""
        found = self._connection.execute(
            "SELECT 1 FROM mailing JOIN mail_job AS job ON job.mailing = mailing.id"
            " WHERE desk = ? AND state IN ('waiting', 'sending') LIMIT 1",
            (desk_id,),
        ).get
        return found is not None

    def people_with_open_mail(self) -> frozenset[str]:
        """Ids of those to whom a mail is under way, or may have gone out, at any desk."""
        rows = self._connection.execute(f"SELECT DISTINCT attendee FROM mail_job WHERE {IS_OPEN}")
        return frozenset(id_.hex() for (id_,) in rows)

    def has_other_open_mail(self, job: MailJob) -> bool:
        """Whether another mail to the same person is under way, or may have gone out."""
        found = self._connection.execute(
            f"SELECT 1 FROM mail_job WHERE attendee = ? AND id <> ? AND {IS_OPEN} LIMIT 1",
            (bytes.fromhex(job.attendee_id), bytes.fromhex(job.id)),
        ).get
        return found is not None

    def add_mailing(
        self, desk_id: str, draft: MailDraft, people: Mapping[str, datetime | None]
    ) -> str:
        """Let a mail to each of these people wait to be sent. Returns the id of the mailing.

        Args:
            people: their ids, and when each was sent a ticket before, as far as the sender knows.
        """
        last: bytes | None = self._connection.execute(
            "SELECT max(id) FROM (SELECT max(id) AS id FROM mailing"
            " UNION ALL SELECT max(id) FROM mail_job)"
        ).get
        clock = next_clock(clock_of(last.hex()) if last else 0, self.now)
        at = milliseconds(self.now)
        bits = array("Q", secrets.token_bytes(8 * (len(people) + 1)))
        ids = [
            bytes.fromhex(entry_id(clock + place, one >> 64 - RANDOM_BITS))
            for place, one in enumerate(bits)
        ]
        self._connection.execute(
            "INSERT INTO mailing (id, desk, document, created_at) VALUES (?, ?, ?, ?)",
            (ids[0], desk_id, to_json(draft_document(draft)), at),
        )
        self._connection.executemany(
            "INSERT INTO mail_job (id, mailing, attendee, state, sent_before, changed_at)"
            " VALUES (?, ?, ?, 'waiting', ?, ?)",
            (
                (id_, ids[0], bytes.fromhex(person), milliseconds(before) if before else 0, at)
                for id_, (person, before) in zip(ids[1:], people.items(), strict=True)
            ),
        )
        return ids[0].hex()

    def change_mail_job(self, job: MailJob, **values: Unpack[MailValues]) -> bool:
        """Change a mail, unless it went on since it was read: then False, and nothing changed."""
        columns = column_values(values)
        setting = ", ".join(f"{name} = ?" for name in columns)
        self._connection.execute(
            f"UPDATE mail_job SET {setting}, changed_at = ?"
            " WHERE id = ? AND state = ? AND token = ?",
            (
                *columns.values(),
                milliseconds(self.now),
                bytes.fromhex(job.id),
                job.state.value,
                job.token,
            ),
        )
        return self._connection.changes() == 1

    def cancel_mailing(self, mailing_id: str) -> int:
        """Let nothing more of a mailing be sent. Returns how many mails still waited."""
        self._connection.execute(
            "UPDATE mail_job SET state = 'cancelled', changed_at = ?"
            " WHERE mailing = ? AND state = 'waiting'",
            (milliseconds(self.now), bytes.fromhex(mailing_id)),
        )
        return self._connection.changes()

    def cancel_mailings_of_others(self, desk_id: str) -> int:
        """Let other desks than this send nothing more. Returns how many mails still waited."""
        self._connection.execute(
            "UPDATE mail_job SET state = 'cancelled', changed_at = ? WHERE state = 'waiting'"
            " AND mailing IN (SELECT id FROM mailing WHERE desk <> ?)",
            (milliseconds(self.now), desk_id),
        )
        return self._connection.changes()

    def mail_interrupted(self, desk_id: str, *, of_others: bool = False) -> int:
        """Call those mails unsure that were being sent when the program ended. Returns how many.

        Args:
            of_others: not those of this desk, but of all others.
        """
        self._connection.execute(
            "UPDATE mail_job SET state = 'unsure', changed_at = ? WHERE state = 'sending'"
            f" AND mailing IN (SELECT id FROM mailing WHERE desk {'<>' if of_others else '='} ?)",
            (milliseconds(self.now), desk_id),
        )
        return self._connection.changes()

    def mail_came_back(self, attendee_id: str, reason: str) -> bool:
        """Call the last mail that reached a server for this person bounced; False without one."""
        self._connection.execute(
            "UPDATE mail_job SET state = 'bounced', reason = ?, changed_at = ?"
            " WHERE id = (SELECT id FROM mail_job WHERE attendee = ?"
            " AND state IN ('sent', 'unsure') ORDER BY id DESC LIMIT 1)",
            (reason, milliseconds(self.now), bytes.fromhex(attendee_id)),
        )
        return self._connection.changes() == 1
