"""``fetch`` and ``send-check-ins``: registrations from the web, check-ins back to it."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from dataclasses import replace
from getpass import getpass

from checkin_app.cli.lists.list_commands import say_report
from checkin_app.cli.output import Output
from checkin_app.cli.this_desk import now_at
from checkin_app.errors import OnlineRefused, UsageError
from checkin_app.online_lists.pretix import PretixCheckInList
from checkin_app.secrets_store.passwords import Passwords, SessionPasswords, SystemKeyring
from checkin_app.services.event_files import ORGANISER, open_event
from checkin_app.services.list_import.registration_lists import (
    apply_import,
    plan_import,
    read_list,
    report_of,
)
from checkin_app.services.online.online_lists import (
    SYSTEM_NAMES,
    fetch,
    keep_token,
    kept_token,
    try_connection,
    with_event,
    with_link,
)
from checkin_app.services.online.online_sends import CheckInSending, SendRound
from checkin_app.services.online.online_wording import refusal_words
from checkin_app.settings import load_settings, save_settings, settings_path
from checkin_app.settings.online_settings import OnlineConnection, OnlineSystem
from checkin_app.storage.event_file import EventFile

TOKEN_VARIABLE = "CHECKIN_APP_TOKEN"


def run_fetch(arguments: Namespace, output: Output) -> bool:
    """Take in the registrations of an event from its registration system."""
    keyring = SystemKeyring()
    with open_event(arguments.event) as event_file:
        connection = _connection(event_file, arguments)
        passwords = _passwords(connection, keyring, output)
        token = kept_token(passwords, connection)
        language = event_file.event().language
        with output.progress("Fetching") as progress:
            fetched = fetch(connection, token, language, progress=progress)
        with output.progress("Comparing") as progress:
            reading = read_list(fetched.table, fetched.choices)
            plan = plan_import(event_file, reading, progress=progress)
        if arguments.dry_run:
            report = report_of(plan, reading)
        else:
            with output.progress("Importing") as progress:
                report = apply_import(
                    event_file, ORGANISER, now_at(event_file), plan, reading, progress=progress
                )
    if arguments.remember:
        _keep_connection(connection)
        output.say(f"Token: {keep_token(keyring, connection, token).sentence}")
    say_report(report, output, dry_run=arguments.dry_run)
    return report.rejected == 0


def run_send_check_ins(arguments: Namespace, output: Output) -> bool:
    """Send the check-ins that wait back to pretix."""
    with open_event(arguments.event) as event_file:
        connection = _connection(event_file, arguments)
        passwords = _passwords(connection, SystemKeyring(), output)
        connection = _with_list(connection, passwords, arguments.check_in_list)
        sending = CheckInSending(event_file, connection, passwords, ORGANISER)
        try:
            if arguments.again:
                sending.try_refused_again()
            last = _send_all(sending, output)
            refused = sending.refused()
        finally:
            sending.close()
        names = {
            one.entry_id: record.attendee.full_name
            for one in refused
            if (record := event_file.record(one.attendee_id)) is not None
        }
    counts = last.counts
    output.say(f"{counts.sent} sent, {counts.waiting} waiting, {counts.refused} not taken.")
    for one in refused:
        output.say(f"  {names.get(one.entry_id, '')}: {refusal_words(one.reason)}")
    if last.trouble:
        output.say(last.trouble)
    output.result(
        {
            "sent": counts.sent,
            "waiting": counts.waiting,
            "refused": [
                {"attendee": one.attendee_id, "reason": one.reason, "at": one.at.isoformat()}
                for one in refused
            ],
            "trouble": last.trouble or None,
        }
    )
    return not counts.waiting and not counts.refused


def _send_all(sending: CheckInSending, output: Output) -> SendRound:
    """Rounds until nothing waits, or trouble comes up."""
    with output.progress("Sending") as progress:
        while True:
            last = sending.round()
            done = last.counts.sent + last.counts.refused
            progress(done, done + last.counts.waiting)
            if last.pause_s is None or last.trouble:
                return last


def _connection(event_file: EventFile, arguments: Namespace) -> OnlineConnection:
    """What this event was connected with, and what the command says otherwise."""
    known = load_settings(settings_path()).online.of(event_file.online_sends.event_key())
    system = OnlineSystem(arguments.system or known.system)
    connection = (
        known if system is known.system else OnlineConnection(known.event_key, system=system)
    )
    if arguments.url:
        connection = with_link(connection, arguments.url)
    connection = with_event(
        connection,
        arguments.organizer or connection.organiser,
        arguments.event_slug or connection.event,
    )
    if not connection.is_complete:
        needs = "--url, --organizer and --event-slug" if _is_pretix(system) else "--url"
        raise UsageError(
            f"Say which event of {SYSTEM_NAMES[system]} is meant: {needs}, or --url with a link to"
            " the event."
        )
    return connection


def _passwords(connection: OnlineConnection, keyring: Passwords, output: Output) -> Passwords:
    """Where the token is: the environment, the keyring, or whoever sits there."""
    if given := os.environ.get(TOKEN_VARIABLE, "").strip():
        return _with_token(connection, given)
    try:
        kept_token(keyring, connection)
    except OnlineRefused:
        if output.json or sys.stdin is None or not sys.stdin.isatty():
            raise
        return _with_token(connection, getpass(f"Token of {SYSTEM_NAMES[connection.system]}: "))
    return keyring


def _with_token(connection: OnlineConnection, token: str) -> Passwords:
    passwords = SessionPasswords()
    keep_token(passwords, connection, token)
    return passwords


def _with_list(connection: OnlineConnection, passwords: Passwords, wanted: str) -> OnlineConnection:
    """The connection to one of pretix's check-in lists."""
    if not wanted and connection.list_id:
        return connection
    lists = try_connection(connection, kept_token(passwords, connection), "en").check_in_lists
    chosen = [one for one in lists if _is_meant(one, wanted)] if wanted else list(lists)
    if len(chosen) != 1:
        there_are = ", ".join(f"{one.name} ({one.id})" for one in lists) or "none"
        raise UsageError(f"Say to which list of pretix: --check-in-list. There are: {there_are}.")
    return replace(connection, list_id=chosen[0].id, list_name=chosen[0].name)


def _is_meant(one: PretixCheckInList, wanted: str) -> bool:
    return str(one.id) == wanted or one.name.casefold() == wanted.casefold()


def _keep_connection(connection: OnlineConnection) -> None:
    settings = load_settings(settings_path())
    kept = replace(settings, online=settings.online.keep(connection))
    save_settings(kept, settings_path())


def _is_pretix(system: OnlineSystem) -> bool:
    return system is OnlineSystem.PRETIX
