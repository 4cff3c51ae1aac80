"""One text block of a face + the texts of a person → lines with their places.

Fits the paragraphs into the block's box and notes what does not fit or cannot be written.
Places are millimetres from the badge's top left corner; the size of type is in points.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence

from checkin_app.badges import fields
from checkin_app.badges.inks import Ink
from checkin_app.badges.placed import PlacedBlock, PlacedLine, Problem, Turn
from checkin_app.badges.preflight.findings import FindingKind
from checkin_app.badges.text.fitting import (
    FittedText,
    Measure,
    Setting,
    fit_display,
    fit_stack,
    stack_height_pt,
)
from checkin_app.badges.text.fonts import FontChoice, FontList
from checkin_app.badges.text.letter_case import cased
from checkin_app.badges.text.line_breaks import Flow
from checkin_app.badges.text.writing_direction import reads_right_to_left
from checkin_app.domain.badges.badge_face import Align, Box, VerticalAlign
from checkin_app.domain.badges.badge_text import LetterCase, Paragraph, TextBlock
from checkin_app.domain.language.lengths import millimetres, points

_BLOCKS_KEPT = 1024
_FLOWS_KEPT = 4096
_SHARE_BEFORE = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}
_SHARE_ABOVE = {VerticalAlign.TOP: 0.0, VerticalAlign.MIDDLE: 0.5, VerticalAlign.BOTTOM: 1.0}


class BlockComposer:
    """One text block of the face as one category has it, its templates and fonts looked up once.

    Args:
        ink: the colour of a name.
        fonts: the layout's.
        language: BCP 47 tag of the event's language; it tells how letters are cased.
    """

    def __init__(
        self,
        element: TextBlock,
        ink: Callable[[str], Ink],
        fonts: FontChoice,
        language: str = "",
    ) -> None:
        box = element.box
        self._element = element
        self._setters = [
            _ParagraphSetter(paragraph, box, element.align, ink(paragraph.colour), fonts, language)
            for paragraph in element.paragraphs
        ]
        self._size_pt = points(box.width_mm), points(box.height_mm)
        # Organisations, roles and countries come again and again.
        self._placed = functools.lru_cache(maxsize=_BLOCKS_KEPT)(self._place)

    def placed_for(self, values: Mapping[str, str]) -> PlacedBlock | None:
        """The lines for the texts of an attendee; None when there is nothing to set."""
        return self._placed(self.texts(values))

    def texts(self, values: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
        """The ways to write each paragraph; no way at all when its fields are empty."""
        return tuple([setter.ways(values) for setter in self._setters])

    def _place(self, texts: tuple[tuple[str, ...], ...]) -> PlacedBlock | None:
        """Fits the paragraphs that have text into the box and places their lines."""
        filled = [(setter, ways) for setter, ways in zip(self._setters, texts, strict=True) if ways]
        if not filled:
            return None
        settings = [setter.setting for setter, _ways in filled]
        fitted = self._fit(filled, settings)
        pairs = [(setter, one) for (setter, _ways), one in zip(filled, fitted, strict=True)]
        box = self._element.box
        free_mm = box.height_mm - millimetres(stack_height_pt(fitted, settings))
        y_mm = box.y_mm + free_mm * _SHARE_ABOVE[self._element.vertical_align]
        column_mm = max([setter.right_to_left_mm(one) for setter, one in pairs])
        lines: list[PlacedLine] = []
        problems: list[Problem] = []
        for setter, one in pairs:
            gap_mm = setter.paragraph.gap_mm if lines else 0.0
            y_mm += gap_mm + millimetres(setter.setting.cap_height_em * one.size_pt)
            lines += setter.placed(one, y_mm, column_mm)
            problems += setter.problems(one)
            y_mm = lines[-1].y_mm
        return PlacedBlock(tuple(lines), tuple(problems), self._turn())

    def _fit(
        self, filled: Sequence[_FilledParagraph], settings: Sequence[Setting]
    ) -> tuple[FittedText, ...]:
        if self._element.flows:
            flows = [setter.flow(ways[0]) for setter, ways in filled]
            return fit_stack(flows, settings, *self._size_pt)
        ((_setter, ways),) = filled
        return (fit_display(ways, settings[0], *self._size_pt),)

    def _turn(self) -> Turn | None:
        box, degrees = self._element.box, self._element.rotation_deg
        if not degrees % 360:
            return None
        return Turn(degrees, box.x_mm + box.width_mm / 2, box.y_mm + box.height_mm / 2)


class _ParagraphSetter:
    """One paragraph of a block.

    Attributes:
        setting: how it wants to be set.
        flow: its text, measured; organisations come again with other roles.
    """

    def __init__(
        self,
        paragraph: Paragraph,
        box: Box,
        align: Align,
        ink: Ink,
        fonts: FontChoice,
        language: str,
    ) -> None:
        self.paragraph = paragraph
        self._box = box
        self._align = align
        self._ink = ink
        self._language = language.partition("-")[0].lower()
        self._fonts = fonts.font_list(paragraph.weight, paragraph.font)
        self._templates = tuple(fields.Template.parse(text) for text in paragraph.texts)
        self._field = _field_name(self._templates)
        measure = _measure(self._fonts, paragraph.tracking_em)
        self.flow = _flows(self._fonts, paragraph.tracking_em)
        self.setting = Setting(
            measure,
            self._fonts.cap_height_em,
            paragraph.size_pt,
            paragraph.min_size_pt,
            paragraph.wrap_below_pt,
            paragraph.max_lines,
            paragraph.leading,
            points(paragraph.gap_mm),
        )

    def ways(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """The filled templates that have text, each text once, in the order of preference."""
        texts = [text for one in self._templates if (text := one.filled(values))]
        if self.paragraph.letter_case is not LetterCase.AS_WRITTEN:
            texts = [cased(text, self.paragraph.letter_case, self._language) for text in texts]
        return tuple(dict.fromkeys(texts)) if len(texts) > 1 else tuple(texts)

    def right_to_left_mm(self, fitted: FittedText) -> float:
        """How wide the lines are, if they read from right to left; else 0."""
        if self._is_plain(fitted) or not reads_right_to_left("\n".join(fitted.lines)):
            return 0.0
        return millimetres(max(fitted.widths_em) * fitted.size_pt)

    def placed(
        self, fitted: FittedText, y_mm: float, right_to_left_mm: float
    ) -> Iterator[PlacedLine]:
        """The lines from the first base line downwards.

        The layout says where the column of lines stands, the script on which side they begin:
        what reads from right to left and is set at the left has its lines flush at the right
        end of the widest of them in the block.

        Args:
            right_to_left_mm: how wide that one is; 0 when there is none.
        """
        paragraph, size_pt = self.paragraph, fitted.size_pt
        right_to_left = right_to_left_mm > 0 and self.right_to_left_mm(fitted) > 0
        column_mm, share = self._box.width_mm, _SHARE_BEFORE[self._align]
        if right_to_left and self._align is Align.LEFT:
            column_mm, share = right_to_left_mm, 1.0
        for line, width_em in zip(fitted.lines, fitted.widths_em, strict=True):
            free_mm = column_mm - millimetres(width_em * size_pt)
            yield PlacedLine(
                line,
                self._box.x_mm + free_mm * share,
                y_mm,
                size_pt,
                self._fonts,
                self._ink,
                paragraph.tracking_em * size_pt,
                right_to_left,
            )
            y_mm += millimetres(paragraph.leading * size_pt)

    def problems(self, fitted: FittedText) -> Iterator[Problem]:
        """What does not fit or cannot be written."""
        if fitted.overflows:
            smallest = self.paragraph.min_size_pt
            detail = f"needs {fitted.size_pt:.1f} pt, readable from {smallest:g} pt"
            yield FindingKind.TEXT_OVERFLOW, self._field, detail
        elif fitted.shrunk:
            yield FindingKind.TEXT_SHRUNK, self._field, f"set at {fitted.size_pt:g} pt"
        if not self._is_plain(fitted):
            for char in self._fonts.missing("".join(fitted.lines)):
                yield FindingKind.MISSING_GLYPH, self._field, f"{char} (U+{ord(char):04X})"

    def _is_plain(self, fitted: FittedText) -> bool:
        return all(map(self._fonts.is_plain, fitted.lines))


_FilledParagraph = tuple[_ParagraphSetter, tuple[str, ...]]


def _measure(fonts: FontList, tracking_em: float) -> Measure:
    if not tracking_em:
        return fonts.width_em
    return functools.partial(fonts.tracked_width_em, tracking_em=tracking_em)


@functools.lru_cache(maxsize=32)
def _flows(fonts: FontList, tracking_em: float) -> Callable[[str], Flow]:
    """Texts measured in a way, kept for all categories that set them so."""
    flow = functools.partial(Flow, measure=_measure(fonts, tracking_em))
    return functools.lru_cache(maxsize=_FLOWS_KEPT)(flow)


def _field_name(templates: tuple[fields.Template, ...]) -> str:
    named = dict.fromkeys(field for template in templates for field in template.fields)
    if {"first_name", "last_name"} & named.keys():
        return "name"
    return "+".join(named)
