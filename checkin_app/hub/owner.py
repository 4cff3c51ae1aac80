"""What the organiser does at the hub: found it, let desks in and out, erase, remove it.

The organiser is whoever logs in with a role that may create roles and, in this database, schemas;
no superuser. Everything here belongs to that role, and nobody else may change it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import LiteralString, Self, TypeAlias
from uuid import UUID

import psycopg
from psycopg import errors, sql
from psycopg.rows import TupleRow

from checkin_app.domain.parcels import SealedParcel
from checkin_app.errors import HubError
from checkin_app.hub import schema
from checkin_app.hub.logins import drop_role, end_sessions
from checkin_app.hub.organiser_login import log_in_by
from checkin_app.hub.pairing import PairingCode, pairing_role
from checkin_app.hub.replies import told_plainly

_ATTEMPTS = 20
_IN_THE_WAY = (errors.LockNotAvailable, errors.InternalError_)
"""Somebody has the same row locked, or has just changed it ("tuple concurrently updated")."""

Value: TypeAlias = str | bytes | int | datetime | UUID | list[UUID]


@dataclass(frozen=True, slots=True)
class PairingAtHub:
    """A pairing as its hub knows it; all times in UTC.

    Attributes:
        id: 32 hexadecimal digits, no secret.
        desks: how many joined with it.
    """

    id: str
    made_at: datetime
    valid_until: datetime
    withdrawn_at: datetime | None
    desks: int


@dataclass(frozen=True, slots=True)
class DeskAtHub:
    """A desk as its hub knows it; all times in UTC.

    Attributes:
        id: 32 hexadecimal digits, as in ``Parcel.desk``.
        pairing: the id of the pairing it joined with.
        heard_at: when it last asked for anything but parcels.
        held_up: how often it held up all others and was cut off.
    """

    id: str
    pairing: str
    joined_at: datetime
    heard_at: datetime
    withdrawn_at: datetime | None
    held_up: int = 0


class HubOwner:
    """The organiser's own connection to one event's hub. Close it after use; one thread at a time.

    Args:
        dsn: how to log in, as libpq reads it: a URL or ``key=value`` pairs.
        event_id: whose hub, 32 hexadecimal digits.

    Raises:
        UsageError: ``dsn`` is none.
        HubUnreachable: nobody answers there.
        HubRefused: the login was refused, or the server did not prove who it is.
    """

    def __init__(self, dsn: str, event_id: str) -> None:
        self.event_id = event_id
        self._connection = log_in_by(dsn)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection."""
        self._connection.close()

    def found(self) -> str:
        """Makes the event's hub, or brings the one that is there up to date; returns its id.

        Raises:
            HubRefused: the role may not create schemas or roles, somebody else owns the hub, or
                a newer program has been here.
        """
        with told_plainly():
            try:
                with self._connection.transaction():
                    return schema.create(self._connection, self.event_id)
            except (errors.DuplicateSchema, errors.UniqueViolation):  # the latter: at this moment
                with self._connection.transaction():
                    return schema.bring_up_to_date(self._connection, self.event_id)

    def bring_up_to_date(self) -> None:
        """Take the steps that an older program did not know; desks go on sharing meanwhile.

        Raises:
            HubRefused: there is no hub, somebody else owns it, or a newer program has been here.
        """
        with told_plainly(), self._changing():
            return

    def new_pairing(self, event_key: bytes, valid_until: datetime) -> PairingCode:
        """A code with which laptops may join until then (UTC), or until it is withdrawn.

        Raises:
            HubRefused: the role may not create roles.
        """
        code = PairingCode.new()
        with told_plainly(), self._changing() as hub_id:
            verifier = self._connection.pgconn.encrypt_password(
                code.password.encode(), b"", b"scram-sha-256"
            ).decode()
            self._run(
                "CREATE ROLE {role} LOGIN CONNECTION LIMIT 40 PASSWORD {verifier}"
                " VALID UNTIL {until} IN ROLE {pairings}",
                role=sql.Identifier(code.role),
                verifier=verifier,
                until=valid_until.isoformat(),
                pairings=sql.Identifier(schema.pairings_role(hub_id)),
            )
            self._run("GRANT {role} TO CURRENT_USER", role=sql.Identifier(code.role))
            self._run(
                "INSERT INTO {schema}.pairing (role, wrapped, valid_until)"
                " VALUES ({role}, {wrapped}, {until})",
                role=code.role,
                wrapped=code.wrap(event_key, self.event_id, hub_id),
                until=valid_until,
            )
        return code

    def pairings(self) -> tuple[PairingAtHub, ...]:
        """All that were ever made, the newest first."""
        with told_plainly():
            rows = self._run(
                "SELECT role, made_at, valid_until, withdrawn_at,"
                " (SELECT count(*) FROM {schema}.desk WHERE desk.pairing = pairing.role)"
                " FROM {schema}.pairing ORDER BY made_at DESC"
            ).fetchall()
        return tuple(
            PairingAtHub(role.removeprefix(pairing_role("")), made_at, until, withdrawn_at, desks)
            for role, made_at, until, withdrawn_at, desks in rows
        )

    def withdraw_pairing(self, pairing_id: str) -> None:
        """Nobody can join with it any more. Who has joined stays; no matter if it is unknown."""
        self._shut_out("pairing", pairing_role(pairing_id), schema.pairings_role)

    def desks(self) -> tuple[DeskAtHub, ...]:
        """All that ever joined, in that order."""
        with told_plainly(), self._changing():
            rows = self._run(
                "SELECT id, pairing, joined_at, heard_at, withdrawn_at, (SELECT"
                " count(DISTINCT session) FROM {schema}.hold_up WHERE hold_up.desk = desk.id)"
                " FROM {schema}.desk ORDER BY joined_at"
            ).fetchall()
        return tuple(
            DeskAtHub(id_.hex, pairing.removeprefix(pairing_role("")), *moments)
            for id_, pairing, *moments in rows
        )

    def withdraw_desk(self, desk_id: str) -> None:
        """It may neither read nor write any more, from now on; no matter if it is unknown.

        What it has shared stays. Its laptop keeps what it has read, and the event's key.
        """
        with told_plainly():
            hub_id, _ = schema.identity(self._connection, self.event_id)
        self._shut_out("desk", schema.desk_role_prefix(hub_id) + desk_id, schema.desks_role)

    def parcels(self) -> int:
        """How many it holds, blanked ones included."""
        with told_plainly():
            (last,) = self._run("SELECT last FROM {schema}.numbering").fetchone() or (0,)
        return int(last)

    def blank(self, parcel_ids: Sequence[str], replacements: Sequence[SealedParcel]) -> None:
        """Erases what the parcels say and adds others in their place, both or neither.

        Raises:
            HubRefused: this is not the owner.
        """
        ids = [UUID(id_) for id_ in parcel_ids]
        with told_plainly(), self._changing():
            self._run("UPDATE {schema}.parcel SET body = '' WHERE id = ANY ({ids})", ids=ids)
            for parcel in replacements:
                self._run(
                    "INSERT INTO {schema}.parcel (id, desk, body) VALUES ({id}, {desk}, {body})",
                    id=UUID(parcel.id),
                    desk=UUID(parcel.desk),
                    body=parcel.body,
                )

    def remove(self) -> None:
        """Takes the event's hub and all its logins off the server; no matter if there is none.

        Every desk keeps all that it has.
        """
        with told_plainly():
            try:
                hub_id, _ = schema.identity(self._connection, self.event_id)
            except errors.UndefinedTable:
                return
            logins = "SELECT role FROM {schema}.desk UNION SELECT role FROM {schema}.pairing"
            roles = [role for (role,) in self._run(logins)]
            for _ in range(_ATTEMPTS):
                for role in roles:
                    end_sessions(self._connection, role)
                with suppress(*_IN_THE_WAY):
                    self._drop(roles, hub_id)
                    return
        raise _held_on_to("removed")

    def _drop(self, roles: Sequence[str], hub_id: str) -> None:
        with self._connection.transaction():
            self._run("SET LOCAL lock_timeout = '500ms'")
            self._run("DROP SCHEMA {schema} CASCADE")
            for role in (*roles, schema.desks_role(hub_id), schema.pairings_role(hub_id)):
                drop_role(self._connection, role)

    def _shut_out(self, table: str, role: str, group_of: Callable[[str], str]) -> None:
        """The login is worth nothing any more, and sessions that are open end.

        A session that means harm may keep its own rows locked to prevent it: that is ended first.
        """
        for _ in range(_ATTEMPTS):
            with told_plainly():
                try:
                    is_known = self._take_rights(table, role, group_of)
                except _IN_THE_WAY:
                    end_sessions(self._connection, role)
                    self._run("SELECT {schema}.end_who_keeps_joining()")
                    continue
                if is_known:
                    end_sessions(self._connection, role)
                return
        raise _held_on_to("withdrawn")

    def _take_rights(self, table: str, role: str, group_of: Callable[[str], str]) -> bool:
        """All of them or, when somebody is in the way, none; False for who never had any."""
        with self._changing() as hub_id:
            self._run("SET LOCAL lock_timeout = '500ms'")
            found = self._run(
                "UPDATE {schema}.{table} SET withdrawn_at = coalesce(withdrawn_at,"
                " clock_timestamp()) WHERE role = {role}",
                table=sql.Identifier(table),
                role=role,
            ).rowcount
            if found:
                self._run("ALTER ROLE {role} NOLOGIN", role=sql.Identifier(role))
                self._run(
                    "REVOKE {group} FROM {role}",
                    group=sql.Identifier(group_of(hub_id)),
                    role=sql.Identifier(role),
                )
            return bool(found)

    @contextmanager
    def _changing(self) -> Iterator[str]:
        """A transaction on the hub with this id, brought to the version this program knows."""
        with self._connection.transaction():
            yield schema.bring_up_to_date(self._connection, self.event_id)

    def _run(
        self, statement: LiteralString, **values: sql.Composable | Value
    ) -> psycopg.Cursor[TupleRow]:
        schema_ = sql.Identifier(schema.schema_name(self.event_id))
        return self._connection.execute(sql.SQL(statement).format(schema=schema_, **values))


def _held_on_to(done: str) -> HubError:
    return HubError(
        f"A desk or a pairing holds on to its place at the hub, and nothing was {done}. Try again;"
        " if it goes on, stop the hub and start it again first."
    )
