"""What other desks did, in the window of this one."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import shiboken6
from pytestqt.qtbot import QtBot

from checkin_app.gui.hub.sharing_runner import SharingRunner
from checkin_app.gui.workplace import Workplace
from checkin_app.hub.access import NO_TLS, Address, HubAccess
from checkin_app.hub.sealing import DeskKey, new_event_key
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.sharing.exchanging.shared import Shared
from checkin_app.services.sharing.hubs.hub_places import HubPlaces
from checkin_app.services.sharing.hubs.membership import Membership, keep_membership


def test_what_came_of_others_is_told_to_every_screen_at_once(
    qtbot: QtBot, workplace: Workplace
) -> None:
    with qtbot.waitSignal(workplace.changed):
        workplace.sharing.came.emit(Shared(came={"0" * 32: 7}))


def test_an_exchange_that_ends_when_the_event_has_been_left_tells_nobody(
    qtbot: QtBot, workplace: Workplace, tmp_path: Path
) -> None:
    memberships = Memberships(tmp_path / "memberships")
    runner = SharingRunner(workplace, HubPlaces(tmp_path / "hubs", memberships, tmp_path))
    before = set(threading.enumerate())
    with socket.create_server(("127.0.0.1", 0)) as silent_hub:
        address = Address(*silent_hub.getsockname())
        keep_membership(memberships, Membership(access_to(address, workplace)))
        runner.start()
        connection, _ = accepted(qtbot, silent_hub)
        (sharing,) = (one for one in set(threading.enumerate()) - before if one.name == "sharing")
        runner.stop()
        closing = runner.closing
        shiboken6.delete(runner)
        connection.close()
    # An error in the thread would fail this test.
    sharing.join()
    closing()


def accepted(qtbot: QtBot, server: socket.socket) -> tuple[socket.socket, object]:
    """Whoever connects first; the window works meanwhile."""
    server.setblocking(False)
    found: list[tuple[socket.socket, object]] = []

    def is_there() -> bool:
        try:
            found.append(server.accept())
        except BlockingIOError:
            return False
        return True

    qtbot.waitUntil(is_there)
    return found[0]


def access_to(address: Address, workplace: Workplace) -> HubAccess:
    return HubAccess(
        workplace.event_file.sharing.event_id(),
        "2" * 32,
        (address,),
        "checkin",
        "desk",
        "secret",
        NO_TLS,
        new_event_key(),
        DeskKey.new(),
    )
