"""A hub that is gone, in all the ways there are: said within seconds, and found again."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import monotonic

import pytest
from bad_network import BadNetwork, Weather
from founded_hub import FoundedHub, founded_hub, sealed
from postgres import PostgresServer, Version, programs, running_postgres

from checkin_app.errors import HubUnreachable
from checkin_app.hub.access import Address, HubAccess
from checkin_app.hub.connection import HubConnection
from checkin_app.hub.silence import LONGEST_SILENCE_S

Call = Callable[[HubConnection, HubAccess], object]
CALLS: dict[str, Call] = {
    "put": lambda desk, access: desk.put([sealed(access)]),
    "after": lambda desk, access: desk.after(0),
    "mark_at": lambda desk, access: desk.mark_at(1),
    "clock_error": lambda desk, access: desk.clock_error(),
    "heard": lambda desk, access: desk.heard(),
    # The server's farewell comes first, the end of the connection after it.
    "has_news": lambda desk, access: (desk.has_news(), desk.has_news()),
    "fileno": lambda desk, access: desk.fileno(),
}


@pytest.fixture
def mortal_server() -> Iterator[PostgresServer]:
    """A server that the test may stop and kill."""
    version = next((version for version in Version if programs(version)), None)
    if version is None:
        pytest.skip("there is no PostgreSQL")
    with running_postgres(version=version) as server:
        yield server


def test_a_connection_that_nothing_passes_through_is_noticed_within_seconds(
    hub: FoundedHub,
) -> None:
    """The network acknowledges everything and delivers nothing, so TCP itself notices nothing."""
    access = hub.joined()
    with BadNetwork(hub.server.host, hub.server.port) as network, ThreadPoolExecutor() as at_once:
        asked = ("put", "after", "heard", "clock_error")
        desks = [HubConnection.open(through(network, access)) for _ in asked]
        for desk in desks:
            hub.open_ones.callback(desk.close)
        network.be(Weather.HALF_OPEN)
        asked_at = monotonic()
        calls = [
            at_once.submit(CALLS[name], desk, access)
            for name, desk in zip(asked, desks, strict=True)
        ]
        # Without a patience of its own, each would wait for ever.
        assert [type(call.exception()) for call in calls] == [HubUnreachable] * len(asked)
        assert monotonic() - asked_at >= LONGEST_SILENCE_S
        with pytest.raises(HubUnreachable):
            desks[0].heard()


def test_a_new_connection_that_nothing_passes_through_is_given_up(hub: FoundedHub) -> None:
    access = hub.joined()
    with BadNetwork(hub.server.host, hub.server.port) as network:
        network.be(Weather.HALF_OPEN)
        with pytest.raises(HubUnreachable):
            HubConnection.open(through(network, access), timeout_s=1)


def test_an_address_that_falls_silent_does_not_hide_the_one_that_works(hub: FoundedHub) -> None:
    access = hub.joined()
    with socket.create_server(("127.0.0.1", 0)) as mute:
        silent = Address("127.0.0.1", mute.getsockname()[1])
        desk = hub.desk(replace(access, addresses=(silent, *access.addresses)))
        assert desk.address == access.addresses[0]


def test_another_service_at_the_address_is_no_hub(hub: FoundedHub) -> None:
    access = hub.joined()
    with BadNetwork(hub.server.host, 1) as network, pytest.raises(HubUnreachable):
        HubConnection.open(through(network, access), timeout_s=1)


def test_every_call_says_that_the_hub_is_gone(mortal_server: PostgresServer) -> None:
    with founded_hub(mortal_server) as hub:
        access = hub.joined()
        desks = {name: hub.desk(access) for name in CALLS}
        mortal_server.stop()
        for name, desk in desks.items():
            if name != "fileno":
                with pytest.raises(HubUnreachable, match="works on by itself"):
                    CALLS[name](desk, access)
            desk.close()
            with pytest.raises(HubUnreachable):
                CALLS[name](desk, access)
        with pytest.raises(HubUnreachable):
            HubConnection.open(access, timeout_s=1)


def test_what_a_killed_server_acknowledged_is_there_again(mortal_server: PostgresServer) -> None:
    with founded_hub(mortal_server) as hub:
        access = hub.joined()
        parcels = [sealed(access, sequence) for sequence in range(1, 30)]
        numbers = hub.desk(access).put(parcels)
        mortal_server.kill()
        mortal_server.start_again()
        desk = hub.desk(access)
        assert {parcel.id: parcel.number for parcel in desk.after(0)} == numbers
        assert desk.put(parcels) == numbers


def through(network: BadNetwork, access: HubAccess) -> HubAccess:
    return replace(access, addresses=(Address("127.0.0.1", network.port),))
