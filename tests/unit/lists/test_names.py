"""One column of names → title, first and last name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.lists.people.names import NameOrder, SplitName, split_name


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
        ("Ó Súilleabháin", "", "", "Ó Súilleabháin"),
        ("Ní Mhaolchallann", "", "", "Ní Mhaolchallann"),
        ("Van den Broeck", "", "", "Van den Broeck"),
        ("Smith, Jr., John", "", "John", "Smith, Jr."),
        ("Smith, John, Jr.", "", "John", "Smith, Jr."),
        ("Anna Bell, PhD, MBA", "", "Anna", "Bell, PhD, MBA"),
        ("Martin Luther King Jr.", "", "Martin Luther", "King Jr."),
        ("Henry Ford II", "", "Henry", "Ford II"),
        ("Jack Ma", "", "Jack", "Ma"),
        ("João Silva Neto", "", "João", "Silva Neto"),
        ("María del Carmen García", "", "María del Carmen", "García"),
        ("Oscar de la Hoya", "", "Oscar", "de la Hoya"),
        ("Ian McDONALD", "", "Ian", "McDONALD"),
        ("McDONALD Ian", "", "Ian", "McDONALD"),
    ],
)
def test_names_are_split_as_people_mean_them(text: str, title: str, first: str, last: str) -> None:
    assert split_name(text) == SplitName(title, first, last)


@pytest.mark.parametrize(
    ("text", "title", "first", "last"),
    [
        ("Nagy János", "", "János", "Nagy"),
        ("Dr. Kovács Péter Tamás", "Dr.", "Péter Tamás", "Kovács"),
        ("Szent-Györgyi Albert", "", "Albert", "Szent-Györgyi"),
        ("von Habsburg Otto", "", "Otto", "von Habsburg"),
        ("Nagy, János", "", "János", "Nagy"),
        ("Anna MÜLLER", "", "Anna", "MÜLLER"),
        ("van der Berg", "", "", "van der Berg"),
        ("Nagy", "", "", "Nagy"),
    ],
)
def test_hungarian_names_have_the_family_name_in_front_as_they_are_given(
    text: str, title: str, first: str, last: str
) -> None:
    assert split_name(text, NameOrder(family_first=True)) == SplitName(title, first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("María García López", "María", "García López"),
        ("Ana García", "Ana", "García"),
        ("José Luis Rodríguez Zapatero", "José Luis", "Rodríguez Zapatero"),
        ("María de los Ángeles Pérez Gil", "María de los Ángeles", "Pérez Gil"),
        ("Juan de la Cruz Moreno", "Juan", "de la Cruz Moreno"),
    ],
)
def test_spanish_names_have_two_family_names(text: str, first: str, last: str) -> None:
    order = NameOrder(two_family_names=True)
    assert split_name(text, order) == SplitName("", first, last)
    behind = NameOrder(family_first=True, two_family_names=True)
    assert split_name("García López María", behind) == SplitName("", "María", "García López")


def test_an_email_address_says_where_the_family_name_begins() -> None:
    assert split_name("María García López", email="maria.garcia@example.es") == SplitName(
        "", "María", "García López"
    )
    assert split_name("Jean Marc Dupont", email="jean.dupont@example.fr").last_name == "Dupont"
    assert split_name("Jean Marc Dupont", email="office@example.fr").last_name == "Dupont"


@given(
    st.text(max_size=60),
    st.builds(NameOrder, st.booleans(), st.booleans()),
    st.sampled_from(["", "a.b@example.org"]),
)
def test_no_letter_of_a_name_is_lost_or_added(text: str, order: NameOrder, email: str) -> None:
    parts = split_name(text, order, email)
    kept = "".join((parts.title, parts.first_name, parts.last_name))
    letters = sorted(char for char in text if not char.isspace() and char != ",")
    assert sorted(char for char in kept if not char.isspace() and char != ",") == letters
