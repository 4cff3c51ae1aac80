"""The least that two desks need of PostgreSQL: a row in, a notice out, the row read."""

from __future__ import annotations

import secrets
import time
import uuid
from dataclasses import dataclass

import psycopg

from tests.benchmarks.figures import percentile

_ROUNDS = 1000
_MOST_S = 20.0


@dataclass(frozen=True, slots=True)
class Floor:
    """Milliseconds from the begin of the insert: until it is durable, until the other has it."""

    durable_p50: float
    durable_p99: float
    there_p50: float
    there_p99: float


def bare_floor(dsn: str, body_bytes: int) -> Floor:
    """Insert as many bytes as a scan's parcel has, be told, read them; again and again."""
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
        while len(durable) < _ROUNDS and time.monotonic() < until:
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
    return Floor(
        percentile(durable, 50),
        percentile(durable, 99),
        percentile(there, 50),
        percentile(there, 99),
    )
