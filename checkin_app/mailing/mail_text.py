"""The text of a mail with ``{placeholders}`` → its paragraphs for one person, and HTML of them.

A line whose placeholders all have nothing to say is left out. ``{qr}`` on a line of its own is the
place of the person's code.
"""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.event_times import registration_opens, start_time
from checkin_app.domain.language.spoken_dates import days_text
from checkin_app.domain.language.text import clean_line
from checkin_app.domain.mailings import MailText
from checkin_app.domain.programme import Event
from checkin_app.domain.tickets.codes import is_our_code
from checkin_app.errors import MailTextProblem

PERSON_FIELDS = (
    "title", "first_name", "last_name", "full_name", "organisation", "role", "country", "category",
    "code",
)  # fmt: skip
EVENT_FIELDS = (
    "event", "date", "registration_opens", "start", "venue", "city", "place", "bring", "sender"
)  # fmt: skip
QR = "qr"
FIELDS = (*PERSON_FIELDS, *EVENT_FIELDS, QR)
_COLUMN = "column:"

DEFAULT_TEXT = MailText(
    subject="Your ticket for {event}",
    body="""Dear {title} {first_name} {last_name},

thank you for registering. This is your ticket for {event}:

{qr}

Date: {date}
Registration opens: {registration_opens}
Start: {start}
Place: {place}
Please bring: {bring}

Show the code above at the registration desk, on your telephone or on paper: you are checked in at \
once and get your badge. The code is yours alone; please do not pass it on.

If you cannot come, please answer this mail, so that somebody else can have your place.

Kind regards
{sender}
""",
)

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")
_GROUP = 4


@dataclass(frozen=True, slots=True)
class FilledText:
    """A mail's text for one person.

    Attributes:
        paragraphs: plain text each, line breaks kept; None is the place of the code.
    """

    subject: str
    paragraphs: tuple[str | None, ...]


def check_text(text: MailText) -> None:
    """Whether a text can be filled.

    Raises:
        MailTextProblem: it names a placeholder that there is not, or has no subject or body.
    """
    if not text.subject.strip():
        raise MailTextProblem("The mail has no subject. Write one.")
    if not text.body.strip():
        raise MailTextProblem("The mail has no text. Write one.")
    for name in _PLACEHOLDER.findall(f"{text.subject}\n{text.body}"):
        _check_name(name)
    if f"{{{QR}}}" in text.subject:
        raise MailTextProblem("The place of the code, {qr}, cannot be in the subject.")
    if any(f"{{{QR}}}" in line and line.strip() != f"{{{QR}}}" for line in _lines(text.body)):
        raise MailTextProblem("The place of the code, {qr}, must be a line of its own.")


def values_of(attendee: Attendee, event: Event, sender: str) -> dict[str, str]:
    """What the placeholders stand for."""
    columns = {f"{_COLUMN}{name}".casefold(): text for name, text in attendee.extra.items()}
    of_person = {
        "title": attendee.title,
        "first_name": attendee.first_name,
        "last_name": attendee.last_name,
        "full_name": attendee.full_name,
        "organisation": attendee.organisation,
        "role": attendee.role,
        "country": attendee.country,
        "category": attendee.category,
        "code": code_to_read(attendee.code),
    }
    return {
        name: clean_line(text)
        for name, text in (columns | of_person | _of_event(event, sender)).items()
    }


def fill(text: MailText, values: Mapping[str, str]) -> FilledText:
    """The text for one person.

    Args:
        text: one that ``check_text`` takes.
    """
    paragraphs: list[str | None] = []
    lines: list[str] = []
    for line in (*_lines(text.body), ""):
        is_code = line.strip() == f"{{{QR}}}"
        if (is_code or not line.strip()) and lines:
            paragraphs.append("\n".join(lines))
            lines = []
        if is_code:
            paragraphs.append(None)
        elif line.strip() and (filled := _filled(line, values)):
            lines.append(filled)
    return FilledText(_filled(text.subject, values), tuple(paragraphs))


def plain(text: FilledText, code: str) -> str:
    """The mail as plain text."""
    shown = f"    {code_to_read(code)}"
    return "\n\n".join(shown if one is None else one for one in text.paragraphs) + "\n"


def as_html(text: FilledText, code: str, picture: str) -> str:
    """The mail as HTML.

    Args:
        picture: the address of the picture of the code.
    """
    parts = "\n".join(_html_paragraphs(text.paragraphs, code, picture))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(text.subject)}</title>\n</head>\n"
        '<body style="margin:0;padding:24px;background:#ffffff;color:#12161f;'
        "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"
        'font-size:16px;line-height:1.5">\n'
        f'<div style="max-width:560px;margin:0 auto">\n{parts}\n</div>\n</body>\n</html>\n'
    )


def code_to_read(code: str) -> str:
    """A code as people read it aloud: ours in groups of four, others as they came."""
    if not is_our_code(code):
        return code
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def _html_paragraphs(paragraphs: Iterable[str | None], code: str, picture: str) -> Iterable[str]:
    for paragraph in paragraphs:
        if paragraph is not None:
            lines = "<br>\n".join(_linked(line) for line in paragraph.split("\n"))
            yield f'<p style="margin:0 0 16px">{lines}</p>'
            continue
        shown = html.escape(code_to_read(code))
        yield (
            '<p style="margin:0 0 16px;text-align:center">'
            f'<img src="{html.escape(picture)}" alt="Your code: {shown}" width="240" height="240"'
            ' style="width:240px;height:240px;background:#ffffff"><br>\n'
            '<span style="font-family:Consolas,Menlo,monospace;letter-spacing:1px">'
            f"{shown}</span></p>"
        )


def _linked(line: str) -> str:
    parts, at = [], 0
    for link in _LINK.finditer(line):
        address = html.escape(link.group())
        parts.append(html.escape(line[at : link.start()]))
        parts.append(f'<a href="{address}" style="color:#1f4e8c">{address}</a>')
        at = link.end()
    return "".join((*parts, html.escape(line[at:])))


def _of_event(event: Event, sender: str) -> dict[str, str]:
    return {
        "event": event.name,
        "date": days_text(event.starts_on, event.ends_on),
        "registration_opens": registration_opens(event),
        "start": start_time(event),
        "venue": event.venue,
        "city": event.city,
        "place": ", ".join(filter(None, (event.venue, event.city))),
        "bring": event.bring,
        "sender": sender,
    }


def _filled(line: str, values: Mapping[str, str]) -> str:
    """A line with its placeholders filled; empty when it has some and none says anything."""
    names = [_key(name) for name in _PLACEHOLDER.findall(line)]
    if names and not any(values.get(name) for name in names):
        return ""
    filled = _PLACEHOLDER.sub(lambda found: values.get(_key(found.group(1)), ""), line)
    return re.sub(r" (?=[,.;:!?](\s|$))", "", " ".join(filled.split()))


def _key(name: str) -> str:
    name = name.strip()
    return name.casefold() if name.startswith(_COLUMN) else name


def _check_name(written: str) -> None:
    name = written.strip()
    if name in FIELDS or (name.startswith(_COLUMN) and name.removeprefix(_COLUMN).strip()):
        return
    near = difflib.get_close_matches(name, FIELDS, 1)
    hint = f"Did you mean {{{near[0]}}}?" if near else f"There are {', '.join(FIELDS)}."
    raise MailTextProblem(f"There is no placeholder {{{name}}}. {hint}")


def _lines(body: str) -> list[str]:
    return body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
