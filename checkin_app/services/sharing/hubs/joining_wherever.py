"""A laptop joins from its window: with the event that is open, or with a new file of another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from checkin_app.errors import CheckinError
from checkin_app.hub.sealing import DeskKey
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.event_files import EVENT_SUFFIX, open_event
from checkin_app.services.sharing.hubs.joining import (
    Clock,
    Joined,
    Progress,
    access_by,
    access_for,
    join_with,
    join_with_new_file,
)
from checkin_app.services.sharing.hubs.membership import membership_of
from checkin_app.storage.event_file import EventFile


@dataclass(frozen=True, slots=True)
class JoinedAt:
    """What came of joining, the event file to work on from now on, and the name of this desk."""

    path: Path
    joined: Joined
    desk_name: str


def join_wherever(
    text: str,
    open_file: EventFile,
    folder: Path,
    desk_name: str,
    memberships: Memberships,
    clock: Clock,
    progress: Progress,
    file_name: Callable[[str], str],
) -> JoinedAt:
    """Join with a pairing's link or code, whichever event it is of.

    Args:
        open_file: joins if the pairing is of its event.
        folder: where else the file of the other event is put, named after it.
        file_name: makes the name of a file of the name of an event.

    Raises:
        PairingUnreadable: the text is no pairing.
        HubUnreachable, HubRefused: nobody answers, or the pairing was withdrawn.
        EventFileError: the file cannot be read or written.
    """
    event_id = open_file.sharing.event_id()
    known = membership_of(memberships, event_id)
    access = access_for(open_file, text, known)
    if access.event_id == event_id:
        joined = join_with(open_file, access, desk_name, memberships, clock)
        return JoinedAt(open_file.path, joined, _own_name(open_file, joined))
    if known is not None:
        # One key for two events would tell that they have a desk in common.
        access = access_by(text, DeskKey.new())
    draft = next(_free_paths(folder, "Joined event"))
    joined = join_with_new_file(draft, access, desk_name, memberships, clock, progress)
    with open_event(draft) as event_file:
        name, own_name = event_file.event().name, _own_name(event_file, joined)
    path = next(_free_paths(folder, file_name(name)))
    try:
        draft.rename(path)
    except OSError:
        path = draft
    return JoinedAt(path, joined, own_name)


def _own_name(event_file: EventFile, joined: Joined) -> str:
    own = joined.membership.access.desk_key.id
    return next(desk.name for desk in event_file.sharing.desks() if desk.id == own)


def _free_paths(folder: Path, name: str) -> Iterator[Path]:
    """Names that nothing has yet."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CheckinError(f"The folder {folder} cannot be made. Check the disk.") from error
    for number in count(1):
        path = folder / (
            f"{name}{EVENT_SUFFIX}" if number == 1 else f"{name} {number}{EVENT_SUFFIX}"
        )
        if not path.exists():
            yield path
