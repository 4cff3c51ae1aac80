"""Which badge lies where in a finished PDF, kept flat: a run has tens of thousands of them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

from checkin_app.domain.badges.badge_face import Box


@dataclass(frozen=True, slots=True)
class FilledSlot:
    """Which attendee's badge lies where.

    Attributes:
        sheet, slot: counted from 1.
        page: of the file, counted from 0.
        box: one face of the badge, in millimetres from the page's top left corner, before the
            printer's correction.
        codes: what the QR codes on this face hold.
        barcodes: what its Code 128 barcodes hold.
    """

    attendee_id: str
    sheet: int
    slot: int
    page: int
    box: Box
    codes: tuple[str, ...]
    barcodes: tuple[str, ...] = ()


class FilledSlots(Sequence[FilledSlot]):
    """The slots of a document in the order of its pages; each is made when it is asked for.

    As objects they would be most of the memory of a run, and the garbage collector would look
    through all of them again and again.
    """

    def __init__(self) -> None:
        self._attendee_ids: list[str] = []
        self._codes: list[str | tuple[str, ...]] = []
        self._numbers = array("L")
        self._boxes: list[Box] = []
        self._kinds: dict[int, int] = {}
        self._barcodes: dict[int, tuple[str, ...]] = {}

    def add(
        self,
        attendee_id: str,
        sheet: int,
        slot: int,
        page: int,
        box: Box,
        codes: tuple[str, ...],
        barcodes: tuple[str, ...] = (),
    ) -> None:
        """Adds one; the words are those of ``FilledSlot``."""
        if barcodes:
            self._barcodes[len(self._attendee_ids)] = barcodes
        self._attendee_ids.append(attendee_id)
        # Nearly always there is one code, and a text alone is no work for the collector.
        self._codes.append(codes[0] if len(codes) == 1 else codes)
        kind = self._kinds.get(id(box))
        if kind is None:
            # Kept here, the box keeps its id.
            kind = self._kinds[id(box)] = len(self._boxes)
            self._boxes.append(box)
        self._numbers.extend((sheet, slot, page, kind))

    def __len__(self) -> int:
        return len(self._attendee_ids)

    @overload
    def __getitem__(self, index: int) -> FilledSlot: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[FilledSlot]: ...

    def __getitem__(self, index: int | slice) -> FilledSlot | Sequence[FilledSlot]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = range(len(self))[index]
        sheet, slot, page, kind = self._numbers[4 * at : 4 * at + 4]
        codes = self._codes[at]
        return FilledSlot(
            self._attendee_ids[at],
            sheet,
            slot,
            page,
            self._boxes[kind],
            (codes,) if isinstance(codes, str) else codes,
            self._barcodes.get(at, ()),
        )
