"""All documents by one door: what there is, and how one is wished for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.reports.pages_file import WHOLE, Writing
from checkin_app.services.documents import (
    write_attendance_list,
    write_no_show_list,
    write_signature_list,
)
from checkin_app.services.paper_list import write_paper_list
from checkin_app.storage.event_file import EventFile


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


def make_document(
    event_file: EventFile, path: Path, wish: DocumentWish, writing: Writing = WHOLE
) -> int:
    """Make a document as PDF, or a folder of them.

    Returns:
        how many people it names.

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
    return write(event_file, path, shown, writing=writing)


def _make_certificates(
    event_file: EventFile, path: Path, wish: DocumentWish, writing: Writing
) -> int:
    # Drawing by layouts takes a fifth of a second to import, and the other documents need none.
    from checkin_app.services.certificates import CertificateChoices, write_certificates

    return write_certificates(
        event_file,
        path,
        CertificateChoices(wish.check_in_list, wish.layout, wish.signature, wish.signed_by),
        one_file=wish.one_file,
        writing=writing,
    )
