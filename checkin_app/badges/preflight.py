"""Composed badges → findings, before any paper is used. Nothing is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checkin_app.badges.compose import ComposedBadge, Composer
from checkin_app.badges.findings import Finding, FindingKind
from checkin_app.badges.qr import QUIET_ZONE_MODULES, symbol_side
from checkin_app.badges.text_blocks import Problem
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badge_layout import BadgeLayout
from checkin_app.domain.programme import Event
from checkin_app.domain.stock import Stock

SMALLEST_MODULE_MM = 0.33
"""Below this a phone or desk scanner reads a printed symbol unreliably."""


def check(
    attendees: Sequence[Attendee],
    layout: BadgeLayout,
    stock: Stock,
    event: Event,
    categories: Iterable[str] = (),
) -> tuple[Finding, ...]:
    """Everything worth a look in a run, badge by badge, in the order of the attendees.

    What is wrong with a text that all badges share is reported once, for the first of them.
    """
    composer = Composer(layout, stock.badge_width_mm, stock.badge_height_mm, event, categories)
    found: list[Finding] = []
    reported: set[Problem] = set()
    for attendee in attendees:
        badge = composer.compose(attendee)
        found += badge_findings(badge)
        for problem in badge.shared.problems:
            if problem not in reported:
                reported.add(problem)
                found.append(Finding(attendee.id, *problem))
    return tuple(found)


def badge_findings(badge: ComposedBadge) -> Iterator[Finding]:
    """What is worth a look on one badge, the parts it shares with others apart."""
    attendee = badge.attendee
    if not attendee.full_name:
        yield Finding(attendee.id, FindingKind.EMPTY_NAME, "name", "nothing to print as a name")
    if not attendee.organisation.strip():
        yield Finding(attendee.id, FindingKind.EMPTY_ORGANISATION, "organisation")
    for block in badge.blocks:
        for problem in block.problems:
            yield Finding(attendee.id, *problem)
    for square in badge.codes:
        yield from _code_findings(attendee, square.side_mm)


def _code_findings(attendee: Attendee, side_mm: float) -> Iterator[Finding]:
    side = symbol_side(attendee.code)
    if side is None:
        kind, detail = FindingKind.QR_IMPOSSIBLE, "the code is empty or too long for a QR"
        yield Finding(attendee.id, kind, "code", detail)
        return
    module_mm = side_mm / (side + 2 * QUIET_ZONE_MODULES)
    if module_mm < SMALLEST_MODULE_MM:
        detail = f"modules of {module_mm:.2f} mm, readable from {SMALLEST_MODULE_MM} mm"
        yield Finding(attendee.id, FindingKind.QR_TOO_SMALL, "code", detail)
