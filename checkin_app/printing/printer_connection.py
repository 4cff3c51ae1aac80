"""A TCP connection to a label printer: bytes there and back, with a limit to its patience."""

from __future__ import annotations

import re
import socket
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from checkin_app.errors import PrinterError

RAW_PORT = 9100
"""Where printers take what they print, as it is (the "AppSocket" port)."""

_ADDRESS = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.%]+)\]|(?P<host>[^\s:\[\]/]+))(?::(?P<port>\d+))?")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a printer may take, in seconds.

    Attributes:
        connecting: to take a connection.
        answering: to answer a question.
        taking: to take the next part of a label.
        ending: to hang up after a label that is still on its way, as over a slow radio link.
        others: to get the rest of a label that another desk has begun to send.
    """

    connecting: float = 3.0
    answering: float = 2.0
    taking: float = 10.0
    ending: float = 20.0
    others: float = 2.0


def host_and_port(address: str) -> tuple[str, int]:
    """What "10.0.0.7", "labels.local:9100" and "[fe80::1]:9100" mean.

    Raises:
        PrinterError: it is no address.
    """
    found = _ADDRESS.fullmatch(address)
    port = int(found["port"] or RAW_PORT) if found else 0
    if found is None or not 0 < port < 65536:
        raise PrinterError(
            f"“{address}” is no address of a printer. Write it like 192.168.1.20:9100."
        )
    return found["six"] or found["host"], port


class PrinterConnection:
    """An open connection; use it in a ``with`` block.

    Raises:
        OSError: nobody answers at the address, or the connection broke: from every method.
    """

    def __init__(self, host: str, port: int, patience: Patience) -> None:
        self._patience = patience
        self._socket = socket.create_connection((host, port), patience.connecting)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()

    def send(self, data: bytes) -> None:
        """All of it is on its way; which does not mean that the printer has read it."""
        remaining = memoryview(data)
        self._socket.settimeout(self._patience.taking)
        while remaining:
            remaining = remaining[self._socket.send(remaining) :]

    def answer(self, end: bytes, ends: int = 1) -> bytes | None:
        """What comes back up to this many ends; None when it does not come in time.

        None as well when the printer hangs up instead.
        """
        received = b""
        until = time.monotonic() + self._patience.answering
        while received.count(end) < ends:
            left_s = until - time.monotonic()
            if left_s <= 0:
                return None
            self._socket.settimeout(left_s)
            try:
                part = self._socket.recv(4096)
            except TimeoutError:
                return None
            if not part:
                return None
            received += part
        return received

    def has_hung_up(self) -> bool:
        """Whether the printer is known to read no more."""
        self._socket.settimeout(0)
        try:
            return not self._socket.recv(4096)
        except BlockingIOError:
            return False

    def is_taken(self) -> bool:
        """Whether the printer read to the end and hung up, after being told that this was all."""
        self._socket.shutdown(socket.SHUT_WR)
        until = time.monotonic() + self._patience.ending
        while (left_s := until - time.monotonic()) > 0:
            self._socket.settimeout(left_s)
            try:
                if not self._socket.recv(4096):
                    return True
            except TimeoutError:
                return False
        return False
