"""The face of every answer: a class that gives colour and outline, and an own sign.

The outline says the class even to people who do not tell the colours apart: a circle for in, a
triangle for attention, an octagon for refused. The sign inside says which answer it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from checkin_app.domain.admission import OutcomeKind


class AnswerClass(StrEnum):
    """How an answer is coloured and outlined."""

    IN = "in"
    ATTENTION = "attention"
    REFUSED = "refused"
    IDLE = "idle"
    """Nothing was asked: ready, or something was taken back."""


class Sign(StrEnum):
    """What is drawn inside the outline."""

    TICK = "tick"
    EXCLAMATION = "exclamation"
    QUESTION = "question"
    CROSS = "cross"
    STRUCK_TICKET = "struck ticket"
    HOURGLASS = "hourglass"
    BAR = "bar"
    CLOCK = "clock"
    FULL_ROWS = "full rows"
    TWO_PEOPLE = "two people"
    BROKEN_DISK = "broken disk"
    ARROW_BACK = "arrow back"
    SCAN = "scan"


@dataclass(frozen=True, slots=True)
class Face:
    """What an answer looks like."""

    answer_class: AnswerClass
    sign: Sign


FACES = {
    OutcomeKind.ADMITTED: Face(AnswerClass.IN, Sign.TICK),
    OutcomeKind.ALREADY_IN: Face(AnswerClass.ATTENTION, Sign.EXCLAMATION),
    OutcomeKind.UNKNOWN_CODE: Face(AnswerClass.REFUSED, Sign.QUESTION),
    OutcomeKind.CANCELLED: Face(AnswerClass.REFUSED, Sign.CROSS),
    OutcomeKind.REVOKED: Face(AnswerClass.REFUSED, Sign.STRUCK_TICKET),
    OutcomeKind.NOT_CONFIRMED: Face(AnswerClass.ATTENTION, Sign.HOURGLASS),
    OutcomeKind.NOT_ON_LIST: Face(AnswerClass.REFUSED, Sign.BAR),
    OutcomeKind.NOT_OPEN: Face(AnswerClass.ATTENTION, Sign.CLOCK),
    OutcomeKind.FULL: Face(AnswerClass.REFUSED, Sign.FULL_ROWS),
    OutcomeKind.AMBIGUOUS: Face(AnswerClass.ATTENTION, Sign.TWO_PEOPLE),
}
NOT_STORED = Face(AnswerClass.REFUSED, Sign.BROKEN_DISK)
TAKEN_BACK = Face(AnswerClass.IDLE, Sign.ARROW_BACK)
READY = Face(AnswerClass.IDLE, Sign.SCAN)
