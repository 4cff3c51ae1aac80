"""Whatever is dropped on the program as a list: an answer or a refusal, nothing else."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from checkin_app.errors import CheckinError, ListFileError
from checkin_app.lists.mapping.columns import guess_mapping
from checkin_app.lists.people.rows import ListRow, import_rows
from checkin_app.lists.reading.readers import read_table
from checkin_app.lists.reading.sheet_extents import Chunks, worksheet_cells

LISTS = Path(__file__).parents[2] / "data" / "lists"
PLAIN = (LISTS / "plain.csv").read_bytes()
WORKBOOK = (LISTS / "hand-kept.xlsx").read_bytes()
SPREADSHEET = (LISTS / "libreoffice.ods").read_bytes()

fuzzing = settings(max_examples=80)


def read_all(path: Path) -> list[ListRow]:
    table = read_table(path)
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert len(table.rows) == len(table.numbers)
    found = [*import_rows(table, guess_mapping(table))]
    return [item for item in found if isinstance(item, ListRow)]


def read_or_refuse(folder: Path, content: bytes) -> None:
    path = folder / "list.csv"
    path.write_bytes(content)
    with contextlib.suppress(CheckinError):
        read_all(path)


@fuzzing
@given(st.binary(max_size=3000))
@example(b"\xff\xfe\x00")
@example(b"\x00" * 100)
@example(b"\xef\xbb\xbf")
@example(b"PK\x03\x04")
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
def test_random_bytes(tmp_path: Path, content: bytes) -> None:
    read_or_refuse(tmp_path, content)


@fuzzing
@given(st.text(max_size=2000), st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-32"]))
def test_random_text_below_a_header(tmp_path: Path, text: str, encoding: str) -> None:
    content = f"First name,Last name,Email\n{text}".encode(encoding, errors="replace")
    read_or_refuse(tmp_path, content)


@fuzzing
@given(st.text(alphabet="a,;\t|\"\r\n'=\x00 é", max_size=300))
def test_random_delimiters_and_quotation_marks(tmp_path: Path, text: str) -> None:
    read_or_refuse(tmp_path, f"First name,Last name\n{text}".encode())


@fuzzing
@given(st.integers(0, len(PLAIN)), st.integers(0, len(PLAIN)), st.binary(max_size=20))
def test_a_damaged_csv(tmp_path: Path, start: int, end: int, inserted: bytes) -> None:
    read_or_refuse(tmp_path, PLAIN[:start] + inserted + PLAIN[end:])


@pytest.mark.parametrize("sound", [WORKBOOK, SPREADSHEET], ids=["xlsx", "ods"])
@fuzzing
@given(data=st.data())
def test_a_damaged_workbook(tmp_path: Path, sound: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(sound)))
    inserted = data.draw(st.binary(max_size=8))
    read_or_refuse(tmp_path, sound[:place] + inserted + sound[place + len(inserted) :])
    read_or_refuse(tmp_path, sound[:place])


def test_a_line_of_a_million_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("Name" + ",x" * 1_000_000 + "\nAnna\n", encoding="utf-8")
    with pytest.raises(ListFileError, match=r"wide\.csv"):
        read_all(path)


def test_a_row_of_very_many_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("Name\nAnna\n" + "x," * 400_000 + "x\n", encoding="utf-8")
    with pytest.raises(ListFileError, match="columns"):
        read_all(path)


def test_a_file_of_blank_lines_only_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "blank.csv"
    path.write_text("\n \n,,,\n" * 1000, encoding="utf-8")
    with pytest.raises(ListFileError, match="empty"):
        read_all(path)


def test_cells_of_ten_thousand_characters_and_zero_characters_are_read(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text(f"Name,Note\nAnna\x00 Bell,{'x' * 10_000}\n", encoding="utf-8")
    [row] = read_all(path)
    assert row.values["last_name"] == "Bell"
    assert len(row.extra["Note"]) == 10_000


def test_a_folder_or_a_missing_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(ListFileError, match="cannot be opened"):
            read_table(path)


def test_a_web_page_named_as_a_workbook_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text("<html><table><tr><td>Name</td></tr></table></html>", encoding="utf-8")
    with pytest.raises(ListFileError, match="web page"):
        read_table(path)


def test_markup_sql_and_text_of_all_directions_come_through_as_they_are(tmp_path: Path) -> None:
    cells = ["<b>Anna</b>", "'); DROP TABLE attendee;--", "😀 Ελένη", "محمد", "👩‍👩‍👧 family"]
    path = tmp_path / "strange.csv"
    path.write_text("Last name\n" + "\n".join(cells) + "\n", encoding="utf-8")
    assert [row.values["last_name"] for row in read_all(path)] == cells


def test_as_many_columns_as_excel_has_under_one_name_are_read(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("Name" + ",Name" * 16_000 + "\nAnna" + ",x" * 16_000 + "\n", encoding="utf-8")
    [row] = read_all(path)
    assert row.values["last_name"] == "Anna"
    assert len(row.extra) == 16_000


def test_a_small_archive_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/workbook.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(500):
            member.write(bytes(1_000_000))
    with pytest.raises(ListFileError, match="unpacks"):
        read_table(path)


@pytest.mark.parametrize("cell", [(1_048_575, 16_383), (1_048_575, 100)])
def test_a_forgotten_cell_at_the_far_end_of_a_sheet_is_refused(
    tmp_path: Path, cell: tuple[int, int]
) -> None:
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ["Name", "Anna Bell"])
        sheet.write_string(*cell, "forgotten")
    with pytest.raises(ListFileError, match="far away"):
        read_table(path)


def test_empty_cells_that_are_only_coloured_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "coloured.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ["Name", "Anna Bell"])
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bg_color": "red"}))
    assert read_table(path).rows == [("Anna Bell",)]


@pytest.mark.parametrize("size", [57, 58, 59, 60, 64, 71, 1000])
def test_a_sheet_that_is_read_in_pieces_of_any_size_need_not_be_parsed(size: int) -> None:
    sheet = sheet_of_cells(("A1", "B1", "A2", "AB100000", "C100000"))
    readings = []

    def read() -> Chunks:
        readings.append(size)
        return (sheet[start : start + size] for start in range(0, len(sheet), size))

    assert worksheet_cells(read) >= 28 * 100_000
    assert len(readings) == 1


@pytest.mark.parametrize("name", ["c", "x:c", f"{'long' * 100}:c"])
@pytest.mark.parametrize("size", [57, 100, 1000])
def test_a_far_cell_is_seen_wherever_the_pieces_of_its_sheet_end(name: str, size: int) -> None:
    sheet = sheet_of_cells(("A1", "XFD1048576"), name)

    def read() -> Chunks:
        return (sheet[start : start + size] for start in range(0, len(sheet), size))

    assert worksheet_cells(read) == 16_384 * 1_048_576


def sheet_of_cells(references: Sequence[str], name: str = "c") -> bytes:
    cells = (f'<row><{name} r="{one}"><v>1</v></{name}></row>' for one in references)
    rows = "".join(cells)
    return f'<?xml version="1.0"?><worksheet><sheetData>{rows}</sheetData></worksheet>'.encode()
