"""Code → QR symbol (ISO/IEC 18004), and symbol → picture.

The ``qrcode`` package is the encoder. It spends milliseconds on a symbol, most of them on weighing
eight masks; a run of thousands has one fixed mask, which readers read as well (measured: see
docs/decisions.md), and goes by tables learnt from the package (``qr_tables``).
"""

from __future__ import annotations

import functools
import io
from collections import defaultdict
from typing import NamedTuple

import qrcode.exceptions
import qrcode.util
from qrcode.main import QRCode

from checkin_app.badges.codes.qr_payload import LEVELS, payload
from checkin_app.badges.codes.qr_tables import LARGEST_LEARNT, SymbolTables, modules_as_bits
from checkin_app.domain.badges.badge_elements import ErrorCorrection
from checkin_app.errors import BadgeError

QUIET_ZONE_MODULES = 4
MASK = 6
"""Any of the eight is valid; the symbol says which it has, and readers take it off again."""

_LEARN_AFTER = 4
"""Symbols of one version made by ``qrcode`` itself before learning the tables is cheaper."""


class QrSymbol(NamedTuple):
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


_Kind = tuple[int, ErrorCorrection]


class QrEncoder:
    """Encodes codes; learns the tables of a version once enough symbols of it are asked for."""

    def __init__(self) -> None:
        self._samples: defaultdict[_Kind, dict[str, QrSymbol]] = defaultdict(dict)
        self._tables: dict[_Kind, SymbolTables | None] = {}
        self._by_size: dict[tuple[int, int, ErrorCorrection], tuple[int, SymbolTables]] = {}

    def encode(self, code: str, level: ErrorCorrection = ErrorCorrection.M) -> QrSymbol | None:
        """The symbol of a code in the smallest version; None when no symbol can hold it."""
        if not _is_text(code):
            return None
        bits = payload(code)
        size = (bits.mode, bits.length, level)
        if size in self._by_size:
            version, tables = self._by_size[size]
            return QrSymbol(tables.side, tables.symbol(*bits.segment(version)))
        found = bits.version(level)
        if found is None:
            return None
        known = self._tables.get((found, level))
        if known is not None:
            self._by_size[size] = found, known
            return QrSymbol(known.side, known.symbol(*bits.segment(found)))
        symbol = encode_plainly(code, level)
        if symbol is not None and found <= LARGEST_LEARNT:
            self._learn_from(symbol, code, (found, level))
        return symbol

    def _learn_from(self, symbol: QrSymbol, code: str, kind: _Kind) -> None:
        """Keeps samples; with enough of them learns the version and proves it on the samples."""
        if kind in self._tables:
            return
        samples = self._samples[kind]
        samples[code] = symbol
        if len(samples) < _LEARN_AFTER:
            return
        version, level = kind
        tables = SymbolTables(version, level, MASK)
        proven = all(
            tables.symbol(*payload(one).segment(version)) == made.bits
            for one, made in samples.items()
        )
        self._tables[kind] = tables if proven else None
        del self._samples[kind]


@functools.cache
def encoder() -> QrEncoder:
    """The process's encoder, so that what it learnt serves all documents."""
    return QrEncoder()


def encode_plainly(
    code: str, level: ErrorCorrection = ErrorCorrection.M, mask: int | None = MASK
) -> QrSymbol | None:
    """The symbol as the ``qrcode`` package makes it, in one segment.

    Args:
        mask: None for the one that the package weighs best.
    """
    symbol = QRCode(error_correction=LEVELS[level], border=0, mask_pattern=mask)
    try:
        symbol.add_data(qrcode.util.QRData(code), optimize=0)
        symbol.make()
    except (qrcode.exceptions.DataOverflowError, ValueError):
        # ValueError: too long for version 40, or a block of zero bytes, where qrcode 8.2 fails.
        return None
    return QrSymbol(symbol.modules_count, modules_as_bits(symbol.modules))


def _is_text(code: str) -> bool:
    """Whether there is anything to encode; half a surrogate pair is no character."""
    return bool(code) and (code.isascii() or not any("\ud800" <= char <= "\udfff" for char in code))


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
    row_bytes = (symbol.side + 7) // 8
    # A row's first module is the lowest bit of its first byte, and 1 is dark: Pillow's "1;IR".
    rows = b"".join(row.to_bytes(row_bytes, "little") for row in symbol.rows())
    modules = Image.frombytes("1", (symbol.side, symbol.side), rows, "raw", "1;IR")
    picture.paste(modules, (QUIET_ZONE_MODULES, QUIET_ZONE_MODULES))
    target = io.BytesIO()
    enlarged = picture.resize((side * pixels_per_module,) * 2, Image.Resampling.NEAREST)
    enlarged.save(target, "PNG", compress_level=6)
    return target.getvalue()
