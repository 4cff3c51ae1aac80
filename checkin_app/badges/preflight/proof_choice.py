"""The people of a run → those whose badges show soonest what is wrong with a layout.

The longest, the shortest and the strangest: what fits them fits the others. The same run gives
the same people, each once and with the reason.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.compose import Composer, own_fields
from checkin_app.badges.fields import attendee_values
from checkin_app.badges.placed import PlacedBlock, PlacedLine
from checkin_app.badges.text.font_files import FontShelf
from checkin_app.badges.text.fonts import FontChoice
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_text import Weight

Pick = tuple[Attendee, str]
"""Somebody, and why: for people to read."""

_Measure = Callable[[Attendee], float]
_COMPOSED = 200
"""Of each kind of long text so many are composed: the smallest type and the most lines are
among them, and a list of 100,000 is not composed for one page."""


def proof_attendees(attendees: Sequence[Attendee], plan: BadgePlan, count: int) -> tuple[Pick, ...]:
    """At most so many of a run, the most telling first.

    One is taken for each reason in turn, then the next for each, so that any number of places
    shows as many kinds of trouble as it can.
    """
    chosen: dict[str, Pick] = {}
    waiting = _rankings(attendees, plan)
    while waiting and len(chosen) < count:
        for reason, ranking in tuple(waiting.items()):
            found = next((one for one in ranking if one[0].id not in chosen), None)
            if found is None:
                del waiting[reason]
            elif len(chosen) < count:
                chosen[found[0].id] = found
    return tuple(chosen.values())


def _rankings(attendees: Sequence[Attendee], plan: BadgePlan) -> dict[str, Iterator[Pick]]:
    """For each reason the people it fits, the most telling first."""
    composer = plan.composer()
    fonts = FontChoice(plan.layout.fonts, FontShelf(plan.fonts))
    width = fonts.font_list(Weight.BOLD).width_em

    def name_width(one: Attendee) -> float:
        return width(one.full_name)

    strangeness = _strangeness(attendees)
    long_texts: dict[str, _Measure] = {
        "longest name": name_width,
        "longest organisation": lambda one: len(one.organisation),
        "longest role": lambda one: len(one.role),
    }
    longest = {
        one.id: one
        for measure in (*long_texts.values(), strangeness)
        for one in heapq.nlargest(_COMPOSED, attendees, measure)
    }
    lines = {one.id: _own_lines(composer, one) for one in longest.values()}
    few_fields = Counter(_empty_fields(composer, one) for one in attendees).most_common(1)
    usual_gaps = few_fields[0][0] if few_fields else 0
    return {
        "longest name": _by(attendees, name_width, "longest name"),
        "category": _one_of_each_category(attendees, name_width),
        "smallest type": _by(
            tuple(longest.values()),
            lambda one: -min((line.size_pt for line in lines[one.id]), default=0.0),
            "smallest type",
        ),
        "most lines": _by(
            tuple(longest.values()), lambda one: len(lines[one.id]), "most lines of text"
        ),
        "strangest": _by(attendees, strangeness, "rarest letters", above=0),
        "shortest name": _by(attendees, lambda one: -name_width(one), "shortest name"),
        "longest organisation": _by(
            attendees, long_texts["longest organisation"], "longest organisation", above=0
        ),
        "longest role": _by(attendees, long_texts["longest role"], "longest role", above=0),
        "longest code": _by_code(attendees),
        "gaps": _by(
            attendees,
            lambda one: _empty_fields(composer, one),
            "most is left empty",
            above=usual_gaps,
        ),
    }


def _by(
    attendees: Sequence[Attendee],
    measure: _Measure,
    reason: str,
    above: float = float("-inf"),
) -> Iterator[Pick]:
    """Those whose measure is above a limit, the largest first, then in the order of the run."""
    measured = [(-measure(one), place) for place, one in enumerate(attendees)]
    heap = [one for one in measured if -one[0] > above]
    heapq.heapify(heap)
    while heap:
        yield attendees[heapq.heappop(heap)[1]], reason


def _by_code(attendees: Sequence[Attendee]) -> Iterator[Pick]:
    """Those with codes longer than most."""
    usual = Counter(len(one.code) for one in attendees).most_common(1)
    return _by(attendees, lambda one: len(one.code), "longest code", usual[0][0] if usual else 0)


def _one_of_each_category(attendees: Sequence[Attendee], measure: _Measure) -> Iterator[Pick]:
    """The widest name of each category, in the order in which the run has them."""
    widest: dict[str, tuple[float, Attendee]] = {}
    for one in attendees:
        width = measure(one)
        known = widest.get(one.category)
        if known is None or width > known[0]:
            widest[one.category] = (width, one)
    for category, (_width, one) in widest.items():
        yield one, f"category {category}" if category.strip() else "without category"


def _strangeness(attendees: Sequence[Attendee]) -> _Measure:
    """How rare the letters of a name are in this run; plain English letters count nothing."""
    seen = Counter(char for one in attendees for char in set(one.full_name) if not char.isascii())
    rareness: Mapping[str, float] = {char: 1 / times for char, times in seen.items()}
    return lambda one: sum(sorted(rareness.get(char, 0.0) for char in set(one.full_name)))


def _own_lines(composer: Composer, attendee: Attendee) -> list[PlacedLine]:
    return [
        line
        for face in composer.compose(attendee).faces
        for placed in face.own
        if isinstance(placed, PlacedBlock)
        for line in placed.lines
    ]


def _empty_fields(composer: Composer, attendee: Attendee) -> int:
    """How many of the fields that the badge shows are empty."""
    return list(attendee_values(attendee, own_fields(composer.design)).values()).count("")
