"""What a printer's correction does, in words."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from checkin_app.domain.badges.imposition import PrinterOffset


def offset_sentence(offset: PrinterOffset) -> str:
    """How far the print is moved and stretched."""
    parts = list(_parts(offset))
    return (
        _tr("Print is {changes}.").format(changes=", ".join(parts))
        if parts
        else _tr("No correction measured.")
    )


def _parts(offset: PrinterOffset) -> Iterator[str]:
    if offset.right_mm:
        way = _tr("moved {mm} mm right") if offset.right_mm > 0 else _tr("moved {mm} mm left")
        yield way.format(mm=f"{abs(offset.right_mm):.3g}")
    if offset.down_mm:
        way = _tr("moved {mm} mm down") if offset.down_mm > 0 else _tr("moved {mm} mm up")
        yield way.format(mm=f"{abs(offset.down_mm):.3g}")
    for scale, words in (
        (offset.scale_x, _tr("stretched to {percent} % across")),
        (offset.scale_y, _tr("stretched to {percent} % down")),
    ):
        if scale != 1:
            yield words.format(percent=f"{scale * 100:.2f}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("PrinterOffset", text)
