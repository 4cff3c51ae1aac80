"""A mail server that does not answer holds nobody who wants to leave."""

from __future__ import annotations

from pathlib import Path

import pytest
from mail_server import PASSWORD, PostOffice, post_office, scripted, trusted
from mailing_desk import DRAFT, guests, mailing_desk

from checkin_app.domain.mailings import MailState
from checkin_app.errors import Cancelled
from checkin_app.mailing.smtp_session import SmtpSession
from checkin_app.services.mail.mail_making import MailMaker
from checkin_app.services.mail.mail_run import MailRun
from checkin_app.services.mail.mail_session import LeavableSession
from checkin_app.settings.mail_settings import MailSecurity

LONGER_THAN_ANY_TEST_S = 3600.0
HELLO = ("220 hi", "250 hello", "250 sender")


def unhurried(office: PostOffice) -> LeavableSession:
    """A session with a server that may be silent for an hour, left as soon as it is."""
    account = office.account(security=MailSecurity.NONE, user="")
    server = SmtpSession(account, timeout_s=LONGER_THAN_ANY_TEST_S)
    return LeavableSession(server, office.is_silent.is_set, patience_s=0)


def test_a_server_that_never_greets_can_be_left() -> None:
    with scripted() as office:
        session = unhurried(office)
        with pytest.raises(Cancelled):
            session.open()
        session.close()


@pytest.mark.parametrize(
    ("answers", "unsure"),
    [
        (HELLO, 0),
        ((*HELLO, "250 recipient"), 1),
        ((*HELLO, "250 recipient", "354 go ahead"), 1),
    ],
)
def test_a_mail_that_is_left_waits_or_is_unsure(
    tmp_path: Path, answers: tuple[str, ...], unsure: int
) -> None:
    """It waits as long as nobody claimed it; after that, nobody knows."""
    with scripted(*answers) as office, mailing_desk(tmp_path, office, guests(3)) as desk:
        mailing = desk.start()
        run = MailRun(
            desk.event_file,
            desk.mailings.desk,
            unhurried(office),
            6000,
            desk.clock,
            lock_folder=tmp_path,
        )
        maker = MailMaker(desk.event_file, DRAFT, office.account(), desk.clock())
        end = run.work(mailing, maker, cancelled=office.is_silent.is_set)
        assert (end.sent, end.unsure, end.waiting) == (0, unsure, 3 - unsure)
        assert not desk.event_file.mail_jobs.last_jobs(MailState.SENDING)


def test_a_session_that_nobody_leaves_is_what_it_was(tmp_path: Path) -> None:
    with post_office() as office, mailing_desk(tmp_path, office, guests(3)) as desk:
        server = SmtpSession(office.account(), PASSWORD, trusted(), timeout_s=60)
        session = LeavableSession(server, lambda: False)
        person = desk.event_file.records()[0].attendee
        maker = MailMaker(desk.event_file, DRAFT, office.account(), desk.clock())
        for _ in range(2):
            desk.mailings.send_test(session, maker, person.id, "me@example.org")
        assert [mail.recipient for mail in office.received] == ["me@example.org"] * 2
