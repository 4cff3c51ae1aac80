"""Finds for every row of a list the person it means: by code, e-mail and name, or employer.

Each rule is asked for all rows before the next one, and a person is taken by one row only, so
that it does not matter in which order the rows stand. What no rule is sure of is left to
``doubts``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from checkin_app.lists.people.rows import ListRow
from checkin_app.lists.progress import CancelledCheck
from checkin_app.services.list_merge import doubts
from checkin_app.services.list_merge.contests import settle_contests
from checkin_app.services.list_merge.decisions import MergeDecisions, RowChoice
from checkin_app.services.list_merge.known_people import KnownPeople
from checkin_app.services.list_merge.names import Likeness
from checkin_app.services.list_merge.orders import by_order
from checkin_app.services.list_merge.plan import Doubt
from checkin_app.services.list_merge.row_likeness import may_share_code, may_share_order
from checkin_app.services.list_merge.row_matches import Fate, Matches, RowMatches


def match(
    rows: Sequence[ListRow],
    known: KnownPeople,
    decisions: MergeDecisions,
    cancelled: CancelledCheck,
) -> Matches:
    """Whom the rows of a list mean.

    Raises:
        Cancelled: ``cancelled`` said so.
    """
    matches = RowMatches(rows, known, decisions, cancelled)
    _by_code(matches)
    if known:
        by_order(matches)
        _by_email(matches)
        settle_contests(matches)
    _repeats(matches)
    if known and (Fate.OPEN in matches.found.fates or matches.owners):
        _by_employer(matches)
    doubts.about_codes(matches)
    if known and Fate.OPEN in matches.found.fates:
        for doubt in doubts.IN_ORDER:
            doubt(matches)
    matches.settle()
    return matches.found


def _by_code(matches: RowMatches) -> None:
    """The person of the code, if the names agree; the first row of a code that is new."""
    first_rows: dict[str, int] = {}
    for place, row in matches.open_rows():
        code = row.values.get("code", "")
        if not code:
            continue
        owner = matches.known.of_code(code)
        if owner is None:
            first = first_rows.setdefault(code, place)
            if first != place:
                matches.twice[place] = matches.rows[first]
                matches.found.fates[place] = Fate.DOUBTFUL
        elif matches.likeness(owner, row) is not Likeness.SAME:
            matches.owners[place] = owner
            matches.found.fates[place] = Fate.DOUBTFUL
        elif matches.is_free(owner, place):
            matches.take(place, owner)
        else:
            matches.contest(place, owner)


def _by_email(matches: RowMatches) -> None:
    """The person of this e-mail address and name."""
    for place, row in matches.open_rows():
        email = row.values.get("email", "").lower()
        if not email:
            continue
        people = matches.known.of_email_and_name(email, matches.key(place))
        free = matches.likeliest(people, place)
        if len(free) > 1 and not matches.says_nothing_new(free[0], row):
            matches.doubt(place, Doubt.SEVERAL_PEOPLE, free, RowChoice.IS_PERSON)
        elif free:
            matches.take(place, free[0])
        elif same := [
            person
            for person in people
            if may_share_code(person.code, row) and may_share_order(person, row)
        ]:
            matches.contest(place, same[0])


def _repeats(matches: RowMatches) -> None:
    """Rows that say an e-mail address and name again, and no other code."""
    if Fate.OPEN not in matches.found.fates:
        return
    codes: dict[str, set[str]] = {}
    said = Counter(row.values.get("email", "").lower() for row in matches.rows)
    for place, row in matches.rows_of(Fate.OPEN, Fate.PERSON):
        email = row.values.get("email", "").lower()
        if not email or said[email] == 1:
            continue
        code = row.values.get("code", "")
        earlier = codes.setdefault(f"{email} {matches.key(place)}", set())
        is_said = bool(earlier) and (not code or not earlier.isdisjoint(("", code)))
        if is_said and matches.found.fates[place] == Fate.OPEN:
            matches.repeat(place)
        else:
            earlier.add(code)


def _by_employer(matches: RowMatches) -> None:
    """Somebody of this name and organisation who has no other e-mail address.

    First those about whom a row says nothing new, for the others to be told apart. Whose code
    another row has is left to that one.
    """
    named_by_code = {owner.id for owner in matches.owners.values()}
    for only_same in (True, False):
        for place, row in matches.open_rows():
            has_email = bool(row.values.get("email"))
            free = matches.colleagues(place, without_email=has_email)
            if not free:
                continue
            is_only_one = len(free) == 1 and free[0].id not in named_by_code
            if matches.says_nothing_new(free[0], row) or (is_only_one and not only_same):
                matches.take(place, free[0])
            elif not only_same and not named_by_code.intersection(one.id for one in free):
                matches.doubt(place, Doubt.SEVERAL_PEOPLE, free, RowChoice.IS_PERSON)
