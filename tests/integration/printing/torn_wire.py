"""A wire to a print server that is torn at the wrong moment."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from enum import Enum


class Tear(Enum):
    """When the wire is torn."""

    NEVER = "never"
    IN_THE_BADGE = "in the badge"
    """The server has a part of the badge."""
    BEFORE_THE_ANSWER = "before the answer"
    """The server has all of the badge and accepts it; its answer is lost."""
    FOR_GOOD = "for good"
    """As before, and nobody gets through any more."""


class TornWire:
    """Passes bytes between a port of this computer and the socket of a print server.

    Attributes:
        server: where to connect to, as "host:port".
        tear: when the next connection that carries a badge is torn; the ones after it hold.
    """

    def __init__(self, behind: str) -> None:
        self._behind = behind
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.server = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.tear = Tear.NEVER
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):  # closed before
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        is_lost = threading.Event()
        with client, socket.socket(socket.AF_UNIX) as server:
            server.connect(self._behind)
            words = (server, client, is_lost)
            back = threading.Thread(target=self._carry_answers, args=words, daemon=True)
            back.start()
            while data := _received(client):
                if b"%PDF" in data and self.tear is not Tear.NEVER:
                    tear, self.tear = self.tear, Tear.NEVER
                    if tear is Tear.IN_THE_BADGE:
                        server.sendall(data[: len(data) // 2])
                        return
                    if tear is Tear.FOR_GOOD:
                        self.close()
                    is_lost.set()
                server.sendall(data)

    def _carry_answers(
        self, server: socket.socket, client: socket.socket, is_lost: threading.Event
    ) -> None:
        with suppress(OSError):  # the client is gone
            while data := _received(server):
                # The sender knows of the tear when the server has accepted the badge, not before.
                if is_lost.is_set() and b"200 OK" in data:
                    client.shutdown(socket.SHUT_RDWR)
                    return
                client.sendall(data)


def _received(wire: socket.socket) -> bytes:
    try:
        return wire.recv(65536)
    except OSError:
        return b""
