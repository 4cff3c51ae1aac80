"""Tells the further lines of a contact card from scans of their own.

A scanner that plays keyboard sends the line ends inside a card as Enter, so each line looks like a
code. The first, ``BEGIN:VCARD``, says all that the desk can answer: this is a contact card. The
others follow it without a pause and belong to it.
"""

from __future__ import annotations

from checkin_app.domain.scan import Scan

_PAUSE_MS = 500
_BEGIN = "BEGIN"
_BEGINNING = "BEGIN:V"


class CardLines:
    """Follows the readings of the keyboard scanners."""

    def __init__(self) -> None:
        self._kind = ""
        self._last_line_ended_ms = 0

    def is_further_line(self, scan: Scan, began_ms: int, ended_ms: int) -> bool:
        """Whether this belongs to the card whose beginning was a scan already. Notes it.

        Args:
            began_ms: when its first character came, by any clock that goes on.
            ended_ms: when its last came.
        """
        is_inside = bool(self._kind) and 0 <= began_ms - self._last_line_ended_ms < _PAUSE_MS
        self._last_line_ended_ms = ended_ms
        if _begins_card(scan):
            # BEGIN:VCARD and END:VCARD end alike, whatever the keyboard layout makes of it.
            self._kind = scan.text[len(_BEGIN) :]
        elif not is_inside or scan.text.endswith(self._kind):
            self._kind = ""
        return is_inside


def _begins_card(scan: Scan) -> bool:
    texts = (scan.text, *(repair.text for repair in scan.repairs))
    return any(text[: len(_BEGINNING)].upper() == _BEGINNING for text in texts)
