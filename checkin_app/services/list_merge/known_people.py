"""The people of an event, found by what a registration list says of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.language.search_text import fold
from checkin_app.lists.people.guests import guest_of
from checkin_app.lists.people.rows import ListRow
from checkin_app.services.list_merge.names import name_key, name_words_of
from checkin_app.storage.imports.imports import EventPeople

_OFFICE = re.compile(
    r"(?:info|office|contact|kontakt|mail|hello|admin|secretariat|secretary|sekretariat|events?"
    r"|registration|reception|team|press|communications?|bureau|presidence|president|assistant"
    r"|accounting|invoices?|biuro|ufficio|segreteria|oficina|secretaria|bestuur|post)[\d._-]*"
)

Bucket = dict[str, list[Attendee]]


@dataclass(slots=True)
class _Index:
    """People by e-mail address and by name, by each alone and with the organisation; guests by
    whose they are.
    """

    by_email: Bucket = field(default_factory=dict)
    by_email_and_name: dict[tuple[str, str], list[Attendee]] = field(default_factory=dict)
    by_name: Bucket = field(default_factory=dict)
    by_employer: dict[tuple[str, str], list[Attendee]] = field(default_factory=dict)
    guests: Bucket = field(default_factory=dict)

    def remember(self, attendee: Attendee, spelled: Attendee) -> None:
        """Find ``attendee`` by what stands in ``spelled``."""
        key = name_key(spelled.first_name, spelled.last_name)
        email = spelled.email.lower()
        if email:
            _add(self.by_email.setdefault(email, []), attendee)
            _add(self.by_email_and_name.setdefault((email, key), []), attendee)
        _add(self.by_name.setdefault(key, []), attendee)
        _add(self.by_employer.setdefault((key, fold(spelled.organisation)), []), attendee)
        if guest_of(attendee.first_name, attendee.last_name):
            for told in {email, spelled.organisation} - {""}:
                _add(self.guests.setdefault(told, []), attendee)


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
        self._by_id = {attendee.id: attendee for attendee in people.attendees}
        self._by_code = {attendee.code: attendee for attendee in people.attendees}
        self._by_order: dict[str, Bucket] = {}

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
        return self._index.by_email.get(email, [])

    def of_email_and_name(self, email: str, key: str) -> list[Attendee]:
        """Those of an e-mail address, given in lower case, and a name (see ``name_key``)."""
        return self._index.by_email_and_name.get((email, key), [])

    def of_email_and_first_name(self, email: str, row: ListRow) -> list[Attendee]:
        """Those of an e-mail address, given in lower case, with the first name of a row."""
        first_name = name_words_of(row.values.get("first_name", ""))
        return self._by_email_and_first_name.get((email, first_name), []) if first_name else []

    def of_employer(self, key: str, organisation: str) -> list[Attendee]:
        """Those of a name (see ``name_key``) and an organisation."""
        return self._index.by_employer.get((key, fold(organisation)), [])

    def of_name(self, key: str) -> list[Attendee]:
        """Those of a name (see ``name_key``)."""
        return self._index.by_name.get(key, [])

    def of_order(self, order: tuple[str, str]) -> list[Attendee]:
        """Those of an order, in the order of their registration.

        Args:
            order: the extra field that names orders, and what it says of this one.
        """
        column, name = order
        if column not in self._by_order:
            groups = self._by_order[column] = {}
            for attendee in self._by_id.values():
                if told := attendee.extra.get(column):
                    groups.setdefault(told, []).append(attendee)
        return self._by_order[column].get(name, [])

    def is_guest(self, attendee: Attendee) -> bool:
        """Whether a person came without a name in somebody's order, as lists have them."""
        return any(guest_of(one.first_name, one.last_name) for one in self.spellings(attendee))

    @property
    def has_guests(self) -> bool:
        """Whether anybody came without a name in somebody's order: "guest 2 of ACME"."""
        return bool(self._index.guests)

    def guests(self) -> list[Attendee]:
        """All who came without a name in somebody's order, and have none yet."""
        return [one for one in self._by_id.values() if guest_of(one.first_name, one.last_name)]

    def guests_of(self, told: str) -> list[Attendee]:
        """The guests of an e-mail address, given in lower case, or of an organisation."""
        return self._index.guests.get(told, [])

    def spellings(self, attendee: Attendee) -> tuple[Attendee, ...]:
        """A person as the event has them, and as the lists had them where that differs."""
        if attendee.id in self.corrections:
            return attendee, self.corrections[attendee.id].as_listed
        return (attendee,)

    def desk_fields(self, attendee: Attendee) -> frozenset[str]:
        """The fields of a person that a desk corrected."""
        correction = self.corrections.get(attendee.id)
        return correction.fields if correction else frozenset()

    def is_office(self, email: str) -> bool:
        """Whether several people may use an address: by its name, or because they do."""
        return is_office_name(email) or len(self.of_email(email)) > 1

    @cached_property
    def _by_email_and_first_name(self) -> Mapping[tuple[str, tuple[str, ...]], list[Attendee]]:
        found: dict[tuple[str, tuple[str, ...]], list[Attendee]] = {}
        for email, people in self._index.by_email.items():
            for person in people:
                key = (email, name_words_of(person.first_name))
                found.setdefault(key, []).append(person)
        return found

    @cached_property
    def _index(self) -> _Index:
        """Made when first asked for: of a list with codes few rows are looked for by name."""
        index = _Index()
        for attendee in self._by_id.values():
            for spelled in self.spellings(attendee):
                index.remember(attendee, spelled)
        return index


def is_office_name(email: str) -> bool:
    """Whether an address is called as those are that an office reads together."""
    return bool(_OFFICE.fullmatch(email.partition("@")[0].lower()))


def _add(people: list[Attendee], attendee: Attendee) -> None:
    """Once each: a corrected person is remembered twice in a row."""
    if not people or people[-1] is not attendee:
        people.append(attendee)
