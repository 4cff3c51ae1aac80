"""The 32 bytes in which a Brother QL printer tells how it is doing → a state in our words.

By the tables of ``ESC i S`` in Brother's "Raster Command Reference" of the QL-800 series.
"""

from __future__ import annotations

from dataclasses import dataclass

from checkin_app.domain.printers import (
    PrinterActivity,
    PrinterId,
    PrinterState,
    PrinterTrouble,
)

STATUS_BYTES = 32
HEADER = b"\x80\x20\x42"

_MODEL, _ERRORS, _WIDTH, _MEDIA, _LENGTH, _KIND, _PHASE, _NOTICE = 3, 8, 10, 11, 17, 18, 19, 22
_NO_MEDIA = 0x00
_DIE_CUT = (0x0B, 0x4B)
_IS_PRINTED = 0x01
_IS_PRINTING = 0x01
_COOLS = 0x03

_TROUBLES = (
    (0x0001, PrinterTrouble.OUT_OF_PAPER, "no labels"),
    (0x0002, PrinterTrouble.OUT_OF_PAPER, "end of the roll"),
    (0x0004, PrinterTrouble.JAM, "cutter jammed"),
    (0x0008, PrinterTrouble.OTHER, "battery weak"),
    (0x0010, PrinterTrouble.REFUSES, "in use"),
    (0x0020, PrinterTrouble.OFFLINE, "switched off"),
    (0x0080, PrinterTrouble.OTHER, "fan does not turn"),
    (0x0100, PrinterTrouble.WRONG_PAPER, "wrong roll"),
    (0x0200, PrinterTrouble.OTHER, "label too long for its memory"),
    (0x0400, PrinterTrouble.OTHER, "data damaged on the way"),
    (0x0800, PrinterTrouble.OTHER, "data could not be taken"),
    (0x1000, PrinterTrouble.COVER_OPEN, "cover open"),
    (0x2000, PrinterTrouble.OTHER, "too hot"),
    (0x4000, PrinterTrouble.OUT_OF_PAPER, "labels cannot be fed"),
    (0x8000, PrinterTrouble.OTHER, "fault in the printer"),
)
"""Bits of error information 1 (low byte) and 2 (high byte)."""

_ORDER = tuple(PrinterTrouble)


@dataclass(frozen=True, slots=True)
class BrotherStatus:
    """How a Brother QL printer is doing.

    Attributes:
        model: its code, for ``brother_media.model_with_code``.
        media_mm: width and length of the labels in it, length 0 for tape; None without any.
        troubles: the most urgent first.
        is_printing: the head is at work.
        has_printed: sent by itself: a page is out.
        detail: the troubles in words.
    """

    model: tuple[int, int]
    media_mm: tuple[int, int] | None
    troubles: tuple[PrinterTrouble, ...]
    is_printing: bool
    has_printed: bool
    detail: str

    @property
    def is_stopped(self) -> bool:
        """No label comes out until somebody sees to it."""
        return bool(self.troubles)

    def as_state(self, printer: PrinterId) -> PrinterState:
        """The same for the desk."""
        if self.is_stopped:
            activity = PrinterActivity.STOPPED
        else:
            activity = PrinterActivity.PRINTING if self.is_printing else PrinterActivity.IDLE
        return PrinterState(printer, activity, self.troubles, self.detail)


def status_from(answer: bytes) -> BrotherStatus | None:
    """What the bytes mean; None when they are no status."""
    if len(answer) < STATUS_BYTES or not answer.startswith(HEADER):
        return None
    bits = answer[_ERRORS] | answer[_ERRORS + 1] << 8
    found = [(trouble, words) for mask, trouble, words in _TROUBLES if bits & mask]
    kind = answer[_MEDIA]
    if kind == _NO_MEDIA and not found:
        found = [(PrinterTrouble.OUT_OF_PAPER, "no labels")]
    words = [words for _, words in found]
    if answer[_NOTICE] == _COOLS:
        words.append("cooling down")
    return BrotherStatus(
        model=(answer[_MODEL], answer[_MODEL + 1]),
        media_mm=_media_mm(kind, answer[_WIDTH], answer[_LENGTH]),
        troubles=tuple(sorted({trouble for trouble, _ in found}, key=_ORDER.index)),
        is_printing=answer[_PHASE] == _IS_PRINTING,
        has_printed=answer[_KIND] == _IS_PRINTED,
        detail=", ".join(words),
    )


def _media_mm(kind: int, width_mm: int, length_mm: int) -> tuple[int, int] | None:
    if kind == _NO_MEDIA:
        return None
    return (width_mm, length_mm if kind in _DIE_CUT else 0)
