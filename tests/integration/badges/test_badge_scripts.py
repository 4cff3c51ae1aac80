"""Names of many scripts on finished badges: what is copied from the PDF, and what is seen."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from command_line import run
from reportlab.pdfgen.canvas import Canvas

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.document import write_badges
from checkin_app.badges.layouts.built_in import built_in_layout
from checkin_app.badges.text.font_files import FontShelf
from checkin_app.badges.text.fonts import FontChoice
from checkin_app.badges.text.lettering import Lettering
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_text import Weight
from checkin_app.domain.badges.stock import CARD_ON_A4
from checkin_app.domain.programme import Event

MEETING = Event("European Meeting", "Europe/Brussels", date(2024, 5, 6), date(2024, 5, 6))
PEOPLE = (
    ("Mihăiță", "Ștefănescu-Țepeș", "Asociația Națională a Tinerilor"),
    ("Nguyễn Thị", "Ở Phượng", "Trường Đại học Hà Nội"),
    ("J\u030ca\u0301n", "x\u0303o", "Ǝm\u0323 Q\u0303"),
    ("Παναγιώτα", "Παπαδοπούλου-Κωνσταντινίδου", "Πανεπιστήμιο Αθηνών"),
    ("Володимир", "Їжаківський", "Київський національний університет"),
    ("ნინო", "ქავთარაძე", "საქართველოს ეროვნული მუზეუმი"),
    ("Հովհաննես", "Թումանյան", "Երևանի պետական համալսարան"),
    ("דוד", "בן־גוריון", "אוניברסיטת תל אביב למדעי החברה"),
    ("שָׁלוֹם", "עֲלֵיכֶם", "בית ספר"),
    ("محمد", "عبد الرحمن الإسلامي", "جامعة الدول العربية للدراسات"),
    ("لالا", "الأحمد", "مؤسسة بلا حدود"),
    ("شَادِيَة", "مُحَمَّد", "وزارة التعليم العالي"),
    ("علی\u200cرضا", "پناهیان", "دانشگاه تهران"),
)
CHINESE = Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf")
PDFTOTEXT = shutil.which("pdftotext")


def crowd(people: tuple[tuple[str, str, str], ...]) -> list[Attendee]:
    return [
        Attendee(f"{at:032x}", f"CODE-{at}", "", first, last, organisation)
        for at, (first, last, organisation) in enumerate(people)
    ]


@pytest.fixture(scope="module")
def badges(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The badges of everybody, as PDF."""
    file = tmp_path_factory.mktemp("scripts") / "badges.pdf"
    write_badges(file, crowd(PEOPLE), BadgePlan(built_in_layout(), CARD_ON_A4, MEETING))
    return file


def words(text: str) -> str:
    """Composed text with single blanks, without what a reader adds: marks of direction."""
    bare = re.sub("[\u202a-\u202c\u200e\u200f]", "", text.replace("\u0002", "-"))
    return " ".join(unicodedata.normalize("NFC", bare).split())


def copied_with_pdfium(file: Path) -> str:
    with pypdfium2.PdfDocument(file) as pdf:
        return words(" ".join(page.get_textpage().get_text_bounded() for page in pdf))


def copied_with_poppler(file: Path) -> str:
    command = [str(PDFTOTEXT), "-layout", "-enc", "UTF-8", str(file), "-"]
    return words(subprocess.run(command, check=True, capture_output=True).stdout.decode())


def not_copied(copied: str, people: tuple[tuple[str, str, str], ...]) -> Iterator[str]:
    for person in people:
        for text in person:
            yield from (word for word in re.split("(?<=-)| ", words(text)) if word not in copied)


def test_the_text_copied_in_a_browser_is_that_of_the_list(badges: Path) -> None:
    assert list(not_copied(copied_with_pdfium(badges), PEOPLE)) == []


@pytest.mark.skipif(PDFTOTEXT is None, reason="needs pdftotext (poppler-utils)")
def test_the_text_copied_with_poppler_is_that_of_the_list(badges: Path) -> None:
    assert list(not_copied(copied_with_poppler(badges), PEOPLE)) == []


@pytest.mark.parametrize("text", ["محمد عبد الرحمن الإسلامي", "דוד בן־גוריון", "(دار) «علي»"])
def test_a_line_from_right_to_left_is_copied_in_the_order_of_reading(
    tmp_path: Path, text: str
) -> None:
    assert copied_with_pdfium(drawn(tmp_path, text, right_to_left=True)) == text


@pytest.mark.skipif(not CHINESE.exists(), reason="no Chinese font: install fonts-droid-fallback")
def test_chinese_and_japanese_are_written_with_a_font_of_the_organiser(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    shutil.copy(CHINESE, fonts)
    people = (("明", "李", "中国社会科学院"), ("さくら", "田中", "東京大学"), ("𠮷", "김", "서울"))
    plan = BadgePlan(built_in_layout(), CARD_ON_A4, MEETING, fonts=fonts)
    write_badges(tmp_path / "badges.pdf", crowd(people), plan)
    assert set(not_copied(copied_with_pdfium(tmp_path / "badges.pdf"), people)) <= {"𠮷"}


def drawn(
    folder: Path, text: str, *, right_to_left: bool = False, shelf: FontShelf | None = None
) -> Path:
    """One line of text, large, at a corner of a page."""
    file = folder / "line.pdf"
    canvas = Canvas(str(file), pagesize=(600, 100), invariant=1)
    lettering = Lettering(FontChoice(shelf=shelf).font_list(Weight.REGULAR), canvas)
    canvas.addLiteral(lettering.line(text, 20.0, 40.0, 36.0, right_to_left=right_to_left))
    canvas.save()
    return file


def ink(folder: Path, text: str) -> list[int]:
    """How dark each column of pixels is, at 300 dpi."""
    with pypdfium2.PdfDocument(drawn(folder, text)) as pdf:
        image = (
            pdf[0].render(scale=300 / 72, grayscale=True).to_pil().point(lambda grey: 255 - grey)
        )
    return [sum(image.crop((x, 0, x + 1, image.height)).tobytes()) for x in range(image.width)]


@pytest.mark.parametrize(
    "letters", ["გქ", "Հթ", "אש", "مع", "Łş", "Ωψ", "Жї", "ậƠ", "x\u0303q\u030c"]
)
def test_letters_are_drawn_and_are_no_row_of_boxes(tmp_path: Path, letters: str) -> None:
    missing, first, second = (ink(tmp_path, text) for text in ("\ue123", letters[0], letters[-1]))
    assert sum(first) > 0
    assert sum(second) > 0
    assert len({tuple(missing), tuple(first), tuple(second)}) == 3


def test_joined_arabic_letters_differ_from_those_that_stand_alone(tmp_path: Path) -> None:
    joined = ink(tmp_path, "ههه")
    alone = ink(tmp_path, "ه ه ه")
    assert abs(sum(joined) - sum(alone)) > 0.1 * sum(alone)
    assert gaps(joined) == 0
    assert gaps(alone) == 2


def test_lam_and_alef_are_one_ligature(tmp_path: Path) -> None:
    apart = sum(ink(tmp_path, "ل")) + sum(ink(tmp_path, "ا"))
    assert sum(ink(tmp_path, "لا")) != pytest.approx(apart, rel=0.02)


def test_marks_are_drawn_over_their_letters(tmp_path: Path) -> None:
    for bare, marked in (("שלום", "שָׁלוֹם"), ("محمد", "مُحَمَّد"), ("xo", "x\u0303o")):
        without, with_marks = ink(tmp_path, bare), ink(tmp_path, marked)
        assert sum(with_marks) > 1.02 * sum(without)
        assert extent(with_marks) == pytest.approx(extent(without), abs=12)


def test_kerned_pairs_stand_closer(tmp_path: Path) -> None:
    (left, right) = extent(ink(tmp_path, "AV"))
    (a_left, a_right), (v_left, v_right) = extent(ink(tmp_path, "A")), extent(ink(tmp_path, "V"))
    assert right - left < (a_right - a_left) + (v_right - v_left)


def gaps(columns: list[int]) -> int:
    """The white gaps inside a line."""
    left, right = extent(columns)
    inside = columns[left : right + 1]
    return sum(1 for one, other in itertools.pairwise(inside) if one and not other)


def extent(columns: list[int]) -> tuple[int, int]:
    dark = [at for at, darkness in enumerate(columns) if darkness]
    return dark[0], dark[-1]


def test_a_font_that_cannot_be_used_is_said_before_the_run(
    sample_path: Path, tmp_path: Path
) -> None:
    (tmp_path / "Broken.otf").write_bytes(b"no font")
    done = run("badges", sample_path, "-o", tmp_path / "b.pdf", "--fonts", tmp_path, "--no-proof")
    assert done.returncode == 0
    assert "Broken.otf" in done.stdout
