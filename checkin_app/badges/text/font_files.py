"""The font files there are: those that come with the program, and those the organiser adds.

A font is added by putting its file into the folder of fonts. PDF files are made with TrueType
outlines; fonts with others are refused here, before a run needs them.
"""

from __future__ import annotations

import functools
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkin_app.domain.badges.badge_text import Weight
from checkin_app.errors import BadgeError
from checkin_app.resource_files import resource_path

BUNDLED_FAMILIES = {
    "Inter": "Inter",
    "Noto Sans Georgian": "NotoSansGeorgian",
    "Noto Sans Armenian": "NotoSansArmenian",
    "Noto Sans Hebrew": "NotoSansHebrew",
    "Noto Sans Arabic": "NotoSansArabic",
}
"""Family → the beginning of its file names, in the order in which they are asked."""

FONT_SUFFIXES = frozenset({".ttf", ".ttc", ".otf", ".otc", ".woff", ".woff2"})

WEIGHT_AXIS = "wght"

_WEIGHTS = {Weight.REGULAR: 400, Weight.BOLD: 700}
_WEB_FONTS = (b"wOFF", b"wOF2")
_FAMILY, _TYPOGRAPHIC_FAMILY = 1, 16
_NEEDED = ("cmap", "head", "hhea", "hmtx", "maxp", "name")
_ASK_FOR = "Take a TrueType font (.ttf or .ttc), for example a Noto font, instead."


@dataclass(frozen=True, slots=True)
class FontFile:
    """One font of a file.

    Attributes:
        index: of the font within a collection (.ttc).
        family: as it calls itself.
        weight: 400 for regular, 700 for bold.
        is_variable: the file holds many weights, and ``weight`` is one of them.
        modified_ns: when the file was last changed, so that another file of that name is told;
            0 for the program's own.
    """

    path: Path
    family: str
    weight: int
    index: int = 0
    is_upright: bool = True
    is_variable: bool = False
    modified_ns: int = 0

    @property
    def is_bundled(self) -> bool:
        """Whether it comes with the program."""
        return self.modified_ns == 0


class FontShelf:
    """The fonts a run may use.

    Args:
        folder: where the organiser puts fonts; it need not exist.

    Attributes:
        added: the fonts in the folder.
        refused: the files there that cannot be used, and why.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.added: tuple[FontFile, ...] = ()
        self.refused: dict[str, str] = {}
        for path in _files_in(folder):
            try:
                self.added += read_font_file(path)
            except BadgeError as error:
                self.refused[path.name] = str(error)

    @property
    def families(self) -> tuple[str, ...]:
        """The names of all families, for people to choose from."""
        return tuple(dict.fromkeys([*BUNDLED_FAMILIES, *(one.family for one in self.added)]))

    def files(self, families: Iterable[str], weight: Weight) -> tuple[FontFile, ...]:
        """The fonts to ask for a character, in turn: those named, then all others there are.

        Args:
            families: names of families, or of files in the folder.

        Raises:
            BadgeError: there is no font of a name.
        """
        found = [self._file(name, weight) for name in families]
        found += [_bundled(family, weight) for family in BUNDLED_FAMILIES]
        others = dict.fromkeys(one.family for one in self.added)
        found += [_nearest(self._members(family), weight) for family in others]
        return tuple(dict.fromkeys(found))

    def _file(self, name: str, weight: Weight) -> FontFile:
        members = self._members(name)
        if members:
            return _nearest(members, weight)
        for family in BUNDLED_FAMILIES:
            if family.casefold() == name.casefold():
                return _bundled(family, weight)
        for file, reason in self.refused.items():
            if name.casefold() in (file.casefold(), Path(file).stem.casefold()):
                raise BadgeError(reason)
        raise BadgeError(
            f'The layout asks for the font "{name}", which is not there. Put its file into the'
            f" folder of fonts, or name one of these instead: {', '.join(self.families)}."
        )

    def _members(self, name: str) -> list[FontFile]:
        wanted = name.casefold()
        return [
            one
            for one in self.added
            if wanted in (one.family.casefold(), one.path.name.casefold(), one.path.stem.casefold())
        ]


def own_fonts_folder() -> Path:
    """Where the current user puts fonts; the folder need not exist."""
    import platformdirs

    return platformdirs.user_data_path("checkin-app", appauthor=False) / "fonts"


def read_font_file(path: Path) -> tuple[FontFile, ...]:
    """The fonts of a file, one unless it is a collection.

    Raises:
        BadgeError: they cannot be put into a PDF; the text says what to take instead.
    """
    import uharfbuzz

    try:
        state = path.stat()
        return _fonts_of(path, state.st_mtime_ns, state.st_size)
    except OSError as error:
        raise BadgeError(
            f"The font {path.name} cannot be read: {error.strerror}. Put a new copy of it in its"
            " place."
        ) from error
    except (uharfbuzz.HarfBuzzError, UnicodeDecodeError) as error:
        # Names of tables and of families that are no text are how damage often shows.
        raise _damaged(path.name) from error


def bundled_font(weight: Weight) -> FontFile:
    """The program's own font of a weight."""
    return _bundled(next(iter(BUNDLED_FAMILIES)), weight)


@functools.lru_cache(maxsize=256)
def _fonts_of(path: Path, modified_ns: int, _size: int) -> tuple[FontFile, ...]:
    import uharfbuzz

    with path.open("rb") as file:
        kind = file.read(4)
    if kind in _WEB_FONTS:
        raise BadgeError(f"The font {path.name} is packed for web pages. {_ASK_FOR}")
    blob = uharfbuzz.Blob.from_file_path(str(path))
    found = []
    for index in range(max(uharfbuzz.Face(blob).count, 1)):
        face = uharfbuzz.Face(blob, index)
        _check_tables(path.name, face)
        _check_embeddable(path.name, face.reference_table("OS/2").data)
        style = uharfbuzz.Font(face)
        family = face.get_name(_TYPOGRAPHIC_FAMILY) or face.get_name(_FAMILY) or path.stem
        upright = not style.get_style_value(uharfbuzz.StyleTag.ITALIC)
        ranges = [
            (axis.min_value, axis.max_value) for axis in face.axis_infos if axis.tag == WEIGHT_AXIS
        ]
        if ranges:
            ((least, most),) = ranges
            weights = [round(min(max(wanted, least), most)) for wanted in _WEIGHTS.values()]
        else:
            weights = [round(style.get_style_value(uharfbuzz.StyleTag.WEIGHT))]
        found += [
            FontFile(path, family, weight, index, upright, bool(ranges), modified_ns)
            for weight in dict.fromkeys(weights)
        ]
    return tuple(found)


def _damaged(name: str) -> BadgeError:
    return BadgeError(f"The font {name} is damaged, or no font at all. {_ASK_FOR}")


def _check_tables(name: str, face: Any) -> None:
    tables = set(face.table_tags)
    # What lies behind the end of a file that was copied in part has no length.
    if not all(tag in tables and len(face.reference_table(tag)) for tag in _NEEDED):
        raise _damaged(name)
    if tables & {"CFF ", "CFF2"}:
        raise BadgeError(
            f"The font {name} has PostScript outlines (OpenType CFF), which badges cannot use."
            f" {_ASK_FOR}"
        )
    if not tables >= {"glyf", "loca"}:
        raise BadgeError(f"The font {name} holds pictures instead of outlines. {_ASK_FOR}")


def _check_embeddable(name: str, os2_table: bytes) -> None:
    """Bits of ``fsType`` in the OS/2 table: 1 forbids embedding, 8 parts, 9 outlines."""
    if len(os2_table) < 10:
        return
    (rights,) = struct.unpack_from(">H", os2_table, 8)
    if rights & 0x000F == 0x0002 or rights & 0x0300:
        raise BadgeError(f"The maker of the font {name} does not allow it inside a PDF. {_ASK_FOR}")


def _files_in(folder: Path | None) -> list[Path]:
    if folder is None or not folder.is_dir():
        return []
    found = (path for path in folder.iterdir() if path.suffix.lower() in FONT_SUFFIXES)
    return sorted(path for path in found if path.is_file())


def _bundled(family: str, weight: Weight) -> FontFile:
    file = f"{BUNDLED_FAMILIES[family]}-{weight.value.title()}.ttf"
    return FontFile(resource_path("fonts", file), family, _WEIGHTS[weight])


def _nearest(members: list[FontFile], weight: Weight) -> FontFile:
    """The upright font of the nearest weight; a family without bold stays regular."""
    wanted = _WEIGHTS[weight]
    return min(members, key=lambda one: (not one.is_upright, abs(one.weight - wanted)))
