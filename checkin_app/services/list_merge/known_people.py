"""The people of an event, found by what a registration list says of them."""

from __future__ import annotations

import re

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.search_text import fold
from checkin_app.lists.guests import guest_of
from checkin_app.services.list_merge.names import name_key
from checkin_app.storage.imports import EventPeople

_OFFICE = re.compile(
    r"(?:info|office|contact|kontakt|mail|hello|admin|secretariat|secretary|sekretariat|events?"
    r"|registration|reception|team|press|communications?|bureau|presidence|president|assistant"
    r"|accounting|invoices?|biuro|ufficio|segreteria|oficina|secretaria|bestuur|post)[\d._-]*"
)

Bucket = dict[str, list[Attendee]]


class KnownPeople:
    """Those of the event, by code, e-mail address and name, as they are and as lists had them.

    Attributes:
        corrections: what a desk corrected, by the id of the person.
        gone: ids of the people who are gone from the list.
    """

    def __init__(self, people: EventPeople) -> None:
        self.corrections = people.corrections
        self.gone = people.gone
        self._replaced = people.replaced_codes
        self._by_id: dict[str, Attendee] = {}
        self._by_code: dict[str, Attendee] = {}
        self._by_email: Bucket = {}
        self._by_name: Bucket = {}
        self._by_employer: dict[tuple[str, str], list[Attendee]] = {}
        self._guests: Bucket = {}
        for attendee in people.attendees:
            self._remember(attendee, attendee)
            self._by_id[attendee.id] = attendee
            if attendee.id in self.corrections:
                self._remember(attendee, self.corrections[attendee.id].as_listed)
            if guest_of(attendee.first_name, attendee.last_name):
                for told in {attendee.email.lower(), attendee.organisation} - {""}:
                    self._guests.setdefault(told, []).append(attendee)

    def __bool__(self) -> bool:
        """Whether there is anybody."""
        return bool(self._by_id)

    def of_id(self, attendee_id: str) -> Attendee | None:
        """The person of an id."""
        return self._by_id.get(attendee_id)

    def of_code(self, code: str) -> Attendee | None:
        """The person whom a code means, or meant before it was replaced."""
        return self._by_code.get(code) or self._by_id.get(self._replaced.get(code, ""))

    def had_code(self, attendee: Attendee, code: str) -> bool:
        """Whether a code was this person's and was replaced."""
        return self._replaced.get(code) == attendee.id

    def of_email(self, email: str) -> list[Attendee]:
        """Those with an e-mail address, given in lower case."""
        return self._by_email.get(email, [])

    def of_employer(self, key: str, organisation: str) -> list[Attendee]:
        """Those of a name (see ``name_key``) and an organisation."""
        return self._by_employer.get((key, fold(organisation)), [])

    def of_name(self, key: str) -> list[Attendee]:
        """Those of a name (see ``name_key``)."""
        return self._by_name.get(key, [])

    @property
    def has_guests(self) -> bool:
        """Whether anybody came without a name in somebody's order: "guest 2 of ACME"."""
        return bool(self._guests)

    def guests_of(self, told: str) -> list[Attendee]:
        """The guests of an e-mail address, given in lower case, or of an organisation."""
        return self._guests.get(told, [])

    def spellings(self, attendee: Attendee) -> tuple[Attendee, ...]:
        """A person as the event has them, and as the lists had them where that differs."""
        if attendee.id in self.corrections:
            return attendee, self.corrections[attendee.id].as_listed
        return (attendee,)

    def is_office(self, email: str) -> bool:
        """Whether several people may use an address: by its name, or because they do."""
        return is_office_name(email) or len(self.of_email(email)) > 1

    def _remember(self, attendee: Attendee, spelled: Attendee) -> None:
        """Find ``attendee`` by what stands in ``spelled``."""
        key = name_key(spelled.first_name, spelled.last_name)
        if spelled.code and attendee.code == spelled.code:
            self._by_code[spelled.code] = attendee
        if spelled.email:
            _add(self._by_email.setdefault(spelled.email.lower(), []), attendee)
        _add(self._by_name.setdefault(key, []), attendee)
        _add(self._by_employer.setdefault((key, fold(spelled.organisation)), []), attendee)


def is_office_name(email: str) -> bool:
    """Whether an address is called as those are that an office reads together."""
    return bool(_OFFICE.fullmatch(email.partition("@")[0].lower()))


def _add(people: list[Attendee], attendee: Attendee) -> None:
    """Once each: a corrected person is remembered twice in a row."""
    if not people or people[-1] is not attendee:
        people.append(attendee)
