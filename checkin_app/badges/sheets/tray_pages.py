"""The pages that go before the badges of a tray: its name in large type, and who is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.canvas import PageCanvas
from checkin_app.badges.fields import clean
from checkin_app.badges.sheets.impose import SheetSide
from checkin_app.badges.text.font_files import FontShelf
from checkin_app.badges.text.fonts import FontChoice, FontList
from checkin_app.badges.text.lettering import Lettering
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_text import Weight
from checkin_app.domain.badges.imposition import Tray
from checkin_app.domain.language.lengths import points

_LARGEST_PT = 150.0
_NAME_HEIGHT_SHARE = 0.3
_NOTE_PT = 16.0
_HEAD_PT = 12.0
_ENTRY_PT = 8.5
_SMALLEST_PT = 5.0
_LEADING = 1.4
_MARGIN_MM = 12.0
_LARGEST_MARGIN_SHARE = 0.07
_COLUMN_MM = 58.0
_COLUMN_GAP_MM = 4.0
_NUMBER_EM = 2.6
_ELLIPSIS = "…"
_BLACK, _GREY = "0 g", "0.4 g"


class TrayPages:
    """Draws the pages of trays on the canvas of their badges."""

    def __init__(self, canvas: PageCanvas, plan: BadgePlan) -> None:
        stock = plan.stock
        self._canvas = canvas
        self._trays = plan.trays
        self._starts = [0, *accumulate(tray.size for tray in plan.trays)]
        self._event = clean(plan.event.name)
        fonts = FontChoice(plan.layout.fonts, FontShelf(plan.fonts))
        self._regular = _Writer(fonts.font_list(Weight.REGULAR), canvas)
        self._bold = _Writer(fonts.font_list(Weight.BOLD), canvas)
        self._width = points(stock.paper_width_mm)
        self._height = points(stock.paper_height_mm)
        shorter = min(self._width, self._height)
        self._margin = min(points(_MARGIN_MM), shorter * _LARGEST_MARGIN_SHARE)
        self._last: int | None = None

    def begins(self, side: SheetSide) -> bool:
        """Whether the first badge of a tray lies on this page, and its pages are not there yet."""
        tray = side.tray
        if tray is None or tray == self._last or not side.placements:
            return False
        return side.placements[0].badge == self._starts[tray]

    def print(self, everybody: Sequence[Attendee], side: SheetSide, *, both_sides: bool) -> int:
        """Draws the pages of the tray that begins; returns how many.

        Args:
            everybody: the whole run, in its order.
            both_sides: on both sides of the paper: what follows begins on a new sheet.
        """
        number = side.tray
        if number is None:
            return 0
        self._last = number
        tray = self._trays[number]
        people = everybody[self._starts[number] : self._starts[number + 1]]
        pages = [self._separator(tray)]
        if both_sides:
            pages.append([])
        pages += self._index(tray, people)
        if both_sides and len(pages) % 2:
            pages.append([])
        for operators in pages:
            self._canvas.addLiteral("\n".join(operators))
            self._canvas.showPage()
        return len(pages)

    def _separator(self, tray: Tray) -> list[str]:
        room = self._width - 2 * self._margin
        name = clean(tray.name)
        size = min(_LARGEST_PT, self._height * _NAME_HEIGHT_SHARE, self._bold.largest(name, room))
        middle = self._height / 2
        count = f"{tray.size:,} badges" if tray.size > 1 else "1 badge"
        note = min(_NOTE_PT, size / 2)
        below = middle - 2 * note
        return [
            _BLACK,
            self._bold.centred(name, self._width, middle, size),
            self._regular.centred(count, self._width, below, note),
            _GREY,
            self._regular.centred(
                self._event,
                self._width,
                below - 1.6 * note,
                min(note * 0.75, self._regular.largest(self._event, room)),
            ),
        ]

    def _index(self, tray: Tray, people: Sequence[Attendee]) -> list[list[str]]:
        room = self._width - 2 * self._margin
        gap = points(_COLUMN_GAP_MM)
        columns = max(1, int((room + gap) / (points(_COLUMN_MM) + gap)))
        width = (room + gap) / columns - gap
        top = self._height - self._margin - 2.5 * _HEAD_PT
        rows = max(1, int((top - self._margin) / (_ENTRY_PT * _LEADING)))
        entries = [(place, _listed(person)) for place, person in enumerate(people, 1)]
        pages = list(_batches(entries, rows * columns))
        drawn = []
        for number, page in enumerate(pages, 1):
            operators = self._head(tray, number, len(pages))
            for column, part in enumerate(_batches(page, rows)):
                left = self._margin + column * (width + gap)
                operators += self._column(part, left, top, width)
            drawn.append(operators)
        return drawn

    def _head(self, tray: Tray, page: int, pages: int) -> list[str]:
        base = self._height - self._margin - _HEAD_PT
        room = self._width - 2 * self._margin
        number = f"{page} of {pages}"
        name = clean(tray.name)
        size = min(_HEAD_PT, self._bold.largest(name, room * 0.7))
        end = self._width - self._margin - self._regular.width(number, _ENTRY_PT)
        return [
            _BLACK,
            self._bold.line(name, self._margin, base, size),
            _GREY,
            self._regular.line(number, end, base, _ENTRY_PT),
            _BLACK,
        ]

    def _column(
        self, entries: Sequence[tuple[int, str]], left: float, top: float, width: float
    ) -> Iterator[str]:
        start = left + _NUMBER_EM * _ENTRY_PT
        room = left + width - start
        for row, (place, name) in enumerate(entries):
            base = top - (row + 0.8) * _ENTRY_PT * _LEADING
            number = str(place)
            end = start - 0.6 * _ENTRY_PT - self._bold.width(number, _ENTRY_PT)
            yield self._bold.line(number, end, base, _ENTRY_PT)
            shown, size = self._regular.shortened(name, room)
            yield self._regular.line(shown, start, base, size)


class _Writer:
    """Lines of text in one weight."""

    def __init__(self, fonts: FontList, canvas: PageCanvas) -> None:
        self._fonts = fonts
        self._lettering = Lettering(fonts, canvas)

    def width(self, text: str, size: float) -> float:
        return self._fonts.width_em(text) * size

    def largest(self, text: str, room: float) -> float:
        """The size at which a text is as wide as its room."""
        return room / max(self._fonts.width_em(text), 0.1)

    def line(self, text: str, left: float, base: float, size: float) -> str:
        return self._lettering.line(text, left, base, size)

    def centred(self, text: str, page_width: float, base: float, size: float) -> str:
        return self.line(text, (page_width - self.width(text, size)) / 2, base, size)

    def shortened(self, text: str, room: float) -> tuple[str, float]:
        """A text small enough for its room; where that would be too small, with its end cut."""
        size = min(_ENTRY_PT, self.largest(text, room))
        if size >= _SMALLEST_PT:
            return text, size
        while text and self.width(text + _ELLIPSIS, _SMALLEST_PT) > room:
            text = text[:-1]
        return text + _ELLIPSIS, _SMALLEST_PT


def _batches(entries: Sequence[tuple[int, str]], size: int) -> Iterator[Sequence[tuple[int, str]]]:
    return (entries[at : at + size] for at in range(0, len(entries), size))


def _listed(person: Attendee) -> str:
    """As one looks a name up: last name first."""
    names = (clean(person.last_name), clean(person.first_name))
    return ", ".join(name for name in names if name)
