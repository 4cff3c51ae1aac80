"""The line to a mail server: connected, over TLS, logged in; or in our words why not."""

from __future__ import annotations

import smtplib
import socket
import ssl

from checkin_app.errors import MailError, MailUnreachable
from checkin_app.mailing.server_answers import advice_on, asks_for_another_way, reason_of
from checkin_app.settings.mail_settings import MailSecurity, MailSettings

# Not the laptop's name, which is nobody's business and may not be ASCII.
_HELLO_NAME = "[127.0.0.1]"


def connected(
    account: MailSettings, password: str, trust: ssl.SSLContext | None, timeout_s: float
) -> smtplib.SMTP:
    """A line to the account's server, logged in where the account has a user.

    Args:
        trust: whose certificates are believed; None takes those that the system believes.

    Raises:
        MailUnreachable: the server does not answer, or not now.
        MailError: its certificate, the user or the password is wrong, or it cannot do TLS.
    """
    try:
        smtp = _greeted(account, trust or ssl.create_default_context(), timeout_s)
        try:
            if account.user:
                smtp.login(account.user, password)
        except BaseException:
            smtp.close()
            raise
    except (OSError, UnicodeError) as error:  # those of smtplib and ssl are OSErrors
        raise _why_not(account, error) from error
    return smtp


def _why_not(account: MailSettings, error: OSError | UnicodeError) -> MailError:
    match error:
        case ssl.SSLCertVerificationError():
            return MailError(
                f"The mail server {account.host} could not prove that it is the one it claims to"
                f" be ({error.verify_message}). Nothing was sent. Look at the server's name, or"
                " ask whoever runs it."
            )
        case ssl.SSLError():
            return MailError(
                f"The mail server {account.host} does not speak TLS in this way at port"
                f" {account.real_port}. Usual are STARTTLS at port 587 and TLS at port 465."
            )
        case smtplib.SMTPAuthenticationError():
            return _login_failed(error)
        case smtplib.SMTPNotSupportedError():
            return MailError(_not_offered(account, is_log_in="AUTH" in str(error)))
        case UnicodeEncodeError():
            return MailError(
                "The user name or the password has letters that cannot be sent to a mail server"
                " (only plain ones can). Look whether they are right; many providers give a"
                " password of its own for programs."
            )
        case smtplib.SMTPResponseException() if error.smtp_code >= 400:
            return _turned_away(account, reason_of(error.smtp_code, error.smtp_error))
        case socket.gaierror() | UnicodeError():
            return MailUnreachable(
                f"There is no mail server {account.host} to be found. Look at its name and at the"
                " network."
            )
        case smtplib.SMTPException() if type(error) is smtplib.SMTPException:
            # What smtplib raises when the server names no way of logging in that it knows.
            return MailError(_not_offered(account, is_log_in=True))
        case _:
            return _no_answer(account)


def _greeted(account: MailSettings, trust: ssl.SSLContext, timeout_s: float) -> smtplib.SMTP:
    if account.security is MailSecurity.NONE and account.user:
        raise MailError(
            "A password is not sent over a line that anybody can read. Choose STARTTLS or TLS,"
            " or leave out the user."
        )
    if account.security is MailSecurity.TLS:
        return smtplib.SMTP_SSL(
            account.host,
            account.real_port,
            local_hostname=_HELLO_NAME,
            timeout=timeout_s,
            context=trust,
        )
    smtp = smtplib.SMTP(
        account.host, account.real_port, local_hostname=_HELLO_NAME, timeout=timeout_s
    )
    try:
        smtp.ehlo_or_helo_if_needed()
        if account.security is MailSecurity.STARTTLS:
            smtp.starttls(context=trust)
            smtp.ehlo_or_helo_if_needed()
    except BaseException:
        smtp.close()
        raise
    return smtp


def _login_failed(error: smtplib.SMTPAuthenticationError) -> MailError:
    reason = reason_of(error.smtp_code, error.smtp_error)
    if 400 <= error.smtp_code < 500:
        return MailUnreachable(
            f"The mail server cannot check the password now. It says: {reason}. Try again in"
            " some minutes."
        )
    if asks_for_another_way(reason):
        return MailError(
            f"The mail server did not let this account in. It says: {reason}. {advice_on(reason)}"
        )
    return MailError(
        "The mail server did not accept the user name or the password. It says:"
        f" {reason}. Look at the user name, and enter the password again. Many servers want a"
        " password of its own for a program."
    )


def _no_answer(account: MailSettings) -> MailUnreachable:
    return MailUnreachable(
        f"The mail server {account.host} does not answer at port {account.real_port}. Look at the"
        " network, the port and the security of the account."
    )


def _turned_away(account: MailSettings, reason: str) -> MailError:
    words = f"The mail server {account.host} turned this computer away. It says: {reason}"
    if reason.startswith("4"):
        return MailUnreachable(f"{words}. Try again in some minutes.")
    return MailError(
        f"{words}. Look at the port and the security of the account. If they are right, ask"
        " whoever runs the server, or try another network."
    )


def _not_offered(account: MailSettings, *, is_log_in: bool) -> str:
    if not is_log_in:
        return (
            f"The mail server {account.host} does not offer STARTTLS at port"
            f" {account.real_port}. Choose TLS with port 465, or ask whoever runs the server"
            " for its port."
        )
    return (
        f"The mail server {account.host} does not offer a log-in by password at port"
        f" {account.real_port}. Usual are STARTTLS at port 587 and TLS at port 465. A server"
        " of your own house may take mails without user and password."
    )
