"""The hub's own PostgreSQL on one laptop: what it lives through."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from free_ports import free_port
from server_folders import reachable_folder

from checkin_app.errors import HubError
from checkin_app.hub.server.accounts import server_account
from checkin_app.hub.server.addresses import lan_addresses
from checkin_app.hub.server.pg_ctl import halt
from checkin_app.hub.server.postmaster import running_postmaster
from checkin_app.hub.server.programs import programs_for
from checkin_app.hub.server.server import HubServer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills processes by signals")


@pytest.fixture
def folder() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def made_once() -> Iterator[HubServer]:
    """One server for all tests that leave it as it was."""
    with reachable_folder() as folder:
        server = HubServer(folder / "a hub")
        # Its own: the usual ones are taken by whatever hub starts while this one is stopped.
        server.start(free_port())
        yield server
        server.stop()


@pytest.fixture
def server(made_once: HubServer) -> HubServer:
    """It, running, with a table of one row that a program of before has written."""
    made_once.start()
    with psycopg.connect(made_once.owner_dsn(), autocommit=True) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS trial")
        connection.execute("CREATE TABLE IF NOT EXISTS trial.kept (word text PRIMARY KEY)")
        connection.execute("INSERT INTO trial.kept VALUES ('here') ON CONFLICT DO NOTHING")
    return made_once


def kept(server: HubServer) -> list[str]:
    with psycopg.connect(server.owner_dsn()) as connection:
        return [word for (word,) in connection.execute("SELECT word FROM trial.kept")]


def processes_of(server: HubServer) -> list[int]:
    """The server and the children it has."""
    postmaster = running_postmaster(server.folder / "data")
    assert postmaster
    listed = subprocess.run(
        ["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    return [postmaster.pid, *(pid for pid, parent in pairs if parent == postmaster.pid)]


def says(log: Path, words: str) -> bool:
    try:
        return words in log.read_text()
    except FileNotFoundError:
        return False


def command_of(pid: int) -> str:
    words = ["ps", "-ww", "-o", "args=", "-p", str(pid)]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout


def setting(server: HubServer, name: str) -> str:
    with psycopg.connect(server.owner_dsn()) as connection:
        row = connection.execute("SELECT current_setting(%s)", (name,)).fetchone()
        assert row
        return str(row[0])


def test_what_is_acknowledged_is_on_the_disk_and_pages_are_checked(server: HubServer) -> None:
    for name in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
        assert setting(server, name) == "on"


def test_the_organisers_role_may_make_roles_and_is_no_superuser(server: HubServer) -> None:
    with psycopg.connect(server.owner_dsn()) as connection:
        row = connection.execute(
            "SELECT rolcreaterole, rolsuper FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert row == (True, False)


def test_a_running_server_is_not_started_again(server: HubServer) -> None:
    again = HubServer(server.folder).start()
    assert (again.was_running, again.port) == (True, server.port())


def test_after_a_stop_all_is_there_at_the_same_port(server: HubServer) -> None:
    port = server.port()
    assert server.stop()
    assert not server.is_running()
    assert not server.stop()
    assert (server.start().port, kept(server)) == (port, ["here"])


def test_after_all_its_processes_were_killed_all_is_there(server: HubServer) -> None:
    for pid in processes_of(server):
        # The first one gone, the others end by themselves.
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert not server.start().was_running
    assert kept(server) == ["here"]


def test_after_its_first_process_was_killed_it_starts_again(server: HubServer) -> None:
    os.kill(processes_of(server)[0], signal.SIGKILL)
    server.start()
    assert kept(server) == ["here"]


def test_a_child_that_outlives_its_server_for_a_while_is_waited_for(server: HubServer) -> None:
    """As one that is in the middle of some work when the server is killed."""
    first, *children = processes_of(server)
    child = next(pid for pid in children if "checkpointer" in command_of(pid))
    said = server.folder / "data" / "start.log"
    said.unlink()
    os.kill(child, signal.SIGSTOP)
    os.kill(first, signal.SIGKILL)
    with ThreadPoolExecutor(1) as beside:
        starting = beside.submit(server.start)
        try:
            wait_for(lambda: says(said, "still in use") or starting.done())
        finally:
            os.kill(child, signal.SIGCONT)
        assert not starting.result().was_running
    assert kept(server) == ["here"]


def test_a_server_that_ends_at_the_moment_when_it_is_stopped_is_stopped(server: HubServer) -> None:
    server.stop()
    halt(server.folder / "data", server_account())
    assert not server.is_running()


def test_a_number_that_another_program_has_after_a_reboot_is_no_server(server: HubServer) -> None:
    server.stop()
    note = server.folder / "data" / "postmaster.pid"
    # The test itself lives; to PostgreSQL any living process of its user is a server.
    note.write_text(f"{os.getpid()}\n{note.parent}\n1700000000\n{server.port()}\n\n*\n")
    assert not server.is_running()
    server.start()
    assert kept(server) == ["here"]


def test_a_server_that_ended_without_being_stopped_is_known_by_that(server: HubServer) -> None:
    assert not server.was_cut_short()
    # As a laptop that is shut down does.
    os.kill(processes_of(server)[0], signal.SIGINT)
    wait_for(lambda: not server.is_running())
    assert server.was_cut_short()
    server.stop()
    assert not server.was_cut_short()


def wait_for(is_so: Callable[[], bool]) -> None:
    pause = threading.Event()
    while not is_so():
        pause.wait(0.05)


def test_two_programs_that_start_it_at_once_start_it_once(server: HubServer) -> None:
    server.stop()
    with ThreadPoolExecutor(2) as programs:
        started = list(programs.map(lambda _: HubServer(server.folder).start(), range(2)))
    assert sorted(one.was_running for one in started) == [False, True]
    assert kept(server) == ["here"]


def test_a_port_that_another_program_took_meanwhile_is_left_to_it(server: HubServer) -> None:
    server.stop()
    port = server.port()
    with socket.create_server(("0.0.0.0", port)):
        started = server.start()
    assert (started.moved_from, started.port == port) == (port, False)
    assert kept(server) == ["here"]
    assert server.stop()
    assert server.start().port == started.port


def test_a_port_that_was_asked_for_and_is_taken_is_said(folder: Path) -> None:
    with socket.create_server(("0.0.0.0", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(HubError, match=f"has taken port {port}"):
            HubServer(folder / "hub").start(port)
    assert not (folder / "hub" / "data").exists()


def test_other_laptops_need_a_password_and_the_superuser_stays_at_home(server: HubServer) -> None:
    addresses = [one for one in lan_addresses() if not one.startswith("169.254")]
    if not addresses:
        pytest.skip("this machine is in no network")
    at_home = server.owner_dsn()
    from_afar = at_home.replace("127.0.0.1", addresses[0])
    with psycopg.connect(from_afar) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(from_afar, password="wrong")
    with pytest.raises(psycopg.OperationalError, match="rejects"):
        psycopg.connect(from_afar, user="postgres", dbname="postgres")


def test_a_login_can_fill_neither_the_disk_nor_the_table_of_locks(server: HubServer) -> None:
    with psycopg.connect(server.owner_dsn(), autocommit=True) as owner:
        owner.execute("CREATE ROLE anybody LOGIN PASSWORD 'mine'")
    dsn = f"host=127.0.0.1 port={server.port()} dbname=checkin user=anybody password=mine"
    with psycopg.connect(dsn, autocommit=True) as anybody:
        for statement in (
            "SELECT lo_create(0)",
            "SELECT lo_creat(-1)",
            "SELECT lo_from_bytea(0, '')",
            "SELECT pg_advisory_lock(1)",
            "SELECT pg_try_advisory_lock_shared(1, 2)",
            "SELECT pg_advisory_xact_lock(1)",
            "CREATE TEMPORARY TABLE mine ()",
            "CREATE TABLE public.mine ()",
            "CREATE SCHEMA mine",
            "SET temp_file_limit = -1",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                anybody.execute(statement)
    with psycopg.connect(server.owner_dsn(), autocommit=True) as owner:
        owner.execute("DROP ROLE anybody")


def test_passwords_are_for_the_user_of_the_laptop_alone(server: HubServer) -> None:
    assert (server.folder / "server.json").stat().st_mode & 0o777 == 0o600
    assert (server.folder / "data").stat().st_mode & 0o777 == 0o700
    assert not list(server.folder.glob("*.part"))


def test_its_logs_hold_neither_statements_nor_details(server: HubServer) -> None:
    with psycopg.connect(server.owner_dsn(), autocommit=True) as connection:
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO trial.kept VALUES ('here')")
        with pytest.raises(psycopg.errors.UndefinedTable):
            connection.execute("SELECT 'Zo\u00eb van der Berg' FROM nowhere")
    logs = [log.read_text() for log in (server.folder / "data" / "log").glob("*.log")]
    assert any("ready to accept connections" in log for log in logs)
    assert not any("Berg" in log or "kept" in log or "nowhere" in log for log in logs)


def test_a_start_that_was_cut_short_leaves_nothing_in_the_way(folder: Path) -> None:
    hub = folder / "hub"
    (hub / "data.part").mkdir(parents=True)
    (hub / "data.part" / "half").write_text("written")
    server = HubServer(hub)
    assert not server.exists()
    server.start()
    server.stop()
    assert server.exists()
    assert not (hub / "data.part").exists()


def test_data_of_a_newer_postgresql_are_left_alone_and_it_is_said(server: HubServer) -> None:
    server.stop()
    version = server.folder / "data" / "PG_VERSION"
    before = version.read_text()
    version.write_text("99\n")
    try:
        with pytest.raises(HubError, match="made by PostgreSQL 99"):
            server.start()
    finally:
        version.write_text(before)
    server.start()
    assert kept(server) == ["here"]


def test_the_folder_of_a_hub_may_move(server: HubServer) -> None:
    server.stop()
    elsewhere = server.folder.rename(server.folder.with_name("it’s Zoë’s hub"))
    moved = HubServer(elsewhere)
    moved.start()
    try:
        assert kept(moved) == ["here"]
    finally:
        moved.stop()
        elsewhere.rename(server.folder)


def test_a_hub_that_is_removed_is_gone(folder: Path) -> None:
    server = HubServer(folder / "hub")
    server.start()
    server.remove()
    assert not server.folder.exists()
    with pytest.raises(HubError, match="no hub for this event"):
        server.owner_dsn()


def test_what_made_the_data_opens_them(server: HubServer) -> None:
    major = int((server.folder / "data" / "PG_VERSION").read_text())
    assert programs_for(major).major == major
