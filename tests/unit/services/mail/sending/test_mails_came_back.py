"""Mails that came back: whose they were, and that their tickets count as not sent."""

from __future__ import annotations

from pathlib import Path

from mail_server import PostOffice
from mailing_desk import (
    MailingDesk,
    guests,
    ids,
    mailing_desk,
    sent,
)

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.mailings import MailState
from checkin_app.mailing.returned_mail import ReturnedMail, returned_in_text
from checkin_app.services.mail.bounces import note_bounces
from checkin_app.services.mail.mail_choice import MailChoice


def test_mails_that_came_back_take_the_ticket_back(tmp_path: Path, office: PostOffice) -> None:
    people = [*guests(3), Attendee("", first_name="Second", email="guest0@example.org")]
    with mailing_desk(tmp_path, office, people) as desk:
        desk.run(desk.start(MailChoice(ids=ids(desk)[:2] + ids(desk)[3:])))
        desk.clock.forward(3600)
        report = note_bounces(
            desk.event_file,
            "Office",
            desk.clock(),
            returned_in_text("GUEST0@example.org, guest2@example.org, nobody@example.org"),
        )
        assert [person.first_name for person in report.noted] == ["Guest 0", "Second"]
        assert [person.first_name for person in report.not_sent] == ["Guest 2"]
        assert report.unknown == ("nobody@example.org",)
        assert sent(desk) == [False, True, False, False]
        assert {t.job.state for t in desk.mailings.not_reached()} == {MailState.BOUNCED}
        again = note_bounces(
            desk.event_file, "Office", desk.clock(), returned_in_text("guest0@example.org")
        )
        assert again.noted == ()
        assert desk.event_file.verify().ok


def test_a_mail_that_came_back_from_another_address_is_known_by_its_token(
    desk: MailingDesk, office: PostOffice
) -> None:
    desk.run(desk.start())
    mail = office.received[1]
    token = mail.parsed()["Message-ID"].removeprefix("<").partition("@")[0]
    returned = [ReturnedMail("forwarded@elsewhere.example", "550 full", token)]
    report = note_bounces(desk.event_file, "Office", desk.clock(), returned)
    assert [person.email for person in report.noted] == [mail.recipient]
    (trouble,) = desk.mailings.not_reached()
    assert trouble.job.reason == "550 full"
