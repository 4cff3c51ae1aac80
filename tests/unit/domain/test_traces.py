"""What names a person in codes that were refused and in titles is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from registration_payload import payload_of_attendee

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.ledger import Entry, EntryKind, entry_id, next_clock
from checkin_app.domain.traces import NamedPeople, Traces

START = datetime(2024, 5, 6, 10, 30, tzinfo=UTC)
ANNA = Attendee(
    "a" * 32, "SECRETCODE", first_name="Anna", last_name="Nowak", email="anna@nowak.example"
)


def entry(minute: int, kind: EntryKind, payload: dict[str, Any]) -> Entry:
    at = START + timedelta(minutes=minute)
    return Entry(entry_id(next_clock(0, at), minute), kind, at, "Desk 1", ANNA.id, "", payload)


REGISTERED = entry(1, EntryKind.REGISTERED, payload_of_attendee(ANNA))


@pytest.mark.parametrize(
    ("code", "is_hers"),
    [
        ("SECRETCODE", True),
        ("https://tickets.example/SECRETCODE", True),
        ("BEGIN:VCARD\nN:NOWAK;Ánna\nEND:VCARD", True),
        ("mailto:Anna@Nowak.example", True),
        ("BEGIN:VCARD\nN:Nowak;Piotr\nEND:VCARD", False),
        ("4006381333931", False),
    ],
)
def test_a_refused_code_is_known_as_hers(code: str, is_hers: bool) -> None:
    assert Traces.of([REGISTERED]).are_in(code) == is_hers


@pytest.mark.parametrize(
    "code", ["SECRETCODE", "NEWCODE", "N:Nowak;Anna", "N:Kowalska;Anna", "anna@nowak.example"]
)
def test_what_she_was_called_before_is_known_too_even_if_it_was_taken_back(code: str) -> None:
    renamed = {"changes": {"last_name": "Kowalska", "email": "anna@kowalska.example"}}
    told = [
        REGISTERED,
        entry(2, EntryKind.AMENDED, renamed),
        entry(3, EntryKind.CODE_REPLACED, {"code": "NEWCODE"}),
        entry(4, EntryKind.UNDONE, {"undoes": REGISTERED.id}),
    ]
    assert Traces.of(told).are_in(code)
    assert Traces.of(reversed(told)).are_in(code)


def test_somebody_without_a_name_or_code_is_in_no_code() -> None:
    nobody = entry(1, EntryKind.REGISTERED, payload_of_attendee(Attendee("b" * 32)))
    assert not Traces.of([nobody]).are_in("anything")
    assert not Traces.of([]).are_in("anything")


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Keynote: Anna Kowalska", "Keynote: …"),
        ("KOWALSKA, ANNA – opening", "… – opening"),
        ("Dialog mit Dr. Ánna Kowalska, Wien", "Dialog mit Dr. …, Wien"),
        ("Anna and the Kowalska foundation", "Anna and the Kowalska foundation"),
        ("Welcome", "Welcome"),
        ("", ""),
        ("Talk of Jean-Luc van der Berg", "Talk of …"),
        ("Anna Kowalska meets Anna Kowalska", "… meets …"),
        ("Ομιλία: Γεώργιος Παπαδόπουλος!", "Ομιλία: …!"),
        ("გიორგი მელიქიშვილი, თბილისი", "…, თბილისი"),
        ("كلمة محمد الزهراني", "كلمة …"),
    ],
)
def test_a_title_that_names_somebody_is_known(title: str, left: str) -> None:
    people = NamedPeople(
        [
            "Anna Kowalska", "Jean-Luc van der Berg", "Welcome", "", "Γεώργιος Παπαδόπουλος",
            "გიორგი მელიქიშვილი", "محمد الزهراني",
        ]
    )  # fmt: skip
    assert people.are_in(title) == (left != title)
    assert people.leave_out(title) == left
