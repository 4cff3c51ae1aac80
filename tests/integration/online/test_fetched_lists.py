"""A list from the web goes into the event as any other, and a second time changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from online_server import TOKEN, IndicoServer, PretixServer
from settable_clock import DURING_REGISTRATION

from checkin_app.domain.attendee import Attendee, AttendeeStatus
from checkin_app.errors import Cancelled, OnlineRefused
from checkin_app.secrets_store.passwords import SessionPasswords
from checkin_app.services.list_import.registration_lists import (
    ImportReport,
    apply_import,
    plan_import,
    read_list,
)
from checkin_app.services.online.online_lists import (
    fetch,
    keep_token,
    kept_token,
    try_connection,
    with_event,
    with_link,
)
from checkin_app.settings.online_settings import OnlineConnection, OnlineSystem
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.attendee_filter import AttendeeFilter

PRETIX = OnlineConnection("0a", organiser="bigevents", event="sampleconf")
INDICO = OnlineConnection("0a", OnlineSystem.INDICO, event="1234")


def take_in(event_file: EventFile, connection: OnlineConnection) -> ImportReport:
    fetched = fetch(connection, TOKEN, "en")
    reading = read_list(fetched.table, fetched.choices)
    plan = plan_import(event_file, reading)
    return apply_import(event_file, "Desk 1", DURING_REGISTRATION, plan, reading)


def people(event_file: EventFile) -> dict[str, Attendee]:
    return {one.full_name: one for one in event_file.attendees(AttendeeFilter())}


def test_registrations_of_pretix_become_attendees(
    empty_event_file: EventFile, pretix_server: PretixServer
) -> None:
    take_in(empty_event_file, replace(PRETIX, server=pretix_server.url))
    zoe = people(empty_event_file)["Zoë van der Berg"]
    assert (zoe.first_name, zoe.last_name) == ("Zoë", "van der Berg")
    assert zoe.code == "def131fm5kpk768q69gkbyr5f4h6w"
    assert (zoe.organisation, zoe.country, zoe.email) == (
        "Universiteit Gent",
        "BE",
        "zoe@example.org",
    )
    assert (zoe.category, zoe.attention) == ("Standard ticket", "Badge at the VIP desk")
    assert zoe.extra["T-Shirt size"] == "M"
    assert zoe.extra["Add-ons"] == "Workshop"


def test_who_is_admitted_follows_from_the_order(
    empty_event_file: EventFile, pretix_server: PretixServer
) -> None:
    take_in(empty_event_file, replace(PRETIX, server=pretix_server.url))
    statuses = {name: one.status for name, one in people(empty_event_file).items()}
    assert statuses["Zoë van der Berg"] is AttendeeStatus.CONFIRMED
    assert statuses["Ana Núñez"] is AttendeeStatus.CONFIRMED
    assert statuses["Łukasz Żółć"] is AttendeeStatus.PENDING
    assert statuses["Olivér Szabó"] is AttendeeStatus.PENDING
    assert statuses["Γιώργος Παπαδόπουλος"] is AttendeeStatus.CANCELLED
    assert statuses["Ida Ås"] is AttendeeStatus.CANCELLED
    assert statuses["Seán Ó Súilleabháin"] is AttendeeStatus.CANCELLED
    assert statuses["Bente Nilsen"] is AttendeeStatus.CANCELLED


def test_fetching_again_changes_nothing(
    empty_event_file: EventFile, pretix_server: PretixServer
) -> None:
    first = take_in(empty_event_file, replace(PRETIX, server=pretix_server.url))
    again = take_in(empty_event_file, replace(PRETIX, server=pretix_server.url))
    assert first.added > 0
    assert (again.added, again.updated, again.gone) == (0, 0, 0)


def test_an_order_that_changed_in_between_changes_its_person_only(
    empty_event_file: EventFile, pretix_server: PretixServer
) -> None:
    connection = replace(PRETIX, server=pretix_server.url)
    take_in(empty_event_file, connection)
    pretix_server.orders[2]["status"] = "p"
    again = take_in(empty_event_file, connection)
    assert (again.added, again.updated) == (0, 1)
    assert people(empty_event_file)["Łukasz Żółć"].status is AttendeeStatus.CONFIRMED


def test_registrations_of_indico_become_attendees(
    empty_event_file: EventFile, indico_server: IndicoServer
) -> None:
    take_in(empty_event_file, replace(INDICO, server=indico_server.url))
    found = people(empty_event_file)
    maria = found["Maria Teresa D'Angelò"]
    assert maria.code == "7f5b0a9e-8a2e-4e0f-9f0f-1f1d2a4b0c11"
    assert (maria.first_name, maria.organisation, maria.country) == (
        "Maria Teresa",
        "CERN",
        "Italy",
    )
    assert maria.extra["Tags"] == "VIP"
    assert found["Hans Müller"].title == "Prof. Dr."
    assert found["Hans Müller"].status is AttendeeStatus.CANCELLED
    assert found["Jiří Novák"].status is AttendeeStatus.PENDING


def test_a_name_that_was_cut_within_a_letter_comes_in(
    empty_event_file: EventFile, pretix_server: PretixServer
) -> None:
    pretix_server.orders[0]["positions"][0]["attendee_name"] = "Peter \ud83d"
    report = take_in(empty_event_file, replace(PRETIX, server=pretix_server.url))
    assert report.rejected == 0
    assert "Peter \ufffd" in people(empty_event_file)


def test_an_event_without_registrations_is_said(pretix_server: PretixServer) -> None:
    pretix_server.orders.clear()
    with pytest.raises(OnlineRefused, match="no registrations"):
        fetch(replace(PRETIX, server=pretix_server.url), TOKEN, "en")


def test_fetching_can_be_stopped(pretix_server: PretixServer) -> None:
    with pytest.raises(Cancelled):
        fetch(replace(PRETIX, server=pretix_server.url), TOKEN, "en", cancelled=lambda: True)


def test_a_trial_tells_the_event_and_its_check_in_lists(
    pretix_server: PretixServer, indico_server: IndicoServer
) -> None:
    answer = try_connection(replace(PRETIX, server=pretix_server.url), TOKEN, "en")
    assert answer.event.title == "Sample Conference"
    assert [one.name for one in answer.check_in_lists] == ["Default check-in list"]
    answer = try_connection(replace(INDICO, server=indico_server.url), TOKEN, "en")
    assert (answer.event.title, answer.check_in_lists) == ("Fête de la science", ())


def test_a_trial_only_asks(pretix_server: PretixServer) -> None:
    try_connection(replace(PRETIX, server=pretix_server.url), TOKEN, "en")
    assert {asked.method for asked in pretix_server.asked} == {"GET"}


def test_a_token_is_kept_for_a_server_and_its_organiser() -> None:
    passwords = SessionPasswords()
    connection = replace(PRETIX, server="https://pretix.eu")
    keep_token(passwords, connection, f" {TOKEN}\n")
    assert kept_token(passwords, replace(connection, event="another")) == TOKEN
    with pytest.raises(OnlineRefused, match="No token is known"):
        kept_token(passwords, replace(connection, server="https://pretix.example"))


def test_another_event_forgets_the_check_in_list_and_sends_nothing() -> None:
    connection = replace(
        PRETIX, server="https://pretix.eu", sends_check_ins=True, list_id=1, list_name="Door"
    )
    assert with_link(connection, "https://pretix.eu/bigevents/sampleconf/") == connection
    for other in (
        with_link(connection, "https://pretix.eu/bigevents/another/"),
        with_link(connection, "https://pretix.example"),
        with_event(connection, "bigevents", "another"),
    ):
        assert (other.list_id, other.sends_check_ins, other.can_send) == (0, False, False)
