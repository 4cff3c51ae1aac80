"""The numbers of a dashboard → what each of its charts says, in words and figures.

Functions take ``translate``, which gives a sentence in the reader's language; placeholders in
braces are filled in afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.arrival_pace import ArrivalSeries
from checkin_app.domain.dashboard import Dashboard
from checkin_app.domain.language.spoken_dates import day_text, time_text
from checkin_app.domain.print_jobs import PrintCause
from checkin_app.reports.charts.contents import (
    Bars,
    Figure,
    Figures,
    Headline,
    Row,
    Step,
    Table,
    Timeline,
    grouped,
)

Translate = Callable[[str], str]

ASSUMED = "expected: assumes that most come two thirds through"
"""What the curve of ``domain.arrival_pace`` is, in a few words."""

_REFUSED = {
    OutcomeKind.ALREADY_IN: "already in",
    OutcomeKind.UNKNOWN_CODE: "unknown code",
    OutcomeKind.CANCELLED: "cancelled",
    OutcomeKind.REVOKED: "old code",
    OutcomeKind.NOT_CONFIRMED: "not confirmed",
    OutcomeKind.NOT_ON_LIST: "not on this list",
    OutcomeKind.NOT_OPEN: "not open",
    OutcomeKind.FULL: "full",
    OutcomeKind.AMBIGUOUS: "two people, one code",
}
_REPRINTED = {
    PrintCause.LOST.value: "lost, reprinted",
    PrintCause.DAMAGED.value: "damaged, reprinted",
    PrintCause.WRONG_DATA.value: "wrong data, reprinted",
}
_TICK_MINUTES = (5, 10, 15, 30, 60, 120, 240)
_MOST_TICKS = 14


@dataclass(frozen=True, slots=True)
class Cards:
    """All charts of a dashboard."""

    headline: Headline
    arrivals: Timeline
    categories: Bars
    organisations: Bars
    countries: Bars
    desks: Table
    refusals: Figures
    badges: Figures


def cards_of(dashboard: Dashboard, translate: Translate = str) -> Cards:
    """What the charts say."""
    more = translate("{count} more")
    nobody = translate("Nobody is expected yet.")
    return Cards(
        headline=_headline(dashboard, translate),
        arrivals=_arrivals(dashboard, translate),
        categories=Bars(
            translate("By category"), dashboard.categories, translate("No category"), more, nobody
        ),
        organisations=Bars(
            translate("By organisation"),
            dashboard.organisations,
            translate("No organisation"),
            more,
            nobody,
        ),
        countries=Bars(
            translate("By country"), dashboard.countries, translate("No country"), more, nobody
        ),
        desks=Table(
            translate("Desks"),
            (translate("let in"), translate("last minute")),
            tuple(Row(one.desk, (one.arrived, one.last_minute)) for one in dashboard.desks),
            more,
            translate("No desk has let anybody in yet."),
        ),
        refusals=Figures(
            translate("Scans not let in"),
            tuple(
                Figure(grouped(count), refusal_name(outcome, translate))
                for outcome, count in dashboard.refusals
            ),
            translate("None so far."),
        ),
        badges=_badges(dashboard, translate),
    )


def list_name(dashboard: Dashboard, translate: Translate = str) -> str:
    """Of which check-in list the numbers are."""
    chosen = dashboard.check_in_list
    return chosen.name if chosen else translate("All check-in lists")


def as_of_text(dashboard: Dashboard, translate: Translate = str) -> str:
    """When the numbers were taken: "As of 6 May 2024, 12:41"."""
    local = dashboard.event.local(dashboard.as_of)
    return translate("As of {day}, {time}").format(day=day_text(local), time=time_text(local))


def refusal_name(outcome: str, translate: Translate = str) -> str:
    """Why a scan was not let in, in a few words."""
    known = OutcomeKind(outcome) if outcome in list(OutcomeKind) else None
    return translate(_REFUSED[known]) if known in _REFUSED else translate("other reasons")


def _headline(dashboard: Dashboard, translate: Translate) -> Headline:
    places = dashboard.places
    of = translate("of {count} expected")
    if places < dashboard.expected:
        of = translate("of {count} places")
    is_over = dashboard.is_over
    missing = Figure(grouped(dashboard.missing), translate("no-shows" if is_over else "not here"))
    if places < dashboard.expected:
        missing = Figure(grouped(max(0, places - dashboard.arrived)), translate("places left"))
    figures = [
        missing,
        Figure(grouped(dashboard.walk_ins), translate("walk-ins")),
    ]
    if dashboard.gone:
        figures.append(Figure(grouped(dashboard.gone), translate("gone from the list")))
    return Headline(
        title=translate("Arrived"),
        part=dashboard.arrived,
        whole=places,
        number=grouped(dashboard.arrived),
        of=of.format(count=grouped(places)),
        figures=tuple(figures),
        sentence=_how_it_goes_on(dashboard, translate),
    )


def _how_it_goes_on(dashboard: Dashboard, translate: Translate) -> str:
    window, now = dashboard.window, dashboard.as_of
    if not dashboard.expected:
        return translate("Nobody is registered yet: import a registration list.")
    if dashboard.arrived >= dashboard.places:
        is_full = dashboard.places < dashboard.expected
        return translate("All places are taken." if is_full else "Everybody is in.")
    if dashboard.is_over:
        return translate("The event is over.")
    if (last := dashboard.everybody_in_at) is not None:
        sentence = translate("{rate} a minute. At this pace everybody is in by {time}.")
        if dashboard.places < dashboard.expected:
            sentence = translate("{rate} a minute. At this pace all places are taken by {time}.")
        return sentence.format(rate=_rate(dashboard.per_minute), time=_clock(dashboard, last, now))
    if window is not None and now < window.opens_at:
        opening = translate("Opens {time}.")
        return opening.format(time=_clock(dashboard, window.opens_at, now))
    return translate("Nobody came within the last five minutes.") if dashboard.arrived else ""


def _arrivals(dashboard: Dashboard, translate: Translate) -> Timeline:
    series = dashboard.series
    per = translate("Arrivals per minute")
    if series.step_minutes > 1:
        per = translate("Arrivals every {count} minutes").format(count=series.step_minutes)
    local = dashboard.event.local(series.starts_at)
    return Timeline(
        title=per,
        steps=tuple(_steps(dashboard, translate)),
        ticks=tuple(_ticks(series, local)),
        now=_now(dashboard),
        counted=f"{translate('came')}, {day_text(local)}",
        assumed=translate(ASSUMED) if series.expected else "",
        sentence=_where_it_stands(dashboard, translate),
        empty=translate("Nobody has come yet."),
    )


def _steps(dashboard: Dashboard, translate: Translate) -> Iterator[Step]:
    series = dashboard.series
    came = translate("{time}: {count} came")
    expected = translate("{time}: {count} came, {expected} expected")
    for number, count in enumerate(series.counts):
        starts = dashboard.event.local(series.starts_at + _minutes(number, series))
        if not series.expected:
            yield Step(count, None, came.format(time=time_text(starts), count=count))
            continue
        awaited = series.expected[number]
        text = expected.format(time=time_text(starts), count=count, expected=f"{awaited:.1f}")
        yield Step(count, awaited, text)


def _ticks(series: ArrivalSeries, starts: datetime) -> Iterator[tuple[int, str]]:
    """Round times by the clock of the venue."""
    length = len(series.counts) * series.step_minutes
    fitting = (every for every in _TICK_MINUTES if length / every <= _MOST_TICKS)
    every = max(series.step_minutes, next(fitting, _TICK_MINUTES[-1]))
    for number in range(len(series.counts) + 1):
        local = starts + _minutes(number, series)
        if (local.hour * 60 + local.minute) % every == 0:
            yield number, time_text(local)


def _now(dashboard: Dashboard) -> float | None:
    series = dashboard.series
    if not series.starts_at <= dashboard.as_of <= series.ends_at:
        return None
    return (dashboard.as_of - series.starts_at) / _minutes(1, series)


def _where_it_stands(dashboard: Dashboard, translate: Translate) -> str:
    """Against the curve, while people come; and who came outside the picture."""
    series, window = dashboard.series, dashboard.window
    parts = []
    by_now = dashboard.expected_by_now
    if by_now is not None and window is not None and window.opens_at <= dashboard.as_of:
        difference = dashboard.arrived - by_now
        if dashboard.as_of < window.closes_at and difference:
            which = (
                "{count} more than expected by now"
                if difference > 0
                else "{count} fewer than expected by now"
            )
            parts.append(translate(which).format(count=grouped(abs(difference))))
    if series.earlier:
        parts.append(translate("{count} came before").format(count=grouped(series.earlier)))
    if series.later:
        parts.append(translate("{count} came later").format(count=grouped(series.later)))
    return "  ·  ".join(parts)


def _badges(dashboard: Dashboard, translate: Translate) -> Figures:
    badges = dashboard.badges
    figures = [
        Figure(grouped(badges.people), translate("people with a badge")),
        Figure(grouped(badges.prints), translate("badges printed")),
        Figure(grouped(badges.spoilt), translate("spoilt"), is_alarm=True),
    ]
    figures += [
        Figure(grouped(count), translate(_REPRINTED[reason])) for reason, count in badges.reprints
    ]
    figures.append(Figure(grouped(dashboard.tickets_sent), translate("tickets sent")))
    return Figures(translate("Badges and tickets"), tuple(figures), "")


def _rate(per_minute: float) -> str:
    return f"{per_minute:.1f}" if per_minute < 10 else grouped(round(per_minute))


def _clock(dashboard: Dashboard, moment: datetime, now: datetime) -> str:
    """The time at the venue; with the day where it is not today."""
    local = dashboard.event.local(moment)
    return time_text(local, with_day=local.date() != dashboard.event.local(now).date())


def _minutes(steps: int, series: ArrivalSeries) -> timedelta:
    return timedelta(minutes=steps * series.step_minutes)
