"""Composed badges → findings, before any paper is used. Nothing is drawn.

``Inspector`` rides along while a run is written; ``check`` composes and looks, and writes
nothing. What all badges of a category share is judged once (``design``), so a badge
costs some microseconds beyond composing it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.compose import Composer
from checkin_app.badges.placed import (
    ComposedBadge,
    ComposedFace,
    Placed,
    PlacedBlock,
    PlacedCode128,
    PlacedPhoto,
    PlacedQr,
    Problem,
)
from checkin_app.badges.preflight.codes import CodeChecker
from checkin_app.badges.preflight.design import DesignChecker, design_problems, printed_sides
from checkin_app.badges.preflight.faces import Watch
from checkin_app.badges.preflight.findings import USUAL_DPI, Finding, FindingKind
from checkin_app.badges.preflight.people import PeopleChecker
from checkin_app.badges.preflight.pictures import PhotoChecker
from checkin_app.badges.preflight.text import crowding, faintness
from checkin_app.domain.attendee import Attendee

_NO_FOLDER: Problem = (
    FindingKind.PHOTO_MISSING,
    "photo",
    "the layout has a place for photos, but no folder of photos is chosen",
)


def check(
    attendees: Sequence[Attendee], plan: BadgePlan, dpi: int = USUAL_DPI, language: str = ""
) -> tuple[Finding, ...]:
    """Everything worth a look in a run, badge by badge, in the order of the attendees.

    Args:
        dpi: the printer's resolution.
        language: of the list, for names in one case (BCP 47).
    """
    composer = plan.composer()
    inspector = Inspector(plan, dpi, language, composer)
    for attendee in attendees:
        inspector.look_at(composer.compose(attendee))
    return inspector.findings


class Inspector:
    """Gathers findings while the badges of one run pass by.

    What is wrong with layout, stock or a text that badges share is reported once, for the first
    badge that shows it. A badge that comes again, as a copy, is not looked at again.

    Args:
        dpi: the printer's resolution.
        language: of the list, for names in one case (BCP 47).
        composer: the plan's, if there is one already.
    """

    def __init__(
        self,
        plan: BadgePlan,
        dpi: int = USUAL_DPI,
        language: str = "",
        composer: Composer | None = None,
    ) -> None:
        composer = composer or plan.composer()
        self._plan = plan
        self._sides = printed_sides(plan, composer)
        self._people = PeopleChecker(language)
        self._codes = CodeChecker(dpi)
        self._photos = PhotoChecker(plan.photos) if plan.photos is not None else None
        self._design = DesignChecker(plan, composer)
        self._found: list[Finding] = []
        self._reported: set[Problem] = set()
        self._has_begun = False
        self._has_copies = plan.imposition.copies > 1
        self._seen: set[str] = set()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found, in the order of the badges."""
        return tuple(self._found)

    def look_at(self, badge: ComposedBadge) -> None:
        """Looks at one badge."""
        attendee = badge.attendee
        if self._was_seen(attendee):
            return
        if not self._has_begun:
            self._has_begun = True
            self._report_shared(attendee, design_problems(self._plan))
        found = self._people.problems_of(attendee)
        verdict, is_first = self._design.verdict(attendee)
        faces = [face for side in self._sides if (face := badge.face(side)) is not None]
        if is_first:
            self._report_shared(attendee, verdict.problems)
            for face in faces:
                self._report_shared(attendee, self._problems_of(face.shared.placed))
        for face, watch in zip(faces, verdict.watches, strict=True):
            found += self._problems_of(face.own)
            found += self._watched_problems(attendee, face, watch)
        self._found += [Finding(attendee.id, *problem) for problem in found]

    def _was_seen(self, attendee: Attendee) -> bool:
        """Whether this badge is a copy of one that was looked at."""
        if not self._has_copies:
            return False
        is_copy = attendee.id in self._seen
        self._seen.add(attendee.id)
        return is_copy

    def _watched_problems(
        self, attendee: Attendee, face: ComposedFace, watch: Watch
    ) -> list[Problem]:
        """What is wrong with what the design wants looked at on each face of this kind."""
        found: list[Problem] = []
        if watch.photos:
            if self._photos is not None:
                found += _photo_problems(face, watch, self._photos)
            else:
                self._report_shared(attendee, (_NO_FOLDER,))
        if watch.zones:
            found += crowding(face, watch)
        if watch.faint:
            self._report_shared(attendee, faintness(face, watch))
        return found

    def _problems_of(self, parts: Sequence[Placed]) -> list[Problem]:
        """What is wrong with texts and codes."""
        found: list[Problem] = []
        for placed in parts:
            if isinstance(placed, PlacedBlock):
                found += placed.problems
                continue
            problem = None
            if isinstance(placed, PlacedQr):
                problem = self._codes.qr_problem(placed)
            elif isinstance(placed, PlacedCode128):
                problem = self._codes.barcode_problem(placed)
            if problem is not None:
                found.append(problem)
        return found

    def _report_shared(self, attendee: Attendee, problems: Iterable[Problem]) -> None:
        for problem in problems:
            if problem not in self._reported:
                self._reported.add(problem)
                self._found.append(Finding(attendee.id, *problem, is_shared=True))


def _photo_problems(face: ComposedFace, watch: Watch, checker: PhotoChecker) -> Iterator[Problem]:
    photos = [placed for placed in face.own if isinstance(placed, PlacedPhoto)]
    for photo in photos:
        problem = checker.problem(photo)
        if problem is not None:
            yield problem
    if len(photos) < watch.photos:
        yield FindingKind.PHOTO_MISSING, "photo", "the list names none"
