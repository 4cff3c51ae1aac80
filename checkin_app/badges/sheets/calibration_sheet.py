"""Stock → a PDF of one page to measure a printer with: outlines, crosses, rulers, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from checkin_app.badges.canvas import PageCanvas
from checkin_app.badges.page_operators import line_operators, outline_operators, rectangle_path
from checkin_app.badges.sheets.calibration import (
    Cross,
    cross_lines,
    measured_crosses,
    ruler_lines,
    ruler_numbers,
)
from checkin_app.badges.sheets.impose import slot_boxes
from checkin_app.badges.sheets.sheet_marks import creases, page_transform
from checkin_app.badges.text.fonts import FontChoice, FontList
from checkin_app.badges.text.lettering import Lettering
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.badge_text import Weight
from checkin_app.domain.badges.imposition import Fill, PrinterOffset
from checkin_app.domain.badges.stock import Stock
from checkin_app.domain.language.lengths import millimetres, points
from checkin_app.whole_file import whole_file

_RULER_PT = 5.0
_CROSS_NAME_PT = 11.0
_LARGEST_SLOT_NUMBER_PT = 16.0
_NOTE_PT = (9.0, 8.0, 7.0, 6.0, 5.0, 4.0)
_LEADING = 1.3
_GAP_MM = 3.0
_SMALLEST_NOTE_MM = (60.0, 38.0)
_WIDEST_NOTE_MM = 90.0
_SLOT_NUMBER_MM = 8.0
_WHITE, _BLACK, _GREY = "1 g", "0 g", "0.45 g"


def write_calibration_sheet(
    path: Path,
    stock: Stock,
    fill: Fill = Fill.BY_ROW,
    offset: PrinterOffset | None = None,
    printer: str = "",
) -> None:
    """Writes the test sheet of a stock.

    Args:
        fill: in which order the slots are numbered.
        offset: a correction to be tried; everything is drawn with it.
        printer: its name, to stand on the sheet.

    Raises:
        CheckinError: the file cannot be written. There is no file then.
    """
    correction = offset or PrinterOffset()
    with whole_file(path) as unfinished, unfinished.open("wb") as file:
        canvas = PageCanvas(file, stock.paper_width_mm, stock.paper_height_mm, stock.name)
        pen = _Pen(Lettering(_fonts(), canvas), _fonts(), stock.paper_height_mm)
        a, b, c, d, e_mm, f_mm = page_transform(correction, stock.paper_height_mm)
        operators = [f"{a:.6f} {b:g} {c:g} {d:.6f} {points(e_mm):.3f} {points(f_mm):.3f} cm"]
        operators += _slots(pen, stock, fill)
        operators += _measures(pen, stock)
        operators += _note(pen, stock, correction, printer)
        canvas.addLiteral("\n".join(operators))
        canvas.showPage()
        canvas.finish()


def _fonts() -> FontList:
    return FontChoice().font_list(Weight.REGULAR)


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes text at places in millimetres from the top left corner."""

    lettering: Lettering
    fonts: FontList
    paper_height_mm: float

    def text(self, text: str, x_mm: float, y_mm: float, size_pt: float) -> str:
        """A line from its left end, on its base line."""
        bottom_mm = self.paper_height_mm - y_mm
        return self.lettering.line(text, points(x_mm), points(bottom_mm), size_pt)

    def width_mm(self, text: str, size_pt: float) -> float:
        """The width of a line."""
        return millimetres(self.fonts.width_em(text) * size_pt)

    def cap_mm(self, size_pt: float) -> float:
        """The height of figures and capital letters."""
        return millimetres(self.fonts.cap_height_em * size_pt)


def _slots(pen: _Pen, stock: Stock, fill: Fill) -> Iterator[str]:
    """The outline and the number of every slot."""
    boxes = slot_boxes(stock, fill)
    for box in boxes:
        yield outline_operators(box, stock.corner_radius_mm, stock.paper_height_mm)
    if stock.slots == 1:
        return
    yield _GREY
    for number, box in enumerate(boxes, 1):
        size_pt = min(_LARGEST_SLOT_NUMBER_PT, points(box.height_mm) / 3)
        base_mm = box.y_mm + _GAP_MM + pen.cap_mm(size_pt)
        left_mm = box.right_mm - _GAP_MM - pen.width_mm(str(number), size_pt)
        yield pen.text(str(number), left_mm, base_mm, size_pt)


def _measures(pen: _Pen, stock: Stock) -> Iterator[str]:
    """The rulers and crosses."""
    lines = (*ruler_lines(stock), *cross_lines(stock), *creases(stock))
    yield line_operators(lines, stock.paper_height_mm)
    yield _BLACK
    cap_mm = pen.cap_mm(_RULER_PT)
    for number in ruler_numbers(stock):
        text = str(number.value)
        width_mm = pen.width_mm(text, _RULER_PT)
        if number.is_across:
            yield pen.text(text, number.x_mm - width_mm / 2, number.y_mm - 0.4, _RULER_PT)
        else:
            left_mm = number.x_mm - width_mm - 0.4
            yield pen.text(text, left_mm, number.y_mm + cap_mm / 2, _RULER_PT)
    for name, cross in zip("AB", measured_crosses(stock), strict=True):
        cap_mm = pen.cap_mm(_CROSS_NAME_PT)
        # Inside the sheet, where neither ruler has numbers.
        left_mm = cross.x_mm + 1.2 if name == "A" else cross.x_mm - 3.6
        base_mm = cross.y_mm + 1.2 + cap_mm if name == "A" else cross.y_mm - 1.2
        yield pen.text(name, left_mm, base_mm, _CROSS_NAME_PT)


def _note(pen: _Pen, stock: Stock, offset: PrinterOffset, printer: str) -> Iterator[str]:
    """What to do, in a slot of its own or on a white ground over small ones.

    Labels too small for it have none; the window says the same.
    """
    room = _note_room(stock)
    size_pt, lines = _fitted(pen, list(_sentences(stock, offset, printer)), room)
    if not lines:
        return
    leading_mm = millimetres(size_pt * _LEADING)
    width_mm = max(pen.width_mm(line, size_pt) for line in lines)
    height_mm = leading_mm * len(lines)
    left_mm = room.x_mm + (room.width_mm - width_mm) / 2
    top_mm = room.y_mm + (room.height_mm - height_mm) / 2
    ground = Box(left_mm - 1, top_mm - 1, width_mm + 2, height_mm + 2)
    yield f"{_WHITE} {rectangle_path(ground, 0, points(stock.paper_height_mm))} f {_BLACK}"
    for number, line in enumerate(lines, 1):
        yield pen.text(line, left_mm, top_mm + (number - 0.25) * leading_mm, size_pt)


def _sentences(stock: Stock, offset: PrinterOffset, printer: str) -> Iterator[str]:
    near, far = measured_crosses(stock)
    yield f"Test sheet: {stock.name}" + (f", {printer}" if printer else "")
    yield "Print at 100 % (actual size), not fitted to the page."
    yield (
        f"A belongs {_place(near, stock)}{', on the corner of badge 1' if near.on_badge else ''}. "
        "Measure how far it lies to the right of that, and how far below; left and above are "
        "minus."
    )
    yield f"B belongs {_place(far, stock)}. Measure it likewise, or leave it out."
    if offset != PrinterOffset():
        yield (
            f"Printed with the correction: right {offset.right_mm:g} mm, down {offset.down_mm:g} "
            f"mm, scale {offset.scale_x:g} and {offset.scale_y:g}."
        )


def _place(cross: Cross, stock: Stock) -> str:
    """Measured from the nearer edges of the paper."""
    right_mm, bottom_mm = stock.paper_width_mm - cross.x_mm, stock.paper_height_mm - cross.y_mm
    across = (cross.x_mm, "left") if cross.x_mm <= right_mm else (right_mm, "right")
    down = (cross.y_mm, "top") if cross.y_mm <= bottom_mm else (bottom_mm, "bottom")
    return (
        f"{round(across[0], 2):g} mm from the {across[1]} and {round(down[0], 2):g} mm "
        f"from the {down[1]} edge"
    )


def _note_room(stock: Stock) -> Box:
    """A slot in the middle of the last column, below its number, where it is large enough.

    Else what is free between the crosses: to the right of the ruler, above the cross B, on one
    side of a crease.
    """
    boxes = slot_boxes(stock)
    slot = boxes[stock.rows // 2 * stock.columns + stock.columns - 1]
    width_mm, height_mm = _SMALLEST_NOTE_MM
    if len(boxes) > 2 and slot.width_mm >= width_mm and slot.height_mm >= height_mm:
        return _within(slot, _GAP_MM, _GAP_MM, _GAP_MM + _SLOT_NUMBER_MM, _GAP_MM)
    near, far = measured_crosses(stock)
    right_mm, bottom_mm = stock.paper_width_mm, far.y_mm
    for crease in creases(stock)[:1]:
        right_mm = crease.x1_mm if crease.x1_mm == crease.x2_mm else right_mm
        bottom_mm = crease.y1_mm if crease.y1_mm == crease.y2_mm else bottom_mm
    free = Box(near.x_mm, near.y_mm, right_mm - near.x_mm, bottom_mm - near.y_mm)
    room = _within(free, 2 * _GAP_MM, _GAP_MM, _GAP_MM + 1, 2 * _GAP_MM)
    width_mm = min(room.width_mm, _WIDEST_NOTE_MM)
    return replace(room, x_mm=room.x_mm + (room.width_mm - width_mm) / 2, width_mm=width_mm)


def _within(box: Box, left_mm: float, top_mm: float, right_mm: float, bottom_mm: float) -> Box:
    return Box(
        box.x_mm + left_mm,
        box.y_mm + top_mm,
        box.width_mm - left_mm - right_mm,
        box.height_mm - top_mm - bottom_mm,
    )


def _fitted(pen: _Pen, sentences: list[str], box: Box) -> tuple[float, list[str]]:
    """The largest size at which the sentences fit, and their lines; none when they do not fit."""
    for size_pt in _NOTE_PT:
        most = int(box.height_mm / millimetres(size_pt * _LEADING))
        lines = [line for sentence in sentences for line in _wrapped(pen, sentence, size_pt, box)]
        widest_mm = max(pen.width_mm(line, size_pt) for line in lines)
        if len(lines) <= most and widest_mm <= box.width_mm:
            return size_pt, lines
    return _NOTE_PT[-1], []


def _wrapped(pen: _Pen, sentence: str, size_pt: float, box: Box) -> Iterator[str]:
    line = ""
    for word in sentence.split():
        longer = f"{line} {word}".strip()
        if line and pen.width_mm(longer, size_pt) > box.width_mm:
            yield line
            longer = word
        line = longer
    yield line
