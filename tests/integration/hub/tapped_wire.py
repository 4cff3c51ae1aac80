"""Somebody on the same Wi-Fi who copies all that passes between desks and the hub."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread


@dataclass
class TappedWire:
    """Forwards a local port to a server.

    Attributes:
        heard: every byte in both directions so far.
    """

    port: int
    heard: bytearray = field(default_factory=bytearray)

    def carry(self, source: socket.socket, target: socket.socket) -> None:
        """Until either end is gone."""
        with source, target, suppress(OSError):
            while data := source.recv(65536):
                self.heard += data
                target.sendall(data)


@contextmanager
def tapped_wire(host: str, port: int) -> Iterator[TappedWire]:
    """A wire that is tapped while the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        wire = TappedWire(door.getsockname()[1])

        def accept() -> None:
            with suppress(OSError):
                while True:
                    near, _ = door.accept()
                    far = socket.create_connection((host, port))
                    for ends in ((near, far), (far, near)):
                        Thread(target=wire.carry, args=ends, daemon=True).start()

        accepting = Thread(target=accept, daemon=True)
        accepting.start()
        yield wire
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)
