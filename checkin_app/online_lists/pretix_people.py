"""Orders of pretix → one row a ticket, under the column names of pretix's own export.

So a list that was fetched and one that was exported are understood alike, and one follows the
other without a change. Fields: https://docs.pretix.eu/en/latest/api/resources/orders.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from checkin_app.online_lists.plain_list import number_of, object_of, objects_in, text_of

FIRST_COLUMNS = (
    "Order code",
    "Position ID",
    "Status",
    "Ticket secret",
    "Attendee name",
    "Attendee name: Title",
    "Attendee name: Given name",
    "Attendee name: Family name",
    "Attendee email",
    "Attendee company",
    "Country",
    "Email",
    "Phone number",
    "Product",
    "Variation",
    "Add-ons",
    "Check-in text",
    "Invoice address company",
    "Invoice address name",
    "Seat name",
)

_PART_TITLES = {
    "given_name": "Given name",
    "family_name": "Family name",
    "title": "Title",
    "degree": "Degree (after name)",
    "calling_name": "Calling name",
    "latin_transcription": "Latin transcription",
    "full_name": "Name",
    "middle_name": "Middle name",
    "first_name_p": "First name",
    "last_name_p": "Last name",
    "salutation": "Salutation",
}
"""What pretix's export calls the parts of a name."""

_STATUSES = {"p": "paid", "n": "pending", "e": "expired", "c": "canceled"}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the numbers in an order mean.

    Attributes:
        items: by id, as pretix has them.
        variations: names by id.
        questions: what is asked, by id.
        files: ids of the questions that are answered by a file.
        language: whose words are taken of texts in several.
    """

    items: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    variations: Mapping[int, str] = field(default_factory=dict)
    questions: Mapping[int, str] = field(default_factory=dict)
    files: frozenset[int] = frozenset()
    language: str = "en"


def localised(value: Any, language: str) -> str:
    """A multi-lingual string in one language: this, else English, else any."""
    if not isinstance(value, Mapping):
        return text_of(value)
    for tag in (language, language.partition("-")[0], "en", *value):
        if text := text_of(value.get(tag)):
            return text
    return ""


def catalogue(
    items: Iterable[Mapping[str, Any]], questions: Iterable[Mapping[str, Any]], language: str
) -> Catalogue:
    """The products and questions of an event, ready to be looked up."""
    items, questions = list(items), list(questions)
    variations = (one for item in items for one in objects_in(item.get("variations")))
    return Catalogue(
        {number_of(item.get("id")): item for item in items},
        {number_of(one.get("id")): localised(one.get("value"), language) for one in variations},
        {number_of(one.get("id")): localised(one.get("question"), language) for one in questions},
        frozenset(number_of(one.get("id")) for one in questions if one.get("type") == "F"),
        language,
    )


def people_of(order: Mapping[str, Any], known: Catalogue) -> Iterator[dict[str, str]]:
    """The tickets of an order, one a person; what was bought beside goes with its ticket."""
    if order.get("testmode") is True:
        return
    positions = list(objects_in(order.get("positions")))
    beside: dict[int, list[str]] = {}
    for position in positions:
        if not _is_ticket(position, known) and position.get("canceled") is not True:
            ticket = number_of(position.get("addon_to"))
            beside.setdefault(ticket, []).append(_product(position, known))
    for position in positions:
        if _is_ticket(position, known):
            person = _person(order, position, known)
            person["Add-ons"] = ", ".join(
                filter(None, beside.get(number_of(position.get("id")), ()))
            )
            yield person


def _is_ticket(position: Mapping[str, Any], known: Catalogue) -> bool:
    """Whether somebody comes with it: a name is on it, or its product admits people."""
    if text_of(position.get("attendee_name")):
        return True
    item = known.items.get(number_of(position.get("item")), {})
    return item.get("admission") is not False and position.get("addon_to") is None


def _person(
    order: Mapping[str, Any], position: Mapping[str, Any], known: Catalogue
) -> dict[str, str]:
    item = known.items.get(number_of(position.get("item")), {})
    invoice, seat = object_of(order.get("invoice_address")), object_of(position.get("seat"))
    needs_attention = (
        order.get("checkin_attention") is True or item.get("checkin_attention") is True
    )
    said = " ".join(filter(None, (text_of(one.get("checkin_text")) for one in (order, item))))
    return {
        "Order code": text_of(order.get("code")),
        "Position ID": text_of(position.get("positionid")),
        "Status": _status(order, position),
        "Ticket secret": text_of(position.get("secret")),
        "Attendee name": text_of(position.get("attendee_name")),
        **_name_parts(position.get("attendee_name_parts")),
        "Attendee email": text_of(position.get("attendee_email")),
        "Attendee company": text_of(position.get("company")),
        "Country": text_of(position.get("country")),
        "Email": text_of(order.get("email")),
        "Phone number": text_of(order.get("phone")),
        "Product": localised(item.get("name"), known.language),
        "Variation": known.variations.get(number_of(position.get("variation")), ""),
        "Check-in text": said or ("Requires special attention" if needs_attention else ""),
        "Invoice address company": text_of(invoice.get("company")),
        "Invoice address name": text_of(invoice.get("name")),
        "Seat name": text_of(seat.get("name")),
        **_answers(position.get("answers"), known),
    }


def _status(order: Mapping[str, Any], position: Mapping[str, Any]) -> str:
    status = text_of(order.get("status"))
    status = _STATUSES.get(status, status)
    if position.get("canceled") is True or status == "canceled":
        return "canceled"
    if position.get("blocked"):
        return "blocked"
    if status == "pending" and order.get("require_approval") is True:
        return "approval pending"
    # Tickets that may be used before they are paid.
    if status == "pending" and order.get("valid_if_pending") is True:
        return "pending (confirmed)"
    return status


def _name_parts(parts: Any) -> dict[str, str]:
    """The parts of a name in columns of their own; a name in one piece stays in its column."""
    if not isinstance(parts, Mapping) or "full_name" in parts:
        return {}
    return {
        f"Attendee name: {_PART_TITLES[part]}": text_of(text)
        for part, text in parts.items()
        if part in _PART_TITLES
    }


def _answers(answers: Any, known: Catalogue) -> dict[str, str]:
    """What was answered, under the question; a file is left where it is."""
    said: dict[str, str] = {}
    for one in objects_in(answers):
        question = number_of(one.get("question"))
        if question not in known.files:
            asked = known.questions.get(question) or text_of(one.get("question_identifier"))
            if asked:
                said.setdefault(asked, text_of(one.get("answer")))
    return said


def _product(position: Mapping[str, Any], known: Catalogue) -> str:
    item = known.items.get(number_of(position.get("item")), {})
    variation = known.variations.get(number_of(position.get("variation")), "")
    name = localised(item.get("name"), known.language)
    return f"{name} – {variation}" if variation else name
