"""One badge, one step further: made, handed to its spooler, asked about, taken back, noted.

The order of writing makes it safe to end at any moment. That a badge is being sent, and under
which token, is on the disk before the spooler hears of it, so that afterwards the spooler can be
asked whether it took it.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_prints import BadgePrint
from checkin_app.domain.print_jobs import JobTrouble, PrintJobState
from checkin_app.domain.printers import BadgeSheet, PrinterId, PrinterTrouble
from checkin_app.errors import (
    Cancelled,
    CheckinError,
    EventFileError,
    PrinterError,
    PrinterUncertain,
)
from checkin_app.fault_log import describe_fault
from checkin_app.printing.printer_setups import PrinterSetups
from checkin_app.printing.spooler import SpooledJob, SpooledState
from checkin_app.services.desk_printing.badge_maker import BadgeMaker, MadeBadge
from checkin_app.services.desk_printing.print_job_changes import PrintJobChanges
from checkin_app.services.desk_printing.printer_watch import PrinterWatch, asked
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.jobs.print_jobs import DeskJobs, QueuedJob

MOST_TRIES = 3
"""How often a badge is handed to a printer that seems well and does not take it."""
_STILL_ARRIVING_S = 2.0
"""A spooler may yet be taking in what a process sent that is no more."""
_FORGOTTEN_AFTER_S = 30.0
_TOKEN_BYTES = 8
_AWAY = (PrinterTrouble.OFFLINE, PrinterTrouble.GONE)
_ENDED = (SpooledState.DONE, SpooledState.CANCELLED, SpooledState.FAILED)

_log = logging.getLogger(__name__)


class PrintJobSteps:
    """Takes jobs of one desk further.

    All methods raise ``EventFileError``, and ``send`` raises ``Cancelled`` when the program ends;
    all other troubles are noted with the job.
    """

    def __init__(
        self,
        event_file: EventFile,
        jobs: DeskJobs,
        changes: PrintJobChanges,
        watch: PrinterWatch,
        badge_maker: BadgeMaker,
        setups: PrinterSetups,
        clock: Callable[[], datetime],
    ) -> None:
        self._file = event_file
        self._jobs = jobs
        self._changes = changes
        self._watch = watch
        self._badges = badge_maker
        self._setups = setups
        self._clock = clock
        self._accepted: dict[str, SpooledJob] = {}
        self._missing_since: dict[str, datetime] = {}

    def send(self, waiting: QueuedJob) -> PrintJobState:
        """Make the badge of a job that waits, and hand it over. Returns how far the job is."""
        if waiting.wish:
            # Somebody wished it while it was being refused.
            return self._grant(waiting)
        job = waiting.job
        record = self._file.record(job.attendee_id)
        if record is None:
            return self._fail(waiting, JobTrouble.PERSON_GONE)
        made = self._made(record.attendee, job.printer)
        if made is None:
            return self._fail(waiting, JobTrouble.NOT_COMPOSED)
        reason = job.cause.value if job.cause.is_reprint else ""
        printed = BadgePrint(record.attendee, fields=made.fields, reason=reason).payload()
        sending = self._changes.change(
            waiting,
            state=PrintJobState.SENDING,
            token=secrets.token_hex(_TOKEN_BYTES),
            tries=job.tries + 1,
            trouble=None,
            printed=printed,
        )
        return job.state if sending is None else self._submit(sending, made.sheet)

    def send_sheet(self, printer: PrinterId, sheet: BadgeSheet) -> SpooledJob:
        """Hand over what is nobody's badge, of which nothing is noted.

        Raises:
            PrinterError: it was not accepted.
        """
        spooler = self._watch.spooler(printer)
        token = secrets.token_hex(_TOKEN_BYTES)
        spooled = asked(lambda: spooler.submit(printer.address, sheet, token))
        self._watch.trust(printer)
        self._count(printer, 1)
        return spooled

    def settle(self, sending: QueuedJob) -> None:
        """Find out what became of a job that was being sent when the program ended."""
        try:
            spooled = self._accepted.get(sending.job.id) or self._found(sending)
        except PrinterError:
            self._lose_patience(sending)
            return
        if spooled is None:
            if self._is_missing_for(sending.job.id, _STILL_ARRIVING_S):
                self._grant(sending)
        elif spooled.state is SpooledState.UNKNOWN:
            self._fail(sending, JobTrouble.UNCERTAIN)
        else:
            self._go_on(sending, spooled)

    def follow(self, printing: QueuedJob) -> None:
        """Ask the spooler how it gets on with a job, or take back what somebody wants back."""
        if printing.wish:
            self.take_back(printing)
            return
        try:
            spooled = self._asked_about(printing)
        except PrinterError:
            return
        if spooled.state is not SpooledState.UNKNOWN:
            self._missing_since.pop(printing.job.id, None)
            self._go_on(printing, spooled)
        elif not self._watch.spooler(printing.job.printer).remembers or self._is_missing_for(
            printing.job.id, _FORGOTTEN_AFTER_S
        ):
            self._fail(printing, JobTrouble.UNCERTAIN)

    def take_back(self, printing: QueuedJob) -> None:
        """Do what somebody wishes of a job that the spooler has, unless it is too late.

        The wish is on the disk, so that a job which was given back just before the program ended
        goes where it was meant to.
        """
        job = printing.job
        try:
            spooler = self._watch.spooler(job.printer)
            spooled = self._asked_about(printing)
            if spooled.state not in _ENDED and asked(
                lambda: spooler.cancel(job.printer.address, job.spooler_job)
            ):
                spooled = replace(spooled, state=SpooledState.CANCELLED)
            elif spooled.state not in _ENDED:
                spooled = self._asked_about(printing)
        except PrinterError:
            self._lose_patience(printing)
            return
        match spooled.state:
            case SpooledState.DONE:
                self._finish(printing, spooled)
            case SpooledState.CANCELLED | SpooledState.FAILED:
                self._count(job.printer, -1)
                self._grant(printing)
            case SpooledState.UNKNOWN:
                self._lose_patience(printing)
            case _ if self._watch.stopped_by(job.printer) in _AWAY:
                self._lose_patience(printing)
            case _:
                # It is coming out. Should the printer stop before, it is taken back then.
                self._missing_since.pop(job.id, None)

    def _made(self, attendee: Attendee, printer: PrinterId) -> MadeBadge | None:
        try:
            return self._badges.make(attendee, printer)
        except (EventFileError, Cancelled):
            raise
        except CheckinError as error:
            _log.warning(describe_fault(error))
        except Exception as error:  # noqa: BLE001 - one badge must not keep the others waiting
            _log.error(describe_fault(error))
        return None

    def _submit(self, sending: QueuedJob, sheet: BadgeSheet) -> PrintJobState:
        job = sending.job
        try:
            spooler = self._watch.spooler(job.printer)
            spooled = spooler.submit(job.printer.address, sheet, sending.token)
        except PrinterUncertain as error:
            _log.warning(describe_fault(error))
            return PrintJobState.SENDING
        except PrinterError as error:
            _log.warning(describe_fault(error))
            return self._refused(sending)
        except Exception as error:  # noqa: BLE001 - whether it was accepted is asked in a moment
            _log.error(describe_fault(error))
            return PrintJobState.SENDING
        # Should the disk fail now, the next round knows all the same.
        self._accepted[job.id] = spooled
        self._watch.accepted(job.printer)
        self._count(job.printer, 1)
        return self._go_on(sending, spooled)

    def _refused(self, queued: QueuedJob) -> PrintJobState:
        job = queued.job
        self._watch.refused(job.printer)
        if self._watch.stopped_by(job.printer) is None and job.tries >= MOST_TRIES:
            return self._fail(queued, JobTrouble.NOT_ACCEPTED)
        self._forget(job.id)
        self._changes.change(queued, state=PrintJobState.WAITING, token="", spooler_job="")
        return PrintJobState.WAITING

    def _go_on(self, queued: QueuedJob, spooled: SpooledJob) -> PrintJobState:
        """Take a job as far as its spooler is."""
        job = queued.job
        match spooled.state:
            case SpooledState.DONE:
                return self._finish(queued, spooled)
            case SpooledState.CANCELLED | SpooledState.FAILED if queued.wish:
                self._count(job.printer, -1)
                return self._grant(queued)
            case SpooledState.CANCELLED:
                return self._fail(queued, JobTrouble.STOPPED_AT_PRINTER)
            case SpooledState.FAILED:
                self._count(job.printer, -1)
                return self._refused(queued)
            case _ if job.state is PrintJobState.SENDING:
                self._changes.change(queued, state=PrintJobState.PRINTING, spooler_job=spooled.id)
                self._forget(job.id)
        return PrintJobState.PRINTING

    def _finish(self, queued: QueuedJob, spooled: SpooledJob) -> PrintJobState:
        self._changes.finish(queued, spooled.id)
        self._forget(queued.job.id)
        self._watch.trust(queued.job.printer)
        return PrintJobState.DONE

    def _fail(self, queued: QueuedJob, trouble: JobTrouble) -> PrintJobState:
        self._forget(queued.job.id)
        self._changes.fail(queued, trouble)
        return PrintJobState.FAILED

    def _grant(self, queued: QueuedJob) -> PrintJobState:
        """No spooler has a job: let it go where it was wished to, or wait."""
        self._forget(queued.job.id)
        return self._changes.give_back(queued)

    def _lose_patience(self, queued: QueuedJob) -> None:
        """Of a job that is wanted back nothing can be learned: in the end a person has to look.

        Without a wish there is time: the printer may be back in an hour and tell.
        """
        if queued.wish and self._is_missing_for(queued.job.id, _FORGOTTEN_AFTER_S):
            self._fail(queued, JobTrouble.UNCERTAIN)

    def _asked_about(self, printing: QueuedJob) -> SpooledJob:
        job = printing.job
        spooler = self._watch.spooler(job.printer)
        return asked(lambda: spooler.job(job.printer.address, job.spooler_job))

    def _found(self, sending: QueuedJob) -> SpooledJob | None:
        """What its spooler knows of a job; None when it never had it.

        Raises:
            PrinterError: it cannot be asked.
        """
        printer, unknown = sending.job.printer, SpooledJob("", SpooledState.UNKNOWN)
        spooler = self._watch.spooler(printer)
        if not spooler.remembers:
            return unknown
        found = asked(lambda: spooler.find(printer.address, sending.token))
        last = self._jobs.last_accepted(printer) if found is None else None
        # Who has forgotten the last one cannot say that he never had this one.
        is_forgetful = last is not None and self._asked_about(last).state is SpooledState.UNKNOWN
        return unknown if is_forgetful else found

    def _is_missing_for(self, job_id: str, seconds: float) -> bool:
        now = self._clock()
        since = self._missing_since.setdefault(job_id, now)
        return abs((now - since).total_seconds()) >= seconds

    def _count(self, printer: PrinterId, labels: int) -> None:
        try:
            self._setups.count(printer, labels)
        except CheckinError as error:
            # A wrong number of labels is no reason to stop printing them.
            _log.warning(describe_fault(error))

    def _forget(self, job_id: str) -> None:
        self._accepted.pop(job_id, None)
        self._missing_since.pop(job_id, None)
