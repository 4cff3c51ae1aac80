"""A desk that means harm cannot keep the others from sharing, nor keep its own place at the hub."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from founded_hub import FoundedHub, handed_in, opened, sealed
from postgres import PostgresServer
from psycopg import sql

from checkin_app.domain.parcels import SealedParcel
from checkin_app.errors import HubRefused
from checkin_app.hub import schema
from checkin_app.hub.access import HubAccess
from checkin_app.hub.joining import join
from checkin_app.hub.sealing import DeskKey

FOR_EVER = (
    "SET statement_timeout = 0",
    "SET lock_timeout = 0",
    "SET idle_in_transaction_session_timeout = 0",
)


def hostile(hub: FoundedHub, role: str, password: str) -> psycopg.Connection:
    """A session that does without every limit of time."""
    session = psycopg.connect(hub.dsn, user=role, password=password, autocommit=True)
    hub.open_ones.callback(session.close)
    for statement in FOR_EVER:
        session.execute(statement)
    return session


def insert(session: psycopg.Connection, hub: FoundedHub, parcel: SealedParcel) -> None:
    session.execute(
        sql.SQL("INSERT INTO {}.parcel (id, desk, body) VALUES (%s, %s, %s)").format(
            sql.Identifier(hub.schema)
        ),
        (parcel.id, parcel.desk, parcel.body),
    )


def holding_numbers(hub: FoundedHub, access: HubAccess) -> psycopg.Connection:
    """A session in whose transaction a parcel has its number, which it never ends."""
    session = hostile(hub, access.role, access.password)
    session.execute("BEGIN")
    insert(session, hub, sealed(access))
    return session


def is_ended(session: psycopg.Connection) -> bool:
    try:
        session.execute("SELECT 1")
    except psycopg.OperationalError:
        return True
    return False


def test_a_transaction_that_holds_the_numbers_is_ended_and_the_others_go_on(
    each_hub: FoundedHub,
) -> None:
    rogue, honest = each_hub.joined(), each_hub.joined()
    session = holding_numbers(each_hub, rogue)
    parcel = sealed(honest)
    assert each_hub.desk(honest).put([parcel]) == {parcel.id: 1}
    assert is_ended(session)
    assert [one.id for one in each_hub.desk(honest).after(0)] == [parcel.id]


def test_savepoints_and_known_parcels_do_not_hide_who_holds_the_numbers(
    each_hub: FoundedHub,
) -> None:
    rogue, honest = each_hub.joined(), each_hub.joined()
    known = sealed(rogue)
    each_hub.desk(rogue).put([known])
    session = hostile(each_hub, rogue.role, rogue.password)
    session.execute("BEGIN")
    insert(session, each_hub, known)
    session.execute("SAVEPOINT one")
    insert(session, each_hub, sealed(rogue, 2))
    session.execute("SAVEPOINT two")
    insert(session, each_hub, sealed(rogue, 3))
    session.execute("ROLLBACK TO SAVEPOINT one")
    insert(session, each_hub, sealed(rogue, 4))
    parcel = sealed(honest)
    assert each_hub.desk(honest).put([parcel]) == {parcel.id: 2}
    assert is_ended(session)


def test_a_statement_that_never_ends_is_ended_as_well(hub: FoundedHub) -> None:
    rogue, honest = hub.joined(), hub.joined()
    session = holding_numbers(hub, rogue)
    with ThreadPoolExecutor(1) as beside:
        asleep = beside.submit(is_ended_in_sleep, session)
        assert hub.desk(honest).put([sealed(honest)])
        assert asleep.result()


def is_ended_in_sleep(session: psycopg.Connection) -> bool:
    try:
        session.execute("SELECT pg_sleep(600)")
    except psycopg.OperationalError:
        return True
    return False


def test_who_held_up_the_others_three_times_hands_in_nothing_for_a_while(hub: FoundedHub) -> None:
    rogue, honest = hub.joined(), hub.joined()
    for _ in range(3):
        session = holding_numbers(hub, rogue)
        hub.desk(honest).put([sealed(honest)])
        assert is_ended(session)
    with pytest.raises(HubRefused, match="held up all others"):
        hub.desk(rogue).put([sealed(rogue)])
    held_up = {desk.id: desk.held_up for desk in hub.owner.desks()}
    assert held_up == {rogue.desk_key.id: 3, honest.desk_key.id: 0}


def test_many_who_wait_for_one_count_its_hold_up_once(hub: FoundedHub) -> None:
    rogue, *honest = (hub.joined() for _ in range(6))
    session = holding_numbers(hub, rogue)
    desks = [hub.desk(access) for access in honest]
    together = threading.Barrier(len(desks))

    def put(place: int) -> int:
        together.wait()
        access = honest[place]
        return len(handed_in(desks[place], access, [sealed(access)]))

    with ThreadPoolExecutor(len(desks)) as at_once:
        assert sum(at_once.map(put, range(len(desks)))) == len(desks)
    assert is_ended(session)
    (held_up,) = (desk.held_up for desk in hub.owner.desks() if desk.id == rogue.desk_key.id)
    assert held_up == 1


def test_the_organiser_is_waited_for_and_not_ended(hub: FoundedHub) -> None:
    honest = hub.joined()
    desk = hub.desk(honest)
    with psycopg.connect(hub.dsn) as organiser, ThreadPoolExecutor(1) as beside:
        insert(organiser, hub, sealed(honest))
        waiting = beside.submit(desk.put, [sealed(honest, 2)])
        end_of_the_first_wait(hub, honest)
        organiser.commit()
        assert list(waiting.result().values()) == [2]


def end_of_the_first_wait(hub: FoundedHub, access: HubAccess) -> None:
    """Returns when the desk has waited in vain once, and waits again."""
    query = (
        "SELECT l.waitstart FROM pg_locks AS l JOIN pg_stat_activity USING (pid)"
        " WHERE usename = %s AND NOT granted"
    )
    pause = threading.Event()
    first = None
    with psycopg.connect(hub.dsn, autocommit=True) as watching:
        for _ in range(6000):
            row = watching.execute(query, (access.role,)).fetchone()
            if row is not None and row[0] is not None:
                first = first or row[0]
                if row[0] != first:
                    return
            pause.wait(0.01)
    raise AssertionError("nobody waited twice")


def test_a_desk_cannot_hold_on_to_its_own_place(each_hub: FoundedHub) -> None:
    rogue = each_hub.joined()
    sessions = [hostile(each_hub, rogue.role, rogue.password) for _ in range(2)]
    locked = sql.SQL("SELECT * FROM {}.hear()").format(sql.Identifier(each_hub.schema))
    changed = sql.SQL("ALTER ROLE CURRENT_USER PASSWORD 'mine'").format()
    for session, statement in zip(sessions, (locked, changed), strict=True):
        session.execute("BEGIN")
        session.execute(statement)
    each_hub.owner.withdraw_desk(rogue.desk_key.id)
    assert all(map(is_ended, sessions))
    (desk,) = each_hub.owner.desks()
    assert desk.withdrawn_at is not None
    with pytest.raises(HubRefused):
        opened(rogue)


def test_a_hub_is_removed_though_a_desk_comes_back_again_and_again(each_hub: FoundedHub) -> None:
    rogue = each_hub.joined()
    read = sql.SQL("SELECT * FROM {}.parcel").format(sql.Identifier(each_hub.schema))

    def comes_back() -> None:
        while True:
            try:
                session = hostile(each_hub, rogue.role, rogue.password)
                session.execute("BEGIN")
                session.execute(read)
                session.execute("SELECT pg_sleep(600)")
            except psycopg.errors.ProgrammingError:
                return  # There is nothing to read any more.
            except psycopg.OperationalError as error:
                if "authentication failed" in str(error):
                    return

    holding_numbers(each_hub, rogue)
    with ThreadPoolExecutor(1) as beside:
        coming_back = beside.submit(comes_back)
        end_of_first_coming(each_hub, rogue)
        each_hub.owner.remove()
        coming_back.result()
    with pytest.raises(HubRefused):
        opened(rogue)


def end_of_first_coming(hub: FoundedHub, access: HubAccess) -> None:
    """Returns when the desk has two sessions."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s"
    pause = threading.Event()
    with psycopg.connect(hub.dsn, autocommit=True) as watching:
        for _ in range(6000):
            if watching.execute(query, (access.role,)).fetchone() == (2,):
                return
            pause.wait(0.01)
    raise AssertionError("it never came")


def test_a_pairing_cannot_hold_on_to_its_own_place(each_hub: FoundedHub) -> None:
    pairing = each_hub.pairing()
    session = hostile(each_hub, pairing.code.role, pairing.code.password)
    session.execute("BEGIN")
    verifier = session.pgconn.encrypt_password(b"x", b"", b"scram-sha-256").decode()
    joining = sql.SQL("SELECT * FROM {}.join_event(%s, %s)").format(sql.Identifier(each_hub.schema))
    session.execute(joining, (DeskKey.new().id, verifier))
    each_hub.owner.withdraw_pairing(pairing.code.id)
    assert is_ended(session)
    assert each_hub.owner.desks() == ()
    with pytest.raises(HubRefused):
        join(pairing, DeskKey.new())


def test_a_pairing_cannot_keep_others_from_joining_nor_from_being_withdrawn(
    each_hub: FoundedHub,
) -> None:
    pairing, honest, leaving = each_hub.pairing(), each_hub.pairing(), each_hub.joined()
    for act in (
        lambda: join(honest, DeskKey.new()),
        lambda: each_hub.owner.withdraw_desk(leaving.desk_key.id),
    ):
        session = hostile(each_hub, pairing.code.role, pairing.code.password)
        session.execute("BEGIN")
        verifier = session.pgconn.encrypt_password(b"x", b"", b"scram-sha-256").decode()
        joining = sql.SQL("SELECT * FROM {}.join_event(%s, %s)")
        own = joining.format(sql.Identifier(each_hub.schema))
        session.execute(own, (DeskKey.new().id, verifier))
        act()
        session.close()
    assert [desk.withdrawn_at is None for desk in each_hub.owner.desks()] == [False, True]


def test_who_lingers_in_a_transaction_or_with_a_pairing_is_ended_by_who_asks_for_the_others(
    each_postgres: PostgresServer,
) -> None:
    hub = impatient_hub(each_postgres)
    with hub.open_ones:
        rogue, honest = hub.joined(), hub.joined()
        desk = hub.desk(honest)
        idle = hub.desk(honest)
        pairing = hub.pairing()
        lingering = hostile(hub, rogue.role, rogue.password)
        lingering.execute("BEGIN")
        lingering.execute("SELECT 1")
        camping = hostile(hub, pairing.code.role, pairing.code.password)
        desk.heard()
        assert is_ended(lingering)
        assert is_ended(camping)
        assert idle.put([sealed(honest)])


def impatient_hub(server: PostgresServer) -> FoundedHub:
    """One for which a minute is over at once."""
    steps = tuple(step.replace("interval '1 minute'", "interval '0'") for step in schema.STEPS)
    assert steps != schema.STEPS
    event_id = DeskKey.new().id
    with psycopg.connect(server.dsn) as owner:
        schema.create(owner, event_id, steps)
    return FoundedHub(server, server.dsn, event_id)


def test_a_desk_cannot_end_the_sessions_of_others_nor_say_who_held_up(
    each_hub: FoundedHub,
) -> None:
    rogue, honest = each_hub.joined(), each_hub.joined()
    each_hub.desk(honest)
    session = hostile(each_hub, rogue.role, rogue.password)
    own = sql.Identifier(each_hub.schema)
    for statement in (
        "SELECT {own}.end_who_lingers()",
        "SELECT {own}.end_who_holds_up('1'::xid)",
        "SELECT * FROM {own}.hold_up",
        "INSERT INTO {own}.hold_up (desk, session) SELECT id, 1 FROM {own}.desk",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute(sql.SQL(statement).format(own=own))
    query = "SELECT pid, query, client_addr FROM pg_stat_activity WHERE usename = %s"
    row = session.execute(query, (honest.role,)).fetchone()
    assert row is not None
    assert row[1:] == ("<insufficient privilege>", None)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute("SELECT pg_terminate_backend(%s)", (row[0],))


def test_a_pairing_whose_time_is_over_lets_nobody_in(each_hub: FoundedHub) -> None:
    pairing = each_hub.pairing(valid=timedelta(seconds=-1))
    with pytest.raises(HubRefused):
        join(pairing, DeskKey.new())
    assert all(one.valid_until < datetime.now(UTC) for one in each_hub.owner.pairings())
