"""One hub's PostgreSQL: made, started, found running, stopped.

    <folder>/server.json   port and passwords, for the user alone
    <folder>/lock          held by whoever makes, starts or stops the server
    <folder>/data/         PostgreSQL's own; made beside and renamed when whole

The server outlives the program. What is asked of it is therefore always answered by what is there:
the data folder and the process that ``postmaster.pid`` names.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from checkin_app.errors import HubError
from checkin_app.hub.server.accounts import Account, server_account
from checkin_app.hub.server.configuration import DATABASE, OWNER, SUPERUSER
from checkin_app.hub.server.firewall import firewall_advice
from checkin_app.hub.server.locks import StartLock
from checkin_app.hub.server.new_data import make_data
from checkin_app.hub.server.pg_ctl import halt, launch, major_of
from checkin_app.hub.server.ports import answers_at, chosen_port, free_port, is_free
from checkin_app.hub.server.postmaster import Postmaster, remove_stale_pid_file, running_postmaster
from checkin_app.hub.server.programs import PostgresPrograms, programs_for
from checkin_app.hub.server.stored import ServerFile, read_server_file, write_server_file

_NEEDED_BYTES = 250 * 2**20
"""New data, its log of changes, and room for some hundred thousand parcels."""


@dataclass(frozen=True, slots=True)
class Started:
    """What came of starting.

    Attributes:
        port: where the server listens now.
        was_running: there was nothing to start.
        moved_from: the port of before, when another program has taken that one; else 0.
    """

    port: int
    was_running: bool
    moved_from: int = 0


class HubServer:
    """The server of one event on this laptop."""

    def __init__(self, folder: Path, programs: PostgresPrograms | None = None) -> None:
        """Take the server whose files lie in a folder, which need not exist yet.

        Args:
            programs: what makes new data; None takes the best there is.
        """
        self.folder = folder.absolute()
        self._programs = programs
        self._data = self.folder / "data"
        self._stopped = self.folder / "stopped"

    def exists(self) -> bool:
        """Whether there are data of a hub."""
        return (self._data / "PG_VERSION").is_file()

    def is_whole(self) -> bool:
        """Whether there are data, the passwords to them, and a PostgreSQL that opens them."""
        try:
            read_server_file(self.folder)
            programs_for(major_of(self._data))
        except HubError:
            return False
        return True

    def running_since(self) -> datetime | None:
        """Since when it runs (UTC); None while it does not."""
        postmaster = self._running()
        return postmaster.started_at if postmaster else None

    def is_running(self) -> bool:
        """Whether its process is there. It may still be reading its log of changes."""
        return self._running() is not None

    def was_cut_short(self) -> bool:
        """Whether it ended without anybody having stopped it: killed, or the laptop went off."""
        return self.exists() and not self._stopped.exists() and not self.is_running()

    def port(self) -> int:
        """Where it listens, or listened last.

        Raises:
            HubError: there is no hub.
        """
        return read_server_file(self.folder).port

    def size_bytes(self) -> int:
        """What it takes of the disk."""
        return sum(map(_size, self._data.rglob("*")))

    def free_bytes(self) -> int:
        """What is free on the disk it lies on."""
        return shutil.disk_usage(_existing(self.folder)).free

    def reachability(self, addresses: Iterable[str]) -> str:
        """What may keep other laptops from reaching it, and what to do; empty when nothing is
        known to.

        Args:
            addresses: of this laptop.

        Raises:
            HubError: there is no hub.
        """
        port = self.port()
        for address in addresses:
            if not answers_at(address, port):
                return (
                    f"The hub does not answer at {address}, port {port}. Look whether a firewall or"
                    " a security program blocks it."
                )
        return firewall_advice(port, programs_for(major_of(self._data)).path("postgres"))

    def owner_dsn(self) -> str:
        """How the organiser's program reaches the database, with the password.

        Raises:
            HubError: there is no hub.
        """
        return _dsn(read_server_file(self.folder), OWNER, DATABASE)

    def start(self, port: int | None = None) -> Started:
        """Make the server if there is none, and start it if it does not run.

        Args:
            port: where it shall listen; None takes the port of last time, or a free one.

        Raises:
            HubError: no PostgreSQL fits, the disk is full, the port that was asked for is taken.
        """
        account = server_account()
        with self._held(account):
            if (postmaster := self._running()) and self._is_prepared(postmaster, port):
                return Started(postmaster.port, was_running=True)
            return self._start(account, port)

    def start_again(self) -> bool:
        """Start it if it was cut short, and not stopped or removed meanwhile.

        Raises:
            HubError: it does not start.
        """
        if not self.was_cut_short():
            return False
        account = server_account()
        with self._held(account):
            if not self.was_cut_short():
                return False
            self._start(account, None)
            return True

    def stop(self) -> bool:
        """Stop it; what was acknowledged is on the disk. False when it did not run.

        Raises:
            HubError: it does not end.
        """
        if not self.folder.is_dir():
            return False
        account = server_account()
        with self._held(account):
            return self._stop(account)

    def remove(self) -> None:
        """Stop it and delete its data for good.

        Raises:
            HubError: it does not end.
        """
        if not self.folder.is_dir():
            return
        account = server_account()
        with self._held(account):
            self._stop(account)
            # First what makes it a hub: half of one is none.
            (self._data / "PG_VERSION").unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _stop(self, account: Account) -> bool:
        # Before it ends, so that nobody who looks after it takes that for an accident. The
        # system, too, ends servers in good order when the laptop is switched off.
        self._stopped.touch()
        if self._running() is None:
            return False
        halt(self._data, account)
        return True

    def _running(self) -> Postmaster | None:
        return running_postmaster(self._data)

    @contextmanager
    def _held(self, account: Account) -> Iterator[None]:
        """The folder, with nobody else at it."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            # The account passes through and reads nothing but its own data.
            self.folder.chmod(0o700 if account.user is None else 0o711)
            with StartLock(self.folder / "lock").held():
                yield
        except OSError as error:
            raise HubError(
                "The files of the hub cannot be written. If the disk is full, free some space; then"
                " try again."
            ) from error

    def _is_prepared(self, postmaster: Postmaster, port: int | None) -> bool:
        """Look after one that runs; False when it ended meanwhile, as one that is being killed."""
        if port not in (None, postmaster.port):
            raise HubError(
                f"The hub runs at port {postmaster.port} already. Stop it first to give it another"
                " port."
            )
        try:
            self._prepare(read_server_file(self.folder))
        except HubError:
            if self._running() is None:
                return False
            raise
        return True

    def _start(self, account: Account, port: int | None) -> Started:
        self._require_space()
        known = self._server_file()
        last = known.port
        known = replace(known, port=chosen_port(last, port))
        write_server_file(self.folder, known)
        if not self.exists():
            programs = self._programs or programs_for()
            make_data(self._data, programs, account, known.superuser_password)
        remove_stale_pid_file(self._data)
        self._stopped.unlink(missing_ok=True)
        known = self._launched(account, known, may_move=port is None)
        self._prepare(known)
        has_moved = port is None and last not in (0, known.port)
        return Started(known.port, was_running=False, moved_from=last if has_moved else 0)

    def _launched(self, account: Account, known: ServerFile, *, may_move: bool) -> ServerFile:
        """Launch it; a port that another program takes at this very moment is left to that."""
        try:
            launch(self._data, account, known.port)
        except HubError:
            if not may_move or is_free(known.port):
                raise
            known = replace(known, port=free_port(known.port))
            write_server_file(self.folder, known)
            launch(self._data, account, known.port)
        return known

    def _server_file(self) -> ServerFile:
        if self.exists():
            return read_server_file(self.folder)
        return ServerFile(0, secrets.token_urlsafe(24), secrets.token_urlsafe(24))

    def _require_space(self) -> None:
        needed = 0 if self.exists() else _NEEDED_BYTES
        if self.free_bytes() < needed:
            raise HubError(
                f"The disk is nearly full: a hub needs {needed // 2**20} MB. Free some space and"
                " try again."
            )

    def _prepare(self, known: ServerFile) -> None:
        """The owner's role and database: made when they are missing, as after a cut at first."""
        from checkin_app.hub.server.preparing import prepare

        prepare(_dsn(known, SUPERUSER, SUPERUSER), _dsn(known, SUPERUSER, DATABASE), known)


def _dsn(known: ServerFile, role: str, database: str) -> str:
    password = known.superuser_password if role == SUPERUSER else known.owner_password
    # Texts of ours without blanks or quotes, so nothing has to be escaped.
    return f"host=127.0.0.1 port={known.port} dbname={database} user={role} password={password}"


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except FileNotFoundError:
        return 0  # PostgreSQL removes files while they are counted.


def _existing(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.exists())
