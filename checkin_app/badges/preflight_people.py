"""The people of a run as a list: names in one case, people listed twice, namesakes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checkin_app.badges.findings import FindingKind
from checkin_app.badges.placed import Problem
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.name_case import is_one_case, proposed_name
from checkin_app.domain.search_text import fold


@dataclass(frozen=True, slots=True)
class _Seen:
    number: int
    attendee: Attendee


class PeopleChecker:
    """Looks at one person after the other, and remembers their names.

    Args:
        language: of the list, for names in one case (BCP 47).
    """

    def __init__(self, language: str = "") -> None:
        self._language = language
        self._by_name: dict[str, list[_Seen]] = {}
        self._count = 0

    def problems_of(self, attendee: Attendee) -> Iterator[Problem]:
        """What is worth a look about a person, whatever the layout."""
        self._count += 1
        first, last = attendee.first_name, attendee.last_name
        if not attendee.full_name:
            yield FindingKind.EMPTY_NAME, "name", "nothing to print as a name"
        else:
            yield from self._alike(attendee)
        if is_one_case(first) or is_one_case(last):
            yield from self._case_problems(first, last)
        if not attendee.organisation.strip():
            yield FindingKind.EMPTY_ORGANISATION, "organisation", ""

    def _case_problems(self, first: str, last: str) -> Iterator[Problem]:
        for field, name, beside in (("first_name", first, last), ("last_name", last, first)):
            proposal = proposed_name(name, self._language, beside)
            if proposal is not None:
                how = "capitals" if name.isupper() else "lower case"
                detail = f"“{name}” is in {how}; perhaps “{proposal}”"
                yield FindingKind.NAME_CAPITALS, field, detail

    def _alike(self, attendee: Attendee) -> Iterator[Problem]:
        """Others of the same name, in whichever order its words are written."""
        name = fold(attendee.full_name)
        words = name.split()
        key = " ".join(sorted(words)) if len(words) > 1 else name
        others = self._by_name.setdefault(key, [])
        same = [(other, why) for other in others if (why := _same_person(attendee, other.attendee))]
        if same:
            other, why = same[0]
            yield FindingKind.SAME_PERSON, "name", f"as on badge {other.number}, {why}"
        elif others:
            other = others[0]
            organisation = other.attendee.organisation.strip()
            detail = f"badge {other.number}" + (f", {organisation}" if organisation else "")
            yield FindingKind.NAMESAKES, "name", detail
        others.append(_Seen(self._count, attendee))


def _same_person(one: Attendee, other: Attendee) -> str:
    """Why two people of the same name are probably one; empty when they are not."""
    if one.email and one.email.strip().casefold() == other.email.strip().casefold():
        return "with the same e-mail address"
    if fold(one.organisation).split() == fold(other.organisation).split():
        return "with the same organisation" if one.organisation.strip() else "also without one"
    return ""
