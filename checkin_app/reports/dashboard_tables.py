"""The numbers of a dashboard as the tables of its report, with all that the charts leave out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate

from checkin_app.domain.dashboard import Dashboard, Share, top
from checkin_app.domain.language.spoken_dates import time_text
from checkin_app.reports.charts.contents import grouped
from checkin_app.reports.dashboard_cards import Translate, cards_of, refusal_name

MOST_ROWS = 60
"""Of one table; the others are added up in its last line."""


@dataclass(frozen=True, slots=True)
class NumbersTable:
    """One table: a name and figures in each row.

    Attributes:
        heads: over all columns, the first over the names.
        note: what is to be known of it.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def tables_of(dashboard: Dashboard, translate: Translate = str) -> Iterator[NumbersTable]:
    """All tables that have any row."""
    everything = (
        _overview(dashboard, translate),
        *_groups(dashboard, translate),
        _desks(dashboard, translate),
        _refusals(dashboard, translate),
        _times(dashboard, translate),
    )
    return (table for table in everything if table.rows)


def _overview(dashboard: Dashboard, translate: Translate) -> NumbersTable:
    badges = dashboard.badges
    rows = [
        (translate("Registered, whatever the status"), dashboard.registered),
        (translate("Expected"), dashboard.expected),
        (translate("Arrived"), dashboard.arrived),
        (translate("Expected and not here"), dashboard.missing),
        (translate("Walk-ins, registered at a desk"), dashboard.walk_ins),
        (translate("Gone from the newest registration list, and not here"), dashboard.gone),
        (translate("People with a badge"), badges.people),
        (translate("Badges printed"), badges.prints),
        (translate("Badges spoilt"), badges.spoilt),
        *((_reprint_name(reason, translate), count) for reason, count in badges.reprints),
        (translate("Tickets sent"), dashboard.tickets_sent),
    ]
    return NumbersTable(
        translate("Overview"), ("", ""), tuple((name, grouped(count)) for name, count in rows)
    )


def _reprint_name(reason: str, translate: Translate) -> str:
    return translate("Badges printed again: {reason}").format(reason=reason)


def _groups(dashboard: Dashboard, translate: Translate) -> Iterator[NumbersTable]:
    heads = tuple(map(translate, ("", "Expected", "Arrived", "Not here", "Share")))
    cards = cards_of(dashboard, translate)
    for bars in (cards.categories, cards.countries, cards.organisations):
        shares = top(bars.shares, MOST_ROWS)
        yield NumbersTable(
            bars.title, heads, tuple(_share_row(bars.name_of(one), one) for one in shares)
        )


def _share_row(name: str, share: Share) -> tuple[str, ...]:
    return (
        name,
        grouped(share.expected),
        grouped(share.arrived),
        grouped(share.expected - share.arrived),
        f"{share.arrived * 100 // share.expected} %",
    )


def _desks(dashboard: Dashboard, translate: Translate) -> NumbersTable:
    rows = tuple((one.desk, grouped(one.arrived)) for one in dashboard.desks)
    return NumbersTable(translate("Desks"), ("", translate("Let in")), rows)


def _refusals(dashboard: Dashboard, translate: Translate) -> NumbersTable:
    rows = tuple(
        (refusal_name(outcome, translate), grouped(count)) for outcome, count in dashboard.refusals
    )
    return NumbersTable(translate("Scans not let in"), ("", translate("Scans")), rows)


def _times(dashboard: Dashboard, translate: Translate) -> NumbersTable:
    """Arrivals in the steps of the chart."""
    series = dashboard.series
    title = translate("Arrivals by time")
    heads = tuple(map(translate, ("", "Came", "In all")))
    if not any(series.counts):
        return NumbersTable(title, heads, ())
    step = timedelta(minutes=series.step_minutes)
    in_all = accumulate(series.counts, initial=series.earlier)
    next(in_all)
    begins = [series.starts_at + number * step for number in range(len(series.counts))]
    rows = [
        (time_text(dashboard.event.local(begin)), grouped(count), grouped(total))
        for begin, count, total in zip(begins, series.counts, in_all, strict=True)
        if begin <= dashboard.as_of
    ]
    if not series.expected:
        return NumbersTable(title, heads, tuple(rows))
    expected = accumulate(series.expected)
    return NumbersTable(
        title,
        (*heads, translate("Expected")),
        tuple((*row, f"{count:.0f}") for row, count in zip(rows, expected, strict=False)),
        translate(
            "Expected, added up to the end of each step, is an assumption and not a figure of the"
            " event: a Beta(3, 2) distribution over the time of registration. Few come at its"
            " beginning, most when two thirds of it are over."
        ),
    )
