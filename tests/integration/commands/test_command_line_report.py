"""The numbers by command: as a document, as a picture, and for programs."""

from __future__ import annotations

import json

import pypdfium2
from command_line import answer, run
from PIL import Image

ON_THE_DAY = ("--at", "2024-05-06T12:40:00+02:00")


def check_in_some(event, count=3) -> list[str]:
    people = answer("find", event, "a", "--limit", "30")["results"]
    codes = [one["code"] for one in people if one["status"] == "confirmed"][:count]
    run("scan", event, *codes, codes[0], *ON_THE_DAY)
    return codes


def test_the_report_is_a_document_of_the_list_asked_for(sample_path, tmp_path):
    check_in_some(sample_path)
    told = answer("report", sample_path, "-o", tmp_path / "numbers.pdf")
    assert told == {
        "file": str(tmp_path / "numbers.pdf"),
        "list": "Registration desk",
        "arrived": 3,
    }
    with pypdfium2.PdfDocument(tmp_path / "numbers.pdf") as document:
        first = document[0].get_textpage().get_text_range()
    assert "Numbers: Registration desk" in first
    assert "of 147 expected" in first


def test_the_report_may_be_a_picture_of_another_list(sample_path, tmp_path):
    file = tmp_path / "numbers.png"
    said = run("report", sample_path, "-o", file, "--list", "discussion-1", "--scale", "1")
    assert said.stdout == f"{file}: 0 of 60 have come.\n"
    with Image.open(file) as picture:
        assert picture.size == (1280, 800)


def test_a_report_of_another_kind_is_refused_before_anything_is_opened(sample_path, tmp_path):
    refused = run("report", sample_path, "-o", tmp_path / "numbers.docx")
    assert refused.returncode == 2
    assert "Choose such a file name" in refused.stderr
    assert list(tmp_path.glob("numbers*")) == []


def test_programs_are_told_what_the_dashboard_knows(sample_path):
    check_in_some(sample_path)
    told = json.loads(run("stats", sample_path, "--json", "--list", "registration").stdout)
    assert told["refusals"] == {"already_in": 1}
    assert told["desks"] == {"Desk 1": 3}
    assert told["badges"] == {"people": 0, "prints": 0, "spoilt": 0, "reprints": {}}
    assert told["tickets_sent"] == told["gone"] == 0
    assert sum(one["expected"] for one in told["by_country"].values()) == told["expected"]
    assert sum(one["checked_in"] for one in told["by_organisation"].values()) == 3
