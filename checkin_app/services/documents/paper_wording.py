"""What is said about ticks of the paper list."""

from __future__ import annotations

from checkin_app.domain.language.spoken_dates import time_text
from checkin_app.domain.programme import Event
from checkin_app.services.documents.paper_list import Tick, TickKind
from checkin_app.services.wording import Translate


def tick_sentence(tick: Tick, event: Event, translate: Translate = str) -> str:
    """What became of what was typed: "Anna Bell is in, 12:40"."""
    name = tick.attendee.full_name if tick.attendee else ""
    sentence = translate(_SENTENCES[tick.kind])
    if tick.check_in is None:
        return sentence.format(typed=tick.typed, name=name, time="")
    local = event.local(tick.check_in.at)
    with_day = not event.starts_on == event.ends_on == local.date()
    time = time_text(local, with_day=with_day)
    return sentence.format(typed=tick.typed, name=name, time=time)


_SENTENCES = {
    TickKind.TAKEN: "{name} is in, {time}.",
    TickKind.ALREADY_IN: "{name} was in already, {time}.",
    TickKind.SLIP: "{typed} is mistyped. Look at the list again.",
    TickKind.UNKNOWN: "Nobody at this event has this code or name.",
    TickKind.NAMES: "{typed} is a name. Type the code beside it.",
}
