"""Pages of badges as dots of a label printer."""

from __future__ import annotations

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from checkin_app.domain.printers import BadgeSheet
from checkin_app.errors import PrinterError
from checkin_app.printing.label_raster import LabelRaster, raster_of_grey, rasters_of

CODE = "7ZK3M9QX2B5DHT8WNPCA"


def _sheet(draw, width_mm: float = 86, height_mm: float = 54, pages: int = 1) -> BadgeSheet:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(width_mm * mm, height_mm * mm))
    for page in range(pages):
        draw(canvas, page)
        canvas.showPage()
    canvas.save()
    return BadgeSheet(file.getvalue(), width_mm, height_mm, is_two_sided=pages == 2)


def _draw_code(canvas: Canvas, _page: int = 0) -> None:
    symbol = Drawing(14 * mm, 14 * mm)
    symbol.add(QrCodeWidget(CODE, barWidth=14 * mm, barHeight=14 * mm, barLevel="M"))
    symbol.drawOn(canvas, 60.3 * mm, 7.7 * mm)


def _picture(raster: LabelRaster) -> Image.Image:
    size = (raster.width_dots, raster.height_dots)
    return Image.frombytes("1", size, raster.rows, "raw", "1;I").convert("L")


@pytest.mark.parametrize(
    ("dpi", "width_dots", "height_dots"), [(203.2, 688, 432), (300, 1016, 638), (600, 2031, 1276)]
)
def test_a_badge_has_the_dots_of_its_millimetres(
    dpi: float, width_dots: int, height_dots: int
) -> None:
    (raster,) = rasters_of(_sheet(_draw_code), dpi)
    assert (raster.width_dots, raster.height_dots) == (width_dots, height_dots)
    assert len(raster.rows) == raster.row_bytes * height_dots


@pytest.mark.parametrize("dpi", [203.2, 300, 600])
def test_a_code_of_14_mm_is_read_from_the_dots(dpi: float) -> None:
    (raster,) = rasters_of(_sheet(_draw_code), dpi)
    assert [code.text for code in zxingcpp.read_barcodes(_picture(raster))] == [CODE]


def test_a_code_has_no_stray_dots() -> None:
    """Each module is one colour but for the dots at its edge."""
    (raster,) = rasters_of(_sheet(_draw_code), 203.2)
    code = _picture(raster).crop((484, 260, 600, 372))
    turns = [
        sum(code.getpixel((x, y)) != code.getpixel((x + 1, y)) for x in range(code.width - 1))
        for y in range(code.height)
    ]
    assert max(turns) <= 21


def test_a_turned_badge_begins_with_its_left_edge() -> None:
    def draw(canvas: Canvas, _page: int) -> None:
        canvas.rect(0, 0, 5 * mm, 54 * mm, stroke=0, fill=1)

    (raster,) = rasters_of(_sheet(draw), 300, is_turned=True)
    assert (raster.width_dots, raster.height_dots) == (638, 1016)
    assert _picture(raster).crop((0, 0, 638, 58)).getextrema() == (0, 0)
    assert _picture(raster).crop((0, 60, 638, 1016)).getextrema() == (255, 255)


def test_front_and_back_are_two_rasters() -> None:
    def draw(canvas: Canvas, page: int) -> None:
        canvas.rect(page * 43 * mm, 0, 43 * mm, 54 * mm, stroke=0, fill=1)

    front, back = rasters_of(_sheet(draw, pages=2), 203.2)
    assert _picture(front).getpixel((10, 10)) == 0
    assert _picture(back).getpixel((10, 10)) == 255


def test_dark_text_prints_black_and_a_pale_ground_stays_white() -> None:
    def draw(canvas: Canvas, _page: int) -> None:
        canvas.setFillColorRGB(0.95, 0.95, 0.85)
        canvas.rect(0, 0, 86 * mm, 54 * mm, stroke=0, fill=1)
        canvas.setFillColorRGB(0.1, 0.2, 0.5)
        canvas.rect(20 * mm, 20 * mm, 20 * mm, 20 * mm, stroke=0, fill=1)

    (raster,) = rasters_of(_sheet(draw), 203.2)
    assert _picture(raster).crop((0, 0, 150, 432)).getextrema() == (255, 255)
    assert _picture(raster).crop((170, 120, 310, 260)).getextrema() == (0, 0)


def test_white_letters_on_an_orange_band_do_not_vanish() -> None:
    def draw(canvas: Canvas, _page: int) -> None:
        canvas.setFillColorRGB(1.0, 0.6, 0.0)
        canvas.rect(0, 0, 86 * mm, 27 * mm, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(40 * mm, 5 * mm, 2 * mm, 15 * mm, stroke=0, fill=1)

    (raster,) = rasters_of(_sheet(draw), 203.2)
    band = _picture(raster).crop((0, 220, 300, 432))
    letter = _picture(raster).crop((322, 275, 334, 388))
    assert 0.2 < band.histogram()[0] / (band.width * band.height) < 0.5
    assert letter.getextrema() == (255, 255)


def test_a_photograph_becomes_dots_of_its_brightness() -> None:
    gradient = Image.linear_gradient("L").resize((256, 256))

    def draw(canvas: Canvas, _page: int) -> None:
        picture = BytesIO()
        gradient.save(picture, "PNG")
        picture.seek(0)
        canvas.drawImage(ImageReader(picture), 10 * mm, 10 * mm, 32 * mm, 32 * mm)

    (raster,) = rasters_of(_sheet(draw), 203.2)
    photograph = _picture(raster).crop((80, 96, 336, 352))
    for top, brightness in ((32, 0.16), (120, 0.5), (208, 0.84)):
        band = photograph.crop((0, top, 256, top + 16))
        white = band.histogram()[255] / (band.width * band.height)
        assert abs(white - brightness) < 0.08


def test_black_and_white_are_never_dotted() -> None:
    art = Image.new("L", (64, 64), 255)
    art.paste(0, (16, 16, 48, 48))
    assert _picture(raster_of_grey(art)).tobytes() == art.tobytes()


def test_bits_beyond_the_width_are_white() -> None:
    raster = raster_of_grey(Image.new("L", (12, 2), 0))
    assert raster.rows == b"\xff\xf0" * 2


def test_a_broken_pdf_is_not_sent() -> None:
    with pytest.raises(PrinterError, match="Print it again"):
        rasters_of(BadgeSheet(b"%PDF-1.4 and nothing more", 86, 54), 203.2)
