"""The loudspeakers of the computer, and which of them plays.

QtMultimedia is slow to load, so ``Loudspeakers`` is made when the first sound is prepared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice


@dataclass(frozen=True, slots=True)
class Loudspeaker:
    """A loudspeaker, or headphones.

    Attributes:
        id: the system's; the same each time it is plugged in.
        name: what people call it.
    """

    id: str
    name: str


def choose_loudspeaker(
    present: Sequence[Loudspeaker], wanted: str, first_choice: str
) -> Loudspeaker | None:
    """Who plays: the one wanted, else the system's first choice, else any; None without any.

    Args:
        wanted: an id; empty for the system's first choice.
        first_choice: the id of that.
    """
    by_id = {one.id: one for one in present}
    return by_id.get(wanted) or by_id.get(first_choice) or next(iter(present), None)


class Loudspeakers(QObject):
    """Knows which loudspeakers are connected now.

    Signals:
        changed: one came or went, or the system chose another first one.

    Raises:
        ImportError: QtMultimedia cannot be loaded here.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from PySide6.QtMultimedia import QMediaDevices

        self._media = QMediaDevices(self)
        self._media.audioOutputsChanged.connect(self.changed)

    def present(self) -> tuple[Loudspeaker, ...]:
        """All that are connected."""
        return tuple(
            Loudspeaker(_id(device), device.description()) for device in self._media.audioOutputs()
        )

    def first_choice(self) -> str:
        """The id of the one that the system prefers; empty without any."""
        return _id(self._media.defaultAudioOutput())

    def device(self, loudspeaker: Loudspeaker) -> QAudioDevice:
        """Qt's handle of a loudspeaker; a null device when it has just gone."""
        from PySide6.QtMultimedia import QAudioDevice

        devices = (one for one in self._media.audioOutputs() if _id(one) == loudspeaker.id)
        return next(devices, QAudioDevice())


def _id(device: QAudioDevice) -> str:
    return bytes(device.id().data()).decode(errors="replace")
