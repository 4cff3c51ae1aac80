"""An older hub is brought up to date by its owner; a newer one is left to newer programs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from founded_hub import FoundedHub, founded_hub, opened, sealed
from postgres import PostgresServer
from psycopg import errors, sql

from checkin_app.errors import HubRefused
from checkin_app.hub import schema
from checkin_app.hub.access import NO_TLS, Address
from checkin_app.hub.joining import join
from checkin_app.hub.owner import HubOwner
from checkin_app.hub.pairing import Pairing, PairingCode
from checkin_app.hub.schema_steps import Step
from checkin_app.hub.sealing import DeskKey, new_event_key

NEXT_STEP: Step = """
    ALTER TABLE {schema}.desk ADD COLUMN battery integer;
    GRANT SELECT (battery) ON {schema}.desk TO {desks};
"""


def test_an_older_hub_is_brought_up_to_date_and_keeps_what_it_has(each_hub: FoundedHub) -> None:
    access = each_hub.joined()
    parcel = sealed(access)
    each_hub.desk(access).put([parcel])
    with psycopg.connect(each_hub.dsn) as owner:
        found = schema.bring_up_to_date(owner, each_hub.event_id, (*schema.STEPS, NEXT_STEP))
        assert found == each_hub.hub_id
        assert schema.identity(owner, each_hub.event_id) == (found, schema.VERSION + 1)
        query = sql.SQL("SELECT battery FROM {}.desk").format(sql.Identifier(each_hub.schema))
        assert owner.execute(query).fetchall() == [(None,)]
        query = sql.SQL("SELECT id FROM {}.parcel").format(sql.Identifier(each_hub.schema))
        assert [id_.hex for (id_,) in owner.execute(query).fetchall()] == [parcel.id]


def test_a_hub_of_the_first_version_gets_what_came_since_and_keeps_its_desks(
    each_postgres: PostgresServer,
) -> None:
    event_id = DeskKey.new().id
    pairing = hub_of_the_first_version(each_postgres, event_id)
    access = join(pairing, DeskKey.new())
    assert version_of(each_postgres, event_id) == 1
    with opened(access) as desk:
        parcel = sealed(access)
        assert desk.put([parcel]) == {parcel.id: 1}
        with HubOwner(each_postgres.dsn, event_id) as owner:
            assert [one.held_up for one in owner.desks()] == [0]
            assert version_of(each_postgres, event_id) == schema.VERSION
            assert desk.put([parcel]) == {parcel.id: 1}
            second = sealed(access, 2)
            assert desk.put([second]) == {second.id: 2}
            assert set(desk.heard()) == {access.desk_key.id}
            owner.withdraw_pairing(pairing.code.id)
            owner.withdraw_desk(access.desk_key.id)
            with pytest.raises(HubRefused):
                opened(access)
            owner.remove()


def version_of(server: PostgresServer, event_id: str) -> int:
    with psycopg.connect(server.dsn) as owner:
        return schema.identity(owner, event_id)[1]


def hub_of_the_first_version(server: PostgresServer, event_id: str) -> Pairing:
    """A hub with a pairing, as the program made it that knew no second step."""
    code = PairingCode.new()
    with psycopg.connect(server.dsn) as owner:
        hub_id = schema.create(owner, event_id, schema.STEPS[:1])
        verifier = owner.pgconn.encrypt_password(code.password.encode(), b"", b"scram-sha-256")
        until = datetime.now(UTC) + timedelta(hours=1)
        owner.execute(
            sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} VALID UNTIL {} IN ROLE {}").format(
                sql.Identifier(code.role),
                verifier.decode(),
                until.isoformat(),
                sql.Identifier(schema.pairings_role(hub_id)),
            )
        )
        owner.execute(
            sql.SQL(
                "INSERT INTO {}.pairing (role, wrapped, valid_until) VALUES (%s, %s, %s)"
            ).format(sql.Identifier(schema.schema_name(event_id))),
            (code.role, code.wrap(new_event_key(), event_id, hub_id), until),
        )
    address = Address(server.host, server.port)
    return Pairing(code, (address,), server.dsn.rpartition("/")[2], NO_TLS)


def test_two_laptops_of_the_owner_bring_it_up_to_date_once(hub: FoundedHub) -> None:
    def bring_up_to_date() -> str:
        with psycopg.connect(hub.dsn) as owner:
            return schema.bring_up_to_date(owner, hub.event_id, (*schema.STEPS, NEXT_STEP))

    with ThreadPoolExecutor(4) as at_once:
        attempts = [at_once.submit(bring_up_to_date) for _ in range(4)]
    assert {attempt.result() for attempt in attempts} == {hub.hub_id}


def test_a_desk_cannot_bring_a_hub_up_to_date(hub: FoundedHub) -> None:
    raw = hub.psql(hub.joined())
    with pytest.raises(errors.InsufficientPrivilege):
        schema.bring_up_to_date(raw, hub.event_id, (*schema.STEPS, NEXT_STEP))


def test_a_step_that_fails_leaves_the_hub_as_it_was(hub: FoundedHub) -> None:
    steps: tuple[Step, ...] = (*schema.STEPS, NEXT_STEP, "SELECT 1 / 0")
    with psycopg.connect(hub.dsn) as owner, pytest.raises(errors.DivisionByZero):
        schema.bring_up_to_date(owner, hub.event_id, steps)
    access = hub.joined()
    assert hub.desk(access).put([sealed(access)])


def test_a_desk_that_meets_a_newer_hub_asks_for_an_update_of_this_laptop(
    hub: FoundedHub,
) -> None:
    access, pairing = hub.joined(), hub.pairing()
    with psycopg.connect(hub.dsn) as owner:
        schema.bring_up_to_date(owner, hub.event_id, (*schema.STEPS, NEXT_STEP))
    for attempt in (
        lambda: opened(access),
        lambda: join(pairing, DeskKey.new()),
        hub.owner.found,
        lambda: hub.owner.withdraw_desk(access.desk_key.id),
    ):
        with pytest.raises(HubRefused, match="Update this laptop"):
            attempt()


def test_founding_twice_finds_the_same_hub(each_hub: FoundedHub) -> None:
    assert each_hub.owner.found() == each_hub.hub_id
    with HubOwner(each_hub.dsn, each_hub.event_id) as again:
        assert again.found() == each_hub.hub_id


def test_founding_again_lets_desks_into_a_database_that_was_made_anew(
    each_postgres: PostgresServer,
) -> None:
    dsn = each_postgres.new_database()
    with founded_hub(each_postgres, dsn) as hub:
        access = hub.joined()
        with psycopg.connect(dsn) as owner:
            database = sql.Identifier(owner.info.dbname)
            groups = schema.desks_role(hub.hub_id), schema.pairings_role(hub.hub_id)
            names = sql.SQL(", ").join(map(sql.Identifier, groups))
            take_away = "REVOKE CONNECT ON DATABASE {} FROM PUBLIC, {}"
            owner.execute(sql.SQL(take_away).format(database, names))
        with pytest.raises(HubRefused):
            opened(access)
        with HubOwner(dsn, hub.event_id) as again:
            assert again.found() == hub.hub_id
        opened(access).close()


def test_whoever_founds_at_the_same_moment_finds_one_hub(each_postgres: PostgresServer) -> None:
    event_id = DeskKey.new().id

    def found() -> str:
        with HubOwner(each_postgres.dsn, event_id) as owner:
            return owner.found()

    with ThreadPoolExecutor(4) as at_once:
        attempts = [at_once.submit(found) for _ in range(4)]
    assert len({attempt.result() for attempt in attempts}) == 1


def test_a_superuser_may_be_the_organiser_too(each_postgres: PostgresServer) -> None:
    with founded_hub(each_postgres, each_postgres.superuser_dsn) as hub:
        access = hub.joined()
        assert hub.desk(access).put([sealed(access)])
        hub.owner.withdraw_desk(access.desk_key.id)
        hub.owner.remove()
