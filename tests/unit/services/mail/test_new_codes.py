"""A new code revokes the old one, which the desk then names."""

from __future__ import annotations

from datetime import timedelta

import pytest
from settable_clock import DURING_REGISTRATION

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.scan import Scan
from checkin_app.domain.tickets.codes import is_our_code
from checkin_app.errors import UsageError
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.mail.new_codes import person_of, replace_code
from checkin_app.services.registrations import history
from checkin_app.services.wording import entry_sentence, next_step
from checkin_app.storage.event_file import EventFile

A_WEEK_BEFORE = DURING_REGISTRATION - timedelta(days=7)


@pytest.fixture
def person(sample_event_file: EventFile) -> Attendee:
    return sample_event_file.records()[0].attendee


def test_the_old_code_is_refused_with_whose_it_was_and_until_when(
    desk: CheckInDesk, sample_event_file: EventFile, person: Attendee
) -> None:
    record = replace_code(
        sample_event_file, "Organiser", A_WEEK_BEFORE, person.id, "ticket was passed on"
    )
    assert is_our_code(record.attendee.code)
    assert record.attendee.code != person.code
    answer = desk.handle(Scan(person.code))
    assert answer.kind is OutcomeKind.REVOKED
    sentence = next_step(answer, sample_event_file.event())
    assert sentence.startswith(
        f"This was the code of {person.full_name} until 29 Apr 12:40, when a new one was given."
    )
    assert desk.handle(Scan(record.attendee.code)).kind is OutcomeKind.ADMITTED


def test_the_history_says_why_there_is_a_new_code(
    sample_event_file: EventFile, person: Attendee
) -> None:
    replace_code(sample_event_file, "Organiser", A_WEEK_BEFORE, person.id, " lost\n")
    newest = history(sample_event_file, person.id)[0].entry
    assert entry_sentence(newest, {}) == "New code given: lost"
    replace_code(sample_event_file, "Organiser", A_WEEK_BEFORE, person.id)
    newest = history(sample_event_file, person.id)[0].entry
    assert entry_sentence(newest, {}) == "New code given"


def test_a_person_is_named_by_code_by_an_old_code_and_by_id(
    sample_event_file: EventFile, person: Attendee
) -> None:
    new = replace_code(sample_event_file, "Organiser", A_WEEK_BEFORE, person.id).attendee.code
    for named in (person.code, person.code.lower(), new, person.id, person.id.upper()):
        assert person_of(sample_event_file, named) == person.id
    for nobody in ("", "nobody", "0" * 32):
        with pytest.raises(UsageError, match="nobody"):
            person_of(sample_event_file, nobody)


def test_nobody_who_is_not_there_gets_a_code(sample_event_file: EventFile) -> None:
    with pytest.raises(UsageError, match="no longer on the list"):
        replace_code(sample_event_file, "Organiser", A_WEEK_BEFORE, "0" * 32)


def test_everybody_who_is_registered_has_a_code(sample_event_file: EventFile) -> None:
    with sample_event_file.transaction("Online list", A_WEEK_BEFORE) as transaction:
        (guest,) = transaction.register([Attendee("", first_name="Ana")])
    assert is_our_code(guest.code)
