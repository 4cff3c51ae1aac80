"""Which column is which field: the guess, and correcting it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from checkin_app.errors import ListFileError, UsageError
from checkin_app.lists.mapping.columns import ColumnMapping, guess_mapping, require_names
from checkin_app.lists.mapping.vocabulary import folded_words, recognise_status
from checkin_app.lists.table import Table
from checkin_app.resource_files import resource_path


def table(*columns: str, rows: tuple[tuple[str, ...], ...] = ()) -> Table:
    rows = rows or (("x",) * len(columns),)
    return Table(Path("list.csv"), columns, rows, range(2, 2 + len(rows)), 1)


def mapped(*columns: str) -> dict[str, str]:
    return dict(guess_mapping(table(*columns)).columns)


@pytest.mark.parametrize(
    ("first", "last", "organisation", "email"),
    [
        ("First name", "Last name", "Organisation", "E-mail"),
        ("FIRST_NAME", "last_name", "company-name", "EMAIL ADDRESS"),
        ("Given name(s)", "Family name *", "Your organisation:", "Your e-mail address?"),
        ("Vorname", "Nachname", "Firma / Organisation", "E-Mail-Adresse"),
        ("Vorname", "Name", "Verband", "Mailadresse"),
        ("Prénom", "Nom", "Organisme", "Courriel"),
        ("Nome", "Cognome", "Ente di appartenenza", "Indirizzo e-mail"),
        ("Nombre", "Apellidos", "Entidad", "Correo electrónico"),
        ("Nome", "Apelido", "Entidade", "Correio eletrónico"),
        ("Voornaam", "Achternaam", "Organisatie", "E-mailadres"),
        ("Imię", "Nazwisko", "Instytucja", "Adres e-mail"),
        ("Jméno", "Příjmení", "Společnost", "E-mailová adresa"),
        ("Meno", "Priezvisko", "Organizácia", "E-mail"),
        ("Keresztnév", "Vezetéknév", "Szervezet", "E-mail cím"),
        ("Prenume", "Nume", "Instituția", "Adresă de e-mail"),
        ("Име", "Фамилия", "Организация", "Имейл"),
        ("Όνομα", "Επώνυμο", "Οργανισμός", "Ηλεκτρονικό ταχυδρομείο"),
        ("Ime", "Prezime", "Ustanova", "E-pošta"),
        ("Ime", "Priimek", "Organizacija", "E-naslov"),
        ("Име", "Презиме", "Организација", "Имејл"),
        ("Eesnimi", "Perekonnanimi", "Asutus", "E-posti aadress"),
        ("Vārds", "Uzvārds", "Organizācija", "E-pasts"),
        ("Vardas", "Pavardė", "Įstaiga", "El. paštas"),
        ("Etunimi", "Sukunimi", "Organisaatio", "Sähköposti"),
        ("Förnamn", "Efternamn", "Företag", "E-postadress"),
        ("Fornavn", "Efternavn", "Virksomhed", "E-mailadresse"),
        ("Fornavn", "Etternavn", "Virksomhet", "E-post"),
        ("Isem", "Kunjom", "Organizzazzjoni", "Posta elettronika"),
        ("Céadainm", "Sloinne", "Eagraíocht", "Ríomhphost"),
        ("Adı", "Soyadı", "Kurum", "E-posta"),
        ("Ім'я", "Прізвище", "Організація", "Електронна пошта"),
    ],
)
def test_columns_are_recognised_in_the_languages_of_europe(
    first: str, last: str, organisation: str, email: str
) -> None:
    assert mapped(last, first, email, organisation) == {
        "first_name": first,
        "last_name": last,
        "organisation": organisation,
        "email": email,
    }


@pytest.mark.parametrize(
    "column",
    ["Name", "Nom et prénom", "Vor- und Nachname", "Imię i nazwisko", "Ονοματεπώνυμο", "ФИО"],
)
def test_a_single_column_of_names_is_the_full_name(column: str) -> None:
    assert mapped("Nr.", column) == {"full_name": column}


@pytest.mark.parametrize("column", ["Teilnehmerstatus", "Statut de paiement", "Payment status"])
def test_a_column_of_states_is_recognised(column: str) -> None:
    assert mapped("Name", column)["status"] == column
    assert mapped("Name", "Status", column)["status"] == "Status"


def test_of_two_columns_for_one_field_the_more_telling_one_is_taken() -> None:
    assert mapped("Name", "Email", "Attendee email")["email"] == "Attendee email"
    assert mapped("Name", "Order code", "Ticket secret")["code"] == "Ticket secret"


def test_a_column_whose_values_do_not_fit_yields_to_one_whose_values_do() -> None:
    people = table("Name", "Work e-mail", "Email", rows=(("Anna", "none", "a@b.eu"),))
    assert guess_mapping(people).columns["email"] == "Email"


def test_an_email_column_without_a_telling_name_is_found_by_its_values() -> None:
    people = table("Name", "Contact", rows=(("Anna", "a@b.eu"), ("Bea", "b@c.eu")))
    assert guess_mapping(people).columns["email"] == "Contact"


@pytest.mark.parametrize(
    "column",
    [
        "Do you consent to the participant list being shared?",
        "User name",
        "Event name",
        "Invoice address name",
        "Order code",
        "No.",
        "Code postal",
        "Teilnehmer-Nr.",
        "Hotel name",
        "Company website",
        "Title of your presentation",
        "Which parallel discussion would you like to join?",
    ],
)
def test_columns_that_only_sound_like_a_field_become_extra(column: str) -> None:
    mapping = guess_mapping(table("Last name", "First name", "Email", column))
    assert mapping.extra_columns(("Last name", "First name", "Email", column)) == (column,)


def test_a_mapping_can_be_corrected_in_any_spelling_of_the_column() -> None:
    columns = ("Vorname", "Name", "E-Mail (dienstlich)")
    mapping = guess_mapping(table(*columns))
    corrected = mapping.corrected({"role": "e-mail dienstlich", "last_name": ""}, columns)
    assert corrected.columns == {"first_name": "Vorname", "role": "E-Mail (dienstlich)"}


def test_a_correction_of_an_unknown_field_or_column_says_what_there_is() -> None:
    mapping = ColumnMapping({})
    with pytest.raises(UsageError, match="first_name"):
        mapping.corrected({"shoe_size": "Name"}, ("Name",))
    with pytest.raises(UsageError, match="Name"):
        mapping.corrected({"role": "Function"}, ("Name",))


def test_a_list_without_names_is_refused_with_its_columns() -> None:
    shapes = table("Colour", "Shape")
    with pytest.raises(ListFileError, match="Colour, Shape"):
        require_names(shapes, guess_mapping(shapes))
    require_names(shapes, ColumnMapping({"full_name": "Colour"}))


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("paid Attending APPROVED bezahlt confirmé potwierdzony Потвърден", "confirmed"),
        ("pending unpaid ausstehend impayé nezaplaceno", "pending"),
        ("waitlist Warteliste wachtlijst várólista", "waiting"),
        ("canceled refunded declined storniert annulé törölve", "cancelled"),
    ],
)
def test_status_words_are_understood(words: str, status: str) -> None:
    assert {recognise_status(word) for word in words.split()} == {status}


def test_what_stands_in_brackets_behind_a_status_and_signs_are_understood() -> None:
    assert recognise_status("storniert (Rückerstattung)") == "cancelled"
    assert recognise_status("Confirmed [paid by card]") == "confirmed"
    assert (recognise_status("✓"), recognise_status("✗")) == ("confirmed", "cancelled")
    assert recognise_status("-") is None


def test_no_status_word_means_two_things() -> None:
    data = tomllib.loads(resource_path("lists", "status_words.toml").read_text(encoding="utf-8"))
    meanings: dict[str, set[str]] = {}
    for status, phrases in data.items():
        for phrase in phrases:
            is_sign = not any(map(str.isalnum, phrase))
            word = phrase if is_sign else "".join(folded_words(phrase))
            meanings.setdefault(word, set()).add(status)
    assert {word: found for word, found in meanings.items() if len(found) > 1} == {}


def test_no_column_name_means_two_fields() -> None:
    data = tomllib.loads(resource_path("lists", "columns.toml").read_text(encoding="utf-8"))
    del data["filler"]
    meanings: dict[str, set[str]] = {}
    for field, phrases in data.items():
        for phrase in phrases:
            meanings.setdefault("".join(folded_words(phrase)), set()).add(field)
    assert "" not in meanings
    assert {name: found for name, found in meanings.items() if len(found) > 1} == {}


@pytest.mark.parametrize("title", ["Ticket", "Billet", "Biglietto"])
def test_a_column_of_tickets_holds_codes_or_kinds_of_tickets(title: str) -> None:
    def field_of(*cells: str) -> str:
        rows = tuple((f"Person {place}", cell) for place, cell in enumerate(cells))
        columns = guess_mapping(table("Name", title, rows=rows)).columns
        return next(field for field, column in columns.items() if column == title)

    assert field_of("K7QX-22A", "K7QX-23B", "P9AA-24C") == "code"
    assert field_of("40211", "K7QX-22A") == "category"
    assert field_of("Full-2024", "Full-2024", "Staff-2024") == "category"
    assert field_of("Member", "Guest", "Speaker") == "category"
