"""A QR code drawn with the letters of a terminal."""

from __future__ import annotations

from checkin_app.badges.codes.qr import QUIET_ZONE_MODULES, encoder

_LETTERS = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}
"""Upper and lower module of a line: light ones are drawn, for most terminals are dark."""


def qr_lines(text: str) -> list[str]:
    """The lines of a symbol with its quiet zone; none when no symbol holds the text."""
    symbol = encoder().encode(text)
    if symbol is None:
        return []
    margin = QUIET_ZONE_MODULES
    side = symbol.side + 2 * margin
    light = [0] * margin
    # Bit 0 of a row is its leftmost module.
    rows = [*light, *(row << margin for row in symbol.rows()), *light, 0]
    return [
        "".join(
            _LETTERS[rows[line] >> column & 1, rows[line + 1] >> column & 1]
            for column in range(side)
        )
        for line in range(0, side, 2)
    ]
