"""What the QR of an alf.io ticket holds: its ID in alf.io's list, a slash and a signature.

``0c9f8ad5-…/3vWq…=`` (``alfio/model/Ticket.java``, ``ticketCode``): the UUID, and 32 bytes as
base64 that only alf.io can check, made of the ticket's holder and a key of the event.
"""

from __future__ import annotations

import re

_TICKET = re.compile(
    r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/[0-9A-Za-z+/]{43}="
)


def alf_io_id(text: str) -> str:
    """The ID of a ticket of alf.io, as its list spells it; empty when it is none."""
    found = _TICKET.fullmatch(text)
    return found[1] if found else ""
