"""The layouts that come with the program, and layout files that an organiser brings."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from checkin_app.badges.layouts.layout_file import layout_from_text, picture_names
from checkin_app.domain.badges.badge_layout import BadgeLayout
from checkin_app.errors import BadgeError, UsageError
from checkin_app.resource_files import resource_path

DEFAULT_LAYOUT = "name-first"

_TICKET_LAYOUT = "ticket"
_CERTIFICATE_LAYOUT = "certificate"
_NO_BADGES = frozenset({_TICKET_LAYOUT, _CERTIFICATE_LAYOUT})
_LARGEST_LAYOUT_BYTES = 1_000_000
_LARGEST_PICTURE_BYTES = 20_000_000


def layout_names() -> tuple[str, ...]:
    """The names of the built-in badge layouts, the one to begin with first."""
    files = resource_path("layouts").glob("*.toml")
    names = sorted(file.stem for file in files if file.stem not in _NO_BADGES)
    return tuple(sorted(names, key=lambda name: name != DEFAULT_LAYOUT))


@functools.cache
def built_in_layout(name: str = DEFAULT_LAYOUT) -> BadgeLayout:
    """A layout that comes with the program.

    Raises:
        UsageError: there is none of this name.
    """
    if name not in layout_names():
        names = ", ".join(layout_names())
        raise UsageError(f'There is no layout "{name}". Choose one of: {names}.')
    return read_layout(resource_path("layouts", f"{name}.toml"))


def ticket_layout() -> BadgeLayout:
    """The A4 page that is sent to an attendee before the event."""
    return read_layout(resource_path("layouts", f"{_TICKET_LAYOUT}.toml"))


def certificate_layout() -> BadgeLayout:
    """The A4 page that those who came get after the event."""
    return read_layout(resource_path("layouts", f"{_CERTIFICATE_LAYOUT}.toml"))


def read_layout(path: Path) -> BadgeLayout:
    """Reads a layout file and the pictures beside it.

    Raises:
        BadgeError: it cannot be read or understood; the message names file, line and element.
    """
    try:
        if path.stat().st_size > _LARGEST_LAYOUT_BYTES:
            raise BadgeError(f"The layout {path.name} is too large to be one. Choose another file.")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadgeError(
            f"The layout {path.name} cannot be opened. Look whether it is there and plain UTF-8."
        ) from error
    return layout_from_text(text, path.stem, path.name, _pictures(path, text))


def _pictures(path: Path, text: str) -> Mapping[str, bytes]:
    """The pictures that the layout names and that lie in its folder or below."""
    folder = path.parent.resolve()
    pictures = {}
    for name in picture_names(text):
        file = (folder / name).resolve()
        if not file.is_relative_to(folder) or not file.is_file():
            continue
        try:
            if file.stat().st_size > _LARGEST_PICTURE_BYTES:
                raise BadgeError(f"The picture {name} is larger than 20 MB. Make it smaller.")
            pictures[name] = file.read_bytes()
        except OSError as error:
            raise BadgeError(
                f"The picture {name} cannot be opened. Look whether you may read it."
            ) from error
    return pictures
