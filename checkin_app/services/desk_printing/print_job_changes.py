"""What is written about a print job: each change whole, and only if the job did not go on since.

That a badge was printed is noted in the ledger together with the end of its job, so it is noted
once however the program ends.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Unpack

from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.print_jobs import JobTrouble, PrintCause, PrintJobState
from checkin_app.domain.printers import PrinterId
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.jobs.print_jobs import JobValues, JobWish, QueuedJob

_OF_QUEUED = ("token", "wish", "moves_to", "printed")
"""The values that are not the job's own."""
PER_TRANSACTION = 200
"""Jobs; somebody at the desk may be waiting for a scan to be stored meanwhile."""


class PrintJobChanges:
    """Changes the jobs of one desk. What a method changes of a job is one durable transaction.

    All raise ``EventFileError``.
    """

    def __init__(
        self,
        event_file: EventFile,
        desk_id: str,
        desk_name: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._file = event_file
        self._desk_id = desk_id
        self._desk_name = desk_name
        self._clock = clock

    def put(self, queued: QueuedJob, state: PrintJobState) -> bool:
        """Put a job that no spooler has into another state; False if it went on."""
        changed = self.change(queued, state=state, wish=JobWish.NONE, moves_to=None)
        return changed is not None

    def start_anew(self, queued: QueuedJob, cause: PrintCause, printer: PrinterId) -> bool:
        """Let a job that no spooler has wait for a printer, as if new; False if it went on."""
        values = _as_new(printer)
        values["cause"] = cause
        return self.change(queued, **values) is not None

    def put_all(self, jobs: Sequence[QueuedJob], state: PrintJobState) -> None:
        """``put`` for many, some in each transaction; those that went on are left alone."""
        self._change_all(jobs, state=state, wish=JobWish.NONE, moves_to=None)

    def move_all(self, jobs: Sequence[QueuedJob], printer: PrinterId) -> None:
        """Let many jobs that no spooler has wait for another printer, as if new."""
        self._change_all(jobs, **_as_new(printer))

    def to_who_stays(self, waiting: QueuedJob) -> QueuedJob | None:
        """The job of somebody who was merged since is that of whoever stays of the two.

        A badge on arrival is not printed where that person has one, or another one waits.

        Returns:
            The job, changed or not; None when it went on, or is not printed.
        """
        job = waiting.job
        record = self._file.record(job.attendee_id)
        if record is None or not record.merged_into:
            return waiting
        with self._file.transaction(self._desk_name, self._clock()) as transaction:
            kept_id = transaction.who_stays(job.attendee_id)
            kept = transaction.record(kept_id)
            if kept_id == job.attendee_id or kept is None:
                return waiting
            values = JobValues(attendee_id=kept_id)
            if job.cause is PrintCause.ARRIVAL and (
                kept.has_good_badge or transaction.has_open_print_job(self._desk_id, kept_id)
            ):
                values = JobValues(state=PrintJobState.CANCELLED)
            has_changed = transaction.change_print_job(waiting, **values)
        changed = _changed(waiting, values)
        return changed if has_changed and not changed.job.state.is_over else None

    def give_back(self, queued: QueuedJob) -> PrintJobState:
        """No spooler has a job: put it where it was wished to, or let it wait. Returns which."""
        state, printer = PrintJobState.WAITING, queued.job.printer
        match queued.wish:
            case JobWish.CANCEL:
                state = PrintJobState.CANCELLED
            case JobWish.HOLD:
                state = PrintJobState.HELD
            case _:
                printer = queued.moves_to or printer
        self.change(
            queued,
            state=state,
            printer=printer,
            wish=JobWish.NONE,
            moves_to=None,
            token="",
            spooler_job="",
        )
        return state

    def fail(self, queued: QueuedJob, trouble: JobTrouble) -> None:
        """Leave a job to a person, whatever was wished of it."""
        self.change(
            queued,
            state=PrintJobState.FAILED,
            trouble=trouble,
            wish=JobWish.NONE,
            moves_to=None,
        )

    def finish(self, queued: QueuedJob, spooler_job: str) -> None:
        """The badge is there: end the job and note it in the ledger, both or neither."""
        with self._file.transaction(self._desk_name, self._clock()) as transaction:
            is_news = transaction.change_print_job(
                queued,
                state=PrintJobState.DONE,
                spooler_job=spooler_job,
                trouble=None,
                wish=JobWish.NONE,
                moves_to=None,
            )
            if is_news:
                transaction.append(
                    EntryKind.BADGE_PRINTED, queued.job.attendee_id, payload=queued.printed
                )

    def change(self, queued: QueuedJob, **values: Unpack[JobValues]) -> QueuedJob | None:
        """Change a job; None when it went on since it was read, and nothing changed."""
        with self._file.transaction(self._desk_name, self._clock()) as transaction:
            changed = transaction.change_print_job(queued, **values)
        return _changed(queued, values) if changed else None

    def _change_all(self, jobs: Sequence[QueuedJob], **values: Unpack[JobValues]) -> None:
        for first in range(0, len(jobs), PER_TRANSACTION):
            with self._file.transaction(self._desk_name, self._clock()) as transaction:
                for queued in jobs[first : first + PER_TRANSACTION]:
                    transaction.change_print_job(queued, **values)


def _as_new(printer: PrinterId) -> JobValues:
    return JobValues(
        state=PrintJobState.WAITING,
        printer=printer,
        tries=0,
        trouble=None,
        wish=JobWish.NONE,
        moves_to=None,
        token="",
        spooler_job="",
    )


def _changed(queued: QueuedJob, values: JobValues) -> QueuedJob:
    given: dict[str, Any] = dict(values)
    own = {name: given.pop(name) for name in _OF_QUEUED if name in given}
    return replace(queued, job=replace(queued.job, **given), **own)
