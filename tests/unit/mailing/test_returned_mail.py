"""Mails that came back, as servers report them and as people paste them."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from checkin_app.errors import MailTextProblem
from checkin_app.mailing.returned_mail import ReturnedMail, returned_in_file, returned_in_text

TOKEN = "0123456789abcdef" * 2
POSTFIX = f"""From: MAILER-DAEMON@mail.example.org (Mail Delivery System)
To: team@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system at host mail.example.org. I'm sorry: <anna@example.org>

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
Arrival-Date: Wed, 1 May 2024 10:30:00 +0200

Final-Recipient: rfc822; Anna@example.org
Original-Recipient: rfc822;anna@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <anna@example.org>: Recipient address
    rejected: User unknown

Final-Recipient: rfc822; later@example.org
Action: delayed
Status: 4.2.2

Final-Recipient: rfc822; there@example.org
Action: delivered
Status: 2.0.0

--b
Content-Type: message/rfc822

From: team@example.org
To: anna@example.org
Subject: Your ticket
Message-ID: <{TOKEN}@example.org>

Dear Anna
--b--
"""
EXCHANGE = POSTFIX.replace("message/rfc822", "text/rfc822-headers").replace("anna@", "jo@")


def test_a_notification_names_who_was_not_reached_and_why(tmp_path: Path) -> None:
    file = tmp_path / "returned.eml"
    file.write_text(POSTFIX)
    reason = "550 5.1.1 <…>: Recipient address rejected: User unknown"
    assert returned_in_file(file) == (ReturnedMail("anna@example.org", reason, TOKEN),)


def test_a_notification_with_headers_only_is_understood(tmp_path: Path) -> None:
    file = tmp_path / "returned.eml"
    file.write_bytes(EXCHANGE.replace("\n", "\r\n").encode())
    (found,) = returned_in_file(file)
    assert (found.address, found.token) == ("jo@example.org", TOKEN)


def test_a_mailbox_holds_many(tmp_path: Path) -> None:
    file = tmp_path / "returned.mbox"
    mails = (POSTFIX, "Subject: Holiday\n\nI am away: nobody@example.org\n", EXCHANGE, POSTFIX)
    file.write_text("".join(f"From MAILER-DAEMON Wed May  1 10:30:00 2024\n{m}\n" for m in mails))
    assert [one.address for one in returned_in_file(file)] == ["anna@example.org", "jo@example.org"]
    file.rename(tmp_path / "returned")
    assert len(returned_in_file(tmp_path / "returned")) == 2


def test_a_notification_of_exim_is_understood(tmp_path: Path) -> None:
    file = tmp_path / "returned.eml"
    head = "X-Failed-Recipients: anna@example.org\nSubject: Mail delivery failed\n\n"
    file.write_text(f"{head}The following address(es) failed:\n\n  anna@example.org\n")
    assert returned_in_file(file) == (ReturnedMail("anna@example.org"),)


@pytest.mark.parametrize("name", ["deep.eml", "deep.mbox"])
def test_parts_nested_without_end_name_nobody_and_hide_no_other_mail(
    name: str, tmp_path: Path
) -> None:
    deep = "From: anna@example.org\n" + "Content-Type: message/rfc822\n\n" * 5000
    mails = (deep, POSTFIX) if name.endswith("mbox") else (deep,)
    start = "From MAILER-DAEMON Wed May  1 10:30:00 2024\n" if name.endswith("mbox") else ""
    (tmp_path / name).write_text("".join(f"{start}{mail}\n" for mail in mails))
    found = [one.address for one in returned_in_file(tmp_path / name)]
    assert found == ["anna@example.org"] * (len(mails) - 1)


def test_a_huge_mail_is_read_no_further_than_a_notification_reaches(tmp_path: Path) -> None:
    file = tmp_path / "huge.eml"
    file.write_bytes(POSTFIX.encode() + b"AAAA\n" * 4_000_000)
    tracemalloc.start()
    (found,) = returned_in_file(file)
    _now, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.token == TOKEN
    assert most_bytes < 60_000_000


def test_a_mail_that_is_no_notification_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "holiday.eml"
    file.write_text("From: anna@example.org\nSubject: Away\n\nI am away.\n")
    assert returned_in_file(file) == ()


def test_addresses_of_a_text_are_taken(tmp_path: Path) -> None:
    text = "anna@example.org\nJo <jo@example.org>\n\nanna@example.org"
    expected = (ReturnedMail("anna@example.org"), ReturnedMail("jo@example.org"))
    assert returned_in_text(text) == expected
    file = tmp_path / "addresses.txt"
    file.write_text(text, encoding="utf-8-sig")
    assert returned_in_file(file) == expected


@pytest.mark.parametrize("content", [b"", b"\xff\x00" * 500, POSTFIX.encode()[:900], b"From \n"])
@pytest.mark.parametrize("name", ["broken.eml", "broken.mbox", "broken.txt"])
def test_a_damaged_file_names_nobody(content: bytes, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert {one.address for one in returned_in_file(tmp_path / name)} <= {
        "anna@example.org", "team@example.org", "mailer-daemon@mail.example.org",
        "later@example.org", "there@example.org",
    }  # fmt: skip


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(MailTextProblem, match="cannot be read"):
        returned_in_file(tmp_path / "no.eml")
