"""What somebody learns who has the hub's disk, its backups, its log or the Wi-Fi: no name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from founded_hub import GUEST, FoundedHub, founded_hub, opened, registered, sealed
from postgres import Version, programs, running_postgres
from psycopg import sql
from tapped_wire import tapped_wire

from checkin_app.hub.access import Address, HubAccess
from checkin_app.hub.joining import join
from checkin_app.hub.pairing import Pairing
from checkin_app.hub.sealing import DeskKey

TABLES = ("hub", "numbering", "desk", "pairing", "parcel")


@pytest.fixture
def talkative_hub() -> Iterator[FoundedHub]:
    """On a server that logs every statement with its values, and every connection."""
    version = next((version for version in Version if programs(version)), None)
    if version is None:
        pytest.skip("there is no PostgreSQL")
    settings = {
        "log_statement": "all",
        "log_min_duration_statement": "0",
        "log_parameter_max_length": "-1",
        "log_connections": "on",
        "log_min_messages": "debug1",
    }
    with running_postgres(version=version, settings=settings) as server, founded_hub(server) as hub:
        yield hub


def test_neither_names_nor_secrets_are_on_the_disk_or_in_the_log(
    talkative_hub: FoundedHub,
) -> None:
    hub = talkative_hub
    pairing, key = hub.pairing(), DeskKey.new()
    access = join(pairing, key)
    desk = hub.desk(access)
    desk.put([sealed(access, 1, registered()), sealed(access, 2, *[registered()] * 400)])
    hub.owner.blank([desk.after(0)[0].id], [sealed(access, 3)])
    hub.owner.withdraw_desk(hub.joined().desk_key.id)

    written = hub.server.log_text().encode() + dumped(hub) + on_disk(hub)

    assert access.desk_key.id.encode() in written
    assert [text for text in untold(hub, access, pairing) if text in written] == []


def test_a_listener_on_the_way_hears_neither_names_nor_secrets(hub: FoundedHub) -> None:
    pairing, key = hub.pairing(), DeskKey.new()
    with tapped_wire(hub.server.host, hub.server.port) as wire:
        access = join(replace(pairing, addresses=(Address("127.0.0.1", wire.port),)), key)
        with opened(access) as desk:
            desk.put([sealed(access)])
            desk.after(0)
        heard = bytes(wire.heard)
    assert access.role.encode() in heard
    assert [text for text in untold(hub, access, pairing) if text in heard] == []


def untold(hub: FoundedHub, access: HubAccess, pairing: Pairing) -> list[bytes]:
    """What nobody outside the desks may learn, in the forms in which it could be written."""
    texts = (
        *(GUEST, *GUEST.split()),
        access.password,
        pairing.code.password,
        pairing.code.value,
        pairing.code.printed(),
        hub.event_key.hex(),
        access.desk_key.to_bytes().hex(),
    )
    return [text.encode() for text in texts] + [hub.event_key, access.desk_key.to_bytes()]


def dumped(hub: FoundedHub) -> bytes:
    """All tables of the event, as a backup writes them, with bytes as text."""
    with psycopg.connect(hub.dsn) as organiser, organiser.cursor() as cursor:
        return b"".join(_copied(cursor, hub.schema, table) for table in TABLES)


def _copied(cursor: psycopg.Cursor, schema: str, table: str) -> bytes:
    query = sql.SQL("COPY {}.{} TO STDOUT").format(sql.Identifier(schema), sql.Identifier(table))
    with cursor.copy(query) as rows:
        return b"".join(map(bytes, rows))


def on_disk(hub: FoundedHub) -> bytes:
    """Every file of the server, which ends: tables, roles and the write-ahead log."""
    hub.server.stop()
    files = (hub.server.folder / "data").rglob("*")
    return b"".join(path.read_bytes() for path in files if path.is_file())
