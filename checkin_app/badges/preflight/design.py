"""The design of a run → its findings, as badges with other parts or categories come along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checkin_app.badges import fields
from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.compose import Composer
from checkin_app.badges.placed import Problem
from checkin_app.badges.preflight.faces import FaceJudge, Watch
from checkin_app.badges.preflight.findings import FindingKind
from checkin_app.badges.preflight.layers import layer_of
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.badge_layout import Part, Side
from checkin_app.domain.badges.stock import Fold, Stock

_State = tuple[str, tuple[bool, ...]]
"""A category, and which of the parts with conditions are printed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What all badges of one category and with the same parts share.

    Attributes:
        watches: one for each printed face, the front first.
    """

    problems: tuple[Problem, ...]
    watches: tuple[Watch, ...]


def printed_sides(plan: BadgePlan, composer: Composer) -> tuple[Side, ...]:
    """The faces that get onto paper."""
    if plan.has_backs and composer.design.back:
        return Side.FRONT, Side.BACK
    return (Side.FRONT,)


class DesignChecker:
    """Judges the design once for each category and each choice of printed parts."""

    def __init__(self, plan: BadgePlan, composer: Composer) -> None:
        self._plan = plan
        self._composer = composer
        self._sides = printed_sides(plan, composer)
        parts = [part for side in self._sides for part in composer.design.parts(side)]
        self._conditional = [part for part in parts if part.only_if]
        asked = {one.field for part in self._conditional for one in part.only_if}
        self._own_fields = tuple(name for name in asked if not fields.is_shared(name))
        self._asks_shared = len(self._own_fields) < len(asked)
        stock = plan.stock
        self._face = Box(0, 0, stock.face_width_mm, stock.face_height_mm)
        self._reach = _reach(stock)
        self._verdicts: dict[_State, Verdict] = {}

    def verdict(self, attendee: Attendee) -> tuple[Verdict, bool]:
        """What the attendee's badge shares with others, and whether it is the first of them."""
        state = (attendee.category, self._printed(attendee) if self._conditional else ())
        verdict = self._verdicts.get(state)
        if verdict is not None:
            return verdict, False
        verdict = self._verdicts[state] = self._judge(state)
        return verdict, True

    def _printed(self, attendee: Attendee) -> tuple[bool, ...]:
        values = fields.attendee_values(attendee, self._own_fields)
        if self._asks_shared:
            values |= fields.shared_values(self._plan.event, attendee.category)
        return tuple([_is_printed(part, values) for part in self._conditional])

    def _judge(self, state: _State) -> Verdict:
        category, printed = state
        palette = self._composer.palette(category)
        # Parts are compared by identity: two of the same look may have other conditions.
        hidden = {
            id(part)
            for part, is_printed in zip(self._conditional, printed, strict=True)
            if not is_printed
        }
        judges = []
        for side in self._sides:
            layers = [
                layer_of(part, element, palette)
                for part in self._composer.design.parts(side)
                if id(part) not in hidden and (element := part.element_for(category)) is not None
            ]
            judges.append(FaceJudge(layers, palette, self._plan.layout, self._face, self._reach))
        problems = [problem for judge in judges for problem in judge.problems]
        return Verdict(tuple(problems), tuple(judge.watch for judge in judges))


def design_problems(plan: BadgePlan) -> Iterator[Problem]:
    """What is to be known about layout and stock, whoever is printed."""
    width_mm, height_mm = plan.stock.face_width_mm, plan.stock.face_height_mm
    if not plan.layout.suits(width_mm, height_mm):
        drawn = ", ".join(f"{one.width_mm:g} × {one.height_mm:g}" for one in plan.layout.designs)
        detail = f"badges of {width_mm:g} × {height_mm:g} mm; drawn for {drawn} mm"
        yield FindingKind.LAYOUT_UNSUITED, "layout", detail
    if plan.stock.doubt:
        yield FindingKind.STOCK_UNVERIFIED, "stock", plan.stock.doubt


def _is_printed(part: Part, values: dict[str, str]) -> bool:
    return all(condition.holds(values[condition.field]) for condition in part.only_if)


def _reach(stock: Stock) -> Box:
    """What the printer reaches of a face, if that is less than all of it."""
    face = Box(0, 0, stock.face_width_mm, stock.face_height_mm)
    if stock.fold is not Fold.NONE:
        return face
    width_mm = stock.printable_width_mm or face.width_mm
    height_mm = stock.printable_height_mm or face.height_mm
    return Box(
        (face.width_mm - width_mm) / 2, (face.height_mm - height_mm) / 2, width_mm, height_mm
    )
