"""The bytes a server gets: read back by another parser, they say what was meant and no more."""

from __future__ import annotations

import email
import email.policy
import io
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from checkin_app.badges.codes.qr import qr_png
from checkin_app.mailing.addresses import Mailbox
from checkin_app.mailing.mail_text import FilledText
from checkin_app.mailing.message import Enclosures, Envelope, OutgoingMail, outgoing_mail

CODE = "CC9C8M21YQ3E24P546PS"
TOKEN = "0123456789abcdef" * 2
SENT_AT = datetime(2024, 5, 1, 8, 30, tzinfo=UTC)
LONG_NAME = "Παναγιώτης-Κωνσταντίνος Παπαδημητρίου-Χατζηκωνσταντίνου του Αλεξάνδρου"
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n"


def made(
    name: str = "Anna Nowák",
    subject: str = "Your ticket",
    *,
    address: str = "anna@example.org",
    paragraphs: tuple[str | None, ...] = ("Dear Anna,", None, "Kind regards"),
    sender: str = 'Team, "ECCP"',
) -> OutgoingMail:
    envelope = Envelope(
        Mailbox(sender, "team@example.org"),
        Mailbox(name, address),
        TOKEN,
        SENT_AT,
        "answers@example.org",
    )
    enclosures = Enclosures(qr_png(CODE), b"%PDF-1.4 " + bytes(range(256)), "ticket.pdf", CALENDAR)
    return outgoing_mail(envelope, FilledText(subject, paragraphs), CODE, enclosures)


def parsed(mail: OutgoingMail) -> EmailMessage:
    message = email.message_from_bytes(mail.content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def header(mail: OutgoingMail, name: str) -> str:
    """By the older decoder: the newer one joins long encoded names with blanks in between."""
    return str(make_header(decode_header(email.message_from_bytes(mail.content)[name])))


def test_the_head_says_who_when_and_that_nobody_waits_for_an_answer() -> None:
    mail = made()
    message = parsed(mail)
    assert message["From"].addresses[0].display_name == 'Team, "ECCP"'
    assert message["To"].addresses[0].addr_spec == mail.recipient == "anna@example.org"
    assert message["Reply-To"] == "answers@example.org"
    assert message["Message-ID"] == f"<{TOKEN}@example.org>"
    assert message["Date"].datetime == SENT_AT
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["MIME-Version"] == "1.0"


def test_text_html_code_ticket_and_invitation_lie_where_mail_programs_look() -> None:
    message = parsed(made())
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
        "text/calendar",
    ]
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert page is not None
    assert "CC9C 8M21 YQ3E 24P5 46PS" in text.get_content()
    picture = next(part for part in message.walk() if part.get_content_type() == "image/png")
    assert f'src="cid:{picture["Content-ID"][1:-1]}"' in page.get_content()
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.get_content())))
    assert code.text == CODE
    ticket, calendar = message.iter_attachments()
    assert ticket.get_filename() == "ticket.pdf"
    assert ticket.get_content().endswith(bytes(range(256)))
    assert calendar.get_param("method") == "PUBLISH"
    assert calendar.get_content() == CALENDAR


def test_a_mail_without_a_place_for_the_code_has_no_picture() -> None:
    kinds = [part.get_content_type() for part in parsed(made(paragraphs=("Hello",))).walk()]
    assert "image/png" not in kinds


def test_every_server_takes_its_lines() -> None:
    mail = made(LONG_NAME, "Ο κωδικός σας για τη συνέλευση " * 8, paragraphs=("x" * 3000, None))
    assert mail.content.isascii()
    assert b"\n" not in mail.content.replace(b"\r\n", b"")
    assert max(map(len, mail.content.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    "name",
    [
        LONG_NAME, "Anna", "", "Nowák, Anna (Dr)", '"Anna" <x@y.eu>', "Brzęczyszczykiewicz " * 6,
        "ალექსანდრე ჯავახიშვილი", "李小龍", "محمد بن سلمان", "=?utf-8?q?Anna?=",
    ],
)  # fmt: skip
def test_names_of_all_alphabets_arrive(name: str) -> None:
    mail = made(name)
    arrived = header(mail, "To")
    assert arrived.endswith("anna@example.org>" if name else "anna@example.org")
    for word in name.replace('"', " ").replace("=?utf-8?q?Anna?=", "Anna").split():
        assert word in arrived


@pytest.mark.parametrize(
    "name",
    ["a" * 80 + " " + "b" * 80, "; " + "a" * 80, "Nowák, " + "a" * 80, "a" * 1100, "é" * 300],
)
def test_no_name_breaks_the_head_of_a_mail(name: str) -> None:
    mail = made(name, f"Ticket for {name}", sender=name)
    message = email.message_from_bytes(mail.content)
    for field, address in (("To", "anna@example.org"), ("From", "team@example.org")):
        found = getaddresses([message[field].replace("\r\n", "")])
        assert [one for _name, one in found] == [address]
    assert message["Subject"]
    assert message.is_multipart()
    assert max(map(len, mail.content.split(b"\r\n"))) <= 998


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_nothing_of_a_list_becomes_a_header(name: str, subject: str, sender: str) -> None:
    injected = "\r\nBcc: all@example.org\r\n\r\nSpam"
    plain = {key.lower() for key in email.message_from_bytes(made().content)}
    mail = made(name + injected + name, subject + injected + subject, sender=sender + injected)
    message = email.message_from_bytes(mail.content)
    assert {key.lower() for key in message} == plain
    assert mail.recipient == "anna@example.org"
    assert all("Bcc" not in part for part in message.walk())


def test_letters_before_the_at_ask_for_a_server_that_takes_them() -> None:
    mail = made(address="άννα@example.org")
    assert mail.needs_utf8
    assert not made().needs_utf8
    assert "άννα@example.org" in mail.content.decode()
