"""What came of exchanging with the hub: for whoever shows it, or waits for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from checkin_app.domain.sharing import Conflict


@dataclass(frozen=True, slots=True)
class Shared:
    """What one exchange did.

    Attributes:
        sent: entry id → number on the hub, of the entries this desk handed in.
        came: entry id → number on the hub, of the entries that are new here.
        attendees: whom they concern.
        conflicts: admissions that others made without knowing of ours, or we of theirs.
        refused: parcels that were changed on their way, or hold what no desk writes.
    """

    sent: dict[str, int] = field(default_factory=dict)
    came: dict[str, int] = field(default_factory=dict)
    attendees: frozenset[str] = frozenset()
    conflicts: tuple[Conflict, ...] = ()
    refused: int = 0

    def __bool__(self) -> bool:
        return bool(self.sent or self.came or self.refused)

    @property
    def parcels(self) -> int:
        """In how many parcels that came in."""
        return len(set(self.came.values()))

    def and_then(self, later: Shared) -> Shared:
        """Both together."""
        return Shared(
            self.sent | later.sent,
            # What comes in a second parcel came with the first.
            later.came | self.came,
            self.attendees | later.attendees,
            self.conflicts + later.conflicts,
            self.refused + later.refused,
        )
