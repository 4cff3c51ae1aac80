"""The colours of charts, as plain values: the window gives those of its theme."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as "#rrggbb".

    Attributes:
        ground: behind the cards of a whole dashboard.
        surface: behind a chart.
        border: around a card.
        track: what is still to come.
        accent: what has come.
        complete: what is complete.
        alarm: what went wrong.
    """

    ground: str
    surface: str
    border: str
    track: str
    text: str
    muted: str
    accent: str
    complete: str
    alarm: str


PAPER = Palette(
    ground="#eef1f4",
    surface="#ffffff",
    border="#cbd3dc",
    track="#dde3ea",
    text="#14202c",
    muted="#51606f",
    accent="#1758b8",
    complete="#0f6b3e",
    alarm="#b3231b",
)
"""The light colours of the program, for files."""
