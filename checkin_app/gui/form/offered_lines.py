"""The lines of a drop-down that come and go while its first one stays."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox

from checkin_app.gui.plain_text import shown


def offer_below_first(box: QComboBox, offered: Iterable[tuple[str, str]]) -> bool:
    """Offer words and their values below the first line, without a signal.

    Returns:
        whether what was chosen is offered no more; then the first line is chosen.
    """
    lines = [(shown(words), value) for words, value in offered]
    if lines == [(box.itemText(row), box.itemData(row)) for row in range(1, box.count())]:
        return False
    chosen = box.currentData()
    box.blockSignals(True)
    while box.count() > 1:
        box.removeItem(1)
    for words, value in lines:
        box.addItem(words, value)
    box.setCurrentIndex(0 if chosen is None else max(box.findData(chosen), 0))
    box.blockSignals(False)
    return bool(box.currentData() != chosen)
