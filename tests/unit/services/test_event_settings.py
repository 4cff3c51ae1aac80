"""What is said of an event, and what is said to whoever opens it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from checkin_app.domain.ledger import EntryKind
from checkin_app.errors import UsageError
from checkin_app.services.event_settings import (
    RETENTIONS,
    EventSettings,
    Retention,
    describe_event,
    keeps_old_times,
    privacy_notice,
)
from checkin_app.services.privacy.closing import close_event
from checkin_app.storage.event_file import EventFile

NOW = datetime(2024, 5, 1, 9, tzinfo=UTC)


def test_an_event_is_described_anew_and_keeps_its_programme(sample_event_file: EventFile) -> None:
    before = sample_event_file.event()
    wanted = replace(
        EventSettings.of(before),
        name="  Meeting of\tClusters ",
        ends_on=date(2024, 5, 7),
        city="Łódź",
        timezone="Europe/Warsaw",
        language="pl",
        bring="Your passport\n\nand this ticket ",
        erase_on=date(2024, 6, 6),
    )
    described = describe_event(sample_event_file, "Office", NOW, wanted)
    assert described == sample_event_file.event()
    assert (described.name, described.city) == ("Meeting of Clusters", "Łódź")
    assert described.bring == "Your passport\n\nand this ticket"
    assert described.sessions == before.sessions
    assert sample_event_file.verify().ok


def test_what_is_the_same_already_leaves_no_entry(sample_event_file: EventFile) -> None:
    event = sample_event_file.event()
    describe_event(sample_event_file, "Office", NOW, EventSettings.of(event))
    described = [e for e in sample_event_file.ledger() if e.kind is EntryKind.EVENT_DESCRIBED]
    assert len(described) == 1
    assert sample_event_file.event() == event


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " \u200b "}, "name"),
        ({"ends_on": date(2024, 5, 5)}, "last day"),
        ({"erase_on": date(2024, 5, 5)}, "later day"),
        ({"timezone": "Europe/Atlantis"}, "time zone"),
        ({"language": "Klingon!"}, "language"),
    ],
)
def test_what_cannot_be_is_refused(
    sample_event_file: EventFile, changes: dict[str, object], said: str
) -> None:
    wanted = replace(EventSettings.of(sample_event_file.event()), **changes)
    with pytest.raises(UsageError, match=said):
        describe_event(sample_event_file, "Office", NOW, wanted)


def test_a_programme_that_stays_behind_is_said(sample_event_file: EventFile) -> None:
    event = sample_event_file.event()
    same = EventSettings.of(event)
    assert not keeps_old_times(event, replace(same, name="Another"))
    assert keeps_old_times(event, replace(same, starts_on=date(2024, 5, 5)))
    assert keeps_old_times(event, replace(same, timezone="Asia/Tokyo"))
    assert not keeps_old_times(replace(event, sessions=()), replace(same, timezone="Asia/Tokyo"))


def test_data_that_were_to_be_erased_are_called_to_mind(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    assert privacy_notice(sample_event_file, NOW) == ""
    by = RETENTIONS[0].after(sample_event_file.event().ends_on)
    assert by == date(2024, 6, 5)
    wanted = replace(EventSettings.of(sample_event_file.event()), erase_on=by)
    describe_event(sample_event_file, "Office", NOW, wanted)
    assert privacy_notice(sample_event_file, datetime(2024, 6, 4, 21, tzinfo=UTC)) == ""
    # At the venue it is the day already.
    overdue = datetime(2024, 6, 4, 22, 30, tzinfo=UTC)
    assert "by 5 June 2024" in privacy_notice(sample_event_file, overdue)
    close_event(sample_event_file, "Office", overdue, tmp_path / "pack")
    later = overdue + timedelta(days=1)
    assert "closed on 5 June 2024" in privacy_notice(sample_event_file, later)


def test_an_unfinished_erasure_is_said_first(sample_event_file: EventFile) -> None:
    with sample_event_file.transaction("Office", NOW) as transaction:
        transaction.erase_person(sample_event_file.records()[0].attendee.id)
    assert "traces" in privacy_notice(sample_event_file, NOW)
    sample_event_file.erasures.finish()
    assert privacy_notice(sample_event_file, NOW) == ""


@pytest.mark.parametrize(
    ("kept", "last_day", "day"),
    [
        (Retention(days=30), date(2024, 5, 6), date(2024, 6, 5)),
        (Retention(months=3), date(2024, 11, 30), date(2025, 2, 28)),
        (Retention(months=6), date(2024, 5, 6), date(2024, 11, 6)),
        (Retention(months=12), date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_months_are_those_of_the_calendar(kept: Retention, last_day: date, day: date) -> None:
    assert kept.after(last_day) == day
