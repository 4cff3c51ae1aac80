"""Parcels at a real hub: numbered in the order of their commits, each once, and told of."""

from __future__ import annotations

import select
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import psycopg
import pytest
from bad_network import BadNetwork, Weather
from founded_hub import ANY_TIME_S, FoundedHub, handed_in, opened, registered, sealed
from psycopg import sql

from checkin_app.domain.parcels import SealedParcel
from checkin_app.errors import HubUnreachable
from checkin_app.hub.access import Address, HubAccess
from checkin_app.hub.connection import HubConnection
from checkin_app.hub.sealing import unseal


def test_what_one_desk_puts_there_another_reads_as_it_was(each_hub: FoundedHub) -> None:
    ours, theirs = each_hub.joined(), each_hub.joined()
    guest = registered()
    parcel = sealed(ours, 1, guest)
    assert each_hub.desk(ours).put([parcel]) == {parcel.id: 1}
    (found,) = each_hub.desk(theirs).after(0)
    assert found == replace(parcel, number=1)
    assert unseal(found, theirs.event_key, theirs.event_id).parcel.entries == (guest,)


def test_a_parcel_that_is_put_again_keeps_its_number_and_burns_none(each_hub: FoundedHub) -> None:
    access = each_hub.joined()
    desk = each_hub.desk(access)
    first, second = sealed(access, 1), sealed(access, 2)
    assert desk.put([first]) == {first.id: 1}
    assert desk.put([first, second, second]) == {first.id: 1, second.id: 2}
    assert desk.put([second, first]) == {first.id: 1, second.id: 2}
    assert numbers(desk) == [1, 2]


def test_what_arrives_after_what_was_said_later_is_numbered_behind_it_and_once(
    each_hub: FoundedHub,
) -> None:
    server, access = each_hub.server, each_hub.joined()
    first, second, third = (sealed(access, sequence) for sequence in (1, 2, 3))
    with BadNetwork(server.host, server.port) as network:
        way = replace(access, addresses=(Address("127.0.0.1", network.port),))
        late = each_hub.desk(way)
        network.be(Weather.LATE)
        with pytest.raises(HubUnreachable):
            late.put([first, second])
        network.be(Weather.FAIR)
        again = each_hub.desk(way)
        assert again.put([second]) == {second.id: 1}
        assert network.let_late_arrive() == 1
        assert network.let_late_arrive() == 0
        assert again.put([third, first]) == {third.id: 3, first.id: 2}
        assert [parcel.id for parcel in again.after(1)] == [first.id, third.id]


def test_nothing_put_is_nothing_answered(hub: FoundedHub) -> None:
    assert hub.desk().put([]) == {}


def test_a_parcel_may_be_handed_on_by_another_desk(hub: FoundedHub) -> None:
    ours, theirs = hub.joined(), hub.joined()
    parcel = sealed(ours)
    hub.desk(theirs).put([parcel])
    (found,) = hub.desk(ours).after(0)
    assert found.desk == ours.desk_key.id
    assert carriers(hub) == [theirs.desk_key.id]


def test_parcels_of_one_call_are_numbered_in_their_order(hub: FoundedHub) -> None:
    access = hub.joined()
    parcels = [sealed(access, sequence) for sequence in range(1, 40)]
    assert list(hub.desk(access).put(parcels).values()) == list(range(1, 40))


def test_a_large_load_comes_in_portions_and_whole(hub: FoundedHub) -> None:
    access = hub.joined()
    desk = hub.desk(access)
    bulky = [replace(sealed(access), body=bytes([1]) + bytes(100_000)) for _ in range(9)]
    assert len(desk.put(bulky)) == 9
    portions = []
    while portion := desk.after(portions[-1][-1].number if portions else 0):
        portions.append(portion)
    assert [len(portion) for portion in portions] == [3, 3, 3]
    assert [parcel.id for portion in portions for parcel in portion] == [p.id for p in bulky]


def test_one_parcel_larger_than_a_portion_still_comes(hub: FoundedHub) -> None:
    access = hub.joined()
    desk = hub.desk(access)
    desk.put([replace(sealed(access), body=bytes(400_000)) for _ in range(2)])
    assert [len(desk.after(number)) for number in (0, 1, 2)] == [1, 1, 0]


def test_a_reader_never_skips_what_commits_late(each_hub: FoundedHub) -> None:
    """The trap of sequences: a number is taken, another one is committed first."""
    slow, quick = each_hub.joined(), each_hub.joined()
    reader = each_hub.desk()
    with ThreadPoolExecutor(1) as at_once, each_hub.psql(slow) as slowly:
        with slowly.transaction():
            insert(slowly, each_hub, sealed(slow))
            waiting = at_once.submit(each_hub.desk(quick).put, [sealed(quick)])
            wait_until_one_waits_for_a_lock(each_hub)
            assert reader.after(0) == ()
        assert list(waiting.result().values()) == [2]
    assert numbers(reader) == [1, 2]


def test_a_number_that_is_rolled_back_is_given_to_the_next(each_hub: FoundedHub) -> None:
    hesitant, quick = each_hub.joined(), each_hub.joined()
    with ThreadPoolExecutor(1) as at_once, each_hub.psql(hesitant) as regretting:
        with regretting.transaction(force_rollback=True):
            insert(regretting, each_hub, sealed(hesitant))
            waiting = at_once.submit(each_hub.desk(quick).put, [sealed(quick)])
            wait_until_one_waits_for_a_lock(each_hub)
        assert list(waiting.result().values()) == [1]


def test_twenty_desks_at_once_leave_no_gap_and_no_reader_behind(each_hub: FoundedHub) -> None:
    accesses = [each_hub.joined() for _ in range(20)]
    reader = each_hub.desk()
    seen: list[int] = []
    with ThreadPoolExecutor(20) as at_once:
        putting = [at_once.submit(put_many, access) for access in accesses]
        while not all(done.done() for done in putting):
            seen += numbers(reader, after=seen[-1] if seen else 0)
        given = [number for done in putting for number in done.result()]
    seen += numbers(reader, after=seen[-1] if seen else 0)
    assert sorted(given) == list(range(1, 20 * 10 + 1))
    assert seen == sorted(given)


def test_two_desks_that_hand_on_one_parcel_at_once_give_it_one_number(
    each_hub: FoundedHub,
) -> None:
    ours, theirs = each_hub.joined(), each_hub.joined()
    parcel, next_one = sealed(ours), sealed(theirs)
    with ThreadPoolExecutor(1) as at_once, each_hub.psql(ours) as slowly:
        with slowly.transaction():
            insert(slowly, each_hub, parcel)
            waiting = at_once.submit(each_hub.desk(theirs).put, [parcel, next_one])
            wait_until_one_waits_for_a_lock(each_hub)
        assert waiting.result() == {parcel.id: 1, next_one.id: 2}


def test_news_of_others_wakes_and_our_own_does_not(each_hub: FoundedHub) -> None:
    ours, theirs = each_hub.joined(), each_hub.joined()
    listening, putting = each_hub.desk(ours), each_hub.desk(theirs)
    assert not listening.has_news()
    putting.put([sealed(theirs)])
    assert select.select([listening], [], [], ANY_TIME_S)[0]
    assert listening.has_news()
    assert not listening.has_news()
    assert not putting.has_news()


def test_news_that_came_with_another_answer_is_not_lost(hub: FoundedHub) -> None:
    ours, theirs = hub.joined(), hub.joined()
    listening = hub.desk(ours)
    hub.desk(theirs).put([sealed(theirs)])
    assert select.select([listening], [], [], ANY_TIME_S)[0]
    listening.clock_error()
    assert listening.has_news()


def test_a_parcel_that_was_there_already_wakes_only_to_find_nothing(hub: FoundedHub) -> None:
    access = hub.joined()
    desk = hub.desk(access)
    parcel = sealed(access)
    desk.put([parcel])
    hub.desk(hub.joined()).put([parcel])
    assert desk.after(1) == ()


def test_a_hub_that_cannot_notify_is_read_all_the_same(hub: FoundedHub) -> None:
    ours, theirs = hub.joined(), hub.joined()
    listening = hub.desk(ours)
    drop = "DROP TRIGGER tell_of_parcels ON {}.parcel"
    with psycopg.connect(hub.dsn, autocommit=True) as organiser:
        organiser.execute(sql.SQL(drop).format(sql.Identifier(hub.schema)))
    hub.desk(theirs).put([sealed(theirs)])
    listening.clock_error()
    assert not listening.has_news()
    assert numbers(listening) == [1]


def test_a_desk_finds_out_that_the_hub_was_restored_from_an_older_copy(hub: FoundedHub) -> None:
    access = hub.joined()
    desk = hub.desk(access)
    parcel = sealed(access)
    desk.put([parcel])
    number, mark = desk.last_seen
    assert (number, desk.mark_at(1), desk.mark_at(2)) == (1, mark, "")
    hub.forget_last_parcels(1)
    assert desk.mark_at(1) == ""
    desk.put([parcel])
    assert desk.mark_at(1) not in ("", mark)
    hub.desk(access).after(0)
    assert hub.desk(access).mark_at(1) == desk.last_seen[1]


def test_erased_bodies_are_empty_and_what_stands_in_their_place_is_new(
    each_hub: FoundedHub,
) -> None:
    access = each_hub.joined()
    desk = each_hub.desk(access)
    kept, erased = sealed(access, 1), sealed(access, 2)
    desk.put([kept, erased])
    instead = sealed(access, 3)
    each_hub.owner.blank([erased.id], [instead])
    found = desk.after(0)
    assert [parcel.id for parcel in found] == [kept.id, erased.id, instead.id]
    assert [parcel.body for parcel in found] == [kept.body, b"", instead.body]


def test_the_hub_hears_of_desks_and_knows_the_time(hub: FoundedHub) -> None:
    ours, theirs = hub.joined(), hub.joined()
    desk, other = hub.desk(ours), hub.desk(theirs)
    before = other.heard()
    after = desk.heard()
    assert set(after) == {ours.desk_key.id, theirs.desk_key.id}
    assert after[ours.desk_key.id] > before[ours.desk_key.id]
    assert after[theirs.desk_key.id] == before[theirs.desk_key.id]
    assert abs(desk.clock_error().total_seconds()) < ANY_TIME_S


def put_many(access: HubAccess) -> list[int]:
    with opened(access) as desk:
        return handed_in(desk, access, [sealed(access, sequence) for sequence in range(1, 11)])


def numbers(desk: HubConnection, after: int = 0) -> list[int]:
    return [parcel.number for parcel in desk.after(after)]


def insert(desk: psycopg.Connection, hub: FoundedHub, parcel: SealedParcel) -> None:
    query = sql.SQL("INSERT INTO {}.parcel (id, desk, body) VALUES (%s, %s, %s)")
    row = (UUID(parcel.id), UUID(parcel.desk), parcel.body)
    desk.execute(query.format(sql.Identifier(hub.schema)), row)


def carriers(hub: FoundedHub) -> list[str]:
    query = sql.SQL("SELECT carrier FROM {}.parcel ORDER BY number")
    with psycopg.connect(hub.dsn) as organiser:
        rows = organiser.execute(query.format(sql.Identifier(hub.schema))).fetchall()
    return [carrier.hex for (carrier,) in rows]


def wait_until_one_waits_for_a_lock(hub: FoundedHub) -> None:
    query = """
        SELECT count(*), pg_sleep(0.01) FROM pg_stat_activity
        WHERE datname = %s AND wait_event_type = 'Lock'
    """
    with psycopg.connect(hub.server.superuser_dsn, autocommit=True) as watching:
        while True:
            row = watching.execute(query, (hub.database,)).fetchone()
            assert row is not None
            if row[0]:
                return
