"""Lines that break, programs that end, windows that meet: no mail goes out twice or is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from mail_server import PostOffice
from mailing_desk import (
    DESK,
    DRAFT,
    MailingDesk,
    ids,
    recipients,
    sent,
)

from checkin_app.domain.mailings import MailState, MailText
from checkin_app.errors import MailError, MailUnreachable, UsageError
from checkin_app.services.mail.mail_choice import MailChoice, plan_mailing
from checkin_app.services.mail.mail_desk import note_interrupted
from checkin_app.services.mail.ticket_holders import WhyNot


def test_a_line_that_breaks_within_a_short_mail_never_sends_two(
    desk: MailingDesk, office: PostOffice
) -> None:
    """All of it may have been on its way; only of a long one it is certain that it was not."""
    office.cuts = ["", "in data", "", "in data"]
    end = desk.run(desk.start())
    assert (end.sent + end.unsure, end.waiting) == (4, 0)
    assert set(recipients(office).values()) == {1}
    unsure = {trouble.record.attendee.email for trouble in desk.mailings.unsure()}
    assert unsure.isdisjoint(recipients(office))


def test_a_line_that_breaks_within_a_long_mail_costs_nothing(
    desk: MailingDesk, office: PostOffice
) -> None:
    long = replace(DRAFT, text=MailText("Ticket", "Dear {first_name}\n\n" + "long " * 1_000_000))
    office.cuts = ["in data", "", "in data"]
    end = desk.run(desk.start(MailChoice(ids=ids(desk)[:2]), long))
    assert (end.sent, end.unsure, end.waiting) == (2, 0, 0)
    assert recipients(office) == {"guest0@example.org": 1, "guest1@example.org": 1}


def test_a_line_that_breaks_before_the_answer_leaves_one_unsure(
    desk: MailingDesk, office: PostOffice
) -> None:
    office.cuts = ["", "before answer"]
    end = desk.run(desk.start())
    assert (end.sent, end.unsure, end.waiting) == (3, 1, 0)
    assert set(recipients(office).values()) == {1}
    (trouble,) = desk.mailings.unsure()
    plan = plan_mailing(desk.event_file, MailChoice())
    assert (plan.people, list(plan.left_out)) == ((), [WhyNot.UNDECIDED])
    desk.mailings.decide(trouble.job.id, was_sent=True)
    assert all(sent(desk))
    assert desk.mailings.unsure() == ()
    with pytest.raises(UsageError, match="already"):
        desk.mailings.decide(trouble.job.id, was_sent=False)


def test_what_was_being_sent_when_the_program_ended_is_unsure(
    desk: MailingDesk, tmp_path: Path
) -> None:
    desk.start()
    mailing = desk.mailings.unfinished()
    assert mailing is not None
    job = desk.event_file.mail_jobs.of_desk(DESK.id).next_waiting(mailing.id)
    assert job is not None
    with desk.event_file.transaction("Office", desk.clock()) as transaction:
        transaction.change_mail_job(job, state=MailState.SENDING, token="0" * 32)
    assert note_interrupted(desk.event_file, DESK, desk.clock(), tmp_path) == 1
    assert note_interrupted(desk.event_file, DESK, desk.clock(), tmp_path) == 0
    assert [trouble.job.id for trouble in desk.mailings.unsure()] == [job.id]
    assert desk.run(mailing).sent == 3


def test_nothing_is_called_unsure_while_another_window_sends(
    desk: MailingDesk, tmp_path: Path
) -> None:
    noted = []

    def look(_progress: object) -> None:
        noted.append(note_interrupted(desk.event_file, DESK, desk.clock(), tmp_path))

    desk.run(desk.start(), progress=look)
    assert noted == [0] * 4
    assert desk.mailings.unsure() == ()


def test_an_unsure_mail_that_did_not_go_out_can_be_sent_again(
    desk: MailingDesk, office: PostOffice
) -> None:
    office.cuts = ["before answer"]
    desk.start()
    mailing = desk.mailings.unfinished()
    assert mailing is not None
    desk.run(mailing)
    (trouble,) = desk.mailings.unsure()
    desk.mailings.decide(trouble.job.id, was_sent=False)
    assert plan_mailing(desk.event_file, MailChoice()).people == (trouble.record.attendee.id,)


def test_a_wrong_password_sends_nothing_and_loses_nothing(
    desk: MailingDesk, office: PostOffice
) -> None:
    mailing = desk.start()
    with pytest.raises(MailError, match="password"):
        desk.run(mailing, password="wrong")
    assert office.received == []
    assert desk.run(mailing).sent == 4


def test_a_server_that_is_away_for_long_is_left_to_a_person(
    desk: MailingDesk, office: PostOffice
) -> None:
    mailing = desk.start()
    office.at_sender = lambda: "451 too many mails" if office.received else None
    with pytest.raises(MailUnreachable, match="too many mails"):
        desk.run(mailing)
    assert len(office.received) == 1
    assert sum(desk.naps) >= 370
    office.at_sender = lambda: None
    assert desk.run(mailing).sent == 4
    assert set(recipients(office).values()) == {1}


def test_two_windows_do_not_send_at_once(desk: MailingDesk, office: PostOffice) -> None:
    mailing = desk.start()
    refusals = []

    def second_window(_progress: object) -> None:
        with pytest.raises(MailError, match="Another window") as caught:
            desk.run(mailing)
        refusals.append(caught.value)

    desk.run(mailing, progress=second_window)
    assert len(refusals) == 4
    assert set(recipients(office).values()) == {1}
