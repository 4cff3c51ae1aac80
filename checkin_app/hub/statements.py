"""What a desk asks its hub: SQL with the names of its event's schema and channel in braces."""

from __future__ import annotations

SESSION = """
SELECT set_config('statement_timeout', '15s', false),
    set_config('tcp_keepalives_idle', '5', false),
    set_config('tcp_keepalives_interval', '2', false),
    set_config('tcp_keepalives_count', '3', false)
"""
"""The hub, too, shall notice within seconds that a laptop is gone."""

PUT = """
INSERT INTO {schema}.parcel (id, desk, body)
SELECT id, desk, body FROM unnest(%b::uuid[], %b::uuid[], %b::bytea[])
    WITH ORDINALITY AS given (id, desk, body, place) ORDER BY place
RETURNING id, number, at
"""
NUMBERS = "SELECT id, number, at FROM {schema}.parcel WHERE id = ANY (%b::uuid[])"
_SOME = """
SELECT number, id, desk, body, at FROM (
    SELECT *, sum(octet_length(body)) OVER (ORDER BY number) - octet_length(body) AS before
    FROM (SELECT * FROM {schema}.parcel WHERE {which} ORDER BY number LIMIT %b) AS next
) AS measured WHERE before < %b ORDER BY number
"""
AFTER = _SOME.replace("{which}", "number > %b")
AGAIN = _SOME.replace("{which}", "number = ANY (%b::bigint[])")
AT = "SELECT id, at FROM {schema}.parcel WHERE number = %b"
HEAR = "SELECT desk, heard_at FROM {schema}.hear()"
DESKS = "SELECT id FROM {schema}.desk WHERE withdrawn_at IS NULL"
LISTEN = "LISTEN {channel}"
