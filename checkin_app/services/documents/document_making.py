"""All documents by one door: what there is, and how one is wished for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.reports.pages_file import WHOLE, Writing
from checkin_app.services.documents.attendance_documents import (
    write_attendance_list,
    write_no_show_list,
    write_signature_list,
)
from checkin_app.services.documents.paper_list import write_paper_list
from checkin_app.storage.event_file import EventFile

_NAMES_TOLD = 5


class DocumentKind(StrEnum):
    """The documents there are."""

    ATTENDANCE = "attendance"
    SIGNATURES = "signatures"
    NO_SHOWS = "no-shows"
    PAPER_LIST = "paper-list"
    CERTIFICATES = "certificates"


@dataclass(frozen=True, slots=True)
class DocumentWish:
    """One document as it is wanted; what a kind has no use for is passed over.

    Attributes:
        check_in_list: whose arrivals are meant; None: those of the registration desk, and for
            no-shows and certificates those of all lists.
        after: of signatures: only those who came, with their times.
        per_day: of attendance and signatures: one list for each day of the event.
        layout: of certificates: a layout file (.toml); None: the program's.
        signature: of certificates: a picture of the signature.
        signed_by: of certificates: who signs, name and position.
        one_file: of certificates: one PDF for all, not one for each person.
    """

    kind: DocumentKind
    check_in_list: CheckInList | None = None
    after: bool = False
    per_day: bool = False
    layout: Path | None = None
    signature: Path | None = None
    signed_by: str = ""
    one_file: bool = False

    @property
    def is_folder(self) -> bool:
        """Whether a folder of files is made, not one file."""
        return self.kind is DocumentKind.CERTIFICATES and not self.one_file


@dataclass(frozen=True, slots=True)
class Made:
    """What was made.

    Attributes:
        count: of the people it names, or of the rows of a list.
        remark: what somebody should look at, or empty.
    """

    count: int
    remark: str = ""


def make_document(
    event_file: EventFile, path: Path, wish: DocumentWish, writing: Writing = WHOLE
) -> Made:
    """Make a document as PDF, or a folder of them.

    Raises:
        UsageError: there is nobody to make it for, or a file that was named cannot be read.
        BadgeError: the layout of the certificates cannot be used.
        CheckinError: the file cannot be written.
        Cancelled: ``writing`` said so.
    """
    shown = wish.check_in_list
    match wish.kind:
        case DocumentKind.ATTENDANCE:
            write = partial(write_attendance_list, per_day=wish.per_day)
        case DocumentKind.SIGNATURES:
            write = partial(write_signature_list, after=wish.after, per_day=wish.per_day)
        case DocumentKind.NO_SHOWS:
            write = partial(write_no_show_list)
        case DocumentKind.PAPER_LIST:
            write = partial(write_paper_list)
        case DocumentKind.CERTIFICATES:
            return _make_certificates(event_file, path, wish, writing)
    return Made(write(event_file, path, shown, writing=writing))


def _make_certificates(
    event_file: EventFile, path: Path, wish: DocumentWish, writing: Writing
) -> Made:
    # Drawing by layouts takes a fifth of a second to import, and the other documents need none.
    from checkin_app.services.documents.certificates import CertificateChoices, write_certificates

    certificates = write_certificates(
        event_file,
        path,
        CertificateChoices(wish.check_in_list, wish.layout, wish.signature, wish.signed_by),
        one_file=wish.one_file,
        writing=writing,
    )
    return Made(certificates.made, _doubts(certificates.doubtful))


def _doubts(people: Sequence[Attendee]) -> str:
    if not people:
        return ""
    names = ", ".join(person.full_name for person in people[:_NAMES_TOLD])
    more = f" and {len(people) - _NAMES_TOLD} more" if len(people) > _NAMES_TOLD else ""
    return (
        "Look at these before they are handed out, a text is too long or has a letter that no"
        f" font has: {names}{more}."
    )
