"""Lists are sorted as the alphabet of their language is."""

from __future__ import annotations

import random
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.domain.language.collation import (
    fields_sort_key,
    initial,
    is_language_tag,
    letters_key,
    sort_key,
)
from checkin_app.domain.language.collation_rules import FIRST_ALPHABETS, RULES

T = TypeVar("T")
LANGUAGES = sorted({"", "de", "fr", "en-GB", *RULES, *FIRST_ALPHABETS})


def shuffled(things: list[T]) -> list[T]:
    return random.Random(1).sample(things, len(things))


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("", "Aagaard Åberg Ångström Österberg Ostrowski Papadimos Παπαδόπουλος Papandreou Żak"),
        ("de", "Müller Muller-Lüd Olsen Österberg Ostwald Straße Strasser Zorn"),
        ("de-AT", "Olsen Österberg Ostwald"),
        ("de-u-co-phonebk", "Ägidius Aegir Afer Muell Müller Muller Oesterberg Österreich Olsen"),
        ("de-AT-u-co-phonebk", "Azur Ägidius Muzar Müller Ozil Österberg Strasser Straße Stratz"),
        ("sv", "Aagaard Dahl Đukić Olsen Vall Wall Yller Üller Yllor Zorn Åberg Ärling Österberg"),
        ("sv-FI", "Zorn Åberg Ärling Österberg"),
        ("fi", "Ahonen Virtanen Wirtanen Ylönen Zitting Åberg Äijälä Öhman Øverli"),
        ("da", "Abel Thorsen Þorsen Yde Üde Zahle Æbelø Østby Östbz Åberg Aagaard Ålund"),
        ("nb", "Abel Zahle Ærlig Ødegård Åberg Aagaard Ålund"),
        ("nn", "Zahle Ærlig Ødegård Åberg Aagaard"),
        ("no", "Zahle Ærlig Ødegård Åberg"),
        ("is", "Azra Ágúst Birna Dóra Ðóra Egill Éva Ína Jón Óðinn Zoëga Þór Ægir Örn Åge"),
        ("et", "Saar Sööt Šmit Zorn Žukov Tamm Ujuk Vaher Õun Ärm Ööbik Ülo Xander Yrjö"),
        ("pl", "Adam Ądaś Cudny Ćma Lis Łukasz Nowak Ńka Zych Źrebak Żak"),
        ("cs", "Cyril Čapek Hus Chalupa Ivan Ryba Řezníček Syn Šárka Zub Žižka"),
        ("sk", "Azur Ärgel Cyril Čapek Hus Chalupa Ivan Ozor Ôstie Syn Šárka"),
        ("hu", "Cukor Csák Dudás Dzurinda Dzsida Guba Gyula Nagy Nyíri Ozora Őry Suba Szabó Tóth"),
        ("hr", "Cvitan Čačić Ćosić Duka Džeko Đukić Ezra Lukić Ljubić Nazor Njegoš Sova Šuker"),
        ("bs", "Cvitan Čačić Ćosić Duka Džeko Đukić"),
        ("sr-Latn", "Cvitan Čačić Ćosić Duka Džeko Đukić"),
        ("sl", "Cvetko Čuk Ćosić Duh Đukić Sova Šuster Zajc Žagar"),
        ("ro", "Azur Ămara Âmbra Ion Ispas Înalt Suru Șerban Şerban Tudor Țepeș"),
        ("es", "Llosa Lopez Nuñez Nuzas Ñandu Oca"),
        ("es-u-co-trad", "Cruz Chaves Lyon Llosa Nuzas Ñandu"),
        ("tr", "Can Çelik Gül Ğar Hızır Işık İnce Ok Öz Su Şahin Uzun Ünal"),
        ("az", "Eldar Əli Fuad Hasan Xəlil Işıq İlham Kərim Qara Lalə Zaur Wolf"),
        ("lt", "Yla Ilgis Ilza Jonas Sabas Šarka Zita Žukas"),
        ("lv", "Cēsis Čaks Dārzs Gulbis Ģirts Hugo Kaija Ķemers Lācis Nora Ņina Ozols Šmits Tālis"),
        ("sq", "Cani Çami Dini Dhimitri Egnati Ëngjëll Gega Gjergji Lani Llazi Zogu Zhulali"),
        ("cy", "Cynan Charles Dylan Ddu Ffion Glyn Ngozi Lyn Llywelyn Pwyll Phylip Rys Rhys"),
        ("mt", "Byron Ċamilleri Camilleri Fenech Ġorġ Grech Għarb Ħasan Isak Żammit Zammit"),
        ("el", "Αντωνίου Βασιλείου Ξένος Οικονόμου Ωνάσης Anderson Zorn"),
        ("uk", "Ганна Ґонта Дмитро Євген Жук Зоя Іван Їжак Йосип Костюк Щука Юрченко Яна Adam"),
        ("bg", "Иван Йордан Щерев Ъглов Юлиан Явор Adams"),
        ("sr", "Дарко Ђорђе Ениса Јован Катарина Љубица Марко Његош Ћирић Цвијић Џанко Шуња"),
        ("ru", "Егоров Ёжиков Жуков Щукин Эрн Юдин Adams"),
    ],
)
def test_a_list_is_in_the_order_of_its_language(language: str, names: str) -> None:
    in_order = names.split()
    assert sorted(shuffled(in_order), key=lambda name: sort_key(name, language)) == in_order


def test_accents_and_case_decide_only_between_the_same_letters() -> None:
    in_order = ["muller", "Muller", "MULLER", "müller", "Müller", "Mullera", "Müllera"]
    assert sorted(shuffled(in_order), key=sort_key) == in_order


def test_blanks_and_punctuation_come_before_figures_and_these_before_letters() -> None:
    in_order = ["", "de Vos", "de-Vos", "de'Vos", "de2Vos", "deVos", "Zorn"]
    assert sorted(shuffled(in_order), key=sort_key) == in_order


def test_first_names_decide_between_last_names_of_the_same_letters() -> None:
    people = [("Müller", "Anna"), ("Muller", "Bernd"), ("Müller", "Bernd"), ("Mullers", "Anna")]
    assert sorted(shuffled(people), key=fields_sort_key) == people


def test_a_particle_is_sorted_as_the_list_has_it() -> None:
    in_order = ["Berg", "Valk", "van der Berg", "Vanek"]
    assert sorted(shuffled(in_order), key=sort_key) == in_order


@pytest.mark.parametrize(
    ("text", "language", "letter"),
    [
        ("Österberg", "de", "O"),
        ("Österberg", "sv", "Ö"),
        ("aagaard", "da", "Å"),
        ("Aagaard", "sv", "A"),
        ("chalupa", "cs", "Ch"),
        ("Dzsida", "hu", "Dzs"),
        ("ilkay", "tr", "İ"),
        ("Işık", "tr", "I"),
        ("Ærø", "de", "A"),
        ("Aerzte", "de-u-co-phonebk", "A"),
        ("Źrebak", "et", "Z"),
        ("Yla", "lt", "I"),
        ("'t Hooft", "nl", "T"),
        ("Παπαδόπουλος", "de", "P"),
        ("Ωνάσης", "el", "Ω"),
        ("Anderson", "el", "A"),
        ("Їжак", "uk", "Ї"),
        ("4ever", "", "4"),
        ("李", "", "L"),
        ("…", "", ""),
        ("", "sv", ""),
    ],
)
def test_the_letter_under_which_a_name_is_found(text: str, language: str, letter: str) -> None:
    assert initial(text, language) == letter


@given(st.text(max_size=8), st.text(max_size=8), st.sampled_from(LANGUAGES))
def test_any_two_texts_have_an_order(one: str, other: str, language: str) -> None:
    keys = sort_key(one, language), sort_key(other, language)
    assert (keys[0] < keys[1]) + (keys[1] < keys[0]) + (keys[0] == keys[1]) == 1
    assert sort_key(one, language) == keys[0]


@given(st.text(alphabet="abcdghinstyzäåčñößıİIøžž'- ", max_size=8), st.sampled_from(LANGUAGES))
def test_case_makes_no_difference_to_the_letters(text: str, language: str) -> None:
    if language in ("tr", "az"):
        text = text.replace("I", "ı").replace("İ", "i")
        upper = text.replace("i", "İ").upper()
    else:
        text = text.replace("ı", "i").replace("İ", "i")
        upper = text.upper()
    if any(pair in text.lower() for pair in ("ss", "sß", "ßs")):
        # Capitals do not tell where the ß was.
        return
    assert letters_key(upper.replace("SS", "ß"), language) == letters_key(text, language)


def test_a_language_tag_is_told_from_other_texts() -> None:
    assert all(map(is_language_tag, ("sv", "de-AT", "sr-Latn-RS", "de-u-co-phonebk", "SV")))
    assert not any(map(is_language_tag, ("", "swedish", "s", "sv_SE", "sv-", "sv SE", "åå")))
