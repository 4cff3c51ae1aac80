"""What a hub's server used: processor time, and what PostgreSQL counts itself."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path

import psycopg
from psycopg import sql

from checkin_app.hub.schema import schema_name


@dataclass(frozen=True, slots=True)
class HubUse:
    """Totals so far; the difference of two is what was used in between.

    Attributes:
        processor_s: of all its processes.
        commits: transactions.
        wal_bytes: written to its log of changes.
        parcels: rows of them, and the bytes of their bodies.
        disk_bytes: of the table of parcels with its indexes.
    """

    processor_s: float
    commits: int
    wal_bytes: int
    parcels: int
    body_bytes: int
    disk_bytes: int

    def since(self, before: HubUse) -> HubUse:
        """What was used in between."""
        return HubUse(
            *(getattr(self, one.name) - getattr(before, one.name) for one in fields(HubUse))
        )


def hub_use(dsn: str, event_id: str, data: Path) -> HubUse:
    """Ask and count now."""
    table = sql.Identifier(schema_name(event_id), "parcel")
    with psycopg.connect(dsn, autocommit=True) as connection:
        commits, wal = connection.execute(
            "SELECT (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()),"
            " (SELECT wal_bytes FROM pg_stat_wal)"
        ).fetchone() or (0, 0)
        parcels, body = connection.execute(
            sql.SQL("SELECT count(*), coalesce(sum(octet_length(body)), 0) FROM {}").format(table)
        ).fetchone() or (0, 0)
        disk = connection.execute(
            "SELECT pg_total_relation_size(%s::regclass)", (table.as_string(),)
        ).fetchone() or (0,)
    return HubUse(_processor_s(data), int(commits), int(wal), parcels, int(body), disk[0])


def _processor_s(data: Path) -> float:
    """Of the server, of those of its processes that ended, and of those that live."""
    if not Path("/proc/self/stat").exists():
        return float("nan")
    postmaster = int((data / "postmaster.pid").read_text().split()[0])
    own = _stat(postmaster)
    children = [
        stat
        for one in Path("/proc").glob("[0-9]*")
        if (stat := _stat(int(one.name))) and int(stat[1]) == postmaster
    ]
    ticks = sum(map(int, own[11:15])) + sum(int(n) for stat in children for n in stat[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    """From the third field on, which follows the name in brackets (proc(5))."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
