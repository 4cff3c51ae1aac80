"""Findings as they are shown: by kind, the gravest first, with the people they are about. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from checkin_app.badges.preflight.findings import Finding, FindingKind, Severity, gravest_first
from checkin_app.domain.attendee import Attendee
from checkin_app.gui.badges.run.badge_run import BadgeRun


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """All findings of a run.

    Attributes:
        by_kind: the gravest kind first.
        people: whom they are about, as checked, by id.
    """

    by_kind: tuple[tuple[FindingKind, tuple[Finding, ...]], ...] = ()
    people: Mapping[str, Attendee] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(len(some) for _kind, some in self.by_kind)

    @property
    def grave(self) -> int:
        """How many must be seen before printing."""
        return sum(
            len(some) for kind, some in self.by_kind if kind.severity is Severity.MUST_BE_SEEN
        )

    def of_kind(self, kind: FindingKind) -> tuple[Finding, ...]:
        """The findings of one kind."""
        return dict(self.by_kind).get(kind, ())

    def without(self, attendee_ids: frozenset[str]) -> Found:
        """What is left when these people are out of it."""
        left = (
            (kind, tuple(one for one in some if one.attendee_id not in attendee_ids))
            for kind, some in self.by_kind
        )
        return replace(self, by_kind=tuple((kind, some) for kind, some in left if some))


def arrange(run: BadgeRun, findings: Iterable[Finding]) -> Found:
    """Put the findings of a run in order."""
    ordered = gravest_first(findings)
    by_kind = tuple(
        (kind, tuple(some)) for kind, some in groupby(ordered, key=lambda one: one.kind)
    )
    return Found(by_kind, run.people_of(finding.attendee_id for finding in ordered))
