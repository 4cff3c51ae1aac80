"""Fonts for measuring and for drawing: widths, kerning, and which font has which character.

Most badges need one font, and words of it are measured letter by letter and kept. What that
font cannot write that way (another script, marks, text from right to left) is taken apart by
direction and by font, and shaped.
"""

from __future__ import annotations

import functools
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Iterator

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError

from checkin_app.badges.text.embedded_font import EmbeddedFont
from checkin_app.badges.text.font_files import FontFile, FontShelf, bundled_font
from checkin_app.badges.text.font_instances import font_source
from checkin_app.badges.text.shaping import ShapedText, Shaper
from checkin_app.badges.text.writing_direction import reads_right_to_left, stretches
from checkin_app.domain.badges.badge_text import Weight
from checkin_app.errors import BadgeError

_WORDS_KEPT = 4096
_LINES_KEPT = 4096
_SPACES = re.compile("( )")
# Blocks of scripts whose letters stand side by side as they come, marks apart: Latin, Greek,
# Cyrillic, Armenian; Georgian; signs; Chinese, Japanese and Korean.
_LETTER_BY_LETTER = (
    range(0x20, 0x590),
    range(0x10A0, 0x1100),
    range(0x1C80, 0x1CC0),
    range(0x1D00, 0x2C00),
    range(0x2C60, 0x2D30),
    range(0x2E00, 0xA4D0),
    range(0xA640, 0xA800),
    range(0xAC00, 0xD7A4),
    range(0xF900, 0xFB00),
    range(0xFF00, 0xFFF0),
    range(0x20000, 0x33480),
)


class Typeface:
    """One font, parsed once and used for measuring and for drawing.

    Lengths are in em, the size of the type. Words are measured with kerning inside them;
    against the space between words nothing is kerned, so a line is the sum of its words.

    Attributes:
        font: ReportLab's font, which embeds the glyphs that a document uses.
        cap_height_em: height of a capital letter.
        space_em: width of the space.
        characters: those it has glyphs for.
        plain: those of them that are set letter by letter.

    Raises:
        BadgeError: the file is damaged.
    """

    def __init__(self, file: FontFile) -> None:
        # The path tells fonts apart that call themselves alike.
        name = f"{file.path}#{file.index}#{file.weight}"
        tag = "" if file.is_bundled else f"-{zlib.crc32(name.encode()):08x}"
        try:
            source = font_source(file)
            self.font = EmbeddedFont(name, source.file, source.index, tag)
        except (TTFError, OSError, struct.error, LookupError, ValueError) as error:
            raise BadgeError(
                f"The font {file.path.name} is damaged. Put a new copy of it in its place."
            ) from error
        self._shaper = Shaper(self.font, source.face)
        self.cap_height_em: float = self.font.face.capHeight / 1000
        self.characters = frozenset(map(chr, self.font.face.charToGlyph))
        self.plain = frozenset(filter(_is_plain, self.characters))
        self._advances: dict[int, float] = self.font.face.charWidths
        self._missing_advance: float = self.font.face.defaultWidth
        self._pair_kern: dict[str, float] = {}
        self.space_em = self._advance(" ")
        self.shaped = functools.lru_cache(maxsize=_WORDS_KEPT)(self._shaper.shape)

    def word_width_em(self, word: str) -> float:
        """The width of a word of plain characters."""
        advances, kern = self._advances, self.kern_em
        width = sum([advances[ord(char)] for char in word]) / 1000
        return width + sum([kern(word[at : at + 2]) for at in range(len(word) - 1)])

    def kern_em(self, pair: str) -> float:
        """How much further apart (negative: closer) two characters are set than by width."""
        kern = self._pair_kern.get(pair)
        if kern is None:
            apart = self._advance(pair[0]) + self._advance(pair[1])
            kern = self._pair_kern[pair] = self._shaper.kerned_width(pair) / 1000 - apart
        return kern

    def _advance(self, char: str) -> float:
        return self._advances.get(ord(char), self._missing_advance) / 1000


class FontList:
    """The fonts of a text, asked in turn for each letter. Its marks stay with it.

    Attributes:
        first: the font that is asked first; its measures are those of a line.
        cap_height_em: height of its capital letters.
        space_em: width of its space.
        word_width_em: the width of a word; words are kept.
    """

    def __init__(self, files: tuple[FontFile, ...]) -> None:
        self._files = files
        self.first = load_typeface(files[0])
        self.cap_height_em = self.first.cap_height_em
        self.space_em = self.first.space_em
        self.is_plain = self.first.plain.issuperset
        self.word_width_em = functools.lru_cache(maxsize=_WORDS_KEPT)(self._measure_word)
        self.shaped_line = functools.lru_cache(maxsize=_LINES_KEPT)(self._shape_line)
        self._holder = functools.lru_cache(maxsize=_WORDS_KEPT)(self._find_holder)

    def width_em(self, text: str) -> float:
        """The width of a line of text."""
        words = text.split(" ")
        return sum(map(self.word_width_em, words)) + self.space_em * (len(words) - 1)

    def tracked_width_em(self, text: str, tracking_em: float) -> float:
        """The same with white space after each letter but the last.

        Text that has to be shaped is never tracked: its letters may be joined.
        """
        tracked = tracking_em * (len(text) - 1) if text and self.is_plain(text) else 0.0
        return self.width_em(text) + tracked

    def missing(self, text: str) -> str:
        """The characters of ``text`` that no font has a glyph for, each once."""
        if self.is_plain(text):
            return ""
        found: dict[str, None] = {}
        for letter in _letters(text):
            known = self._holder(letter).characters
            found |= dict.fromkeys(
                char for char in letter if char not in known and not _is_ignorable(char)
            )
        return "".join(found)

    def _measure_word(self, word: str) -> float:
        if self.is_plain(word):
            return self.first.word_width_em(word)
        return sum(part.width_em for part in self._shape_line(word, reads_right_to_left(word)))

    def _shape_line(self, text: str, right_to_left: bool) -> tuple[ShapedText, ...]:
        """The line as printed, from left to right.

        Args:
            right_to_left: the direction of its paragraph.
        """
        parts: list[ShapedText] = []
        for stretch, turned in stretches(text, right_to_left):
            shaped = [
                face.shaped(part, turned)
                for word in _SPACES.split(stretch)
                for face, part in self._by_font(word)
            ]
            parts += reversed(shaped) if turned else shaped
        return tuple(parts)

    def _by_font(self, word: str) -> Iterator[tuple[Typeface, str]]:
        if self.is_plain(word):
            if word:
                yield self.first, word
            return
        face, part = self.first, ""
        for letter in _letters(word):
            holder = self._holder(letter)
            if holder is not face and part:
                yield face, part
                part = ""
            face, part = holder, part + letter
        if part:
            yield face, part

    def _find_holder(self, letter: str) -> Typeface:
        """The first font with the letter and its marks, else with the letter alone."""
        needed = {char for char in letter if not _is_ignorable(char)}
        for wanted in (needed, needed & {letter[0]}):
            for file in self._files:
                # Fonts further down are parsed only when a letter needs them.
                face = load_typeface(file)
                if face.characters >= wanted:
                    return face
        return self.first


class FontChoice:
    """The fonts of a layout, by weight.

    Args:
        families: of the layout, asked in turn before all others, by name.
        shelf: where fonts are looked for; those of the program alone if missing.
    """

    def __init__(self, families: Iterable[str] = (), shelf: FontShelf | None = None) -> None:
        self._families = tuple(families)
        self._shelf = shelf or FontShelf()

    def font_list(self, weight: Weight, family: str = "") -> FontList:
        """The fonts for a text.

        Args:
            family: asked before those of the layout.

        Raises:
            BadgeError: a family is not there, or its file is damaged.
        """
        named = (family, *self._families) if family else self._families
        return _font_list_of(self._shelf.files(named, weight))


@functools.cache
def load_typeface(file: FontFile) -> Typeface:
    """The font of a file; parsing takes some 10 ms, so a process does it once.

    Raises:
        BadgeError: the file is damaged.
    """
    return Typeface(file)


@functools.cache
def _font_list_of(files: tuple[FontFile, ...]) -> FontList:
    """The list of these fonts, with the words it has measured so far."""
    return FontList(files)


@functools.cache
def typeface(weight: Weight) -> Typeface:
    """The program's own font, known to ReportLab by its name."""
    face = load_typeface(bundled_font(weight))
    pdfmetrics.registerFont(face.font)
    return face


def _is_plain(char: str) -> bool:
    code = ord(char)
    return not _is_mark(char) and any(code in block for block in _LETTER_BY_LETTER)


def _letters(text: str) -> Iterator[str]:
    """Each letter with the marks and joiners that follow it."""
    letter = ""
    for char in text:
        if letter and not (_is_mark(char) or _is_ignorable(char)):
            yield letter
            letter = ""
        letter += char
    if letter:
        yield letter


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")


def _is_ignorable(char: str) -> bool:
    """Joiners and selectors of variants steer other glyphs and have none."""
    return (
        char in "\u200c\u200d"
        or "\ufe00" <= char <= "\ufe0f"
        or "\U000e0100" <= char <= "\U000e01ef"
    )
