"""The print system of Linux and macOS, asked by IPP through libcups.

A printer's address is the name of its queue. A job is named after its token, so it is found again
in the server's own list for as long as that remembers it (500 jobs, unless set otherwise); the name
of the person is nowhere outside the badge.

CUPS writes its list to the disk half a minute late. After a power cut it may have forgotten a job
and give its number to another, so a job is called by number and token, and both must fit.
"""

from __future__ import annotations

from checkin_app.domain.printers import (
    BadgeSheet,
    FoundPrinter,
    PrinterAbilities,
    PrinterActivity,
    PrinterId,
    PrinterState,
    PrinterTrouble,
    SpoolerKind,
)
from checkin_app.errors import PrinterError, PrinterUncertain
from checkin_app.printing.cups.cups_server import (
    CupsServer,
    NoSuchQueue,
    PrinterUnreachable,
    Silence,
    attributes_of_printer,
    done,
    requested,
)
from checkin_app.printing.cups.cups_states import (
    PRINTER_STATE_ATTRIBUTES,
    may_be_outdated,
    printer_state,
    spooled_job,
    with_news,
)
from checkin_app.printing.cups.ipp_job import choose_paper, densities_of, job_document, job_wishes
from checkin_app.printing.cups.ipp_messages import (
    Asked,
    Attributes,
    Group,
    Operation,
    Resolution,
    Status,
    Tag,
    text,
)
from checkin_app.printing.spooler import SpooledJob, SpooledState

_QUEUE_ATTRIBUTES = (
    "media-col-default",
    "media-size-supported",
    "print-darkness-supported",
    "print-quality-supported",
    "printer-resolution-default",
    "sides-supported",
)
_JOB_ATTRIBUTES = (
    "job-id",
    "job-name",
    "job-state",
    "job-state-reasons",
    "job-printer-state-message",
)


class CupsSpooler:
    """The queues of a CUPS server; see ``Spooler``."""

    kind = SpoolerKind.CUPS
    remembers = True

    def __init__(self, server: str = "") -> None:
        """
        Args:
            server: "host:port" or the path of a socket; empty takes the one that the system, or
                ``CUPS_SERVER``, names.
        """
        self._server = CupsServer(server)

    def printers(self) -> tuple[FoundPrinter, ...]:
        """All queues, the default one first. None where there is no CUPS, or it is not running."""
        wanted = ("printer-name", "printer-info", "printer-make-and-model")
        try:
            default = text(self._server.default_queue(), "printer-name")
            queues = self._server.queues(*wanted)
        except PrinterError:
            return ()
        found = [_found_printer(queue, default) for queue in queues]
        return tuple(sorted(found, key=lambda printer: not printer.is_default))

    def abilities(self, address: str) -> PrinterAbilities:
        """Resolution and darkness of a queue.

        Raises:
            PrinterError: the print system does not answer, or knows no such queue.
        """
        queue = self._server.queue(address, *_QUEUE_ATTRIBUTES)
        resolution = next(iter(queue.get("printer-resolution-default", ())), None)
        dpi = resolution.across_dpi if isinstance(resolution, Resolution) else 0
        return PrinterAbilities(dpi, densities_of(queue))

    def state(self, address: str) -> PrinterState:
        """How a queue and its printer are doing."""
        printer = PrinterId(self.kind, address)
        try:
            queue = self._server.queue(address, *PRINTER_STATE_ATTRIBUTES)
        except NoSuchQueue as error:
            return PrinterState(printer, troubles=(PrinterTrouble.GONE,), detail=str(error))
        except PrinterError as error:
            return PrinterState(printer, troubles=(PrinterTrouble.OFFLINE,), detail=str(error))
        state = printer_state(printer, queue)
        if state.activity is PrinterActivity.PRINTING:
            return printer_state(printer, queue, self._message_of_job_at_hand(address))
        if may_be_outdated(state, queue):
            return with_news(state, _told_by_printer(printer, text(queue, "device-uri")))
        return state

    def submit(self, address: str, sheet: BadgeSheet, token: str) -> SpooledJob:
        """Hand a badge to a queue.

        Raises:
            PrinterError: it was not accepted.
            PrinterUncertain: the server fell silent when it may have had all of it, and could not
                be asked afterwards.
        """
        queue = self._server.queue(address, *_QUEUE_ATTRIBUTES)
        paper = choose_paper(sheet.width_mm, sheet.height_mm, queue)
        if paper is None:
            raise PrinterError(
                f"The printer “{address}” takes no paper of {sheet.width_mm:g} × "
                f"{sheet.height_mm:g} mm. Choose another layout or another printer."
            )
        about = (
            Asked(Group.OPERATION, Tag.NAME, "job-name", (_job_name(token),)),
            Asked(Group.OPERATION, Tag.MIME_TYPE, "document-format", ("application/pdf",)),
            *job_wishes(sheet, paper, queue),
        )
        document = job_document(sheet, paper)
        try:
            answer = self._server.ask_queue(Operation.PRINT_JOB, address, *about, document=document)
        except Silence as silence:
            return self._accepted_after_all(address, token, silence)
        return spooled_job(done(answer, address).first, token)

    def job(self, address: str, job_id: str) -> SpooledJob:
        """How a job is getting on; unknown when the server has forgotten it.

        Raises:
            PrinterError: the print system does not answer.
        """
        job_number, _, token = job_id.partition("/")
        if not job_number.isdigit():
            return SpooledJob(job_id, SpooledState.UNKNOWN)
        wanted = (_number(job_number), requested(*_JOB_ATTRIBUTES))
        answer = self._server.ask_queue(Operation.GET_JOB_ATTRIBUTES, address, *wanted)
        if not answer.is_done or text(answer.first, "job-name") != _job_name(token):
            return SpooledJob(job_id, SpooledState.UNKNOWN, answer.message)
        return spooled_job(answer.first, token)

    def find(self, address: str, token: str) -> SpooledJob | None:
        """The job with the token in its name, also when it is done.

        Raises:
            PrinterError: the print system does not answer, or knows no such queue any more.
        """
        wanted = (
            Asked(Group.OPERATION, Tag.KEYWORD, "which-jobs", ("all",)),
            # Of the jobs of others a server may keep the names to itself.
            Asked(Group.OPERATION, Tag.BOOLEAN, "my-jobs", (True,)),
            requested(*_JOB_ATTRIBUTES),
        )
        answer = done(self._server.ask_queue(Operation.GET_JOBS, address, *wanted), address)
        ours = [job for job in answer.groups if text(job, "job-name") == _job_name(token)]
        return spooled_job(ours[-1], token) if ours else None

    def cancel(self, address: str, job_id: str) -> bool:
        """Take a job back, unless it is done or coming out.

        What CUPS calls "processing" has reached the printer. It is left alone, unless the printer
        is stopped by something and so cannot have printed it.

        Raises:
            PrinterError: the print system does not answer, or forbids it.
        """
        job = self.job(address, job_id).state
        is_coming_out = job is SpooledState.PRINTING and not self.state(address).stopped_by
        if is_coming_out or job not in (SpooledState.WAITING, SpooledState.PRINTING):
            return False
        job_number = _number(job_id.partition("/")[0])
        answer = self._server.ask_queue(Operation.CANCEL_JOB, address, job_number)
        if answer.status != Status.NOT_POSSIBLE:
            done(answer, address)
        return self.job(address, job_id).state is SpooledState.CANCELLED

    def _message_of_job_at_hand(self, address: str) -> str:
        wanted = (
            Asked(Group.OPERATION, Tag.INTEGER, "limit", (1,)),
            Asked(Group.OPERATION, Tag.KEYWORD, "which-jobs", ("processing",)),
            requested("job-printer-state-message"),
        )
        try:
            answer = self._server.ask_queue(Operation.GET_JOBS, address, *wanted)
        except PrinterError:  # it went down just now; what the queue said still holds
            return ""
        return text(answer.first, "job-printer-state-message")

    def _accepted_after_all(self, address: str, token: str, silence: Silence) -> SpooledJob:
        try:
            found = self.find(address, token)
        except PrinterError as error:
            raise PrinterUncertain(
                "The print system fell silent while it was given a badge. Look at the printer "
                "whether it came out."
            ) from error
        if found is None:
            raise silence
        return found


def _told_by_printer(printer: PrinterId, device_uri: str) -> PrinterState | None:
    """How a driverless printer says that it is doing; None when it cannot be asked."""
    try:
        told = attributes_of_printer(device_uri, *PRINTER_STATE_ATTRIBUTES)
    except PrinterUnreachable as error:
        return PrinterState(printer, troubles=(PrinterTrouble.OFFLINE,), detail=str(error))
    return None if told is None else printer_state(printer, told)


def _found_printer(queue: Attributes, default: str) -> FoundPrinter:
    name = text(queue, "printer-name")
    return FoundPrinter(
        PrinterId(SpoolerKind.CUPS, name),
        title=text(queue, "printer-info") or name,
        model=text(queue, "printer-make-and-model"),
        is_default=name == default,
    )


def _job_name(token: str) -> str:
    return f"Badge {token}"


def _number(job_number: str) -> Asked:
    return Asked(Group.OPERATION, Tag.INTEGER, "job-id", (int(job_number),))
