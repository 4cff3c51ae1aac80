"""The layouts that an event can be printed with: its own, those of the program, and files.

A layout that was used is kept in the event file, text and pictures. From then on the event is
printed with that one, whatever a newer program brings under the same name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from checkin_app.badges.layouts.built_in import (
    DEFAULT_LAYOUT,
    built_in_layout,
    layout_names,
    read_layout,
)
from checkin_app.badges.layouts.layout_document import layout_document, layout_from_document
from checkin_app.domain.badges.badge_layout import BadgeLayout
from checkin_app.errors import UsageError
from checkin_app.storage.event_file import EventFile

LAYOUT_SUFFIX = ".toml"


def offered_layouts(event_file: EventFile) -> Mapping[str, BadgeLayout]:
    """All layouts by name: the program's, and those that the event keeps."""
    kept = event_file.kept_layouts()
    offered = {name: built_in_layout(name) for name in layout_names() if name not in kept}
    own = {name: layout_from_document(name, document) for name, document in kept.items()}
    names = [*layout_names(), *(name for name in kept if name not in layout_names())]
    return {name: own.get(name) or offered[name] for name in names}


def find_layout(event_file: EventFile, wanted: str = DEFAULT_LAYOUT) -> BadgeLayout:
    """The layout of a name, or of a layout file.

    Raises:
        UsageError: there is no such layout.
        BadgeError: the layout file cannot be used; the message names file, line and element.
    """
    kept = event_file.kept_layouts().get(wanted)
    if kept is not None:
        return layout_from_document(wanted, kept)
    if wanted in layout_names():
        return built_in_layout(wanted)
    if wanted.casefold().endswith(LAYOUT_SUFFIX):
        return read_own_layout(Path(wanted))
    names = ", ".join(dict.fromkeys((*layout_names(), *event_file.kept_layouts())))
    raise UsageError(
        f'There is no layout "{wanted}". Choose one of: {names}; or name a layout file (.toml).'
    )


def read_own_layout(path: Path) -> BadgeLayout:
    """The layout of a file; under another name where the program has one of that name.

    Otherwise the event would from then on mean the file by the program's name.

    Raises:
        BadgeError: it cannot be used; the message names file, line and element.
    """
    layout = read_layout(path)
    if layout.name not in layout_names():
        return layout
    return replace(layout, name=f"{layout.name}-own")


def keep_layout(event_file: EventFile, layout: BadgeLayout, desk: str, now: datetime) -> None:
    """Keep a layout in the event file; one that is there already is not kept twice.

    Raises:
        EventFileError: the event file cannot be written.
    """
    document = layout_document(layout)
    if event_file.kept_layouts().get(layout.name) == document:
        return
    with event_file.transaction(desk, now) as transaction:
        transaction.keep_layout(layout.name, document)
