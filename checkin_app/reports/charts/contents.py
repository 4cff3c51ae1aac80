"""What charts say, words and all: values that can be compared, so that only a chart that changed
is drawn anew.

``text`` is the whole chart in words, for those who do not see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checkin_app.domain.dashboard import Share

_MOST_IN_WORDS = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts: "12", "walk-ins". ``is_alarm``: it should not be."""

    number: str
    label: str
    is_alarm: bool = False


@dataclass(frozen=True, slots=True)
class Headline:
    """The large figure with a ring around its share.

    Attributes:
        part, whole: how far the ring is closed.
        number, of: "98", "of 146 expected".
        figures: smaller ones beside it.
        sentence: how it goes on.
    """

    title: str
    part: int
    whole: int
    number: str
    of: str
    figures: tuple[Figure, ...]
    sentence: str

    @property
    def percent(self) -> str:
        """The share in words; never "100 %" while somebody is missing."""
        if not self.whole:
            return "–"
        return f"{min(self.part, self.whole) * 100 // self.whole} %"

    @property
    def text(self) -> str:
        """All of it in words."""
        figures = ", ".join(f"{one.number} {one.label}" for one in self.figures)
        return f"{self.number} {self.of}, {self.percent}. {figures}. {self.sentence}"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chart over time: what it counts, what was expected, and both in words."""

    count: int
    expected: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Arrivals over time, with the curve of what was expected.

    Attributes:
        steps: equal steps of time.
        ticks: place of a step's left edge → the time to be written there.
        now: where the present is, in steps; None when it is not shown.
        counted, assumed: what bars and curve are; ``assumed`` is empty without a curve.
        sentence: where they stand to each other.
        empty: what to say while there is nothing.
    """

    title: str
    steps: tuple[Step, ...]
    ticks: tuple[tuple[int, str], ...]
    now: float | None
    counted: str
    assumed: str
    sentence: str
    empty: str

    @property
    def is_empty(self) -> bool:
        """Nobody has come."""
        return not any(step.count for step in self.steps)

    @property
    def text(self) -> str:
        """The busiest steps in words."""
        if self.is_empty:
            return self.empty
        busiest = sorted(self.steps, key=lambda step: -step.count)[:_MOST_IN_WORDS]
        told = (step for step in self.steps if step in busiest and step.count)
        return " ".join([self.sentence, *(f"{step.text}." for step in told)]).strip()


@dataclass(frozen=True, slots=True)
class Bars:
    """How many of each group have come.

    Attributes:
        shares: the largest first; what does not fit is added up in the last line.
        nameless: what to call those without a name.
        more: what to call those added up; has "{count}".
        empty: what to say without any.
    """

    title: str
    shares: tuple[Share, ...]
    nameless: str
    more: str
    empty: str

    def name_of(self, share: Share) -> str:
        """The name of a line."""
        if share.others:
            return self.more.format(count=grouped(share.others))
        return share.name or self.nameless

    @property
    def text(self) -> str:
        """The largest in words."""
        lines = [
            f"{self.name_of(one)}: {one.arrived} / {one.expected}"
            for one in self.shares[:_MOST_IN_WORDS]
        ]
        return "; ".join(lines) or self.empty


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: a name, and as many figures as the table has heads."""

    name: str
    figures: tuple[int, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """All of it, for people."""
        return (self.name, *map(grouped, self.figures))


@dataclass(frozen=True, slots=True)
class Table:
    """Names with figures.

    Attributes:
        heads: over the columns of figures.
        more: what to call rows that do not fit; has "{count}".
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    more: str
    empty: str

    @property
    def text(self) -> str:
        """The first rows in words."""
        lines = [
            ", ".join([row.name, *(f"{figure} {head}" for figure, head in self._of(row))])
            for row in self.rows[:_MOST_IN_WORDS]
        ]
        if self.rows[_MOST_IN_WORDS:]:
            lines.append(self.more.format(count=len(self.rows) - _MOST_IN_WORDS))
        return "; ".join(lines) or self.empty

    def sum_of(self, rows: Sequence[Row], name: str) -> Row:
        """One row in place of several."""
        columns = zip(*(row.figures for row in rows), strict=True)
        return Row(name, tuple(map(sum, columns)))

    def _of(self, row: Row) -> list[tuple[str, str]]:
        return list(zip(row.texts[1:], self.heads, strict=True))


@dataclass(frozen=True, slots=True)
class Figures:
    """A few numbers side by side."""

    title: str
    figures: tuple[Figure, ...]
    empty: str

    @property
    def text(self) -> str:
        """All of them in words."""
        return ", ".join(f"{one.number} {one.label}" for one in self.figures) or self.empty


Content = Headline | Timeline | Bars | Table | Figures


def grouped(count: int) -> str:
    """A number with its thousands set apart by a narrow blank."""
    return f"{count:,}".replace(",", "\u202f")
