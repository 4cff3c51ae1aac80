"""An event at which everything happened that leaves personal data somewhere."""

from __future__ import annotations

from dataclasses import replace

from settable_clock import DURING_REGISTRATION

from checkin_app.domain.badges.badge_prints import BadgePrint, PrintRun
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.mailings import MailDraft, MailText
from checkin_app.domain.online_sends import SendState
from checkin_app.domain.print_jobs import PrintCause
from checkin_app.domain.printers import PrinterId
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.registrations import correct, walk_in
from checkin_app.storage.event_file import EventFile

NOW = DURING_REGISTRATION
NEW_CODE = "NEWCODEOFTHEFIFTH"


def busy_day(event_file: EventFile) -> None:
    """An event at which everything happened that leaves data somewhere."""
    lists = event_file.check_in_lists()
    desk = CheckInDesk(event_file, "Desk 1", lists[0], lambda: NOW)
    records = event_file.records()
    people = [record.attendee for record in records]
    for person in people[:40]:
        desk.check_in(person.id)
    desk.check_in(people[0].id)
    undone = desk.check_in(people[50].id)
    assert undone.check_in is not None
    desk.undo(people[50].id, undone.check_in.entry_id)
    desk.admit_anyway(people[51].id, "Wincenty at the door knows her")
    desk.with_list(lists[1]).check_in(people[1].id)
    correct(event_file, "Desk 1", NOW, people[2].id, {"last_name": "Gołębiowska-Correction"})
    guest = walk_in(
        event_file, "Desk 1", NOW, {"first_name": "Żaneta", "last_name": "Walk-Inowska"}
    )
    contact_card = f"BEGIN:VCARD\nN:{people[3].last_name};{people[3].first_name}\nEND:VCARD"
    for code in (people[4].code, contact_card, "https://tickets.example/Unknownsson"):
        desk.handle(Scan(code, ScanSource.CAMERA))
    prints = [
        BadgePrint(person, "run-1", 1, slot, tray="Kowal–Meier", place=slot, fields=("last_name",))
        for slot, person in enumerate(people[:60], 1)
    ]
    event = event_file.event()
    keynote = replace(event.sessions[0], title=f"Keynote: {people[8].full_name}")
    talk = replace(lists[1], name=f"Door of {people[9].last_name}, {people[9].first_name}")
    run = PrintRun("run-1", "For Anielewicz")
    imported = {"import": "0a1b", "file": "Bogumila list.xlsx", "read": 3}
    with event_file.transaction("Desk 1", NOW) as transaction:
        transaction.append(EntryKind.CODE_REPLACED, people[5].id, payload={"code": NEW_CODE})
        transaction.describe_event(replace(event, sessions=(keynote, *event.sessions[1:])))
        transaction.describe_list(talk)
        transaction.append(EntryKind.BADGE_RUN, payload=run.payload())
        for one in prints:
            transaction.append(EntryKind.BADGE_PRINTED, one.attendee.id, payload=one.payload())
        transaction.append(EntryKind.BADGE_SPOILT, people[0].id)
        transaction.keep_layout("Host Bogumila", {"texts": ["Ask Bogumila"], "picture": "/9j/Zz"})
        transaction.keep_stock("Our labels", {"note": "bought by Bogumila"})
        transaction.append(EntryKind.LIST_IMPORTED, payload=imported)
        transaction.append(EntryKind.GONE_FROM_LIST, people[6].id, payload={"import": "0a1b"})
        transaction.append(EntryKind.TICKET_SENT, people[7].id, payload={"mailing": "m1"})
        transaction.append(
            EntryKind.TICKET_BOUNCED, people[7].id, payload={"reason": f"<{people[7].email}>: full"}
        )
        printer = PrinterId.from_text("folder:/home/bogumila/badges")
        assert printer is not None
        draft = MailDraft(MailText("Dear guests of Bogumila", "Come, Bogumila"))
        mailing = transaction.add_mailing(
            "desk-1", draft, dict.fromkeys((people[7].id, people[10].id))
        )
        assert mailing
        sent = transaction.append(EntryKind.CHECKED_IN, people[20].id, lists[2].id, {})
        transaction.note_send("https://pretix.test 1", sent.id, SendState.REFUSED, "not Bogumila's")
        job = transaction.add_print_job("desk-1", guest.id, printer, PrintCause.ASKED)
        assert job


OWN_WORDS = (
    "Wincenty", "Unknownsson", "Anielewicz", "Bogumila", "bogumila", "Kowal–Meier", "VCARD",
    NEW_CODE, "Correction", "Vocaskova",
)  # fmt: skip
