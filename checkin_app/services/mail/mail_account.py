"""The password of the account that tickets are sent from, and whether the account works."""

from __future__ import annotations

from collections.abc import Callable

from checkin_app.mailing.smtp_session import SmtpSession
from checkin_app.secrets_store.passwords import Keeping, Passwords
from checkin_app.services.mail.mail_session import LeavableSession
from checkin_app.settings.mail_settings import MailSettings

_SERVICE = "checkin_app mail"


def known_password(account: MailSettings, passwords: Passwords) -> str:
    """The password that is kept; empty when there is none, or no log-in.

    Raises:
        PasswordsUnavailable: the keyring does not answer.
    """
    if not account.user:
        return ""
    return passwords.get(_SERVICE, account.account) or ""


def keep_password(account: MailSettings, passwords: Passwords, password: str) -> Keeping:
    """Keep the password of an account in place of any earlier one; says for how long."""
    return passwords.set(_SERVICE, account.account, password)


def try_account(
    account: MailSettings, password: str, is_left: Callable[[], bool] = lambda: False
) -> None:
    """Connect and log in, and send nothing.

    Args:
        is_left: whether nobody waits for the server any more.

    Raises:
        MailError: that did not work; the message says why.
        Cancelled: it was left.
    """
    session = LeavableSession(SmtpSession(account, password), is_left)
    try:
        session.open()
    finally:
        session.close()
