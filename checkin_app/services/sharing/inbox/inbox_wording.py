"""What the inbox says, in the window and on the command line."""

from __future__ import annotations

from collections.abc import Sequence

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.ledger import Entry
from checkin_app.domain.programme import Event
from checkin_app.domain.scan import ScanSource
from checkin_app.domain.sharing import ResolvedAs
from checkin_app.services.sharing.inbox.conflicts import InboxConflict
from checkin_app.services.sharing.inbox.doubles import Double
from checkin_app.services.sharing.inbox.inbox import InboxCount
from checkin_app.services.wording import Translate, shown_time
from checkin_app.storage.sharing.inbox import Origin

_FOUND = {
    ResolvedAs.SAME_PERSON: "Same person",
    ResolvedAs.PASSED_ON_BADGE: "Passed-on badge",
    ResolvedAs.MISTAKE: "Mistake",
}
_MEANS = {
    ResolvedAs.SAME_PERSON: "Came by twice. In once, by the first check-in.",
    ResolvedAs.PASSED_ON_BADGE: "Somebody else came in with this badge, and is not counted.",
    ResolvedAs.MISTAKE: "Nobody came in. The second check-in is taken back.",
}
_RECORDED = {
    ScanSource.KEYBOARD: "Ticket scanned",
    ScanSource.SERIAL: "Ticket scanned",
    ScanSource.CAMERA: "Ticket read by the camera",
    ScanSource.PICTURE: "Ticket read from a picture",
    ScanSource.SEARCH: "Chosen by name",
    ScanSource.COMMAND_LINE: "Code typed on the command line",
}


def found_words(found: ResolvedAs, translate: Translate = str) -> str:
    """What somebody may find a second check-in to be."""
    return translate(_FOUND[found])


def what_it_means(found: ResolvedAs, translate: Translate = str) -> str:
    """What follows from it."""
    return translate(_MEANS[found])


def how_recorded(entry: Entry, translate: Translate = str) -> str:
    """How a desk came to record a check-in."""
    if entry.payload.get("paper"):
        return translate("Ticked on the paper list")
    return translate(_RECORDED.get(entry.payload.get("source", ""), "Checked in"))


def conflict_words(one: InboxConflict, translate: Translate = str) -> str:
    """What a second check-in is, in two words."""
    found = one.conflict.resolved_as
    return found_words(found, translate) if found is not None else translate("Let in twice")


def conflict_places(one: InboxConflict, event: Event) -> tuple[str, str]:
    """When and where both check-ins were; the time first, for what is too long loses its end."""
    conflict = one.conflict
    return (
        f"{shown_time(conflict.stands_at, event)} {conflict.stands_desk}",
        f"{shown_time(conflict.later_at, event)} {conflict.later_desk}",
    )


def conflict_line(one: InboxConflict, event: Event, translate: Translate = str) -> str:
    """One line about a second check-in: what it is, when and where."""
    return " · ".join((conflict_words(one, translate), *conflict_places(one, event)))


def spread_sentence(
    several: Sequence[InboxConflict], event: Event, translate: Translate = str
) -> str:
    """Where and when several second check-ins were."""
    conflicts = [one.conflict for one in several]
    desks = sorted(
        {desk for one in conflicts for desk in (one.stands_desk, one.later_desk)}, key=str.casefold
    )
    moments = [moment for one in conflicts for moment in (one.stands_at, one.later_at)]
    return translate("At {desks}, from {first} to {last}.").format(
        desks=", ".join(desks),
        first=shown_time(min(moments), event),
        last=shown_time(max(moments), event),
    )


def settled_sentence(one: InboxConflict, event: Event, translate: Translate = str) -> str:
    """What was said about a second check-in, by which desk and when; empty while it waits."""
    if one.conflict.resolved_as is None or one.resolution is None:
        return ""
    said = translate("{found}, said {time} at {desk}.").format(
        found=found_words(one.conflict.resolved_as, translate),
        time=shown_time(one.resolution.at, event),
        desk=one.resolution.desk,
    )
    return f"{said} “{one.conflict.note}”" if one.conflict.note else said


def double_words(double: Double, translate: Translate = str) -> str:
    """What two records are, in a few words."""
    if double.is_merged:
        return translate("Merged")
    if double.same_code:
        return translate("Registered twice, one code")
    return translate("Registered twice")


def double_places(double: Double) -> tuple[str, ...]:
    """Where the two records were made."""
    return tuple(dict.fromkeys((double.kept_from.desk, double.double_from.desk)))


def double_line(double: Double, translate: Translate = str) -> str:
    """One line about two records."""
    return " · ".join((double_words(double, translate), *double_places(double)))


def origin_sentence(origin: Origin, event: Event, translate: Translate = str) -> str:
    """Where and when somebody was registered."""
    how = translate("From a list") if origin.import_id else translate("At the desk")
    return f"{how}, {origin.desk}, {shown_time(origin.at, event)}"


def presence_sentence(
    record: AttendeeRecord, list_names: dict[str, str], event: Event, translate: Translate = str
) -> str:
    """Where a person is in, in one line."""
    if not record.check_ins:
        return translate("Not here yet")
    return "; ".join(
        f"{list_names.get(one.list_id, one.list_id)}, {shown_time(one.at, event)}, {one.desk}"
        for one in record.check_ins.values()
    )


def waiting_sentence(count: InboxCount, translate: Translate = str) -> str:
    """What waits, for a line that leads to the inbox; empty when nothing does."""
    parts = []
    if count.conflicts == 1:
        parts.append(translate("1 person was let in at two desks"))
    elif count.conflicts:
        words = translate("{count} people were let in at two desks")
        parts.append(words.format(count=count.conflicts))
    if count.doubles == 1:
        parts.append(translate("1 person may be registered twice"))
    elif count.doubles:
        words = translate("{count} people may be registered twice")
        parts.append(words.format(count=count.doubles))
    return "; ".join(parts)
