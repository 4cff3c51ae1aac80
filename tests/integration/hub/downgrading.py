"""Somebody between a desk and its hub who says that the hub does not encrypt, and listens."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from threading import Thread

_REQUEST_OF_TLS = b"\x00\x00\x00\x08\x04\xd2\x16\x2f"


@dataclass
class Listener:
    """Where he sits, and what he heard in clear.

    Attributes:
        lies_from: the first connection, counted from 0, to which he denies TLS; to those before he
            says that there is TLS, and hangs up.
    """

    port: int
    lies_from: int
    heard: list[bytes] = field(default_factory=list)


@contextmanager
def downgraded(host: str, port: int, lies_from: int = 0) -> Iterator[Listener]:
    """He passes on everything to the server but the wish to encrypt."""

    def sit_between(near: socket.socket, number: int) -> None:
        with suppress(OSError), near, socket.create_connection((host, port)) as far:
            first = near.recv(len(_REQUEST_OF_TLS))
            if first == _REQUEST_OF_TLS:
                is_lie = number >= listener.lies_from
                near.sendall(b"N" if is_lie else b"S")
                if not is_lie:
                    return
            else:
                listener.heard.append(first)
                far.sendall(first)
            Thread(target=_carry, args=(far, near, []), daemon=True).start()
            _carry(near, far, listener.heard)

    def accept(door: socket.socket) -> None:
        with suppress(OSError):
            for number in count():
                near = door.accept()[0]
                Thread(target=sit_between, args=(near, number), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as door:
        listener = Listener(door.getsockname()[1], lies_from)
        Thread(target=accept, args=(door,), daemon=True).start()
        yield listener
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)


def _carry(source: socket.socket, target: socket.socket, heard: list[bytes]) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            heard.append(data)
            target.sendall(data)
