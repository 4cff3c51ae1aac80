"""Decides what a registration list changes: who is new, who changed, what cannot be taken.

Empty cells never erase anything, and a field corrected at a desk keeps its correction: such a
person is still found under what the list said before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.tickets.codes import LONGEST_CODE
from checkin_app.lists.people.guests import guest_of
from checkin_app.lists.people.rows import ListRow, NamelessRow
from checkin_app.lists.problems import Problem, Severity
from checkin_app.lists.progress import CancelledCheck, never_cancelled
from checkin_app.services.list_merge import reasons
from checkin_app.services.list_merge.decisions import (
    UNDECIDED,
    MergeDecisions,
    RowChoice,
    RowDecision,
)
from checkin_app.services.list_merge.known_people import KnownPeople
from checkin_app.services.list_merge.matching import match
from checkin_app.services.list_merge.orders import GuestNames
from checkin_app.services.list_merge.plan import Doubt, ImportPlan, UnclearRow, Update
from checkin_app.services.list_merge.row_changes import (
    are_swapped,
    attendee_of,
    changes_of,
    taken_out,
)
from checkin_app.services.list_merge.row_matches import Doubted, Fate, Matches

_ABOUT_CODES = (Doubt.CODE_OF_ANOTHER, Doubt.CODE_TWICE, Doubt.CODE_SPELLED_OTHERWISE)
_NAMES = ("first_name", "last_name")


def plan_merge(
    rows: Iterable[ListRow | Problem],
    known: KnownPeople,
    code_column: str,
    numbers: Sequence[int],
    decisions: MergeDecisions = UNDECIDED,
    *,
    cancelled: CancelledCheck = never_cancelled,
) -> ImportPlan:
    """Compare the rows of a list with the attendees of an event.

    Who is missing is not yet told; see ``missing``.

    Args:
        code_column: the name of the column that holds the codes, for problems.
        numbers: of all rows of the list, among them those that only repeat another one.

    Raises:
        Cancelled: ``cancelled`` said so.
    """
    plan = ImportPlan(decisions=decisions)
    candidates: list[ListRow] = []
    for row in rows:
        if isinstance(row, ListRow):
            candidates.append(row)
            continue
        plan.problems.append(row)
        if isinstance(row, NamelessRow):
            plan.rejected_rows.append(row.row)
            plan.passed_over.update(_known_by_less_than_a_name(known, row))
    _count_rows(plan, candidates, numbers)
    merge = _Merge(plan, known, match(candidates, known, decisions, cancelled), code_column)
    for place, row in enumerate(candidates):
        merge.take(place, row)
    return plan


def _count_rows(plan: ImportPlan, candidates: Sequence[ListRow], numbers: Sequence[int]) -> None:
    """Say which rows were dropped while the list was read, and how many registrations it has.

    A row may stand for several people; each of them counts.
    """
    told = {row.number for row in candidates}
    told.update(plan.rejected_rows)
    plan.repeated_rows.extend(number for number in numbers if number not in told)
    plan.read = len(candidates) + len(plan.rejected_rows) + len(plan.repeated_rows)


def named_people(plan: ImportPlan) -> set[str]:
    """Ids of the people of the event whom the list names, or may name where it is left out."""
    named = {person.id for person in plan.same}
    named.update(update.attendee.id for update in plan.updates)
    return named | plan.passed_over


def _known_by_less_than_a_name(known: KnownPeople, row: NamelessRow) -> set[str]:
    """Ids of those whom a row without a name may mean: by its code, else its e-mail address."""
    owner = known.of_code(row.values.get("code", ""))
    if owner is not None:
        return {owner.id}
    return {person.id for person in known.of_email(row.values.get("email", "").lower())}


class _Merge:
    """Puts each row where its match, or what somebody decided about it, says."""

    def __init__(
        self, plan: ImportPlan, known: KnownPeople, found: Matches, code_column: str
    ) -> None:
        self._plan = plan
        self._known = known
        self._found = found
        self._code_column = code_column
        self._codes: set[str] = set()
        self._guest_names = GuestNames(known)
        self._unwanted: dict[int, set[str]] = {}
        for row, name in plan.decisions.unwanted:
            self._unwanted.setdefault(row, set()).add(name)

    def take(self, place: int, row: ListRow) -> None:
        doubted = self._found.doubts.get(place)
        decision = self._decision(place, row)
        if doubted is not None:
            self._note_doubt(row, doubted, decision)
        if len(row.values.get("code", "")) > LONGEST_CODE:
            self._pass_over(place, doubted)
            self._reject(row, reasons.LONG_CODE, is_about_code=True)
            return
        wanted = decision or (doubted.proposal if doubted else None)
        if wanted is None:
            self._take_as_found(place, row)
        elif wanted.choice is RowChoice.LEAVE_OUT:
            self._pass_over(place, doubted)
            self._leave_out(row, doubted, decision)
        elif wanted.choice is RowChoice.ADD:
            self._add(row)
        else:
            self._update(row, self._found.people[place])
        if doubted and decision is None and wanted and wanted.choice is not RowChoice.LEAVE_OUT:
            self._warn_of_doubt(row, doubted)

    def _decision(self, place: int, row: ListRow) -> RowDecision | None:
        """What somebody decided about a row, if it can still be done."""
        decision = self._plan.decisions.rows.get(row.number)
        if decision is not None and decision.choice is RowChoice.IS_PERSON:
            person = self._found.people.get(place)
            if person is None or person.id != decision.attendee_id:
                return None
        return decision

    def _take_as_found(self, place: int, row: ListRow) -> None:
        fate = self._found.fates[place]
        if fate == Fate.PERSON:
            self._update(row, self._found.people[place])
        elif fate == Fate.REPEAT:
            self._plan.repeated_rows.append(row.number)
            self._warn(row, reasons.REPEATED)
        else:
            self._add(row)
            if namesake := self._found.namesakes.get(place):
                self._warn(row, reasons.same_name(namesake))

    def _add(self, row: ListRow) -> None:
        code = row.values.get("code", "")
        if code and not self._may_have(code, None):
            self._warn(row, reasons.OWN_CODE_GIVEN, is_about_code=True)
            code = ""
        self._codes.add(code)
        new = attendee_of(row, code)
        if row.guest_of:
            name = self._guest_names.name_for(row)
            if name != new.last_name:
                self._warn(row, reasons.other_guest_name(name))
                new = new.with_changes({"last_name": name})
        self._plan.additions.append(new)
        self._plan.addition_rows.append(row.number)

    def _update(self, row: ListRow, known: Attendee) -> None:
        changes = changes_of(known, row)
        self._change_code(row, known, changes)
        if row.guest_of:
            self._name_guest(row, known, changes)
        is_back = known.id in self._known.gone and not row.is_gone
        if not changes and not is_back:
            self._plan.same.append(known)
            self._plan.same_rows.append(row.number)
            return
        if are_swapped(known, changes):
            self._warn(row, reasons.NAMES_SWAPPED)
        self._plan.updates.append(self._sorted_out(row.number, known, changes, is_back))

    def _name_guest(self, row: ListRow, known: Attendee, changes: dict[str, Any]) -> None:
        """Give a guest another name only when they are somebody else's guest now.

        Whoever has a name keeps it, and a number that has been printed stays.
        """
        owner = guest_of(known.first_name, known.last_name)
        if owner and owner != row.guest_of:
            changes["last_name"] = self._guest_names.name_for(row)
        else:
            for name in _NAMES:
                changes.pop(name, None)

    def _change_code(self, row: ListRow, known: Attendee, changes: dict[str, Any]) -> None:
        code = row.values.get("code", "")
        if not code or code == known.code:
            self._codes.add(code)
        elif not self._may_have(code, known):
            self._warn(row, reasons.OTHER_CODE_KEPT, is_about_code=True)
        # An older list still has the code from before; it stays the old one.
        elif not self._known.had_code(known, code):
            self._codes.add(code)
            changes["code"] = code
            self._warn(row, reasons.NEW_CODE, is_about_code=True)

    def _may_have(self, code: str, person: Attendee | None) -> bool:
        """Whether no other person of the event or of the list has or had this code."""
        owner = self._known.of_code(code)
        return (owner is None or owner is person) and code not in self._codes

    def _sorted_out(
        self, row: int, known: Attendee, changes: dict[str, Any], is_back: bool
    ) -> Update:
        """The changes with those taken out that a desk or a person decided otherwise."""
        desk_fields = self._known.desk_fields(known)
        kept = {name: changes.pop(name) for name in tuple(changes) if name in desk_fields}
        unwanted = taken_out(changes, self._unwanted.get(row, ()))
        return Update(row, known, changes, kept, unwanted, is_back)

    def _leave_out(
        self, row: ListRow, doubted: Doubted | None, decision: RowDecision | None
    ) -> None:
        if decision is not None or doubted is None:
            self._reject(row, reasons.DECIDED_AGAINST)
        else:
            reason = reasons.reason_of(doubted.doubt, doubted.candidates)
            self._reject(row, reason, is_about_code=doubted.doubt in _ABOUT_CODES)

    def _pass_over(self, place: int, doubted: Doubted | None) -> None:
        """Remember whom a row means, or may mean, that is not taken: the list names them."""
        people = [*doubted.candidates] if doubted else []
        if person := self._found.people.get(place):
            people.append(person)
        self._plan.passed_over.update(one.id for one in people)

    def _note_doubt(self, row: ListRow, doubted: Doubted, decision: RowDecision | None) -> None:
        unclear = UnclearRow(
            row=row.number,
            attendee=attendee_of(row, row.values.get("code", "")),
            doubt=doubted.doubt,
            reason=reasons.reason_of(doubted.doubt, doubted.candidates),
            candidates=doubted.candidates,
            proposal=doubted.proposal,
            decision=decision,
        )
        self._plan.unclear.setdefault(row.number, unclear)

    def _warn_of_doubt(self, row: ListRow, doubted: Doubted) -> None:
        if doubted.doubt is Doubt.SAME_NAME:
            self._warn(row, reasons.same_name(doubted.candidates[0]))
        else:
            reason = reasons.reason_of(doubted.doubt, doubted.candidates)
            self._warn(row, reason, is_about_code=doubted.doubt in _ABOUT_CODES)

    def _reject(self, row: ListRow, reason: str, *, is_about_code: bool = False) -> None:
        self._plan.rejected_rows.append(row.number)
        self._note(row, reason, Severity.REJECTED, is_about_code)

    def _warn(self, row: ListRow, reason: str, *, is_about_code: bool = False) -> None:
        self._note(row, reason, Severity.WARNING, is_about_code)

    def _note(self, row: ListRow, reason: str, severity: Severity, is_about_code: bool) -> None:
        column, value = "", " ".join(filter(None, _names(row)))
        if is_about_code:
            column, value = self._code_column, row.values["code"][:40]
        self._plan.problems.append(Problem(row.number, column, value, reason, severity))


def _names(row: ListRow) -> tuple[str, str]:
    return row.values.get("first_name", ""), row.values.get("last_name", "")
