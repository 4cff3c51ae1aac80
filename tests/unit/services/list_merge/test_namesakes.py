"""Many people of one name, whom a list does not tell apart by code or address."""

from __future__ import annotations

from random import Random

from taken_lists import plan_of, take

from checkin_app.services.list_merge.plan import Doubt
from checkin_app.storage.event_file import EventFile

HEAD = "First name,Last name,Organisation,Email,Role,Room"
NAMESAKES = [f"Anna,Nowak,EAPN,,Role {number % 7},{number}" for number in range(60)]


def test_they_are_told_apart_by_whatever_else_the_list_says(empty_event_file: EventFile) -> None:
    take(empty_event_file, HEAD, *NAMESAKES)
    shuffled = Random(5).sample(NAMESAKES, len(NAMESAKES))
    again = plan_of(empty_event_file, HEAD, *shuffled)
    assert (again.writes, again.unchanged, again.unclear) == (False, 60, {})


def test_only_the_one_who_changed_is_in_doubt(empty_event_file: EventFile) -> None:
    take(empty_event_file, HEAD, *NAMESAKES)
    newer = [*NAMESAKES[:40], "Anna,Nowak,EAPN,,Chair,40", *NAMESAKES[41:]]
    plan = plan_of(empty_event_file, HEAD, *newer)
    (update,) = plan.updates
    assert (update.row, update.changes) == (42, {"role": "Chair"})
    assert (plan.unchanged, len(plan.gone), plan.unclear) == (59, 0, {})


def test_with_new_addresses_all_are_in_doubt_and_few_are_shown(
    empty_event_file: EventFile,
) -> None:
    listed = [f"Anna,Nowak,EAPN,a{number}@x.org,," for number in range(60)]
    take(empty_event_file, HEAD, *listed)
    plan = plan_of(empty_event_file, HEAD, *(line.replace("x.org", "y.org") for line in listed))
    assert {row.doubt for row in plan.unclear.values()} == {Doubt.SEVERAL_PEOPLE}
    assert {len(row.candidates) for row in plan.unclear.values()} == {5}
