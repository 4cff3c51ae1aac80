"""Lists that come again, and imports taken back, from the command line."""

from __future__ import annotations

from pathlib import Path

from command_line import answer, run

HEAD = "First name,Last name,Organisation,Email"
ANNA, JAN, ZOE = "Anna,Nowak,EAPN,a@x.org", "Jan,Lis,EAPN,j@x.org", "Zoe,Zak,EESC,z@x.org"


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join((HEAD, *lines)) + "\n", encoding="utf-8")
    return path


def test_a_list_again_says_who_is_gone_and_unclear(empty_path: Path, tmp_path: Path) -> None:
    first = answer("import", empty_path, write(tmp_path / "1.csv", ANNA, JAN, ZOE))
    assert (first["gone"], first["unclear"], len(first["import"])) == (0, 0, 32)
    newer = write(tmp_path / "2.csv", ANNA, JAN, "Anna,Nowak,Caritas,n@c.org")
    would = answer("import", empty_path, newer, "--dry-run")
    did = answer("import", empty_path, newer)
    for report in (would, did):
        assert (report["added"], report["gone"], report["unclear"]) == (1, 1, 0)
    assert (would["import"], len(did["import"])) == (None, 32)
    counted = [did[name] for name in ("added", "updated", "unchanged", "rejected")]
    assert sum(counted) == did["read"]
    kept = answer("import", empty_path, write(tmp_path / "3.csv", ANNA), "--missing", "mark")
    assert (kept["gone"], kept["missing"]) == (2, 2)
    assert answer("import", empty_path, tmp_path / "3.csv")["import"] is None


def test_the_missing_are_kept_when_that_is_said(empty_path: Path, tmp_path: Path) -> None:
    answer("import", empty_path, write(tmp_path / "1.csv", ANNA, JAN, ZOE))
    told = answer("import", empty_path, write(tmp_path / "2.csv", ANNA, JAN), "--missing", "keep")
    assert (told["gone"], told["missing"]) == (0, 1)
    spoken = run("import", empty_path, tmp_path / "2.csv", "--missing", "keep").stdout
    assert "People who are not on it: 1; marked as gone: 0." in spoken


def test_an_import_is_taken_back_after_a_look(empty_path: Path, tmp_path: Path) -> None:
    first = answer("import", empty_path, write(tmp_path / "1.csv", ANNA, JAN))
    answer("import", empty_path, write(tmp_path / "2.csv", ANNA, JAN, ZOE))
    would = answer("undo-import", empty_path, "--dry-run")
    did = answer("undo-import", empty_path)
    assert would == did
    assert (did["removed"], did["restored"], did["staying"], did["newer"]) == (1, 0, [], [])
    assert answer("stats", empty_path)["registered"] == 2
    spoken = run("undo-import", empty_path, "--import", first["import"][:6], "--dry-run")
    assert "People taken out: 2; put back as they were: 0." in spoken.stdout
    assert answer("verify", empty_path)["ok"]


def test_whoever_came_stays_and_the_status_says_so(empty_path: Path, tmp_path: Path) -> None:
    answer("import", empty_path, write(tmp_path / "1.csv", ANNA, JAN))
    (found,) = answer("find", empty_path, "Anna")["results"]
    answer("scan", empty_path, found["code"], "--at", "2024-05-06T12:40:00+02:00")
    told = answer("undo-import", empty_path, status=1)
    assert (told["removed"], [one["name"] for one in told["staying"]]) == (1, ["Anna Nowak"])
    refused = run("undo-import", empty_path)
    assert (refused.returncode, refused.stderr.strip()) == (
        2,
        "checkin-app: There is no import to undo.",
    )
