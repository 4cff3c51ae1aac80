"""Whose codes they are, asked without writing anything."""

from __future__ import annotations

from checkin_app.domain.scan import Scan
from checkin_app.services.code_owners import owned_scans


def test_each_code_is_answered_with_its_person_in_the_order_asked(sample_event_file):
    first, second = [record.attendee for record in sample_event_file.records()][:2]
    before = sample_event_file.change_counter()
    owned = owned_scans(sample_event_file, [Scan(second.code), Scan("nobody's"), Scan(first.code)])
    assert [each.owner for each in owned] == [second, None, first]
    assert [each.scan.text for each in owned] == [second.code, "nobody's", first.code]
    assert sample_event_file.change_counter() == before


def test_a_code_typed_in_small_letters_is_the_same(sample_event_file):
    person = sample_event_file.records()[0].attendee
    (owned,) = owned_scans(sample_event_file, [Scan(f" {person.code.lower()} ")])
    assert owned.owner == person


def test_what_no_file_can_hold_means_nobody(sample_event_file):
    (owned,) = owned_scans(sample_event_file, [Scan("\ud800" + "x" * 5000)])
    assert owned.owner is None
