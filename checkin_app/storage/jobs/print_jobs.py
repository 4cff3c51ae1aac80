"""The print queue of a desk in the event file: badges on their way to a printer.

A desk-side table: no part of the ledger, not folded, never sent to another desk. Each job belongs
to one desk by its id, so a copy of the file on another laptop prints nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypedDict

import apsw

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.ledger import from_milliseconds
from checkin_app.domain.print_jobs import JobTrouble, PrintCause, PrintJob, PrintJobState
from checkin_app.domain.printers import PrinterId, PrinterTrouble
from checkin_app.storage.rows import Row, stored_values

PRINT_JOBS = """
CREATE TABLE print_job (
    id BLOB PRIMARY KEY,
    desk TEXT NOT NULL,
    attendee BLOB NOT NULL,
    printer TEXT NOT NULL,
    state TEXT NOT NULL,
    cause TEXT NOT NULL,
    spooler_job TEXT NOT NULL DEFAULT '',
    token TEXT NOT NULL DEFAULT '',
    tries INTEGER NOT NULL DEFAULT 0,
    trouble TEXT NOT NULL DEFAULT '',
    wish TEXT NOT NULL DEFAULT '',
    moves_to TEXT NOT NULL DEFAULT '',
    printed TEXT NOT NULL DEFAULT '{}',
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX open_print_job ON print_job (desk)
    WHERE state IN ('waiting', 'held', 'sending', 'printing');
"""

IS_OPEN = "state IN ('waiting', 'held', 'sending', 'printing')"
_SELECT = (
    "SELECT job.id, job.attendee, person.first_name, person.last_name, printer, state, cause,"
    " created_at, changed_at, tries, spooler_job, trouble, token, wish, moves_to, printed"
    " FROM print_job AS job LEFT JOIN attendee AS person ON person.id = coalesce("
    "(SELECT into_attendee FROM merged WHERE merged.attendee = job.attendee AND holds),"
    " job.attendee)"
    " WHERE desk = ?"
)
_TROUBLES: Mapping[str, JobTrouble | PrinterTrouble] = {
    one.value: one for kind in (JobTrouble, PrinterTrouble) for one in kind
}

Reading = Callable[[], AbstractContextManager[apsw.Connection]]


class JobWish(StrEnum):
    """What somebody wants of a job that its spooler has, and must give back first."""

    NONE = ""
    CANCEL = "cancel"
    HOLD = "hold"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class QueuedJob:
    """A job with what only the queue needs of it.

    Attributes:
        token: under which it was handed over; empty until then.
        moves_to: where ``JobWish.MOVE`` wants it.
        printed: the payload of its ``badge printed`` entry, known once the badge was made.
    """

    job: PrintJob
    token: str = ""
    wish: JobWish = JobWish.NONE
    moves_to: PrinterId | None = None
    printed: Mapping[str, Any] = field(default_factory=dict)


class JobValues(TypedDict, total=False):
    """What may change about a job."""

    attendee_id: str
    state: PrintJobState
    printer: PrinterId
    cause: PrintCause
    spooler_job: str
    token: str
    tries: int
    trouble: JobTrouble | PrinterTrouble | None
    wish: JobWish
    moves_to: PrinterId | None
    printed: Mapping[str, Any]


class PrintJobs:
    """The print jobs in an event file."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def of_desk(self, desk_id: str) -> DeskJobs:
        """Those of one desk."""
        return DeskJobs(self._reading, desk_id)


class DeskJobs:
    """What may be asked of the print jobs of one desk. All methods raise ``EventFileError``."""

    def __init__(self, reading: Reading, desk_id: str) -> None:
        self._reading = reading
        self._desk_id = desk_id

    def open(
        self, *states: PrintJobState, printer: PrinterId | None = None, limit: int = -1
    ) -> tuple[QueuedJob, ...]:
        """The jobs that are not over, oldest first.

        Args:
            states: only those in one of these; without any, all.
            printer: only those of this one; None for any.
            limit: the oldest only; -1 for all.
        """
        wanted, bindings = [_SELECT, IS_OPEN], [self._desk_id]
        if states:
            wanted.append(f"state IN ({', '.join('?' * len(states))})")
            bindings += [state.value for state in states]
        if printer is not None:
            wanted.append("printer = ?")
            bindings.append(str(printer))
        query = f"{' AND '.join(wanted)} ORDER BY job.id LIMIT ?"
        with self._reading() as connection:
            return tuple(map(_queued, connection.execute(query, (*bindings, limit))))

    def counts(self) -> Mapping[tuple[PrinterId, PrintJobState], int]:
        """How many jobs that are not over each printer has in each state."""
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT printer, state, count(*) FROM print_job WHERE desk = ? AND {IS_OPEN}"
                " GROUP BY printer, state ORDER BY min(id)",
                (self._desk_id,),
            )
            return {
                (_printer(printer), PrintJobState(state)): count for printer, state, count in rows
            }

    def latest(self, limit: int) -> tuple[PrintJob, ...]:
        """First the jobs that are not over, then those that failed; the newest of each first."""
        order = f"{IS_OPEN} DESC, state = '{PrintJobState.FAILED.value}' DESC, job.id DESC"
        with self._reading() as connection:
            rows = connection.execute(f"{_SELECT} ORDER BY {order} LIMIT ?", (self._desk_id, limit))
            return tuple(_queued(row).job for row in rows)

    def find(self, job_id: str) -> QueuedJob | None:
        """One job, or None when the desk has none of this id."""
        with self._reading() as connection:
            rows = connection.execute(
                f"{_SELECT} AND job.id = ?", (self._desk_id, bytes.fromhex(job_id))
            )
            return next(map(_queued, rows), None)

    def last_accepted(self, printer: PrinterId) -> QueuedJob | None:
        """The job that ended last of those that a printer accepted; None when there is none."""
        with self._reading() as connection:
            rows = connection.execute(
                f"{_SELECT} AND printer = ? AND NOT {IS_OPEN} AND spooler_job != ''"
                " ORDER BY job.changed_at DESC LIMIT 1",
                (self._desk_id, str(printer)),
            )
            return next(map(_queued, rows), None)

    def failed_count(self) -> int:
        """How many jobs failed, and nobody has seen to them."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT count(*) FROM print_job WHERE desk = ? AND state = ?",
                (self._desk_id, PrintJobState.FAILED.value),
            )
            return int(rows.get)


@stored_values()
def _queued(row: Row) -> QueuedJob:
    (
        id_, attendee, first_name, last_name, printer, state, cause, created_at, changed_at,
        tries, spooler_job, trouble, token, wish, moves_to, printed,
    ) = row  # fmt: skip
    job = PrintJob(
        id=id_.hex(),
        attendee_id=attendee.hex(),
        name=Attendee("", first_name=first_name or "", last_name=last_name or "").full_name,
        printer=_printer(printer),
        state=PrintJobState(state),
        cause=PrintCause(cause),
        created_at=from_milliseconds(created_at),
        changed_at=from_milliseconds(changed_at),
        tries=tries,
        spooler_job=spooler_job,
        trouble=_TROUBLES[trouble] if trouble else None,
    )
    return QueuedJob(
        job,
        token,
        JobWish(wish),
        _printer(moves_to) if moves_to else None,
        json.loads(printed),
    )


def _printer(text: str) -> PrinterId:
    printer = PrinterId.from_text(text)
    if printer is None:
        raise ValueError
    return printer
