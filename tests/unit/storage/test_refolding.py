"""A file that is brought up to date is folded anew, people who were merged included."""

from __future__ import annotations

from settable_clock import DURING_REGISTRATION as NOW

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.ledger import EntryKind
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.refolding import refold_presence


def test_who_was_merged_keeps_arrival_and_badges_of_both_records(
    empty_event_file: EventFile,
) -> None:
    with empty_event_file.transaction("Desk", NOW) as transaction:
        kept, double = transaction.register([Attendee("", last_name="Nowak") for _ in range(2)])
        transaction.append(EntryKind.CHECKED_IN, double.id, "registration")
        transaction.append(EntryKind.BADGE_PRINTED, double.id, payload={"tray": "K-M"})
        transaction.append(EntryKind.MERGED, double.id, payload={"into": kept.id})
    before = empty_event_file.records()
    assert (before[0].badge_prints, before[0].tray) == (1, "K-M")
    with empty_event_file._reading() as connection:
        connection.execute("UPDATE attendee SET checked_in_at = NULL, badge_prints = 0, tray = ''")
        assert empty_event_file.records() != before
        refold_presence(connection)
    assert empty_event_file.records() == before
    assert empty_event_file.verify().ok
