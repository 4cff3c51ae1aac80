"""Badges from the command line: which people, on which sheets, in which trays, how printed."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from command_line import answer, run

from checkin_app.badges.layouts.built_in import built_in_layout

POINTS_PER_MM = 72 / 25.4


def text_of(file: Path) -> list[str]:
    with pypdfium2.PdfDocument(file) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without own stock and offsets."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "user"))
    return tmp_path / "user"


def test_stock_is_named_by_brand_and_number(sample_path: Path, tmp_path: Path) -> None:
    made = answer("badges", sample_path, "-o", tmp_path / "b.pdf", "--stock", "Avery C32015")
    assert (made["badges"], made["sheets"], made["proof_read"]) == (147, 19, 147)


def test_doubtful_stock_asks_for_a_test_sheet(sample_path: Path, tmp_path: Path) -> None:
    made = answer("badges", sample_path, "-o", tmp_path / "b.pdf", "--stock", "Avery L4785")
    kinds = [finding["kind"] for finding in made["findings"]]
    assert kinds.count("stock_unverified") == 1


def test_each_tray_begins_with_its_name_and_an_index(sample_path: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.pdf"
    made = answer("badges", sample_path, "-o", file, "--tray-split", "A-M,N-Z")
    pages = text_of(file)
    assert made["proof_read"] == made["badges"] == 147
    assert pages[0].startswith("A–M")
    assert "Svedin, Ola" in " ".join(pages)
    svedin = answer("find", sample_path, "svedin")["results"][0]
    assert svedin["badge_prints"] == 1


def test_a_part_used_sheet_is_filled_where_it_is_free(sample_path: Path, tmp_path: Path) -> None:
    words = ("--first-slot", "2", "--skip-slots", "3,5-6", "--category", "expert")
    made = answer("badges", sample_path, "-o", tmp_path / "b.pdf", *words)
    free_on_the_first = 10 - 1 - 3
    assert made["sheets"] == 1 + -(-(made["badges"] - free_on_the_first) // 10)


def test_a_run_is_resumed_by_sheet_and_only_those_sheets_are_noted(
    sample_path: Path, tmp_path: Path
) -> None:
    first = answer("badges", sample_path, "-o", tmp_path / "1.pdf", "--sheets", "1-4")
    assert (first["badges"], first["sheets"]) == (40, 4)
    rest = answer("badges", sample_path, "-o", tmp_path / "2.pdf", "--sheets", "5-")
    assert rest["badges"] == 107
    everybody = run("badges", sample_path, "-o", tmp_path / "3.pdf", "--status", "unprinted")
    assert everybody.returncode == 2
    assert "nobody" in everybody.stderr


def test_copies_lie_side_by_side(sample_path: Path, tmp_path: Path) -> None:
    made = answer(
        "badges", sample_path, "-o", tmp_path / "b.pdf", "--copies", "2", "--category", "expert"
    )
    assert made["badges"] % 2 == 0
    assert made["proof_read"] == made["badges"]


def test_backs_follow_their_fronts(sample_path: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.pdf"
    words = ("--stock", "A6 on A4", "--layout", "lanyard-a6", "--duplex", "long-edge")
    made = answer("badges", sample_path, "-o", file, *words)
    pages = text_of(file)
    assert len(pages) == 2 * made["sheets"]
    assert "12:30" in pages[1]
    assert made["proof_read"] == made["badges"]


def test_the_offset_of_a_printer_moves_the_whole_page(
    user: Path, sample_path: Path, tmp_path: Path
) -> None:
    plain, moved = tmp_path / "plain.pdf", tmp_path / "moved.pdf"
    answer("badges", sample_path, "-o", plain)
    answer("badges", sample_path, "-o", moved, "--offset", "1.5,-2")
    assert first_letter_mm(moved) == pytest.approx(
        (first_letter_mm(plain)[0] + 1.5, first_letter_mm(plain)[1] - 2), abs=0.02
    )
    answer("test-sheet", "85x54 on A4", "--printer", "Hall", "--measured", "-1.5,2")
    kept = tmp_path / "kept.pdf"
    made = answer("badges", sample_path, "-o", kept, "--printer", "Hall")
    assert first_letter_mm(kept) == pytest.approx(first_letter_mm(moved), abs=0.02)
    assert made["proof_read"] == made["badges"]
    said = run("badges", sample_path, "-o", kept, "--printer", "Hal", "--no-proof").stdout
    assert "No offset of the printer “Hal” is kept for 85x54 on A4" in said


def first_letter_mm(file: Path) -> tuple[float, float]:
    """Where the first letter of a page stands, from the page's top left corner."""
    with pypdfium2.PdfDocument(file) as pdf:
        page = pdf[0]
        left, bottom, _right, _top = page.get_textpage().get_charbox(0)
        return left / POINTS_PER_MM, (page.get_height() - bottom) / POINTS_PER_MM


def test_whoever_was_changed_since_printed_is_printed_again(
    sample_path: Path, tmp_path: Path
) -> None:
    answer("badges", sample_path, "-o", tmp_path / "1.pdf")
    listed = tmp_path / "list.csv"
    code = answer("find", sample_path, "svedin")["results"][0]["code"]
    listed.write_text(
        f"code,first_name,last_name,organisation\n{code},Ola,Svedin,Kluster i Sverige\n",
        encoding="utf-8",
    )
    assert answer("import", sample_path, listed)["updated"] == 1
    made = answer("badges", sample_path, "-o", tmp_path / "2.pdf", "--status", "changed")
    assert made["badges"] == 1
    assert "Kluster i Sverige" in text_of(tmp_path / "2.pdf")[0]
    done = run("badges", sample_path, "-o", tmp_path / "3.pdf", "--status", "changed")
    assert done.returncode == 2


def test_only_those_registered_since_a_day_are_printed(sample_path: Path, tmp_path: Path) -> None:
    done = run("badges", sample_path, "-o", tmp_path / "b.pdf", "--since", "2999-01-01")
    assert (done.returncode, "nobody" in done.stderr) == (2, True)
    made = answer("badges", sample_path, "-o", tmp_path / "b.pdf", "--since", "2000-01-01T09:00")
    assert made["badges"] == 147


def test_a_layout_file_is_used_and_then_known_to_the_event(
    sample_path: Path, tmp_path: Path
) -> None:
    copied = tmp_path / "gala.toml"
    answer("layouts", "--copy", "name-first", "-o", copied)
    answer("badges", sample_path, "-o", tmp_path / "1.pdf", "--layout", copied)
    copied.unlink()
    made = answer("badges", sample_path, "-o", tmp_path / "2.pdf", "--layout", "gala")
    assert made["badges"] == 147


def test_a_mistake_in_a_layout_file_is_told_with_its_line(
    sample_path: Path, tmp_path: Path
) -> None:
    file = tmp_path / "gala.toml"
    file.write_text(
        built_in_layout().source.replace("{organisation}", "{organization}", 1), encoding="utf-8"
    )
    done = run("badges", sample_path, "-o", tmp_path / "b.pdf", "--layout", file)
    assert done.returncode == 2
    assert "gala.toml, line " in done.stderr
    assert "Did you mean {organisation}?" in done.stderr
    assert not (tmp_path / "b.pdf").exists()


def test_stock_is_searched_and_a_test_sheet_written(user: Path, tmp_path: Path) -> None:
    found = answer("stock", "avery", "5395")["stock"]
    assert found[0]["name"] == "Avery 5395"
    assert found[0]["slots"] == 8
    file = tmp_path / "test.pdf"
    made = answer("test-sheet", "Avery 5395", "-o", file)
    assert made["offset"] == {"right_mm": 0, "down_mm": 0, "scale_x": 1, "scale_y": 1}
    assert "Avery 5395" in text_of(file)[0]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--skip-slots", "0"), "slots are counted from 1"),
        (("--skip-slots", "x"), "write the slots as 3,7-9"),
        (("--skip-slots", "1-10"), "slot"),
        (("--copies", "0"), "1 to 99"),
        (("--sheets", "9-3"), "smaller number first"),
        (("--sheets", "99-"), "there is no sheet 99"),
        (("--offset", "a,b"), "write millimetres"),
        (("--offset", "nan,0"), "write millimetres"),
        (("--tray-split", "M-A"), "tray"),
        (("--since", "yesterday"), "write the day"),
        (("--stock", "L4785000"), "nearest"),
        (("--duplex", "sideways"), "long-edge"),
        (("--cut-and-stack", "--first-slot", "3"), "stacks"),
        (("--photos", "nowhere"), "no folder nowhere"),
        (("--fonts", "nowhere"), "no folder nowhere"),
    ],
)
def test_impossible_choices_are_answered_in_words_and_nothing_is_written(
    sample_path: Path, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    file = tmp_path / "b.pdf"
    done = run("badges", sample_path, "-o", file, *words)
    assert done.returncode == 2
    assert told.casefold() in done.stderr.casefold()
    assert done.stderr.count("\n") == 1
    assert not file.exists()


def test_spoilt_badges_are_named_by_place_or_code_and_printed_again(
    sample_path: Path, tmp_path: Path
) -> None:
    answer("badges", sample_path, "-o", tmp_path / "1.pdf", "--sort", "last_name,first_name")
    svedin = answer("find", sample_path, "svedin")["results"][0]
    spoilt = answer("spoilt", sample_path, "2:3", svedin["code"])["spoilt"]
    assert len(spoilt) == 2
    again = tmp_path / "2.pdf"
    made = answer("badges", sample_path, "-o", again, "--status", "spoilt")
    assert made["badges"] == 2
    assert "Ola Svedin" in " ".join(text_of(again)[0].split())
    done = run("badges", sample_path, "-o", tmp_path / "3.pdf", "--status", "spoilt")
    assert (done.returncode, "nobody" in done.stderr) == (2, True)


def test_a_copy_in_another_pile_is_nobody_else(sample_path: Path, tmp_path: Path) -> None:
    """On an odd number of sheets the second pile begins with a second copy."""
    words = ("--category", "National association", "--copies", "2", "--cut-and-stack")
    made = answer("badges", sample_path, "-o", tmp_path / "b.pdf", "--no-proof", *words)
    assert made["sheets"] % 2 == 1
    assert run("spoilt", sample_path, "1:2").returncode == 2
    assert len(answer("spoilt", sample_path, "1:1")["spoilt"]) == 1


def test_a_place_that_is_not_there_notes_nothing(sample_path: Path) -> None:
    done = run("spoilt", sample_path, "99:1")
    assert done.returncode == 2
    assert "Nothing was noted" in done.stderr


def test_the_proof_sheet_shows_the_strangest_names_and_counts_for_nobody(
    sample_path: Path, tmp_path: Path
) -> None:
    made = answer("badges", sample_path, "-o", tmp_path / "proof.pdf", "--proof-sheet")
    assert (made["badges"], made["sheets"]) == (10, 1)
    assert len({pick["reason"] for pick in made["proof"]}) > 3
    printed = answer("find", sample_path, "a")["results"]
    assert not any(person["badge_prints"] for person in printed)


def test_the_printers_dots_decide_whether_a_code_is_fine_enough(
    sample_path: Path, tmp_path: Path
) -> None:
    words = ("--stock", "Herma 4515", "--proof-sheet")
    done = run("badges", sample_path, "-o", tmp_path / "b.pdf", *words, "--dpi", "5")
    assert "dots per inch" in done.stderr
    answer("badges", sample_path, "-o", tmp_path / "b.pdf", *words, "--dpi", "203")
