"""What may be written to the print queue of a desk, in one transaction with the rest."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
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
from checkin_app.domain.print_jobs import PrintCause, PrintJobState
from checkin_app.domain.printers import PrinterId
from checkin_app.storage.jobs.print_jobs import IS_OPEN, JobValues, QueuedJob
from checkin_app.storage.rows import to_json

_IS_DEALT_WITH = "state IN ('done', 'cancelled')"


class PrintJobWrites:
    """What may be written to the jobs of an event file, in one transaction with the rest."""

    _connection: apsw.Connection
    now: datetime

    def add_print_job(
        self, desk_id: str, attendee_id: str, printer: PrinterId, cause: PrintCause
    ) -> str:
        """Let a badge wait to be printed. Returns the id of the job."""
        last: bytes | None = self._connection.execute("SELECT max(id) FROM print_job").get
        clock = next_clock(clock_of(last.hex()) if last else 0, self.now)
        job_id = entry_id(clock, secrets.randbits(RANDOM_BITS))
        at = milliseconds(self.now)
        self._connection.execute(
            "INSERT INTO print_job (id, desk, attendee, printer, state, cause, created_at,"
            " changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                bytes.fromhex(job_id),
                desk_id,
                bytes.fromhex(attendee_id),
                str(printer),
                PrintJobState.WAITING.value,
                cause.value,
                at,
                at,
            ),
        )
        return job_id

    def has_open_print_job(self, desk_id: str, attendee_id: str) -> bool:
        """Whether a badge of this person is on its way to a printer of the desk."""
        found = self._connection.execute(
            f"SELECT 1 FROM print_job WHERE desk = ? AND {IS_OPEN} AND attendee = ? LIMIT 1",
            (desk_id, bytes.fromhex(attendee_id)),
        ).get
        return found is not None

    def change_print_job(self, queued: QueuedJob, **values: Unpack[JobValues]) -> bool:
        """Change a job, unless it went on since it was read: then False, and nothing changed."""
        columns = dict(_columns(values))
        setting = ", ".join(f"{name} = ?" for name in columns)
        self._connection.execute(
            f"UPDATE print_job SET {setting}, changed_at = ?"
            " WHERE id = ? AND state = ? AND token = ?",
            (
                *columns.values(),
                milliseconds(self.now),
                bytes.fromhex(queued.job.id),
                queued.job.state.value,
                queued.token,
            ),
        )
        return self._connection.changes() == 1

    def cancel_arrival_print(self, desk_id: str, attendee_id: str) -> None:
        """Do not print the badge of somebody whose check-in is taken back: it waits or is held."""
        self._connection.execute(
            "UPDATE print_job SET state = ?, changed_at = ?"
            " WHERE desk = ? AND attendee = ? AND state IN ('waiting', 'held') AND cause = ?",
            (
                PrintJobState.CANCELLED.value,
                milliseconds(self.now),
                desk_id,
                bytes.fromhex(attendee_id),
                PrintCause.ARRIVAL.value,
            ),
        )

    def prune_print_jobs(self, desk_id: str, keep: int) -> None:
        """Forget the jobs of a desk that are over, but for the newest and those that failed: to
        these somebody has to see first.
        """
        self._connection.execute(
            f"DELETE FROM print_job WHERE desk = ? AND {_IS_DEALT_WITH} AND id NOT IN"
            f" (SELECT id FROM print_job WHERE desk = ? AND {_IS_DEALT_WITH}"
            " ORDER BY id DESC LIMIT ?)",
            (desk_id, desk_id, keep),
        )


def _columns(values: JobValues) -> Iterator[tuple[str, str | int | bytes]]:
    for name, value in values.items():
        match value:
            case str() if name == "attendee_id":
                yield "attendee", bytes.fromhex(value)
            case None:
                yield name, ""
            case Mapping():
                yield name, to_json(value)
            case int():
                yield name, value
            case _:
                yield name, str(value)
