"""pretix: its REST interface, version 1, asked for registrations and told of check-ins.

https://docs.pretix.eu/en/latest/api/ (read in the state of pretix 2025.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from checkin_app.errors import OnlineNotFound, OnlineRefused, OnlineUnreachable
from checkin_app.online_lists.plain_list import (
    OnlineEvent,
    OnlineList,
    Progress,
    of_kind,
    plain_list,
    text_of,
)
from checkin_app.online_lists.pretix_people import (
    FIRST_COLUMNS,
    Catalogue,
    catalogue,
    localised,
    people_of,
)
from checkin_app.online_lists.web import Parameters, Web
from checkin_app.online_lists.web_troubles import refusal

SYSTEM = "pretix"
_MOST_PAGES = 20_000


@dataclass(frozen=True, slots=True)
class PretixCheckInList:
    """One of pretix's check-in lists.

    Attributes:
        id: its number.
        name: as the organiser called it.
    """

    id: int
    name: str


class Heard(StrEnum):
    """What became of a check-in that pretix was told of."""

    TAKEN = "taken"
    ALREADY_THERE = "already there"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Reply:
    """Pretix's answer to a check-in, or to taking one back.

    Attributes:
        reason: of a refusal, pretix's word for it ("unpaid"); never anything about a person.
    """

    heard: Heard
    reason: str = ""


class Pretix:
    """One event of one pretix."""

    def __init__(self, web: Web, organiser: str, event: str) -> None:
        self._web = web
        self._organiser = f"/api/v1/organizers/{quote(organiser, safe='')}"
        self._event = f"{self._organiser}/events/{quote(event, safe='')}"

    def describe(self, language: str) -> OnlineEvent:
        """The event's name and the number of its orders.

        Raises:
            OnlineError: see ``Web.get``; so do all methods.
        """
        event = self._object(f"{self._event}/")
        orders = self._object(f"{self._event}/orders/", (("testmode", "false"),))
        count = orders.get("count")
        return OnlineEvent(
            localised(event.get("name"), language), count if isinstance(count, int) else None
        )

    def check_in_lists(self) -> tuple[PretixCheckInList, ...]:
        """Those of the event, in pretix's order."""
        return tuple(
            PretixCheckInList(one["id"], text_of(one.get("name")))
            for one in self._pages(f"{self._event}/checkinlists/")
            if isinstance(one.get("id"), int)
        )

    def registrations(self, language: str, progress: Progress) -> OnlineList:
        """All tickets that were ordered, cancelled ones too; none of test orders."""
        known = self._catalogue(language)
        # Without what is not used: five sixths of an order.
        parameters = (
            ("testmode", "false"),
            ("include_canceled_positions", "true"),
            *(("exclude", name) for name in _NOT_USED),
        )
        people: dict[str, dict[str, str]] = {}
        for order in self._pages(f"{self._event}/orders/", parameters, progress):
            for person in people_of(order, known):
                # Somebody ordered while we read, so that an order came on two pages.
                key = f"{person['Order code']} {person['Position ID']}"
                people[key] = person
        return plain_list(tuple(people.values()), FIRST_COLUMNS)

    def redeem(self, secret: str, list_id: int, nonce: str, at: datetime) -> Reply:
        """Tell that the holder of a ticket came.

        The desk has decided already, so pretix is asked to take it whatever it thinks. The same
        ``nonce`` counts once, however often it is sent.
        """
        answer = self._web.post(
            f"{self._organiser}/checkinrpc/redeem/",
            {
                "secret": secret,
                "source_type": "barcode",
                "lists": [list_id],
                "type": "entry",
                "datetime": at.isoformat(),
                "force": True,
                "ignore_unpaid": True,
                "questions_supported": False,
                "nonce": nonce,
            },
        )
        return _reply(answer.status, answer.value)

    def annul(self, list_id: int, nonce: str, at: datetime) -> Reply:
        """Tell that a check-in was taken back; pretix allows that for 15 minutes."""
        try:
            answer = self._web.post(
                f"{self._organiser}/checkinrpc/annul/",
                {"nonce": nonce, "lists": [list_id], "datetime": at.isoformat()},
            )
        except OnlineNotFound:
            # A pretix of before it could do that.
            return Reply(Heard.REFUSED, "not found")
        match answer.status:
            case 200 | 201:
                return Reply(Heard.TAKEN)
            case 404:
                return Reply(Heard.REFUSED, "not found")
            case _:
                return Reply(Heard.REFUSED, "too late")

    # Inside

    def _catalogue(self, language: str) -> Catalogue:
        return catalogue(
            self._pages(f"{self._event}/items/"),
            self._pages(f"{self._event}/questions/"),
            language,
        )

    def _object(self, path: str, parameters: Parameters = ()) -> Mapping[str, Any]:
        answer = self._web.get(path, parameters)
        if answer.status == 404:
            raise refusal(SYSTEM, 404)
        found: Mapping[str, Any] = of_kind(answer.value, dict, SYSTEM)
        return found

    def _pages(
        self, path: str, parameters: Parameters = (), progress: Progress | None = None
    ) -> Iterator[Mapping[str, Any]]:
        """All objects of a list. A next page is asked for by its number, not by the link that
        the server gives, which could lead elsewhere.
        """
        done = 0
        for number in range(1, _MOST_PAGES):
            page = self._object(path, (*parameters, ("page", str(number))))
            results = of_kind(page.get("results"), list, SYSTEM)
            for one in results:
                yield of_kind(one, dict, SYSTEM)
            done += len(results)
            total = page.get("count")
            if progress is not None and isinstance(total, int):
                progress(done, max(done, total))
            if not page.get("next"):
                return
            if not results:
                raise OnlineUnreachable(f"{SYSTEM} broke off in the middle of the list. Try again.")


_NOT_USED = (
    "fees",
    "payments",
    "refunds",
    "downloads",
    "positions.downloads",
    "positions.checkins",
    "positions.print_logs",
    "positions.plugin_data",
    "plugin_data",
)


def _reply(status: int, value: Any) -> Reply:
    """Older versions answer a refusal with 400, newer ones with 200: what counts is its text."""
    said = value if isinstance(value, Mapping) else {}
    match said.get("status"):
        case "ok":
            return Reply(Heard.TAKEN)
        case "error" if said.get("reason") == "already_redeemed":
            return Reply(Heard.ALREADY_THERE)
        case "error" | "incomplete" | "exchange" as kind:
            reason = text_of(said.get("reason")) if kind == "error" else kind
            return Reply(Heard.REFUSED, reason[:40])
        case _ if status == 404:
            return Reply(Heard.REFUSED, "invalid")
        case _:
            raise OnlineRefused(
                "pretix does not take check-ins for the check-in list that was chosen. Choose the"
                " list again, and check that the token may change orders."
            )
