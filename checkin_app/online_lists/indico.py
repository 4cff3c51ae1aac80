"""Indico: the interface of its own check-in app, asked for registrations.

Indico documents the token and its scope ``registrants``
(https://docs.getindico.io/en/stable/http-api/access/) and calls what the scope opens "currently
undocumented"; addresses and fields are those of Indico 3.3
(``indico/modules/events/registration/blueprint.py``, ``schemas.py``, ``util.py``). Its newer half
has states and no organisations, its older half, since Indico 1.9, organisations and no states:
both are asked and joined, and either alone will do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from checkin_app.errors import OnlineNotFound
from checkin_app.online_lists.plain_list import (
    OnlineEvent,
    OnlineList,
    Progress,
    of_kind,
    plain_list,
    text_of,
)
from checkin_app.online_lists.web import Answer, Web
from checkin_app.online_lists.web_troubles import refusal

SYSTEM = "Indico"

FIRST_COLUMNS = (
    "ID",
    "Name",
    "Title",
    "First Name",
    "Last Name",
    "Email Address",
    "Affiliation",
    "Position",
    "Country",
    "Registration state",
    "Registration form",
    "Checkin secret",
    "Tags",
)
_PERSONAL = {
    "title": "Title",
    "firstName": "First Name",
    "surname": "Last Name",
    "email": "Email Address",
    "affiliation": "Affiliation",
    "institution": "Affiliation",
    "position": "Position",
    "country": "Country",
    "phone": "Phone",
}
"""What the older half calls the fields of a person; "institution" was "affiliation" before 2.0."""


class Indico:
    """One event of one Indico."""

    def __init__(self, web: Web, event: str) -> None:
        self._web = web
        self._checkin = f"/api/checkin/event/{quote(event, safe='')}"
        self._older = f"/api/events/{quote(event, safe='')}/registrants"

    def describe(self) -> OnlineEvent:
        """The event's title and the number of its registrations.

        Raises:
            OnlineError: see ``Web.get``; so do all methods.
        """
        event = self._newer("/")
        if event is None:
            return OnlineEvent("", len(self._older_people()))
        counts = [form.get("registration_count") for form in self._forms()]
        return OnlineEvent(
            text_of(of_kind(event, dict, SYSTEM).get("title")),
            sum(count for count in counts if isinstance(count, int)),
        )

    def registrations(self, progress: Progress) -> OnlineList:
        """All registrations of all forms of the event, withdrawn ones too."""
        details = {text_of(one.get("registrant_id")): one for one in self._older_people()}
        people: dict[str, dict[str, str]] = {}
        forms = self._forms()
        for form in forms:
            for registration in self._registrations(form):
                person = _person(registration, form if len(forms) > 1 else {})
                person.update(_details(details.get(person["ID"], {})))
                people[person["ID"]] = person
                progress(len(people), max(len(people), len(details)))
        for number, one in details.items():
            if number not in people:
                people[number] = {"ID": number, **_details(one)}
        progress(len(people), len(people))
        return plain_list(tuple(people.values()), FIRST_COLUMNS)

    # Inside

    def _forms(self) -> list[Mapping[str, Any]]:
        """The registration forms; none when only the older half is there."""
        forms = self._newer("/forms/")
        return [] if forms is None else list(_objects(forms))

    def _registrations(self, form: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        found = self._newer(f"/forms/{text_of(form.get('id'))}/registrations/")
        yield from () if found is None else _objects(found)

    def _newer(self, place: str) -> Any:
        """A value of the newer half; None when this Indico has none, or no such event."""
        answer = self._get(f"{self._checkin}{place}")
        return None if answer is None else answer.value

    def _older_people(self) -> tuple[Mapping[str, Any], ...]:
        """The people of the older half; none when this Indico has it no more.

        Raises:
            OnlineRefused: neither half knows the event.
        """
        answer = self._get(self._older)
        if answer is not None:
            value = of_kind(answer.value, dict, SYSTEM)
            return tuple(_objects(value.get("registrants")))
        if self._newer("/") is None:
            raise refusal(SYSTEM, 404)
        return ()

    def _get(self, path: str) -> Answer | None:
        try:
            answer = self._web.get(path)
        except OnlineNotFound:
            return None
        return None if answer.status == 404 else answer


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    for one in of_kind(value, list, SYSTEM):
        yield of_kind(one, dict, SYSTEM)


def _person(registration: Mapping[str, Any], form: Mapping[str, Any]) -> dict[str, str]:
    """A registration of the newer half, under the column names of Indico's own export."""
    return {
        "ID": text_of(registration.get("id")),
        "Name": text_of(registration.get("full_name")),
        "Email Address": text_of(registration.get("email")),
        "Registration state": text_of(registration.get("state")),
        "Registration form": text_of(form.get("title")),
        "Checkin secret": text_of(registration.get("checkin_secret")),
        "Tags": ", ".join(_tag_titles(registration.get("tags"))),
    }


def _details(registrant: Mapping[str, Any]) -> dict[str, str]:
    """What the older half knows beside."""
    personal = registrant.get("personal_data")
    found = {
        "Name": text_of(registrant.get("full_name")),
        "Checkin secret": text_of(registrant.get("checkin_secret")),
    }
    if isinstance(personal, Mapping):
        for name, column in _PERSONAL.items():
            found[column] = found.get(column) or text_of(personal.get(name))
    return {column: text for column, text in found.items() if text}


def _tag_titles(tags: Any) -> Iterator[str]:
    for tag in tags if isinstance(tags, list) else ():
        yield text_of(tag.get("title")) if isinstance(tag, Mapping) else text_of(tag)
