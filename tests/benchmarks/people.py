"""Made-up attendees for benchmarks: the same people for the same number, every time.

Names come from many of Europe's languages and three alphabets, because folding, searching and
fitting names cost more where letters are not ASCII. Nobody here exists.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.language.search_text import fold
from checkin_app.domain.programme import Event
from checkin_app.domain.tickets.codes import CODE_BITS, code_from_bits

COLUMNS = (
    "Ticket code",
    "Title",
    "First name",
    "Last name",
    "Organisation",
    "Role",
    "Country",
    "E-mail",
    "Category",
    "Diet",
)
NOW = datetime(2026, 9, 14, 7, 30, tzinfo=UTC)
EVENT = Event("Forum of many people", "Europe/Brussels", date(2026, 9, 14), date(2026, 9, 14))
CHECK_IN_LIST = CheckInList(id="desk", name="Registration")

_SEED = 20260914
_COUNTRIES = (
    ("Austria", "Jürgen Günther Käthe Anna Elfriede", "Grüber Österreicher Pichler Hofstätter"),
    ("Belgium", "Joëlle Wouter Gaëtan Maarten Noémie", "Dubois Peeters De_Clercq Van_den_Broeck"),
    ("Bulgaria", "Георги Мария Цветелина Димитър", "Георгиев Иванова Стоянова Христов"),
    ("Croatia", "Željka Marko Domagoj Đurđica", "Horvat Kovačević Jurišić Šimunović"),
    ("Czechia", "Jiří Zdeňka Kateřina Bořivoj", "Dvořák Novotná Procházková Růžička"),
    ("Denmark", "Søren Bjørn Åse Mette", "Sørensen Jørgensen Østergaard Thygesen"),
    ("Estonia", "Jüri Õnne Kätlin Mari", "Põldmäe Õunapuu Tamm Käärik"),
    ("Finland", "Päivi Väinö Aino Riikka", "Hämäläinen Mäkinen Lähteenmäki Korhonen"),
    ("France", "François Chloé Jérôme Anaïs", "Lefébvre Dupont Béranger Châtelain"),
    ("Germany", "Jörg Sören Bärbel Heike", "Müller Weiß Größmann Löffelhardt"),
    ("Greece", "Γεώργιος Αικατερίνη Κωνσταντίνος", "Παπαδόπουλος Αντωνίου Οικονόμου"),
    ("Hungary", "Kincső László Zsófia Győző", "Nógrádi Szűcs Tőkés Gyöngyösi"),
    ("Ireland", "Siobhán Pádraig Caoimhe Aoife", "Ó_Súilleabháin O'Connor Murphy Kelly"),
    ("Italy", "Niccolò Giosuè Maria_Teresa Lucia", "D'Angelò Forlì Esposito Dell'Acqua"),
    ("Latvia", "Jānis Līga Ģirts Kristīne", "Bērziņš Kalniņa Ozoliņš Vītoliņa"),
    ("Lithuania", "Kristina Žydrūnas Eglė Rūta", "Kazlauskienė Žukauskas Vaičiūnas"),
    ("Malta", "Ġorġ Marija Żeppi Karmenu", "Borġ Żammit Farruġia Ċamilleri"),
    ("Netherlands", "Daniël Noëlle Coen Zoë", "van_der_Meer de_Groot Hoekstra Jansen"),
    ("Poland", "Łukasz Małgorzata Wojciech Agnieszka", "Wójcik Kowalczyk Śliwiński Dąbrowska"),
    ("Portugal", "João Inês Conceição Luís", "Gonçalves Simões Magalhães Brandão"),
    ("Romania", "Ștefan Ioana Răzvan Cătălina", "Ștefănescu Țepeș Popescu Ionescu"),
    ("Slovakia", "Ľubomír Katarína Žofia Štefánia", "Kováčová Hrušovský Ďurica Šťastný"),
    ("Slovenia", "Špela Jože Matjaž Živa", "Žižek Kovačič Zupančič Črnigoj"),
    ("Spain", "José_María Begoña Íñigo Núria", "Núñez García Ibáñez Etxebarría"),
    ("Sweden", "Åsa Björn Göran Linnéa", "Sjöström Ångström Östlund Lindqvist"),
    ("Ukraine", "Оксана Володимир Соломія Євген", "Шевченко Коваленко Бондаренко Юрченко"),
)
_LONG_ORGANISATIONS = (
    "European Association of Regional and Local Development Agencies and Intermediary Bodies",
    "Directorate-General for Employment, Social Affairs and Inclusion",
    "Association nationale pour la promotion de l’économie sociale et solidaire",
    "Bundesarbeitsgemeinschaft der Freien Wohlfahrtspflege und der Selbsthilfe e. V.",
    "Πανελλήνια Ομοσπονδία Συλλόγων Φίλων και Εθελοντών",
)
_BODIES = ("Association of", "Federation of", "Institute for", "Network for", "Stiftung", "Réseau")
_SUBJECTS = (
    "Social Services",
    "Youth Work",
    "Public Health",
    "Rural Development",
    "Adult Education",
    "Patients’ Rights",
    "Housing",
    "Small Enterprises",
    "Family Carers",
    "Environmental Protection",
)
_ROLES = (
    "Participant",
    "Secretary General",
    "Policy Officer",
    "Head of Unit",
    "Présidente",
    "Researcher",
    "Deputy Director for Interinstitutional Relations",
)
_CATEGORIES = ("participant",) * 6 + ("speaker", "press", "staff")
_TITLES = ("", "", "", "Dr", "Prof.")
_DIETS = ("", "", "", "vegetarian", "vegan", "no nuts")
_SYLLABLES = ("ba", "de", "ko", "lu", "mi", "no", "ra", "se", "ta", "vi")


def people(count: int) -> Iterator[Attendee]:
    """``count`` attendees with codes, without ids."""
    for code, title, first, last, organisation, role, country, email, category, diet in rows(count):
        yield Attendee(
            id="",
            code=code,
            title=title,
            first_name=first,
            last_name=last,
            organisation=organisation,
            role=role,
            country=country,
            email=email,
            category=category,
            extra={"Diet": diet} if diet else {},
        )


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """The same attendees as the cells of ``COLUMNS``."""
    random_ = random.Random(_SEED)
    pick = random_.choice
    countries = [
        (country, _names(first), _names(last), fold(country).replace(" ", ""))
        for country, first, last in _COUNTRIES
    ]
    for number in range(count):
        country, first_names, last_names, domain = pick(countries)
        first, last = pick(first_names), pick(last_names)
        if random_.random() < 0.3:
            # Real lists hold many rare names; without them the index would be unfairly small.
            last += "-" + "".join(pick(_SYLLABLES) for _ in range(3)).title()
        organisation = (
            pick(_LONG_ORGANISATIONS)
            if random_.random() < 0.12
            else f"{pick(_BODIES)} {pick(_SUBJECTS)} {country}"
        )
        mailbox = f"{fold(first)}.{fold(last)}".replace(" ", "").replace("'", "")
        yield (
            code_from_bits(random_.getrandbits(CODE_BITS)),
            pick(_TITLES),
            first,
            last,
            organisation,
            pick(_ROLES),
            country,
            f"{mailbox}.{number}@{domain}.example",
            pick(_CATEGORIES),
            pick(_DIETS),
        )


def write_csv(path: Path, count: int, changes: int = 0) -> None:
    """The attendees as a UTF-8 CSV with a header; some of them in a new role."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_changed(count, changes))


def write_xlsx(path: Path, count: int, changes: int = 0) -> None:
    """The attendees as a workbook with one sheet; some of them in a new role."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Attendees")
        sheet.write_row(0, 0, COLUMNS)
        for place, row in enumerate(_changed(count, changes), 1):
            sheet.write_row(place, 0, row)


def _changed(count: int, changes: int) -> Iterator[tuple[str, ...]]:
    """The rows, so many of them, spread over the list, with another role."""
    role = COLUMNS.index("Role")
    for place, row in enumerate(rows(count)):
        is_changed = place * changes // count != (place + 1) * changes // count
        yield (*row[:role], "Rapporteur", *row[role + 1 :]) if is_changed else row


def _names(text: str) -> list[str]:
    return [name.replace("_", " ") for name in text.split()]
