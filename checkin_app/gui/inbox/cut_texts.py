"""Several texts side by side in one line that is too short for them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF


def cut_evenly(texts: Sequence[str], room: float, metrics: QFontMetricsF) -> tuple[str, ...]:
    """Cut the longest until all fit, so that each can still be told.

    Args:
        room: for all together, in the pixels of ``metrics``.
    """
    widths = [metrics.horizontalAdvance(text) for text in texts]
    share = _largest_share(widths, room)
    return tuple(
        text if width <= share else metrics.elidedText(text, Qt.TextElideMode.ElideRight, share)
        for text, width in zip(texts, widths, strict=True)
    )


def _largest_share(widths: Sequence[float], room: float) -> float:
    """What each may take at most; what the shorter ones leave goes to the longer."""
    left, share = room, room
    for done, width in enumerate(sorted(widths)):
        share = left / (len(widths) - done)
        if width > share:
            return share
        left -= width
    return max(widths, default=room)
