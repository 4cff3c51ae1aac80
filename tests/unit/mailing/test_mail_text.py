"""What a mail says: placeholders filled, empty lines left out, nothing of a list read as HTML."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.mailings import MailText
from checkin_app.domain.programme import Event, Session
from checkin_app.errors import MailTextProblem
from checkin_app.mailing.mail_text import DEFAULT_TEXT, as_html, check_text, fill, plain, values_of

EVENT = Event(
    name="Assembly",
    timezone="Europe/Brussels",
    starts_on=date(2024, 5, 6),
    ends_on=date(2024, 5, 7),
    venue="The Square",
    city="Brussels",
)
WITH_AGENDA = replace(
    EVENT,
    bring="An identity card",
    sessions=(
        Session(
            "r", "Registration", EVENT.utc(EVENT.starts_on, 12, 30), EVENT.utc(EVENT.starts_on, 13)
        ),
        Session("o", "Opening", EVENT.utc(EVENT.starts_on, 13), EVENT.utc(EVENT.starts_on, 14)),
    ),
)
ANNA = Attendee("", "CC9C8M21YQ3E24P546PS", "Dr", "Anna", "Nowák", "EAPN", extra={"Diet": "vegan"})


def filled(body: str, person: Attendee = ANNA, event: Event = EVENT) -> str:
    text = MailText("Subject", body)
    check_text(text)
    return plain(fill(text, values_of(person, event, "The Team")), person.code)


def test_everything_that_is_known_is_said() -> None:
    values = values_of(ANNA, WITH_AGENDA, "The Team")
    text = fill(DEFAULT_TEXT, values)
    assert text.subject == "Your ticket for Assembly"
    said = plain(text, ANNA.code)
    for part in (
        "Dear Dr Anna Nowák,\n",
        "\n\n    CC9C 8M21 YQ3E 24P5 46PS\n\n",
        "Date: 6–7 May 2024\nRegistration opens: 12:30\nStart: 13:00\nPlace: The Square, Brussels\n"
        "Please bring: An identity card\n",
        "Kind regards\nThe Team\n",
    ):
        assert part in said


def test_what_is_not_known_leaves_no_gap() -> None:
    said = filled(DEFAULT_TEXT.body, Attendee("", "X1", last_name="Nowák"))
    assert said.startswith("Dear Nowák,\n\n")
    assert "Date: 6–7 May 2024\nPlace: The Square, Brussels\n\n" in said
    assert "bring" not in said


def test_a_column_of_the_list_is_named_as_anybody_spells_it() -> None:
    assert filled("Diet: {column:DIET}") == "Diet: vegan\n"
    assert filled("Hello\nTable: {column:Table}") == "Hello\n"


def test_line_ends_of_any_system_end_lines() -> None:
    assert filled("One\r\ntwo\r\n\r\n\r\nThree") == "One\ntwo\n\nThree\n"


@pytest.mark.parametrize(
    ("subject", "body", "said"),
    [
        ("S", "Dear {frist_name}", "Did you mean {first_name}?"),
        ("{nonsense}", "B", "There is no placeholder {nonsense}. There are title,"),
        ("S", "{}", "no placeholder {}"),
        ("S", "{column: }", "no placeholder"),
        ("S", "{0.__class__}", "no placeholder {0.__class__}"),
        (" ", "B", "no subject"),
        ("S", "\n ", "no text"),
        ("{qr}", "B", "cannot be in the subject"),
        ("S", "Code: {qr}", "line of its own"),
    ],
)
def test_a_text_that_cannot_be_filled_is_refused_with_the_reason(
    subject: str, body: str, said: str
) -> None:
    with pytest.raises(MailTextProblem) as caught:
        check_text(MailText(subject, body))
    assert said in str(caught.value)


def test_a_brace_alone_is_only_a_brace() -> None:
    assert filled("A } and a {\n}") == "A } and a {\n}\n"


def test_what_a_list_holds_cannot_name_a_placeholder_or_a_line() -> None:
    person = replace(ANNA, first_name="{code}\r\nBcc: all@example.org\u202e")
    assert filled("{first_name}", person) == "{code} Bcc: all@example.org\n"


def test_html_says_the_same_and_nothing_of_a_list_is_markup() -> None:
    person = replace(ANNA, first_name='<img src="x">', last_name="O'Neill & Co")
    text = fill(
        MailText("A & B", "Dear {full_name},\nhello\n\n{qr}\n\nSee https://example.org/?a=1&b=2."),
        values_of(person, EVENT, ""),
    )
    page = as_html(text, person.code, "cid:picture")
    assert "Dear &lt;img src=&quot;x&quot;&gt; O&#x27;Neill &amp; Co,<br>\nhello" in page
    assert '<img src="cid:picture" alt="Your code: CC9C 8M21 YQ3E 24P5 46PS"' in page
    assert '<a href="https://example.org/?a=1&amp;b=2"' in page
    assert "<title>A &amp; B</title>" in page
    assert page.count("<img") == 1
