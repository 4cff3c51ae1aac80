"""The agenda on a badge: time and title, one session below the other."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from checkin_app.badges import fields
from checkin_app.badges.inks import Ink
from checkin_app.badges.placed import PlacedBlock, PlacedLine, Problem, Turn
from checkin_app.badges.preflight.findings import FindingKind
from checkin_app.badges.text.fitting import wrap
from checkin_app.badges.text.fonts import FontChoice
from checkin_app.badges.text.writing_direction import reads_right_to_left
from checkin_app.domain.badges.badge_elements import Agenda, Programme
from checkin_app.domain.badges.badge_text import Weight
from checkin_app.domain.language.lengths import millimetres, points
from checkin_app.domain.language.search_text import fold
from checkin_app.domain.language.spoken_dates import day_text
from checkin_app.domain.programme import Event, Session

_BLOCKS_KEPT = 1024
_LEADING = 1.22
_GAP_EM = 0.45
_COLUMN_GAP_EM = 0.9
_INDENT_EM = 0.9
_STEP_PT = 0.25
_SMALLEST_PT = 2.0
_BETWEEN = re.compile(r"[;\n|]")


@dataclass(frozen=True, slots=True)
class _Row:
    """One session, or a day above its sessions."""

    time: str
    title: str
    is_part: bool = False
    is_day: bool = False


class ProgrammeComposer:
    """One programme element; equal agendas share one block."""

    def __init__(
        self,
        element: Programme,
        ink: Callable[[str], Ink],
        event: Event,
        fonts: FontChoice,
    ) -> None:
        self._element = element
        self._event = event
        self._colour = ink(element.colour)
        self._time_colour = ink(element.time_colour)
        self._regular = fonts.font_list(Weight.REGULAR, element.font)
        self._bold = fonts.font_list(Weight.BOLD, element.font)
        self._placed = functools.lru_cache(maxsize=_BLOCKS_KEPT)(self._place)

    def placed_for(self, values: Mapping[str, str]) -> PlacedBlock | None:
        """The block for the texts of an attendee; None when there is nothing to list."""
        wanted = ""
        if self._element.agenda is Agenda.OWN:
            name = self._element.field
            wanted = values[name if name in fields.FIELD_NAMES else f"{fields.COLUMN}:{name}"]
            if not wanted:
                return None
        return self._placed(wanted)

    def _place(self, wanted: str) -> PlacedBlock | None:
        rows = tuple(self._own_rows(wanted) if wanted else self._rows_of(self._event.sessions))
        if not rows:
            return None
        element = self._element
        size_pt = element.size_pt
        lines, bottom_mm = self._lines(rows, size_pt)
        while bottom_mm > element.box.bottom_mm and size_pt > _SMALLEST_PT:
            size_pt -= _STEP_PT
            lines, bottom_mm = self._lines(rows, size_pt)
        return PlacedBlock(tuple(lines), tuple(self._problems(lines, size_pt)), self._turn())

    def _turn(self) -> Turn | None:
        box, degrees = self._element.box, self._element.rotation_deg
        if not degrees % 360:
            return None
        return Turn(degrees, box.x_mm + box.width_mm / 2, box.y_mm + box.height_mm / 2)

    def _lines(self, rows: Sequence[_Row], size_pt: float) -> tuple[list[PlacedLine], float]:
        """The lines at one size, and where the last ends."""
        box, em_mm = self._element.box, millimetres(size_pt)
        times_em = max((self._bold.width_em(row.time) for row in rows), default=0.0)
        titles_em = times_em + _COLUMN_GAP_EM if times_em else 0.0
        placed: list[PlacedLine] = []
        y_mm = box.y_mm - _GAP_EM * em_mm
        for row in rows:
            y_mm += _GAP_EM * em_mm
            first = True
            indent_em = 0.0 if row.is_day else titles_em + (_INDENT_EM if row.is_part else 0.0)
            face = self._bold if row.is_day else self._regular
            room_em = points(box.width_mm) / size_pt - indent_em
            for line in wrap(row.title, room_em, face.width_em):
                y_mm += (_LEADING if not first or placed else self._bold.cap_height_em) * em_mm
                if first and row.time:
                    placed.append(self._line(row.time, 0.0, y_mm, size_pt, is_time=True))
                first = False
                placed.append(self._line(line, indent_em * em_mm, y_mm, size_pt, row.is_day))
        return placed, y_mm

    def _line(
        self, text: str, x_mm: float, y_mm: float, size_pt: float, is_time: bool
    ) -> PlacedLine:
        return PlacedLine(
            text,
            self._element.box.x_mm + x_mm,
            y_mm,
            size_pt,
            self._bold if is_time else self._regular,
            self._time_colour if is_time else self._colour,
            right_to_left=reads_right_to_left(text),
        )

    def _problems(self, lines: Sequence[PlacedLine], size_pt: float) -> Iterator[Problem]:
        smallest = self._element.min_size_pt
        if size_pt < smallest:
            detail = f"needs {size_pt:.1f} pt, readable from {smallest:g} pt"
            yield FindingKind.TEXT_OVERFLOW, "programme", detail
        text = "".join(line.text for line in lines)
        for char in self._regular.missing(text):
            yield FindingKind.MISSING_GLYPH, "programme", f"{char} (U+{ord(char):04X})"

    def _rows_of(self, sessions: Sequence[Session]) -> Iterator[_Row]:
        days = {self._event.local(session.starts_at).date() for session in sessions}
        shown = None
        for session in sorted(sessions, key=lambda one: (one.starts_at, bool(one.parent))):
            starts = self._event.local(session.starts_at)
            if len(days) > 1 and starts.date() != shown:
                shown = starts.date()
                yield _Row("", day_text(shown), is_day=True)
            time = "" if session.parent else f"{starts:%H:%M}"
            yield _Row(time, fields.clean(session.title), is_part=bool(session.parent))

    def _own_rows(self, wanted: str) -> Iterator[_Row]:
        """The sessions that a field names; a name that is no session's stands as it is."""
        known = {fold(session.title): session for session in self._event.sessions}
        found: list[Session] = []
        others: list[str] = []
        for name in (part.strip() for part in _BETWEEN.split(wanted)):
            session = known.get(fold(name))
            if session is not None:
                found.append(session)
            elif name:
                others.append(name)
        for session in sorted(found, key=lambda one: one.starts_at):
            time = f"{self._event.local(session.starts_at):%H:%M}"
            yield _Row(time, fields.clean(session.title))
        for name in others:
            yield _Row("", name)
