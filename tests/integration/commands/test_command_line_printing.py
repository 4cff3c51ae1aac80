"""Single badges from the command line, through the print queue of the desk."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest
from command_line import answer, run

from checkin_app.scanning.pictures import iter_pdf_codes
from checkin_app.settings import settings_path

POINTS_PER_MM = 72 / 25.4


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user with settings of his own."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "user"))
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    return tmp_path / "user"


@pytest.fixture
def badges(tmp_path: Path) -> Path:
    """A folder that is used as a printer."""
    folder = tmp_path / "badges"
    folder.mkdir()
    return folder


@pytest.fixture
def code(sample_path: Path) -> str:
    """The code of Lukas Nögel."""
    return answer("find", sample_path, "nogel")["results"][0]["code"]


def test_a_badge_is_printed_as_large_as_the_label_with_the_code_of_its_person(
    sample_path: Path, badges: Path, code: str
) -> None:
    where = f"folder:{badges}"
    made = answer("print", sample_path, code, "--printer", where, "--stock", "85x54 on A4")
    assert [job["state"] for job in made["jobs"]] == ["done"]
    (file,) = badges.iterdir()
    assert [found.text for page in iter_pdf_codes(file) for found in page] == [code]
    with pypdfium2.PdfDocument(file) as pdf:
        width, height = pdf[0].get_size()
    assert (round(width / POINTS_PER_MM, 1), round(height / POINTS_PER_MM, 1)) == (85.0, 54.0)


def test_a_reprint_notes_its_reason_for_good(sample_path: Path, badges: Path, code: str) -> None:
    for reason in ("asked", "lost"):
        answer("print", sample_path, code, "--printer", f"folder:{badges}", "--reason", reason)
    found = answer("find", sample_path, "nogel")["results"][0]
    assert found["badge_prints"] == 2
    assert answer("verify", sample_path)["ok"]


def test_what_the_printer_cannot_take_waits_and_is_printed_when_it_is_back(
    sample_path: Path, tmp_path: Path, code: str
) -> None:
    away = tmp_path / "stick" / "badges"
    words = ("--printer", f"folder:{away}")
    waiting = answer("print", sample_path, code, *words, "--wait", "0", status=1)
    assert [(job["state"], job["trouble"]) for job in waiting["jobs"]] == [("waiting", "offline")]
    away.mkdir(parents=True)
    other = answer("find", sample_path, "svedin")["results"][0]["code"]
    done = answer("print", sample_path, other, *words)
    assert [job["state"] for job in done["jobs"]] == ["done"]
    printed = {
        found.text for file in away.iterdir() for page in iter_pdf_codes(file) for found in page
    }
    assert printed == {code, other}


def test_a_badge_is_reported_however_many_others_wait(
    sample_path: Path, badges: Path, tmp_path: Path, code: str
) -> None:
    away = f"folder:{tmp_path / 'stick'}"
    answer("print", sample_path, *[code] * 210, "--printer", away, "--wait", "0", status=1)
    done = answer("print", sample_path, code, "--printer", f"folder:{badges}")
    assert [job["state"] for job in done["jobs"]] == ["done"]


def test_a_folder_is_the_same_one_from_wherever_the_badges_are_printed_later(
    sample_path: Path, tmp_path: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    waiting = answer("print", sample_path, code, "--printer", "folder:b", "--wait", "0", status=1)
    assert [job["printer"] for job in waiting["jobs"]] == [f"folder:{tmp_path / 'b'}"]


def test_a_layout_is_that_of_the_desk_from_now_on(
    sample_path: Path, badges: Path, code: str
) -> None:
    where = ("--printer", f"folder:{badges}")
    refused = run("print", sample_path, code, *where, "--layout", "velvet")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert 'There is no layout "velvet"' in refused.stderr
    answer("print", sample_path, code, *where, "--layout", "thermal")
    answer("print", sample_path, code, *where)
    first, second = badges.iterdir()
    assert first.read_bytes() == second.read_bytes()
    answer("print", sample_path, code, *where, "--layout", "name-first")
    assert len({file.read_bytes() for file in badges.iterdir()}) == 2


@pytest.mark.parametrize(
    ("printer", "words"),
    [("brother:10.0.0.8,velvet", "Neither a model nor a roll"), ("zebra:a b", "is no address")],
)
def test_an_address_that_is_none_is_refused_before_a_badge_waits_for_it(
    sample_path: Path, code: str, printer: str, words: str
) -> None:
    done = run("print", sample_path, code, "--printer", printer)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_nobody_is_printed_when_one_code_is_nobodys(
    sample_path: Path, badges: Path, code: str
) -> None:
    done = run("print", sample_path, code, "NOBODY", "--printer", f"folder:{badges}")
    assert (done.returncode, done.stdout) == (2, "")
    assert "“NOBODY” is nobody's code" in done.stderr
    assert not list(badges.iterdir())


@pytest.mark.parametrize("printer", ["Badges", "laser:Badges", "folder:", ""])
def test_a_printer_of_no_known_kind_is_refused_with_the_ways_to_name_one(
    sample_path: Path, printer: str
) -> None:
    done = run("print", sample_path, "X", "--printer", printer)
    assert done.returncode == 2
    assert "write cups:NAME, folder:PATH" in done.stderr


def test_stock_that_nobody_knows_is_refused_and_not_remembered(
    sample_path: Path, badges: Path, code: str
) -> None:
    words = ("print", sample_path, code, "--printer", f"folder:{badges}", "--stock", "velvet 3x3")
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert not list(badges.iterdir())
    assert not [one for one in answer("printers")["printers"] if one["stock"]]


def test_without_a_printer_it_is_said_that_none_is_chosen(sample_path: Path, code: str) -> None:
    done = run("print", sample_path, code)
    assert (done.returncode, done.stdout) == (2, "")
    assert "No printer is chosen" in done.stderr


def test_printers_that_were_set_up_are_listed_with_their_state(
    sample_path: Path, badges: Path, code: str
) -> None:
    where = f"folder:{badges}"
    answer("print", sample_path, code, "--printer", where, "--stock", "85x54 on A4")
    listed = {one["id"]: one for one in answer("printers")["printers"]}
    assert listed[where]["troubles"] == []
    assert listed[where]["stock"]
    badges.rename(badges.with_name("away"))
    listed = {one["id"]: one for one in answer("printers")["printers"]}
    assert listed[where]["troubles"] == ["offline"]


def test_the_printer_of_the_desk_is_listed_though_nobody_set_it_up(
    badges: Path, user: Path
) -> None:
    where = f"folder:{badges}"
    settings = settings_path()
    settings.parent.mkdir(parents=True)
    chosen = {"devices": {"printing": {"printer": where, "fallback": where}}}
    settings.write_text(json.dumps(chosen), encoding="utf-8")
    listed = [one["id"] for one in answer("printers")["printers"]]
    assert listed.count(where) == 1
