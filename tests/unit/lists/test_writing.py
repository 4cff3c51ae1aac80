"""Lists out: harmless in a spreadsheet, and the same when they come in again."""

from __future__ import annotations

import csv
import errno
import json
import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from checkin_app.errors import CheckinError, UsageError
from checkin_app.lists.reading.cleaning import clean_cell
from checkin_app.lists.reading.readers import read_table
from checkin_app.lists.writing.formula_guard import guarded, unguarded
from checkin_app.lists.writing.writers import write_rows

FULL_WIDTH = ("\uff1d", "\uff0b", "\uff0d", "\uff20")
DANGEROUS = [
    *("=1+1", "+32 2 123", "-2", "@SUM(A1)", "'=x", "''@y", "'t Hoff", "'", "Ὀδυσσεύς", ""),
    *(f"{sign}1" for sign in FULL_WIDTH),
    *("x;=1+1;y", 'x;"=1+1";y', "a,-b", "a|+1", "x;'=1", "Bell, -y"),
]
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", *FULL_WIDTH)


def test_a_csv_reads_back_unchanged_and_nothing_in_it_can_run(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_rows(path, ["Name", "-Note"], [["Anna", text] for text in DANGEROUS])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as handle:
        cells = [cell for row in csv.reader(handle) for cell in row]
    assert not any(cell.startswith(FORMULA_STARTS) for cell in cells)
    table = read_table(path)
    assert table.columns == ("Name", "-Note")
    assert [row[1] for row in table.rows] == DANGEROUS


@pytest.mark.parametrize("written", [",", ";", "\t"])
@pytest.mark.parametrize("opened", [",", ";", "\t", "|"])
def test_nothing_can_run_when_a_csv_is_opened_with_another_delimiter(
    tmp_path: Path, written: str, opened: str
) -> None:
    path = tmp_path / "out.csv"
    write_rows(path, ["Name", "Note"], [["Anna", text] for text in DANGEROUS], delimiter=written)
    with path.open(encoding="utf-8-sig", newline="") as handle:
        cells = [cell for row in csv.reader(handle, delimiter=opened) for cell in row]
    assert not any(cell.lstrip('"').startswith(FORMULA_STARTS) for cell in cells)
    assert [row[1] for row in read_table(path, delimiter=written).rows] == DANGEROUS


@given(st.text() | st.text(alphabet="'\"=-;,|x \t\n"))
def test_the_guard_is_harmless_and_comes_off_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(FORMULA_STARTS)


@given(st.lists(st.tuples(st.text().map(clean_cell), st.text().map(clean_cell)), min_size=1))
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_whatever_is_written_is_read_back(
    tmp_path: Path, ending: str, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path / f"out.{ending}"
    people = [(f"Person {number}", *row) for number, row in enumerate(rows)]
    write_rows(path, ["Full name", "First", "Second"], people)
    table = read_table(path, delimiter="," if ending == "csv" else None)
    assert table.rows == people


def test_a_workbook_holds_text_as_text_and_dates_as_dates(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    moment = datetime(2024, 5, 6, 12, 34, 56)
    rows = [[text, 7, moment, date(2024, 5, 6)] for text in [*DANGEROUS, "http://example.org"]]
    assert write_rows(path, ["Text", "Number", "Moment", "Day"], rows) == len(rows)
    header, *body = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert header == ["Text", "Number", "Moment", "Day"]
    assert [row[0] for row in body] == [*DANGEROUS, "http://example.org"]
    assert body[0][1:] == [7.0, moment, date(2024, 5, 6)]


def test_a_workbook_keeps_its_head_in_sight_and_can_be_filtered(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_rows(path, ["code", "organisation"], [["007", "x" * 300], ["1E5", "y"]])
    with ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert '<pane ySplit="1" topLeftCell="A2"' in sheet
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:B3"/>' in sheet
    widths = [float(width) for width in re.findall(r'<col [^>]*width="([0-9.]+)"', sheet)]
    assert widths[0] < 15 < widths[1] < 60
    assert sheet.count('t="inlineStr"') == 6


def test_a_text_too_long_for_excel_shows_that_its_end_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_rows(path, ["Text"], [["x" * 40_000]])
    cell = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1][0]
    assert cell == "x" * 32_766 + "…"


def test_json_has_one_object_a_row_with_times_in_utc(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    at = datetime(2024, 5, 6, 10, 34, tzinfo=UTC)
    write_rows(path, ["name", "at", "count", "none"], [["Žofia", at, 2, None]])
    assert json.loads(path.read_text(encoding="utf-8")) == [
        {"name": "Žofia", "at": "2024-05-06T10:34:00Z", "count": 2, "none": None}
    ]
    write_rows(path, ["name"], [])
    assert json.loads(path.read_text(encoding="utf-8")) == []


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.csv, \.xlsx, \.json"):
        write_rows(tmp_path / "out.doc", ["a"], [])


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_a_file_that_cannot_be_written_is_a_clear_error(tmp_path: Path, ending: str) -> None:
    with pytest.raises(CheckinError, match="no folder"):
        write_rows(tmp_path / "missing" / f"out.{ending}", ["a"], [["b"]])


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_a_list_that_fails_halfway_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"out.{ending}"
    path.write_text("old", encoding="utf-8")

    def rows_until_the_disk_is_full() -> Iterator[list[str]]:
        yield ["first"]
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(CheckinError, match="disk is full"):
        write_rows(path, ["a"], rows_until_the_disk_is_full())
    assert [*tmp_path.iterdir()] == [path]
    assert path.read_text(encoding="utf-8") == "old"


def test_drafts_of_a_workbook_lie_only_where_a_killed_program_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    seen: list[Path] = []

    def rows() -> Iterator[tuple[str]]:
        yield ("Nowak",)
        seen.extend(temporary.iterdir())
        yield ("Kowalska",)

    write_rows(tmp_path / "list.xlsx", ["Name"], rows())
    (folder,) = seen
    assert folder.name.startswith("checkin-app-scratch-")
    assert [*temporary.iterdir()] == []
