"""What a mail server means by an answer: the person, or the account that mails are sent from.

Codes are those of RFC 5321 and RFC 3463. Servers differ in how they say that an account has sent
all it may: 421, 450, 452, 550 5.4.5 and 554 are all in use, so the words decide.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from checkin_app.mailing.addresses import without_addresses

_LONGEST_REASON = 200
_DETAILED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
# RFC 3463: bad mailbox, bad system, bad syntax, moved, not for you (Exchange); disabled, full.
_OF_ADDRESS = frozenset({"1.1", "1.2", "1.3", "1.6", "1.10", "2.1", "2.2"})
_ADDRESS_WORDS = re.compile(
    r"unknown|no such|not found|(does|do) not exist|doesn't exist|no mailbox|no longer"
    r"|mailbox (is )?(full|unavailable|disabled|inactive)|over ?quota|storage|invalid recipient"
    r"|recipient (rejected|invalid)|user disabled",
    re.IGNORECASE,
)
# 4.5: Gmail for a day's mails; the others are Microsoft's and Gmail's for senders who sent a lot.
_OF_LIMIT = frozenset({"4.5", "1.90", "7.28", "7.705"})
_SURE_LIMIT_WORDS = re.compile(
    r"daily|hourly|per (hour|day|minute|second)|sending[ -](limit|rate|quota)"
    r"|send(er)? (limit|quota)|submission ?quota|rate[ -]?limit|throttl"
    r"|too (many|much) (messages|e?-?mails?|recipients|connections)"
    r"|(mail|message|relay) (limit|quota)|thread limit|exceeded (the )?threshold",
    re.IGNORECASE,
)
_LIMIT_WORDS = re.compile(
    r"quota|limits? (is |was |has been )?(exceeded|reached)|exceed\w*\b.*\blimit", re.IGNORECASE
)
_OTHER_LIMITS = re.compile(
    r"mailbox|inbox|storage|disk|size|length|large|recipient's|over ?quota|hop", re.IGNORECASE
)
_ADVICE = (
    (
        re.compile(r"starttls|encrypt|\bTLS\b", re.IGNORECASE),
        "It takes mails only over a line that nobody can read. Choose STARTTLS or TLS under"
        " Account.",
    ),
    (
        re.compile(r"application.specific|app(lication)? password", re.IGNORECASE),
        "It wants a password that is made for one program only. Make one on the provider's pages,"
        " and enter it under Account.",
    ),
    (
        re.compile(r"SmtpClientAuth|basic auth|5\.7\.139", re.IGNORECASE),
        "It lets no program send for this account by password. Ask whoever runs it to allow SMTP"
        " with a password (“authenticated SMTP”), or take another account.",
    ),
    (
        re.compile(r"authenti|log ?in|^530\b", re.IGNORECASE),
        "It takes mails only from who has logged in. Enter user and password under Account.",
    ),
    (
        re.compile(r"relay", re.IGNORECASE),
        "It passes no mails on to other servers for this account. Enter user and password under"
        " Account, or take the server of your mail provider.",
    ),
    (
        re.compile(r"send as|not owned|sender.*(address|rejected|denied)|5\.7\.60", re.IGNORECASE),
        "The sender's address must be one that this account may use. Look at it under Account.",
    ),
)
_OTHER_WAYS = 3
_UNWANTED = re.compile(
    r"spam|black ?list|block|reputation|unsolicited|spf|dkim|dmarc|policy", re.IGNORECASE
)


class Meaning(Enum):
    """Whom a refusal speaks of."""

    ADDRESS = auto()
    """The person's mailbox: the others are not touched by it."""
    LIMIT = auto()
    """The account has sent all that it may for now."""
    ACCOUNT = auto()
    """The account is not set up as the server wants it."""
    UNCLEAR = auto()


def reason_of(code: int, reply: bytes | str) -> str:
    """What a server said, on one line and without addresses."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"{code} {without_addresses(line)}"[:_LONGEST_REASON].strip(" .")


def meaning_of(reason: str) -> Meaning:
    """Whom a refusal speaks of.

    Args:
        reason: code and words, as in "550 5.1.1 user unknown".
    """
    detailed = _DETAILED.search(reason)
    subject = f"{detailed[2]}.{detailed[3]}" if detailed else ""
    if subject in _OF_ADDRESS and not _SURE_LIMIT_WORDS.search(reason):
        return Meaning.ADDRESS
    if subject in _OF_LIMIT or _speaks_of_limit(reason):
        return Meaning.LIMIT
    if _ADDRESS_WORDS.search(reason):
        return Meaning.ADDRESS
    return Meaning.ACCOUNT if any(words.search(reason) for words, _ in _ADVICE) else Meaning.UNCLEAR


def advice_on(reason: str) -> str:
    """What to change, so that a server takes mails that it refused for this reason."""
    for words, advice in _ADVICE:
        if words.search(reason):
            return advice
    if _UNWANTED.search(reason):
        return (
            "It takes these mails for unwanted ones. Ask whoever runs it, and look whether the"
            " sender's address belongs to this account."
        )
    return "Look at the account, and send a test mail to yourself."


def asks_for_another_way(reason: str) -> bool:
    """Whether a log-in was refused that no other password of the same kind would mend."""
    return any(words.search(reason) for words, _advice in _ADVICE[:_OTHER_WAYS])


def limit_words(reason: str) -> str:
    """What is said when an account has sent all that it may."""
    return (
        f"The mail server takes no more mails from this account for now. It says: {reason}."
        " What waits is kept: go on when the limit is over, often after an hour or a day, and set"
        " fewer mails a minute under Account."
    )


def _speaks_of_limit(reason: str) -> bool:
    if _SURE_LIMIT_WORDS.search(reason):
        return True
    return bool(_LIMIT_WORDS.search(reason)) and not _OTHER_LIMITS.search(reason)
