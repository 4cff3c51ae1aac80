"""What the large answer looks like: nothing runs out of its box, no two faces are alike."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from checkin_app.domain.admission import OutcomeKind
from checkin_app.gui.desk.answers.faces import FACES, NOT_STORED, READY, TAKEN_BACK
from checkin_app.gui.desk.answers.fitted_text import fit
from checkin_app.gui.desk.answers.signs import draw_face

NAMES = [
    "Bo",
    "Anna Nowak",
    "Władysława Stanisława Brzęczyszczykiewicz-Łękołodzka",
    "Αλεξάνδρα-Κωνσταντίνα Παπαδημητρακοπούλου-Χατζηγεωργίου",
    "Wolfeschlegelsteinhausenbergerdorff",
    "محمد عبد الرحمن",
    "x" * 400,
    "a " * 200,
    "",
    "-",
]


@pytest.fixture
def bold(look):
    font = QFont("Inter")
    font.setBold(True)
    return font


def widest_line(fitted, font) -> float:
    sized = QFont(font)
    sized.setPixelSize(fitted.size_px)
    return max(QFontMetricsF(sized).horizontalAdvance(line) for line in fitted.lines)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("width", "height"), [(800, 140), (1200, 180), (500, 90)])
def test_a_name_never_runs_out_of_its_box(bold, name, width, height):
    fitted = fit(name, bold, width, height, least_px=24, most_px=100)
    assert widest_line(fitted, bold) <= width
    assert fitted.height_px <= height or fitted.size_px == 24
    assert len(fitted.lines) <= 2


def test_a_name_is_cut_only_when_it_must_and_says_so(bold):
    assert not fit("Anna Nowak", bold, 800, 140, least_px=24, most_px=100).is_cut
    cut = fit("x" * 400, bold, 800, 140, least_px=24, most_px=100)
    assert cut.is_cut
    assert cut.lines[-1].endswith("…")


def test_a_short_name_stays_on_one_line_and_a_long_one_takes_two(bold):
    assert fit("Anna Nowak", bold, 800, 140, least_px=24, most_px=100).lines == ("Anna Nowak",)
    long = fit(NAMES[3], bold, 800, 140, least_px=24, most_px=100)
    assert long.lines == ("Αλεξάνδρα-Κωνσταντίνα", "Παπαδημητρακοπούλου-Χατζηγεωργίου")


def test_a_sentence_fills_its_first_line(bold):
    sentence = "The first line of this sentence is to be as full as it can be, the second not."
    fitted = fit(sentence, bold, 600, 80, least_px=12, most_px=22, even=False)
    first, second = fitted.lines
    assert len(first) > len(second)


def test_no_two_faces_look_alike(look):
    faces = {**FACES, "not stored": NOT_STORED, "taken back": TAKEN_BACK, "ready": READY}
    assert set(OutcomeKind) <= set(faces)
    pictures = {name: picture_of(face) for name, face in faces.items()}
    assert len(set(pictures.values())) == len(faces)


def picture_of(face) -> bytes:
    image = QImage(96, 96, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    draw_face(painter, face, QRectF(4, 4, 88, 88), QColor("white"), QColor("black"))
    painter.end()
    return bytes(image.constBits())
