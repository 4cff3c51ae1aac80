"""A command that shares an event file while it works on it, at a real hub and at a dead one."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from founded_hub import ANY_TIME_S, FoundedHub
from postgres import PostgresServer

from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.sharing import SharingKind
from checkin_app.hub.access import Address, HubAccess
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.clock import utc_now
from checkin_app.services.sharing.exchanging import brief_sharing
from checkin_app.services.sharing.exchanging.brief_sharing import BriefSharing
from checkin_app.services.sharing.hubs.membership import Membership, keep_membership, membership_of
from checkin_app.storage.event_file import EventFile

ENTRY = "0" * 32
REFUSED = {"outcome": "unknown_code", "code": "SOMEBODY"}


@pytest.fixture
def access(postgres: PostgresServer, empty_event_file: EventFile) -> Iterator[HubAccess]:
    """A desk of a hub that holds the event."""
    hub = FoundedHub(postgres, postgres.dsn, empty_event_file.sharing.event_id())
    with hub.open_ones:
        yield hub.joined()


@pytest.fixture
def memberships(tmp_path: Path) -> Memberships:
    return Memberships(tmp_path / "memberships")


@contextmanager
def sharing(
    event_file: EventFile, access: HubAccess, memberships: Memberships
) -> Iterator[BriefSharing]:
    brief = BriefSharing(event_file, Membership(access), memberships, "Side door", utc_now)
    try:
        yield brief
    finally:
        brief.stop()
        brief.join(ANY_TIME_S)


def test_a_hub_that_never_says_a_word_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
    empty_event_file: EventFile,
    access: HubAccess,
    memberships: Memberships,
) -> None:
    monkeypatch.setattr(brief_sharing, "MEET_WITHIN_S", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        dead = replace(access, addresses=(Address("127.0.0.1", silent.getsockname()[1]),))
        with sharing(empty_event_file, dead, memberships) as brief:
            assert brief.offer(ENTRY, ANY_TIME_S) is None
            brief.finish()
            assert brief.state.kind is SharingKind.ON_OUR_OWN


def test_a_hub_that_is_gone_is_known_at_once(
    monkeypatch: pytest.MonkeyPatch,
    empty_event_file: EventFile,
    access: HubAccess,
    memberships: Memberships,
) -> None:
    """It would be waited for until the test times out, if nobody said that nobody answers."""
    monkeypatch.setattr(brief_sharing, "MEET_WITHIN_S", 3_600.0)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    gone = replace(access, addresses=(Address("127.0.0.1", port),))
    with sharing(empty_event_file, gone, memberships) as brief:
        assert brief.offer(ENTRY, ANY_TIME_S) is None
        brief.finish()


def test_what_waits_is_handed_in_before_the_command_ends_and_the_clock_s_error_kept(
    monkeypatch: pytest.MonkeyPatch,
    empty_event_file: EventFile,
    access: HubAccess,
    memberships: Memberships,
) -> None:
    for name in ("MEET_WITHIN_S", "HAND_IN_WITHIN_S"):
        monkeypatch.setattr(brief_sharing, name, ANY_TIME_S)
    keep_membership(memberships, Membership(access, timedelta(hours=1)))

    def hand_in_all() -> bool:
        with sharing(empty_event_file, access, memberships) as brief:
            with empty_event_file.transaction("Side door", brief.clock()) as transaction:
                transaction.append(EntryKind.REFUSED, list_id="registration", payload=REFUSED)
            brief.finish()
        return not empty_event_file.sharing.waiting(access.hub_id)

    # Again where the machine stood still for so long that the hub was out of reach.
    assert any(hand_in_all() for _ in range(10))
    kept = membership_of(memberships, access.event_id)
    assert kept is not None
    assert kept.clock_error is not None
    assert abs(kept.clock_error) < timedelta(minutes=1)
