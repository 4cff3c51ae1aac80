"""What people type or paste as the address of an event → the server and what it calls the event.

A token goes only to the server that is named here, and never over a line that others can read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from checkin_app.errors import UsageError

_PRETIX_PLACES = re.compile(
    r"^/(?:api/v1/organizers/(?P<o1>[^/]+)/events/(?P<e1>[^/]+)"
    r"|control/event/(?P<o2>[^/]+)/(?P<e2>[^/]+)"
    r"|(?!control|api)(?P<o3>[^/]+)/(?P<e3>[^/]+))"
)
_INDICO_PLACE = re.compile(r"^(?P<root>(?:/.*)?)/(?:event|e)/(?P<event>\d+)(?:/|$)")


@dataclass(frozen=True, slots=True)
class EventLink:
    """An event on a server.

    Attributes:
        server: scheme, host, port and path of the system, without a slash at the end.
        organiser: pretix's short form of the organiser; empty when the link does not name it.
        event: pretix's short form of the event, or Indico's number; empty likewise.
    """

    server: str
    organiser: str = ""
    event: str = ""


def pretix_link(text: str) -> EventLink:
    """The event that a link to pretix names: its shop, its control page or its interface.

    Raises:
        UsageError: as ``server_address``.
    """
    server = server_address(text)
    parts = urlsplit(server)
    root = f"{parts.scheme}://{parts.netloc}"
    if place := _PRETIX_PLACES.match(parts.path):
        organiser, event = (value for value in place.groups() if value)
        return EventLink(root, unquote(organiser), unquote(event))
    return EventLink(root)


def indico_link(text: str) -> EventLink:
    """The event that a link to Indico names.

    Raises:
        UsageError: as ``server_address``.
    """
    server = server_address(text)
    parts = urlsplit(server)
    root = f"{parts.scheme}://{parts.netloc}"
    if place := _INDICO_PLACE.match(parts.path):
        return EventLink(root + place["root"], event=place["event"])
    return EventLink(server)


def server_address(text: str) -> str:
    """An address with its scheme, without query, fragment and a slash at the end.

    Raises:
        UsageError: it is none, or others could read along.
    """
    typed = "".join(text.split())
    if not typed:
        raise UsageError("Enter the address, for example https://pretix.eu.")
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise _no_address(typed) from error
    if not host or parts.scheme not in ("http", "https") or "\\" in typed:
        raise _no_address(typed)
    if parts.username is not None or parts.password is not None:
        raise UsageError("Leave user name and password out of the address.")
    if parts.scheme == "http" and not _is_this_computer(host):
        raise UsageError("Others could read the token on its way: write the address with https://.")
    shown_host = f"[{host}]" if ":" in host else host
    place = f"{shown_host}:{port}" if port is not None else shown_host
    return f"{parts.scheme}://{place}{parts.path.rstrip('/')}"


def _is_this_computer(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _no_address(typed: str) -> UsageError:
    return UsageError(f"{typed!r} is no address. Write it as https://pretix.eu.")
