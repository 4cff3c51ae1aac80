"""The mailings of a desk in the event file: tickets on their way to people's mailboxes.

Desk-side tables as ``print_jobs``: no part of the ledger, not folded, never sent to another desk.
A mailing belongs to one desk by its id, so a copy of the file on another laptop sends nothing.
They hold no name and no address; that a ticket was sent is an entry of the ledger.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, TypedDict

import apsw

from checkin_app.domain.ledger import EntryKind, from_milliseconds, milliseconds
from checkin_app.domain.mailings import (
    EventIdentity,
    MailDraft,
    Mailing,
    MailJob,
    MailState,
    MailText,
    TicketSize,
)
from checkin_app.storage.kept import kept_documents
from checkin_app.storage.rows import Row, stored_values

MAIL_JOBS = """
CREATE TABLE mailing (
    id BLOB PRIMARY KEY,
    desk TEXT NOT NULL,
    document TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE mail_job (
    id BLOB PRIMARY KEY,
    mailing BLOB NOT NULL,
    attendee BLOB NOT NULL,
    state TEXT NOT NULL,
    token TEXT NOT NULL DEFAULT '',
    tries INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    retry_at INTEGER NOT NULL DEFAULT 0,
    sent_before INTEGER NOT NULL DEFAULT 0,
    made_after BLOB NOT NULL DEFAULT x'',
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_mail_job ON mail_job (mailing, retry_at, id) WHERE state = 'waiting';
CREATE INDEX mail_job_by_attendee ON mail_job (attendee);
CREATE INDEX mail_job_by_token ON mail_job (token) WHERE token <> '';
CREATE INDEX mail_job_by_mailing ON mail_job (mailing, state);
"""

_COLUMNS = (
    "job.id, mailing, attendee, state, job.changed_at, token, tries, reason, retry_at, sent_before"
)
IS_OPEN = "state IN ('waiting', 'sending', 'unsure')"
"""Nobody gets a second mail while one may still go out, or may have gone out."""
_OF_DESK = "FROM mail_job AS job JOIN mailing ON mailing.id = job.mailing WHERE desk = ?"

Reading = Callable[[], AbstractContextManager[apsw.Connection]]


class MailValues(TypedDict, total=False):
    """What may change about a job."""

    state: MailState
    token: str
    tries: int
    reason: str
    retry_at: datetime
    made_after: bytes


class MailJobs:
    """What an event file knows of mails."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def of_desk(self, desk_id: str) -> DeskMail:
        """The mailings of one desk."""
        return DeskMail(self._reading, desk_id)

    def texts(self) -> dict[str, dict[str, Any]]:
        """The texts that the event keeps for its mails, name → document."""
        with self._reading() as connection:
            return kept_documents(connection, EntryKind.MAIL_TEXT_KEPT)

    def identity(self) -> EventIdentity:
        """What tells this event from any other."""
        with self._reading() as connection:
            rows: list[Any] = connection.execute(
                "SELECT min(id), count(*) FROM entry WHERE attendee IS NULL AND kind = ?",
                (EntryKind.EVENT_DESCRIBED.value,),
            ).fetchall()
            ((first, count),) = rows
            return EventIdentity(first.hex(), count - 1)

    def people_with(self, *states: MailState) -> frozenset[str]:
        """Ids of those to whom a mail of any desk is in one of these states."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT attendee FROM mail_job"
                f" WHERE state IN ({', '.join('?' * len(states))})",
                tuple(state.value for state in states),
            )
            return frozenset(id_.hex() for (id_,) in rows)

    def last_jobs(self, *states: MailState, limit: int = -1) -> tuple[MailJob, ...]:
        """Everybody's last mail that is in one of these states, the last changed first.

        Args:
            limit: the newest only; -1 for all.
        """
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM mail_job AS job"
                f" WHERE state IN ({', '.join('?' * len(states))})"
                " AND id = (SELECT max(id) FROM mail_job WHERE attendee = job.attendee)"
                " ORDER BY job.changed_at DESC, job.id DESC LIMIT ?",
                (*(state.value for state in states), limit),
            )
            return tuple(map(_job, rows))

    def find(self, job_id: str) -> MailJob | None:
        """One mail, or None when there is none of this id."""
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM mail_job AS job WHERE id = ?", (bytes.fromhex(job_id),)
            )
            return next(map(_job, rows), None)

    def person_of_token(self, token: str) -> str:
        """Whom the mail of this token went to; empty when there is none."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT attendee FROM mail_job WHERE token = ? AND token <> ''", (token,)
            )
            return next((id_.hex() for (id_,) in rows), "")

    def people_not_reached(self) -> frozenset[str]:
        """Ids of those whose last mail was refused or came back, and whose address is the same.

        What was corrected after the mail was made counts, also before it came back. That is seen
        by the order of the ledger: clocks of laptops differ, and are set.
        """
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT attendee FROM mail_job AS job WHERE state IN ('refused', 'bounced')"
                " AND id = (SELECT max(id) FROM mail_job WHERE attendee = job.attendee)"
                " AND NOT EXISTS (SELECT 1 FROM entry WHERE entry.attendee = job.attendee"
                " AND kind = ? AND entry.id > job.made_after"
                " AND payload ->> '$.changes.email' IS NOT NULL)",
                (EntryKind.AMENDED.value,),
            )
            return frozenset(id_.hex() for (id_,) in rows)

    def last_entry(self, attendee_id: str) -> bytes:
        """The id of the newest entry about a person, as ``made_after`` of a mail holds it."""
        with self._reading() as connection:
            last: bytes | None = connection.execute(
                "SELECT max(id) FROM entry WHERE attendee = ?", (bytes.fromhex(attendee_id),)
            ).get
            return last or b""

    def people_with_newer_code(self) -> frozenset[str]:
        """Ids of those who got another code after their ticket was sent."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT id FROM attendee AS person WHERE ticket_sent_at NOT NULL"
                " AND number IN (SELECT attendee FROM code WHERE NOT current)"
                " AND EXISTS (SELECT 1 FROM entry WHERE entry.attendee = person.id"
                " AND kind = ? AND at > ticket_sent_at)",
                (EntryKind.CODE_REPLACED.value,),
            )
            return frozenset(id_.hex() for (id_,) in rows)


class DeskMail:
    """What may be asked of the mailings of one desk. All methods raise ``EventFileError``."""

    def __init__(self, reading: Reading, desk_id: str) -> None:
        self._reading = reading
        self._desk_id = desk_id

    def mailing(self, mailing_id: str) -> Mailing | None:
        """One mailing, or None when the desk has none of this id."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT id, document, created_at FROM mailing WHERE desk = ? AND id = ?",
                (self._desk_id, bytes.fromhex(mailing_id)),
            )
            return next(map(_mailing, rows), None)

    def unfinished(self) -> Mailing | None:
        """The oldest mailing that still has mails to send."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT id, document, created_at FROM mailing WHERE desk = ? AND EXISTS (SELECT 1"
                " FROM mail_job WHERE mailing = mailing.id AND state IN ('waiting', 'sending'))"
                " ORDER BY id LIMIT 1",
                (self._desk_id,),
            )
            return next(map(_mailing, rows), None)

    def waiting_elsewhere(self) -> int:
        """How many mails other desks have to send."""
        with self._reading() as connection:
            count: int = connection.execute(
                "SELECT count(*) FROM mail_job JOIN mailing ON mailing.id = mail_job.mailing"
                " WHERE desk <> ? AND state IN ('waiting', 'sending')",
                (self._desk_id,),
            ).get
            return count

    def is_sending(self) -> bool:
        """Whether a mail is being sent, or was when the program ended."""
        with self._reading() as connection:
            found = connection.execute(
                f"SELECT 1 {_OF_DESK} AND state = 'sending' LIMIT 1", (self._desk_id,)
            ).get
            return found is not None

    def counts(self, mailing_id: str) -> Mapping[MailState, int]:
        """How many mails of a mailing are in each state."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT state, count(*) FROM mail_job WHERE mailing = ? GROUP BY state",
                (bytes.fromhex(mailing_id),),
            )
            return {MailState(state): count for state, count in rows}

    def next_waiting(self, mailing_id: str) -> MailJob | None:
        """The mail that may be sent first."""
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} {_OF_DESK} AND mailing = ? AND state = 'waiting'"
                " ORDER BY retry_at, job.id LIMIT 1",
                (self._desk_id, bytes.fromhex(mailing_id)),
            )
            return next(map(_job, rows), None)


def draft_document(draft: MailDraft) -> dict[str, Any]:
    """A draft as JSON values."""
    return {
        "subject": draft.text.subject,
        "body": draft.text.body,
        "ticket": draft.ticket.value if draft.ticket else None,
        "invitation": draft.has_invitation,
        "sessions": draft.has_sessions,
    }


def column_values(values: MailValues) -> dict[str, str | int | bytes]:
    """What changes about a job as the columns hold it."""
    return {
        name: milliseconds(value) if isinstance(value, datetime) else value  # type: ignore[misc]
        for name, value in values.items()
    }


@stored_values()
def _mailing(row: Row) -> Mailing:
    id_, text, created_at = row
    document = json.loads(text)
    ticket = document["ticket"]
    draft = MailDraft(
        MailText(document["subject"], document["body"]),
        TicketSize(ticket) if ticket else None,
        document["invitation"],
        document["sessions"],
    )
    return Mailing(id_.hex(), draft, from_milliseconds(created_at))


@stored_values()
def _job(row: Row) -> MailJob:
    id_, mailing, attendee, state, changed_at, token, tries, reason, retry_at, sent_before = row
    return MailJob(
        id=id_.hex(),
        mailing_id=mailing.hex(),
        attendee_id=attendee.hex(),
        state=MailState(state),
        changed_at=from_milliseconds(changed_at),
        token=token,
        tries=tries,
        reason=reason,
        retry_at=from_milliseconds(retry_at) if retry_at else None,
        sent_before=from_milliseconds(sent_before) if sent_before else None,
    )
