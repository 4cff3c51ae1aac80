"""What PostgreSQL is told: who may come in from where, and how much of the laptop it may use.

The figures suit sixty desks and a table that grows by one row a scan. Nothing of what people do is
logged: no statements, no details of errors, no addresses.
"""

from __future__ import annotations

from pathlib import Path

from checkin_app.hub.server.accounts import Account

DATABASE = "checkin"
OWNER = "checkin_owner"
SUPERUSER = "postgres"

_MOST_CONNECTIONS = 160
"""Two of each of 60 desks, and as many again as a busy door leaves half-open for a while."""

_SETTINGS: dict[str, str] = {
    "listen_addresses": "'*'",
    # No socket: its path may be too long for the system, and Windows has none.
    "unix_socket_directories": "''",
    "max_connections": str(_MOST_CONNECTIONS),
    "authentication_timeout": "10s",
    "password_encryption": "scram-sha-256",
    "ssl": "off",
    # Memory of a laptop that also runs the desk.
    "shared_buffers": "48MB",
    "work_mem": "2MB",
    # No question of ours needs a tenth of it; a desk that means harm may not fill the disk.
    "temp_file_limit": "256MB",
    "maintenance_work_mem": "32MB",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    # What is acknowledged is on the disk.
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "min_wal_size": "64MB",
    "max_wal_size": "256MB",
    "checkpoint_timeout": "10min",
    # Parcels are numbered by one row that every parcel changes.
    "autovacuum": "on",
    "autovacuum_naptime": "10s",
    "autovacuum_max_workers": "2",
    # A desk that vanished in the middle of a transaction must not hold that row.
    "idle_in_transaction_session_timeout": "5s",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "3",
    "tcp_keepalives_count": "3",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "lc_messages": "'C'",
    # A day of logs, hour by hour, each overwritten a day later; no personal data in any.
    "logging_collector": "on",
    "log_directory": "'log'",
    "log_filename": "'hour-%H.log'",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "60",
    "log_rotation_size": "0",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_connections": "off",
    "log_disconnections": "off",
    "log_checkpoints": "off",
    "log_autovacuum_min_duration": "-1",
    "log_line_prefix": "'%m [%p] '",
}


def configure(data: Path, account: Account, port: int) -> None:
    """Write both files anew, as at every start: a newer program's settings reach older data."""
    texts = {"postgresql.conf": settings_text(port), "pg_hba.conf": access_text()}
    for name, text in texts.items():
        unfinished = data / f"{name}.part"
        unfinished.write_text(text, encoding="ascii")
        unfinished.chmod(0o600)
        account.own(unfinished)
        unfinished.replace(data / name)


def settings_text(port: int) -> str:
    """The content of ``postgresql.conf``."""
    settings = {**_SETTINGS, "port": str(port)}
    return "".join(f"{name} = {value}\n" for name, value in settings.items())


def access_text() -> str:
    """The content of ``pg_hba.conf``: everybody with a password, the superuser from here only.

    ``samenet`` means the networks the laptop is in at the time, whatever its address is then.
    """
    here = ("127.0.0.1/32", "::1/128")
    rows = [
        *(("all", SUPERUSER, address, "scram-sha-256") for address in here),
        ("all", SUPERUSER, "all", "reject"),
        *((DATABASE, "all", address, "scram-sha-256") for address in (*here, "samenet")),
    ]
    return "".join(f"host {' '.join(row)}\n" for row in rows)
