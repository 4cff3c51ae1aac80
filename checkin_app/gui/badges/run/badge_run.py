"""A choice → its people, read from the event file, and the run: pure values, no Qt.

``find_people`` reads; ``plan_run`` divides and counts, and is quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.layouts.built_in import built_in_layout
from checkin_app.badges.sheets.impose import impose, sheet_count, sheet_of
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.imposition import Duplex, PrinterOffset, SheetRange
from checkin_app.domain.badges.trays import TrayPlan, split_into_trays
from checkin_app.domain.programme import Event
from checkin_app.gui.badges.choice.choices import PaperChoice, PeopleChoice
from checkin_app.services.bulk_badges.badge_choice import choose_attendees, sort_attendees
from checkin_app.services.bulk_badges.badge_printing import BadgeJob
from checkin_app.storage.event_file import EventFile


@dataclass(frozen=True, slots=True)
class People:
    """The people of a choice, in the order of their badges.

    Attributes:
        categories: all categories of the event.
        state: the change counter of the event file before they were read.
    """

    choice: PeopleChoice
    attendees: tuple[Attendee, ...]
    event: Event
    categories: tuple[str, ...]
    state: tuple[int, int] = field(compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class BadgeRun:
    """People on paper.

    Attributes:
        job: ready to be written; its file is still to be named. Its attendees are in the order
            of the run, tray by tray.
        sheets: how many sheets of paper the whole run takes.
        piles: who lies in which tray.
        number_of: attendee id → number in the run, from 0.
    """

    people: People
    paper: PaperChoice
    job: BadgeJob
    sheets: int
    piles: TrayPlan
    number_of: Mapping[str, int]

    @property
    def has_backs(self) -> bool:
        """Whether sheets are printed on both sides."""
        return self.job.plan.imposition.duplex is not Duplex.NONE

    @property
    def pages(self) -> int:
        """How many pages its sheets have."""
        return self.sheets * (2 if self.has_backs else 1)

    def page_of_sheet(self, sheet: int) -> int:
        """The page (from 0) that is the front of a sheet (from 1)."""
        return (sheet - 1) * (2 if self.has_backs else 1)

    def place_of(self, attendee_id: str) -> tuple[int, int] | None:
        """Sheet and slot, both from 1, of a person's (first) badge."""
        number = self.number_of.get(attendee_id)
        if number is None:
            return None
        plan, badges = self.job.plan, len(self.job.attendees)
        return sheet_of(number, badges, plan.stock, plan.imposition, plan.trays)

    def people_of(self, attendee_ids: Iterable[str]) -> Mapping[str, Attendee]:
        """The people of these ids that are in the run."""
        return {
            id_: self.job.attendees[self.number_of[id_]]
            for id_ in attendee_ids
            if id_ in self.number_of
        }

    def changed_since(self, people: Mapping[str, Attendee]) -> frozenset[str]:
        """Who of these people is another now, or not in the run.

        Who is the same is the same object, see ``find_people``; comparing texts takes too long.
        """
        now = self.people_of(people)
        return frozenset(id_ for id_, person in people.items() if now.get(id_) is not person)

    def slots_of_sheet(self, sheet: int) -> Mapping[int, Attendee]:
        """Whose badges lie on the front of a sheet (from 1), by slot (from 1)."""
        plan = self._plan_of_sheet(sheet)
        attendees = self.job.attendees
        if not attendees:
            return {}
        front = next(impose(len(attendees), plan.stock, plan.imposition, plan.trays))
        return {place.slot: attendees[place.badge] for place in front.placements}

    def job_of_sheet(self, sheet: int, file: Path) -> BadgeJob:
        """The job that writes one sheet (from 1) alone, as it will be on paper.

        That is without the correction for the printer, which undoes it.
        """
        return replace(self.job, file=file, plan=self._plan_of_sheet(sheet))

    def job_for(self, file: Path) -> BadgeJob:
        """The whole job, written to a file."""
        return replace(self.job, file=file)

    def _plan_of_sheet(self, sheet: int) -> BadgePlan:
        imposition = replace(
            self.job.plan.imposition, sheets=SheetRange(sheet, sheet), offset=PrinterOffset()
        )
        return replace(self.job.plan, imposition=imposition, tray_pages=False)


def find_people(
    event_file: EventFile, choice: PeopleChoice, before: People | None = None
) -> People:
    """Find the people of a choice and put them in order.

    Args:
        before: returned itself when nothing is different now; else who is in both and did not
            change is the same object in both. Another order alone reads nobody anew.
    """
    state = event_file.change_counter()
    if before is not None and before.state == state:
        if before.choice == choice:
            return before
        if before.choice == replace(choice, sort=before.choice.sort):
            attendees = sort_attendees(before.attendees, choice.sort.value, before.event.language)
            return replace(before, choice=choice, attendees=attendees)
    chosen = (choice.category,) if choice.category else ()
    ids = choice.selection if choice.wanted is None else None
    attendees = choose_attendees(
        event_file, choice.wanted, chosen, choice.sort.value, since=choice.since, ids=ids
    )
    if before is not None:
        known = {person.id: person for person in before.attendees}
        attendees = tuple(_same(known.get(person.id), person) for person in attendees)
    people = People(choice, attendees, event_file.event(), event_file.categories(), state)
    return before if before is not None and before == people else people


def _same(before: Attendee | None, now: Attendee) -> Attendee:
    return before if before is not None and before == now else now


def plan_run(people: People, paper: PaperChoice, before: BadgeRun | None = None) -> BadgeRun:
    """Lay the badges of people on paper.

    Args:
        before: the run so far; what it has in common with the new one is not done again.

    Raises:
        UsageError: the choices contradict each other or the stock; the message says how.
    """
    piles, number_of = _piles(people, paper.trays, before)
    plan = BadgePlan(
        layout=paper.layout or built_in_layout(),
        stock=paper.stock,
        event=people.event,
        imposition=paper.imposition,
        categories=people.categories,
        trays=piles.trays,
        tray_pages=bool(piles.trays),
        photos=paper.photos,
        fonts=paper.fonts,
    )
    sheets = sheet_count(len(piles.attendees), plan.stock, plan.imposition, plan.trays)
    job = BadgeJob(Path(), piles.attendees, plan, printer_dpi=paper.printer_dpi)
    run = BadgeRun(people, paper, job, sheets if piles.attendees else 0, piles, number_of)
    return before if before is not None and _is_same(before, run) else run


def _piles(
    people: People, trays: str, before: BadgeRun | None
) -> tuple[TrayPlan, Mapping[str, int]]:
    if before is not None and before.people is people and before.paper.trays == trays:
        return before.piles, before.number_of
    piles = TrayPlan((), people.attendees)
    if trays and people.attendees:
        piles = split_into_trays(people.attendees, trays, people.event.language)
    return piles, {person.id: number for number, person in enumerate(piles.attendees)}


def _is_same(before: BadgeRun, now: BadgeRun) -> bool:
    """Whether two runs are one; people who were found anew are others."""
    return before.people is now.people and before.paper == now.paper
