"""On which screen the guest window may be shown: never on the one of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto


@dataclass(frozen=True, slots=True)
class ScreenPlace:
    """A connected screen.

    Attributes:
        name: the system's.
        title: what people call it.
        left, top, width, height: where it lies on the desktop, in pixels.
    """

    name: str
    title: str
    left: int
    top: int
    width: int
    height: int

    def covers_part_of(self, other: ScreenPlace) -> bool:
        """Whether both show the same: screens that are mirrored."""
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )


class WhyNot(Enum):
    """Why the window is not shown."""

    ONLY_ONE = auto()
    """There is no other screen than that of the desk."""
    GONE = auto()
    """The chosen screen is not connected."""
    DESK = auto()
    """The chosen screen shows the desk itself."""


def choose_screen(present: Sequence[ScreenPlace], wanted: str, desk: str) -> ScreenPlace | WhyNot:
    """The screen for the guest, or why there is none.

    When the chosen screen is gone no other takes its place: it may be the projector of the hall,
    and names are not for everybody.

    Args:
        wanted: name of the chosen screen; empty takes the first that is not the desk's.
        desk: name of the screen on which the desk works; empty while it is not known.
    """
    of_desk = next((screen for screen in present if screen.name == desk), None)
    free = [
        screen
        for screen in present
        if of_desk is None or not (screen is of_desk or screen.covers_part_of(of_desk))
    ]
    if not wanted:
        return free[0] if free and of_desk is not None else WhyNot.ONLY_ONE
    chosen = next((screen for screen in present if screen.name == wanted), None)
    if chosen is None:
        return WhyNot.GONE
    return chosen if chosen in free else WhyNot.DESK
