"""Questions to a CUPS server and the printers behind it, and its refusals in words for the desk."""

from __future__ import annotations

from functools import cached_property
from urllib.parse import quote, urlsplit

from checkin_app.errors import CheckinError, PrinterError
from checkin_app.printing.cups.ipp_messages import (
    Asked,
    Attributes,
    Group,
    IppAnswer,
    IppRequest,
    Operation,
    Status,
    Tag,
)
from checkin_app.printing.cups.libcups import (
    AnswerLost,
    LibCups,
    PermissionWanted,
    ServerUnreachable,
    open_libcups,
)

_ASK_PRINTER_MS = 1000
"""A printer that does not answer by then keeps the other printers of the desk waiting."""


class NoSuchQueue(PrinterError):
    """The print system knows no queue of that name."""


class Silence(PrinterError):
    """The print system took a request and gave no answer."""


class PrinterUnreachable(PrinterError):
    """Nobody answers at the address of a printer."""


class CupsServer:
    """The print system of this computer, or of another that it is told to use.

    All questions raise ``PrinterError`` when there is no answer.
    """

    def __init__(self, server: str = "") -> None:
        """
        Args:
            server: "host:port" or the path of a socket; empty takes the one that the system, or
                ``CUPS_SERVER``, names.
        """
        self._server = server

    def queues(self, *wanted: str) -> tuple[Attributes, ...]:
        """What is asked for of every queue."""
        return self._ask(Operation.CUPS_GET_PRINTERS, requested(*wanted)).groups

    def default_queue(self) -> Attributes:
        """The queue that the system prefers; empty when there is none."""
        return self._ask(Operation.CUPS_GET_DEFAULT).first

    def queue(self, name: str, *wanted: str) -> Attributes:
        """What is asked for of one queue.

        Raises:
            NoSuchQueue: there is none of that name.
        """
        answer = self.ask_queue(Operation.GET_PRINTER_ATTRIBUTES, name, requested(*wanted))
        return done(answer, name).first

    def ask_queue(
        self, operation: Operation, name: str, *asked: Asked, document: bytes = b""
    ) -> IppAnswer:
        """Any question to one queue. Refusals are answers.

        Raises:
            Silence: the request may have been carried out.
        """
        return self._ask(operation, *asked, queue=name, document=document)

    def _ask(
        self, operation: Operation, *asked: Asked, queue: str = "", document: bytes = b""
    ) -> IppAnswer:
        if self._cups is None:
            raise PrinterError("This computer has no CUPS. Choose another printer.")
        resource = f"/printers/{quote(queue)}" if queue else "/"
        target = (_printer_uri(f"ipp://localhost{resource}"),) if queue else ()
        user = Asked(Group.OPERATION, Tag.NAME, "requesting-user-name", (self._cups.user,))
        request = IppRequest(operation, resource, (*target, user, *asked), document)
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
            raise Silence("The print system fell silent. Try again.") from error

    @cached_property
    def _cups(self) -> LibCups | None:
        """Opened when first needed: it takes 5 ms that a desk without printer can spare."""
        return open_libcups(self._server)


def attributes_of_printer(device_uri: str, *wanted: str) -> Attributes | None:
    """What a driverless printer says of itself; None when it speaks no IPP, or will not tell.

    Raises:
        PrinterUnreachable: nobody is there.
    """
    address = urlsplit(device_uri)
    cups = open_libcups(f"{address.hostname}:{address.port or 631}")
    if address.scheme != "ipp" or cups is None:
        return None
    asked = (_printer_uri(device_uri), requested(*wanted))
    request = IppRequest(Operation.GET_PRINTER_ATTRIBUTES, address.path or "/", asked)
    try:
        answer = cups.ask(request, connect_ms=_ASK_PRINTER_MS)
    except ServerUnreachable as error:
        raise PrinterUnreachable("The printer does not answer. Switch it on.") from error
    except CheckinError:
        return None
    return answer.first if answer.is_done else None


def requested(*names: str) -> Asked:
    """Which attributes the answer is to have."""
    return Asked(Group.OPERATION, Tag.KEYWORD, "requested-attributes", names)


def done(answer: IppAnswer, name: str) -> IppAnswer:
    """The answer, if the request was carried out.

    Raises:
        NoSuchQueue: there is no queue of that name.
        PrinterError: the print system refused; the message says why.
    """
    if answer.is_done:
        return answer
    if answer.status == Status.NOT_FOUND:
        raise NoSuchQueue(
            f"This computer knows no printer “{name}” any more. Choose another printer."
        )
    if answer.status == Status.NOT_ACCEPTING_JOBS:
        raise PrinterError(
            f"The printer “{name}” takes no jobs. Let it accept jobs in the print settings of "
            "the computer, or choose another printer."
        )
    if answer.status in (Status.FORBIDDEN, Status.NOT_AUTHENTICATED, Status.NOT_AUTHORISED):
        raise PrinterError(
            f"The printer “{name}” is not for everyone. Let this person print in the print "
            "settings of the computer."
        )
    reason = answer.message.rstrip(".") or f"error {answer.status:#06x}"
    raise PrinterError(
        f"The print system did not take the badge ({reason}). Try again, or choose another printer."
    )


def _printer_uri(uri: str) -> Asked:
    return Asked(Group.OPERATION, Tag.URI, "printer-uri", (uri,))
