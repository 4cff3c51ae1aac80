"""Documents about who came, and on which day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PIL.Image import Image
from PIL.Image import new as new_picture
from pypdfium2 import PdfDocument
from settable_clock import SettableClock

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.programme import Event, Session
from checkin_app.errors import BadgeError, Cancelled, UsageError
from checkin_app.reports.pages_file import Writing
from checkin_app.services.bulk_badges.badge_choice import choose_attendees
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.documents.document_making import (
    DocumentKind,
    DocumentWish,
    Made,
    make_document,
)
from checkin_app.services.privacy.person_data import erase_person
from checkin_app.storage.event_file import EventFile

FIRST_DAY = datetime(2024, 5, 6, 8, 0, tzinfo=UTC)
SECOND_DAY = datetime(2024, 5, 7, 8, 0, tzinfo=UTC)


def pages_of(path: Path) -> list[str]:
    document = PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


@pytest.fixture
def two_days(tmp_path: Path) -> EventFile:
    """Anna comes on both days, Bea on the second, Cleo never."""
    talk = Session("s1", "Opening of the meeting", FIRST_DAY, FIRST_DAY)
    event = Event(
        "Meeting", "Europe/Brussels", date(2024, 5, 6), date(2024, 5, 7), sessions=(talk,)
    )
    lists = [CheckInList("r", "Registration"), CheckInList("d", "Door", session_id="s1")]
    people = [
        Attendee(f"{number}" * 32, code=f"C{number}", first_name=name, last_name="Bell")
        for number, name in enumerate(("Anna", "Bea", "Cleo"), 1)
    ]
    file = EventFile.create(
        tmp_path / "e.checkin", event, lists, people, desk="Organiser", now=FIRST_DAY
    )
    clock = SettableClock(FIRST_DAY)
    desk = CheckInDesk(file, "Desk 1", lists[0], clock)
    desk.check_in("1" * 32)
    desk.with_list(lists[1]).check_in("1" * 32)
    clock.now = SECOND_DAY
    desk.check_in("1" * 32)
    desk.check_in("2" * 32)
    return file


def test_a_list_for_each_day_knows_who_was_seen_on_it(two_days: EventFile, tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    wish = DocumentWish(DocumentKind.SIGNATURES, after=True, per_day=True)
    assert make_document(two_days, path, wish) == Made(2)
    first, second = pages_of(path)
    assert "Signatures: Registration, 6 May 2024" in first
    assert "Anna" in first
    assert "Bea" not in first
    assert "Signatures: Registration, 7 May 2024" in second
    assert "Anna" in second
    assert "Bea" in second
    assert "Cleo" not in first + second


def test_a_check_in_that_was_taken_back_was_no_attendance(
    two_days: EventFile, tmp_path: Path
) -> None:
    record = two_days.record("1" * 32)
    assert record is not None
    desk = CheckInDesk(two_days, "Desk 1", two_days.check_in_lists()[0], SettableClock(SECOND_DAY))
    desk.undo("1" * 32, record.check_ins["r"].entry_id)
    path = tmp_path / "list.pdf"
    wish = DocumentWish(DocumentKind.SIGNATURES, after=True, per_day=True)
    assert make_document(two_days, path, wish) == Made(1)
    assert "Nobody has come." in pages_of(path)[0]


def test_who_was_seen_by_a_check_in_that_was_taken_back_was_not_there_that_day(
    two_days: EventFile, tmp_path: Path
) -> None:
    registration = two_days.check_in_lists()[0]
    clock = SettableClock(FIRST_DAY)
    desk = CheckInDesk(two_days, "Desk 1", registration, clock)
    by_mistake = desk.check_in("3" * 32)
    desk.check_in("3" * 32)
    assert by_mistake.record is not None
    desk.undo("3" * 32, by_mistake.record.check_ins["r"].entry_id)
    clock.now = SECOND_DAY
    desk.check_in("3" * 32)
    path = tmp_path / "list.pdf"
    wish = DocumentWish(DocumentKind.SIGNATURES, after=True, per_day=True)
    assert make_document(two_days, path, wish) == Made(3)
    first, second = pages_of(path)
    assert "Cleo" not in first
    assert "Cleo" in second


@pytest.mark.parametrize("kind", DocumentKind)
def test_somebody_who_was_erased_is_on_no_list(
    two_days: EventFile, tmp_path: Path, kind: DocumentKind
) -> None:
    path = tmp_path / "list.pdf"
    before = make_document(two_days, path, DocumentWish(kind, one_file=True)).count
    erase_person(two_days, "Organiser", SECOND_DAY, "3" * 32)
    erase_person(two_days, "Organiser", SECOND_DAY, "2" * 32)
    after = make_document(two_days, path, DocumentWish(kind, one_file=True)).count
    gone = {DocumentKind.NO_SHOWS: 1, DocumentKind.CERTIFICATES: 1}.get(kind, 2)
    assert after == before - gone
    assert "Bea" not in "".join(pages_of(path))


def test_no_shows_are_those_who_never_came(two_days: EventFile, tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    assert make_document(two_days, path, DocumentWish(DocumentKind.NO_SHOWS)) == Made(1)
    [page] = pages_of(path)
    assert "1 of 3 did not come" in page
    assert "Bell, Cleo" in page
    door = two_days.check_in_lists()[1]
    make_document(two_days, path, DocumentWish(DocumentKind.NO_SHOWS, door))
    assert "No-shows: Door" in pages_of(path)[0]


def test_certificates_are_for_those_who_came_with_days_and_sessions(
    two_days: EventFile, tmp_path: Path
) -> None:
    path = tmp_path / "all.pdf"
    wish = DocumentWish(DocumentKind.CERTIFICATES, one_file=True, signed_by="Dr. Eva Nagy, Chair")
    assert make_document(two_days, path, wish) == Made(2)
    anna, bea = (" ".join(page.split()) for page in pages_of(path))
    for text in ("Certificate of attendance", "Anna Bell", "6–7 May 2024", "Dr. Eva Nagy, Chair"):
        assert text in anna
    assert "Sessions: Opening of the meeting" in anna
    assert "Present on" not in anna
    assert "Bea Bell" in bea
    assert "Present on 7 May 2024" in bea
    assert "Sessions" not in bea


def test_certificates_one_each_lie_in_a_folder_under_peoples_names(
    two_days: EventFile, tmp_path: Path
) -> None:
    folder = tmp_path / "certificates"
    make_document(two_days, folder, DocumentWish(DocumentKind.CERTIFICATES))
    assert sorted(file.name for file in folder.iterdir()) == ["bell-anna.pdf", "bell-bea.pdf"]


def test_a_signature_is_drawn_where_the_layout_has_its_place(
    two_days: EventFile, tmp_path: Path
) -> None:
    picture = tmp_path / "signature.png"
    new_picture("RGB", (400, 120), "navy").save(picture)
    plain, signed = tmp_path / "plain.pdf", tmp_path / "signed.pdf"
    wish = DocumentWish(DocumentKind.CERTIFICATES, one_file=True)
    make_document(two_days, plain, wish)
    make_document(
        two_days, signed, DocumentWish(DocumentKind.CERTIFICATES, one_file=True, signature=picture)
    )
    place = (850, 650, 1000, 700)
    blue = [_page_picture(path).crop(place).getextrema() for path in (plain, signed)]
    assert blue[0] != blue[1]
    picture.write_text("no picture")
    with pytest.raises(BadgeError):
        make_document(
            two_days,
            signed,
            DocumentWish(DocumentKind.CERTIFICATES, one_file=True, signature=picture),
        )
    with pytest.raises(UsageError, match="cannot be opened"):
        make_document(
            two_days,
            signed,
            DocumentWish(DocumentKind.CERTIFICATES, signature=tmp_path / "missing.png"),
        )


def _page_picture(path: Path) -> Image:
    document = PdfDocument(path)
    try:
        picture: Image = document[0].render(scale=100 / 72).to_pil()
    finally:
        document.close()
    return picture


def test_a_certificate_with_a_text_that_does_not_fit_is_named(
    two_days: EventFile, tmp_path: Path
) -> None:
    long = "Maximiliana-Theodora-Alexandra " * 12
    with two_days.transaction("Organiser", FIRST_DAY) as transaction:
        transaction.append(
            EntryKind.AMENDED, "1" * 32, payload={"changes": {"first_name": long.strip()}}
        )
    wish = DocumentWish(DocumentKind.CERTIFICATES, one_file=True)
    made = make_document(two_days, tmp_path / "all.pdf", wish)
    assert made.count == 2
    assert "Maximiliana" in made.remark
    assert "Bea" not in made.remark


def test_nobody_gets_a_certificate_before_anybody_came(
    empty_event_file: EventFile, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="Nobody has come"):
        make_document(empty_event_file, tmp_path / "c", DocumentWish(DocumentKind.CERTIFICATES))
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize("kind", [kind for kind in DocumentKind if kind != "certificates"])
def test_an_empty_event_has_its_documents_all_the_same(
    empty_event_file: EventFile, tmp_path: Path, kind: DocumentKind
) -> None:
    path = tmp_path / "list.pdf"
    assert make_document(empty_event_file, path, DocumentWish(kind)) == Made(0)
    assert "Page 1 of" in pages_of(path)[0]


@pytest.mark.parametrize("kind", DocumentKind)
def test_a_stopped_document_leaves_no_file(
    desk: CheckInDesk, sample_event_file: EventFile, tmp_path: Path, kind: DocumentKind
) -> None:
    desk.check_in(choose_attendees(sample_event_file)[0].id)
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(Cancelled):
        make_document(
            sample_event_file,
            folder / "list.pdf",
            DocumentWish(kind, one_file=True),
            Writing(cancelled=lambda: True),
        )
    assert [*folder.iterdir()] == []


@pytest.mark.parametrize("kind", DocumentKind)
def test_a_look_draws_the_first_page_only(
    desk: CheckInDesk, sample_event_file: EventFile, tmp_path: Path, kind: DocumentKind
) -> None:
    for person in choose_attendees(sample_event_file)[:3]:
        desk.check_in(person.id)
    path = tmp_path / "look.pdf"
    wish = DocumentWish(kind, one_file=True)
    make_document(sample_event_file, path, wish, Writing(most_pages=1))
    assert len(pages_of(path)) == 1
