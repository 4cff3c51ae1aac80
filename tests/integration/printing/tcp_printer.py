"""A printer at a TCP port of this machine, with the manners and the faults of real ones."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading

from free_ports import free_port


class TcpPrinter:
    """Takes connections and hands what arrives to ``read``; a subclass understands it.

    Attributes:
        lock: held while the printer's own state is read or changed.
        stops_reading_after: so many bytes of a connection are read, then no more; None reads all.
        hangs_up_after: so many bytes of a connection are read, then it is reset.
        falls_silent_after: so many bytes are read, then it says goodbye, but goes on reading.
        pause_s: so long it takes to read a kilobyte.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.stops_reading_after: int | None = None
        self.hangs_up_after: int | None = None
        self.falls_silent_after: int | None = None
        self.pause_s = 0.0
        self._gone = threading.Event()
        self._connections: list[socket.socket] = []
        self.port = free_port()
        self.plug_in()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def plug_in(self) -> None:
        """It takes connections, at the same port as before."""
        self._gone = threading.Event()
        self._listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # A printer has little memory: what it does not read must not seem to have arrived.
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._listener.bind(("127.0.0.1", self.port))
        self._listener.listen()
        threading.Thread(
            target=self._accept, args=(self._listener, self._gone), daemon=True
        ).start()

    def unplug(self) -> None:
        """It refuses connections, and those it has are gone."""
        self._gone.set()
        # Closing alone does not wake the thread that accepts.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self.lock:
            for connection in self._connections:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            self._connections.clear()

    def read(self, data: bytes, connection: socket.socket) -> None:
        """Understand what arrived; called with the lock held."""
        raise NotImplementedError

    def _accept(self, listener: socket.socket, gone: threading.Event) -> None:
        while not gone.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with self.lock:
                self._connections.append(connection)
            threading.Thread(target=self._serve, args=(connection, gone), daemon=True).start()

    def _serve(self, connection: socket.socket, gone: threading.Event) -> None:
        read = 0
        with connection, contextlib.suppress(OSError):
            while not gone.is_set():
                limit = self._limit()
                if limit is not None and read >= limit:
                    if self.hangs_up_after is not None:
                        _reset(connection)
                        return
                    gone.wait(60)
                    return
                size = 1024 if limit is None else min(1024, limit - read)
                data = connection.recv(size)
                if not data:
                    break
                read += len(data)
                gone.wait(self.pause_s)
                if self.falls_silent_after is not None and read >= self.falls_silent_after:
                    connection.shutdown(socket.SHUT_WR)
                    self.falls_silent_after = None
                with self.lock:
                    self.read(data, connection)
        with self.lock, contextlib.suppress(ValueError):
            self._connections.remove(connection)

    def _limit(self) -> int | None:
        return self.hangs_up_after if self.hangs_up_after is not None else self.stops_reading_after


def _reset(connection: socket.socket) -> None:
    """Closes as a crashed printer does: with a reset instead of a goodbye."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
