"""What the logins of desks and pairings may not do, tried with SQL of their own."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from founded_hub import FoundedHub, founded_hub, opened, sealed
from postgres import PostgresServer
from psycopg import errors, sql

from checkin_app.domain.parcels import SealedParcel
from checkin_app.errors import HubRefused, HubUnreachable, ParcelRefused
from checkin_app.hub.access import HubAccess
from checkin_app.hub.owner import HubOwner
from checkin_app.hub.sealing import unseal

FORBIDDEN_TO_DESKS = (
    "UPDATE {own}.parcel SET body = ''",
    "DELETE FROM {own}.parcel",
    "TRUNCATE {own}.parcel",
    "ALTER TABLE {own}.parcel DISABLE TRIGGER ALL",
    "ALTER TABLE {own}.parcel ADD COLUMN name text",
    "DROP TABLE {own}.parcel",
    "DROP TRIGGER number_parcel ON {own}.parcel",
    "CREATE INDEX ON {own}.parcel (at)",
    "LOCK TABLE {own}.parcel IN ACCESS EXCLUSIVE MODE",
    "UPDATE {own}.desk SET withdrawn_at = NULL",
    "UPDATE {own}.desk SET heard_at = now()",
    "DELETE FROM {own}.desk",
    "TRUNCATE {own}.desk",
    "DROP TABLE {own}.desk",
    "INSERT INTO {own}.desk (id, role, pairing) VALUES (gen_random_uuid(), 'x', 'x')",
    "INSERT INTO {own}.parcel (number, id, desk, body) VALUES (99, gen_random_uuid(), {desk}, '')",
    "INSERT INTO {own}.parcel (id, desk, carrier, body)"
    " VALUES (gen_random_uuid(), {desk}, gen_random_uuid(), '')",
    "INSERT INTO {own}.parcel (id, desk, at, body) VALUES (gen_random_uuid(), {desk}, now(), '')",
    "INSERT INTO {own}.parcel (id, desk, body) SELECT id, desk, '' FROM {own}.parcel"
    " ON CONFLICT (id) DO UPDATE SET body = ''",
    "SELECT * FROM {own}.numbering",
    "UPDATE {own}.numbering SET last = 0",
    "UPDATE {own}.hub SET version = 0",
    "SELECT * FROM {own}.pairing",
    "UPDATE {own}.pairing SET valid_until = 'infinity'",
    "SELECT {own}.join_event(gen_random_uuid(), 'SCRAM-SHA-256$1:a$b:c')",
    "CREATE FUNCTION {own}.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE TABLE {own}.mine (a int)",
    "CREATE OR REPLACE FUNCTION {own}.hear() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "DROP SCHEMA {own} CASCADE",
    "SELECT * FROM {other}.parcel",
    "SELECT * FROM {other}.desk",
    "SELECT * FROM {other}.hub",
    "SELECT {other}.hear()",
    "INSERT INTO {other}.parcel (id, desk, body) VALUES (gen_random_uuid(), {desk}, '')",
    "SELECT rolpassword FROM pg_catalog.pg_authid",
    "CREATE ROLE friend LOGIN",
    "CREATE SCHEMA checkin_mine",
    "ALTER ROLE {organiser} PASSWORD 'mine'",
    "SET ROLE {organiser}",
    "SET SESSION AUTHORIZATION {organiser}",
    "GRANT {organiser} TO CURRENT_USER",
    "COPY {own}.parcel TO PROGRAM 'cat'",
    "SELECT pg_read_file('PG_VERSION')",
    "SELECT pg_read_binary_file('PG_VERSION')",
    "SELECT pg_ls_dir('.')",
    "SELECT lo_import('/etc/hostname')",
    "SELECT lo_export(0, '/mine')",
    "COPY {own}.parcel FROM PROGRAM 'true'",
    "COPY {own}.parcel TO '/mine'",
    "COPY {own}.pairing TO STDOUT",
    "SELECT FROM {own}.parcel FOR UPDATE",
    "SELECT FROM {own}.parcel FOR KEY SHARE",
    "SELECT FROM {own}.desk FOR SHARE",
    "LOCK TABLE {own}.parcel IN SHARE MODE",
    "LOCK TABLE {own}.numbering IN ACCESS SHARE MODE",
    "CREATE RULE mine AS ON INSERT TO {own}.parcel DO INSTEAD NOTHING",
    "CREATE TRIGGER mine BEFORE INSERT ON {own}.parcel EXECUTE FUNCTION {own}.number_parcel()",
    "COMMENT ON TABLE {own}.parcel IS 'mine'",
    "ALTER FUNCTION {own}.hear() SECURITY INVOKER",
    "ALTER SCHEMA {own} RENAME TO mine",
    "ALTER ROLE CURRENT_USER CREATEROLE",
    "ALTER ROLE CURRENT_USER CONNECTION LIMIT -1",
    "ALTER ROLE CURRENT_USER VALID UNTIL 'infinity'",
    "SELECT pg_reload_conf()",
    "SELECT pg_switch_wal()",
    "SELECT pg_stat_reset()",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'organiser'",
    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = 'organiser'",
)

FORBIDDEN_TO_PAIRINGS = (
    "SELECT * FROM {own}.parcel",
    "SELECT * FROM {own}.desk",
    "SELECT * FROM {own}.pairing",
    "SELECT {own}.hear()",
    "INSERT INTO {own}.parcel (id, desk, body) VALUES (gen_random_uuid(), {desk}, '')",
    "INSERT INTO {own}.desk (id, role, pairing) VALUES (gen_random_uuid(), 'x', 'x')",
    "UPDATE {own}.hub SET version = 0",
    "SELECT {other}.join_event(gen_random_uuid(), 'SCRAM-SHA-256$1:a$b:c')",
    "CREATE ROLE friend LOGIN",
    "SELECT rolpassword FROM pg_catalog.pg_authid",
    "SET ROLE {organiser}",
)


@pytest.fixture
def other_hub(each_postgres: PostgresServer) -> Iterator[FoundedHub]:
    """Of another event in the same database."""
    with founded_hub(each_postgres) as founded:
        yield founded


def test_a_desk_may_add_and_read_and_nothing_else(
    each_hub: FoundedHub, other_hub: FoundedHub
) -> None:
    access = each_hub.joined()
    each_hub.desk(access).put([sealed(access)])
    other_hub.joined()
    assert_forbidden(each_hub.psql(access), FORBIDDEN_TO_DESKS, each_hub, other_hub, access)
    assert len(each_hub.desk(access).after(0)) == 1


def test_a_pairing_may_join_and_nothing_else(each_hub: FoundedHub, other_hub: FoundedHub) -> None:
    access = each_hub.joined()
    code = each_hub.pairing().code
    with psycopg.connect(
        each_hub.dsn, user=code.role, password=code.password, autocommit=True
    ) as pairing:
        assert_forbidden(pairing, FORBIDDEN_TO_PAIRINGS, each_hub, other_hub, access)


def test_the_hub_itself_says_who_brought_a_parcel_and_when(each_hub: FoundedHub) -> None:
    ours, theirs = each_hub.joined(), each_hub.joined()
    each_hub.desk(theirs).put([sealed(ours)])
    query = sql.SQL("SELECT carrier, at BETWEEN now() - interval '1 min' AND now() FROM {}.parcel")
    with psycopg.connect(each_hub.dsn) as organiser:
        row = organiser.execute(query.format(sql.Identifier(each_hub.schema))).fetchone()
    assert row is not None
    assert (row[0].hex, row[1]) == (theirs.desk_key.id, True)


def test_a_withdrawn_desk_is_out_at_once_and_stays_out(each_hub: FoundedHub) -> None:
    access, staying = each_hub.joined(), each_hub.joined()
    desk, raw, other = each_hub.desk(access), each_hub.psql(access), each_hub.desk(staying)
    each_hub.owner.withdraw_desk(access.desk_key.id)
    with pytest.raises(HubUnreachable):
        desk.put([sealed(access)])
    with pytest.raises(psycopg.OperationalError):
        raw.execute("SELECT 1")
    with pytest.raises(HubRefused, match="withdrawn"):
        opened(access)
    assert other.put([sealed(staying)])
    assert set(other.heard()) == {staying.desk_key.id}


def test_a_desk_may_be_withdrawn_twice_and_an_unknown_one_is_no_matter(hub: FoundedHub) -> None:
    access = hub.joined()
    hub.owner.withdraw_desk(access.desk_key.id)
    (withdrawn,) = hub.owner.desks()
    hub.owner.withdraw_desk(access.desk_key.id)
    hub.owner.withdraw_desk(uuid4().hex)
    assert withdrawn.withdrawn_at is not None
    assert hub.owner.desks() == (withdrawn,)


def test_a_desk_whose_session_outlives_its_withdrawal_can_do_nothing_with_it(
    hub: FoundedHub,
) -> None:
    """As when the organiser's laptop dies between the two steps."""
    access = hub.joined()
    raw = hub.psql(access)
    with psycopg.connect(hub.dsn, autocommit=True) as organiser:
        organiser.execute(
            sql.SQL("REVOKE {} FROM {}").format(
                sql.Identifier(f"checkin_desks_{hub.hub_id}"), sql.Identifier(access.role)
            )
        )
    for statement in ("SELECT * FROM {own}.parcel", FORBIDDEN_TO_PAIRINGS[4]):
        with pytest.raises(errors.InsufficientPrivilege):
            raw.execute(filled(statement, hub, hub, access))


def test_what_is_put_into_the_search_path_is_not_called_with_the_organisers_rights(
    postgres: PostgresServer,
) -> None:
    """A temporary table or function of the desk's own must not stand in for the hub's."""
    with founded_hub(postgres) as hub:
        access = hub.joined()
        raw = hub.psql(access)
        raw.execute("CREATE TEMPORARY TABLE desk (id uuid, role name, withdrawn_at timestamptz)")
        raw.execute("INSERT INTO desk VALUES (gen_random_uuid(), session_user, NULL)")
        raw.execute("SET search_path = pg_temp, pg_catalog")
        parcel = sealed(access)
        raw.execute(
            sql.SQL("INSERT INTO {}.parcel (id, desk, body) VALUES (%s, %s, %s)").format(
                sql.Identifier(hub.schema)
            ),
            (parcel.id, parcel.desk, parcel.body),
        )
        query = sql.SQL("SELECT carrier FROM {}.parcel").format(sql.Identifier(hub.schema))
        row = raw.execute(query).fetchone()
        assert row is not None
        assert row[0].hex == access.desk_key.id


def test_parcels_forged_with_a_desks_login_are_refused_by_the_others(hub: FoundedHub) -> None:
    """Whoever has a login can write to the hub; what the desks take in is another matter."""
    ours, theirs = hub.joined(), hub.joined()
    genuine, second = sealed(theirs, 1), sealed(theirs, 2)
    desk = hub.desk(ours)
    forged = (
        SealedParcel(sealed(ours).id, theirs.desk_key.id, genuine.body),
        SealedParcel(genuine.id, ours.desk_key.id, genuine.body),
        SealedParcel(second.id, second.desk, genuine.body),
    )
    desk.put(forged)
    for parcel in hub.desk(theirs).after(0):
        with pytest.raises(ParcelRefused):
            unseal(parcel, theirs.event_key, theirs.event_id)


def test_a_desk_takes_nothing_from_the_rights_that_all_desks_have(
    each_postgres: PostgresServer,
) -> None:
    """It is a member of the group that has them, and may act as that group."""
    dsn = each_postgres.new_database()
    with psycopg.connect(dsn, autocommit=True) as organiser:
        closed = sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC")
        organiser.execute(closed.format(sql.Identifier(organiser.info.dbname)))
    with founded_hub(each_postgres, dsn) as hub:
        rogue, honest = hub.joined(), hub.joined()
        raw = hub.psql(rogue)
        group, own = sql.Identifier(f"checkin_desks_{hub.hub_id}"), sql.Identifier(hub.schema)
        for statement in (
            "DROP OWNED BY {group}",
            "REASSIGN OWNED BY {group} TO CURRENT_USER",
            "SET ROLE {group}",
            "DROP OWNED BY CURRENT_USER",
            "REVOKE ALL ON {own}.parcel FROM CURRENT_USER",
            "REVOKE ALL ON SCHEMA {own} FROM {group}",
            "ALTER ROLE CURRENT_USER PASSWORD 'mine'",
        ):
            raw.execute(sql.SQL(statement).format(group=group, own=own))
        assert hub.desk(honest).put([sealed(honest)])


def test_a_database_that_lets_nobody_in_lets_the_desks_in(each_postgres: PostgresServer) -> None:
    dsn = each_postgres.new_database()
    with psycopg.connect(dsn, autocommit=True) as organiser:
        closed = sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC")
        organiser.execute(closed.format(sql.Identifier(organiser.info.dbname)))
    with founded_hub(each_postgres, dsn) as hub:
        access = hub.joined()
        assert hub.desk(access).put([sealed(access)])
        hub.owner.remove()


def test_somebody_elses_hub_is_not_removed(each_hub: FoundedHub) -> None:
    access = each_hub.joined()
    dsn = each_hub.dsn.replace(
        f"organiser:{each_hub.server.password}", f"{access.role}:{access.password}"
    )
    with HubOwner(dsn, each_hub.event_id) as impostor:
        for attempt in (
            impostor.found,
            impostor.remove,
            impostor.pairings,
            lambda: impostor.withdraw_desk(access.desk_key.id),
            lambda: impostor.blank([], [sealed(access)]),
        ):
            with pytest.raises(HubRefused):
                attempt()
    assert each_hub.desk(access).put([sealed(access)])


def assert_forbidden(
    connection: psycopg.Connection,
    statements: tuple[str, ...],
    own: FoundedHub,
    other: FoundedHub,
    access: HubAccess,
) -> None:
    done = []
    for statement in statements:
        try:
            with connection.transaction():
                connection.execute(filled(statement, own, other, access))
        except errors.InsufficientPrivilege:
            continue
        except errors.InvalidParameterValue:  # a role that one may not become
            continue
        done.append(statement)
    assert done == []


def filled(statement: str, own: FoundedHub, other: FoundedHub, access: HubAccess) -> sql.Composed:
    return sql.SQL(statement).format(  # type: ignore[arg-type]
        own=sql.Identifier(own.schema),
        other=sql.Identifier(other.schema),
        desk=access.desk_key.id,
        organiser=sql.Identifier("organiser"),
    )
