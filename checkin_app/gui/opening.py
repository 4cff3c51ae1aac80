"""Opens event files for a desk: the file, the desk at its first check-in list, all lists."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.errors import EventFileExists
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.event_files import EVENT_SUFFIX, create_sample_event, open_event
from checkin_app.storage.event_file import EventFile


@dataclass(frozen=True, slots=True)
class OpenedEvent:
    """What the window needs to work on an event."""

    event_file: EventFile
    desk: CheckInDesk
    check_in_lists: tuple[CheckInList, ...]


def open_for_desk(path: Path, desk_name: str) -> OpenedEvent:
    """Open an event file.

    Raises:
        EventFileError: it is missing, foreign, damaged or of a newer program.
    """
    return at_desk(open_event(path), desk_name)


def at_desk(event_file: EventFile, desk_name: str) -> OpenedEvent:
    """A desk at the first check-in list of an open file.

    Raises:
        EventFileError: the file fails while it is read; it is closed then.
    """
    try:
        check_in_lists = event_file.check_in_lists()
        return OpenedEvent(
            event_file, CheckInDesk(event_file, desk_name, check_in_lists[0]), check_in_lists
        )
    except BaseException:
        event_file.close()
        raise


def open_sample(folder: Path, desk_name: str) -> OpenedEvent:
    """Open the sample event that lies in a folder, making it first when it is not there.

    Raises:
        EventFileError: the folder cannot be written to, or the file there is damaged.
    """
    path = folder / f"Sample event{EVENT_SUFFIX}"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return at_desk(create_sample_event(path), desk_name)
    except EventFileExists:
        return open_for_desk(path, desk_name)
