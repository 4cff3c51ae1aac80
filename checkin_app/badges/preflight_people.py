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
    """A person, and the number of the badge in the run."""

    number: int
    attendee: Attendee


class _Namesakes:
    """People of one name: at which badge each e-mail address and organisation came first."""

    def __init__(self, first: _Seen) -> None:
        self.first = first
        self._emails: dict[str, int] = {}
        self._organisations: dict[str, int] = {}
        self.add(first)

    def problem_with(self, attendee: Attendee) -> Problem:
        """How one more person of the name is to be looked at."""
        number = self._emails.get(_email(attendee))
        if number is not None:
            detail = f"as on badge {number}, with the same e-mail address"
            return FindingKind.SAME_PERSON, "name", detail
        organisation = _organisation(attendee)
        number = self._organisations.get(organisation)
        if number is not None:
            why = "with the same organisation" if organisation else "also without organisation"
            return FindingKind.SAME_PERSON, "name", f"as on badge {number}, {why}"
        known = self.first.attendee.organisation.strip()
        detail = f"badge {self.first.number}" + (f", {known}" if known else "")
        return FindingKind.NAMESAKES, "name", detail

    def add(self, seen: _Seen) -> None:
        """One more of them."""
        if email := _email(seen.attendee):
            self._emails.setdefault(email, seen.number)
        self._organisations.setdefault(_organisation(seen.attendee), seen.number)


class PeopleChecker:
    """Looks at one person after the other, and remembers their names.

    Args:
        language: of the list, for names in one case (BCP 47).
    """

    def __init__(self, language: str = "") -> None:
        self._language = language
        self._first: dict[str, _Seen] = {}
        self._several: dict[str, _Namesakes] = {}
        self._count = 0

    def problems_of(self, attendee: Attendee) -> list[Problem]:
        """What is worth a look about a person, whatever the layout."""
        self._count += 1
        found: list[Problem] = []
        first, last = attendee.first_name, attendee.last_name
        if not attendee.full_name:
            found.append((FindingKind.EMPTY_NAME, "name", "nothing to print as a name"))
        elif (likeness := self._likeness(attendee)) is not None:
            found.append(likeness)
        if is_one_case(first) or is_one_case(last):
            found += self._case_problems(first, last)
        if not attendee.organisation.strip():
            found.append((FindingKind.EMPTY_ORGANISATION, "organisation", ""))
        return found

    def _case_problems(self, first: str, last: str) -> Iterator[Problem]:
        for field, name, beside in (("first_name", first, last), ("last_name", last, first)):
            proposal = proposed_name(name, self._language, beside)
            if proposal is not None:
                how = "capitals" if name.isupper() else "lower case"
                detail = f"“{name}” is in {how}; perhaps “{proposal}”"
                yield FindingKind.NAME_CAPITALS, field, detail

    def _likeness(self, attendee: Attendee) -> Problem | None:
        """Another of the same name, in whichever order its words are written."""
        words = fold(attendee.full_name).split()
        words.sort()
        name = " ".join(words)
        seen = _Seen(self._count, attendee)
        first = self._first.setdefault(name, seen)
        if first is seen:
            return None
        namesakes = self._several.get(name)
        if namesakes is None:
            namesakes = self._several[name] = _Namesakes(first)
        problem = namesakes.problem_with(attendee)
        namesakes.add(seen)
        return problem


def _email(attendee: Attendee) -> str:
    return attendee.email.strip().casefold()


def _organisation(attendee: Attendee) -> str:
    return " ".join(fold(attendee.organisation).split())
