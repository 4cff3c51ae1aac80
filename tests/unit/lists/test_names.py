"""One column of names → title, first and last name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.lists.names import SplitName, split_name


@pytest.mark.parametrize(
    ("text", "title", "first", "last"),
    [
        ("Anna Bell", "", "Anna", "Bell"),
        ("Maria Teresa D'Angelò", "", "Maria Teresa", "D'Angelò"),
        ("DE CLERCQ, Bénédicte", "", "Bénédicte", "DE CLERCQ"),
        ("van der Berg, Jan", "", "Jan", "van der Berg"),
        ("Jan van der Berg", "", "Jan", "van der Berg"),
        ("Coen van ’t Hoff", "", "Coen", "van ’t Hoff"),
        ("Seán Ó Súilleabháin", "", "Seán", "Ó Súilleabháin"),
        ("Caoimhe Mac Giolla Phádraig", "", "Caoimhe", "Mac Giolla Phádraig"),
        ("Lieselotte Van den Broeck", "", "Lieselotte", "Van den Broeck"),
        ("Prof. Dr. Jörg Müller", "Prof. Dr.", "Jörg", "Müller"),
        ("Prof. Dr. Müller", "Prof. Dr.", "", "Müller"),
        ("Müller, Prof. Dr. Jörg", "Prof. Dr.", "Jörg", "Müller"),
        ("Frau Dr. Käthe Weiß", "Frau Dr.", "Käthe", "Weiß"),
        ("M. François Lefèvre", "M.", "François", "Lefèvre"),
        ("Dott.ssa Lucia Rossi", "Dott.ssa", "Lucia", "Rossi"),
        ("Jean DUPONT", "", "Jean", "DUPONT"),
        ("Jean Marc DUPONT MARTIN", "", "Jean Marc", "DUPONT MARTIN"),
        ("DUPONT Jean", "", "Jean", "DUPONT"),
        ("Jan van der BERG", "", "Jan", "van der BERG"),
        ("Martin King, Jr.", "", "Martin", "King, Jr."),
        ("Anna Bell, PhD", "", "Anna", "Bell, PhD"),
        ("Dipl.-Ing. Jörg Weiß", "Dipl.-Ing.", "Jörg", "Weiß"),
        ("Phil Collins", "", "Phil", "Collins"),
        ("Dr. phil. Anna Bell", "Dr. phil.", "Anna", "Bell"),
        ("Ben Smith", "", "Ben", "Smith"),
        ("Madonna", "", "", "Madonna"),
        ("van der Berg", "", "", "van der Berg"),
        ("Παπαδόπουλος, Γεώργιος", "", "Γεώργιος", "Παπαδόπουλος"),
        ("", "", "", ""),
        ("Dr.", "", "", "Dr."),
        (",", "", "", ""),
    ],
)
def test_names_are_split_as_people_mean_them(text: str, title: str, first: str, last: str) -> None:
    assert split_name(text) == SplitName(title, first, last)


@given(st.text(max_size=60))
def test_no_letter_of_a_name_is_lost_or_added(text: str) -> None:
    parts = split_name(text)
    kept = "".join((parts.title, parts.first_name, parts.last_name))
    letters = sorted(char for char in text if not char.isspace() and char != ",")
    assert sorted(char for char in kept if not char.isspace() and char != ",") == letters
