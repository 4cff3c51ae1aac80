"""Code → QR symbol (ISO/IEC 18004, error correction M), and symbol → picture.

The ``qrcode`` package is the encoder. It needs milliseconds a symbol, most of them for choosing
the mask; a run of thousands goes by tables learnt from it (``qr_tables``), whose symbols are the
same module for module.
"""

from __future__ import annotations

import functools
import io
from collections import defaultdict
from dataclasses import dataclass

import qrcode.constants
import qrcode.exceptions
import qrcode.util
from qrcode.main import QRCode

from checkin_app.badges.qr_tables import (
    SymbolTables,
    modules_as_bits,
    payload,
    smallest_version,
)
from checkin_app.errors import BadgeError

QUIET_ZONE_MODULES = 4
_LEARN_AFTER = 12
"""Symbols of one version made by ``qrcode`` itself before learning the tables is cheaper."""


@dataclass(frozen=True, slots=True)
class QrSymbol:
    """A square of modules, without its quiet zone.

    Attributes:
        side: modules along one side.
        bits: module (row, column) is dark when bit ``row * side + column`` is set.
    """

    side: int
    bits: int

    @property
    def version(self) -> int:
        """1 (21 modules) to 40."""
        return (self.side - 17) // 4

    def rows(self) -> list[int]:
        """The rows from the top; bit 0 is the leftmost module."""
        mask = (1 << self.side) - 1
        return [self.bits >> (row * self.side) & mask for row in range(self.side)]


class QrEncoder:
    """Encodes codes; learns the tables of a version once enough symbols of it are asked for."""

    def __init__(self) -> None:
        self._samples: defaultdict[int, dict[str, QrSymbol]] = defaultdict(dict)
        self._tables: dict[int, SymbolTables | None] = {}

    def encode(self, code: str) -> QrSymbol | None:
        """The symbol of a code in the smallest version; None when no symbol can hold it."""
        if not _is_text(code):
            return None
        value, length = payload(code)
        version = smallest_version(length)
        if version is None:
            return encode_plainly(code)
        tables = self._tables.get(version)
        if tables is not None:
            return QrSymbol(tables.side, tables.symbol(value, length))
        symbol = encode_plainly(code)
        if symbol is not None and version not in self._tables:
            self._learn_from(symbol, code, version)
        return symbol

    def _learn_from(self, symbol: QrSymbol, code: str, version: int) -> None:
        """Keeps samples; with enough of them learns the version and proves it on the samples."""
        samples = self._samples[version]
        samples[code] = symbol
        if len(samples) < _LEARN_AFTER:
            return
        tables = SymbolTables(version)
        proven = all(tables.symbol(*payload(one)) == made.bits for one, made in samples.items())
        self._tables[version] = tables if proven else None
        del self._samples[version]


@functools.cache
def encoder() -> QrEncoder:
    """The process's encoder, so that what it learnt serves all documents."""
    return QrEncoder()


def encode_plainly(code: str) -> QrSymbol | None:
    """The symbol as the ``qrcode`` package makes it: one segment, best mask."""
    symbol = QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    try:
        symbol.add_data(qrcode.util.QRData(code), optimize=0)
        symbol.make()
    except (qrcode.exceptions.DataOverflowError, ValueError):
        # ValueError: too long for version 40, or a block of zero bytes, where qrcode 8.2 fails.
        return None
    return QrSymbol(symbol.modules_count, modules_as_bits(symbol.modules))


def symbol_side(code: str) -> int | None:
    """Modules along one side of a code's symbol, without making it if that can be told."""
    if not _is_text(code):
        return None
    version = smallest_version(payload(code)[1])
    if version is not None:
        return 17 + 4 * version
    symbol = encode_plainly(code)
    return symbol.side if symbol is not None else None


def _is_text(code: str) -> bool:
    """Whether there is anything to encode; half a surrogate pair is no character."""
    return bool(code) and not any("\ud800" <= char <= "\udfff" for char in code)


def qr_png(code: str, pixels_per_module: int = 12) -> bytes:
    """A black and white PNG of a code with its quiet zone.

    Raises:
        BadgeError: no symbol can hold the code.
    """
    from PIL import Image

    symbol = encoder().encode(code)
    if symbol is None:
        raise BadgeError("A code is empty or too long for a QR. Correct it in the list.")
    side = symbol.side + 2 * QUIET_ZONE_MODULES
    picture = Image.new("1", (side, side), 1)
    for row, modules in enumerate(symbol.rows(), QUIET_ZONE_MODULES):
        for column in range(symbol.side):
            if modules >> column & 1:
                picture.putpixel((column + QUIET_ZONE_MODULES, row), 0)
    target = io.BytesIO()
    enlarged = picture.resize((side * pixels_per_module,) * 2, Image.Resampling.NEAREST)
    enlarged.save(target, "PNG", optimize=True)
    return target.getvalue()
