"""Lists made to harm are refused or read, in little memory, and nothing is touched."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

import pytest
from hostile_workbooks import (
    LAUGHS,
    PEOPLE,
    ods_cell,
    ods_row,
    with_size_claimed,
    worksheet,
    write_ods,
    write_xlsx,
)

pytest.importorskip("resource", reason="Memory is measured in the way of Unix.")

MOST_MEGABYTES = 700
LISTS = Path(__file__).parents[1] / "data" / "lists"
_READ = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
from checkin_app.errors import ListFileError
from checkin_app.services.list_import.registration_lists import read_list
try:
    print("read", len(read_list(Path(sys.argv[1])).table.rows))
except ListFileError as error:
    print("refused", error)
status = Path("/proc/self/status")
if status.exists():  # here getrusage counts what the parent had when it forked
    [peak] = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
    print(int(peak.split()[1]) >> 10)
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 20)
"""


def answer_to(path: Path) -> str:
    """What the program says to a list, read in a process of its own with little memory."""
    before = {file: file.stat() for file in path.parent.iterdir()}
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(path)], capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answer, megabytes = done.stdout.strip().splitlines()
    assert int(megabytes) < MOST_MEGABYTES
    after = {file: file.stat() for file in path.parent.iterdir()}
    assert {f: s.st_mtime_ns for f, s in after.items()} == {
        f: s.st_mtime_ns for f, s in before.items()
    }
    return answer


def far(attributes: str, element: str = "c") -> str:
    """People, and one cell at the far end of the sheet."""
    return worksheet(f'{PEOPLE}<row r="1048576"><{element} {attributes}><v>5</v></{element}></row>')


@pytest.mark.parametrize(
    "sheet",
    [
        far('r="XFD1048576"'),
        far('t="n" r="XFD1048576"'),
        far('r = "XFD1048576"'),
        far("r='XFD1048576'"),
        far('r="xfd1048576"'),
        far('t=">" r="XFD1048576"'),
        far('r="XFD1048576"', "x:c").replace("<worksheet", '<worksheet xmlns:x="urn:x"'),
        worksheet(f'{PEOPLE}<row r="1048576">{"<c/>" * 5000}<c><v>5</v></c></row>'),
        far('r="XFD1048576"').replace("UTF-8", "UTF-16").encode("utf-16"),
    ],
    ids=["plain", "late", "spaced", "quoted", "small", "tag-end", "prefix", "unnumbered", "utf-16"],
)
def test_a_forgotten_cell_however_it_is_written(tmp_path: Path, sheet: str | bytes) -> None:
    assert "far away" in answer_to(write_xlsx(tmp_path / "far.xlsx", sheet))


def test_a_sheet_under_the_name_of_a_picture(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "far.xlsx", far('r="XFD1048576"'), sheet_name="x.png")
    assert "far away" in answer_to(path)


@pytest.mark.parametrize(
    "rows",
    [
        ods_row(ods_cell("a"), repeats=2_000_000_000),
        ods_row(ods_cell("a", repeats=2_000_000_000)),
        ods_row(ods_cell("a", repeats=16_384), repeats=100_000),
        ods_row(ods_cell("", repeats=1_000_000), ods_cell("a"), repeats=1_000),
    ],
    ids=["rows", "columns", "both", "after-empty"],
)
def test_a_spreadsheet_that_repeats_a_cell_without_end(tmp_path: Path, rows: str) -> None:
    assert "far away" in answer_to(write_ods(tmp_path / "list.ods", rows))


def test_the_empty_rest_of_a_spreadsheet_does_no_harm(tmp_path: Path) -> None:
    rest = ods_row(ods_cell("", repeats=16_384), repeats=1_048_574)
    assert answer_to(write_ods(tmp_path / "list.ods", rest)) == "read 1"


def test_laughing_entities(tmp_path: Path) -> None:
    laughing = worksheet(PEOPLE.replace("Ann", "&lol9;"), before=LAUGHS)
    assert answer_to(write_xlsx(tmp_path / "list.xlsx", laughing)).startswith("refused")
    laughing_cell = ods_row(ods_cell("&lol9;"))
    path = write_ods(tmp_path / "list.ods", laughing_cell, before=LAUGHS)
    assert answer_to(path).startswith("refused")


def bomb() -> Iterator[bytes]:
    """A worksheet of half a gigabyte."""
    start, end = worksheet("@").encode().split(b"@")
    yield start + PEOPLE.encode()
    yield from repeat(b'<row><c t="inlineStr"><is><t>bomb</t></is></c></row>' * 10_000, 1_000)
    yield end


def test_a_small_file_that_unpacks_to_half_a_gigabyte(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list.xlsx", bomb())
    assert path.stat().st_size < 5_000_000
    assert "unpacks to more" in answer_to(path)
    assert answer_to(with_size_claimed(path, "sheet1.xml", 1000)).startswith("refused")


def test_a_hundred_million_shared_texts(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "list.xlsx",
        worksheet(PEOPLE),
        shared=(b"<sst>", *repeat(b"<si/>" * 100_000, 1_000), b"</sst>"),
    )
    assert "unpacks to more" in answer_to(path)


def test_a_part_that_claims_two_gigabytes(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list.xlsx", worksheet(PEOPLE))
    assert "unpacks to more" in answer_to(with_size_claimed(path, "sheet1.xml", 2**31 - 1))


def test_files_of_two_gigabytes(tmp_path: Path) -> None:
    for name, start in (("list.csv", b"First name,Last name\n"), ("list.xlsx", b"PK\x03\x04")):
        path = tmp_path / name
        with path.open("wb") as file:
            file.write(start)
            file.truncate(2**31)
        assert answer_to(path).startswith("refused")


def test_a_sheet_as_wide_as_excel_has_them(tmp_path: Path) -> None:
    head = "".join(f'<c t="inlineStr"><is><t>Name {n}</t></is></c>' for n in range(16_384))
    row = '<row><c t="inlineStr"><is><t>v</t></is></c></row>'
    path = write_xlsx(tmp_path / "list.xlsx", worksheet(f"<row>{head}</row>{row}"))
    assert answer_to(path) == "read 1"


@pytest.mark.parametrize("name", ["hand-kept.xlsx", "libreoffice.ods", "eusurvey.xlsx"])
def test_a_workbook_cut_off_anywhere(tmp_path: Path, name: str) -> None:
    whole = (LISTS / name).read_bytes()
    for share in (0.1, 0.5, 0.9, 0.99):
        path = tmp_path / name
        path.write_bytes(whole[: int(len(whole) * share)])
        assert answer_to(path).startswith("refused")


def test_a_binary_workbook_says_how_to_save_it(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsb"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\x83\x01\x00")
    assert "save it as .xlsx" in answer_to(path)
