"""Bytes as a serial scanner sends them → the codes it read.

Scanners close a code with CR, LF, both, Tab or ETX, as they were set, or with nothing but
silence. Which one it is shows after the first code, so nothing has to be chosen. A contact card
holds line ends itself and is kept together.

Here is no port and no clock: bytes come in, and whoever reads them says when it has been silent.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from checkin_app.domain.tickets.codes import LONGEST_CODE

_LONGEST_LINE_BYTES = 4 * LONGEST_CODE
_STX, _GS = 0x02, 0x1D
_SILENCE_MS = 150
_SILENCE_INSIDE_LINE_MS = 1000


class LineEnd(Enum):
    """What closed a code."""

    LINE = "CR or LF"
    TAB = "Tab"
    ETX = "ETX"
    SILENCE = "nothing"


@dataclass(frozen=True, slots=True)
class SerialReading:
    """A serial scanner sent this.

    Attributes:
        text: the code, without frame and line end, at most ``LONGEST_CODE`` characters.
        ending: what closed it.
        is_legible: it looks like text. At a wrong baud rate it does not.
    """

    text: str
    ending: LineEnd
    is_legible: bool = True


_ENDS = {
    0x0D: LineEnd.LINE,
    0x0A: LineEnd.LINE,
    0x09: LineEnd.TAB,
    0x03: LineEnd.ETX,
    0x04: LineEnd.ETX,
}
# GS, RS and EOT parts of GS1 and of ISO/IEC 15434 messages mean something inside a code.
_KEPT_CONTROLS = {_GS, 0x1E, 0x1C, 0x1F}
_CARD_BEGINS, _CARD_ENDS = b"BEGIN:", b"END:"


class SerialLines:
    """Cuts what one port receives into codes. Any bytes may come."""

    def __init__(self) -> None:
        self._line = bytearray()
        self._card: list[bytes] = []
        self._sends_endings = False

    @property
    def wait_ms(self) -> int | None:
        """Call ``silence`` when no byte comes for so long; None: nothing is open.

        A scanner that closes its codes is given longer, for Bluetooth may pause inside one.
        """
        if not self._line and not self._card:
            return None
        return _SILENCE_INSIDE_LINE_MS if self._sends_endings else _SILENCE_MS

    def feed(self, received: bytes) -> tuple[SerialReading, ...]:
        """The codes that end within these bytes."""
        readings = []
        for byte in received:
            ending = _ENDS.get(byte)
            if ending is None:
                self._take(byte)
            elif (reading := self._close(ending)) is not None:
                readings.append(reading)
        return tuple(readings)

    def silence(self) -> tuple[SerialReading, ...]:
        """The code that ended without a sign, if one was open."""
        line = b"\n".join([*self._card, bytes(self._line)]).strip(b"\n")
        self.forget()
        reading = _reading(line, LineEnd.SILENCE)
        return () if reading is None else (reading,)

    def forget(self) -> None:
        """Drop what is open: the rest of it was lost with the connection."""
        self._line.clear()
        self._card.clear()

    def _take(self, byte: int) -> None:
        if byte == _STX:
            self._line.clear()
        elif (byte >= 0x20 or byte in _KEPT_CONTROLS) and len(self._line) < _LONGEST_LINE_BYTES:
            self._line.append(byte)

    def _close(self, ending: LineEnd) -> SerialReading | None:
        line = bytes(self._line)
        self._line.clear()
        if not line:
            return None
        self._sends_endings = True
        if not self._card and not line.upper().startswith(_CARD_BEGINS):
            return _reading(line, ending)
        self._card.append(line)
        is_whole = line.upper().startswith(_CARD_ENDS)
        if not is_whole and sum(map(len, self._card)) < _LONGEST_LINE_BYTES:
            return None
        card = b"\n".join(self._card)
        self._card.clear()
        return _reading(card, ending)


def _reading(line: bytes, ending: LineEnd) -> SerialReading | None:
    if not line:
        return None
    text = _decoded(line)
    return SerialReading(text[:LONGEST_CODE], ending, _is_legible(text))


def _decoded(line: bytes) -> str:
    """UTF-8 as it should be, else Latin-1, which many scanners send and which takes any byte."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _is_legible(text: str) -> bool:
    strange = sum(1 for sign in text if not sign.isprintable() and ord(sign) not in _FINE)
    return strange * 4 <= len(text)


_FINE = _KEPT_CONTROLS | {0x0A}
