"""Where the registrations of each event come from on the web, and whether anything goes back.

Tokens are not among them: those are kept by ``secrets_store``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

_MOST_EVENTS = 50


class OnlineSystem(StrEnum):
    """A registration system that can be asked."""

    PRETIX = "pretix"
    INDICO = "indico"


@dataclass(frozen=True, slots=True)
class OnlineConnection:
    """The registration system of one event.

    Attributes:
        event_key: which event file it belongs to.
        server: address of the system, without a slash at the end.
        organiser: pretix's short form of the organiser; empty for Indico.
        event: pretix's short form of the event, or Indico's number.
        sends_check_ins: whether check-ins go back to it. Nothing is ever sent otherwise.
        list_id: pretix's check-in list that they go to; 0 before one is chosen.
        list_name: what pretix calls it.
        desk_list: our check-in list whose check-ins go there; empty takes the registration desk.
    """

    event_key: str = ""
    system: OnlineSystem = OnlineSystem.PRETIX
    server: str = ""
    organiser: str = ""
    event: str = ""
    sends_check_ins: bool = False
    list_id: int = 0
    list_name: str = ""
    desk_list: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether the system can be asked, given a token."""
        named = self.organiser or self.system is OnlineSystem.INDICO
        return bool(self.server and self.event and named)

    @property
    def can_send(self) -> bool:
        """Whether check-ins go back to it."""
        is_pretix = self.system is OnlineSystem.PRETIX
        return self.sends_check_ins and is_pretix and self.is_complete and self.list_id > 0


@dataclass(frozen=True, slots=True)
class OnlineSettings:
    """The registration systems of the events on this laptop, the latest kept first."""

    connections: tuple[OnlineConnection, ...] = ()

    def of(self, event_key: str) -> OnlineConnection:
        """That of one event; one that names no system when none is known."""
        known = (one for one in self.connections if one.event_key == event_key)
        return next(known, OnlineConnection(event_key))

    def keep(self, connection: OnlineConnection) -> OnlineSettings:
        """These with one added, or changed."""
        others = (one for one in self.connections if one.event_key != connection.event_key)
        return replace(self, connections=(connection, *others)[:_MOST_EVENTS])
