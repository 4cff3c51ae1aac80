"""Names in capitals or lower case: what is proposed, and what is left alone."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.domain.language.name_case import is_one_case, proposed_name


@pytest.mark.parametrize(
    "name",
    [
        "McDonald",
        "McAdam",
        "MacLeod",
        "Macron",
        "Mackie",
        "Machado",
        "O'Brien",
        "O’Neill",
        "D'Angelo",
        "Dell'Acqua",
        "N'Golo",
        "Giscard d'Estaing",
        "van der Berg",
        "de la Cruz",
        "von und zu Guttenberg",
        "dos Santos",
        "Di Maio",
        "Della Valle",
        "Le Pen",
        "El Khoury",
        "Al-Mansouri",
        "Mohammed bin Salman",
        "Ortega y Gasset",
        "Puig i Cadafalch",
        "'t Hooft",
        "Müller-Lüdenscheidt",
        "Saint-Exupéry",
        "Ó Súilleabháin",
        "Þór",
        "Ștefănescu",
        "IJsbrand",
        "Ijeoma",
        "Иванов",
        "В'ячеслав",
        "Римський-Корсаков",
        "Παπαδοπουλος",
        "Henry Ford II",
        "Sammy Davis Jr",
        "J.R.R. Tolkien",
        "Nguyen Van Hung",
        "Արմեն",
        "Bo Derek",
        "Anna (Toto) Weiß",
        "Der Sarkissian",
    ],
)
def test_capitals_and_lower_case_lead_to_the_name(name: str) -> None:
    assert proposed_name(name.upper().replace("WEISS", "WEIß")) == name
    assert proposed_name(name.lower()) == name


@pytest.mark.parametrize(
    "name",
    [
        *("JP", "BO", "Bo", "AJ", "JPK", "J.-P.", "X", "R2D2", "4711", "", " "),
        *("McDONALD", "DeVries", "van der Berg", "Jean DUPONT"),
        *("王小明", "ნინო", "אברהם", "د. سارة"),
    ],
)
def test_names_in_both_cases_initials_and_scripts_without_case_are_left_alone(name: str) -> None:
    assert proposed_name(name) is None


def test_the_rest_of_the_name_tells_a_shouted_short_name_from_initials() -> None:
    assert proposed_name("BO", beside="DEREK") == "Bo"
    assert proposed_name("JP", beside="MORGAN") is None
    assert proposed_name("BO", beside="Derek") is None
    assert proposed_name("VAN HUNG", beside="NGUYEN") == "Van Hung"


@pytest.mark.parametrize(
    ("name", "language", "proposal"),
    [
        ("IŞIK", "tr", "Işık"),
        ("IŞIK", "", None),
        ("İSTANBUL", "", "İstanbul"),
        ("i̇brahim", "", "İbrahim"),
        ("ibrahim", "tr-TR", "İbrahim"),
        ("DILEK", "", "Dilek"),
        ("IJEOMA", "nl", "IJeoma"),
        ("VAN DEN BERGHE", "nl-BE", "Van den Berghe"),
        ("DE LUCA", "it", "De Luca"),
        ("DEL PIERO", "it", "Del Piero"),
        ("VAN HUNG", "vi", "Van Hung"),
        ("ΓΙΩΡΓΟΣ-ΜΑΡΙΟΣ", "el", "Γιωργος-Μαριος"),
        ("ᲜᲘᲜᲝ", "ka", "ნინო"),
    ],
)
def test_the_language_decides_where_letters_do_not(
    name: str, language: str, proposal: str | None
) -> None:
    assert proposed_name(name, language) == proposal


@given(st.text(max_size=30), st.sampled_from(["", "tr", "nl", "it", "vi", "de"]))
def test_a_proposal_has_the_same_letters_and_is_not_proposed_upon_again(
    name: str, language: str
) -> None:
    proposal = proposed_name(name, language)
    if proposal is None:
        return
    assert is_one_case(name)
    if language != "tr" and "İ" not in name:
        assert normalize("NFC", proposal.casefold()) == normalize("NFC", name.casefold())
    if not is_one_case(proposal):
        assert proposed_name(proposal, language) is None


@given(st.text(st.characters(categories=["Lu"]), min_size=1), st.text("aeiouß", min_size=1))
def test_a_name_in_both_cases_is_never_touched(capitals: str, small: str) -> None:
    assert proposed_name(capitals + small + "x") is None
