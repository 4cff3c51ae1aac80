"""Sentences about mailings that several parts of the screen say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from checkin_app.gui.plain_text import grouped
from checkin_app.services.mail.mail_choice import MailingPlan
from checkin_app.services.mail.ticket_holders import WhyNot

Translate = Callable[[str], str]

_LEFT_OUT = {
    WhyNot.CANCELLED: "{count} cancelled",
    WhyNot.GONE: "{count} no longer on the newest list",
    WhyNot.ERASED: "{count} erased",
    WhyNot.NO_EMAIL: "{count} without e-mail",
    WhyNot.BAD_EMAIL: "{count} with an address that cannot be used",
    WhyNot.CAME_BACK: "{count} whose last mail did not arrive",
    WhyNot.UNDER_WAY: "{count} in a mailing of another desk that is not finished",
    WhyNot.UNDECIDED: "{count} whose last mail is unsure",
}
_A_MINUTE, _AN_HOUR = timedelta(minutes=1), timedelta(hours=1)


def left_out_words(plan: MailingPlan, translate: Translate) -> str:
    """Who gets no mail, and why."""
    if not plan.left_out:
        return ""
    parts = (
        translate(_LEFT_OUT[why]).format(count=grouped(len(records)))
        for why, records in plan.left_out.items()
    )
    return translate("Left out: {people}.").format(people=", ".join(parts))


def mails_words(count: int, translate: Translate) -> str:
    """How many mails: "1 mail", "126 mails"."""
    words = translate("{count} mail") if count == 1 else translate("{count} mails")
    return words.format(count=grouped(count))


def time_left_words(left: timedelta, translate: Translate) -> str:
    """How long it still takes: "About 4 minutes."."""
    if left < _A_MINUTE:
        return translate("Less than a minute.")
    if left < 2 * _AN_HOUR:
        return translate("About {n} minutes.").format(n=round(left / _A_MINUTE))
    return translate("About {n} hours.").format(n=round(left / _AN_HOUR))
