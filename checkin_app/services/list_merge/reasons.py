"""What is said of a row that is in doubt, left out or taken with a remark: sentences for people."""

from __future__ import annotations

from collections.abc import Mapping

from checkin_app.domain.attendee import Attendee
from checkin_app.services.list_merge.plan import Doubt

LONG_CODE = "The code is longer than any ticket's. Check the column."
NEW_CODE = "This person has another code now. The one from before no longer lets in."
OTHER_CODE_KEPT = "The code of this row is somebody else's; this person keeps the one from before."
OWN_CODE_GIVEN = "The code of this row is somebody else's; this person gets one of their own."
REPEATED = "This person stands in the list twice; this row was left out."
DECIDED_AGAINST = "This row was left out, as you decided."
NAMES_SWAPPED = "First and last name are the other way round than before."

_OF_DOUBT: Mapping[Doubt, str] = {
    Doubt.CODE_OF_ANOTHER: "This code belongs to another person: {who}. Check the list.",
    Doubt.CODE_TWICE: "Another person has this code further up in the list. Check the list.",
    Doubt.CODE_SPELLED_OTHERWISE: "The code is that of {who}, whose name is spelled otherwise.",
    Doubt.OTHER_EMAIL: "{who} has the same name and organisation, but another e-mail address.",
    Doubt.OTHER_NAME: "{who} has the same e-mail address, but another name.",
    Doubt.SEVERAL_PEOPLE: "There are several people of this name and organisation.",
    Doubt.SAME_NAME: "There is somebody of the same name: {who}.",
    Doubt.MAY_BE_GUEST: "This may be {who}, for whom the list before had no name.",
}


def reason_of(doubt: Doubt, candidates: tuple[Attendee, ...]) -> str:
    """Why a row is in doubt."""
    return _OF_DOUBT[doubt].format(who=_who(candidates[0]) if candidates else "")


def same_name(namesake: Attendee) -> str:
    """What is said of somebody who is added although there is somebody of the name."""
    return f"Same name as {_who(namesake)}; taken as another person."


def other_guest_name(name: str) -> str:
    """What is said of a guest whose number somebody has already."""
    return f"There is such a guest already; this one is called {name}."


def _who(person: Attendee) -> str:
    where = person.organisation or person.email
    return f"{person.full_name} ({where})" if where else person.full_name
