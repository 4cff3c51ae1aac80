"""The other desks as the pictures show them: a hub at an address that nobody has, always the same
code, nothing of the machine that makes the pictures.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from checkin_app.domain.sharing import SharingDesk, SharingKind, SharingState
from checkin_app.hub.access import NO_TLS, Address
from checkin_app.hub.owner import PairingAtHub
from checkin_app.hub.pairing import Pairing, PairingCode
from checkin_app.services.sharing.hubs.hub_status import HubStatus
from checkin_app.services.sharing.hubs.hub_view import HubPart, HubView
from checkin_app.services.sharing.hubs.shown_pairing import ShownPairing

SHARED = SharingState(SharingKind.SHARED, desks=2)
_ADDRESS = Address("192.0.2.20", 47620)
"""Nobody has it (RFC 5737)."""
_PAIRING = Pairing(PairingCode.from_text("8EXY-JJD6-E95H-P0M7"), (_ADDRESS,), "checkin", NO_TLS)
_NAMES = ("Desk 1", "Side door", "VIP entrance")

LINK = _PAIRING.link()


def hub(now: datetime) -> HubView:
    """The hub on the first laptop, which two others have joined."""
    desks = tuple(
        SharingDesk(_id(number), (name,), now - timedelta(minutes=50), now - timedelta(seconds=30))
        for number, name in enumerate(_NAMES)
    )
    until = now + timedelta(hours=24)
    at_hub = PairingAtHub(_PAIRING.code.id, now, until, None, len(_NAMES) - 1)
    status = HubStatus(
        _id(0),
        is_here=True,
        is_running=True,
        running_since=now - timedelta(hours=1),
        addresses=(_ADDRESS,),
        pairings=(at_hub,),
    )
    shown = ShownPairing(_PAIRING, until)
    return HubView(HubPart.ORGANISER, status, _ADDRESS, _id(0), desks, pairing=shown)


def _id(number: int) -> str:
    return f"{number:032x}"
