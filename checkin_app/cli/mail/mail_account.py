"""The account to send from: options before environment before the settings of this laptop."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Mapping

from checkin_app.errors import UsageError
from checkin_app.secrets_store.passwords import Passwords
from checkin_app.services.mail.mail_account import known_password
from checkin_app.services.mail.mail_pace import MOST_PER_MINUTE
from checkin_app.settings.mail_settings import MailSecurity, MailSettings

_PREFIX = "CHECKIN_MAIL_"
_LARGEST_PORT = 65535


def chosen_account(
    arguments: Namespace, kept: MailSettings, environment: Mapping[str, str] = os.environ
) -> MailSettings:
    """The account that is meant.

    Raises:
        UsageError: something is missing, or is not what it should be.
    """

    def said(option: str, variable: str, otherwise: str) -> str:
        given: str | None = getattr(arguments, option)
        return given if given is not None else environment.get(_PREFIX + variable, otherwise)

    account = MailSettings(
        host=said("host", "HOST", kept.host).strip(),
        port=_number(said("port", "PORT", str(kept.port)), "port", _LARGEST_PORT),
        security=_security(said("security", "SECURITY", kept.security.value)),
        user=said("user", "USER", kept.user).strip(),
        sender_name=said("from_name", "FROM_NAME", kept.sender_name).strip(),
        sender_address=said("sender", "FROM", kept.sender_address).strip(),
        reply_to=said("reply_to", "REPLY_TO", kept.reply_to).strip(),
        per_minute=_number(said("rate", "RATE", str(kept.per_minute)), "rate", MOST_PER_MINUTE),
    )
    if not account.is_complete:
        raise UsageError(
            "Say from where to send: at least --host and --from, or set up an account."
        )
    return account


def password_of(
    account: MailSettings, passwords: Passwords, environment: Mapping[str, str] = os.environ
) -> str:
    """The account's password; empty for an account without a log-in.

    Raises:
        UsageError: none is known.
        PasswordsUnavailable: the keyring does not answer.
    """
    if not account.user:
        return ""
    password = environment.get(f"{_PREFIX}PASSWORD") or known_password(account, passwords)
    if not password:
        raise UsageError(
            "There is no password for this account. Set CHECKIN_MAIL_PASSWORD, or enter it once"
            " in the window."
        )
    return password


def _security(text: str) -> MailSecurity:
    try:
        return MailSecurity(text.strip().lower())
    except ValueError as error:
        raise UsageError(f"“{text}” is no security. Use starttls, tls or none.") from error


def _number(text: str, what: str, most: int) -> int:
    if not text.strip().isdecimal() or int(text) > most:
        raise UsageError(f"“{text}” is no {what}. Give a number up to {most}.")
    return int(text)
