"""Any file an organiser may have → a table of clean text."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from checkin_app.errors import Cancelled, ListFileError, UsageError
from checkin_app.lists.problems import Severity
from checkin_app.lists.reading.readers import read_table
from checkin_app.lists.table import Table

PEOPLE = {
    "cp1252": "François Lefèvre;Jörg Weiß;Inês Conceição;Åsa Sjöström;Noëlle Coëlho",
    "cp1250": "Jiří Dvořák;Łukasz Śliwiński;Győző Szűcs;Ľubomír Šťastný;Kateřina Růžička",
    "cp1251": "Георги Иванов;Цветелина Христова;Димитър Петров",
    "cp1253": "Γεώργιος Παπαδόπουλος;Ελένη Ιωάννου;Κωνσταντίνος Αντωνίου",
    "cp1254": "Çağla Yılmaz;Gülşen Öztürk;İbrahim Çelik",
    "cp1257": "Jānis Bērziņš;Žydrūnas Šermukšnytė;Kristīne Ķirsis",
    "iso8859_2": "Šárka Žižková;Łukasz Śliwiński;Živa Šušteršič",
    "iso8859_1": "Noël Lefèvre;Jörg Weiß;Inês Conceição;Søren Kjær;Þórður Ásgeirsson",
    "iso8859_7": "Γεώργιος Παπαδόπουλος;Ελένη Ιωάννου;Άννα Ξενάκη",
    "iso8859_9": "Çağla Yılmaz;Gülşen Öztürk;İbrahim Çelik",
    "iso8859_13": "Jānis Bērziņš;Žydrūnas Šermukšnytė;Kristīne Ķirsis",
    "iso8859_15": "Françoise Lœuillet;Jürgen Weiß;Zoë Škoda;Õnne Mägi",
    "mac_roman": "François Lefèvre;Jörg Weiß;Inês Conceição;Björn Östlund",
    "cp850": "François Lefèvre;Jörg Weiß;Käthe Müller",
    "koi8_u": "Оксана Шевченко;Володимир Коваленко;Євген Бондаренко",
}


def written(folder: Path, text: str, encoding: str = "utf-8", name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def read(folder: Path, text: str, encoding: str = "utf-8") -> Table:
    return read_table(written(folder, text, encoding))


@pytest.mark.parametrize("encoding", [*PEOPLE])
def test_names_are_read_in_the_code_page_they_were_written_in(
    tmp_path: Path, encoding: str
) -> None:
    names = PEOPLE[encoding].split(";")
    table = read(tmp_path, "Name\n" + "\n".join(names), encoding)
    assert [row[0] for row in table.rows] == names


@pytest.mark.parametrize(
    ("encoding", "rows"),
    [
        (
            "cp1252",
            "Søren;Østergaard;soren.ostergaard@example.dk;Sdružení\nMette;Nørgaard;m@b.dk;x",
        ),
        (
            "cp1252",
            "Giosuè;Cantù;giosue.cantu@example.it;x\nTeresa;Forlì;teresa.forli@example.it;x",
        ),
        ("cp1250", "Răzvan;Ionescu;razvan.ionescu@example.ro;x\nCătălina;Pană;c@example.ro;x"),
        ("cp1250", "Řehoř;Běhounek;r.behounek@example.cz;Cooperación"),
        ("cp1257", "Žydrė;Mägi;zydre.magi@example.ee;nevyriausybinių organizacijų, dirbančių"),
        ("iso8859_2", "Kincső;Szűcs;kincso.szucs@example.hu;Sdružení"),
        ("cp1252", "Jörg;Müller;joerg.mueller@example.de;Škoda"),
    ],
)
def test_guests_from_everywhere_do_not_mislead_and_email_addresses_tell(
    tmp_path: Path, encoding: str, rows: str
) -> None:
    table = read(tmp_path, f"First name;Last name;Email;Organisation\n{rows}\n", encoding)
    assert "\n".join(";".join(row) for row in table.rows) == rows


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_every_form_of_unicode_is_recognised(tmp_path: Path, encoding: str) -> None:
    names = [name for names in PEOPLE.values() for name in names.split(";")]
    table = read(tmp_path, "Name\tMail\r\n" + "\r\n".join(f"{n}\tx@y.eu" for n in names), encoding)
    assert [row[0] for row in table.rows] == names
    assert table.delimiter == "\t"


def test_one_broken_byte_does_not_turn_all_names_into_garble(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    names = "\n".join(name for names in PEOPLE.values() for name in names.split(";"))
    path.write_bytes(f"Name\n{names}\n".encode() + b"Ren\xe9 Dubois\n")
    table = read_table(path)
    assert table.rows[1][0] == "Jörg Weiß"
    assert [problem.severity for problem in table.problems] == [Severity.WARNING]


def test_encoding_and_delimiter_can_be_said(tmp_path: Path) -> None:
    path = written(tmp_path, "Name;a,b\nŘehoř;1,2\n", "cp1250")
    table = read_table(path, encoding="cp1250", delimiter=";")
    assert table.rows == [("Řehoř", "1,2")]
    with pytest.raises(UsageError):
        read_table(path, encoding="klingon")
    with pytest.raises(UsageError):
        read_table(path, delimiter="ab")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found_also_when_cells_hold_others(tmp_path: Path, delimiter: str) -> None:
    rows = [["Name", "Topics", "Organisation"], ["Weiß, Jörg", "a;b", "A|B, C"], ["Li", "c", "D"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    table = read(tmp_path, text)
    assert table.delimiter == delimiter
    assert table.rows == [("Weiß, Jörg", "a;b", "A|B, C"), ("Li", "c", "D")]


def test_the_line_with_which_excel_names_the_delimiter_is_obeyed(tmp_path: Path) -> None:
    table = read(tmp_path, "sep=|\r\nName|Organisation\r\nAnna, B|C, D\r\n")
    assert table.rows == [("Anna, B", "C, D")]
    assert (table.header_row, table.numbers) == (2, [3])


def test_the_header_is_found_below_a_title_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    table = read(tmp_path, "Meeting in Brussels;;\n\n;;\nNom;Prénom;Courriel\nA;B;\n\n;;\nC;D;\n")
    assert table.columns == ("Nom", "Prénom", "Courriel")
    assert table.header_row == 4
    assert table.numbers == [5, 8]


def test_columns_without_a_name_or_with_the_same_name_can_be_told_apart(tmp_path: Path) -> None:
    table = read(tmp_path, "Name,,Topic,Topic,\nAnna,x,1,2,\n")
    assert table.columns == ("Name", "Column 2", "Topic", "Topic (2)")
    assert table.rows == [("Anna", "x", "1", "2")]


def test_a_row_with_too_many_cells_is_kept_and_reported(tmp_path: Path) -> None:
    table = read(tmp_path, "Name,Organisation\nAnna,ACME, Inc.\nBea,Initech\n")
    assert table.rows[0] == ("Anna", "ACME", "Inc.")
    assert [(problem.row, problem.value) for problem in table.problems] == [(2, "Inc.")]


@pytest.mark.parametrize(
    "broken_row",
    ['"Anna,Bell,ACME', 'Anna,"Bell,ACME', 'Anna,Bell,"ACME'],
)
@pytest.mark.parametrize("quoted_later", ["", 'Eve,Fox,"Foo, Inc"\n', 'Eve,Fox",Foo\n'])
def test_one_stray_quotation_mark_does_not_swallow_the_rows_below(
    tmp_path: Path, broken_row: str, quoted_later: str
) -> None:
    text = f"First name,Last name,Organisation\n{broken_row}\nBea,Cox,B\nCy,Dee,C\n{quoted_later}"
    table = read(tmp_path, text)
    assert table.rows[:3] == [("Anna", "Bell", "ACME"), ("Bea", "Cox", "B"), ("Cy", "Dee", "C")]
    assert table.problems[0].row == 2
    assert "quotation mark" in table.problems[0].reason


def test_a_cell_of_several_lines_is_one_cell_of_one_line(tmp_path: Path) -> None:
    table = read(tmp_path, 'Name,Note\nAnna,"first,\nsecond\r\nthird"\nBea,x\n')
    assert table.rows == [("Anna", "first, second third"), ("Bea", "x")]
    assert table.numbers == [2, 3]
    assert table.problems == ()


def test_invisible_junk_is_cleaned_away(tmp_path: Path) -> None:
    table = read(tmp_path, "Name\n\u00a0Jose\u0301\u200b  Mari\u00ada\ufeff\u2003Pe\u0303a\x07 \n")
    assert table.rows == [("José Maria Pẽa",)]


def test_emoji_made_of_several_keep_what_joins_them(tmp_path: Path) -> None:
    assert read(tmp_path, "Name\n👩‍🔬 Ada\u200d\n").rows == [("👩‍🔬 Ada",)]


def test_spreadsheet_values_become_what_a_person_would_type(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("People")
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(2, 1, ["Name", "Code", "Share", "Member", "Since", "Seen", "As text"])
        sheet.write_row(3, 1, ["Anna", 100000, 1.5, True])
        sheet.write_datetime(3, 5, datetime(2024, 5, 6), day)
        sheet.write_datetime(3, 6, datetime(2024, 5, 6, 12, 30), day)
        sheet.write_string(3, 7, "007")
    table = read_table(path)
    assert (table.sheet, table.header_row, table.numbers) == ("People", 3, [4])
    assert table.columns[0] == "Name"
    assert table.rows == [
        ("Anna", "100000", "1.5", "TRUE", "2024-05-06", "2024-05-06 12:30:00", "007")
    ]


def test_numbers_too_long_for_a_spreadsheet_are_not_completed_with_made_up_digits(
    tmp_path: Path,
) -> None:
    path = tmp_path / "list.xlsx"
    numbers = [999_999_999_999_999, 1_234_567_890_123_456, 4_455_727_830_415_300_030_965, -2e15]
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_column(0, 0, ["Name", *numbers])
    assert [row[0] for row in read_table(path).rows] == [
        "999999999999999",
        "1234567890123456",
        "4.45572783041530E+21",
        "-2.00000000000000E+15",
    ]


def test_a_sheet_can_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Guests", "Staff"):
            book.add_worksheet(name).write_column(0, 0, ["Name", f"{name} One"])
    assert read_table(path).sheet == "Guests"
    assert read_table(path, sheet="Staff").rows == [("Staff One",)]
    with pytest.raises(UsageError, match="Guests, Staff"):
        read_table(path, sheet="Other")


def test_hidden_sheets_are_left_alone_unless_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        old = book.add_worksheet("Old")
        old.write_column(0, 0, ["Name", "Former Person"])
        now = book.add_worksheet("Now")
        now.write_column(0, 0, ["Name", "Present Person"])
        now.activate()
        now.set_first_sheet()
        old.hide()
    assert read_table(path).sheet == "Now"
    assert read_table(path, sheet="Old").rows == [("Former Person",)]


def test_a_workbook_without_a_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet()
    with pytest.raises(ListFileError, match="empty"):
        read_table(path)


def test_a_file_is_known_by_its_content_not_its_name(tmp_path: Path) -> None:
    path = tmp_path / "really-a-workbook.csv"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_column(0, 0, ["Name", date.min.isoformat()])
    assert read_table(path).rows == [(date.min.isoformat(),)]


def test_reading_tells_how_far_it_is_and_stops_when_asked(tmp_path: Path) -> None:
    path = written(tmp_path, "Name\n" + "Anna\n" * 5000)
    seen: list[tuple[int, int]] = []
    read_table(path, progress=lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert len(seen) >= 4
    with pytest.raises(Cancelled):
        read_table(path, cancelled=lambda: len(seen) > 0)
