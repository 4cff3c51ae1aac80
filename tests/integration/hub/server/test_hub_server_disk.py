"""A full disk under the hub: it is said, nothing that was acknowledged is lost, and it goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from server_folders import reachable_folder

from checkin_app.errors import HubError
from checkin_app.hub.server.server import HubServer

DISK_BYTES = 320 << 20


class Disk:
    """A small file system of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self) -> None:
        with (self.folder / "ballast").open("wb", buffering=0) as ballast:
            for block in (b"x" * 2**20, b"x" * 512):
                try:
                    while ballast.write(block) == len(block):
                        pass
                except OSError:
                    continue

    def free(self) -> None:
        (self.folder / "ballast").unlink()


@pytest.fixture
def disk() -> Iterator[Disk]:
    """Skips where no disk can be mounted: not Linux, or not root."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root on Linux")
    with reachable_folder() as outside:
        folder = outside / "disk"
        folder.mkdir()
        words = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES},mode=755", "tmpfs", folder]
        if subprocess.run(words, capture_output=True, check=False).returncode:
            pytest.skip("this machine does not let a test mount a disk")
        yield Disk(folder)
        subprocess.run(["umount", "-l", folder], check=True)


def test_a_hub_is_not_begun_on_a_disk_without_room(disk: Disk) -> None:
    disk.fill()
    with pytest.raises(HubError, match="nearly full: a hub needs 250 MB"):
        HubServer(disk.folder.parent / "disk" / "hub").start()
    disk.free()
    assert not (disk.folder / "hub" / "data").exists()


def test_a_hub_whose_disk_fills_up_has_all_it_acknowledged_when_there_is_room_again(
    disk: Disk,
) -> None:
    server = HubServer(disk.folder / "hub")
    server.start()
    try:
        with psycopg.connect(server.owner_dsn(), autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (number int PRIMARY KEY, body bytea)")
        disk.fill()
        acknowledged = insert_until_it_fails(server)
        server.stop()
        with pytest.raises(HubError, match=r"disk is full|cannot be written"):
            server.start()
        disk.free()
        server.start()
        with psycopg.connect(server.owner_dsn()) as connection:
            numbers = [one for (one,) in connection.execute("SELECT number FROM kept ORDER BY 1")]
        assert numbers[:acknowledged] == list(range(acknowledged))
    finally:
        server.stop()


def insert_until_it_fails(server: HubServer) -> int:
    """How many were acknowledged, one transaction each."""
    acknowledged = 0
    try:
        with psycopg.connect(server.owner_dsn(), autocommit=True) as connection:
            while acknowledged < 100_000:
                connection.execute(
                    "INSERT INTO kept VALUES (%s, %s)", (acknowledged, os.urandom(4000))
                )
                acknowledged += 1
    except psycopg.Error:
        return acknowledged
    raise AssertionError("the disk was never full")
