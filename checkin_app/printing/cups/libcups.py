"""libcups, the client library of CUPS, as far as badges need it: one question, one answer.

The library is part of macOS and of every Linux desktop and belongs to the print system it speaks
to: it knows where the server is (``CUPS_SERVER``, client.conf), encrypts, and proves who we are
over the server's own socket. No layout of its structures is known here. Where the library is
missing there is no CUPS.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref, c_char_p, c_int
from typing import Any

from checkin_app.errors import CheckinError
from checkin_app.printing.cups.ipp_messages import (
    Asked,
    Attributes,
    Group,
    IppAnswer,
    IppRequest,
    Range,
    Resolution,
    Tag,
    Value,
)
from checkin_app.printing.cups.libcups_functions import ATTRIBUTE, IPP, PasswordAsked, load_libcups

_CONNECT_MS = 3000
_ANSWER_S = 10.0
_TRIES = 3
"""The first may be told to encrypt, the second to say who we are."""

_ANY_FAMILY = 0
_HTTP_CONTINUE, _HTTP_OK, _HTTP_UNAUTHORISED, _HTTP_UPGRADE = 100, 200, 401, 426
_HTTP_NOT_ALLOWED = (_HTTP_UNAUTHORISED, 403, 1000)
"""The last is libcups' own: a password was wanted and there was none."""
_DOTS_PER_CM = 4
_CM_PER_INCH = 2.54

_NO_PASSWORD = PasswordAsked(lambda *_: None)
"""The library's own way of asking for a password is the terminal. It remembers this one for as long
as the thread lives, so it must never be collected."""


class ServerUnreachable(CheckinError):
    """No print server answers; nothing of the request reached one."""


class AnswerLost(CheckinError):
    """The connection broke before the answer was there: the request may have been carried out."""


class PermissionWanted(CheckinError):
    """The server wants a password, or somebody else's rights. The request was not carried out."""


class LibCups:
    """A print server, spoken to through libcups.

    Each question opens a connection of its own (0.2 ms over the server's socket), so that nothing
    is shared between threads and nothing has to be mended after the server was restarted.
    """

    def __init__(self, library: ctypes.CDLL, server: str = "") -> None:
        """
        Args:
            library: from ``load_libcups``.
            server: "host", "host:port" or the path of a socket; empty takes the one that the
                system is set up for.
        """
        self._library = library
        self._server = server

    @property
    def user(self) -> str:
        """Whose jobs ours are: the name of the person logged in at this computer."""
        return _decoded(self._library.cupsUser())

    def ask(self, request: IppRequest, connect_ms: int = _CONNECT_MS) -> IppAnswer:
        """Send a request and wait for the answer.

        Args:
            connect_ms: how long to knock before it is taken that nobody is there.

        Raises:
            ServerUnreachable, AnswerLost, PermissionWanted: there is no answer.
        """
        with self._connection(connect_ms) as http, self._message(request) as ipp:
            answer = self._exchanged(http, ipp, request)
            try:
                return self._read_answer(answer)
            finally:
                self._library.ippDelete(answer)

    @contextmanager
    def _connection(self, connect_ms: int) -> Iterator[int]:
        host, port = self._host_and_port()
        encryption = self._library.cupsEncryption()
        http = self._library.httpConnect2(
            host.encode(), port, None, _ANY_FAMILY, encryption, 1, connect_ms, None
        )
        if not http:
            raise ServerUnreachable("The print system of this computer does not answer.")
        try:
            self._library.httpSetTimeout(http, _ANSWER_S, None, None)
            self._library.cupsSetPasswordCB2(_NO_PASSWORD, None)
            yield http
        finally:
            self._library.httpClose(http)

    def _host_and_port(self) -> tuple[str, int]:
        usual_port = int(self._library.ippPort())
        if not self._server:
            return _decoded(self._library.cupsServer()), usual_port
        host, separator, port = self._server.rpartition(":")
        if separator and port.isdigit():
            return host, int(port)
        return self._server, usual_port

    @contextmanager
    def _message(self, request: IppRequest) -> Iterator[int]:
        ipp = self._library.ippNewRequest(request.operation)
        try:
            self._ask_for_english(ipp)
            for asked in request.asked:
                self._add(ipp, asked)
            yield ipp
        finally:
            self._library.ippDelete(ipp)

    def _ask_for_english(self, ipp: int) -> None:
        """The messages of a printer's driver come in the language of the job; ``ipp_reasons``
        knows the English ones.
        """
        name = b"attributes-natural-language"
        language = ATTRIBUTE(self._library.ippFindAttribute(ipp, name, 0))
        self._library.ippSetString(ipp, byref(language), 0, b"en")

    def _add(self, ipp: int, asked: Asked) -> None:
        library, name, count = self._library, asked.name.encode(), len(asked.values)
        if asked.tag is Tag.COLLECTION:
            members = (IPP * count)(*(self._collection(each) for each in asked.values))
            library.ippAddCollections(ipp, asked.group, name, count, members)
            for member in members:
                library.ippDelete(member)  # they are counted: the message keeps its own hold
        elif asked.tag is Tag.BOOLEAN:
            library.ippAddBoolean(ipp, asked.group, name, bool(asked.values[0]))
        elif asked.tag in (Tag.INTEGER, Tag.ENUM):
            numbers = (c_int * count)(*(int(str(value)) for value in asked.values))
            library.ippAddIntegers(ipp, asked.group, asked.tag, name, count, numbers)
        else:
            words = (c_char_p * count)(*(str(value).encode() for value in asked.values))
            library.ippAddStrings(ipp, asked.group, asked.tag, name, count, None, words)

    def _collection(self, members: Any) -> int:
        collection = int(self._library.ippNew())
        for member in members:
            self._add(collection, member)
        return collection

    def _exchanged(self, http: int, ipp: int, request: IppRequest) -> int:
        """The answer as the library's own; whoever gets it deletes it."""
        library, resource, document = self._library, request.resource.encode(), request.document
        for _ in range(_TRIES):
            length = library.ippLength(ipp) + len(document)
            status = library.cupsSendRequest(http, ipp, resource, length)
            if status == _HTTP_CONTINUE and document:
                status = library.cupsWriteRequestData(http, document, len(document))
            if status <= _HTTP_CONTINUE or status == _HTTP_OK:
                answer = library.cupsGetResponse(http, resource)
                if answer:
                    return int(answer)
                status = library.httpGetStatus(http)
            if status not in (_HTTP_UNAUTHORISED, _HTTP_UPGRADE):
                break
        raise self._no_answer(status)

    def _no_answer(self, status: int) -> CheckinError:
        words = _decoded(self._library.cupsLastErrorString())
        return PermissionWanted(words) if status in _HTTP_NOT_ALLOWED else AnswerLost(words)

    def _read_answer(self, ipp: int) -> IppAnswer:
        status = self._library.ippGetStatusCode(ipp)
        message, groups = "", []
        current: dict[str, tuple[Value, ...]] = {}
        for attribute in self._attributes(ipp):
            group = self._library.ippGetGroupTag(attribute)
            name = _decoded(self._library.ippGetName(attribute))
            if not name:
                current = {}
            elif group == Group.OPERATION:
                message = self._text(attribute) if name == "status-message" else message
            elif group in (Group.JOB, Group.PRINTER):
                if not current:
                    groups.append(current)
                current[name] = self._values(attribute)
        return IppAnswer(status, message, tuple(groups))

    def _attributes(self, ipp: int) -> Iterator[int]:
        attribute = self._library.ippFirstAttribute(ipp)
        while attribute:
            yield attribute
            attribute = self._library.ippNextAttribute(ipp)

    def _text(self, attribute: int) -> str:
        return _decoded(self._library.ippGetString(attribute, 0, None))

    def _values(self, attribute: int) -> tuple[Value, ...]:
        tag = self._library.ippGetValueTag(attribute)
        count = self._library.ippGetCount(attribute)
        return tuple(self._value(attribute, tag, index) for index in range(count))

    def _value(self, attribute: int, tag: int, index: int) -> Value:
        library = self._library
        if tag in (Tag.INTEGER, Tag.ENUM):
            return int(library.ippGetInteger(attribute, index))
        if tag == Tag.BOOLEAN:
            return bool(library.ippGetBoolean(attribute, index))
        if tag == Tag.RANGE:
            highest = c_int()
            lowest = library.ippGetRange(attribute, index, byref(highest))
            return Range(lowest, highest.value)
        if tag == Tag.RESOLUTION:
            return self._resolution(attribute, index)
        if tag == Tag.COLLECTION:
            return self._members(library.ippGetCollection(attribute, index))
        return _decoded(library.ippGetString(attribute, index, None))

    def _resolution(self, attribute: int, index: int) -> Resolution:
        along, unit = c_int(), c_int()
        across = self._library.ippGetResolution(attribute, index, byref(along), byref(unit))
        factor = _CM_PER_INCH if unit.value == _DOTS_PER_CM else 1
        return Resolution(round(across * factor), round(along.value * factor))

    def _members(self, collection: int) -> Attributes:
        return {
            _decoded(self._library.ippGetName(attribute)): self._values(attribute)
            for attribute in self._attributes(collection)
        }


def open_libcups(server: str = "") -> LibCups | None:
    """The print server through the system's own library; None where there is none."""
    library = load_libcups()
    return LibCups(library, server) if library else None


def _decoded(text: bytes | None) -> str:
    return text.decode("utf-8", "replace") if text else ""
