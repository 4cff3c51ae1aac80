"""Pages go to the file as they are done; what they share comes after them."""

from __future__ import annotations

import io

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from checkin_app.badges.canvas import PageBoxes, PageCanvas
from checkin_app.domain.badges.badge_face import Box
from checkin_app.errors import Cancelled


def finished(file: io.BytesIO, canvas: PageCanvas) -> pikepdf.Pdf:
    canvas.finish()
    pdf = pikepdf.open(file)
    assert pdf.check_pdf_syntax() == []
    return pdf


def test_a_page_is_in_the_file_before_the_next_one_is_drawn() -> None:
    file = io.BytesIO()
    canvas = PageCanvas(file, 100, 50, "Badges")
    sizes = []
    for number in range(5):
        canvas.addLiteral(f"{number} 0 10 10 re f")
        canvas.showPage()
        sizes.append(file.tell())
    assert sizes == sorted(set(sizes))
    assert canvas._code == []
    with finished(file, canvas) as pdf:
        contents = [page.Contents.read_bytes() for page in pdf.pages]
        assert contents == [b"%d 0 10 10 re f" % number for number in range(5)]


def test_a_form_is_there_once_with_its_transparency_and_gradients() -> None:
    file = io.BytesIO()
    canvas = PageCanvas(file, 100, 50, "Badges")
    canvas.beginForm("art", 0, 0, 50, 50)
    canvas.setFillAlpha(0.5)
    canvas.linearGradient(0, 0, 50, 50, ("red", "blue"))
    canvas.endForm()
    for _ in range(3):
        canvas.addLiteral(canvas.use("art"))
        canvas.showPage()
    with finished(file, canvas) as pdf:
        forms = [one for one in pdf.objects if named(one, "/Subtype") == "/Form"]
        assert len(forms) == 1
        assert set(forms[0].Resources.keys()) >= {"/ExtGState", "/Shading"}


def named(one: object, key: str) -> object:
    return one.get(key) if isinstance(one, pikepdf.Stream) else None


def test_what_only_one_page_shows_is_no_burden_for_the_others() -> None:
    file = io.BytesIO()
    canvas = PageCanvas(file, 100, 50, "Badges")
    entries = {"Width": 1, "Height": 1, "ColorSpace": "/DeviceGray", "BitsPerComponent": 8}
    for number in range(2):
        before = file.tell()
        canvas.add_picture(f"photo-{number}", b"\0", entries, of_page=True)
        assert file.tell() > before
        canvas.addLiteral(canvas.use(f"photo-{number}"))
        canvas.showPage()
    canvas.addLiteral("0 0 1 1 re f")
    canvas.showPage()
    with finished(file, canvas) as pdf:
        pages = list(pdf.pages)
        shown = [set(page.Resources.get("/XObject", {}).keys()) for page in pages]
    assert [len(names) for names in shown] == [1, 1, 0]
    assert shown[0] != shown[1]


def test_the_boxes_of_a_page_are_measured_from_below() -> None:
    file = io.BytesIO()
    boxes = PageBoxes(trim=Box(10, 5, 80, 30), bleed=Box(7, 2, 86, 36))
    canvas = PageCanvas(file, 100, 50, "Badges", boxes)
    canvas.showPage()
    with finished(file, canvas) as pdf:
        page = pdf.pages[0]
        found = {
            name: [float(edge) * 25.4 / 72 for edge in getattr(page, name)]
            for name in ("mediabox", "trimbox")
        }
        bleed = [float(edge) * 25.4 / 72 for edge in page.obj.BleedBox]
    assert found["mediabox"] == pytest.approx([0, 0, 100, 50], abs=0.001)
    assert found["trimbox"] == pytest.approx([10, 15, 90, 45], abs=0.001)
    assert bleed == pytest.approx([7, 12, 93, 48], abs=0.001)


def test_cancelling_is_asked_while_the_end_is_written() -> None:
    canvas = PageCanvas(io.BytesIO(), 100, 50, "Badges")
    canvas.beginForm("art")
    canvas.endForm()
    canvas.addLiteral(canvas.use("art"))
    canvas.showPage()
    with pytest.raises(Cancelled):
        canvas.finish(lambda: True)


def test_the_same_pages_are_the_same_bytes() -> None:
    files = [io.BytesIO(), io.BytesIO()]
    for file in files:
        canvas = PageCanvas(file, 100, 50, "Ñames")
        canvas.addLiteral("0 0 1 1 re f")
        canvas.showPage()
        canvas.finish()
    assert files[0].getvalue() == files[1].getvalue()


def test_reportlab_still_has_what_the_canvas_takes_from_it() -> None:
    canvas = Canvas("")
    for name in ("_code", "_formsinuse", "_formData", "_shadingUsed", "_colorsUsed", "_pagesize"):
        assert hasattr(canvas, name)
    for name in ("_startPage", "_make_preamble"):
        assert callable(getattr(canvas, name))
    for name in ("objectcounter", "numberToId", "idToObject", "delayedFonts", "info"):
        assert hasattr(canvas._doc, name)
