"""The state line: in words, how this desk stands to the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from checkin_app.domain.programme import Event
from checkin_app.domain.sharing import BorrowedName, SharingKind, SharingState

Translate = Callable[[str], str]

STUMBLED = (
    "Sharing met something this program did not expect, and begins anew. This desk works on by"
    " itself and loses nothing. If it goes on like this, restart the program."
)


def state_line(state: SharingState, event: Event, tr: Translate = str) -> str:
    """One line for the desk; empty where nothing was ever shared."""
    match state.kind:
        case SharingKind.ALONE:
            return ""
        case SharingKind.SHARED:
            return _shared(state, tr)
        case SharingKind.WITHDRAWN:
            return tr("No longer shared, {waiting} waiting").format(waiting=state.waiting)
        case SharingKind.ON_OUR_OWN:
            if state.since is None:
                return tr("On our own, {waiting} waiting").format(waiting=state.waiting)
            return tr("On our own since {time}, {waiting} waiting").format(
                time=f"{event.local(state.since):%H:%M}", waiting=state.waiting
            )


def what_to_do(state: SharingState, tr: Translate = str) -> str:
    """One sentence about what a person should look after; empty when nothing is."""
    if state.trouble:
        return state.trouble
    if state.clock_error is not None and state.is_clock_wrong:
        return _clock(state.clock_error, tr)
    if state.refused:
        return tr(
            "Something from another desk was not taken in: it was changed on its way, or needs a"
            " newer version of this program. Update this laptop; if it is said again, ask the"
            " organiser to look at the hub."
        )
    if state.missing:
        return tr(
            "Something another desk handed in has not arrived. Leave both desks on the network."
        )
    if state.borrowed:
        return tr(
            "Entries under one desk's name were handed in by another desk. “Other desks…” says by"
            " which: ask there whether that is right."
        )
    return ""


def borrowed_words(borrowed: Iterable[BorrowedName], tr: Translate = str) -> str:
    """What a desk handed in under the names of others; empty when nothing."""
    return ", ".join(
        tr("{count} entries under the name of {name}").format(count=one.entries, name=one.name)
        if one.entries > 1
        else tr("1 entry under the name of {name}").format(name=one.name)
        for one in borrowed
    )


def _shared(state: SharingState, tr: Translate) -> str:
    if state.desks == 0 and state.waiting == 0:
        return tr("Shared, no other desk yet")
    if state.desks == 0:
        return tr("No other desk yet, {waiting} waiting").format(waiting=state.waiting)
    if state.desks == 1:
        return tr("Shared with 1 desk, {waiting} waiting").format(waiting=state.waiting)
    return tr("Shared with {desks} desks, {waiting} waiting").format(
        desks=state.desks, waiting=state.waiting
    )


def _clock(error: timedelta, tr: Translate) -> str:
    minutes = max(1, round(abs(error) / timedelta(minutes=1)))
    text = (
        tr("The clock of this laptop is {minutes} min fast. Put it right when there is time.")
        if error > timedelta()
        else tr("The clock of this laptop is {minutes} min slow. Put it right when there is time.")
    )
    return text.format(minutes=minutes)
