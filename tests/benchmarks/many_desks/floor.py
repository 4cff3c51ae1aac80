"""The least that two desks need of PostgreSQL: a row in, a notice out, the row read."""

from __future__ import annotations

import secrets
import time
import uuid
from dataclasses import dataclass

import psycopg

_ROUNDS = 500
_WARM_UP = 20
_MOST_S = 10.0


@dataclass(frozen=True, slots=True)
class Floor:
    """Milliseconds from the begin of each insert.

    Attributes:
        durable: until it is on the server's disk.
        there: until the other connection has it.
    """

    durable: tuple[float, ...]
    there: tuple[float, ...]

    def and_then(self, later: Floor) -> Floor:
        """Both together: what ran in between had a machine as busy as theirs."""
        return Floor(self.durable + later.durable, self.there + later.there)


def bare_floor(dsn: str, body_bytes: int) -> Floor:
    """Insert as many bytes as a scan's parcel has, be told, read them; again and again.

    Both ends are one thread, so nobody waits for the other to get a processor.
    """
    body = secrets.token_bytes(body_bytes)
    with (
        psycopg.connect(dsn, autocommit=True) as writer,
        psycopg.connect(dsn, autocommit=True) as reader,
    ):
        writer.execute("DROP TABLE IF EXISTS bare_scan")
        writer.execute(
            "CREATE TABLE bare_scan (number bigserial PRIMARY KEY, id uuid UNIQUE, body bytea)"
        )
        reader.execute("LISTEN bare_scan")
        durable, there, until = [], [], time.monotonic() + _MOST_S
        while len(durable) < _ROUNDS + _WARM_UP and time.monotonic() < until:
            begin = time.perf_counter()
            writer.execute(
                "WITH put AS (INSERT INTO bare_scan (id, body) VALUES (%s, %s) RETURNING number)"
                " SELECT number, pg_notify('bare_scan', '') FROM put",
                (uuid.uuid4(), body),
            )
            durable.append((time.perf_counter() - begin) * 1000)
            list(reader.notifies(timeout=5, stop_after=1))
            reader.execute(
                "SELECT body FROM bare_scan WHERE number > %s", (len(durable) - 1,)
            ).fetchall()
            there.append((time.perf_counter() - begin) * 1000)
        writer.execute("DROP TABLE bare_scan")
    return Floor(tuple(durable[_WARM_UP:]), tuple(there[_WARM_UP:]))
