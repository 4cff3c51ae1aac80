"""Every command as people and programs use it: its answer, its JSON, its exit status."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path

import pytest
from command_line import answer, answers, run, start

ATTENDEE_FIELDS = {
    "id",
    "code",
    "title",
    "first_name",
    "last_name",
    "organisation",
    "role",
    "country",
    "email",
    "category",
    "attention",
    "status",
    "extra",
    "walk_in",
    "checked_in_at",
    "badge_prints",
}
LISTS = Path(__file__).parents[2] / "data" / "lists"
ON_THE_DAY = ("--at", "2024-05-06T12:40:00+02:00")


def exported(event: Path, folder: Path) -> list[dict[str, str]]:
    file = folder / "people.csv"
    answer("export", event, file, "--delimiter", "comma")
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def confirmed_codes(event: Path, folder: Path) -> list[str]:
    return [row["code"] for row in exported(event, folder) if row["status"] == "confirmed"]


def test_new_makes_the_sample_and_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "meeting.checkin"
    made = answer("new", path, "--sample")
    assert made == {"event": str(path), "attendees": 150, "sessions": 12}
    content = path.read_bytes()
    refused = run("new", path, "--sample")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "exists already" in refused.stderr
    assert path.read_bytes() == content


def test_new_makes_an_empty_event(tmp_path: Path) -> None:
    path = tmp_path / "Συνέλευση.checkin"
    words = ("--name", "Assemblée générale", "--date", "2024-05-06", "--timezone", "Europe/Paris")
    assert answer("new", path, *words) == {"event": str(path), "attendees": 0, "sessions": 0}
    assert answer("verify", path) == {"ok": True, "entries": 2, "differences": []}


def test_import_says_what_it_did_and_what_it_would_do(empty_path: Path) -> None:
    would = answer("import", empty_path, LISTS / "excel-deutsch.csv", "--dry-run")
    assert answer("stats", empty_path)["registered"] == 0
    did = answer("import", empty_path, LISTS / "excel-deutsch.csv")
    assert did == would | {"import": did["import"]}
    assert set(did) == {
        *("read", "added", "updated", "unchanged", "rejected", "problems", "mapping"),
        *("encoding", "delimiter", "preset", "gone", "missing", "unclear", "import"),
    }
    assert (did["read"], did["added"], did["rejected"]) == (80, 80, 0)
    assert did["delimiter"] == ";"
    assert "last_name" in did["mapping"]
    assert answer("import", empty_path, LISTS / "excel-deutsch.csv")["unchanged"] == 80


def test_import_with_rejected_rows_ends_with_1_and_names_them(empty_path: Path) -> None:
    report = answer("import", empty_path, LISTS / "hand-kept.xlsx", status=1)
    assert (report["read"], report["added"], report["rejected"]) == (77, 73, 3)
    for problem in report["problems"]:
        assert set(problem) == {"row", "column", "value", "reason", "severity"}
    assert {problem["severity"] for problem in report["problems"]} == {"rejected", "warning"}


def test_import_takes_columns_as_it_is_told(empty_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Prénom,Nom,Ort\nAnna,Nowak,EAPN\n", encoding="utf-8")
    report = answer("import", empty_path, path, "--map", "organisation=Ort")
    assert report["mapping"]["organisation"] == "Ort"
    (found,) = answer("find", empty_path, "eapn")["results"]
    assert (found["first_name"], found["organisation"]) == ("Anna", "EAPN")


def test_scan_answers_one_object_for_each_code(sample_path: Path, tmp_path: Path) -> None:
    first, second = confirmed_codes(sample_path, tmp_path)[:2]
    codes = (first, second.lower(), first, "https://example.org")
    outcomes = answers("scan", sample_path, *codes, "--desk", "Desk 7", *ON_THE_DAY, status=1)
    assert [o["outcome"] for o in outcomes] == [
        "admitted",
        "admitted",
        "already_in",
        "unknown_code",
    ]
    for outcome in outcomes:
        assert set(outcome) == {"code", "outcome", "attendee", "check_in", "notes", "message"}
    assert set(outcomes[0]["attendee"]) == ATTENDEE_FIELDS
    assert outcomes[0]["attendee"]["checked_in_at"] == "2024-05-06T10:40:00Z"
    expected = {"at": "2024-05-06T10:40:00Z", "desk": "Desk 7", "list": "Registration desk"}
    assert outcomes[0]["check_in"] == outcomes[2]["check_in"] == expected
    assert "12:40, Desk 7" in outcomes[2]["message"]
    assert (outcomes[3]["attendee"], outcomes[3]["check_in"]) == (None, None)
    assert "web link" in outcomes[3]["message"]


def test_scan_at_a_door_says_early_and_practice(sample_path: Path, tmp_path: Path) -> None:
    first, second = confirmed_codes(sample_path, tmp_path)[:2]
    early = answer("scan", sample_path, first, "--at", "2024-05-06T09:00:00+02:00")
    assert "early: registration opens 12:30" in early["notes"]
    practice = answer("scan", sample_path, second, "--at", "2026-11-23T12:00:00Z")
    assert "practice: the event is on 6 May 2024" in practice["notes"]
    door = "Discussion 1: value chains"
    at_door = answer("scan", sample_path, first, "--list", door, *ON_THE_DAY)
    assert (at_door["outcome"], at_door["check_in"]["list"]) == ("admitted", door)


def test_scan_reads_lines_and_answers_each_before_the_next(
    sample_path: Path, tmp_path: Path
) -> None:
    codes = confirmed_codes(sample_path, tmp_path)[:3]
    for words in (("--json",), ()):
        desk = start("scan", sample_path, "-", *words)
        assert desk.stdin is not None
        assert desk.stdout is not None
        for code in codes:
            desk.stdin.write(f"{code}\r\n".encode())
            desk.stdin.flush()
            assert desk.stdout.readline()
        desk.communicate()
        assert desk.returncode == (0 if words else 1)


def test_tickets_are_written_and_read_back(sample_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tickets"
    made = answer("tickets", sample_path, "-o", folder)
    assert made == {"tickets": 149, "folder": str(folder), "doubtful": []}
    with (folder / "mail-merge.csv").open(encoding="utf-8-sig", newline="") as handle:
        merge = list(csv.DictReader(handle))
    assert len(merge) == len(list(folder.glob("*.pdf"))) == len(list(folder.glob("*.png"))) == 149
    confirmed = set(confirmed_codes(sample_path, tmp_path))
    one, other = [row for row in merge if row["code"] in confirmed][:2]
    outcomes = answers(
        "scan", sample_path, f"@{folder / one['ticket']}", f"@{folder / other['qr']}"
    )
    assert [(o["outcome"], o["code"]) for o in outcomes] == [
        ("admitted", one["code"]),
        ("admitted", other["code"]),
    ]


def test_a_picture_without_a_code_is_answered(sample_path: Path, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("L", (200, 200), 255).save(tmp_path / "blank.png")
    outcome = answer("scan", sample_path, f"@{tmp_path / 'blank.png'}", status=1)
    assert outcome["outcome"] == "unknown_code"
    assert "Nothing was read" in outcome["message"]


def test_find_searches_as_the_desk_does(sample_path: Path) -> None:
    results = answer("find", sample_path, "aegisson gudm")["results"]
    assert [found["last_name"] for found in results] == ["Ægisson"]
    assert set(results[0]) == ATTENDEE_FIELDS
    assert len(answer("find", sample_path, "a", "--limit", "3")["results"]) == 3
    assert answer("find", sample_path, "nobody like this")["results"] == []


def test_badges_are_written_proof_read_and_recorded(sample_path: Path, tmp_path: Path) -> None:
    file = tmp_path / "badges.pdf"
    made = answer("badges", sample_path, "-o", file, "--category", "press", "--stock", "A6 single")
    assert set(made) == {"badges", "sheets", "file", "findings", "proof_read", "seconds"}
    assert made["badges"] == made["sheets"] == made["proof_read"] > 0
    assert file.read_bytes().startswith(b"%PDF")
    prints = [row for row in exported(sample_path, tmp_path) if row["badge_prints"] != "0"]
    assert len(prints) == made["badges"]
    again = run("badges", sample_path, "-o", file, "--category", "Press", "--status", "unprinted")
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx", "out.json", "out.pdf"])
def test_export_writes_every_format(sample_path: Path, tmp_path: Path, name: str) -> None:
    made = answer("export", sample_path, tmp_path / name)
    assert made["file"] == str(tmp_path / name)
    assert made["rows"] >= 140
    assert (tmp_path / name).stat().st_size > 1000


def test_exported_cells_are_no_formulas_and_come_in_again_unchanged(
    empty_path: Path, tmp_path: Path
) -> None:
    answer("import", empty_path, LISTS / "traps.csv")
    raw = [cell for row in exported(empty_path, tmp_path) for cell in row.values()]
    assert not [cell for cell in raw if cell.startswith(("=", "+", "-", "@", "\t"))]
    before = answer("find", empty_path, "a")["results"]
    again = answer("import", empty_path, tmp_path / "people.csv")
    assert (again["added"], again["rejected"]) == (0, 0)
    after = answer("find", empty_path, "a")["results"]
    assert [{**found, "extra": {}} for found in after] == [
        {**found, "extra": {}} for found in before
    ]


def test_the_ledger_can_be_read_elsewhere(sample_path: Path, tmp_path: Path) -> None:
    code = confirmed_codes(sample_path, tmp_path)[0]
    answer("scan", sample_path, code, *ON_THE_DAY)
    answer("export", sample_path, tmp_path / "ledger.json", "--what", "ledger")
    entries = json.loads((tmp_path / "ledger.json").read_text(encoding="utf-8"))
    last = entries[-1]
    assert (last["kind"], last["at"]) == ("checked in", "2024-05-06T10:40:00Z")


def test_stats_count_arrivals(sample_path: Path, tmp_path: Path) -> None:
    codes = confirmed_codes(sample_path, tmp_path)
    answers("scan", sample_path, *codes[:5], *ON_THE_DAY)
    numbers = answer("stats", sample_path)
    assert set(numbers) >= {
        *("registered", "expected", "checked_in", "walk_ins", "no_shows"),
        *("by_category", "arrivals"),
    }
    assert (numbers["registered"], numbers["expected"]) == (150, len(codes))
    assert (numbers["checked_in"], numbers["no_shows"]) == (5, len(codes) - 5)
    assert numbers["arrivals"] == [["2024-05-06T10:40:00Z", 5]]
    assert sum(c["checked_in"] for c in numbers["by_category"].values()) == 5
    door = answer("stats", sample_path, "--list", "Discussion 1: value chains")
    assert door["checked_in"] == 0
    assert datetime.fromisoformat(numbers["arrivals"][0][0]).tzinfo is not None


@pytest.mark.parametrize(
    "words",
    [
        ("sing",),
        ("scan",),
        ("scan", "EVENT"),
        ("new", "other.checkin"),
        ("new", "other.checkin", "--name", "A", "--date", "6 May"),
        ("new", "other.checkin", "--name", " ", "--date", "2024-05-06"),
        ("new", "other.checkin", "--name", "A", "--date", "2024-05-06", "--timezone", "Mars"),
        ("new", "missing/other.checkin", "--sample"),
        ("verify", "missing.checkin"),
        ("verify", "."),
        ("scan", "EVENT", "X", "--list", "Nowhere"),
        ("scan", "EVENT", "X", "--at", "yesterday"),
        ("scan", "EVENT", "X", "--at", "2024-05-06T12:00:00"),
        ("scan", "EVENT", "X", "--at", "9999-12-31T23:59:59-10:00"),
        ("scan", "EVENT", "@missing.png"),
        ("import", "EVENT", "missing.csv"),
        ("import", "EVENT", str(LISTS / "binary.csv")),
        ("import", "EVENT", str(LISTS / "plain.csv"), "--map", "nonsense"),
        ("import", "EVENT", str(LISTS / "plain.csv"), "--map", "email=No such column"),
        ("export", "EVENT", "list.docx"),
        ("export", "EVENT", "missing/list.csv"),
        ("export", "EVENT", "list.pdf", "--what", "ledger"),
        ("badges", "EVENT", "-o", "b.pdf", "--stock", "no such stock"),
        ("badges", "EVENT", "-o", "b.pdf", "--layout", "no such layout"),
        ("badges", "EVENT", "-o", "b.pdf", "--first-slot", "99"),
        ("badges", "EVENT", "-o", "b.pdf", "--category", "Astronauts"),
        ("badges", "EVENT", "-o", "b.pdf", "--sort", "height"),
        ("stats", "EVENT", "--list", "Nowhere"),
    ],
    ids=lambda words: " ".join(Path(word).name for word in words),
)
def test_what_cannot_be_done_is_said_in_one_line(
    sample_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*(sample_path if word == "EVENT" else word for word in words))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("checkin-app: ")
    assert done.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["sample.checkin"]


def test_names_of_all_europe_come_out_in_a_c_locale(sample_path: Path) -> None:
    done = run("find", sample_path, "aegisson", LC_ALL="C", LANG="C")
    assert "Guðmundur Þorsteinn Ægisson" in done.stdout
    typed = run("find", sample_path, "Ægisson", LC_ALL="C", LANG="C")
    assert typed.stdout == done.stdout


def test_bytes_that_are_no_text_are_answered(sample_path: Path, tmp_path: Path) -> None:
    done = run("scan", sample_path, b"\xff\xfe", "-", given=b"\xff\x00\x1b[2J\n")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.count("Unknown code.") == 2
    assert run("find", sample_path, b"\xff\xfeabc").returncode == 0
    named = run("new", tmp_path / "x.checkin", "--name", b"\xff", "--date", "2024-05-06")
    assert (named.returncode, named.stderr.count("\n")) == (2, 1)


def test_a_list_cannot_drive_the_terminal(empty_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    others = "".join(f"Jakub,Zuk{number}\n" for number in range(200))
    rows = f"First name,Last name\nAnna\x1b[31m,Nowak\x07\n{others}"
    path.write_text(rows, encoding="utf-8")
    assert run("import", empty_path, path).returncode == 0
    found = run("find", empty_path, "nowak").stdout
    assert "Nowak" in found
    assert "\x1b" not in found
    assert "\x07" not in found


@pytest.mark.parametrize("words", [("find", "a", "--limit", "150"), ("stats",), ("scan", "x")])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_reader_who_goes_away_is_no_failure(
    sample_path: Path, words: tuple[str, ...], form: tuple[str, ...]
) -> None:
    command = start(words[0], sample_path, *words[1:], *form)
    assert command.stdout is not None
    assert command.stderr is not None
    command.stdout.close()
    command.stdout = None
    _, errors = command.communicate()
    assert (command.returncode, errors) == (0, b"")


def test_verify_ends_with_1_when_something_differs(sample_path: Path) -> None:
    import apsw

    connection = apsw.Connection(str(sample_path))
    connection.execute("UPDATE attendee SET last_name = 'Forged' WHERE number = 3")
    connection.close()
    found = answer("verify", sample_path, status=1)
    assert (found["ok"], len(found["differences"])) == (False, 1)
