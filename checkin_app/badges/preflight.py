"""Composed badges → findings, before any paper is used. Nothing is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.findings import Finding, FindingKind
from checkin_app.badges.placed import ComposedBadge, ComposedFace, PlacedBlock, PlacedQr, Problem
from checkin_app.badges.qr import symbol_side
from checkin_app.domain.attendee import Attendee

SMALLEST_MODULE_MM = 0.33
"""Below this a phone or desk scanner reads a printed symbol unreliably."""


def check(attendees: Sequence[Attendee], plan: BadgePlan) -> tuple[Finding, ...]:
    """Everything worth a look in a run, badge by badge, in the order of the attendees."""
    composer = plan.composer()
    inspector = Inspector()
    for attendee in attendees:
        inspector.look_at(composer.compose(attendee))
    return inspector.findings


class Inspector:
    """Gathers findings while badges pass by.

    What is wrong with a text that all badges share is reported once, for the first of them.
    """

    def __init__(self) -> None:
        self._found: list[Finding] = []
        self._reported: set[Problem] = set()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found, in the order of the badges."""
        return tuple(self._found)

    def look_at(self, badge: ComposedBadge) -> None:
        """Looks at one badge."""
        self._found += badge_findings(badge)
        for face in badge.faces:
            for problem in face.shared.problems:
                if problem not in self._reported:
                    self._reported.add(problem)
                    self._found.append(Finding(badge.attendee.id, *problem))


def badge_findings(badge: ComposedBadge) -> Iterator[Finding]:
    """What is worth a look on one badge, the parts it shares with others apart."""
    attendee = badge.attendee
    if not attendee.full_name:
        yield Finding(attendee.id, FindingKind.EMPTY_NAME, "name", "nothing to print as a name")
    if not attendee.organisation.strip():
        yield Finding(attendee.id, FindingKind.EMPTY_ORGANISATION, "organisation")
    for face in badge.faces:
        yield from _face_findings(attendee, face)


def _face_findings(attendee: Attendee, face: ComposedFace) -> Iterator[Finding]:
    for placed in face.own:
        if isinstance(placed, PlacedBlock):
            for problem in placed.problems:
                yield Finding(attendee.id, *problem)
        elif isinstance(placed, PlacedQr):
            yield from _code_findings(attendee, placed)


def _code_findings(attendee: Attendee, code: PlacedQr) -> Iterator[Finding]:
    side = symbol_side(code.content)
    if side is None:
        kind, detail = FindingKind.QR_IMPOSSIBLE, "the code is empty or too long for a QR"
        yield Finding(attendee.id, kind, "code", detail)
        return
    side_mm = min(code.box.width_mm, code.box.height_mm)
    module_mm = side_mm / (side + 2 * code.quiet_zone_modules)
    if module_mm < SMALLEST_MODULE_MM:
        detail = f"modules of {module_mm:.2f} mm, readable from {SMALLEST_MODULE_MM} mm"
        yield Finding(attendee.id, FindingKind.QR_TOO_SMALL, "code", detail)
