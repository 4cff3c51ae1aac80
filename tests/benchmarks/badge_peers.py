"""Badges by programs and libraries that others use: fpdf2, Typst and gLabels.

The same people, texts, band, logo and codes on the same sheets. They are no dependencies of this
project; who has not installed them is told how:

    pip install fpdf2 typst            (into the environment that runs the benchmarks)
    apt-get install glabels
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.stock import CARD_ON_A4
from checkin_app.domain.language.lengths import millimetres, points
from checkin_app.resource_files import resource_path
from tests.benchmarks.badge_floor import logo_png, slot_corner_pt

Peer = Callable[[Path, Sequence[Attendee]], None]
_BANDS = {"speaker": "#bf3326", "press": "#594099", "staff": "#1a804d"}
_BAND = "#1a4d99"

_TYPST = """
#set page(width: 210mm, height: 297mm, margin: 0mm)
#set text(font: "Inter", size: 8pt, hyphenate: false)
#let rows = json("rows.json")
#let name-of(body) = context {
  let size = 16
  let high(size) = measure(width: 79mm, text(size: size * 1pt, weight: "bold", body)).height
  while size > 8 and high(size) > 14mm { size -= 1 }
  text(size: size * 1pt, weight: "bold", body)
}
#let badge(r, slot) = {
  let x = (LEFT + calc.rem(slot, COLUMNS) * ACROSS) * 1mm
  let y = (TOP + calc.quo(slot, COLUMNS) * DOWN) * 1mm
  place(dx: x + 3mm, dy: y + 3mm, image("logo.png", width: 21mm, height: 7mm))
  place(dx: x + 3mm, dy: y + 12mm, box(width: 79mm, name-of(r.name)))
  place(dx: x + 3mm, dy: y + 28mm, box(width: 54mm, text(size: 9pt, r.organisation)))
  place(dx: x + 3mm, dy: y + 41mm, r.role)
  place(dx: x + 3mm, dy: y + 46mm, r.country)
  place(dx: x, dy: y + 52.5mm, rect(width: 85mm, height: 1.5mm, fill: rgb(r.band), stroke: none))
  place(dx: x + 58mm, dy: y + 27mm, image(bytes(r.qr), format: "svg", width: 24mm, height: 24mm))
}
#for (number, page) in rows.chunks(SLOTS).enumerate() {
  if number > 0 { pagebreak() }
  for (slot, r) in page.enumerate() { badge(r, slot) }
}
"""

_GLABELS = """<?xml version="1.0"?>
<Glabels-document xmlns="http://glabels.org/xmlns/3.0/">
  <Template brand="Bench" part="card" size="A4" description="cards">
    <Label-rectangle id="0" width="85mm" height="54mm" round="0mm">
      <Layout nx="2" ny="5" x0="15mm" y0="13.5mm" dx="95mm" dy="54mm"/>
    </Label-rectangle>
  </Template>
  <Objects id="0" rotate="False">
    <Object-image x="3mm" y="3mm" w="21mm" h="7mm" src="{logo}" {upright}/>
    {texts}
    <Object-barcode x="58mm" y="27mm" w="24mm" h="24mm" backend="libqrencode" style="IEC18004"
      text="False" checksum="True" color="0x000000ff" field="code" {upright}/>
  </Objects>
  <Merge type="Text/Comma/Line1Keys" src="{rows}"/>
  <Data/>
</Glabels-document>
"""
_GLABELS_TEXT = """<Object-text x="3mm" y="{top}mm" w="{width}mm" h="{height}mm" align="Left"
      valign="Top" auto_shrink="{shrink}" {upright}>
      <Span font_family="Inter" font_size="{size}" font_weight="{weight}" font_italic="False"
        color="0x000000ff" line_spacing="1"><Field name="{field}"/></Span>
    </Object-text>"""
_UPRIGHT = 'a0="1" a1="0" a2="0" a3="1" a4="0" a5="0"'


def missing() -> list[str]:
    """The peers that are not installed here."""
    found = {
        "fpdf2": importlib.util.find_spec("fpdf") is not None,
        "Typst": importlib.util.find_spec("typst") is not None,
        "gLabels": shutil.which("glabels-3-batch") is not None,
    }
    return [name for name, there in found.items() if not there]


def by_fpdf2(file: Path, attendees: Sequence[Attendee]) -> None:
    """fpdf2, with codes as pictures."""
    from fpdf import FPDF

    pdf = FPDF(unit="mm", format="A4")
    pdf.set_auto_page_break(False)
    for style, name in (("", "Regular"), ("B", "Bold")):
        pdf.add_font("Inter", style, str(resource_path("fonts", f"Inter-{name}.ttf")))
    logo = io.BytesIO(logo_png())
    for number, person in enumerate(attendees):
        slot = number % CARD_ON_A4.slots
        if not slot:
            pdf.add_page()
        left, top = _corner_mm(slot)
        pdf.image(logo, left + 3, top + 3, 21, 7)
        pdf.set_fill_color(_BANDS.get(person.category, _BAND))
        pdf.rect(left, top + 52.5, 85, 1.5, style="F")
        size = 16.0
        pdf.set_font("Inter", "B", size)
        while pdf.get_string_width(person.full_name) > 2 * 75 and size > 8:
            size -= 0.5
            pdf.set_font("Inter", "B", size)
        pdf.set_xy(left + 2, top + 12)
        pdf.multi_cell(81, millimetres(size) * 1.1, person.full_name, align="L")
        pdf.set_font("Inter", "", 9)
        pdf.set_xy(left + 2, top + 28)
        pdf.multi_cell(56, 4, person.organisation, align="L")
        pdf.set_font("Inter", "", 8)
        pdf.text(left + 3, top + 44, person.role)
        pdf.text(left + 3, top + 49, person.country)
        pdf.image(_qr_picture(person.code), left + 58, top + 27, 24, 24)
    pdf.output(str(file))


def by_typst(file: Path, attendees: Sequence[Attendee]) -> None:
    """Typst, a template over rows of JSON, with codes as SVG."""
    import typst

    folder = file.parent / "typst"
    folder.mkdir(exist_ok=True)
    rows = [
        {
            "name": person.full_name,
            "organisation": person.organisation,
            "role": person.role,
            "country": person.country,
            "band": _BANDS.get(person.category, _BAND),
            "qr": _qr_svg(person.code),
        }
        for person in attendees
    ]
    (folder / "rows.json").write_text(json.dumps(rows), encoding="utf-8")
    (folder / "logo.png").write_bytes(logo_png())
    template = _TYPST
    for word, value in (
        ("LEFT", CARD_ON_A4.left_mm),
        ("TOP", CARD_ON_A4.top_mm),
        ("ACROSS", CARD_ON_A4.pitch_x_mm),
        ("DOWN", CARD_ON_A4.pitch_y_mm),
        ("COLUMNS", CARD_ON_A4.columns),
        ("SLOTS", CARD_ON_A4.slots),
    ):
        template = template.replace(word, f"{value:g}")
    (folder / "badges.typ").write_text(template, encoding="utf-8")
    fonts = [str(resource_path("fonts"))]
    typst.compile(str(folder / "badges.typ"), output=str(file), font_paths=fonts)


def by_glabels(file: Path, attendees: Sequence[Attendee]) -> None:
    """gLabels, a merge of a CSV."""
    rows, logo, label = (file.with_name(f"glabels{end}") for end in (".csv", ".png", ".glabels"))
    with rows.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(("name", "organisation", "role", "country", "code"))
        for one in attendees:
            writer.writerow((one.full_name, one.organisation, one.role, one.country, one.code))
    logo.write_bytes(logo_png())
    fields = (
        ("name", 12, 79, 14, "True", 16, "Bold"),
        ("organisation", 28, 54, 12, "True", 9, "Regular"),
        ("role", 41, 54, 5, "False", 8, "Regular"),
        ("country", 46, 54, 5, "False", 8, "Regular"),
    )
    texts = "\n".join(
        _GLABELS_TEXT.format(
            field=field,
            top=top,
            width=width,
            height=height,
            shrink=shrink,
            size=size,
            weight=weight,
            upright=_UPRIGHT,
        )
        for field, top, width, height, shrink, size, weight in fields
    )
    label.write_text(
        _GLABELS.format(logo=logo, rows=rows, texts=texts, upright=_UPRIGHT), encoding="utf-8"
    )
    command = ["glabels-3-batch", "-o", str(file), str(label)]
    subprocess.run(command, check=True, capture_output=True)


PEERS: dict[str, Peer] = {"fpdf2": by_fpdf2, "Typst": by_typst, "gLabels": by_glabels}


def _corner_mm(slot: int) -> tuple[float, float]:
    left, below = slot_corner_pt(slot, points(CARD_ON_A4.paper_height_mm))
    return millimetres(left), CARD_ON_A4.paper_height_mm - millimetres(below)


def _modules(code: str) -> tuple[int, bytes]:
    """Modules a side with four light ones around, and the dots row by row, 0 is dark."""
    import zxingcpp

    image = memoryview(zxingcpp.create_barcode(code, zxingcpp.QRCode, ec_level="M").to_image())
    return image.shape[0], bytes(image)


def _qr_picture(code: str) -> object:
    from PIL import Image

    side, dots = _modules(code)
    return Image.frombytes("L", (side, side), dots)


def _qr_svg(code: str) -> str:
    side, dots = _modules(code)
    path = "".join(f"M{at % side} {at // side}h1v1h-1z" for at, dot in enumerate(dots) if not dot)
    size = f'viewBox="0 0 {side} {side}" width="{side}" height="{side}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><path d="{path}"/></svg>'
