"""What a mail server does not take: now, from this account, or for this address."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from mail_server import PostOffice
from mailing_desk import (
    MailingDesk,
    guests,
    mailing_desk,
    recipients,
    sent,
)

from checkin_app.domain.mailings import MailState
from checkin_app.errors import MailError
from checkin_app.mailing.returned_mail import ReturnedMail
from checkin_app.services.mail.bounces import note_bounces
from checkin_app.services.mail.mail_choice import MailChoice, plan_mailing
from checkin_app.services.mail.ticket_holders import WhyNot
from checkin_app.services.registrations import correct


def test_a_server_that_wants_to_be_asked_again_is_asked_again(
    desk: MailingDesk, office: PostOffice
) -> None:
    office.answer = lambda recipient, tries: "450 4.2.0 greylisted" if tries < 3 else None
    began = desk.clock()
    end = desk.run(desk.start())
    assert (end.sent, end.waiting) == (4, 0)
    assert set(office.tries.values()) == {3}
    assert timedelta(minutes=6) <= desk.clock() - began < timedelta(minutes=7)
    # For one minute the line is kept, for five it is not.
    assert office.connections == 2


def test_nobody_is_asked_for_ever(desk: MailingDesk, office: PostOffice) -> None:
    office.answer = lambda recipient, tries: "450 later" if recipient.startswith("guest0") else None
    end = desk.run(desk.start())
    assert (end.sent, end.refused) == (3, 1)
    (trouble,) = desk.mailings.not_reached()
    assert trouble.job.reason == "450 later (asked 6 times)"


def test_an_address_that_is_refused_is_listed_and_the_others_go_out(
    desk: MailingDesk, office: PostOffice
) -> None:
    office.answer = lambda to, tries: f"550 <{to}> unknown" if to.startswith("guest1@") else None
    end = desk.run(desk.start())
    assert (end.sent, end.refused) == (3, 1)
    (trouble,) = desk.mailings.not_reached()
    assert (trouble.record.attendee.email, trouble.job.state) == (
        "guest1@example.org",
        MailState.REFUSED,
    )
    assert trouble.job.reason == "550 <…> unknown"
    assert sent(desk) == [True, False, True, True]


def test_a_server_that_refuses_everybody_is_an_account_to_look_at(
    tmp_path: Path, office: PostOffice
) -> None:
    with mailing_desk(tmp_path, office, guests(15)) as desk:
        office.answer = lambda to, tries: "554 5.6.0 transaction failed"
        mailing = desk.start()
        with pytest.raises(MailError, match=r"last 10 mails.*554 5.6.0 transaction failed"):
            desk.run(mailing)
        assert desk.mailings.not_reached() == ()
        assert desk.mailings.progress(mailing).waiting == 15
        office.answer = lambda to, tries: "550 unknown" if int(to[5 : to.index("@")]) < 10 else None
        end = desk.run(mailing)
        assert (end.sent, end.refused, end.waiting) == (5, 10, 0)


def test_dead_addresses_of_which_the_server_does_not_say_so_come_to_an_end(
    tmp_path: Path, office: PostOffice
) -> None:
    with mailing_desk(tmp_path, office, guests(40)) as desk:
        office.answer = lambda to, tries: (
            "554 5.6.0 no" if int(to[5 : to.index("@")]) < 25 else None
        )
        mailing = desk.start()
        for _sitting in range(2):
            with pytest.raises(MailError, match="last 10 mails"):
                desk.run(mailing)
        end = desk.run(mailing)
        assert (end.sent, end.refused, end.waiting) == (15, 25, 0)


def test_dead_addresses_stop_nothing_however_many_they_are(
    tmp_path: Path, office: PostOffice
) -> None:
    with mailing_desk(tmp_path, office, guests(30)) as desk:
        office.answer = lambda to, tries: (
            "550 5.1.1 unknown" if int(to[5 : to.index("@")]) < 25 else None
        )
        end = desk.run(desk.start())
        assert (end.sent, end.refused, end.waiting) == (5, 25, 0)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("554 5.7.1 relay access denied", "passes no mails on"),
        ("530 5.7.0 Must issue a STARTTLS command first", "Choose STARTTLS or TLS"),
        ("530 5.7.1 Authentication required", "Enter user and password"),
    ],
)
def test_an_account_that_is_not_set_up_is_said_at_the_first_mail(
    desk: MailingDesk, office: PostOffice, answer: str, said: str
) -> None:
    office.answer = lambda to, tries: answer
    mailing = desk.start()
    with pytest.raises(MailError, match=f"{answer}.*{said}"):
        desk.run(mailing)
    assert sum(office.tries.values()) == 1
    assert desk.mailings.progress(mailing).waiting == 4


@pytest.mark.parametrize(
    "answer",
    [
        "550 5.4.5 Daily user sending limit exceeded",
        "554 5.7.1 quota exceeded",
        "452 4.5.3 too many recipients today",
        "450 4.7.1 limit exceeded",
        "421 4.7.0 too many messages",
    ],
)
@pytest.mark.parametrize("at_end", [False, True])
def test_a_limit_reached_in_mid_run_lets_the_rest_wait(
    desk: MailingDesk, office: PostOffice, answer: str, at_end: bool
) -> None:
    def limited(*_asked: object) -> str | None:
        return answer if len(office.received) >= 2 else None

    if at_end:
        office.at_end = limited
    else:
        office.answer = limited
    mailing = desk.start()
    with pytest.raises(MailError, match=rf"for now\. It says: {answer}.*What waits is kept"):
        desk.run(mailing)
    end = desk.mailings.progress(mailing)
    assert (end.sent, end.refused, end.unsure, end.waiting) == (2, 0, 0, 2)
    office.answer, office.at_end = lambda to, tries: None, lambda to: None
    assert desk.run(mailing).sent == 4
    assert set(recipients(office).values()) == {1}


def test_a_server_that_refuses_all_from_some_mail_on_in_no_known_words_is_left_alone(
    tmp_path: Path, office: PostOffice
) -> None:
    with mailing_desk(tmp_path, office, guests(30)) as desk:
        office.answer = lambda to, tries: "554 Nein danke" if len(office.received) >= 3 else None
        mailing = desk.start()
        with pytest.raises(MailError, match="last 10 mails"):
            desk.run(mailing)
        end = desk.mailings.progress(mailing)
        assert (end.sent, end.refused, end.waiting) == (3, 0, 27)


def test_ten_people_whom_nothing_reaches_are_only_that(tmp_path: Path, office: PostOffice) -> None:
    with mailing_desk(tmp_path, office, guests(10)) as desk:
        office.answer = lambda to, tries: "550 unknown"
        assert desk.run(desk.start()).refused == 10


def test_who_was_refused_is_tried_again_once_the_address_is_corrected(
    desk: MailingDesk, office: PostOffice
) -> None:
    office.answer = lambda to, tries: "550 unknown" if to.startswith("guest1@") else None
    desk.run(desk.start())
    plan = plan_mailing(desk.event_file, MailChoice())
    assert (plan.people, list(plan.left_out)) == ((), [WhyNot.CAME_BACK])
    one = desk.event_file.records()[1].attendee
    desk.clock.forward(60)
    correct(desk.event_file, "Office", desk.clock(), one.id, {"email": "right@example.org"})
    assert plan_mailing(desk.event_file, MailChoice()).people == (one.id,)
    desk.run(desk.start())
    assert recipients(office)["right@example.org"] == 1
    assert desk.mailings.not_reached() == ()


def test_who_was_corrected_before_the_mail_came_back_is_tried_again(
    desk: MailingDesk, office: PostOffice
) -> None:
    desk.run(desk.start())
    one, other = desk.event_file.records()[1].attendee, desk.event_file.records()[2].attendee
    correct(desk.event_file, "Office", desk.clock(), one.id, {"email": "right@example.org"})
    desk.clock.forward(60)
    tokens = {
        mail.recipient: mail.parsed()["Message-ID"][1:].partition("@")[0]
        for mail in office.received
    }
    returned = [ReturnedMail(to, "550 unknown", tokens[to]) for to in (one.email, other.email)]
    note_bounces(desk.event_file, "Office", desk.clock(), returned)
    plan = plan_mailing(desk.event_file, MailChoice())
    assert plan.people == (one.id,)
    assert list(plan.left_out) == [WhyNot.CAME_BACK]


def test_a_correction_counts_also_when_the_clock_was_set_back(
    desk: MailingDesk, office: PostOffice
) -> None:
    office.answer = lambda to, tries: "550 unknown" if to.startswith("guest1@") else None
    desk.run(desk.start())
    one = desk.event_file.records()[1].attendee
    desk.clock.forward(-3600)
    correct(desk.event_file, "Office", desk.clock(), one.id, {"email": "right@example.org"})
    assert plan_mailing(desk.event_file, MailChoice()).people == (one.id,)
