"""What the dialog of the hub says of desks and of the hub."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from checkin_app.domain.programme import Event
from checkin_app.domain.sharing import SharingDesk, SharingKind, SharingState
from checkin_app.gui.hub.desks_list import DeskLine
from checkin_app.gui.plain_text import shown
from checkin_app.services.event_files import EVENT_SUFFIX
from checkin_app.services.sharing.sharing_wording import borrowed_words, state_line, what_to_do

if TYPE_CHECKING:
    # The way to the hub is loaded when somebody opens the dialog.
    from checkin_app.services.sharing.hubs.hub_status import HubStatus
    from checkin_app.services.sharing.hubs.hub_view import HubView
    from checkin_app.services.sharing.hubs.joining_wherever import JoinedAt


def event_files() -> tuple[str, ...]:
    """What kinds of files can be merged with."""
    return (_tr("Event files (*{suffix})").format(suffix=EVENT_SUFFIX),)


def desk_lines(view: HubView, event: Event, *, may_withdraw: bool) -> tuple[DeskLine, ...]:
    """The desks, this laptop's first."""
    desks = sorted(view.desks, key=lambda desk: (desk.id != view.own_id, desk.is_withdrawn))
    return tuple(
        DeskLine(
            desk.id,
            desk.name,
            ", ".join(filter(None, (_about(desk, view, event), _borrowed(desk, view)))),
            may_withdraw and desk.id != view.own_id and not desk.is_withdrawn,
        )
        for desk in desks
    )


def hub_state(status: HubStatus, event: Event) -> str:
    """Whether the hub runs, and where."""
    addresses = ", ".join(map(str, status.addresses))
    if not status.is_here and not addresses:
        return _tr("The hub is a PostgreSQL elsewhere, which does not answer at the moment.")
    if not status.is_here:
        return _tr("The hub is a PostgreSQL at {addresses}.").format(addresses=addresses)
    if not status.is_running:
        return _tr("Sharing is stopped. The desks go on by themselves meanwhile.")
    if status.running_since is None:
        return _tr("The hub on this laptop does not answer at the moment.")
    if not addresses:
        return _tr(
            "This laptop is in no network: nobody reaches it. Connect it, then make a new code."
        )
    since = _clock_time(status.running_since, event)
    return _tr("Sharing since {since}, at {addresses}.").format(since=since, addresses=addresses)


def desk_state(state: SharingState, view: HubView, event: Event) -> tuple[str, str]:
    """The state line of a desk, and what more there is to say. While the hub is out of reach what
    waits is as it was looked up: nobody else counts it anew.
    """
    if state.kind is not SharingKind.SHARED and view.waiting is not None:
        state = replace(state, waiting=view.waiting)
    where = _tr("The hub is at {address}.").format(address=view.address)
    apart = ""
    if state.kind is SharingKind.ON_OUR_OWN:
        apart = _tr(
            "This desk works on, and nothing is lost: what waits is handed in as soon as the hub"
            " answers."
        )
    about = " ".join(part for part in (what_to_do(state, _tr), apart, where) if part)
    return state_line(state, event, _tr), about


def joined_sentence(joined: JoinedAt) -> str:
    """What came of joining, for a line in the window."""
    name = shown(joined.desk_name, 60)
    if not joined.joined.is_new_file:
        return _tr("This laptop shares the event now, as “{name}”.").format(name=name)
    return _tr(
        "This laptop shares the event now, as “{name}”. It keeps the event in {path}."
    ).format(name=name, path=shown(str(joined.path), 300))


def _about(desk: SharingDesk, view: HubView, event: Event) -> str:
    if desk.id == view.own_id:
        return _tr("this laptop")
    if desk.is_withdrawn:
        return _tr("withdrawn")
    if desk.heard_at is None:
        return _tr("joined at {time}").format(time=_clock_time(desk.joined_at, event))
    return _tr("last entry at {time}").format(time=_clock_time(desk.heard_at, event))


def _borrowed(desk: SharingDesk, view: HubView) -> str:
    return borrowed_words((one for one in view.borrowed if one.by == desk.id), _tr)


def _clock_time(moment: datetime | None, event: Event) -> str:
    return f"{event.local(moment):%d.%m. %H:%M}" if moment else "?"


def _tr(text: str) -> str:
    return QCoreApplication.translate("sharing", text)
