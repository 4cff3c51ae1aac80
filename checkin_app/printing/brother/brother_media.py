"""What Brother QL printers there are and what is printed on: tables, and which label suits a badge.

Sizes, printable dots and positions under the head are those of the page size tables in Brother's
"Raster Command Reference" of the QL-800 series and of the QL-1100 series (section 2.3.2), codes of
models those of the status tables there and in the references of the older series.
"""

from __future__ import annotations

from dataclasses import dataclass

from checkin_app.domain.printers import BadgeSheet
from checkin_app.errors import PrinterError
from checkin_app.printing.label_raster import dots

DPI = 300
TAPE_END_DOTS = 35
"""3 mm at both ends of a piece of tape, between cutter and head, stay white."""

_TOLERANCE_MM = 1.5
"""Names of labels are rounded: "60 x 86" is 87 mm long, "39 x 90" 38 mm wide."""


@dataclass(frozen=True, slots=True)
class BrotherModel:
    """A printer of the series.

    Attributes:
        code: series and model in its status.
        row_bytes: of one line of dots: 720 or 1296 of them.
        is_wide: it takes labels of up to 103 mm.
        knows_modes: it can be told to listen to raster data; others know nothing else.
        cuts: it has a cutter of its own.
    """

    name: str
    code: tuple[int, int]
    is_wide: bool = False
    knows_modes: bool = True
    cuts: bool = True

    @property
    def row_bytes(self) -> int:
        return 162 if self.is_wide else 90

    @property
    def first_dot(self) -> int:
        """Narrow labels lie further in under a wide head."""
        return 44 if self.is_wide else 0


MODELS = (
    BrotherModel("QL-500", (0x30, 0x4F), knows_modes=False, cuts=False),
    BrotherModel("QL-550", (0x30, 0x4F), knows_modes=False),
    BrotherModel("QL-560", (0x34, 0x31), knows_modes=False),
    BrotherModel("QL-570", (0x34, 0x32), knows_modes=False),
    BrotherModel("QL-580N", (0x34, 0x33)),
    BrotherModel("QL-600", (0x34, 0x47)),
    BrotherModel("QL-650TD", (0x30, 0x51)),
    BrotherModel("QL-700", (0x34, 0x35), knows_modes=False),
    BrotherModel("QL-710W", (0x34, 0x36)),
    BrotherModel("QL-720NW", (0x34, 0x37)),
    BrotherModel("QL-800", (0x34, 0x38)),
    BrotherModel("QL-810W", (0x34, 0x39)),
    BrotherModel("QL-820NWB", (0x34, 0x41)),
    BrotherModel("QL-1050", (0x30, 0x50), is_wide=True),
    BrotherModel("QL-1060N", (0x34, 0x34), is_wide=True),
    BrotherModel("QL-1100", (0x34, 0x43), is_wide=True),
    BrotherModel("QL-1110NWB", (0x34, 0x44), is_wide=True),
    BrotherModel("QL-1115NWB", (0x34, 0x45), is_wide=True),
)

USUAL_MODEL = next(model for model in MODELS if model.name == "QL-820NWB")
USUAL_WIDE_MODEL = next(model for model in MODELS if model.name == "QL-1110NWB")


@dataclass(frozen=True, slots=True)
class BrotherLabel:
    """A roll.

    Attributes:
        width_mm: across.
        length_mm: of one label; 0 for a tape that is cut at any length.
        width_dots, length_dots: that can be printed.
        offset_dots: from the edge of the head.
        is_wide: for wide printers only.
        has_red: the paper turns red as well, and printers insist on data for it.
    """

    width_mm: int
    length_mm: int
    width_dots: int
    length_dots: int
    offset_dots: int
    is_wide: bool = False
    has_red: bool = False

    @property
    def name(self) -> str:
        """As it is typed in the address of a printer: "62", "62red", "62x100"."""
        if self.length_mm:
            return f"{self.width_mm}x{self.length_mm}"
        return f"{self.width_mm}{'red' if self.has_red else ''}"


LABELS = (
    BrotherLabel(17, 54, 165, 566, 0),
    BrotherLabel(17, 87, 165, 956, 0),
    BrotherLabel(23, 23, 202, 202, 42),
    BrotherLabel(29, 42, 306, 425, 6),
    BrotherLabel(29, 90, 306, 991, 6),
    BrotherLabel(38, 90, 413, 991, 12),
    BrotherLabel(39, 48, 425, 495, 6),
    BrotherLabel(52, 29, 578, 271, 0),
    BrotherLabel(54, 29, 598, 271, 60),
    BrotherLabel(60, 87, 672, 954, 18),
    BrotherLabel(62, 29, 696, 271, 12),
    BrotherLabel(62, 100, 696, 1109, 12),
    BrotherLabel(102, 51, 1164, 526, 12, is_wide=True),
    BrotherLabel(102, 153, 1164, 1660, 12, is_wide=True),
    BrotherLabel(104, 164, 1200, 1822, 12, is_wide=True),
    BrotherLabel(12, 0, 106, 0, 29),
    BrotherLabel(29, 0, 306, 0, 6),
    BrotherLabel(38, 0, 413, 0, 12),
    BrotherLabel(50, 0, 554, 0, 12),
    BrotherLabel(54, 0, 590, 0, 0),
    BrotherLabel(62, 0, 696, 0, 12),
    BrotherLabel(62, 0, 696, 0, 12, has_red=True),
    BrotherLabel(102, 0, 1164, 0, 12, is_wide=True),
    BrotherLabel(104, 0, 1200, 0, 12, is_wide=True),
)


@dataclass(frozen=True, slots=True)
class LabelChoice:
    """How a badge goes on a label.

    Attributes:
        is_turned: its width lies along the tape.
    """

    label: BrotherLabel
    is_turned: bool


def model_named(name: str) -> BrotherModel | None:
    """The model of this name, however it is written."""
    wanted = name.upper().replace(" ", "-")
    return next((model for model in MODELS if model.name == wanted), None)


def model_with_code(code: tuple[int, int]) -> BrotherModel:
    """The model of a status; of the QL-500 and the QL-550, which say the same, the one that cuts.

    A model that is not known yet is taken for a usual one.
    """
    found = [model for model in MODELS if model.code == code]
    return found[-1] if found else USUAL_MODEL


def label_named(name: str) -> BrotherLabel | None:
    """The roll of this name; "62x100mm" and "62 x 100" are understood as well."""
    wanted = name.lower().replace(" ", "").replace("mm", "")
    return next((label for label in LABELS if label.name == wanted), None)


def loaded_label(width_mm: int, length_mm: int) -> BrotherLabel | None:
    """The roll that a status names by its size; None for one that is not known."""
    return next(
        (
            label
            for label in LABELS
            if bool(label.length_mm) == bool(length_mm)
            and abs(label.width_mm - width_mm) <= 1
            and abs(label.length_mm - length_mm) <= 1
        ),
        None,
    )


def choice_for(
    sheet: BadgeSheet, label: BrotherLabel | None, model: BrotherModel | None
) -> LabelChoice:
    """The label a badge is meant for, and whether it must be turned.

    Args:
        label: the roll in the printer, when that is known; else the badge's size decides.
        model: when known.

    Raises:
        PrinterError: the badge does not fit on the roll, or on any roll there is.
    """
    if label is not None:
        choice = _on(sheet, label)
        if choice is None:
            raise PrinterError(
                f"The badge ({_size(sheet)}) does not fit on the roll in the printer "
                f"({label.name} mm). Change the roll, or the size of the badge."
            )
        return choice
    takes_wide = model is None or model.is_wide
    rolls = [one for one in LABELS if not one.has_red and (takes_wide or not one.is_wide)]
    choices = [choice for one in rolls if (choice := _on(sheet, one)) is not None]
    if not choices:
        raise PrinterError(
            f"Brother has no roll for badges of {_size(sheet)}. Change the size of the badge."
        )
    # Labels of its very size come first, then the tape on which least stays white.
    return min(choices, key=lambda choice: (not choice.label.length_mm, _white_mm(sheet, choice)))


def _on(sheet: BadgeSheet, label: BrotherLabel) -> LabelChoice | None:
    choices = [LabelChoice(label, is_turned) for is_turned in (False, True)]
    fitting = [choice for choice in choices if _fits(sheet, choice)]
    return min(fitting, key=lambda choice: _white_mm(sheet, choice), default=None)


def _fits(sheet: BadgeSheet, choice: LabelChoice) -> bool:
    across_mm, along_mm = _across_and_along(sheet, choice.is_turned)
    label = choice.label
    if label.length_mm:
        return (
            abs(across_mm - label.width_mm) <= _TOLERANCE_MM
            and abs(along_mm - label.length_mm) <= _TOLERANCE_MM
        )
    return across_mm <= label.width_mm + _TOLERANCE_MM


def _white_mm(sheet: BadgeSheet, choice: LabelChoice) -> float:
    return abs(choice.label.width_mm - _across_and_along(sheet, choice.is_turned)[0])


def _across_and_along(sheet: BadgeSheet, is_turned: bool) -> tuple[float, float]:
    size = (sheet.width_mm, sheet.height_mm)
    return size[::-1] if is_turned else size


def _size(sheet: BadgeSheet) -> str:
    return f"{sheet.width_mm:g} x {sheet.height_mm:g} mm"


def tape_dots(sheet: BadgeSheet, choice: LabelChoice) -> int:
    """How many lines of dots are printed on a piece of tape as long as the badge."""
    along_mm = _across_and_along(sheet, choice.is_turned)[1]
    return max(dots(along_mm, DPI), _SHORTEST_TAPE_DOTS) - 2 * TAPE_END_DOTS


_SHORTEST_TAPE_DOTS = 150 + 2 * TAPE_END_DOTS
"""12.7 mm are the least that is printed."""
