"""Answers that mail servers really give, and whom they mean."""

from __future__ import annotations

import pytest

from checkin_app.mailing.server_answers import Meaning, advice_on, meaning_of


@pytest.mark.parametrize(
    "reason",
    [
        "550 5.1.1 … User unknown",
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
        "552 5.2.2 … mailbox full, quota exceeded",
        "452 4.2.2 The email account that you tried to reach is over quota",
        "450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents",
        "552 Requested mail action aborted: exceeded storage allocation",
        "550 No such user here",
        "554 5.7.1 … recipient rejected",
    ],
)
def test_a_persons_mailbox(reason: str) -> None:
    assert meaning_of(reason) is Meaning.ADDRESS


@pytest.mark.parametrize(
    "reason",
    [
        "550 5.4.5 Daily user sending limit exceeded. For more information on Gmail",
        "421 4.7.28 Our system has detected an unusual rate of unsolicited mail",
        "452 4.5.3 Your message has too many recipients",
        "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException",
        "550 5.1.90 Your message can't be sent because you've reached your daily limit",
        "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded",
        "550 5.7.705 Access denied, tenant has exceeded threshold",
        "454 Throttling failure: Maximum sending rate exceeded.",
        "550 Domain example.org has exceeded the max emails per hour (200/200 (100%)) allowed.",
        "450 4.7.0 Mail send limit exceeded",
        "554 5.7.1 Policy rejection: quota limit exceeded",
        "451 too many mails",
    ],
)
def test_an_account_that_has_sent_all_it_may(reason: str) -> None:
    assert meaning_of(reason) is Meaning.LIMIT


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        ("530 5.7.0 Must issue a STARTTLS command first", "Choose STARTTLS or TLS"),
        ("530 5.7.1 Authentication required", "Enter user and password"),
        ("554 5.7.1 …: Relay access denied", "passes no mails on"),
        ("550 5.7.60 SMTP; Client does not have permissions to send as this sender", "sender's"),
        ("553 5.7.1 Sender address rejected: not owned by user", "sender's address"),
        ("534 5.7.9 Application-specific password required", "made for one program"),
        ("535 5.7.139 SmtpClientAuthentication is disabled for the Tenant", "authenticated SMTP"),
    ],
)
def test_an_account_that_is_not_set_up_and_what_to_change(reason: str, advice: str) -> None:
    assert meaning_of(reason) is Meaning.ACCOUNT
    assert advice in advice_on(reason)


@pytest.mark.parametrize(
    "reason",
    [
        "554 5.6.0 Message rejected",
        "554 5.7.1 Message blocked as spam",
        "552 5.3.4 Message size exceeds fixed limit",
        "450 4.2.0 Greylisted, please try again in an hour",
        "554 Nein",
    ],
)
def test_what_may_mean_anything(reason: str) -> None:
    assert meaning_of(reason) is Meaning.UNCLEAR
    assert advice_on(reason)
