"""The hub's PostgreSQL under other accounts, of the system, and in the network."""

from __future__ import annotations

import ipaddress
import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from multicast import hears_itself
from server_folders import reachable_folder
from zeroconf import Zeroconf

from checkin_app.errors import HubError
from checkin_app.hub.server.accounts import Account, hubs_folder, server_account
from checkin_app.hub.server.addresses import lan_addresses
from checkin_app.hub.server.discovery import Announcement, event_digest, find_hub_of, find_hubs
from checkin_app.hub.server.firewall import firewall_advice
from checkin_app.hub.server.programs import PostgresPrograms, programs_for
from checkin_app.hub.server.server import HubServer

# Of this run alone: others may be under way in the same network.
HUB, EVENT, OTHER_EVENT = (secrets.token_hex(16) for _ in range(3))
ANY_TIME_S = 60.0
ROOT = Path(__file__).parents[4]
AS_ANYBODY = """
import sys
from pathlib import Path
from checkin_app.hub.server.server import HubServer
server = HubServer(Path(sys.argv[1]) / "hub")
server.start()
print(server.is_running(), (server.folder / "data").stat().st_uid)
server.stop()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder


@pytest.fixture
def systems() -> PostgresPrograms:
    """The PostgreSQL of the system."""
    for major in (14, 15, 16, 17):
        try:
            programs = programs_for(major)
        except HubError:
            continue
        if "site-packages" not in programs.folder.parts:
            return programs
    pytest.skip("this system has no PostgreSQL of its own")


in_a_network = pytest.mark.skipif(
    not hears_itself(), reason="this machine is in no network that lets laptops tell each other"
)


def test_the_systems_postgresql_does_as_well(folder: Path, systems: PostgresPrograms) -> None:
    HubServer(folder / "hub", systems).start()
    server = HubServer(folder / "hub")
    try:
        assert server.stop()
        server.start()
        with psycopg.connect(server.owner_dsn()) as connection:
            assert connection.info.server_version // 10000 == systems.major
    finally:
        server.stop()


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="the other tests run as an ordinary user"
)
def test_an_ordinary_user_runs_it_without_any_other_account(folder: Path) -> None:
    account = server_account()
    account.own(folder)
    # Root's own Python may lie where nobody else can read: reading is all that is lent.
    lent = ("--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search")
    who = ("--reuid", str(account.user), "--regid", str(account.group), "--clear-groups")
    if not can_lend(lent):
        pytest.skip("this system cannot run Python under another account")
    done = subprocess.run(
        ["setpriv", *who, *lent, sys.executable, "-B", "-c", AS_ANYBODY, str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder)},
    )
    assert (done.stdout.split(), done.stderr) == (["True", str(account.user)], "")


def can_lend(words: tuple[str, ...]) -> bool:
    try:
        return subprocess.run(["setpriv", *words, "true"], check=False).returncode == 0
    except OSError:
        return False


def test_the_folder_of_hubs_is_one_that_postgresql_reaches() -> None:
    assert server_account().reaches(hubs_folder())


def test_a_folder_that_is_closed_to_an_account_is_not_reached(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    stranger = Account(os.geteuid() + 4711, os.getegid() + 4711)
    assert stranger.reaches(folder / "not yet there")
    assert not stranger.reaches(closed / "not yet there")


def test_addresses_are_such_as_other_laptops_can_use() -> None:
    for address in map(ipaddress.ip_address, lan_addresses()):
        assert not address.is_loopback
        assert not address.is_unspecified


@in_a_network
def test_a_hub_that_makes_itself_known_is_found_by_its_event() -> None:
    with Announcement(HUB, EVENT, 47620) as announcement:
        assert announcement.is_heard
        found = find_hub_of(EVENT, timeout_s=ANY_TIME_S)
    assert found is not None
    assert (found.hub_id, found.port) == (HUB, 47620)
    assert set(found.addresses) & set(lan_addresses())


@in_a_network
def test_a_hub_of_another_event_is_not_taken_for_ones_own() -> None:
    with Announcement(HUB, OTHER_EVENT, 47620):
        found = find_hubs(ANY_TIME_S, until=lambda hub: hub.hub_id == HUB)
        assert HUB in {hub.hub_id for hub in found}
        assert not any(hub.is_of(EVENT) for hub in found)
        assert find_hub_of(EVENT, timeout_s=0.5) is None


@in_a_network
def test_a_search_leaves_no_thread_behind() -> None:
    """A desk that cannot reach its hub searches again and again, all day."""
    before = set(threading.enumerate())
    find_hubs(0.1)
    assert set(threading.enumerate()) <= before


@in_a_network
def test_a_search_on_a_laptop_that_sleeps_at_its_end_leaves_no_thread_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody answers a laptop in time that slept since it asked, not even its own threads."""
    slept: list[Zeroconf] = []
    close = Zeroconf.close

    def close_sleepily(zeroconf: Zeroconf) -> None:
        if not slept:
            slept.append(zeroconf)
            raise TimeoutError
        close(zeroconf)

    monkeypatch.setattr(Zeroconf, "close", close_sleepily)
    before = set(threading.enumerate())
    find_hubs(0.1)
    assert slept
    assert set(threading.enumerate()) <= before


def test_a_hub_tells_its_network_nothing_that_leads_to_the_event() -> None:
    assert event_digest(EVENT) != EVENT
    assert len(event_digest(EVENT)) == 32


def test_the_advice_about_a_firewall_names_the_port_or_says_nothing() -> None:
    advice = firewall_advice(47620, Path("/opt/postgres"))
    assert advice == "" or "47620" in advice or "postgres" in advice
