"""What the inbox screen has done in the background: reading it, saying a word, taking it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from checkin_app.domain.sharing import ResolvedAs
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.inbox.inbox_items import translated
from checkin_app.gui.plain_text import grouped, shown
from checkin_app.gui.workplace import Workplace
from checkin_app.services.sharing.inbox import conflicts, doubles
from checkin_app.services.sharing.inbox.conflicts import InboxConflict, Said
from checkin_app.services.sharing.inbox.doubles import Double
from checkin_app.services.sharing.inbox.inbox import InboxContents, read_inbox
from checkin_app.services.sharing.inbox.inbox_wording import found_words

Result = TypeVar("Result")
_FEW = 20
"""More entries than these are not written between two scans."""


class InboxWork(QObject):
    """Reads and writes for the screen; every answer can be undone.

    Attributes:
        contents: what the inbox holds, as last read.

    Signals:
        read: ``contents`` is new.
    """

    read = Signal(object)

    def __init__(self, workplace: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._last: Said | None = None
        self.contents = InboxContents()

    def look(self) -> None:
        """Read what is in the inbox now."""
        work = partial(read_inbox, self._workplace.event_file)
        self._workplace.tasks.run_newest(
            Lane.NUMBERS, work, self._take_contents, self._workplace.show_error
        )

    def say(self, one: InboxConflict, found: ResolvedAs, note: str) -> None:
        """Say what a second check-in was."""
        who = one.record.attendee.full_name
        self._write(
            partial(conflicts.resolve, later=one.conflict.later, found=found, note=note,
                    attendee_id=one.conflict.attendee_id),
            f"{found_words(found, translated)}: {who}",
        )  # fmt: skip

    def say_several(self, several: tuple[InboxConflict, ...], found: ResolvedAs, note: str) -> None:
        """Say the same of several second check-ins."""
        conflicts_meant = tuple(one.conflict for one in several)
        words = self.tr("{found}: {count} people").format(
            found=found_words(found, translated), count=grouped(len(several))
        )
        self._write(
            partial(conflicts.resolve_several, conflicts=conflicts_meant, found=found, note=note),
            words,
            Lane.WORK if len(several) > _FEW else Lane.DESK,
        )

    def take_answer_back(self, one: InboxConflict) -> None:
        """Let a second check-in wait again."""
        words = self.tr("Waits again: {name}").format(name=one.record.attendee.full_name)
        work = partial(conflicts.wait_again, conflict=one.conflict)
        self._run(work, partial(self._tell, words))

    def merge(self, one: Double) -> None:
        """Make one person of two records."""
        words = self.tr("Merged: {name}").format(name=one.kept.attendee.full_name)
        kept_id, double_id = _ids(one)
        self._write(partial(doubles.merge, one_id=kept_id, other_id=double_id), words)

    def merge_several(self, several: tuple[Double, ...]) -> None:
        """Make one person of each of these pairs."""
        work = partial(doubles.merge_several, doubles=several)
        self._write(work, self.tr("Merged"), Lane.WORK)

    def keep_apart(self, one: Double) -> None:
        """Offer two records no more."""
        words = self.tr("Two people: {name}").format(name=one.kept.attendee.full_name)
        kept_id, double_id = _ids(one)
        self._write(partial(doubles.keep_apart, one_id=kept_id, other_id=double_id), words)

    def part(self, one: Double) -> None:
        """Take a merging back."""
        name = one.kept.attendee.full_name
        self._run(
            partial(doubles.part, double_id=one.double.attendee.id),
            partial(self._tell, self.tr("Two records again: {name}").format(name=name)),
        )

    def undo(self) -> None:
        """Take the last answer back that was given here."""
        said, self._last = self._last, None
        if said is not None:
            lane = Lane.WORK if len(said.entries) > _FEW else Lane.DESK
            work = partial(conflicts.take_back, said=said)
            self._run(work, partial(self._tell, self.tr("Taken back")), lane)

    def _write(self, work: Callable[..., Said], words: str, lane: Lane = Lane.DESK) -> None:
        self._run(work, partial(self._offer_undo, words), lane)

    def _run(
        self, work: Callable[..., Result], done: Callable[[Result], None], lane: Lane = Lane.DESK
    ) -> None:
        workplace = self._workplace
        workplace.tasks.run(
            lane,
            partial(work, workplace.event_file, workplace.desk.desk_name, workplace.clock()),
            done,
            self._refused,
        )

    def _offer_undo(self, words: str, said: Said) -> None:
        self._last = said
        self._workplace.messages.show_message(
            shown(words), action_text=self.tr("Undo (Ctrl+Z)"), action=self.undo
        )
        self._written()

    def _tell(self, words: str, _result: object) -> None:
        self._last = None
        self._workplace.messages.show_message(shown(words))
        self._written()

    def _written(self) -> None:
        self._workplace.changed.emit()
        self._workplace.inbox.look()
        self.look()

    def _refused(self, error: BaseException) -> None:
        self._workplace.show_error(error)
        self.look()

    def _take_contents(self, contents: InboxContents) -> None:
        self.contents = contents
        self.read.emit(contents)


def _ids(one: Double) -> tuple[str, str]:
    return one.kept.attendee.id, one.double.attendee.id
