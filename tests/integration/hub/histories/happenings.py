"""What people do at a laptop of a history. Each happening says in a few words what it was.

Nobody knows here what is possible: whoever is asked for may be gone, erased or merged. What the
program then answers is part of the story; anything but a sentence for people is a fault.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from history_laptop import HistoryLaptop, PlayedTime

from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.domain.sharing import ResolvedAs
from checkin_app.errors import UsageError
from checkin_app.lists.table import Table
from checkin_app.services.list_import.import_undo import imports, undo_import
from checkin_app.services.list_import.registration_lists import (
    apply_import,
    plan_import,
    read_list,
)
from checkin_app.services.privacy.person_data import erase_person
from checkin_app.services.registrations import correct, walk_in
from checkin_app.services.sharing.inbox.conflicts import inbox_conflicts, resolve, wait_again
from checkin_app.services.sharing.inbox.doubles import keep_apart, merge, merged_doubles, part

_CORRECTIONS = (
    ("last_name", "Παπαδοπούλου"),
    ("last_name", "Wiśniewska"),
    ("organisation", "Klaster Południe"),
    ("organisation", "ACME Aktiengesellschaft"),
    ("role", "Chairwoman"),
)
_WALK_INS = (("Hanna", "Brzęczyszczykiewicz"), ("Νίκος", "Αγγελόπουλος"))
_LISTED = (
    ("Hanna", "Brzęczyszczykiewicz", "hanna@klaster.example"),
    ("Þórdís", "Guðmundsdóttir", "thordis@klasi.example"),
    ("Ferenc", "Nagy-Kovács", ""),
)
READABLE = tuple(
    {
        *(text for _, text in _CORRECTIONS),
        *(name for names in _WALK_INS for name in names),
        *(text for row in _LISTED for text in row if len(text) > 5),
    }
)
"""What nobody may be able to read on the hub."""


@dataclass
class Cast:
    """Whom a history is about.

    Attributes:
        people: ids of all who were ever registered, on whatever laptop.
        codes: their codes, and those of nobody.
        erased: ids and codes of those who were erased.
        marks: ids of people and what was written of nobody else, in corrections.
    """

    people: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    erased: list[tuple[str, str]] = field(default_factory=list)
    marks: list[tuple[str, str]] = field(default_factory=list)


class Happenings:
    """What may happen at a laptop, and how often in comparison."""

    def __init__(self, chance: random.Random, cast: Cast, time: PlayedTime) -> None:
        self._chance = chance
        self._cast = cast
        self._time = time

    def at_desk(self) -> list[tuple[float, Callable[[HistoryLaptop], str]]]:
        """What desks do all day."""
        return [(30, self.scan)]

    def now_and_then(self) -> list[tuple[float, Callable[[HistoryLaptop], str]]]:
        """What happens in some histories and not in others."""
        return [
            (4, self.admit_anyway),
            (6, self.undo),
            (5, self.correct),
            (3, self.walk_in),
            (3, self.print_badge),
            (2, self.keep_layout),
            (2, self.describe),
            (3, self.resolve),
            (1, self.wait_again),
            (3, self.merge),
            (1, self.part),
            (1, self.keep_apart),
            (2, self.erase),
            (3, self.import_list),
            (3, self.undo_import),
            (2, self.jump),
            (2, self.restart),
            (0.3, self.close_event),
        ]

    def scan(self, laptop: HistoryLaptop) -> str:
        # Who was put on the list just now is there.
        latest = self._cast.codes[-3:] if self._chance.random() < 0.3 else self._cast.codes
        code = self._chance.choice(latest)
        outcome = laptop.desk(self._place()).handle(Scan(code, ScanSource.KEYBOARD))
        return f"scan {code} -> {outcome.kind}"

    def admit_anyway(self, laptop: HistoryLaptop) -> str:
        person = self._person()
        laptop.desk(self._place()).admit_anyway(person, "the boss said so")
        return f"admit {person} anyway"

    def undo(self, laptop: HistoryLaptop) -> str:
        person = self._person()
        record = laptop.file.record(person)
        if record is None or not record.check_ins:
            return f"nothing of {person} to undo"
        check_in = self._chance.choice([*record.check_ins.values(), *record.later_check_ins])
        place = [one.id for one in laptop.lists].index(check_in.list_id)
        laptop.desk(place).undo(person, check_in.entry_id)
        return f"undo {check_in.entry_id} of {person}"

    def correct(self, laptop: HistoryLaptop) -> str:
        person = self._person()
        field_, text = self._chance.choice(_CORRECTIONS)
        record = laptop.file.record(person)
        if field_ == "organisation" and record is not None and not record.merged_into:
            mark = f"{self._chance.getrandbits(96):024x}"
            text = f"{text} {mark}"
            # An index may hold the beginning of a word with another word.
            self._cast.marks.append((person, mark[6:]))
        correct(laptop.file, laptop.name, laptop.clock(), person, {field_: text})
        return f"correct {field_} of {person}"

    def walk_in(self, laptop: HistoryLaptop) -> str:
        first, last = self._chance.choice(_WALK_INS)
        names = {"first_name": first, "last_name": last}
        attendee = walk_in(laptop.file, laptop.name, laptop.clock(), names)
        self._add(attendee.id, attendee.code)
        return f"walk-in {last}: {attendee.id}"

    def print_badge(self, laptop: HistoryLaptop) -> str:
        person = self._person()
        with laptop.file.transaction(laptop.name, laptop.clock()) as transaction:
            if transaction.record(person) is None:
                return "nobody to print"
            transaction.append(EntryKind.BADGE_PRINTED, person, payload={"copies": 1})
        return f"print {person}"

    def keep_layout(self, laptop: HistoryLaptop) -> str:
        version = self._chance.randrange(100)
        with laptop.file.transaction(laptop.name, laptop.clock()) as transaction:
            transaction.keep_layout("ours", {"version": version})
        return f"layout version {version}"

    def describe(self, laptop: HistoryLaptop) -> str:
        venue = f"Hall {self._chance.randrange(100)}"
        event = laptop.file.event()
        with laptop.file.transaction(laptop.name, laptop.clock()) as transaction:
            transaction.describe_event(replace(event, venue=venue))
        return f"the event moves to {venue}"

    def resolve(self, laptop: HistoryLaptop) -> str:
        waiting = [one.conflict for one in inbox_conflicts(laptop.file)]
        if not waiting:
            return "nothing to resolve"
        conflict, found = self._chance.choice(waiting), self._chance.choice(list(ResolvedAs))
        resolve(laptop.file, laptop.name, laptop.clock(), conflict.later, found, "seen by us")
        return f"resolve {conflict.later} as {found}"

    def wait_again(self, laptop: HistoryLaptop) -> str:
        resolved = [one.conflict for one in inbox_conflicts(laptop.file)]
        resolved = [conflict for conflict in resolved if not conflict.is_open]
        if not resolved:
            return "nothing was resolved"
        conflict = self._chance.choice(resolved)
        wait_again(laptop.file, laptop.name, laptop.clock(), conflict)
        return f"let {conflict.later} wait again"

    def merge(self, laptop: HistoryLaptop) -> str:
        one, other = self._two()
        merge(laptop.file, laptop.name, laptop.clock(), one, other)
        return f"merge {one} and {other}"

    def part(self, laptop: HistoryLaptop) -> str:
        merged = merged_doubles(laptop.file)
        if not merged:
            return "nobody to part"
        double = self._chance.choice(merged).double.attendee.id
        part(laptop.file, laptop.name, laptop.clock(), double)
        return f"part {double}"

    def keep_apart(self, laptop: HistoryLaptop) -> str:
        one, other = self._two()
        keep_apart(laptop.file, laptop.name, laptop.clock(), one, other)
        return f"{one} and {other} are two people"

    def erase(self, laptop: HistoryLaptop) -> str:
        person = self._person()
        record = laptop.file.record(person)
        erase_person(laptop.file, laptop.name, laptop.clock(), person)
        if record is not None and record.attendee.code:
            self._cast.erased.append((person, record.attendee.code))
        return f"erase {person}"

    def import_list(self, laptop: HistoryLaptop) -> str:
        rows = self._chance.sample(_LISTED, self._chance.randrange(1, len(_LISTED) + 1))
        columns = ("First name", "Last name", "E-mail")
        table = Table(Path("list.csv"), columns, rows, range(2, 2 + len(rows)), 1)
        reading = read_list(table)
        plan = plan_import(laptop.file, reading)
        report = apply_import(laptop.file, laptop.name, laptop.clock(), plan, reading)
        for listed in laptop.file.search("a", 50):
            if listed.attendee.id not in self._cast.people:
                self._add(listed.attendee.id, listed.attendee.code)
        return f"import {len(rows)} rows: {report.added} added, {report.updated} updated"

    def undo_import(self, laptop: HistoryLaptop) -> str:
        done = imports(laptop.file)
        if not done:
            return "no import to undo"
        undo_import(laptop.file, laptop.name, laptop.clock())
        return "undo the import"

    def jump(self, laptop: HistoryLaptop) -> str:
        laptop.error += timedelta(seconds=self._chance.uniform(-600, 600))
        return f"the clock jumps, and is {laptop.error} ahead"

    def restart(self, laptop: HistoryLaptop) -> str:
        laptop.restart()
        return "the program is started again"

    def close_event(self, laptop: HistoryLaptop) -> str:
        people = [record.attendee for record in laptop.file.records()]
        with laptop.file.transaction(laptop.name, laptop.clock()) as transaction:
            transaction.erase_everybody({"checked_in": 0})
        laptop.file.erasures.finish()
        self._cast.erased += [(person.id, person.code) for person in people if person.code]
        return "close the event"

    def _add(self, person: str, code: str) -> None:
        self._cast.people.append(person)
        if code:
            self._cast.codes.append(code)

    def _place(self) -> int:
        return self._chance.randrange(2)

    def _person(self) -> str:
        return self._chance.choice(self._cast.people)

    def _two(self) -> tuple[str, str]:
        if len(self._cast.people) < 2:
            raise UsageError("There is nobody else.")
        one, other = self._chance.sample(self._cast.people, 2)
        return one, other
