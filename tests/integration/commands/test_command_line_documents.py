"""Lists and documents out, and ticks of the paper list in, as their users run them."""

from __future__ import annotations

import csv
from pathlib import Path

import pypdfium2
import pytest
from command_line import answer, answers, run

AT_NOON = ("--at", "2024-05-06T12:00")


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def codes_on_paper(event: Path, folder: Path) -> list[str]:
    """The short codes of the paper list, in the order of its pages."""
    file = folder / "paper.pdf"
    answer("document", event, "paper-list", "-o", file)
    words = text_of(file).split()
    alphabet = set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    return [word for word in words if len(word) == 5 and set(word) <= alphabet]


def test_ticks_of_the_paper_list_come_in_by_their_codes(sample_path: Path, tmp_path: Path) -> None:
    codes = codes_on_paper(sample_path, tmp_path)
    lines = "\n".join([*codes[:3], codes[0].lower(), codes[4][::-1]])
    given = answers("paper-ticks", sample_path, "-", *AT_NOON, given=lines.encode(), status=1)
    results = [line["result"] for line in given]
    assert results[:4] == ["taken", "taken", "taken", "already_in"]
    assert results[4] in ("slip", "unknown")
    assert given[0]["at"] == "2024-05-06T10:00:00Z"
    assert given[0]["attendee"]["checked_in_at"] == "2024-05-06T10:00:00Z"
    assert answer("stats", sample_path)["checked_in"] == 3
    assert answer("verify", sample_path)["ok"]
    said = run("paper-ticks", sample_path, codes[0])
    assert (said.returncode, "was in already, 12:00" in said.stdout) == (1, True)


@pytest.mark.parametrize("kind", ["attendance", "signatures", "no-shows", "paper-list"])
def test_every_document_is_made(sample_path: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "list.pdf"
    made = answer("document", sample_path, kind, "-o", file)
    assert made["file"] == str(file)
    assert made["people"] > 100
    assert "Page 1 of" in text_of(file)


def test_certificates_are_one_each_or_one_file(sample_path: Path, tmp_path: Path) -> None:
    none = run("document", sample_path, "certificates", "-o", tmp_path / "c")
    assert (none.returncode, none.stderr.count("\n")) == (2, 1)
    codes = codes_on_paper(sample_path, tmp_path)
    answers("paper-ticks", sample_path, *codes[:3], *AT_NOON)
    folder, file = tmp_path / "certificates", tmp_path / "all.pdf"
    assert answer("document", sample_path, "certificates", "-o", folder)["people"] == 3
    assert len([*folder.glob("*.pdf")]) == 3
    signed = ("--one-file", "--signed-by", "Eva Nagy")
    answer("document", sample_path, "certificates", "-o", file, *signed)
    assert text_of(file).count("Eva Nagy") == 3


def test_a_csv_has_the_delimiter_of_the_region_or_the_one_asked_for(
    sample_path: Path, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    for words, language, delimiter in (
        ((), "de_DE.UTF-8", ";"),
        ((), "C", ","),
        (("--delimiter", "tab"), "de_DE.UTF-8", "\t"),
    ):
        done = run("export", sample_path, file, *words, LC_ALL=language)
        assert done.returncode == 0, done.stderr
        with file.open(encoding="utf-8-sig", newline="") as handle:
            assert next(csv.reader(handle, delimiter=delimiter))[0] == "code"


def test_no_shows_go_out_for_spreadsheets_and_for_people(sample_path: Path, tmp_path: Path) -> None:
    for name in ("missing.xlsx", "missing.pdf"):
        made = answer("export", sample_path, tmp_path / name, "--what", "no-shows")
        assert made["rows"] > 100


@pytest.mark.parametrize(
    "words",
    [
        ("document", "EVENT", "certificates", "-o", "all.docx", "--one-file"),
        ("document", "EVENT", "attendance", "-o", "list.txt"),
        ("document", "EVENT", "attendance", "-o", "list.pdf", "--after"),
        ("document", "EVENT", "no-shows", "-o", "list.pdf", "--per-day"),
        ("document", "EVENT", "paper-list", "-o", "list.pdf", "--list", "No such list"),
        ("document", "EVENT", "signatures", "-o", "list.pdf", "--before", "--after"),
        ("document", "EVENT", "minutes", "-o", "list.pdf"),
        ("export", "EVENT", "a.csv", "--delimiter", "x"),
        ("export", "EVENT", "a.csv", "--what", "ledger", "--list", "Registration desk"),
        ("paper-ticks", "EVENT", "AAAAA", "--at", "2999-01-01"),
    ],
)
def test_what_cannot_be_done_is_one_line(sample_path: Path, words: tuple[str, ...]) -> None:
    code = codes_on_paper(sample_path, sample_path.parent)[0]
    given = [str(sample_path) if word == "EVENT" else word for word in words]
    done = run(*(code if word == "AAAAA" else word for word in given))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
