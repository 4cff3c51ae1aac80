"""Colours as layouts write them → the numbers that a page needs."""

from __future__ import annotations

import re

Ink = tuple[float, ...]
"""Red, green, blue, or cyan, magenta, yellow, black; each from 0 to 1."""

BLACK: Ink = (0.0, 0.0, 0.0)
_CMYK = re.compile(r"cmyk\(([^)]*)\)")


def ink(colour: str) -> Ink:
    """The parts of "#rrggbb" or of "cmyk(c, m, y, k)" in per cent.

    Raises:
        ValueError: it is not written so.
    """
    if re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        red, green, blue = bytes.fromhex(colour[1:])
        return red / 255, green / 255, blue / 255
    match = _CMYK.fullmatch(colour)
    parts = match.group(1).split(",") if match else []
    if len(parts) == 4 and all(part.strip().isdecimal() for part in parts):
        shares = tuple(int(part) / 100 for part in parts)
        if max(shares) <= 1:
            return shares
    raise ValueError(
        f'"{colour}" is not a colour; write it as "#rrggbb", or for print shops as'
        ' "cmyk(100, 60, 0, 20)"'
    )


def contrast(one: Ink, other: Ink) -> float:
    """Contrast ratio from 1 to 21, by WCAG 2.2 (https://www.w3.org/TR/WCAG22/)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Ink) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in _on_screen(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _on_screen(colour: Ink) -> tuple[float, float, float]:
    """About how a colour looks; inks are taken as ideal filters."""
    if len(colour) == 3:
        red, green, blue = colour
        return red, green, blue
    cyan, magenta, yellow, black = colour
    return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
