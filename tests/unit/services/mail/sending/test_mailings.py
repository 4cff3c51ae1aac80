"""Tickets go to whom they should, once each, by a real mail server."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from mail_server import PASSWORD, PostOffice, trusted
from mailing_desk import (
    DESK,
    DRAFT,
    MailingDesk,
    codes_of,
    guests,
    ids,
    mailing_desk,
    recipients,
    sent,
)

from checkin_app.domain.attendee import AttendeeStatus
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.mailings import MailState, MailText, TicketSize
from checkin_app.errors import MailTextProblem, UsageError
from checkin_app.mailing.mail_text import DEFAULT_TEXT
from checkin_app.mailing.smtp_session import SmtpSession
from checkin_app.services.mail.mail_choice import MailChoice, Whom, plan_mailing
from checkin_app.services.mail.mail_making import MailMaker
from checkin_app.services.mail.mailings import Mailings
from checkin_app.services.mail.new_codes import replace_code
from checkin_app.services.mail.ticket_holders import WhyNot
from checkin_app.services.registrations import correct
from checkin_app.services.sharing.inbox.doubles import merge

SHARED = "office@example.org"


def states(desk: MailingDesk) -> Counter[MailState]:
    return Counter(job.state for job in desk.event_file.mail_jobs.last_jobs(*MailState))


def test_everybody_gets_one_mail_with_the_own_code_on_picture_and_ticket(
    desk: MailingDesk, office: PostOffice, tmp_path: Path
) -> None:
    end = desk.run(desk.start())
    assert (end.total, end.sent, end.waiting) == (4, 4, 0)
    assert set(recipients(office).values()) == {1}
    people = {record.attendee.email: record.attendee for record in desk.event_file.records()}
    for mail in office.received:
        person = people[mail.recipient]
        assert codes_of(mail, tmp_path) == [person.code] * 2
        assert mail.parsed()["To"].addresses[0].display_name == person.full_name
        assert mail.sender == "team@example.org"
    assert all(sent(desk))
    entry = desk.event_file.history(next(iter(people.values())).id)[-1]
    assert (entry.kind, list(entry.payload)) == (EntryKind.TICKET_SENT, ["mailing"])
    assert desk.event_file.verify().ok
    assert office.connections == 1


def test_several_people_at_one_address_get_a_mail_each(tmp_path: Path, office: PostOffice) -> None:
    people = [replace(person, email=SHARED) for person in guests(3)]
    with mailing_desk(tmp_path, office, people) as desk:
        desk.run(desk.start())
        assert recipients(office) == {SHARED: 3}
        codes = {codes_of(mail, tmp_path)[0] for mail in office.received}
        assert codes == {record.attendee.code for record in desk.event_file.records()}


def test_who_gets_no_mail_is_named_with_the_reason(tmp_path: Path, office: PostOffice) -> None:
    usual, none, bad, cancelled, gone, twice = guests(6)
    people = [
        usual,
        replace(none, email=" "),
        replace(bad, email="anna@"),
        replace(cancelled, status=AttendeeStatus.CANCELLED),
        gone,
        replace(twice, email="a@example.org; b@example.org"),
    ]
    with mailing_desk(tmp_path, office, people) as desk:
        records = desk.event_file.records()
        with desk.event_file.transaction("Office", desk.clock()) as transaction:
            transaction.append(EntryKind.GONE_FROM_LIST, records[4].attendee.id)
        plan = plan_mailing(desk.event_file, MailChoice(Whom.ALL))
        assert plan.people == (records[0].attendee.id,)
        assert {why: len(left) for why, left in plan.left_out.items()} == {
            WhyNot.CANCELLED: 1,
            WhyNot.GONE: 1,
            WhyNot.NO_EMAIL: 1,
            WhyNot.BAD_EMAIL: 2,
        }


def test_who_has_the_ticket_is_not_sent_it_again_unless_asked(
    desk: MailingDesk, office: PostOffice
) -> None:
    desk.run(desk.start())
    desk.clock.forward(60)
    assert plan_mailing(desk.event_file, MailChoice()).people == ()
    with pytest.raises(UsageError, match="nobody"):
        desk.start()
    assert len(plan_mailing(desk.event_file, MailChoice(Whom.ALL)).people) == 4
    assert plan_mailing(desk.event_file, MailChoice(Whom.CHANGED)).people == ()
    one = desk.event_file.records()[2].attendee
    replace_code(desk.event_file, "Office", desk.clock(), one.id, "lost")
    assert plan_mailing(desk.event_file, MailChoice(Whom.CHANGED)).people == (one.id,)
    desk.clock.forward(60)
    desk.run(desk.start(MailChoice(Whom.CHANGED)))
    assert recipients(office)[one.email] == 2
    assert plan_mailing(desk.event_file, MailChoice(Whom.CHANGED)).people == ()


def test_categories_are_chosen_as_anybody_spells_them(tmp_path: Path, office: PostOffice) -> None:
    first, second, third = guests(3)
    people = [replace(first, category="Press"), replace(second, category="press"), third]
    with mailing_desk(tmp_path, office, people) as desk:
        chosen = plan_mailing(desk.event_file, MailChoice(categories=("PRESS",))).people
        assert len(chosen) == 2
        with pytest.raises(UsageError, match="There is no category “Speakers”"):
            plan_mailing(desk.event_file, MailChoice(categories=("Speakers",)))
        desk.run(desk.start(MailChoice(categories=("press",))))
        everybody = tuple(record.attendee.id for record in desk.event_file.records())
        assert plan_mailing(desk.event_file, MailChoice(ids=everybody[:1])).people == everybody[:1]


def test_no_more_than_so_many_a_minute(desk: MailingDesk, office: PostOffice) -> None:
    began = desk.clock()
    desk.run(desk.start(), per_minute=30)
    assert desk.clock() - began == timedelta(seconds=3 * 2)
    assert len(office.received) == 4


def test_a_clock_that_is_set_back_stalls_nothing(desk: MailingDesk, office: PostOffice) -> None:
    office.answer = lambda to, tries: "450 4.2.0 greylisted" if tries == 1 else None

    def set_back(_progress: object) -> None:
        desk.clock.forward(-86400)

    mailing = desk.start()
    desk.clock.forward(-86400)
    end = desk.run(mailing, progress=set_back, per_minute=30)
    assert (end.sent, end.waiting) == (4, 0)
    assert desk.elapsed_s < 120


def test_two_desks_that_begin_together_send_one_mail_to_each_person(
    desk: MailingDesk, office: PostOffice, tmp_path: Path
) -> None:
    other = MailingDesk(desk.event_file, office, tmp_path, replace(DESK, id="fedcba9876543210"))
    plan = plan_mailing(desk.event_file, MailChoice())
    few = plan_mailing(desk.event_file, MailChoice(ids=ids(desk)[:2]))
    first = other.mailings.start(DRAFT, few)
    with pytest.raises(UsageError, match="Another desk"):
        desk.mailings.start(DRAFT, few)
    second = desk.mailings.start(DRAFT, plan)
    assert (other.run(first).sent, desk.run(second).sent) == (2, 2)
    assert set(recipients(office).values()) == {1}
    assert len(recipients(office)) == 4


def test_a_plan_that_is_older_than_another_desks_mailing_sends_nothing_twice(
    desk: MailingDesk, office: PostOffice, tmp_path: Path
) -> None:
    other = MailingDesk(desk.event_file, office, tmp_path, replace(DESK, id="fedcba9876543210"))
    desk.run(desk.start(MailChoice(ids=ids(desk)[:1])))
    everybody = plan_mailing(desk.event_file, MailChoice(Whom.ALL))
    # Its clock is a day behind that of the other desk.
    other.clock.forward(-86400)
    other.run(other.start())
    end = desk.run(desk.mailings.start(DRAFT, everybody))
    assert (end.sent, end.cancelled) == (1, 3)
    assert recipients(office)["guest0@example.org"] == 2
    assert sorted(recipients(office).values()) == [1, 1, 1, 2]


def test_a_desk_takes_over_what_a_lost_laptop_began(
    desk: MailingDesk, office: PostOffice, tmp_path: Path
) -> None:
    lost = MailingDesk(desk.event_file, office, tmp_path, replace(DESK, id="fedcba9876543210"))
    mailing = lost.start()
    lost.run(mailing, cancelled=lambda: len(office.received) >= 1)
    job = desk.event_file.mail_jobs.of_desk("fedcba9876543210").next_waiting(mailing.id)
    assert job is not None
    with desk.event_file.transaction("Lost", desk.clock()) as transaction:
        transaction.change_mail_job(job, state=MailState.SENDING, token="0" * 32)
    plan = plan_mailing(desk.event_file, MailChoice())
    assert (plan.people, list(plan.left_out)) == ((), [WhyNot.UNDER_WAY])
    assert desk.mailings.take_over() == (2, 1)
    plan = plan_mailing(desk.event_file, MailChoice())
    assert (len(plan.people), list(plan.left_out)) == (2, [WhyNot.UNDECIDED])
    assert desk.run(desk.start()).sent == 2
    assert lost.run(mailing).waiting == 0
    assert sorted(recipients(office).values()) == [1, 1, 1]
    (unsure,) = desk.mailings.unsure()
    assert unsure.job.id == job.id


def test_what_is_stopped_goes_on_later_where_it_was(desk: MailingDesk, office: PostOffice) -> None:
    mailing = desk.start()
    end = desk.run(mailing, cancelled=lambda: len(office.received) >= 2)
    assert (end.sent, end.waiting) == (2, 2)
    assert desk.mailings.unfinished() == mailing
    with pytest.raises(UsageError, match="not finished"):
        desk.start(MailChoice(Whom.ALL))
    assert desk.run(mailing).waiting == 0
    assert set(recipients(office).values()) == {1}
    assert desk.mailings.unfinished() is None


def test_a_mailing_that_is_cancelled_sends_nothing_more(
    desk: MailingDesk, office: PostOffice
) -> None:
    mailing = desk.start()
    desk.run(mailing, cancelled=lambda: len(office.received) >= 1)
    assert desk.mailings.cancel(mailing) == 3
    assert desk.mailings.unfinished() is None
    assert desk.run(mailing).sent == 1
    assert len(plan_mailing(desk.event_file, MailChoice()).people) == 3


def test_who_cancelled_or_lost_the_address_meanwhile_gets_no_mail(
    desk: MailingDesk, office: PostOffice
) -> None:
    mailing = desk.start()
    first, second, *_others = (record.attendee for record in desk.event_file.records())
    correct(desk.event_file, "Office", desk.clock(), first.id, {"status": "cancelled"})
    correct(desk.event_file, "Office", desk.clock(), second.id, {"email": ""})
    end = desk.run(mailing)
    assert (end.sent, end.cancelled, end.waiting) == (2, 2, 0)


def test_who_turned_out_to_be_another_record_of_somebody_gets_one_mail(
    desk: MailingDesk, office: PostOffice
) -> None:
    mailing = desk.start()
    first, second, *_others = (record.attendee.id for record in desk.event_file.records())
    merge(desk.event_file, "Office", desk.clock(), first, second)
    end = desk.run(mailing)
    assert (end.sent, end.cancelled, end.waiting) == (3, 1, 0)
    (left_out,) = desk.event_file.mail_jobs.last_jobs(MailState.CANCELLED)
    assert left_out.attendee_id == max(first, second)
    assert left_out.reason == "merged with another record of this person"


def test_another_laptop_with_a_copy_of_the_file_sends_nothing(desk: MailingDesk) -> None:
    desk.start()
    other = Mailings(desk.event_file, replace(DESK, id="fedcba9876543210"), desk.clock)
    assert other.unfinished() is None


def test_the_text_is_kept_in_the_event_and_must_be_fillable(desk: MailingDesk) -> None:
    assert desk.mailings.text() == DEFAULT_TEXT
    text = MailText("Hello {first_name}", "See you in {city}")
    desk.mailings.keep_text(text)
    desk.mailings.keep_text(text)
    assert Mailings(desk.event_file, DESK).text() == text
    with pytest.raises(MailTextProblem, match="first_nam"):
        desk.mailings.keep_text(MailText("Hello {first_nam}", "x"))
    kept = [e for e in desk.event_file.ledger() if e.kind is EntryKind.MAIL_TEXT_KEPT]
    assert len(kept) == 1
    desk.mailings.keep_text(DEFAULT_TEXT)
    assert desk.mailings.text() == DEFAULT_TEXT
    assert desk.event_file.verify().ok


def test_a_test_mail_is_marked_and_recorded_nowhere(
    desk: MailingDesk, office: PostOffice, tmp_path: Path
) -> None:
    person = desk.event_file.records()[0].attendee
    maker = MailMaker(desk.event_file, DRAFT, office.account(), desk.clock())
    session = SmtpSession(office.account(), PASSWORD, trusted())
    desk.mailings.send_test(session, maker, person.id, "me@example.org")
    (mail,) = office.received
    assert mail.recipient == "me@example.org"
    assert mail.parsed()["Subject"] == "[Test] Ticket for Assembly"
    assert codes_of(mail, tmp_path) == [person.code] * 2
    assert not any(sent(desk))
    with pytest.raises(UsageError, match="no e-mail address"):
        desk.mailings.send_test(session, maker, person.id, "me")


def test_a_preview_shows_the_mail_and_the_ticket(desk: MailingDesk, office: PostOffice) -> None:
    person = desk.event_file.records()[0].attendee
    for size in (TicketSize.PHONE, None):
        draft = replace(DRAFT, ticket=size)
        shown = MailMaker(desk.event_file, draft, office.account(), desk.clock()).preview(person)
        assert shown.recipient == "Guest 0 Nowák <guest0@example.org>"
        assert shown.subject == "Ticket for Assembly"
        assert "Dear Guest 0" in shown.html
        assert shown.ticket.startswith(b"%PDF") == (size is not None)


def test_the_mailing_of_an_event_file_holds_no_name_and_no_address(
    desk: MailingDesk, office: PostOffice
) -> None:
    office.answer = lambda to, tries: f"550 {to} unknown"
    desk.run(desk.start())
    for trouble in desk.mailings.not_reached():
        assert "@" not in trouble.job.reason
    assert states(desk) == {MailState.REFUSED: 4}


def test_the_calendar_entry_of_an_event_stays_one_however_often_it_changes(
    desk: MailingDesk, office: PostOffice
) -> None:
    def entry() -> tuple[str, str]:
        desk.run(desk.start(MailChoice(Whom.ALL, ids=ids(desk)[:1])))
        parts = office.received[-1].parsed().iter_attachments()
        (text,) = (p.get_content() for p in parts if p.get_content_type() == "text/calendar")
        lines = dict(line.partition(":")[::2] for line in text.splitlines())
        return lines["UID"], lines["SEQUENCE"]

    uid, first = entry()
    with desk.event_file.transaction("Office", desk.clock()) as transaction:
        transaction.describe_event(replace(desk.event_file.event(), venue="Elsewhere"))
    desk.clock.forward(60)
    assert entry() == (uid, "1")
    assert first == "0"
