"""The finished PDF as a reader of the paper sees it: rendered, decoded, and its text extracted."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.document import BadgeDocument, write_badges
from checkin_app.badges.layouts.built_in import built_in_layout
from checkin_app.badges.preflight.inspector import check
from checkin_app.badges.tickets import TicketPress
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.imposition import Imposition
from checkin_app.domain.badges.stock import A6_ON_A4, A6_SINGLE, CARD_ON_A4, EVERYDAY, Stock
from checkin_app.domain.programme import Event, Session
from checkin_app.domain.tickets.codes import code_from_bits
from checkin_app.errors import BadgeError, Cancelled, CheckinError

MEETING = Event("European Meeting", "Europe/Brussels", date(2024, 5, 6), date(2024, 5, 6))
NAMES = (
    ("Małgorzata Agnieszka", "Brzęczyszczykiewicz-Dąbrowska"),
    ("Παναγιώτα", "Παπαδοπούλου-Κωνσταντινίδου"),
    ("Kristina", "Šermukšnytė-Alesiūnienė"),
    ("Lukas", "Nögel"),
    ("Володимир", "Їжаківський"),
    ("Mihăiță", "Ștefănescu"),
    ("Guðrún Þorbjörg", "Sigurðardóttir"),
    ("Ġorġ", "Ħaż-Żebbuġ"),
    ("Nguyễn Thị", "Ở Phượng"),
    ("Tom (Toto)", "O’Neill \\ Ávila"),
    ("", "Madonna"),
)


def people(count: int = len(NAMES)) -> list[Attendee]:
    """Attendees with the names above, over and over, each with a code of its own."""
    return [
        Attendee(
            id=f"{number:032x}",
            code=code_from_bits((number + 1) * 0x9E3779B97F4A7C15F39CC06 % 2**100),
            first_name=NAMES[number % len(NAMES)][0],
            last_name=NAMES[number % len(NAMES)][1],
            organisation=f"Organisation {number}",
            category=("speaker", "participant", "press")[number % 3],
        )
        for number in range(count)
    ]


def plan(stock: Stock = CARD_ON_A4, imposition: Imposition | None = None) -> BadgePlan:
    return BadgePlan(built_in_layout(), stock, MEETING, imposition or Imposition())


def written(path: Path, attendees: Sequence[Attendee], stock: Stock) -> BadgeDocument:
    return write_badges(path / "badges.pdf", attendees, plan(stock))


def codes_on(page: pypdfium2.PdfPage, dpi: int = 150) -> dict[str, zxingcpp.Barcode]:
    image = page.render(scale=dpi / 72, grayscale=True).to_pil()
    return {found.text: found for found in zxingcpp.read_barcodes(image)}


def letters(text: str) -> str:
    """Text without the blanks and line ends in which extraction may differ.

    PDFium reports a hyphen at the end of a line as U+0002.
    """
    return re.sub(r"\s", "", text.replace("\x02", "-"))


@pytest.mark.parametrize("stock", EVERYDAY, ids=lambda stock: stock.name)
def test_every_code_is_read_back_from_its_slot(tmp_path: Path, stock: Stock) -> None:
    document = written(tmp_path, people(), stock)
    with pypdfium2.PdfDocument(document.file) as pdf:
        assert len(pdf) == document.sheets
        read = [codes_on(page) for page in pdf]
    for slot in document.slots:
        code = read[slot.page][slot.codes[0]]
        assert code.ec_level == "M"
        left_mm = code.position.top_left.x * 25.4 / 150
        top_mm = code.position.top_left.y * 25.4 / 150
        assert slot.box.x_mm < left_mm < slot.box.right_mm
        assert slot.box.y_mm < top_mm < slot.box.bottom_mm
    assert [slot.codes for slot in document.slots] == [(one.code,) for one in people()]


@pytest.mark.parametrize("stock", EVERYDAY, ids=lambda stock: stock.name)
def test_the_text_copied_from_the_pdf_is_the_name(tmp_path: Path, stock: Stock) -> None:
    document = written(tmp_path, people(), stock)
    with pypdfium2.PdfDocument(document.file) as pdf:
        text = letters("".join(page.get_textpage().get_text_bounded() for page in pdf))
    for person in people():
        assert letters(person.full_name) in text
        assert letters(person.organisation) in text


@pytest.mark.parametrize(
    ("stock", "size_mm"),
    [(CARD_ON_A4, (210, 297)), (A6_ON_A4, (210, 297)), (A6_SINGLE, (105, 148))],
)
def test_pages_have_the_size_of_the_paper(
    tmp_path: Path, stock: Stock, size_mm: tuple[float, float]
) -> None:
    document = written(tmp_path, people(3), stock)
    with pypdfium2.PdfDocument(document.file) as pdf:
        width_pt, height_pt = pdf[0].get_size()
    assert (width_pt * 25.4 / 72, height_pt * 25.4 / 72) == pytest.approx(size_mm, abs=0.01)


def test_every_font_is_embedded(tmp_path: Path) -> None:
    content = written(tmp_path, people(), CARD_ON_A4).file.read_bytes()
    fonts = set(re.findall(rb"/BaseFont /(\S+)", content))
    assert fonts
    assert all(b"+Inter-" in font for font in fonts)
    assert content.count(b"/FontFile2") == len(fonts)


def test_the_same_badges_give_the_same_bytes(tmp_path: Path) -> None:
    first = written(tmp_path, people(), CARD_ON_A4).file.read_bytes()
    assert written(tmp_path, people(), CARD_ON_A4).file.read_bytes() == first


def test_the_first_slot_leaves_the_used_part_of_a_sheet_white(tmp_path: Path) -> None:
    document = write_badges(
        tmp_path / "rest.pdf", people(2), plan(imposition=Imposition(first_slot=10))
    )
    assert [(slot.page, slot.box.x_mm, slot.box.y_mm) for slot in document.slots] == [
        (0, 110, 229.5),
        (1, 15, 13.5),
    ]
    with pypdfium2.PdfDocument(document.file) as pdf:
        upper_half = pdf[0].render(scale=1, grayscale=True).to_pil().crop((0, 0, 595, 400))
        assert upper_half.getextrema() == (255, 255)


def test_cut_marks_are_drawn_outside_the_badges(tmp_path: Path) -> None:
    document = write_badges(
        tmp_path / "cut.pdf", people(1), plan(imposition=Imposition(crop_marks=True))
    )
    with pypdfium2.PdfDocument(document.file) as pdf:
        page = pdf[0].render(scale=4, grayscale=True).to_pil()
    millimetre = 4 * 72 / 25.4
    margin = page.crop((0, 0, page.width, round(13 * millimetre)))
    assert margin.getextrema()[0] < 200
    empty_slot = [round(edge * millimetre) for edge in (111, 14, 194, 67)]
    assert page.crop(tuple(empty_slot)).getextrema() == (255, 255)


def test_names_of_many_alphabets_need_more_than_one_subset_and_still_read(tmp_path: Path) -> None:
    alphabet = [chr(code) for code in (*range(0x3B1, 0x3CA), *range(0x410, 0x460))]
    alphabet += [chr(code) for code in range(0xC0, 0x180) if chr(code).isalpha() and code != 0x149]
    words = ["".join(alphabet[at : at + 8]) for at in range(0, len(alphabet), 8)]
    crowd = [Attendee(f"{at:032x}", f"C{at}", last_name=word) for at, word in enumerate(words)]
    document = written(tmp_path, crowd, CARD_ON_A4)
    with pypdfium2.PdfDocument(document.file) as pdf:
        text = letters("".join(page.get_textpage().get_text_bounded() for page in pdf))
    for word in words:
        assert word in text


def test_codes_of_other_systems_are_read_back_too(tmp_path: Path) -> None:
    codes = ["o5rvqcp2uzrmdkwv7fz2e9tb", "TKT-2024-0017", "https://example.org/t/ä?x=1", "4711"]
    crowd = [Attendee(f"{at:032x}", code, last_name="X") for at, code in enumerate(codes)]
    with pypdfium2.PdfDocument(written(tmp_path, crowd, CARD_ON_A4).file) as pdf:
        assert set(codes_on(pdf[0], 200)) == set(codes)


@settings(max_examples=40)
@given(st.lists(st.text(max_size=40), min_size=6, max_size=6))
def test_any_text_at_all_gives_a_badge_and_an_answer(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    code, first, last, organisation, role, category = texts
    person = Attendee("0" * 32, code, "", first, last, organisation, role, category=category)
    document = written(tmp_path_factory.mktemp("any"), [person], CARD_ON_A4)
    with pypdfium2.PdfDocument(document.file) as pdf:
        pdf[0].render(scale=0.5)
    check([person], plan())


def test_ten_thousand_characters_are_answered(tmp_path: Path) -> None:
    endless = "word-" * 2000
    person = Attendee("0" * 32, endless, "", endless, "x" * 10_000, endless, endless, endless)
    written(tmp_path, [person], CARD_ON_A4)
    found = check([person], plan())
    assert {"name", "organisation", "role", "country", "code"} <= {one.field for one in found}


def test_a_badge_without_a_code_is_printed_without_one(tmp_path: Path) -> None:
    crowd = [Attendee("0" * 32, "", last_name="Codeless"), Attendee("1" * 32, "x" * 3000)]
    with pypdfium2.PdfDocument(written(tmp_path, crowd, CARD_ON_A4).file) as pdf:
        assert codes_on(pdf[0]) == {}
        assert "Codeless" in pdf[0].get_textpage().get_text_bounded()


def test_progress_grows_to_the_end(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    write_badges(
        tmp_path / "badges.pdf",
        people(35),
        plan(),
        progress=lambda done, whole: seen.append((done, whole)),
    )
    assert seen == [(10, 35), (20, 35), (30, 35), (35, 35)]


def test_a_cancelled_run_leaves_no_file_and_keeps_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "badges.pdf"
    target.write_bytes(b"the last print")
    asked = iter([False, False, True])
    with pytest.raises(Cancelled):
        write_badges(
            target,
            people(50),
            plan(),
            cancelled=lambda: next(asked),
        )
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_bytes() == b"the last print"


def test_nobody_to_print_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadgeError, match="nobody"):
        written(tmp_path, [], CARD_ON_A4)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CheckinError, match="no folder"):
        written(tmp_path / "gone", people(1), CARD_ON_A4)


def test_a_folder_in_the_place_of_the_file_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "badges.pdf").mkdir()
    with pytest.raises(CheckinError, match=r"badges\.pdf"):
        written(tmp_path, people(1), CARD_ON_A4)
    assert [path.name for path in tmp_path.iterdir()] == ["badges.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_disk_that_fills_up_while_writing_leaves_no_half_file(tmp_path: Path) -> None:
    script = """
import pickle, resource, signal, sys
from pathlib import Path
from checkin_app.badges.document import write_badges
from checkin_app.errors import CheckinError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_badges(*pickle.loads(bytes.fromhex(sys.argv[1])))
except CheckinError as error:
    print(error)
"""
    arguments = (tmp_path / "badges.pdf", people(20), plan())
    told = subprocess.run(
        [sys.executable, "-c", script, pickle.dumps(arguments).hex()],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
    ).stdout
    assert told.startswith("The disk is full")
    assert list(tmp_path.iterdir()) == []


def test_badges_are_written_in_a_spawned_process(tmp_path: Path) -> None:
    arguments = (tmp_path / "badges.pdf", people(3), plan())
    with get_context("spawn").Pool(1) as pool:
        document = pool.apply(write_badges, arguments)
    assert (document.badges, document.sheets) == (3, 1)
    assert document.file.exists()


def test_a_ticket_tells_when_and_where_and_holds_the_code(tmp_path: Path) -> None:
    opens, closes = MEETING.utc(MEETING.starts_on, 12, 30), MEETING.utc(MEETING.starts_on, 13)
    event = Event(
        "European Meeting",
        "Europe/Brussels",
        date(2024, 5, 6),
        date(2024, 5, 6),
        "The Square",
        "Brussels",
        sessions=(Session("r", "Registration", opens, closes),),
    )
    (person,) = people(1)
    TicketPress(event).write(tmp_path / "ticket.pdf", person)
    with pypdfium2.PdfDocument(tmp_path / "ticket.pdf") as pdf:
        text = " ".join(pdf[0].get_textpage().get_text_bounded().split())
        read = codes_on(pdf[0], 72)
    assert set(read) == {person.code}
    code = person.code
    grouped = " ".join(code[at : at + 4] for at in range(0, 20, 4))
    for part in (
        "European Meeting",
        "6 May 2024",
        "12:30 – 13:00",
        "The Square, Brussels",
        grouped,
    ):
        assert part in text
    assert letters(person.full_name) in letters(text)


def test_one_press_makes_the_tickets_of_a_mailing(tmp_path: Path) -> None:
    press = TicketPress(MEETING)
    for person in people():
        press.write(tmp_path / f"{person.id}.pdf", person)
    for person in people():
        with pypdfium2.PdfDocument(tmp_path / f"{person.id}.pdf") as pdf:
            assert set(codes_on(pdf[0], 72)) == {person.code}
