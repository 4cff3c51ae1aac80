"""What the dialog of the hub lets be done, away from the main thread. Knows no widget."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from checkin_app.errors import Cancelled, PairingUnreadable
from checkin_app.gui.background.receivers import Progress
from checkin_app.gui.background.tasks import CancelledCheck
from checkin_app.gui.file_dialogs import as_file_name
from checkin_app.gui.workplace import Workplace
from checkin_app.hub.owner import PairingAtHub
from checkin_app.hub.pairing import Pairing
from checkin_app.hub.server.discovery import find_hubs
from checkin_app.services.sharing.hubs.hosting import Hosting, HubStarted
from checkin_app.services.sharing.hubs.hub_status import hub_status
from checkin_app.services.sharing.hubs.hub_view import HubView, look_at_hub
from checkin_app.services.sharing.hubs.joining_wherever import JoinedAt, join_wherever
from checkin_app.services.sharing.hubs.organised_hub import OrganisedHub
from checkin_app.services.sharing.hubs.organiser import stop_what_was_left
from checkin_app.services.sharing.hubs.shown_pairing import (
    forget_pairing,
    keep_pairing,
    kept_pairing,
)


class HubWork:
    """Asks and tells the hub of the open event. Every method may take as long as the network."""

    def __init__(self, workplace: Workplace) -> None:
        self._file = workplace.event_file
        self._places = workplace.sharing.places
        self._desk_name = workplace.desk.desk_name
        self._clock = workplace.laptop_clock

    def look(self) -> HubView:
        """How the event is shared."""
        return look_at_hub(self._file, self._places, self._clock())

    def start(self, progress: Progress, _cancelled: CancelledCheck) -> HubStarted:
        """Be the hub, and let others join."""
        return self._with_pairing(self._hosting(progress).start())

    def take_over(self, progress: Progress, _cancelled: CancelledCheck) -> HubStarted:
        """Be the hub in place of another laptop, and let the others join."""
        return self._with_pairing(self._hosting(progress).take_over())

    def stop(self, _progress: Progress, _cancelled: CancelledCheck) -> None:
        """Be the hub no longer for now."""
        self._organised().stop()

    def pair(self, _progress: Progress, _cancelled: CancelledCheck) -> None:
        """Make a code that lets laptops join; the one shown before goes."""
        self.withdraw_pairing(_progress, _cancelled)
        organised = self._organised()
        keep_pairing(self._places, organised.event_id, organised.pair())

    def withdraw_pairing(self, _progress: Progress, _cancelled: CancelledCheck) -> None:
        """Let the code that is shown let nobody in any more."""
        organised = self._organised()
        kept = kept_pairing(self._places, organised.event_id)
        if kept is None:
            return
        # Asked first: a hub that does not answer must not make the code be forgotten.
        at_hub = hub_status(self._file, self._places).pairings
        if any(one.id == kept.code.id and one.withdrawn_at is None for one in at_hub):
            organised.withdraw(kept.code.id)
        forget_pairing(self._places, organised.event_id)

    def withdraw_desk(self, desk_id: str, progress: Progress, cancelled: CancelledCheck) -> None:
        """Let a desk share no more. It knows the code it joined with, and the one that is shown,
        which another takes the place of.
        """
        organised = self._organised()
        organised.withdraw(desk_id)
        if code := organised.code_of(desk_id):
            organised.withdraw(code.id)
        if kept_pairing(self._places, organised.event_id) is not None:
            self.pair(progress, cancelled)

    def join(self, text: str, progress: Progress, cancelled: CancelledCheck) -> JoinedAt:
        """Join with a link or code."""
        joined = join_wherever(
            text,
            self._file,
            self._places.events,
            self._desk_name,
            self._places.memberships,
            self._clock,
            partial(_go_on, progress, cancelled),
            as_file_name,
        )
        stop_what_was_left(self._file, self._places)
        return joined

    def search(self, _progress: Progress, _cancelled: CancelledCheck) -> tuple[str, ...]:
        """The names of the laptops that are heard of as hubs."""
        return tuple(hub.laptop for hub in find_hubs())

    def merge(self, path: Path, progress: Progress, cancelled: CancelledCheck) -> str:
        """Merge the open event with another file of it. Returns what came of it, as a sentence."""
        from checkin_app.services.sharing.files.file_merging import (
            merge_event_files,
            merged_sentence,
        )

        merged = merge_event_files(
            self._file.path,
            path,
            self._desk_name,
            self._clock(),
            partial(_go_on, progress, cancelled),
        )
        return merged_sentence(merged, path.name)

    def copy(self, to: Path, _progress: Progress, _cancelled: CancelledCheck) -> str:
        """Copy the open event to a stick. Returns what to do with it, as a sentence."""
        from checkin_app.services.sharing.files.file_copying import copy_to_stick

        return copy_to_stick(self._file.path, to)

    def _with_pairing(self, started: HubStarted) -> HubStarted:
        """Let others join. Codes that were given away before go on, as long as they hold."""
        if started.addresses and self.look().pairing is None:
            organised = self._organised()
            keep_pairing(self._places, organised.event_id, organised.pair())
        return started

    def _hosting(self, progress: Progress) -> Hosting:
        return Hosting(self._file, self._desk_name, self._places, self._clock, progress)

    def _organised(self) -> OrganisedHub:
        return OrganisedHub(self._file, self._desk_name, self._places, self._clock)


def is_of(text: str, pairings: Iterable[PairingAtHub]) -> bool:
    """Whether what was scanned is one of these, which a hub knows."""
    try:
        code_id = Pairing.from_text(text).code.id
    except PairingUnreadable:
        return False
    return any(pairing.id == code_id for pairing in pairings)


def _go_on(progress: Progress, cancelled: CancelledCheck, done: int, total: int) -> None:
    if cancelled():
        raise Cancelled
    progress(done, total)
