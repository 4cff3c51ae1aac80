"""Boxes, bleed, trays and pictures of the finished pages."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from drawn_badges import MEETING, PLAIN, colour_at, layout, page_picture, people, text, written
from PIL import Image

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.document import BadgeDocument, write_badges
from checkin_app.badges.placed import ComposedBadge
from checkin_app.domain.badges.badge_elements import (
    Code128,
    CodeFormat,
    ErrorCorrection,
    Photo,
    Picture,
    PictureFit,
    QrCode,
    Rectangle,
)
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.imposition import Duplex, Imposition, PrinterOffset, Tray
from checkin_app.domain.badges.stock import A6_SINGLE, CARD_ON_A4, Feed, Fold, Stock
from checkin_app.errors import BadgeError
from checkin_app.resource_files import resource_path

RED, WHITE, BLUE = (255, 0, 0), (255, 255, 255), (0, 0, 255)
FACE = Box(0, 0, 85, 54)
GAPS_ON_A4 = replace(CARD_ON_A4, pitch_x_mm=93, pitch_y_mm=56, top_mm=9)
TENT = Stock("tent", 110, 140, 85, 108, left_mm=12, top_mm=16, fold=Fold.TENT)
LABEL = Stock("label", 110, 70, 85, 54, left_mm=12, top_mm=8)


def boxes_mm(document: BadgeDocument, page: int = 0) -> dict[str, list[float]]:
    """From the page's lower left corner."""
    with pikepdf.open(document.file) as pdf:
        one = pdf.pages[page]
        found = {"media": one.mediabox, "trim": one.trimbox, "bleed": one.obj.BleedBox}
        return {
            name: [round(float(edge) * 25.4 / 72, 3) for edge in box] for name, box in found.items()
        }


def test_on_a_sheet_with_many_badges_the_sheet_is_what_is_left(tmp_path: Path) -> None:
    document = written(tmp_path, people(1), layout(Rectangle(FACE), bleed_mm=3), CARD_ON_A4)
    assert boxes_mm(document) == {name: [0, 0, 210, 297] for name in ("media", "trim", "bleed")}


def test_a_single_badge_is_trimmed_to_its_own_size(tmp_path: Path) -> None:
    document = written(tmp_path, people(1), layout(Rectangle(FACE), bleed_mm=3), LABEL)
    assert boxes_mm(document) == {
        "media": [0, 0, 110, 70],
        "trim": [12, 8, 97, 62],
        "bleed": [9, 5, 100, 65],
    }


def test_bleed_ends_with_the_paper(tmp_path: Path) -> None:
    tight = layout(Rectangle(Box(0, 0, 105, 148)), size=(105, 148), bleed_mm=3)
    document = written(tmp_path, people(1), tight, A6_SINGLE)
    assert boxes_mm(document)["bleed"] == boxes_mm(document)["media"] == [0, 0, 105, 148]


def test_an_endless_roll_is_cut_at_the_end_of_the_badge(tmp_path: Path) -> None:
    roll = Stock("roll", 85, 300, 85, 54, feed=Feed.ENDLESS)
    document = written(tmp_path, people(2), PLAIN, roll)
    assert document.pages == 2
    assert boxes_mm(document)["media"] == [0, 0, 85, 54]
    assert document.slots[1].box == FACE


@pytest.mark.parametrize("stock", [CARD_ON_A4, LABEL, TENT], ids=lambda stock: stock.name)
def test_qpdf_finds_nothing_to_complain_about(tmp_path: Path, stock: Stock) -> None:
    drawn = layout(QrCode(Box(50, 10, 30, 30)), Code128(Box(2, 40, 60, 10)), bleed_mm=2)
    imposition = Imposition(crop_marks=True, outlines=True, registration_marks=True)
    trays = (Tray("A–K", 2), Tray("L–Z", 1))
    document = written(tmp_path, people(3), drawn, stock, imposition, trays)
    with pikepdf.open(document.file) as pdf:
        assert pdf.check_pdf_syntax() == []
    qpdf = shutil.which("qpdf")
    if qpdf is None:
        pytest.skip("qpdf is not installed; pikepdf found nothing")
    said = subprocess.run([qpdf, "--check", document.file], capture_output=True, text=True)
    assert (said.returncode, said.stderr) == (0, "")


def test_colour_runs_over_the_edges_as_far_as_there_is_room(tmp_path: Path) -> None:
    drawn = layout(Rectangle(FACE, fill="#ff0000"), bleed_mm=3)
    picture = page_picture(written(tmp_path, people(4), drawn, GAPS_ON_A4))
    first = Box(15, 9, 85, 54)
    assert colour_at(picture, 50, 30) == RED
    assert colour_at(picture, first.x_mm - 2.5, 30) == RED
    assert colour_at(picture, first.x_mm - 3.5, 30) == WHITE
    assert colour_at(picture, first.right_mm + 2.5, 30) == RED
    # The gap to the badge below is 2 mm wide and belongs to both.
    assert colour_at(picture, 50, first.bottom_mm + 0.7) == RED


def test_bleed_never_falls_on_a_neighbour(tmp_path: Path) -> None:
    """Every second badge is blue, and all touch: no colour may cross the cut between them."""
    blue = Rectangle(FACE, fill="#0000ff")
    drawn = layout(Rectangle(FACE, fill="#ff0000"), bleed_mm=3)
    (part,) = drawn.designs[0].front
    striped = replace(part, by_category={"blue": blue})
    drawn = replace(drawn, designs=(replace(drawn.designs[0], front=(striped,)),))
    crowd = [
        replace(one, category="blue" if number // 2 % 2 else "red")
        for number, one in enumerate(people(6))
    ]
    picture = page_picture(written(tmp_path, crowd, drawn, CARD_ON_A4))
    cut_mm = CARD_ON_A4.top_mm + 54
    assert colour_at(picture, 50, cut_mm - 0.4) == RED
    assert colour_at(picture, 50, cut_mm + 0.4) == BLUE


def test_bleed_stops_at_the_crease_of_a_tent_on_its_head(tmp_path: Path) -> None:
    front = (Rectangle(FACE, fill="#ff0000"),)
    back = (Rectangle(FACE, fill="#0000ff"),)
    drawn = layout(*front, back=back, bleed_mm=3)
    picture = page_picture(written(tmp_path, people(1), drawn, TENT))
    crease_mm = TENT.top_mm + 54
    assert colour_at(picture, 50, crease_mm - 0.4) == BLUE
    assert colour_at(picture, 50, crease_mm + 0.4) == RED
    assert colour_at(picture, 50, TENT.top_mm - 2.5) == BLUE
    assert colour_at(picture, 50, TENT.top_mm + 108 + 2.5) == RED
    assert colour_at(picture, 50, TENT.top_mm - 3.5) == WHITE


def page_contents(document: BadgeDocument) -> list[bytes]:
    with pikepdf.open(document.file) as pdf:
        return [page.Contents.read_bytes() for page in pdf.pages]


def test_without_bleed_nothing_is_clipped(tmp_path: Path) -> None:
    (content,) = page_contents(written(tmp_path, people(4), PLAIN, CARD_ON_A4))
    assert b" W n" not in content


def test_inks_stay_inks(tmp_path: Path) -> None:
    drawn = layout(Rectangle(Box(5, 5, 20, 10), fill="cmyk(100, 60, 0, 20)"))
    document = written(tmp_path, people(1), drawn, CARD_ON_A4)
    with pikepdf.open(document.file) as pdf:
        forms = [
            one.read_bytes()
            for one in pdf.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form"
        ]
    assert any(b"1 0.6 0 0.2 k" in form for form in forms)


def test_a_picture_is_in_the_file_once(tmp_path: Path) -> None:
    png = io.BytesIO()
    Image.new("RGBA", (60, 30), (255, 0, 0, 128)).save(png, "PNG")
    drawn = layout(
        Picture(Box(0, 0, 40, 20), "logo.png"),
        Picture(Box(40, 0, 40, 20), "logo.png", PictureFit.COVER),
        back=(Picture(Box(0, 0, 85, 54), "logo.png", PictureFit.STRETCH),),
        pictures={"logo.png": png.getvalue()},
    )
    crowd = [replace(one, category=f"c{at % 5}") for at, one in enumerate(people(25))]
    document = written(tmp_path, crowd, drawn, CARD_ON_A4, Imposition(duplex=Duplex.LONG_EDGE))
    with pikepdf.open(document.file) as pdf:
        pictures = [
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]
        assert [one.get("/SMask") is None for one in pictures].count(False) == 1
    assert len(pictures) == 2
    seen = page_picture(document)
    assert colour_at(seen, 15 + 20, 13.5 + 10) == pytest.approx((255, 127, 127), abs=2)


def test_a_picture_that_cannot_be_drawn_is_named_and_no_file_is_left(tmp_path: Path) -> None:
    drawn = layout(Picture(Box(0, 0, 40, 20), "logo.svg"), pictures={"logo.svg": b"<svg>"})
    with pytest.raises(BadgeError, match=r"logo\.svg"):
        written(tmp_path, people(1), drawn, CARD_ON_A4)
    assert list(tmp_path.iterdir()) == []


def test_each_photo_is_drawn_in_its_badge_and_a_missing_one_is_left_out(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    Image.new("RGB", (900, 600), RED).save(photos / "red.png")
    Image.new("RGB", (900, 600), BLUE).save(photos / "blue.jpg", quality=95)
    names = ("red.png", "blue.jpg", "gone.jpg", "red.png")
    crowd = [replace(people(4)[at], extra={"photo": name}) for at, name in enumerate(names)]
    drawn = layout(Photo(Box(5, 5, 20, 20), is_round=True), QrCode(Box(55, 14, 26, 26)))
    document = written(tmp_path, crowd, drawn, CARD_ON_A4, photos=photos)
    picture = page_picture(document)
    middles = [(slot.box.x_mm + 15, slot.box.y_mm + 15) for slot in document.slots]
    shown = [colour_at(picture, *middle) for middle in middles]
    assert shown[2] == WHITE
    for seen, wanted in zip((shown[0], shown[1], shown[3]), (RED, BLUE, RED), strict=True):
        assert seen == pytest.approx(wanted, abs=4)
    corner = colour_at(picture, document.slots[0].box.x_mm + 6, document.slots[0].box.y_mm + 6)
    assert corner == WHITE
    with pikepdf.open(document.file) as pdf:
        assert len(pdf.pages[0].get_images()) == 2


def test_photos_are_a_burden_only_for_their_own_pages(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    for number in range(30):
        Image.new("RGB", (60, 60), (number, 0, 0)).save(photos / f"{number}.png")
    crowd = [replace(one, extra={"photo": f"{at}.png"}) for at, one in enumerate(people(30))]
    document = written(tmp_path, crowd, layout(Photo(Box(5, 5, 20, 20))), CARD_ON_A4, photos=photos)
    with pikepdf.open(document.file) as pdf:
        assert [len(page.get_images()) for page in pdf.pages] == [10, 10, 10]


def page_texts(document: BadgeDocument) -> list[str]:
    with pypdfium2.PdfDocument(document.file) as pdf:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


def test_a_tray_begins_with_its_name_and_an_index_of_its_places(tmp_path: Path) -> None:
    crowd = people(25)
    document = written(tmp_path, crowd, PLAIN, CARD_ON_A4, trays=(Tray("A–K", 12), Tray("L–Z", 13)))
    texts = page_texts(document)
    assert len(texts) == document.pages == 2 + 2 + 2 + 2
    assert document.sheets == 8
    assert texts[0] == "A–K 12 badges European Meeting"
    assert "12 Berg 11, Anna" in texts[1]
    assert "Berg 12" not in texts[1]
    assert texts[4].startswith("L–Z")
    assert "1 Berg 12, Anna" in texts[5]
    pages = [slot.page for slot in document.slots]
    assert pages == [2] * 10 + [3] * 2 + [6] * 10 + [7] * 3
    for slot, person in zip(document.slots, crowd, strict=True):
        assert person.last_name in texts[slot.page]


def test_the_pages_of_trays_know_the_fonts_of_the_organiser(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    shutil.copy(resource_path("fonts", "Inter-Regular.ttf"), fonts / "Ours.ttf")
    plan = BadgePlan(
        replace(PLAIN, fonts=("Ours",)),
        CARD_ON_A4,
        MEETING,
        trays=(Tray("A–Z", 2),),
        tray_pages=True,
        fonts=fonts,
    )
    document = write_badges(tmp_path / "badges.pdf", people(2), plan)
    assert page_texts(document)[0].startswith("A–Z")


def test_a_badge_without_back_on_paper_is_not_composed_on_its_back(tmp_path: Path) -> None:
    drawn = layout(QrCode(Box(55, 14, 26, 26)), back=(text(Box(5, 5, 60, 8), "back"),))
    seen: list[ComposedBadge] = []
    for duplex in (Duplex.NONE, Duplex.LONG_EDGE):
        plan = BadgePlan(drawn, CARD_ON_A4, MEETING, Imposition(duplex=duplex))
        write_badges(tmp_path / "badges.pdf", people(1), plan, inspect=seen.append)
    assert [badge.back is None for badge in seen] == [True, False]


def test_with_duplex_the_fronts_stay_on_odd_pages(tmp_path: Path) -> None:
    drawn = layout(QrCode(Box(55, 14, 26, 26)), back=(text(Box(5, 5, 60, 8), "back"),))
    document = written(
        tmp_path,
        people(23),
        drawn,
        CARD_ON_A4,
        Imposition(duplex=Duplex.LONG_EDGE),
        trays=(Tray("A–K", 11), Tray("L–Z", 12)),
    )
    texts = page_texts(document)
    assert len(texts) == document.pages == 2 * (2 + 2 + 4)
    assert document.sheets == 8
    fronts = {slot.page for slot in document.slots[::1] if len(slot.codes) == 1}
    assert all(page % 2 == 0 for page in fronts)
    assert texts[1] == texts[3] == ""


def test_an_index_takes_as_many_pages_and_columns_as_it_needs(tmp_path: Path) -> None:
    document = written(tmp_path, people(700), PLAIN, CARD_ON_A4, trays=(Tray("A–Z", 700),))
    texts = page_texts(document)
    listed = [text for text in texts if " of 4" in text or " of 3" in text]
    assert document.pages == 1 + len(listed) + 70
    assert sum(text.count("Berg ") for text in listed) == 700


def test_resuming_within_a_tray_does_not_announce_it_again(tmp_path: Path) -> None:
    from checkin_app.domain.badges.imposition import SheetRange

    imposition = Imposition(sheets=SheetRange(2, None))
    trays = (Tray("A–K", 15), Tray("L–Z", 5))
    document = written(tmp_path, people(20), PLAIN, CARD_ON_A4, imposition, trays)
    texts = page_texts(document)
    assert not any(text.startswith("A–K") for text in texts)
    assert texts[1].startswith("L–Z")


def test_codes_on_both_faces_are_what_the_slots_say(tmp_path: Path) -> None:
    drawn = layout(
        QrCode(Box(55, 14, 26, 26), error_correction=ErrorCorrection.Q),
        back=(
            QrCode(Box(2, 2, 50, 50), format=CodeFormat.VCARD),
            QrCode(Box(55, 14, 26, 26), content="https://example.org/programme"),
        ),
    )
    document = written(tmp_path, people(3), drawn, CARD_ON_A4, Imposition(duplex=Duplex.LONG_EDGE))
    assert [len(slot.codes) for slot in document.slots] == [1, 1, 1, 2, 2, 2]
    assert document.slots[3].codes[0] == "https://example.org/programme"
    assert document.slots[3].codes[1].startswith("BEGIN:VCARD")


def test_a_correction_of_the_printer_moves_the_page_and_not_its_boxes(tmp_path: Path) -> None:
    drawn = layout(Rectangle(FACE, fill="#ff0000"))
    imposition = Imposition(offset=PrinterOffset(right_mm=5, down_mm=7))
    document = written(tmp_path, people(1), drawn, LABEL, imposition)
    picture = page_picture(document)
    assert colour_at(picture, 12 + 4, 30) == WHITE
    assert colour_at(picture, 97 + 4, 30) == RED
    assert colour_at(picture, 50, 8 + 6) == WHITE
    assert boxes_mm(document)["trim"] == [12, 8, 97, 62]


def test_a_document_of_everything_is_the_same_bytes_again(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    Image.new("RGB", (900, 600), RED).save(photos / "red.png")
    drawn = layout(
        Photo(Box(5, 5, 20, 20)),
        QrCode(Box(55, 14, 26, 26)),
        Code128(Box(2, 40, 60, 10)),
        bleed_mm=2,
    )
    trays = (Tray("A–K", 3), Tray("L–Z", 9))
    crowd = people(12, photo="red.png")
    first = written(tmp_path, crowd, drawn, CARD_ON_A4, trays=trays, photos=photos)
    content = first.file.read_bytes()
    again = written(tmp_path, crowd, drawn, CARD_ON_A4, trays=trays, photos=photos)
    assert again.file.read_bytes() == content


def test_a_drawing_that_cannot_be_drawn_whole_is_refused(tmp_path: Path) -> None:
    circular = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">'
        b'<g id="a"><use href="#a"/><rect width="9" height="9"/></g></svg>'
    )
    drawn = layout(Picture(Box(0, 0, 40, 20), "logo.svg"), pictures={"logo.svg": circular})
    with pytest.raises(BadgeError, match=r"logo\.svg cannot be drawn"):
        written(tmp_path, people(1), drawn, CARD_ON_A4)
