"""What this laptop is called and what time it is here, for commands that work for a desk.

A laptop that shares the event goes by the name under which it joined, and by the hub's time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from checkin_app.errors import CheckinError
from checkin_app.secrets_store.memberships import Memberships, memberships_folder
from checkin_app.services.clock import utc_now
from checkin_app.settings import Settings, load_settings, save_settings, settings_path, with_desk_id
from checkin_app.storage.event_file import EventFile

if TYPE_CHECKING:
    from checkin_app.services.sharing.exchanging.sharing_thread import SharingThread
    from checkin_app.services.sharing.hubs.membership import Membership


def settings_with_id() -> Settings:
    """The settings of this laptop, whose desk has an id from now on."""
    settings = load_settings(settings_path())
    named = with_desk_id(settings)
    if named != settings:
        save_settings(named, settings_path())
    return named


def desk_name(event_file: EventFile, wanted: str = "") -> str:
    """The name of this desk: as a command says, as it joined the event, as in the settings."""
    return wanted or _joined_name(event_file) or load_settings(settings_path()).desk_name


def remember_name(event_file: EventFile) -> str:
    """Keep the name under which this laptop shares the event, so that its window has it too.

    Another desk may have had the one that was wanted.

    Returns:
        The name.
    """
    settings = load_settings(settings_path())
    name = _joined_name(event_file) or settings.desk_name
    if name != settings.desk_name:
        save_settings(replace(settings, desk_name=name), settings_path())
    return name


@contextmanager
def sharing_for_a_while(event_file: EventFile) -> Iterator[SharingThread | None]:
    """Hands in and takes in what there is during the block; None where this laptop never joined."""
    own = _membership(event_file)
    if own is None:
        yield None
        return
    from checkin_app.services.sharing.exchanging.brief_sharing import BriefSharing

    kept = Memberships(memberships_folder())
    sharing = BriefSharing(event_file, own, kept, desk_name(event_file), utc_now)
    try:
        yield sharing
    finally:
        sharing.finish()


def clock_of(event_file: EventFile) -> Callable[[], datetime]:
    """What tells the time (UTC) as the desks of the event share it; the laptop's if it is alone."""
    own = _membership(event_file)
    if own is None:
        return utc_now
    from checkin_app.services.sharing.exchanging.shared_clock import SharedClock

    return SharedClock(own.clock_error, utc_now)


def now_at(event_file: EventFile) -> datetime:
    """The time (UTC) as the desks of the event share it."""
    return clock_of(event_file)()


def _joined_name(event_file: EventFile) -> str:
    own = _membership(event_file)
    names = {desk.id: desk.name for desk in event_file.sharing.desks()} if own else {}
    return names.get(own.access.desk_key.id, "") if own else ""


def _membership(event_file: EventFile) -> Membership | None:
    """What lets this laptop share the event; None where it never joined."""
    kept = Memberships(memberships_folder())
    if kept.is_empty:
        return None
    # Loads the way to a hub, which a laptop on its own never needs.
    from checkin_app.services.sharing.hubs.membership import membership_of

    # A desk works on whatever became of its membership; who shares is told.
    with suppress(CheckinError):
        return membership_of(kept, event_file.sharing.event_id())
    return None
