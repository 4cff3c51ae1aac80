"""Laptops join with a pairing, and do not when it was withdrawn or has run out."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import timedelta
from time import monotonic
from typing import Any

import psycopg
import pytest
from founded_hub import FoundedHub, founded_hub, opened, sealed
from postgres import PostgresServer, Version, programs, running_postgres
from psycopg import sql

from checkin_app.errors import HubRefused, HubUnreachable, UsageError
from checkin_app.hub import reaching
from checkin_app.hub.access import Address, HubAccess
from checkin_app.hub.joining import join
from checkin_app.hub.owner import HubOwner
from checkin_app.hub.pairing import Pairing, PairingCode
from checkin_app.hub.sealing import DeskKey


def test_who_joins_gets_what_it_needs_and_a_login_of_its_own(each_hub: FoundedHub) -> None:
    pairing = Pairing.from_text(each_hub.pairing().link())
    first, second = DeskKey.new(), DeskKey.new()
    accesses = [join(pairing, first), join(pairing, second)]
    assert {access.event_key for access in accesses} == {each_hub.event_key}
    assert {access.event_id for access in accesses} == {each_hub.event_id}
    assert {access.hub_id for access in accesses} == {each_hub.hub_id}
    assert len({access.role for access in accesses}) == 2
    assert [desk.id for desk in each_hub.owner.desks()] == [first.id, second.id]
    assert [found.desks for found in each_hub.owner.pairings()] == [2]
    assert each_hub.desk(HubAccess.from_document(accesses[0].document())).hub_id == each_hub.hub_id


def test_who_lost_the_answer_joins_again_and_is_the_same_desk(each_hub: FoundedHub) -> None:
    key, pairing = DeskKey.new(), each_hub.pairing()
    assert join(pairing, key) == join(pairing, key) == join(each_hub.pairing(), key)
    assert len(each_hub.owner.desks()) == 1


def test_a_desk_knows_who_shares_with_its_hub(each_hub: FoundedHub) -> None:
    first, second = each_hub.joined(), each_hub.joined()
    desk = each_hub.desk(first)
    assert desk.desks() == {first.desk_key.id, second.desk_key.id}
    each_hub.owner.withdraw_desk(second.desk_key.id)
    assert desk.desks() == {first.desk_key.id}


def test_joining_again_as_another_desk_does_not_lock_that_desk_out(hub: FoundedHub) -> None:
    """Ids of desks are no secret; whoever has a pairing could name one that is not its own."""
    access = hub.joined()
    code = hub.pairing().code
    with psycopg.connect(hub.dsn, user=code.role, password=code.password) as pairing:
        verifier = pairing.pgconn.encrypt_password(b"mine", b"", b"scram-sha-256").decode()
        query = sql.SQL("SELECT {}.join_event(%s, %s)").format(sql.Identifier(hub.schema))
        pairing.execute(query, (access.desk_key.id, verifier))
    assert hub.desk(access).put([sealed(access)])
    with pytest.raises(HubRefused):
        opened(replace(access, password="mine"))


def test_a_verifier_is_a_verifier_and_no_sql(hub: FoundedHub) -> None:
    code = hub.pairing().code
    query = sql.SQL("SELECT {}.join_event(%s, %s)").format(sql.Identifier(hub.schema))
    with psycopg.connect(
        hub.dsn, user=code.role, password=code.password, autocommit=True
    ) as pairing:
        for verifier in ("in clear", "SCRAM-SHA-256$1:a$b:c' SUPERUSER --", "md5" + "0" * 32, ""):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                pairing.execute(query, (DeskKey.new().id, verifier))


def test_a_withdrawn_pairing_lets_nobody_in_and_whoever_joined_stays(
    each_hub: FoundedHub,
) -> None:
    pairing = each_hub.pairing()
    joined = join(pairing, DeskKey.new())
    with psycopg.connect(
        each_hub.dsn, user=pairing.code.role, password=pairing.code.password, autocommit=True
    ) as still_there:
        each_hub.owner.withdraw_pairing(pairing.code.id)
        with pytest.raises(psycopg.OperationalError):
            still_there.execute("SELECT 1")
    with pytest.raises(HubRefused, match="withdrawn"):
        join(pairing, DeskKey.new())
    assert each_hub.desk(joined).put([sealed(joined)])
    assert [found.withdrawn_at is None for found in each_hub.owner.pairings()] == [False]


def test_a_pairing_runs_out(each_hub: FoundedHub) -> None:
    with pytest.raises(HubRefused, match="run out"):
        join(each_hub.pairing(valid=timedelta(seconds=-1)), DeskKey.new())


def test_a_pairing_that_ran_out_while_connected_joins_nobody(hub: FoundedHub) -> None:
    code = hub.pairing().code
    joining = sql.SQL("SELECT {}.join_event(%s, 'SCRAM-SHA-256$1:a$b:c')")
    with psycopg.connect(
        hub.dsn, user=code.role, password=code.password, autocommit=True
    ) as pairing:
        with psycopg.connect(hub.dsn, autocommit=True) as organiser:
            runs_out = sql.SQL("UPDATE {}.pairing SET valid_until = now()")
            organiser.execute(runs_out.format(sql.Identifier(hub.schema)))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            pairing.execute(joining.format(sql.Identifier(hub.schema)), (DeskKey.new().id,))


def test_a_withdrawn_desk_does_not_come_back_with_a_new_pairing(each_hub: FoundedHub) -> None:
    access = each_hub.joined()
    each_hub.owner.withdraw_desk(access.desk_key.id)
    with pytest.raises(HubRefused):
        join(each_hub.pairing(), access.desk_key)
    join(each_hub.pairing(), DeskKey.new())


def test_a_code_nobody_made_is_refused(hub: FoundedHub) -> None:
    with pytest.raises(HubRefused):
        join(replace(hub.pairing(), code=PairingCode.new()), DeskKey.new())


def test_a_laptop_tries_all_addresses_and_remembers_the_one_that_answered(
    hub: FoundedHub,
) -> None:
    pairing = hub.pairing()
    (there,) = pairing.addresses
    nowhere = (Address("192.0.2.1", there.port), Address("localhost", 1), Address("no.invalid"))
    access = join(replace(pairing, addresses=(*nowhere, there)), DeskKey.new())
    assert access.addresses == (there, *nowhere)


def test_a_name_that_takes_long_to_be_looked_up_leaves_the_addresses_their_time(
    hub: FoundedHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where whoever knows names is out of reach, and the hub is not."""
    waited_s, look_up = [0.0], socket.getaddrinfo

    def slow_look_up(host: str, *how: Any, **named: Any) -> Any:
        if host.startswith("slow"):
            waited_s.append(3600.0)
            raise socket.gaierror
        return look_up(host, *how, **named)

    monkeypatch.setattr(socket, "getaddrinfo", slow_look_up)
    monkeypatch.setattr(reaching, "monotonic", lambda: monotonic() + sum(waited_s))
    pairing = hub.pairing()
    slow = (Address("slow.example"), *pairing.addresses, Address("slow.example.org"))
    access = join(replace(pairing, addresses=slow), DeskKey.new())
    assert waited_s[1:] == [3600.0, 3600.0]
    assert access.addresses[:1] == pairing.addresses


def test_nobody_at_any_address_is_said(hub: FoundedHub) -> None:
    nowhere = replace(hub.pairing(), addresses=(Address("localhost", 1),))
    with pytest.raises(HubUnreachable, match="same network"):
        join(nowhere, DeskKey.new(), timeout_s=1)


def test_two_events_in_one_database_do_not_know_of_each_other(
    each_postgres: PostgresServer,
) -> None:
    with founded_hub(each_postgres) as first, founded_hub(each_postgres) as second:
        ours, theirs = first.joined(), second.joined()
        first.desk(ours).put([sealed(ours)])
        assert second.desk(theirs).after(0) == ()
        with pytest.raises(HubRefused):
            opened(replace(ours, event_id=second.event_id))
        first.owner.remove()
        assert second.desk(theirs).put([sealed(theirs)])


def test_removing_a_hub_leaves_nothing_of_it_and_it_can_be_founded_anew(
    each_hub: FoundedHub,
) -> None:
    access = each_hub.joined()
    desk = each_hub.desk(access)
    each_hub.owner.withdraw_desk(each_hub.joined().desk_key.id)
    each_hub.owner.remove()
    each_hub.owner.remove()
    with pytest.raises(HubUnreachable):
        desk.heard()
    assert remains(each_hub) == []
    assert each_hub.owner.found() != each_hub.hub_id
    with pytest.raises(HubRefused):
        opened(access)
    assert join(each_hub.pairing(), access.desk_key).hub_id != each_hub.hub_id


def test_two_hubs_of_one_event_on_one_server_keep_apart(each_hub: FoundedHub) -> None:
    """As when a laptop has taken over, or a hub was moved to another database."""
    access = each_hub.joined()
    with HubOwner(each_hub.server.new_database(), each_hub.event_id) as moved:
        assert moved.found() != each_hub.hub_id
        moved.remove()
    assert each_hub.desk(access).put([sealed(access)])


def test_another_hub_of_the_event_is_not_taken_for_this_one(hub: FoundedHub) -> None:
    access = hub.joined()
    with pytest.raises(HubRefused, match="another hub"):
        opened(replace(access, hub_id=DeskKey.new().id))


def test_an_organiser_who_may_not_make_roles_is_told() -> None:
    there = next((version for version in Version if programs(version)), None)
    if there is None:
        pytest.skip("there is no PostgreSQL")
    with running_postgres(version=there) as server:
        with psycopg.connect(server.superuser_dsn, autocommit=True) as superuser:
            superuser.execute("ALTER ROLE organiser NOCREATEROLE")
        with (
            HubOwner(server.dsn, DeskKey.new().id) as owner,
            pytest.raises(HubRefused, match="right"),
        ):
            owner.found()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("organiser:", "nobody:"),
        ("/event", "/nothing"),
    ],
)
def test_an_organiser_who_is_not_let_in_is_told_what_to_check(
    hub: FoundedHub, right: str, wrong: str
) -> None:
    with pytest.raises(HubRefused, match="Check the user"):
        HubOwner(hub.dsn.replace(right, wrong), hub.event_id)


def test_what_is_no_address_of_a_database_is_told_without_its_password(hub: FoundedHub) -> None:
    with pytest.raises(UsageError, match="no address") as told:
        HubOwner(hub.dsn.replace("postgresql://", "postgres//"), hub.event_id)
    assert hub.server.password not in str(told.value)


def remains(hub: FoundedHub) -> list[str]:
    """Roles and schemas on the server that name the hub, its event or its desks."""
    query = """
        SELECT nspname::text FROM pg_namespace WHERE nspname = %(schema)s
        UNION SELECT rolname::text FROM pg_roles
        WHERE rolname LIKE '%%' || %(hub)s || '%%' OR rolname LIKE '%%' || left(%(hub)s, 16) || '%%'
    """
    with psycopg.connect(hub.dsn) as organiser:
        rows = organiser.execute(query, {"schema": hub.schema, "hub": hub.hub_id}).fetchall()
    return [name for (name,) in rows]
