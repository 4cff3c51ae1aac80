"""The code of another laptop at the desk: scanned, typed or pasted, it leads to the other desks."""

from __future__ import annotations

import pytest

from checkin_app.domain.ledger import EntryKind
from checkin_app.gui.hub.hub_door import HubDoor
from checkin_app.hub.access import NO_TLS, Address
from checkin_app.hub.pairing import Pairing, PairingCode

ADDRESS = Address("192.0.2.20", 47620)
LINK = Pairing(PairingCode.from_text("8EXY-JJD6-E95H-P0M7"), (ADDRESS,), "checkin", NO_TLS).link()


def asked_link(desk_screen) -> str:
    door = desk_screen.window.workplace.findChild(HubDoor)
    return door.dialog.first.link.text() if door.dialog is not None else ""


@pytest.mark.parametrize("way", ["scanned", "typed"])
def test_it_asks_whether_to_join_and_is_never_recorded(desk_screen, way):
    if way == "scanned":
        desk_screen.scan(LINK)
    else:
        desk_screen.type(LINK)
        desk_screen.wait_until(lambda: desk_screen.screen.finder.is_answered)
        desk_screen.enter()
    desk_screen.wait_until(lambda: asked_link(desk_screen) == LINK)
    assert desk_screen.field_text == ""
    entries = desk_screen.event_file.ledger()
    assert not [entry for entry in entries if entry.kind is EntryKind.REFUSED]
