"""One window of a desk works on a print queue at a time."""

from __future__ import annotations

from pathlib import Path

from checkin_app.printing.desk_lock import DeskLock, desk_lock_path


def test_a_lock_is_held_by_one_and_free_again_when_it_is_let_go(tmp_path: Path) -> None:
    first, second = DeskLock(tmp_path / "locks" / "one"), DeskLock(tmp_path / "locks" / "one")
    assert first.take()
    assert first.take()
    assert not second.take()
    first.release()
    first.release()
    assert second.take()
    second.release()


def test_desks_and_event_files_have_locks_of_their_own(tmp_path: Path) -> None:
    paths = []
    for name in ("one.checkin", "two.checkin"):
        event = tmp_path / name
        event.touch()
        paths += [desk_lock_path(event, desk, tmp_path) for desk in ("a", "b")]
    assert len(set(paths)) == 4
    link = tmp_path / "link.checkin"
    link.hardlink_to(tmp_path / "one.checkin")
    assert desk_lock_path(link, "a", tmp_path) == paths[0]


def test_where_no_lock_can_be_kept_the_desk_prints_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "locks").write_text("a file")
    assert DeskLock(tmp_path / "locks" / "one").take()
