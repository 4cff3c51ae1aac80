"""The options of ``mail`` and ``bounces``."""

from __future__ import annotations

from argparse import ArgumentParser

from checkin_app.cli import values
from checkin_app.cli.badges.badge_options import Adder
from checkin_app.settings.mail_settings import MailSecurity


def add_mail_commands(add: Adder) -> None:
    """Everything about sending tickets and what comes back."""
    mail = add("mail", "mail.mail_commands", "send everybody the ticket by e-mail")
    what = mail.add_mutually_exclusive_group(required=True)
    what.add_argument("--test", metavar="ADDRESS", help="send one mail to yourself")
    what.add_argument(
        "--to",
        nargs="+",
        metavar="WHOM",
        help="unsent (who has no ticket yet), changed (whose code was replaced since), all,"
        " or categories: who of these has none yet",
    )
    what.add_argument("--resume", action="store_true", help="go on with the mailing before")
    what.add_argument("--cancel", action="store_true", help="send nothing more of it")
    what.add_argument(
        "--take-over",
        action="store_true",
        help="let other desks send nothing more of what they began: for a laptop that is gone",
    )
    mail.add_argument("--dry-run", action="store_true", help="only say how many it would be")
    mail.add_argument(
        "--person", default="", metavar="CODE-OR-ID", help="whose ticket the test mail has"
    )
    _add_text_options(mail)
    _add_account_options(mail)

    bounces = add(
        "bounces", "mail.mail_commands", "whom no mail reached; note mails that came back"
    )
    bounces.add_argument(
        "file",
        nargs="?",
        type=values.path,
        metavar="FILE",
        help="a mail that came back (.eml), a mailbox (.mbox) or addresses in a text; - reads"
        " standard input",
    )
    bounces.add_argument(
        "--was-sent", action="append", default=[], metavar="CODE", help="the unsure mail went out"
    )
    bounces.add_argument(
        "--was-not-sent",
        action="append",
        default=[],
        metavar="CODE",
        help="it did not: the person counts as unsent",
    )


def _add_text_options(mail: ArgumentParser) -> None:
    mail.add_argument("--subject", metavar="TEXT", help="with placeholders such as {event}")
    mail.add_argument(
        "--text", type=values.file, metavar="FILE", help="the mail's text; kept in the event"
    )
    mail.add_argument(
        "--size",
        choices=("a4", "phone", "none"),
        default="a4",
        help="ticket attached (%(default)s)",
    )
    mail.add_argument("--no-invitation", action="store_true", help="no calendar file attached")
    mail.add_argument("--sessions", action="store_true", help="its sessions in it, too")


def _add_account_options(mail: ArgumentParser) -> None:
    account = mail.add_argument_group(
        "account",
        "Without these: the environment (CHECKIN_MAIL_HOST, …_PORT, …_SECURITY, …_USER, …_FROM,"
        " …_FROM_NAME, …_REPLY_TO, …_RATE), else the settings of this laptop. The password comes"
        " from CHECKIN_MAIL_PASSWORD or the system's keyring.",
    )
    account.add_argument("--host", help="server for outgoing mail")
    account.add_argument("--port", help="587 for STARTTLS, 465 for TLS")
    account.add_argument("--security", choices=[one.value for one in MailSecurity])
    account.add_argument("--user", help="name to log in with")
    account.add_argument("--from", dest="sender", metavar="ADDRESS", help="whom mails are from")
    account.add_argument("--from-name", metavar="NAME")
    account.add_argument("--reply-to", metavar="ADDRESS", help="where answers go")
    account.add_argument("--rate", metavar="N", help="mails a minute, at most")
