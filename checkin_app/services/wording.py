"""Every sentence about an answer of the desk, in one place for the window and the command line.

Functions take ``translate``, which gives the sentence in the reader's language; placeholders in
braces are filled in afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from checkin_app.domain.admission import Note, NoteKind, Outcome, OutcomeKind
from checkin_app.domain.attendee import AttendeeRecord, AttendeeStatus, CheckIn
from checkin_app.domain.language.spoken_dates import days_text, time_text
from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.domain.print_jobs import PrintCause
from checkin_app.domain.programme import Event
from checkin_app.domain.tickets.codes import CodeKind
from checkin_app.services.sharing.inbox.inbox_history import said_in_inbox

Translate = Callable[[str], str]

_HEADLINES = {
    OutcomeKind.ADMITTED: "Welcome",
    OutcomeKind.ALREADY_IN: "Already in",
    OutcomeKind.UNKNOWN_CODE: "Unknown code",
    OutcomeKind.CANCELLED: "Cancelled",
    OutcomeKind.REVOKED: "Old code",
    OutcomeKind.NOT_CONFIRMED: "Not confirmed",
    OutcomeKind.NOT_ON_LIST: "Not on this list",
    OutcomeKind.NOT_OPEN: "Not open",
    OutcomeKind.FULL: "Full",
    OutcomeKind.AMBIGUOUS: "Two people, one code",
}

_NEXT_STEPS = {
    OutcomeKind.CANCELLED: "This registration was cancelled. Ask the organiser, or let in anyway.",
    OutcomeKind.NOT_ON_LIST: "This person is not expected here. Show the way, or let in anyway.",
    OutcomeKind.FULL: "All places are taken. Offer another session, or let in anyway.",
    OutcomeKind.AMBIGUOUS: "This code stands for several people. Ask for the name and choose.",
}

_NOT_CONFIRMED = {
    AttendeeStatus.PENDING: "The registration is still pending. Ask the organiser, or let in"
    " anyway.",
    AttendeeStatus.WAITING: "This person is on the waiting list. Ask the organiser, or let in"
    " anyway.",
}

_LOOKS_LIKE = {
    CodeKind.NOTHING: "Nothing was read. Scan again, or search for the name.",
    CodeKind.OTHER_TICKET: "This looks like a ticket of another event. Search for the name.",
    CodeKind.WEB_LINK: "This is a web link, not a ticket. Ask for the ticket, or search for the"
    " name.",
    CodeKind.CONTACT_CARD: "This is a contact card, not a ticket. Ask for the ticket, or search"
    " for the name.",
    CodeKind.WIFI: "This is a Wi-Fi code, not a ticket. Ask for the ticket, or search for the"
    " name.",
    CodeKind.EMAIL: "This is an e-mail address, not a ticket. Search for it, or for the name.",
    CodeKind.PRODUCT: "This is the bar code of a product. Scan the QR of the ticket, or search for"
    " the name.",
    CodeKind.TEXT: "This is not a ticket of this event. Search for the name.",
}

_ENTRIES = {
    EntryKind.REGISTERED: "Registered",
    EntryKind.AMENDED: "Corrected: {fields}",
    EntryKind.CODE_REPLACED: "New code given",
    EntryKind.CHECKED_IN: "Checked in: {list}",
    EntryKind.REFUSED: "Not let in: {answer}",
    EntryKind.UNDONE: "Check-in taken back",
    EntryKind.BADGE_PRINTED: "Badge printed",
    EntryKind.BADGE_SPOILT: "Badge spoilt",
    EntryKind.GONE_FROM_LIST: "Missing from a newer registration list",
    EntryKind.BACK_ON_LIST: "On the registration list again",
    EntryKind.TICKET_SENT: "Ticket sent",
    EntryKind.TICKET_BOUNCED: "Ticket came back",
    EntryKind.ERASED: "Personal data erased",
}

_BY_IMPORTS = {
    EntryKind.REGISTERED: "Registered by a list",
    EntryKind.AMENDED: "Changed by a newer list: {fields}",
    EntryKind.CODE_REPLACED: "New code given by a newer list",
    EntryKind.UNDONE: "Import taken back",
}

_REPRINTED = {
    PrintCause.LOST: "Badge printed again: the one before is lost",
    PrintCause.DAMAGED: "Badge printed again: the one before is damaged",
    PrintCause.WRONG_DATA: "Badge printed again: the one before had wrong data",
}

_ORDINALS = {1: "{number}st", 2: "{number}nd", 3: "{number}rd"}


def headline(outcome: Outcome, translate: Translate = str) -> str:
    """The word that fills the answer panel."""
    return translate(_HEADLINES[outcome.kind])


def next_step(outcome: Outcome, event: Event, translate: Translate = str) -> str:
    """What the volunteer does next."""
    match outcome.kind:
        case OutcomeKind.ADMITTED:
            if outcome.is_printing:
                return translate("The badge comes out of the printer.")
            return _badge_step(outcome.record, translate)
        case OutcomeKind.ALREADY_IN if outcome.check_in is not None:
            sentence = translate("Checked in at {time}, {desk}. Let in again?")
            return sentence.format(
                time=shown_time(outcome.check_in.at, event), desk=outcome.check_in.desk
            )
        case OutcomeKind.UNKNOWN_CODE:
            return translate(_LOOKS_LIKE[outcome.looks_like or CodeKind.TEXT])
        case OutcomeKind.NOT_CONFIRMED if outcome.attendee is not None:
            return translate(_NOT_CONFIRMED[outcome.attendee.status])
        case OutcomeKind.REVOKED if outcome.record is not None:
            return _revoked(outcome.record, outcome.code, event, translate)
        case OutcomeKind.NOT_OPEN:
            return _not_open(outcome, event, translate)
        case _:
            return translate(_NEXT_STEPS[outcome.kind])


def note_sentence(note: Note, event: Event, translate: Translate = str) -> str:
    """A remark beside the answer: "early: registration opens 12:30"."""
    match note.kind:
        case NoteKind.ATTENTION:
            return note.text
        case NoteKind.EARLY:
            return translate("early: registration opens {time}").format(time=_clock(note, event))
        case NoteKind.LATE:
            return translate("late: registration closed {time}").format(time=_clock(note, event))
        case NoteKind.PRACTICE:
            day = translate("practice: the event is on {day}")
            return day.format(day=shown_days(event))
        case NoteKind.REPAIRED:
            sentence = translate("garbled code repaired; keyboard: {layout}")
            return sentence.format(layout=note.text)
        case NoteKind.FORCED:
            return translate("let in anyway: {reason}").format(reason=note.text)
        case NoteKind.BADGE_CHANGED:
            return translate("changed since the badge was printed")
        case NoteKind.GONE_FROM_LIST:
            return translate("not on the newest list")
        case NoteKind.IN_TWICE:
            return translate("let in at two desks: see the inbox")


def message(outcome: Outcome, event: Event, translate: Translate = str) -> str:
    """The whole answer in one line."""
    who = outcome.attendee.full_name if outcome.attendee else ""
    notes = "; ".join(note_sentence(note, event, translate) for note in outcome.notes)
    first = headline(outcome, translate) + (f": {who}" if who else "")
    parts = [f"{first}.", next_step(outcome, event, translate), f"({notes})" if notes else ""]
    return " ".join(part for part in parts if part)


def entry_sentence(entry: Entry, list_names: dict[str, str], translate: Translate = str) -> str:
    """One line of a person's history."""
    answer = entry.payload.get("outcome")
    if entry.kind is EntryKind.BADGE_PRINTED and entry.payload.get("tray"):
        waits_in = tray_text(entry.payload["tray"], entry.payload.get("place", 0), translate)
        return translate("Badge printed: {tray}").format(tray=waits_in)
    if entry.kind is EntryKind.CHECKED_IN and entry.payload.get("paper"):
        sentence = translate("Checked in from the paper list: {list}")
        return sentence.format(list=list_names.get(entry.list_id, entry.list_id))
    if entry.kind is EntryKind.CODE_REPLACED and (why := entry.payload.get("reason")):
        return translate("New code given: {reason}").format(reason=why)
    if entry.kind is EntryKind.BADGE_PRINTED and (why := entry.payload.get("reason")) in _REPRINTED:
        return translate(_REPRINTED[PrintCause(why)])
    if entry.kind is EntryKind.AMENDED and not entry.payload.get("changes"):
        # What was changed is erased.
        return translate("Corrected")
    fields = ", ".join(sorted(entry.payload.get("changes", {}))).replace("_", " ")
    if said := said_in_inbox(entry):
        return translate(said).format(fields=fields)
    by_import = _BY_IMPORTS.get(entry.kind) if _is_of_import(entry) else None
    return translate(by_import or _ENTRIES.get(entry.kind, entry.kind.value)).format(
        list=list_names.get(entry.list_id, entry.list_id),
        fields=fields,
        answer=translate(_HEADLINES[OutcomeKind(answer)]) if answer else "",
    )


def _is_of_import(entry: Entry) -> bool:
    """Whether an import wrote the entry, or its undoing: check-ins are undone on their list."""
    return "import" in entry.payload or (entry.kind is EntryKind.UNDONE and not entry.list_id)


def badge_sentence(record: AttendeeRecord, translate: Translate = str) -> str:
    """How it stands with a person's badge."""
    if not record.badge_prints:
        return translate("No badge printed yet.")
    if record.badge_spoilt:
        return translate("Badge spoilt: print a new one.")
    if record.changed_since_print:
        return translate("Badge out of date: print a new one.")
    if record.tray:
        waits_in = tray_text(record.tray, record.tray_place, translate)
        return translate("Badge printed: {tray}.").format(tray=waits_in)
    return translate("Badge printed.")


def tray_text(tray: str, place: int, translate: Translate = str) -> str:
    """Where a printed badge waits: "tray K–M, 14th"."""
    if not place:
        return translate("tray {tray}").format(tray=tray)
    sentence = translate("tray {tray}, {place}")
    return sentence.format(tray=tray, place=_ordinal(place, translate))


def _badge_step(record: AttendeeRecord | None, translate: Translate) -> str:
    """What to do about the badge of somebody who was let in."""
    if record is None or not record.badge_prints or record.badge_spoilt:
        return translate("Print the badge.")
    waits_in = tray_text(record.tray, record.tray_place, translate) if record.tray else ""
    if record.changed_since_print:
        old = translate("The old one is in {tray}.").format(tray=waits_in) if waits_in else ""
        return " ".join(filter(None, (translate("Print a new badge."), old)))
    if waits_in:
        return translate("Hand over the badge: {tray}.").format(tray=waits_in)
    return translate("Hand over the badge.")


def _ordinal(number: int, translate: Translate) -> str:
    is_teen = 10 < number % 100 < 14
    pattern = _ORDINALS.get(number % 10) if not is_teen else None
    return translate(pattern or "{number}th").format(number=number)


def shown_time(moment: datetime, event: Event) -> str:
    """A moment as hours and minutes at the venue; with the day unless it is the event's."""
    is_event_day = event.is_event_day(moment) and event.starts_on == event.ends_on
    return time_text(event.local(moment), with_day=not is_event_day)


def moment_text(moment: datetime, event: Event) -> str:
    """A moment that may be weeks ago, as on the wall of the venue: always with its day."""
    return time_text(event.local(moment), with_day=True)


def shown_days(event: Event) -> str:
    """The day or days of the event."""
    return days_text(event.starts_on, event.ends_on)


def check_in_sentence(check_in: CheckIn, event: Event, translate: Translate = str) -> str:
    """When and where somebody was checked in."""
    sentence = translate("{time}, {desk}")
    return sentence.format(time=shown_time(check_in.at, event), desk=check_in.desk)


def _revoked(record: AttendeeRecord, code: str, event: Event, translate: Translate) -> str:
    """Whose code it was, and since when it is no longer."""
    name, replaced_at = record.attendee.full_name, record.revoked_codes.get(code)
    sentence = translate(
        "This was the code of {name} until {time}, when a new one was given. Ask for the new"
        " ticket, or let in anyway after checking who it is."
    )
    if replaced_at is None:
        sentence = translate(
            "This was the code of {name}, who has a new one. Ask for the new ticket, or let in"
            " anyway after checking who it is."
        )
    time = moment_text(replaced_at, event) if replaced_at else ""
    return sentence.format(name=name, time=time)


def _not_open(outcome: Outcome, event: Event, translate: Translate) -> str:
    note = next((n for n in outcome.notes if n.kind is NoteKind.EARLY), None)
    if note and note.at:
        sentence = translate("{list} opens at {time}. Ask the person to come back then.")
        return sentence.format(list=outcome.list_name, time=shown_time(note.at, event))
    sentence = translate("{list} is not open now. Ask the organiser, or let in anyway.")
    return sentence.format(list=outcome.list_name)


def _clock(note: Note, event: Event) -> str:
    return f"{event.local(note.at):%H:%M}" if note.at else ""
