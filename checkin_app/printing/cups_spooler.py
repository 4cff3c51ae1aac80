"""The print system of Linux and macOS, asked by IPP through libcups.

A printer's address is the name of its queue. A job is named after its token, so it is found again
in the server's own list for as long as that remembers it (500 jobs, unless set otherwise); the name
of the person is nowhere outside the badge.

CUPS writes its list to the disk half a minute late. After a power cut it may have forgotten a job
and give its number to another, so a job is called by number and token, and both must fit.
"""

from __future__ import annotations

from functools import cached_property
from urllib.parse import quote, urlsplit

from checkin_app.domain.printers import (
    BadgeSheet,
    FoundPrinter,
    PrinterAbilities,
    PrinterId,
    PrinterState,
    PrinterTrouble,
    SpoolerKind,
)
from checkin_app.errors import CheckinError, PrinterError, PrinterUncertain
from checkin_app.printing.cups_states import (
    PRINTER_STATE_ATTRIBUTES,
    may_be_outdated,
    printer_state,
    spooled_job,
    with_news,
)
from checkin_app.printing.ipp_job import choose_paper, densities_of, job_document, job_wishes
from checkin_app.printing.ipp_messages import (
    Asked,
    Attributes,
    Group,
    IppAnswer,
    IppRequest,
    Operation,
    Resolution,
    Status,
    Tag,
    text,
)
from checkin_app.printing.libcups import (
    AnswerLost,
    LibCups,
    PermissionWanted,
    ServerUnreachable,
    open_libcups,
)
from checkin_app.printing.spooler import SpooledJob, SpooledState

_QUEUE_ATTRIBUTES = (
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
_ASK_PRINTER_MS = 1000
"""A printer that does not answer by then keeps the other printers of the desk waiting."""


class _NoSuchQueue(PrinterError):
    """The print system knows no queue of that name."""


class _Silence(PrinterError):
    """The print system took a request and gave no answer."""


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
        self._server = server

    def printers(self) -> tuple[FoundPrinter, ...]:
        """All queues, the default one first. None where there is no CUPS, or it is not running."""
        wanted = _requested("printer-name", "printer-info", "printer-make-and-model")
        try:
            default = text(self._ask(Operation.CUPS_GET_DEFAULT).first, "printer-name")
            queues = self._ask(Operation.CUPS_GET_PRINTERS, wanted).groups
        except PrinterError:
            return ()
        found = [_found_printer(queue, default) for queue in queues]
        return tuple(sorted(found, key=lambda printer: not printer.is_default))

    def abilities(self, address: str) -> PrinterAbilities:
        """Resolution and darkness of a queue.

        Raises:
            PrinterError: the print system does not answer, or knows no such queue.
        """
        queue = self._queue(address, _QUEUE_ATTRIBUTES)
        resolution = next(iter(queue.get("printer-resolution-default", ())), None)
        dpi = resolution.across_dpi if isinstance(resolution, Resolution) else 0
        return PrinterAbilities(dpi, densities_of(queue))

    def state(self, address: str) -> PrinterState:
        """How a queue and its printer are doing."""
        printer = PrinterId(self.kind, address)
        try:
            queue = self._queue(address, PRINTER_STATE_ATTRIBUTES)
        except _NoSuchQueue as error:
            return PrinterState(printer, troubles=(PrinterTrouble.GONE,), detail=str(error))
        except PrinterError as error:
            return PrinterState(printer, troubles=(PrinterTrouble.OFFLINE,), detail=str(error))
        state = printer_state(printer, queue)
        if may_be_outdated(state, queue):
            return with_news(state, _state_told_by_printer(printer, text(queue, "device-uri")))
        return state

    def submit(self, address: str, sheet: BadgeSheet, token: str) -> SpooledJob:
        """Hand a badge to a queue.

        Raises:
            PrinterError: it was not accepted.
            PrinterUncertain: the server fell silent when it may have had all of it, and could not
                be asked afterwards.
        """
        queue = self._queue(address, _QUEUE_ATTRIBUTES)
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
            answer = self._ask_queue(Operation.PRINT_JOB, address, *about, document=document)
        except _Silence as silence:
            return self._accepted_after_all(address, token, silence)
        return spooled_job(_done(answer, address).first, token)

    def job(self, address: str, job_id: str) -> SpooledJob:
        """How a job is getting on; unknown when the server has forgotten it.

        Raises:
            PrinterError: the print system does not answer.
        """
        job_number, _, token = job_id.partition("/")
        if not job_number.isdigit():
            return SpooledJob(job_id, SpooledState.UNKNOWN)
        wanted = (_number(job_number), _requested(*_JOB_ATTRIBUTES))
        answer = self._ask_queue(Operation.GET_JOB_ATTRIBUTES, address, *wanted)
        if not answer.is_done or text(answer.first, "job-name") != _job_name(token):
            return SpooledJob(job_id, SpooledState.UNKNOWN, answer.message)
        return spooled_job(answer.first, token)

    def find(self, address: str, token: str) -> SpooledJob | None:
        """The job with the token in its name, also when it is done.

        Raises:
            PrinterError: the print system does not answer.
        """
        wanted = (
            Asked(Group.OPERATION, Tag.KEYWORD, "which-jobs", ("all",)),
            # Of the jobs of others a server may keep the names to itself.
            Asked(Group.OPERATION, Tag.BOOLEAN, "my-jobs", (True,)),
            _requested(*_JOB_ATTRIBUTES),
        )
        jobs = self._ask_queue(Operation.GET_JOBS, address, *wanted).groups
        ours = [job for job in jobs if text(job, "job-name") == _job_name(token)]
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
        answer = self._ask_queue(Operation.CANCEL_JOB, address, job_number)
        if answer.status != Status.NOT_POSSIBLE:
            _done(answer, address)
        return self.job(address, job_id).state is SpooledState.CANCELLED

    @cached_property
    def _cups(self) -> LibCups | None:
        """Opened when first needed: it takes 10 ms that a desk without printer can spare."""
        return open_libcups(self._server)

    def _queue(self, address: str, wanted: tuple[str, ...]) -> Attributes:
        answer = self._ask_queue(Operation.GET_PRINTER_ATTRIBUTES, address, _requested(*wanted))
        return _done(answer, address).first

    def _ask_queue(
        self, operation: Operation, address: str, *asked: Asked, document: bytes = b""
    ) -> IppAnswer:
        path = f"/printers/{quote(address)}"
        uri = Asked(Group.OPERATION, Tag.URI, "printer-uri", (f"ipp://localhost{path}",))
        return self._ask(operation, uri, *asked, resource=path, document=document)

    def _ask(
        self, operation: Operation, *asked: Asked, resource: str = "/", document: bytes = b""
    ) -> IppAnswer:
        if self._cups is None:
            raise PrinterError("This computer has no CUPS. Choose another printer.")
        target = [one for one in asked if one.name == "printer-uri"]
        others = [one for one in asked if one.name != "printer-uri"]
        user = Asked(Group.OPERATION, Tag.NAME, "requesting-user-name", (self._cups.user,))
        request = IppRequest(operation, resource, (*target, user, *others), document)
        try:
            return self._cups.ask(request)
        except ServerUnreachable as error:
            raise PrinterError(
                "The print system of this computer does not answer. Start it, or choose another "
                "printer."
            ) from error
        except PermissionWanted as error:
            raise PrinterError(
                "The print system asks for a password or for other rights. Let this person print "
                "in the print settings of the computer."
            ) from error
        except AnswerLost as error:
            raise _Silence("The print system fell silent. Try again.") from error

    def _accepted_after_all(self, address: str, token: str, silence: _Silence) -> SpooledJob:
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


def _state_told_by_printer(printer: PrinterId, device_uri: str) -> PrinterState | None:
    """What a driverless printer says of itself; None when it speaks no IPP, or cannot be asked."""
    parts = urlsplit(device_uri)
    cups = open_libcups(f"{parts.hostname}:{parts.port or 631}")
    if parts.scheme != "ipp" or cups is None:
        return None
    uri = Asked(Group.OPERATION, Tag.URI, "printer-uri", (device_uri,))
    wanted = (uri, _requested(*PRINTER_STATE_ATTRIBUTES))
    request = IppRequest(Operation.GET_PRINTER_ATTRIBUTES, parts.path or "/", wanted)
    try:
        answer = cups.ask(request, connect_ms=_ASK_PRINTER_MS)
    except ServerUnreachable:
        return PrinterState(printer, troubles=(PrinterTrouble.OFFLINE,))
    except CheckinError:
        return None
    return printer_state(printer, answer.first) if answer.is_done else None


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


def _requested(*names: str) -> Asked:
    return Asked(Group.OPERATION, Tag.KEYWORD, "requested-attributes", names)


def _done(answer: IppAnswer, address: str) -> IppAnswer:
    """The answer, if the request was carried out."""
    if answer.is_done:
        return answer
    if answer.status == Status.NOT_FOUND:
        raise _NoSuchQueue(
            f"This computer knows no printer “{address}” any more. Choose another printer."
        )
    if answer.status == Status.NOT_ACCEPTING_JOBS:
        raise PrinterError(
            f"The printer “{address}” takes no jobs. Let it accept jobs in the print settings of "
            "the computer, or choose another printer."
        )
    if answer.status in (Status.FORBIDDEN, Status.NOT_AUTHENTICATED, Status.NOT_AUTHORISED):
        raise PrinterError(
            f"The printer “{address}” is not for everyone. Let this person print in the print "
            "settings of the computer."
        )
    reason = answer.message.rstrip(".") or f"error {answer.status:#06x}"
    raise PrinterError(
        f"The print system did not take the badge ({reason}). Try again, or choose another printer."
    )
