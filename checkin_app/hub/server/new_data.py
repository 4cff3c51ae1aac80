"""A new data folder for PostgreSQL, whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

from checkin_app.hub.server.accounts import Account
from checkin_app.hub.server.configuration import SUPERUSER
from checkin_app.hub.server.programs import PostgresPrograms
from checkin_app.hub.server.run_program import run_program

_TAKES_AT_MOST_S = 300
"""Some thousand small files, on a slow disk with a virus scanner."""


def make_data(data: Path, programs: PostgresPrograms, account: Account, password: str) -> None:
    """Make it beside its place, and rename it when it is whole.

    Args:
        password: of the superuser.

    Raises:
        HubError: PostgreSQL cannot make it, as on a full disk.
    """
    folder = data.parent
    unfinished = folder / "data.part"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    account.own(unfinished)
    # On the command line others could read it.
    password_file = folder / "password.part"
    try:
        password_file.touch(mode=0o600)
        password_file.write_text(password, encoding="ascii")
        account.own(password_file)
        words = ("-D", str(unfinished), "-U", SUPERUSER, "--pwfile", str(password_file))
        how = ("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--data-checksums")
        run_program(programs, "initdb", (*words, *how), account, folder, _TAKES_AT_MOST_S)
    finally:
        password_file.unlink(missing_ok=True)
    unfinished.rename(data)
