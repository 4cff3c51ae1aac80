"""Where this laptop keeps what it needs of hubs: those it organises, and those it is a desk of."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from checkin_app.errors import HubError
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.whole_file import whole_file

_RECORD = "hosting.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class HostingRecord:
    """That this laptop organises the hub of an event.

    Attributes:
        event_id, hub_id: 32 hexadecimal digits each.
        dsn: how the organiser reaches a PostgreSQL elsewhere, with its password; empty for the
            one on this laptop.
    """

    event_id: str
    hub_id: str
    dsn: str = ""


def _events_folder() -> Path:
    """With the documents of the current user, where people look for it."""
    import platformdirs

    return platformdirs.user_documents_path() / "Events"


@dataclass(frozen=True, slots=True)
class HubPlaces:
    """The folders; one each for every event's hub below ``hubs``.

    Attributes:
        events: gets the files of events that this laptop joins and does not have yet.
    """

    hubs: Path
    memberships: Memberships
    events: Path = field(default_factory=_events_folder)

    def folder(self, event_id: str) -> Path:
        """Where the hub of an event has its server and record. It does not depend on the event
        file's name.
        """
        return self.hubs / bytes.fromhex(event_id).hex()

    def record(self, event_id: str) -> HostingRecord | None:
        """What is known of a hub of an event that this laptop organises; None if there is none."""
        return read_record(self.folder(event_id))

    def keep(self, record: HostingRecord) -> None:
        """Remember that this laptop organises a hub.

        Raises:
            HubError: it cannot be written.
        """
        folder = self.folder(record.event_id)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HubError(f"The folder {folder} cannot be made. Check the disk.") from error
        with whole_file(folder / _RECORD) as unfinished:
            handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({"format": _FORMAT, **asdict(record)}, file)


def usual_places() -> HubPlaces:
    """Those of the current user."""
    from checkin_app.hub.server.accounts import hubs_folder
    from checkin_app.secrets_store.memberships import memberships_folder

    return HubPlaces(hubs_folder(), Memberships(memberships_folder()))


def read_record(folder: Path) -> HostingRecord | None:
    """The record in the folder of a hub."""
    try:
        values = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
        if values["format"] != _FORMAT:
            return None
        return HostingRecord(str(values["event_id"]), str(values["hub_id"]), str(values["dsn"]))
    except (OSError, ValueError, TypeError, LookupError):
        return None
