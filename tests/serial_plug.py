"""A scanner at a serial port, made of a pseudo-terminal: pushed in, sending, pulled out."""

from __future__ import annotations

import os
import tty
from pathlib import Path

from tests.pseudo_terminals import open_pair


class SerialPlug:
    """Stands at a path of its own, whichever pseudo-terminal is behind it at present.

    Args:
        path: the name of the port for whoever reads it; there only while it is pushed in.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._scanner: int | None = None
        self._port = -1

    def push_in(self) -> None:
        """The port appears."""
        # Held open on both ends: what is sent before somebody listens is not lost.
        self._scanner, self._port = open_pair()
        tty.setraw(self._port)
        self.path.symlink_to(os.ttyname(self._port))

    def pull(self) -> None:
        """The port is gone, for whoever reads it as well."""
        if self._scanner is None:
            return
        self.path.unlink()
        os.close(self._scanner)
        os.close(self._port)
        self._scanner = None

    def send(self, received: bytes) -> None:
        """The scanner sends these bytes."""
        assert self._scanner is not None
        os.write(self._scanner, received)
