"""Three desks that meet now and then, merge, part, answer, erase: one clean state in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from settable_clock import DURING_REGISTRATION as NOW
from shared_parcels import packed

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.domain.sharing import ResolvedAs
from checkin_app.errors import UsageError
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.event_files import create_event
from checkin_app.services.sharing.inbox.conflicts import (
    Said,
    inbox_conflicts,
    resolve,
    take_back,
    wait_again,
)
from checkin_app.services.sharing.inbox.doubles import keep_apart, merge, part
from checkin_app.storage.event_file import EventFile

_DESKS, _PEOPLE = 3, 4
_desk = st.integers(0, _DESKS - 1)
_person = st.integers(0, _PEOPLE - 1)
_ARGUMENTS = {
    "scan": (_desk, _person),
    "merge": (_desk, _person, _person),
    "meet": (_desk, _desk),
    "resolve": (_desk, st.sampled_from(ResolvedAs)),
    "part": (_desk, _person),
    "keep apart": (_desk, _person, _person),
    "wait again": (_desk,),
    "take back": (_desk,),
    "erase": (_desk, _person),
    "unregister": (_desk, _person),
}
_OFTEN = ("scan", "meet") * 4 + ("merge", "resolve") * 3
"""What makes conflicts and doubles."""
_happening = st.sampled_from((*_ARGUMENTS, *_OFTEN)).flatmap(
    lambda what: st.tuples(st.just(what), *_ARGUMENTS[what])
)
_happenings = st.lists(_happening, min_size=12, max_size=40)


class Desks:
    """Three copies of one event, and four records of two people."""

    def __init__(self, folder: Path, closing: ExitStack) -> None:
        self._minutes = count(1)
        first = closing.enter_context(
            create_event(folder / "0.checkin", "Assembly", NOW.date(), "Europe/Brussels")
        )
        names = ("Żółć", "Żółć", "Παππάς", "Παππάς")
        people = [Attendee("", f"CODE{n}", last_name=name) for n, name in enumerate(names)]
        with first.transaction("Desk 0", NOW) as transaction:
            self.ids = transaction.register_many(people)
        self.files = [first]
        for number in range(1, _DESKS):
            other = EventFile.create_from(
                folder / f"{number}.checkin", packed(first), desk=f"Desk {number}", now=NOW
            )
            self.files.append(closing.enter_context(other))
        self._said: list[list[Said]] = [[] for _ in self.files]

    def do(self, what: str, desk: int, *more: object) -> None:
        """One thing; what a desk refuses is no harm."""
        file, name = self.files[desk], f"Desk {desk}"
        now = NOW + timedelta(minutes=next(self._minutes))
        people = [self.ids[one] for one in more if isinstance(one, int)]
        say: dict[str, Callable[[], object]] = {
            "scan": lambda: CheckInDesk(file, name, file.check_in_lists()[0], lambda: now).handle(
                Scan(f"CODE{more[0]}", ScanSource.KEYBOARD)
            ),
            "merge": lambda: self._said[desk].append(merge(file, name, now, *people)),
            "part": lambda: part(file, name, now, people[0]),
            "keep apart": lambda: self._said[desk].append(keep_apart(file, name, now, *people)),
            "resolve": lambda: [
                self._said[desk].append(resolve(file, name, now, one.conflict.later, more[0]))
                for one in inbox_conflicts(file)[:1]
            ],
            "wait again": lambda: [
                wait_again(file, name, now, one.conflict) for one in inbox_conflicts(file)[-1:]
            ],
            "take back": lambda: [
                take_back(file, name, now, self._said[desk].pop()) for _ in self._said[desk][-1:]
            ],
            "erase": lambda: self._erase(file, name, people[0]),
            "unregister": lambda: self._unregister(file, name, people[0]),
            "meet": lambda: self.meet(desk, more[0]),
        }
        with suppress(UsageError):
            say[what]()

    def meet(self, one: int, other: int) -> None:
        """Two desks hear all of each other."""
        ledgers = [list(self.files[desk].ledger()) for desk in (one, other)]
        for desk, ledger in ((one, ledgers[1]), (other, ledgers[0])):
            with self.files[desk].transaction("Desk 9", NOW) as transaction:
                transaction.take_in_unshared(ledger)

    def meet_all(self) -> None:
        """Everybody has everything."""
        for other in (*range(1, _DESKS), *range(1, _DESKS)):
            self.meet(0, other)

    def _erase(self, file: EventFile, name: str, person: str) -> None:
        with file.transaction(name, NOW) as transaction:
            transaction.erase_person(person)

    def _unregister(self, file: EventFile, name: str, person: str) -> None:
        """As undoing an import does, by a desk that knows of no merging."""
        if person in {one for pair in file.inbox.merged() for one in pair}:
            return
        for entry in file.history(person):
            if entry.kind is EntryKind.REGISTERED:
                with file.transaction(name, NOW) as transaction:
                    payload = {"undoes": entry.id}
                    transaction.append(EntryKind.UNDONE, person, payload=payload)


def shown(file: EventFile) -> dict[str, object]:
    """What every desk must show alike."""
    return {
        "people": {record.attendee.id: record for record in file.records()},
        "codes": {code: set(file.find_code(code)) for code in map("CODE{}".format, range(4))},
        "inbox": [(one.conflict, one.record) for one in inbox_conflicts(file)],
        "merged": file.inbox.merged(),
        "waiting": file.inbox.open_conflicts(),
    }


def in_once(file: EventFile) -> Iterator[bool]:
    """Whether everybody who is shown counts once, and nobody twice."""
    list_id = file.check_in_lists()[0].id
    records = [record for record in file.records() if record.check_ins]
    counts = file.category_counts(list_id)
    yield sum(one.arrived for one in counts) == len(records)
    yield sum(one.registered for one in counts) == len(file.records())


@settings(max_examples=30)
@given(happenings=_happenings)
def test_whatever_desks_do_apart_they_come_to_one_clean_state(
    happenings: list[tuple[object, ...]],
) -> None:
    with TemporaryDirectory() as folder, ExitStack() as closing:
        desks = Desks(Path(folder), closing)
        for happening in happenings:
            desks.do(*happening)
        assert all(file.verify().ok for file in desks.files)
        desks.meet_all()
        assert [file.verify().differences for file in desks.files] == [()] * _DESKS
        first, *others = map(shown, desks.files)
        assert all(other == first for other in others)
        assert all(in_once(desks.files[0]))
