"""The people of a run as a list: names in one case, people listed twice, namesakes."""

from __future__ import annotations

from collections.abc import Iterator

from checkin_app.badges.placed import Problem
from checkin_app.badges.preflight.findings import FindingKind
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.language.name_case import is_one_case, proposed_name
from checkin_app.domain.language.search_text import fold


class PeopleChecker:
    """Looks at one person after the other, and remembers their names.

    Names are kept as hashes, for a run may have a hundred thousand; who seems to have a name
    that was there before is compared with that person.

    Args:
        language: of the list, for names in one case (BCP 47).
    """

    def __init__(self, language: str = "") -> None:
        self._language = language
        self._people: list[Attendee] = []
        self._first_of_name: dict[int, int] = {}
        self._first_of_mark: dict[int, int] = {}

    def problems_of(self, attendee: Attendee) -> list[Problem]:
        """What is worth a look about a person, whatever the layout."""
        self._people.append(attendee)
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
        name = _name_key(attendee)
        place = len(self._people)
        first = self._first_of_name.setdefault(hash(name), place)
        if first == place or _name_key(self._people[first - 1]) != name:
            return None
        self._remember(name, first)
        problem = self._same_person(name, attendee)
        self._remember(name, place)
        if problem is not None:
            return problem
        known = self._people[first - 1].organisation.strip()
        return FindingKind.NAMESAKES, "name", f"badge {first}" + (f", {known}" if known else "")

    def _same_person(self, name: str, attendee: Attendee) -> Problem | None:
        for mark, why in zip(_marks(name, attendee), _reasons(attendee), strict=True):
            place = self._first_of_mark.get(mark) if why else None
            if place is not None:
                return FindingKind.SAME_PERSON, "name", f"as on badge {place}, {why}"
        return None

    def _remember(self, name: str, place: int) -> None:
        for mark in _marks(name, self._people[place - 1]):
            self._first_of_mark.setdefault(mark, place)


def _name_key(attendee: Attendee) -> str:
    # Word by word, because words come again and folding remembers them.
    words = [fold(word) for word in attendee.full_name.split()]
    words.sort()
    return " ".join(words)


def _marks(name: str, attendee: Attendee) -> tuple[int, int]:
    """What a person of this name can be known by: e-mail address and organisation."""
    email = attendee.email.strip().casefold()
    organisation = " ".join(fold(attendee.organisation).split())
    return hash((name, "e-mail", email)), hash((name, "organisation", organisation))


def _reasons(attendee: Attendee) -> tuple[str, str]:
    """Why the same marks mean the same person; empty where they mean nothing."""
    return (
        "with the same e-mail address" if attendee.email.strip() else "",
        "with the same organisation"
        if attendee.organisation.strip()
        else "also without organisation",
    )
