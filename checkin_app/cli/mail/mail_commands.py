"""``mail`` and ``bounces``."""

from __future__ import annotations

import signal
import sys
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

from checkin_app.badges.text.font_files import own_fonts_folder
from checkin_app.cli.mail.mail_account import chosen_account, password_of
from checkin_app.cli.output import Output
from checkin_app.cli.this_desk import now_at, settings_with_id
from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.event_document import iso_utc
from checkin_app.domain.mailings import MailDraft, Mailing, MailText, TicketSize
from checkin_app.errors import UsageError
from checkin_app.mailing.returned_mail import returned_in_file, returned_in_text
from checkin_app.mailing.smtp_session import SmtpSession
from checkin_app.secrets_store.passwords import SystemKeyring
from checkin_app.services.clock import utc_now
from checkin_app.services.event_files import open_event
from checkin_app.services.mail.bounces import note_bounces
from checkin_app.services.mail.mail_choice import MailChoice, Whom, plan_mailing
from checkin_app.services.mail.mail_desk import MailDesk, note_interrupted
from checkin_app.services.mail.mail_making import MailMaker
from checkin_app.services.mail.mail_progress import MailProgress
from checkin_app.services.mail.mail_run import MailRun
from checkin_app.services.mail.mailings import Mailings, MailTrouble
from checkin_app.services.mail.new_codes import person_of
from checkin_app.services.mail.ticket_holders import WhyNot
from checkin_app.settings import Settings
from checkin_app.settings.mail_settings import MailSettings
from checkin_app.storage.event_file import EventFile

_LONGEST_TEXT_BYTES = 200_000


def run_mail(arguments: Namespace, output: Output) -> bool:
    """Send tickets by e-mail."""
    settings = settings_with_id()
    with open_event(arguments.event) as event_file:
        mailings = _mailings(event_file, settings)
        if arguments.cancel:
            return _cancel(mailings, output)
        if arguments.take_over:
            return _take_over(mailings, output)
        if arguments.resume:
            mailing = _unfinished(mailings)
            return _send(event_file, mailings, mailing, arguments, settings, output, {})
        draft = _draft(arguments, mailings)
        if arguments.test:
            return _test(event_file, mailings, draft, arguments, settings, output)
        plan = plan_mailing(event_file, _choice(arguments.to))
        left_out = {why.value: len(records) for why, records in plan.left_out.items()}
        _say_plan(output, len(plan.people), plan.left_out)
        if arguments.dry_run:
            output.result({"people": len(plan.people), "left_out": left_out})
            return True
        account = chosen_account(arguments, settings.mail)
        password = password_of(account, SystemKeyring())
        if arguments.text or arguments.subject:
            mailings.keep_text(draft.text)
        mailing = mailings.start(draft, plan)
        if elsewhere := len(plan.people) - mailings.progress(mailing).total:
            output.say(f"{elsewhere} get theirs from another desk.")
        return _send(event_file, mailings, mailing, arguments, settings, output, left_out, password)


def run_bounces(arguments: Namespace, output: Output) -> bool:
    """Note mails that came back, decide about unsure ones, and list whom no mail reached."""
    settings = settings_with_id()
    with open_event(arguments.event) as event_file:
        mailings = _mailings(event_file, settings)
        if arguments.file is not None:
            return _note(event_file, arguments.file, settings, output)
        for codes, was_sent in ((arguments.was_sent, True), (arguments.was_not_sent, False)):
            for code in codes:
                mailings.decide(_unsure_job(event_file, mailings, code), was_sent=was_sent)
        not_reached, unsure = mailings.not_reached(), mailings.unsure()
    for trouble in not_reached:
        output.say(f"Not reached: {_who(trouble.record)}  {trouble.job.reason}")
    for trouble in unsure:
        output.say(f"Unsure: {_who(trouble.record)}  {trouble.job.reason}")
    if not (not_reached or unsure):
        output.say("Every mail that was sent has reached its server.")
    output.result(
        {
            "not_reached": [_trouble_json(trouble) for trouble in not_reached],
            "unsure": [_trouble_json(trouble) for trouble in unsure],
        }
    )
    return not (not_reached or unsure)


def _send(
    event_file: EventFile,
    mailings: Mailings,
    mailing: Mailing,
    arguments: Namespace,
    settings: Settings,
    output: Output,
    left_out: Mapping[str, int],
    password: str | None = None,
) -> bool:
    account = chosen_account(arguments, settings.mail)
    known = password_of(account, SystemKeyring()) if password is None else password
    maker = _maker(event_file, mailing.draft, account)
    run = MailRun(event_file, mailings.desk, SmtpSession(account, known), account.per_minute)
    with output.progress("Sending") as bar, _stopped_by_hand() as stopped:
        end = run.work(mailing, maker, lambda now: bar(now.done, now.total), stopped)
    _say_end(output, end)
    output.result(
        {
            "mailing": mailing.id,
            "people": end.total,
            "sent": end.sent,
            "refused": end.refused,
            "unsure": end.unsure,
            "waiting": end.waiting,
            "left_out": dict(left_out),
        }
    )
    return not (end.refused or end.unsure or end.waiting)


def _test(
    event_file: EventFile,
    mailings: Mailings,
    draft: MailDraft,
    arguments: Namespace,
    settings: Settings,
    output: Output,
) -> bool:
    account = chosen_account(arguments, settings.mail)
    session = SmtpSession(account, password_of(account, SystemKeyring()))
    if arguments.person:
        person = person_of(event_file, arguments.person)
    else:
        people = plan_mailing(event_file, MailChoice(Whom.ALL)).people
        if not people:
            raise UsageError("There is nobody with an e-mail address. Say --person CODE.")
        person = people[0]
    mailings.send_test(session, _maker(event_file, draft, account), person, arguments.test)
    output.say(f"A test mail is on its way to {arguments.test}.")
    output.result({"test": arguments.test, "person": person})
    return True


def _cancel(mailings: Mailings, output: Output) -> bool:
    count = mailings.cancel(_unfinished(mailings))
    output.say(f"{count} mails will not be sent.")
    output.result({"cancelled": count})
    return True


def _take_over(mailings: Mailings, output: Output) -> bool:
    waited, unsure = mailings.take_over()
    output.say(f"{waited} mails of other desks wait no longer: send them with --to unsent.")
    if unsure:
        output.say(f"{unsure} may have gone out: “checkin-app bounces” says whose.")
    output.result({"waited": waited, "unsure": unsure})
    return not unsure


def _note(event_file: EventFile, file: Path, settings: Settings, output: Output) -> bool:
    returned = returned_in_text(sys.stdin.read()) if str(file) == "-" else returned_in_file(file)
    report = note_bounces(event_file, settings.desk_name, now_at(event_file), returned)
    for person in report.noted:
        output.say(f"Came back: {person.full_name}")
    for person in report.not_sent:
        output.say(f"Nothing had been sent to: {person.full_name}")
    for address in report.unknown:
        output.say(f"Nobody's address: {address}")
    if not returned:
        output.say("There is no address in it, and no notice of a failed delivery.")
    output.result(
        {
            "noted": [person.id for person in report.noted],
            "not_sent": [person.id for person in report.not_sent],
            "unknown": list(report.unknown),
        }
    )
    return not report.unknown and bool(returned)


def _mailings(event_file: EventFile, settings: Settings) -> Mailings:
    desk = MailDesk(settings.desk_id, settings.desk_name)
    note_interrupted(event_file, desk, now_at(event_file))
    return Mailings(event_file, desk)


def _draft(arguments: Namespace, mailings: Mailings) -> MailDraft:
    text = mailings.text()
    if arguments.text:
        text = replace(text, body=_read_text(arguments.text))
    if arguments.subject:
        text = MailText(arguments.subject, text.body)
    return MailDraft(
        text,
        None if arguments.size == "none" else TicketSize(arguments.size),
        has_invitation=not arguments.no_invitation,
        has_sessions=arguments.sessions,
    )


def _read_text(file: Path) -> str:
    try:
        if file.stat().st_size > _LONGEST_TEXT_BYTES:
            raise UsageError(f"{file.name} is too long for a mail. Choose another file.")
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file.name} cannot be read. Save it as plain UTF-8 text.") from error


def _choice(words: list[str]) -> MailChoice:
    named = [word for word in words if word in set(Whom)]
    if len(named) > 1:
        raise UsageError("Say one of unsent, changed and all.")
    categories = tuple(word for word in words if word not in set(Whom))
    return MailChoice(Whom(named[0]) if named else Whom.UNSENT, categories)


def _maker(event_file: EventFile, draft: MailDraft, account: MailSettings) -> MailMaker:
    return MailMaker(event_file, draft, account, utc_now(), own_fonts_folder())


def _unfinished(mailings: Mailings) -> Mailing:
    mailing = mailings.unfinished()
    if mailing is None:
        raise UsageError("No mailing of this desk waits to be finished.")
    return mailing


def _unsure_job(event_file: EventFile, mailings: Mailings, code: str) -> str:
    person = person_of(event_file, code)
    for trouble in mailings.unsure():
        if trouble.record.attendee.id == person:
            return trouble.job.id
    raise UsageError(f"The mail to “{code}” is not unsure.")


def _say_plan(
    output: Output, people: int, left_out: Mapping[WhyNot, tuple[AttendeeRecord, ...]]
) -> None:
    output.say(f"{people} mails.")
    for why, records in left_out.items():
        output.say(f"{len(records)} get none: {why.value}.")


def _say_end(output: Output, end: MailProgress) -> None:
    output.say(f"{end.sent} sent, {end.refused} refused, {end.unsure} unsure.")
    if end.waiting:
        output.say(f"{end.waiting} wait: go on with --resume.")
    if end.refused or end.unsure:
        output.say("“checkin-app bounces” says whom no mail reached.")


def _who(record: AttendeeRecord) -> str:
    return f"{record.attendee.full_name} <{record.attendee.email}> {record.attendee.code}"


def _trouble_json(trouble: MailTrouble) -> dict[str, Any]:
    person = trouble.record.attendee
    return {
        "id": person.id,
        "code": person.code,
        "email": person.email,
        "state": trouble.job.state.value,
        "reason": trouble.job.reason,
        "at": iso_utc(trouble.job.changed_at),
    }


@contextmanager
def _stopped_by_hand() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl+C was pressed: the mail that is under way is finished first."""
    stop = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield stop.is_set
    finally:
        signal.signal(signal.SIGINT, before)
