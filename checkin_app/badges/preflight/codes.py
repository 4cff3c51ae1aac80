"""Codes → whether a printer of some resolution prints them large enough to be read.

Told from the length and the kind of the characters, without making a symbol.
"""

from __future__ import annotations

import functools
import math

from checkin_app.badges.codes.barcodes import code128_modules, is_code128
from checkin_app.badges.codes.qr_payload import segment_size, smallest_version
from checkin_app.badges.placed import PlacedCode128, PlacedQr, Problem
from checkin_app.badges.preflight.findings import FindingKind
from checkin_app.domain.badges.badge_elements import ErrorCorrection
from checkin_app.domain.language.lengths import MM_PER_INCH

SMALLEST_MODULE_MM = 0.33
"""Below this a phone or desk scanner reads a printed symbol unreliably."""

SMALLEST_BAR_MM = 0.19
"""7.5 mil, the finest bars that ordinary scanners are specified for."""

LARGEST_SCANNED_VERSION = 4
"""Beyond 33 modules a symbol takes long to find; contact cards, which are no tickets, may."""

_CARD_BEGINNINGS = ("BEGIN:VCARD", "MECARD:")
_ROUNDING = 1e-6


class CodeChecker:
    """Judges codes for one printer.

    Args:
        dpi: the printer's resolution; a module is a whole number of its dots.
    """

    def __init__(self, dpi: int) -> None:
        self._dot_mm = MM_PER_INCH / dpi
        self._qr_problem = functools.lru_cache(maxsize=4096)(self._judge_qr)

    def qr_problem(self, code: PlacedQr) -> Problem | None:
        """What is wrong with a QR code."""
        content = code.content
        size = segment_size(content)
        if size is None:
            return FindingKind.QR_IMPOSSIBLE, "code", "the code is empty or holds half a character"
        mode, length = size
        return self._qr_problem(
            mode,
            length,
            code.error_correction,
            min(code.box.width_mm, code.box.height_mm),
            code.quiet_zone_modules,
            content.startswith(_CARD_BEGINNINGS),
        )

    def barcode_problem(self, code: PlacedCode128) -> Problem | None:
        """What is wrong with a Code 128 barcode."""
        if not is_code128(code.content):
            detail = "the code is empty or has letters that a Code 128 cannot hold"
            return FindingKind.BARCODE_IMPOSSIBLE, "code", detail
        bar_mm = self._printed_mm(code.box.width_mm / code128_modules(code.content))
        if bar_mm < SMALLEST_BAR_MM:
            detail = f"bars of {bar_mm:.2f} mm, readable from {SMALLEST_BAR_MM} mm"
            return FindingKind.BARCODE_IMPOSSIBLE, "code", detail
        return None

    def _judge_qr(
        self,
        mode: int,
        length: int,
        level: ErrorCorrection,
        side_mm: float,
        quiet_zone_modules: int,
        is_card: bool,
    ) -> Problem | None:
        version = smallest_version(mode, length, level)
        if version is None:
            return FindingKind.QR_IMPOSSIBLE, "code", "the code is too long for a QR"
        side = 17 + 4 * version
        module_mm = self._printed_mm(side_mm / (side + 2 * quiet_zone_modules))
        if module_mm < SMALLEST_MODULE_MM:
            detail = f"modules of {module_mm:.2f} mm, readable from {SMALLEST_MODULE_MM} mm"
            return FindingKind.QR_TOO_SMALL, "code", detail
        if version > LARGEST_SCANNED_VERSION and not is_card:
            detail = f"{side} modules a side, quickly read up to 33: the code is long"
            return FindingKind.QR_TOO_SMALL, "code", detail
        return None

    def _printed_mm(self, module_mm: float) -> float:
        """What is left of a module that the printer snaps to whole dots."""
        return math.floor(module_mm / self._dot_mm + _ROUNDING) * self._dot_mm
