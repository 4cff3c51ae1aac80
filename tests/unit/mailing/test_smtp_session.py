"""What a mail server does with a mail is told apart: taken, later, refused, unsure."""

from __future__ import annotations

import contextlib

import pytest
from mail_server import PASSWORD, PostOffice, post_office, scripted, trusted

from checkin_app.errors import MailError, MailUnreachable
from checkin_app.mailing.message import OutgoingMail
from checkin_app.mailing.smtp_session import DeliveryKind, SmtpSession
from checkin_app.settings.mail_settings import MailSecurity

MAIL = OutgoingMail(
    "team@example.org",
    "anna@example.org",
    b"Subject: Ticket\r\n\r\n.begins with a stop\r\n" + b"long line\r\n" * 50_000,
)


def session(office: PostOffice, password: str = PASSWORD, **changes: object) -> SmtpSession:
    return SmtpSession(office.account(**changes), password, trusted(), timeout_s=60)


@pytest.mark.parametrize("security", [MailSecurity.STARTTLS, MailSecurity.TLS])
def test_a_mail_is_taken_over_tls_as_it_was_given(security: MailSecurity) -> None:
    with post_office(security) as office, session(office, security=security) as line:
        for _ in range(3):
            assert line.send(MAIL, lambda: True).kind is DeliveryKind.TAKEN
        assert [one.content for one in office.received] == [MAIL.content] * 3
        assert (office.received[0].sender, office.received[0].recipient) == (
            MAIL.sender,
            MAIL.recipient,
        )
        assert office.connections == 1


def test_a_mail_that_nobody_claims_is_not_handed_over() -> None:
    with post_office() as office, session(office) as line:
        assert line.send(MAIL, lambda: False).kind is DeliveryKind.NOT_CLAIMED
        assert line.send(MAIL, lambda: True).kind is DeliveryKind.TAKEN
        assert len(office.received) == 1


def test_it_is_claimed_only_when_the_server_would_take_it() -> None:
    claims = []
    with post_office() as office, session(office) as line:
        office.answer = lambda recipient, tries: "550 5.1.1 <anna@example.org>: no such user"
        delivery = line.send(MAIL, lambda: bool(claims.append(1)))
    assert delivery.kind is DeliveryKind.REFUSED
    assert delivery.reason == "550 5.1.1 <…>: no such user"
    assert claims == []


def test_a_server_that_asks_to_come_again_is_understood() -> None:
    with post_office() as office, session(office) as line:
        office.answer = lambda recipient, tries: "450 greylisted" if tries == 1 else None
        assert line.send(MAIL, lambda: True).kind is DeliveryKind.LATER
        assert line.send(MAIL, lambda: True).kind is DeliveryKind.TAKEN


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("554 spam", DeliveryKind.REFUSED), ("451 try again", DeliveryKind.LATER)],
)
def test_a_mail_refused_after_it_was_read_was_not_taken(answer: str, kind: DeliveryKind) -> None:
    with post_office() as office, session(office) as line:
        office.at_end = lambda recipient: answer
        assert line.send(MAIL, lambda: True).kind is kind


def test_a_line_cut_within_the_mail_never_means_that_it_was_taken() -> None:
    with post_office() as office, session(office) as line:
        office.cuts = ["in data"]
        # The system may have had all of so short a mail before the line broke.
        with contextlib.suppress(MailUnreachable):
            assert line.send(MAIL, lambda: True).kind is DeliveryKind.UNSURE
        assert office.received == []
        assert line.send(MAIL, lambda: True).kind is DeliveryKind.TAKEN
        assert office.connections == 2


def test_a_line_cut_before_the_answer_means_that_nobody_knows() -> None:
    with post_office() as office, session(office) as line:
        office.cuts = ["before answer"]
        assert line.send(MAIL, lambda: True).kind is DeliveryKind.UNSURE
        assert len(office.received) == 1


def test_a_wrong_password_is_said() -> None:
    with (
        post_office() as office,
        session(office, "wrong") as line,
        pytest.raises(MailError, match="did not accept the user name or the password"),
    ):
        line.open()


def test_a_password_that_cannot_be_sent_is_said() -> None:
    with (
        post_office() as office,
        session(office, "Пароль") as line,
        pytest.raises(MailError, match="letters that cannot be sent"),
    ):
        line.open()


@pytest.mark.parametrize("security", [MailSecurity.STARTTLS, MailSecurity.TLS])
def test_a_server_that_nobody_vouches_for_is_not_spoken_to(security: MailSecurity) -> None:
    with post_office(security) as office:
        line = SmtpSession(office.account(security=security), PASSWORD, timeout_s=60)
        with pytest.raises(MailError, match="could not prove") as caught:
            line.open()
        assert not isinstance(caught.value, MailUnreachable)


def test_no_password_goes_over_an_open_line() -> None:
    with (
        post_office(MailSecurity.NONE) as office,
        pytest.raises(MailError, match="anybody can read"),
    ):
        session(office, security=MailSecurity.NONE).open()


def test_a_server_of_the_house_needs_no_log_in() -> None:
    with (
        post_office(MailSecurity.NONE) as office,
        session(office, security=MailSecurity.NONE, user="") as line,
    ):
        assert line.send(MAIL, lambda: True).kind is DeliveryKind.TAKEN


def test_a_server_without_starttls_is_not_trusted_to_go_on_openly() -> None:
    with (
        post_office(MailSecurity.NONE) as office,
        session(office) as line,
        pytest.raises(MailError, match="does not offer STARTTLS"),
    ):
        line.open()


def test_tls_at_the_port_of_starttls_is_explained() -> None:
    with (
        post_office() as office,
        session(office, security=MailSecurity.TLS) as line,
        pytest.raises(MailError, match="587"),
    ):
        line.open()


def test_nobody_there_is_said() -> None:
    office = PostOffice(port=1)
    with session(office) as line, pytest.raises(MailUnreachable, match="does not answer"):
        line.open()
    for host in ("no-such-host.invalid", "mail..example", "m" * 300):
        with (
            session(office, host=host) as line,
            pytest.raises(MailUnreachable, match="to be found"),
        ):
            line.open()


def test_a_sender_whom_the_server_does_not_take_stops_everything() -> None:
    with post_office() as office, session(office) as line:
        office.at_sender = lambda: "550 not your address"
        with pytest.raises(MailError, match="550 not your address") as caught:
            line.send(MAIL, lambda: True)
        assert not isinstance(caught.value, MailUnreachable)
        office.at_sender = lambda: "451 too many mails"
        with pytest.raises(MailUnreachable, match="too many mails"):
            line.send(MAIL, lambda: True)


def test_letters_of_any_alphabet_before_the_at_need_a_server_that_takes_them() -> None:
    mail = OutgoingMail(
        "team@example.org", "άννα@example.org", "Subject: Άννα\r\n\r\n".encode(), True
    )
    with post_office() as office, session(office) as line:
        assert line.send(mail, lambda: True).kind is DeliveryKind.TAKEN
        assert office.received[0].recipient == "άννα@example.org"
    with post_office(enable_SMTPUTF8=False) as office, session(office) as line:
        delivery = line.send(mail, lambda: True)
        assert delivery.kind is DeliveryKind.REFUSED
        assert "SMTPUTF8" in delivery.reason


AUTH = "250-hello\n250 AUTH PLAIN"


@pytest.mark.parametrize(
    ("security", "answers", "said"),
    [
        (
            MailSecurity.NONE,
            ("554 5.7.1 Your network is blocked",),
            "turned this computer away.*554",
        ),
        (MailSecurity.NONE, ("421 4.3.2 busy",), "turned this computer away.*some minutes"),
        (MailSecurity.NONE, ("HTTP/1.1 400 Bad Request",), "does not answer"),
        (
            MailSecurity.STARTTLS,
            ("220 hi", "250-hello\n250 STARTTLS", "454 4.7.0 TLS not available"),
            "turned this computer away.*454 4.7.0 TLS not available",
        ),
    ],
)
def test_a_server_that_turns_us_away_is_heard(
    security: MailSecurity, answers: tuple[str, ...], said: str
) -> None:
    with (
        scripted(*answers) as office,
        session(office, security=security, user="") as line,
        pytest.raises(MailError, match=said),
    ):
        line.open()


@pytest.mark.parametrize(
    ("hello", "answer", "said"),
    [
        (AUTH, "534 5.7.9 Application-specific password required", "made for one program only"),
        (AUTH, "535 5.7.139 Authentication unsuccessful", "authenticated SMTP"),
        (AUTH, "535 5.7.8 Error: bad credentials", "did not accept .*535 5.7.8 Error"),
        (AUTH, "454 4.7.0 Temporary authentication failure", "Try again in some minutes"),
        ("250-hello\n250 AUTH XOAUTH2", "", "does not offer a log-in by password"),
        ("250 hello", "", "does not offer a log-in by password"),
    ],
)
def test_a_log_in_that_fails_says_what_to_change(hello: str, answer: str, said: str) -> None:
    with (
        scripted("220 hi", hello, *filter(None, [answer]), is_tls=True) as office,
        session(office, security=MailSecurity.TLS) as line,
        pytest.raises(MailError, match=said),
    ):
        line.open()
