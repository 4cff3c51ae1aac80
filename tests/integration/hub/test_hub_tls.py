"""TLS is used wherever the server offers it, and what a pairing promises of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from certificates import Certificate, intercepted, self_signed
from downgrading import downgraded
from founded_hub import GUEST, FoundedHub, founded_hub, opened, sealed
from postgres import PostgresServer, Version, programs, running_postgres

from checkin_app.errors import HubError, HubRefused
from checkin_app.hub.access import BOUND_TLS, NO_TLS, SYSTEM_TLS, Address, HubAccess, Tls
from checkin_app.hub.joining import join
from checkin_app.hub.pairing import Pairing
from checkin_app.hub.sealing import DeskKey


@pytest.fixture
def tls_hub(tls_server: PostgresServer) -> Iterator[FoundedHub]:
    """An event's hub on a server that offers TLS."""
    with founded_hub(tls_server) as hub:
        yield hub


def test_a_pinned_certificate_is_taken_and_the_connection_is_encrypted(
    tls_hub: FoundedHub, certificate: Certificate
) -> None:
    access = join(tls_hub.pairing(Tls.pinned(certificate.fingerprint)), DeskKey.new())
    desk = tls_hub.desk(access)
    assert desk.put([sealed(access)])
    assert encrypted_logins(tls_hub, access) == {True}


def test_another_certificate_than_the_pinned_one_is_refused(tls_hub: FoundedHub) -> None:
    pairing = tls_hub.pairing(Tls.pinned(self_signed().fingerprint))
    with pytest.raises(HubRefused, match="another certificate"):
        join(pairing, DeskKey.new())
    assert tls_hub.owner.desks() == ()


def test_the_systems_roots_do_not_vouch_for_a_self_signed_certificate(
    tls_hub: FoundedHub,
) -> None:
    with pytest.raises(HubRefused, match="prove"):
        join(named(tls_hub.pairing(SYSTEM_TLS), "localhost"), DeskKey.new())


def test_a_certificate_that_the_system_trusts_is_taken_for_its_name_only(
    tls_hub: FoundedHub,
    certificate: Certificate,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.saved(tmp_path)[0]))
    pairing = tls_hub.pairing(SYSTEM_TLS)
    with pytest.raises(HubRefused, match="prove"):
        join(pairing, DeskKey.new())
    access = join(named(pairing, "localhost"), DeskKey.new())
    tls_hub.desk(access)
    assert encrypted_logins(tls_hub, access) == {True}


@pytest.mark.parametrize("tls", [SYSTEM_TLS, BOUND_TLS, Tls.pinned(bytes(32))], ids=str)
def test_a_server_without_tls_is_refused_when_the_pairing_promises_it(
    hub: FoundedHub, tls: Tls
) -> None:
    with pytest.raises(HubRefused, match="does not encrypt"):
        join(hub.pairing(tls), DeskKey.new())
    assert hub.owner.desks() == ()


def test_tls_is_used_where_it_is_offered_though_nothing_was_promised(
    tls_hub: FoundedHub,
) -> None:
    access = join(tls_hub.pairing(NO_TLS), DeskKey.new())
    tls_hub.desk(access)
    assert encrypted_logins(tls_hub, access) == {True}


def test_who_once_joined_over_tls_never_goes_back_behind_it(
    tls_hub: FoundedHub, hub: FoundedHub
) -> None:
    access = join(tls_hub.pairing(NO_TLS), DeskKey.new())
    assert access.tls == BOUND_TLS
    with pytest.raises(HubRefused, match="does not encrypt"):
        opened(replace(access, addresses=hub.pairing().addresses))


@pytest.mark.parametrize("tls", [NO_TLS, BOUND_TLS], ids=str)
def test_somebody_in_between_with_a_certificate_of_his_own_is_found_out(
    tls_hub: FoundedHub, tls: Tls, tmp_path: Path
) -> None:
    server = tls_hub.server
    pairing = tls_hub.pairing(tls)
    with intercepted(server.host, server.port, *self_signed().saved(tmp_path)) as port:
        between = replace(pairing, addresses=(Address("127.0.0.1", port),))
        with pytest.raises(HubRefused):
            join(between, DeskKey.new())
    assert tls_hub.owner.desks() == ()
    assert join(pairing, DeskKey.new()).tls == BOUND_TLS


@pytest.mark.parametrize("lies_from", [0, 1], ids=["at once", "after the knock"])
@pytest.mark.parametrize("kind", ["system", "bound", "pinned"])
def test_somebody_in_between_who_denies_tls_gets_no_login(
    tls_hub: FoundedHub, certificate: Certificate, kind: str, lies_from: int
) -> None:
    promised = {
        "system": SYSTEM_TLS,
        "bound": BOUND_TLS,
        "pinned": Tls.pinned(certificate.fingerprint),
    }
    pairing = tls_hub.pairing(promised[kind])
    access = join(tls_hub.pairing(NO_TLS), DeskKey.new())
    server = tls_hub.server
    with downgraded(server.host, server.port, lies_from) as listener:
        between = (Address("127.0.0.1", listener.port),)
        with pytest.raises(HubError):
            join(replace(pairing, addresses=between), DeskKey.new())
        listener.lies_from += 10
        with pytest.raises(HubError):
            opened(replace(access, addresses=between, tls=promised[kind]))
    assert listener.heard == []


def test_who_was_promised_nothing_gives_a_listener_neither_password_nor_name(
    tls_hub: FoundedHub,
) -> None:
    """On a hub without TLS, as of a laptop, he hears ids; bodies are sealed, logins are SCRAM."""
    access = join(tls_hub.pairing(NO_TLS), DeskKey.new())
    with downgraded(tls_hub.server.host, tls_hub.server.port) as listener:
        between = (Address("127.0.0.1", listener.port),)
        with opened(replace(access, addresses=between, tls=NO_TLS)) as desk:
            assert desk.put([sealed(access)])
    heard = b"".join(listener.heard)
    assert access.role.encode() in heard
    for secret in (access.password, access.event_key.hex(), *GUEST.split()):
        assert secret.encode() not in heard
    assert access.event_key not in heard


@pytest.mark.parametrize("method", ["password", "trust"])
def test_a_server_that_asks_for_less_than_proof_does_not_get_the_password(method: str) -> None:
    if programs(Version.SYSTEM) is None:
        pytest.skip("there is no PostgreSQL of the system")
    rules = f"host all organiser,superuser all scram-sha-256\nhost all all all {method}\n"
    with (
        running_postgres(files={"pg_hba.conf": rules.encode()}) as server,
        founded_hub(server) as hub,
        pytest.raises(HubRefused),
    ):
        join(hub.pairing(), DeskKey.new())


def named(pairing: Pairing, host: str) -> Pairing:
    return replace(pairing, addresses=(Address(host, pairing.addresses[0].port),))


def encrypted_logins(hub: FoundedHub, access: HubAccess) -> set[bool]:
    """How the desk's logins are; one that joining needed may be about to end."""
    query = "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = %s"
    with psycopg.connect(hub.server.superuser_dsn) as superuser:
        return {ssl for (ssl,) in superuser.execute(query, (access.role,)).fetchall()}
