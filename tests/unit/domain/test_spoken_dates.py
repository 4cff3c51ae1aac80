"""Days are written as people say them, in whatever language the desktop speaks."""

from __future__ import annotations

from datetime import date, datetime

from checkin_app.domain.language.spoken_dates import days_text, time_text


def test_the_days_of_an_event_name_what_they_share_once() -> None:
    assert days_text(date(2024, 5, 6), date(2024, 5, 6)) == "6 May 2024"
    assert days_text(date(2024, 5, 6), date(2024, 5, 8)) == "6–8 May 2024"
    assert days_text(date(2024, 4, 30), date(2024, 5, 2)) == "30 April – 2 May 2024"
    assert days_text(date(2024, 12, 31), date(2025, 1, 1)) == "31 December 2024 – 1 January 2025"


def test_a_time_has_its_day_when_asked() -> None:
    moment = datetime(2024, 5, 6, 9, 5)
    assert time_text(moment) == "09:05"
    assert time_text(moment, with_day=True) == "6 May 09:05"
