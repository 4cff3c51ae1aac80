"""What shall be printed → the people and the job, ready to be previewed, checked and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.impose import sheet_count, sheet_of
from checkin_app.badges.layouts import DEFAULT_LAYOUT, built_in_layout, layout_names
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.imposition import Imposition, SheetRange
from checkin_app.domain.stock import CARD_ON_A4, Stock
from checkin_app.services.badge_choice import DEFAULT_SORT, Wanted, choose_attendees, sort_attendees
from checkin_app.services.badge_printing import BadgeJob
from checkin_app.storage.event_file import EventFile


class Sort(Enum):
    """In which order badges leave the printer; the value is for ``choose_attendees``."""

    LAST_NAME = DEFAULT_SORT
    FIRST_NAME = ("first_name", "last_name")
    ORGANISATION = ("organisation", "last_name", "first_name")
    CATEGORY = ("category", "last_name", "first_name")


@dataclass(frozen=True, slots=True)
class BadgeChoice:
    """What the person asked for.

    Attributes:
        wanted: who; None means the people of ``selection``.
        selection: attendee ids chosen on another screen.
        category: only this one; None means every category.
    """

    wanted: Wanted | None = Wanted.EXPECTED
    selection: tuple[str, ...] = ()
    category: str | None = None
    sort: Sort = Sort.LAST_NAME
    layout: str = DEFAULT_LAYOUT
    stock: Stock = CARD_ON_A4
    first_slot: int = 1
    crop_marks: bool = False


@dataclass(frozen=True, slots=True)
class BadgeRun:
    """A choice with its people.

    Attributes:
        job: ready to be written; its file is still to be named.
        categories: all categories of the event.
        layouts: the built-in layouts, name → title.
    """

    choice: BadgeChoice
    job: BadgeJob
    categories: tuple[str, ...]
    layouts: Mapping[str, str]

    @property
    def sheets(self) -> int:
        """How many sheets of paper it takes."""
        plan = self.job.plan
        return sheet_count(len(self.job.attendees), plan.stock, plan.imposition, plan.trays)

    def sheet_of(self, attendee_id: str) -> tuple[int, int] | None:
        """Sheet (from 0) and slot (from 1) of a person's badge."""
        plan, badges = self.job.plan, len(self.job.attendees)
        for badge, attendee in enumerate(self.job.attendees):
            if attendee.id == attendee_id:
                sheet, slot = sheet_of(badge, badges, plan.stock, plan.imposition, plan.trays)
                return sheet - 1, slot
        return None

    def job_of_sheet(self, sheet: int, file: Path) -> BadgeJob:
        """The job that writes one sheet (from 0) alone."""
        imposition = replace(self.job.plan.imposition, sheets=SheetRange(sheet + 1, sheet + 1))
        plan = replace(self.job.plan, imposition=imposition)
        return replace(self.job, file=file, plan=plan)

    def job_for(self, file: Path) -> BadgeJob:
        """The whole job, written to a file."""
        return replace(self.job, file=file)


def prepare_run(event_file: EventFile, choice: BadgeChoice) -> BadgeRun:
    """Find the people of a choice and put them in order."""
    categories = event_file.categories()
    plan = BadgePlan(
        layout=built_in_layout(choice.layout),
        stock=choice.stock,
        event=event_file.event(),
        imposition=Imposition(
            first_slot=min(choice.first_slot, choice.stock.slots), crop_marks=choice.crop_marks
        ),
        categories=categories,
    )
    job = BadgeJob(Path(), _people(event_file, choice), plan)
    layouts = {name: built_in_layout(name).title for name in layout_names()}
    return BadgeRun(choice, job, categories, layouts)


def _people(event_file: EventFile, choice: BadgeChoice) -> tuple[Attendee, ...]:
    if choice.wanted is not None:
        chosen = (choice.category,) if choice.category else ()
        return choose_attendees(event_file, choice.wanted, chosen, choice.sort.value)
    people = _by_ids(event_file, choice.selection)
    if choice.category:
        people = [person for person in people if person.category == choice.category]
    return sort_attendees(people, choice.sort.value)


def _by_ids(event_file: EventFile, ids: Sequence[str]) -> list[Attendee]:
    numbers = [event_file.number_of(attendee_id) for attendee_id in ids]
    known = [number for number in numbers if number is not None]
    return [listed.attendee for listed in event_file.listed_attendees(known)]
