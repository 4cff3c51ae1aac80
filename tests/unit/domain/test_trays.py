"""Everybody's badge lies in exactly one tray, at a place that can be counted."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.trays import OTHERS, TrayPlace, split_into_trays
from checkin_app.domain.language.collation import fields_sort_key
from checkin_app.errors import UsageError

NAMES = (
    "Abel",
    "Berg",
    "Chalupa",
    "Eriksson",
    "Gül",
    "Isik",
    "Kowalski",
    "Müller",
    "O'Connor",
    "Παπαδόπουλος",
    "Řezníček",
    "Tamm",
    "Vos",
    "Zorn",
)


def people(*names: str, language: str = "") -> list[Attendee]:
    named = [Attendee(f"{number:032x}", last_name=name) for number, name in enumerate(names)]
    return sorted(named, key=lambda person: fields_sort_key([person.last_name], language))


def content(split: str, *names: str, language: str = "") -> dict[str, list[str]]:
    """Tray → the last names in it, in order."""
    plan = split_into_trays(people(*names, language=language), split, language)
    trays: dict[str, list[str]] = {}
    for person, place in zip(plan.attendees, plan.places, strict=True):
        trays.setdefault(place.tray, []).append(person.last_name)
        assert place.place == len(trays[place.tray])
    assert [(tray.name, tray.size) for tray in plan.trays] == [
        (name, len(inside)) for name, inside in trays.items()
    ]
    assert plan.others == len(trays.get(OTHERS, ()))
    return trays


def test_names_lie_in_the_tray_of_their_letter() -> None:
    trays = content("A-F, g–m ,N-Z", "Abel", "Fabre", "Gül", "Müller", "Nowak", "Zorn")
    assert trays == {"A–F": ["Abel", "Fabre"], "G–M": ["Gül", "Müller"], "N–Z": ["Nowak", "Zorn"]}


def test_the_place_counts_from_one_in_the_order_of_the_run() -> None:
    plan = split_into_trays(people("Zorn", "Abel", "Berg"), "A-M,N-Z")
    assert plan.places == (TrayPlace("A–M", 1), TrayPlace("A–M", 2), TrayPlace("N–Z", 1))


def test_a_run_sorted_otherwise_is_still_tray_by_tray() -> None:
    by_organisation = [
        Attendee("1" * 32, last_name="Zorn", organisation="A"),
        Attendee("2" * 32, last_name="Berg", organisation="B"),
        Attendee("3" * 32, last_name="Nowak", organisation="C"),
        Attendee("4" * 32, last_name="Abel", organisation="D"),
    ]
    plan = split_into_trays(by_organisation, "A-M,N-Z")
    assert [person.last_name for person in plan.attendees] == ["Berg", "Abel", "Zorn", "Nowak"]


def test_letters_belong_to_the_tray_of_the_lists_alphabet() -> None:
    assert content("A-F,N-Z", "Åberg", "Zorn", language="de") == {
        "A–F": ["Åberg"],
        "N–Z": ["Zorn"],
    }
    assert content("A-F,N-Z", "Åberg", "Zorn", language="sv") == {"N–Z": ["Zorn", "Åberg"]}
    assert content("A-F,N-Z,Å-Ö", "Åberg", "Zorn", language="sv") == {
        "N–Z": ["Zorn"],
        "Å–Ö": ["Åberg"],
    }
    assert content("C-G,H,Ch-K", "Cyril", "Čapek", "Hus", "Chalupa", language="cs") == {
        "C–G": ["Cyril", "Čapek"],
        "H": ["Hus"],
        "Ch–K": ["Chalupa"],
    }


def test_names_in_other_alphabets_lie_by_their_folded_letter() -> None:
    assert content("A-O,P-Z", "Παπαδόπουλος", "Чехов") == {
        "A–O": ["Чехов"],
        "P–Z": ["Παπαδόπουλος"],
    }
    assert content("Α-Μ,Ν-Ω", "Anderson", "Ξένος", language="el") == {
        "Ν–Ω": ["Ξένος"],
        OTHERS: ["Anderson"],
    }


def test_who_is_in_no_range_is_in_the_last_tray() -> None:
    trays = content("N-Z,A-F", "Zorn", "Abel", "Müller", "4ever", "", "???")
    assert trays == {"N–Z": ["Zorn"], "A–F": ["Abel"], OTHERS: ["", "???", "4ever", "Müller"]}


def test_who_has_no_last_name_is_found_by_the_first() -> None:
    plan = split_into_trays([Attendee("1" * 32, first_name="Madonna")], "A-L,M-Z")
    assert plan.places == (TrayPlace("M–Z", 1),)


def test_several_letters_may_begin_a_tray() -> None:
    names = ("Maas", "Mbeki", "McDonald", "Meyer", "Nowak")
    assert content("A-Ma,Mb-Mc,Md-Z", *names) == {
        "A–Ma": ["Maas"],
        "Mb–Mc": ["Mbeki", "McDonald"],
        "Md–Z": ["Meyer", "Nowak"],
    }


@pytest.mark.parametrize(
    ("split", "language", "said"),
    [
        ("A-F,F-M", "", "A–F and F–M overlap"),
        ("A-M,C", "", "A–M and C overlap"),
        ("N-Z,A-O", "", "A–O and N–Z overlap"),
        ("A-F,Fa-M", "", "A–F and Fa–M overlap"),
        ("A-Z,Å", "de", "overlap"),
        ("M-A", "", "M–A ends before it begins"),
        ("Å-Z", "sv", "Å–Z ends before it begins"),
        ("", "", "“” is no range"),
        ("A-F,,N-Z", "", "“” is no range"),
        ("A-F;G-M", "", "is no range"),
        ("?-F", "", "is no range"),
        ("0", "", "at least one"),
    ],
)
def test_what_cannot_be_meant_is_said(split: str, language: str, said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        split_into_trays(people(*NAMES), split, language)


def test_a_number_of_trays_is_cut_between_letters_into_about_the_same_sizes() -> None:
    names = [f"{letter}{number}" for letter in "ABCDEFGHIJ" for number in range(6)]
    assert list(content("5", *names)) == ["A–B", "C–D", "E–F", "G–H", "I–J"]
    many_a = [f"A{number}" for number in range(90)] + ["Berg", "Chalupa", "Dvořák", "7up"]
    trays = content("3", *many_a)
    assert [(name, len(inside)) for name, inside in trays.items()] == [
        ("A", 90),
        ("B", 1),
        ("C–D", 2),
        (OTHERS, 1),
    ]


def test_there_are_no_more_trays_than_letters() -> None:
    assert list(content("50", "Abel", "Åberg", "Zorn", language="sv")) == ["A", "Z", "Å"]
    assert content("3") == {}


@given(
    st.lists(st.sampled_from(NAMES) | st.text(max_size=5), max_size=30),
    st.sampled_from(["A-F,G-M,N-Z", "A,B-C", "Q-Z,A-F", "1", "2", "7", "100"]),
    st.sampled_from(["", "sv", "cs", "el", "de-u-co-phonebk"]),
)
def test_everybody_lies_in_one_tray(names: list[str], split: str, language: str) -> None:
    everybody = people(*names, language=language)
    plan = split_into_trays(everybody, split, language)
    assert sorted(p.id for p in plan.attendees) == sorted(p.id for p in everybody)
    assert len(plan.places) == len(set(plan.places)) == len(everybody)
    order = {person.id: at for at, person in enumerate(everybody)}
    for tray in plan.trays:
        inside = [
            order[person.id]
            for person, place in zip(plan.attendees, plan.places, strict=True)
            if place.tray == tray.name
        ]
        assert inside == sorted(inside)


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=60), st.integers(1, 8))
def test_even_trays_follow_the_alphabet(names: list[str], count: int) -> None:
    plan = split_into_trays(people(*names), str(count))
    assert [p.last_name for p in plan.attendees] == [p.last_name for p in people(*names)]
    assert 1 <= len(plan.trays) <= count
