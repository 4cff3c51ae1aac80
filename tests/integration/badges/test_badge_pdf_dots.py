"""Badges as the dots of a printer: where ink falls at 203, 300 and 600 dots per inch, and whether
the codes are read when that print is blurred.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from drawn_badges import MM_PER_INCH, colour_at, layout, page_picture, people, text, written
from PIL import Image, ImageDraw, ImageFilter

from checkin_app.badges.codes.qr import MASK, encode_plainly
from checkin_app.domain.badges.badge_elements import (
    Code128,
    Ellipse,
    ErrorCorrection,
    Line,
    QrCode,
    Rectangle,
)
from checkin_app.domain.badges.badge_face import Align, Box
from checkin_app.domain.badges.badge_text import Paragraph, TextBlock, Weight
from checkin_app.domain.badges.stock import CARD_ON_A4, Stock
from checkin_app.domain.tickets.codes import code_from_bits

LABEL = Stock("label", 62, 100, 62, 100)
RESOLUTIONS = (203, 300, 600)
BLACK, WHITE = (0, 0, 0), (255, 255, 255)


@pytest.mark.parametrize("dpi", RESOLUTIONS)
def test_shapes_lie_on_the_dots_of_their_boxes(tmp_path: Path, dpi: int) -> None:
    boxes = (Box(5, 5, 20, 10), Box(30.5, 7.25, 10, 30), Box(5, 60, 52, 0.5))
    drawn = layout(*(Rectangle(box, fill="#000000") for box in boxes), size=(62, 100))
    picture = page_picture(written(tmp_path, people(1), drawn, LABEL), dpi=dpi).convert("L")
    dot_mm = MM_PER_INCH / dpi
    for box in boxes:
        around = [(box.x_mm - 3) / dot_mm, (box.y_mm - 2) / dot_mm]
        around += [(box.right_mm + 3) / dot_mm, (box.bottom_mm + 2) / dot_mm]
        cut = tuple(map(round, around))
        found = picture.crop(cut).point(lambda grey: 255 * (grey < 128)).getbbox()  # type: ignore[arg-type]
        assert found is not None
        edges = [(found[0] + cut[0]) * dot_mm, (found[1] + cut[1]) * dot_mm]
        edges += [(found[2] + cut[0]) * dot_mm, (found[3] + cut[1]) * dot_mm]
        wanted = [box.x_mm, box.y_mm, box.right_mm, box.bottom_mm]
        assert edges == pytest.approx(wanted, abs=1.5 * dot_mm)


@pytest.mark.parametrize("dpi", RESOLUTIONS)
def test_the_ink_of_a_circle_and_a_line_is_their_area(tmp_path: Path, dpi: int) -> None:
    drawn = layout(
        Ellipse(Box(10, 10, 30, 30), fill="#000000"),
        Line(5, 60, 45, 90, colour="#000000", width_mm=1.0),
        size=(62, 100),
    )
    picture = page_picture(written(tmp_path, people(1), drawn, LABEL), dpi=dpi).convert("L")
    dot_mm2 = (MM_PER_INCH / dpi) ** 2
    ink_mm2 = sum((255 - grey) * count for grey, count in enumerate(picture.histogram())) / 255
    assert ink_mm2 * dot_mm2 == pytest.approx(3.14159 * 15 * 15 + 50 * 1.0, rel=0.01)


@pytest.mark.parametrize("dpi", RESOLUTIONS)
@pytest.mark.parametrize("align", Align)
def test_letters_stay_in_their_box_and_fill_it(tmp_path: Path, dpi: int, align: Align) -> None:
    box = Box(6, 20, 50, 12)
    name = Paragraph(("HERBERT",), 60, 6, weight=Weight.BOLD, colour="#000000")
    drawn = layout(TextBlock(box, (name,), align), size=(62, 100))
    picture = page_picture(written(tmp_path, people(1), drawn, LABEL), dpi=dpi).convert("L")
    found = picture.point(lambda grey: 255 * (grey < 128)).getbbox()  # type: ignore[arg-type]
    assert found is not None
    left, top, right, bottom = (edge * MM_PER_INCH / dpi for edge in found)
    dot_mm = MM_PER_INCH / dpi
    assert box.x_mm - dot_mm <= left < right <= box.right_mm + dot_mm
    assert box.y_mm - dot_mm <= top < bottom <= box.bottom_mm + dot_mm
    assert right - left > 0.9 * box.width_mm or bottom - top > 0.9 * box.height_mm


@pytest.mark.parametrize("dpi", RESOLUTIONS)
def test_a_turned_box_is_turned_clockwise_about_its_middle(tmp_path: Path, dpi: int) -> None:
    drawn = layout(Rectangle(Box(10, 40, 40, 10), fill="#000000", rotation_deg=90), size=(62, 100))
    picture = page_picture(written(tmp_path, people(1), drawn, LABEL), dpi=dpi)
    assert colour_at(picture, 30, 27, dpi) == colour_at(picture, 30, 63, dpi) == BLACK
    assert colour_at(picture, 15, 45, dpi) == colour_at(picture, 45, 45, dpi) == WHITE


@pytest.mark.parametrize("level", ErrorCorrection)
def test_every_code_is_read_at_203_dpi_with_blur(tmp_path: Path, level: ErrorCorrection) -> None:
    drawn = layout(
        QrCode(Box(58, 14, 22, 22), error_correction=level),
        text(Box(4, 20, 45, 10), "{first_name} {last_name}"),
    )
    crowd = people(100)
    document = written(tmp_path, crowd, drawn, CARD_ON_A4)
    read: dict[str, int] = {}
    with pypdfium2.PdfDocument(document.file) as pdf:
        for number, page in enumerate(pdf):
            image = page.render(scale=203 / 72, grayscale=True).to_pil()
            blurred = image.filter(ImageFilter.GaussianBlur(1.6))
            found = zxingcpp.read_barcodes(blurred, formats=zxingcpp.BarcodeFormat.QRCode)
            read |= {one.text: number for one in found}
    assert read == {slot.codes[0]: slot.page for slot in document.slots}


def test_every_barcode_is_read_at_203_dpi_with_blur(tmp_path: Path) -> None:
    drawn = layout(Code128(Box(2, 20, 81, 14), "{column:Seat}"))
    crowd = people(20, Seat="A-1207")
    document = written(tmp_path, crowd, drawn, CARD_ON_A4)
    with pypdfium2.PdfDocument(document.file) as pdf:
        for page in pdf:
            image = page.render(scale=203 / 72, grayscale=True).to_pil()
            blurred = image.filter(ImageFilter.GaussianBlur(1.0))
            found = zxingcpp.read_barcodes(blurred, formats=zxingcpp.BarcodeFormat.Code128)
            assert [one.text for one in found] == ["A-1207"] * 10


def test_the_fixed_mask_reads_as_well_as_the_best_one() -> None:
    """Prints so bad that about half of them can be read; docs/decisions.md has the large run."""
    chance = random.Random(20261123)
    read: Counter[int | None] = Counter()
    pictures = 0
    for _ in range(60):
        code = code_from_bits(chance.getrandbits(100))
        for spoil in (blurred, coarse, noisy, stained):
            seed = chance.random()
            pictures += 1
            for mask in (None, MASK):
                print_of_it = spoil(symbol_picture(code, mask), random.Random(seed))
                found = zxingcpp.read_barcodes(print_of_it, formats=zxingcpp.BarcodeFormat.QRCode)
                read[mask] += code in [one.text for one in found]
    assert 0.3 * pictures < read[None] < 0.9 * pictures
    # Twice what chance alone makes of so few pictures.
    assert read[MASK] >= read[None] - 2 * (pictures / 4) ** 0.5


def symbol_picture(code: str, mask: int | None) -> Image.Image:
    """A dot a module; mask None is the one that ``qrcode`` weighs best."""
    symbol = encode_plainly(code, mask=mask)
    assert symbol is not None
    side = symbol.side + 8
    picture = Image.new("L", (side, side), 255)
    for row, modules in enumerate(symbol.rows(), 4):
        for column in range(symbol.side):
            if modules >> column & 1:
                picture.putpixel((column + 4, row), 0)
    return picture


def enlarged(picture: Image.Image, times: int = 8) -> Image.Image:
    return picture.resize((picture.width * times,) * 2, Image.Resampling.NEAREST)


def blurred(picture: Image.Image, chance: random.Random) -> Image.Image:
    return enlarged(picture).filter(ImageFilter.GaussianBlur(chance.uniform(3.2, 5.2)))


def coarse(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Hardly two dots a module, turned under the camera."""
    side = int(picture.width * chance.uniform(1.5, 2.4))
    printed = picture.resize((side, side), Image.Resampling.NEAREST)
    seen = printed.resize((side * 3,) * 2, Image.Resampling.BOX)
    turned = seen.rotate(
        chance.uniform(-30, 30), Image.Resampling.BICUBIC, expand=True, fillcolor=255
    )
    return turned.filter(ImageFilter.GaussianBlur(2.2))


def noisy(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Faint, with the grain of a dark room. The grain is made from the seed."""
    large = enlarged(picture, 4)
    grain = Image.frombytes("L", large.size, chance.randbytes(large.width * large.height))
    strength = chance.uniform(0.05, 0.2)
    faint = large.point(lambda grey: 100 + grey // 6)
    return Image.blend(faint, grain, strength)


def stained(picture: Image.Image, chance: random.Random) -> Image.Image:
    out = enlarged(picture)
    pen = ImageDraw.Draw(out)
    for _ in range(chance.randrange(2, 5)):
        x, y = chance.randrange(32, out.width - 32), chance.randrange(32, out.width - 32)
        size = chance.randrange(10, 30)
        pen.ellipse((x, y, x + size, y + size), fill=chance.choice((0, 255)))
    return out.filter(ImageFilter.GaussianBlur(1.5))
