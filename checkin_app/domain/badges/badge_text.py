"""Text on the face of a badge: how it is set. Type sizes are points, all else is millimetres.

Texts are templates: literal text with ``{field}`` placeholders.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from checkin_app.domain.badges.badge_face import Align, Box, Colour, VerticalAlign


class Weight(StrEnum):
    """Which cut of a font."""

    REGULAR = "regular"
    BOLD = "bold"


class LetterCase(StrEnum):
    """How a text is cased; names are never cased by the program."""

    AS_WRITTEN = "as written"
    UPPER = "upper"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One run of text in a block.

    Attributes:
        texts: templates; with several, the one that can be set largest is used. A line break in
            a template is a line break on the badge.
        size_pt: the size wanted.
        min_size_pt: below this nobody can read it: text that needs less is a finding.
        wrap_below_pt: lines shrink down to this size before they are broken further.
        max_lines: how many lines at most.
        font: a font family; empty for those of the layout.
        leading: distance of lines, in multiples of the size.
        gap_mm: white space above, when it is not the first of its block.
        tracking_em: extra space after each letter, in multiples of the size.
    """

    texts: tuple[str, ...]
    size_pt: float
    min_size_pt: float
    wrap_below_pt: float = 0.0
    max_lines: int = 1
    font: str = ""
    weight: Weight = Weight.REGULAR
    colour: Colour = "ink"
    leading: float = 1.2
    gap_mm: float = 0.0
    tracking_em: float = 0.0
    letter_case: LetterCase = LetterCase.AS_WRITTEN

    def scaled(self, scale: float) -> Paragraph:
        """The same paragraph on a larger or smaller badge; never too small to be read."""
        return replace(
            self,
            size_pt=max(self.size_pt * scale, self.min_size_pt),
            wrap_below_pt=max(self.wrap_below_pt * scale, self.min_size_pt)
            if self.wrap_below_pt
            else 0.0,
            gap_mm=self.gap_mm * scale,
        )


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Text in a box; paragraphs lie one below the other, and empty ones take no room.

    Attributes:
        flows: lines break where the box ends before the size shrinks (prose); otherwise the
            text of the only paragraph is set as large as the box allows (names, titles).
        rotation_deg: clockwise about the middle of the box.
    """

    box: Box
    paragraphs: tuple[Paragraph, ...]
    align: Align = Align.LEFT
    vertical_align: VerticalAlign = VerticalAlign.TOP
    flows: bool = False
    rotation_deg: float = 0.0

    def stretched(self, across: float, down: float) -> TextBlock:
        """On a badge of another size: the box follows it, the type grows evenly."""
        scale = min(across, down)
        paragraphs = tuple(paragraph.scaled(scale) for paragraph in self.paragraphs)
        return replace(
            self, box=self.box.stretched(across, down, self.rotation_deg), paragraphs=paragraphs
        )
