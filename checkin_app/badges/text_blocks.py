"""One text block of a face + the texts of a person → lines with their places.

Fits the paragraphs into the block's box and notes what does not fit or cannot be written.
Places are millimetres from the badge's top left corner; the size of type is in points.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from checkin_app.badges import fields
from checkin_app.badges.findings import FindingKind
from checkin_app.badges.fitting import FittedText, Setting, fit_display, fit_stack, stack_height_pt
from checkin_app.badges.fonts import typeface
from checkin_app.badges.inks import Ink
from checkin_app.badges.placed import PlacedBlock, PlacedLine, Problem, Turn
from checkin_app.domain.badge_elements import (
    Align,
    LetterCase,
    Paragraph,
    TextBlock,
    VerticalAlign,
)
from checkin_app.domain.lengths import millimetres, points

_BLOCKS_KEPT = 4096
_ACUTE = "\u0301"


class BlockComposer:
    """One text block of the face as one category has it, its templates and fonts looked up once.

    Args:
        ink: the colour of a name.
        fonts: the layout's font families.
    """

    def __init__(
        self, element: TextBlock, ink: Callable[[str], Ink], fonts: Sequence[str] = ()
    ) -> None:
        self._element = element
        self._fonts = fonts
        self._inks = [ink(paragraph.colour) for paragraph in element.paragraphs]
        self._templates = [
            tuple(fields.Template.parse(text) for text in paragraph.texts)
            for paragraph in element.paragraphs
        ]
        self._settings = [_setting(paragraph) for paragraph in element.paragraphs]
        self._field_names = [_field_name(several) for several in self._templates]
        # Organisations, roles and countries come again and again.
        self._placed = functools.lru_cache(maxsize=_BLOCKS_KEPT)(self._place)

    def placed_for(self, values: Mapping[str, str]) -> PlacedBlock | None:
        """The lines for the texts of an attendee; None when there is nothing to set."""
        return self._placed(self.texts(values))

    def texts(self, values: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
        """The ways to write each paragraph; no way at all when its fields are empty."""
        paragraphs = zip(self._templates, self._element.paragraphs, strict=True)
        return tuple([_ways(templates, one, values) for templates, one in paragraphs])

    def _place(self, texts: tuple[tuple[str, ...], ...]) -> PlacedBlock | None:
        """Fits the paragraphs that have text into the box and places their lines."""
        filled = [number for number, ways in enumerate(texts) if ways]
        if not filled:
            return None
        settings = [self._settings[number] for number in filled]
        fitted = self._fit([texts[number] for number in filled], settings)
        lines: list[PlacedLine] = []
        y_mm = self._element.box.y_mm + self._space_above_mm(fitted, settings)
        for place, (number, one) in enumerate(zip(filled, fitted, strict=True)):
            paragraph, setting = self._element.paragraphs[number], self._settings[number]
            y_mm += (paragraph.gap_mm if place else 0.0) + millimetres(
                setting.cap_height_em * one.size_pt
            )
            lines += self._placed_lines(one, paragraph, setting, y_mm, self._inks[number])
            y_mm = lines[-1].y_mm
        problems = [
            problem
            for number, one in zip(filled, fitted, strict=True)
            for problem in self._problems(number, one)
        ]
        return PlacedBlock(tuple(lines), tuple(problems), self._turn())

    def _turn(self) -> Turn | None:
        box, degrees = self._element.box, self._element.rotation_deg
        if not degrees % 360:
            return None
        return Turn(degrees, box.x_mm + box.width_mm / 2, box.y_mm + box.height_mm / 2)

    def _fit(
        self, texts: Sequence[tuple[str, ...]], settings: Sequence[Setting]
    ) -> tuple[FittedText, ...]:
        width_pt = points(self._element.box.width_mm)
        height_pt = points(self._element.box.height_mm)
        if not self._element.flows:
            return (fit_display(texts[0], settings[0], width_pt, height_pt),)
        return fit_stack([ways[0] for ways in texts], settings, width_pt, height_pt)

    def _space_above_mm(self, fitted: tuple[FittedText, ...], settings: Sequence[Setting]) -> float:
        free_mm = self._element.box.height_mm - millimetres(stack_height_pt(fitted, settings))
        match self._element.vertical_align:
            case VerticalAlign.TOP:
                return 0.0
            case VerticalAlign.MIDDLE:
                return free_mm / 2
            case VerticalAlign.BOTTOM:
                return free_mm

    def _placed_lines(
        self, one: FittedText, paragraph: Paragraph, setting: Setting, y_mm: float, colour: Ink
    ) -> list[PlacedLine]:
        box, step_mm = self._element.box, millimetres(paragraph.leading * one.size_pt)
        placed = []
        for number, line in enumerate(one.lines):
            free_mm = box.width_mm - millimetres(setting.measure(line) * one.size_pt)
            share = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}[self._element.align]
            placed.append(
                PlacedLine(
                    line,
                    box.x_mm + free_mm * share,
                    y_mm + number * step_mm,
                    one.size_pt,
                    paragraph.weight,
                    colour,
                    paragraph.tracking_em * one.size_pt,
                )
            )
        return placed

    def _problems(self, number: int, one: FittedText) -> list[Problem]:
        paragraph, field = self._element.paragraphs[number], self._field_names[number]
        found: list[Problem] = []
        if one.overflows:
            detail = f"needs {one.size_pt:.1f} pt, readable from {paragraph.min_size_pt:g} pt"
            found.append((FindingKind.TEXT_OVERFLOW, field, detail))
        elif one.shrunk:
            found.append((FindingKind.TEXT_SHRUNK, field, f"set at {one.size_pt:g} pt"))
        missing = typeface(paragraph.weight).missing("".join(one.lines))
        found += [
            (FindingKind.MISSING_GLYPH, field, f"{char} (U+{ord(char):04X})") for char in missing
        ]
        return found


def _setting(paragraph: Paragraph) -> Setting:
    face = typeface(paragraph.weight)
    tracking = paragraph.tracking_em
    measure = face.width_em
    if tracking:
        # The last letter is tracked too, but its space is not seen.
        measure = lambda text: face.width_em(text) + tracking * (len(text) - 1)  # noqa: E731
    return Setting(
        measure,
        face.cap_height_em,
        paragraph.size_pt,
        paragraph.min_size_pt,
        paragraph.wrap_below_pt,
        paragraph.max_lines,
        paragraph.leading,
        points(paragraph.gap_mm),
    )


def _ways(
    templates: tuple[fields.Template, ...], paragraph: Paragraph, values: Mapping[str, str]
) -> tuple[str, ...]:
    """The filled templates that have text, each text once, in the order of preference."""
    texts = [template.filled(values) for template in templates]
    return tuple(dict.fromkeys([_cased(text, paragraph) for text in texts if text]))


def _field_name(templates: tuple[fields.Template, ...]) -> str:
    named = dict.fromkeys(field for template in templates for field in template.fields)
    if {"first_name", "last_name"} & named.keys():
        return "name"
    return "+".join(named)


def _cased(text: str, paragraph: Paragraph) -> str:
    """In the case that is wanted; Greek capitals of a label carry no accent."""
    match paragraph.letter_case:
        case LetterCase.AS_WRITTEN:
            return text
        case LetterCase.LOWER:
            return text.lower()
        case LetterCase.UPPER:
            if not any("\u0370" <= char <= "\u03ff" for char in text):
                return text.upper()
            bare = unicodedata.normalize("NFD", text).replace(_ACUTE, "")
            return unicodedata.normalize("NFC", bare).upper()
