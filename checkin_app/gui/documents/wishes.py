"""What is wanted, in one piece: a document, or a list for a spreadsheet. No Qt: for processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.reports.pages_file import Writing
from checkin_app.services.documents.document_making import DocumentWish, Made, make_document
from checkin_app.services.documents.exports import Export, export, first_rows
from checkin_app.storage.event_file import EventFile

MOST_PAGES_SHOWN = 12
_ROWS_SHOWN = 40
MANY_PEOPLE = 3000
"""Drawing so many in a thread would make the window stutter; a process takes half a second."""


@dataclass(frozen=True, slots=True)
class ListWish:
    """A list for a spreadsheet.

    Attributes:
        check_in_list: whose arrivals are meant; None: those of all lists.
        ending: of the file: .xlsx, .csv or .json.
        delimiter: of a CSV file; empty: the one this computer's spreadsheets expect.
    """

    what: Export
    check_in_list: CheckInList | None = None
    ending: str = ".xlsx"
    delimiter: str = ""


Wish = ListWish | DocumentWish


@dataclass(frozen=True, slots=True)
class TableLook:
    """The first rows of a list."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class PagesLook:
    """The first pages of a document, in a file."""

    file: Path
    pages: int
    height_to_width: float


class TooMany(Exception):
    """The people are so many that a process has to draw them."""


def look_here(
    event_file: EventFile, wish: Wish, file: Path, most_people: int = MANY_PEOPLE
) -> TableLook | PagesLook:
    """The beginning of what is wished for.

    Args:
        most_people: of so many, documents are drawn here.

    Raises:
        TooMany: it is for ``look_in_process``.
        CheckinError: it cannot be made; the message says why.
    """
    if isinstance(wish, ListWish):
        return TableLook(*first_rows(event_file, wish.what, wish.check_in_list, _ROWS_SHOWN))
    people, _last = event_file.people_mark()
    if people > most_people:
        raise TooMany
    return _draw(event_file, wish, file, Writing(most_pages=MOST_PAGES_SHOWN))


def look_in_process(
    event_path: Path,
    wish: DocumentWish,
    file: Path,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> PagesLook:
    """As ``look_here``, for a process of its own."""
    with EventFile(event_path) as event_file:
        writing = Writing(most_pages=MOST_PAGES_SHOWN, progress=progress, cancelled=cancelled)
        return _draw(event_file, wish, file, writing)


def make_in_process(
    event_path: Path,
    wish: Wish,
    path: Path,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Made:
    """Make what is wished for."""
    with EventFile(event_path) as event_file:
        if isinstance(wish, DocumentWish):
            writing = Writing(progress=progress, cancelled=cancelled)
            return make_document(event_file, path, wish, writing)
        total, _last = event_file.people_mark()
        rows = export(
            event_file,
            path,
            wish.what,
            wish.check_in_list,
            delimiter=wish.delimiter,
            progress=lambda done: progress(done, max(done, total)),
            cancelled=cancelled,
        )
        return Made(rows)


def _draw(event_file: EventFile, wish: DocumentWish, file: Path, writing: Writing) -> PagesLook:
    import pypdfium2

    from checkin_app.pdfium_lock import PDFIUM_LOCK

    make_document(event_file, file, replace(wish, one_file=True), writing)
    with PDFIUM_LOCK:
        document = pypdfium2.PdfDocument(file)
        try:
            width, height = document[0].get_size()
            return PagesLook(file, len(document), height / width)
        finally:
            document.close()
