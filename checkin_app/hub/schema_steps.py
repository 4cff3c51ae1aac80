"""The steps that make an event's hub in PostgreSQL, each on top of those before it.

A step that went out is never changed: hubs that took it are there. ``schema`` takes them.

How a desk that means harm is kept from holding up the others (what a role is allowed cannot be
limited in time: a desk may set every time limit of its own session away):

- Numbers are given one after the other, so a transaction that has one and does not end holds up
  all desks. Whoever waits for two seconds for the same transaction of a desk ends that session and
  goes on; after three times the desk may hand in nothing for ten minutes.
- Since PostgreSQL 16 a transaction that joins keeps all others from joining and being withdrawn.
  Whoever waits for it for two seconds ends it.
- Every desk that asks for the others also ends the sessions of desks that linger in a transaction
  for a minute, and of laptops that stay logged in with a pairing.

For all of it, the owner is a member of the roles of desks and pairings: PostgreSQL lets the members
of a role see what its sessions do, and end them.
"""

from __future__ import annotations

from typing import LiteralString

Step = LiteralString
"""SQL with the names of ``schema._names`` in braces."""

VERSION_1: Step = """
CREATE TABLE {schema}.hub (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    id uuid NOT NULL,
    version integer NOT NULL
);

CREATE TABLE {schema}.numbering (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    last bigint NOT NULL
);
INSERT INTO {schema}.numbering (last) VALUES (0);

CREATE TABLE {schema}.desk (
    id uuid PRIMARY KEY,
    role name NOT NULL UNIQUE,
    pairing name NOT NULL,
    joined_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    heard_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    withdrawn_at timestamptz
);

CREATE TABLE {schema}.pairing (
    role name PRIMARY KEY,
    wrapped bytea NOT NULL,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    valid_until timestamptz NOT NULL,
    withdrawn_at timestamptz
);

CREATE TABLE {schema}.parcel (
    number bigint PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    desk uuid NOT NULL,
    carrier uuid,
    at timestamptz NOT NULL,
    body bytea NOT NULL CHECK (octet_length(body) <= 16777216)
);

CREATE FUNCTION {schema}.number_parcel() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT desk.id INTO NEW.carrier FROM {schema}.desk
        WHERE desk.role = session_user AND desk.withdrawn_at IS NULL;
    IF NOT FOUND AND NOT pg_has_role(session_user, current_user, 'MEMBER') THEN
        RAISE EXCEPTION 'this desk was withdrawn' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM FROM {schema}.numbering FOR UPDATE;
    IF EXISTS (SELECT FROM {schema}.parcel WHERE parcel.id = NEW.id) THEN
        RETURN NULL;
    END IF;
    UPDATE {schema}.numbering SET last = last + 1 RETURNING last INTO NEW.number;
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER number_parcel BEFORE INSERT ON {schema}.parcel
    FOR EACH ROW EXECUTE FUNCTION {schema}.number_parcel();

CREATE FUNCTION {schema}.tell_of_parcels() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_notify({channel}, '');
    RETURN NULL;
EXCEPTION WHEN feature_not_supported OR undefined_function THEN
    RETURN NULL; -- distributed databases may not notify: desks look now and then anyway
END $$;
CREATE TRIGGER tell_of_parcels AFTER INSERT ON {schema}.parcel
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.tell_of_parcels();

CREATE FUNCTION {schema}.hear() RETURNS TABLE (desk uuid, heard_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE {schema}.desk AS d SET heard_at = clock_timestamp()
        WHERE d.role = session_user AND d.withdrawn_at IS NULL;
    RETURN QUERY SELECT d.id, d.heard_at FROM {schema}.desk AS d WHERE d.withdrawn_at IS NULL;
END $$;

CREATE FUNCTION {schema}.join_event(joining uuid, verifier text)
RETURNS TABLE (login name, hub uuid, wrapped bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    pairing {schema}.pairing;
    known {schema}.desk;
BEGIN
    SELECT p.* INTO pairing FROM {schema}.pairing AS p
        WHERE p.role = session_user AND p.withdrawn_at IS NULL
        AND p.valid_until > clock_timestamp() FOR SHARE;
    IF NOT FOUND OR verifier !~ '^SCRAM-SHA-256[$][0-9]+:[A-Za-z0-9+/=]+[$][A-Za-z0-9+/=:]+$' THEN
        RAISE EXCEPTION 'this pairing was withdrawn' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT d.* INTO known FROM {schema}.desk AS d WHERE d.id = joining;
    IF known.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION 'this desk was withdrawn' USING ERRCODE = 'insufficient_privilege';
    ELSIF known.id IS NULL THEN
        known.role := {desk_prefix} || replace(joining::text, '-', '');
        EXECUTE format('CREATE ROLE %I LOGIN CONNECTION LIMIT 10 PASSWORD %L IN ROLE %I',
            known.role, verifier, {desks_name});
        INSERT INTO {schema}.desk (id, role, pairing) VALUES (joining, known.role, pairing.role);
    END IF;
    RETURN QUERY SELECT known.role, h.id, pairing.wrapped FROM {schema}.hub AS h;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {schema} FROM PUBLIC;
GRANT USAGE ON SCHEMA {schema} TO {desks}, {pairings};
GRANT SELECT ON {schema}.hub TO {desks}, {pairings};
GRANT SELECT ON {schema}.parcel, {schema}.desk TO {desks};
GRANT INSERT (id, desk, body) ON {schema}.parcel TO {desks};
GRANT EXECUTE ON FUNCTION {schema}.hear() TO {desks};
GRANT EXECUTE ON FUNCTION {schema}.join_event(uuid, text) TO {pairings};
"""

VERSION_2: Step = """
CREATE TABLE {schema}.hold_up (
    desk uuid NOT NULL,
    session integer NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);

DO $$
DECLARE
    login name;
BEGIN
    FOR login IN SELECT role FROM {schema}.desk UNION ALL SELECT role FROM {schema}.pairing LOOP
        EXECUTE format('GRANT %I TO CURRENT_USER', login);
    END LOOP;
END $$;

CREATE FUNCTION {schema}.end_who_holds_up(holder xid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    slow record;
BEGIN
    PERFORM pg_stat_clear_snapshot();
    SELECT d.id, a.pid INTO slow
        FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid
        JOIN {schema}.desk AS d ON d.role = a.usename
        WHERE l.locktype = 'transactionid' AND l.granted AND l.transactionid = holder
        -- A server whose disk or standby is slow, not the desk.
        AND coalesce(a.wait_event_type NOT IN ('IO', 'LWLock', 'IPC'), true)
        AND pg_has_role(a.usename, 'USAGE');
    IF FOUND THEN
        PERFORM pg_terminate_backend(slow.pid);
        INSERT INTO {schema}.hold_up (desk, session) VALUES (slow.id, slow.pid);
    END IF;
END $$;

CREATE FUNCTION {schema}.end_who_lingers() RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity AS a
        LEFT JOIN {schema}.desk AS d ON d.role = a.usename
        LEFT JOIN {schema}.pairing AS p ON p.role = a.usename
        WHERE a.pid <> pg_backend_pid() AND pg_has_role(a.usename, 'USAGE')
        AND coalesce(d.role, p.role) IS NOT NULL
        AND clock_timestamp() - CASE WHEN p.role IS NULL THEN a.xact_start ELSE a.backend_start END
            > interval '1 minute'
$$;

CREATE OR REPLACE FUNCTION {schema}.number_parcel() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    holder xid;
BEGIN
    SELECT desk.id INTO NEW.carrier FROM {schema}.desk
        WHERE desk.role = session_user AND desk.withdrawn_at IS NULL;
    IF NOT FOUND AND NOT pg_has_role(session_user, current_user, 'MEMBER') THEN
        RAISE EXCEPTION 'this desk was withdrawn' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.number := NULL;
    PERFORM FROM {schema}.numbering FOR UPDATE SKIP LOCKED;
    IF FOUND THEN
        UPDATE {schema}.numbering SET last = last + 1 RETURNING last INTO NEW.number;
    END IF;
    WHILE NEW.number IS NULL LOOP
        SELECT xmax INTO holder FROM {schema}.numbering;
        BEGIN
            UPDATE {schema}.numbering SET last = last + 1 RETURNING last INTO NEW.number;
        EXCEPTION WHEN lock_not_available THEN
            PERFORM {schema}.end_who_holds_up(holder);
        END;
    END LOOP;
    IF EXISTS (SELECT FROM {schema}.hold_up WHERE hold_up.desk = NEW.carrier) THEN
        IF (SELECT count(DISTINCT session) FROM {schema}.hold_up
            WHERE hold_up.desk = NEW.carrier AND at > clock_timestamp() - interval '10 minutes') > 2
        THEN
            RAISE EXCEPTION 'this desk held up the others' USING ERRCODE = {held_up};
        END IF;
    END IF;
    -- Always a change, given back here, and never a lock alone: so who holds the row can be read
    -- from it, whatever savepoints he sets.
    IF EXISTS (SELECT FROM {schema}.parcel WHERE parcel.id = NEW.id) THEN
        UPDATE {schema}.numbering SET last = last - 1;
        RETURN NULL;
    END IF;
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION {schema}.hear() RETURNS TABLE (desk uuid, heard_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE {schema}.desk AS d SET heard_at = clock_timestamp()
        WHERE d.role = session_user AND d.withdrawn_at IS NULL;
    PERFORM {schema}.end_who_lingers();
    RETURN QUERY SELECT d.id, d.heard_at FROM {schema}.desk AS d WHERE d.withdrawn_at IS NULL;
END $$;

CREATE FUNCTION {schema}.end_who_keeps_joining() RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT pg_terminate_backend(a.pid) FROM pg_locks AS l
        JOIN pg_stat_activity AS a ON a.pid = l.pid
        JOIN {schema}.pairing AS p ON p.role = a.usename
        WHERE l.locktype = 'object' AND l.granted AND l.pid <> pg_backend_pid()
        AND l.objid = (SELECT oid FROM pg_roles WHERE rolname = {desks_name})
        AND clock_timestamp() - a.xact_start > interval '2 seconds'
        AND pg_has_role(a.usename, 'USAGE')
$$;

CREATE OR REPLACE FUNCTION {schema}.join_event(joining uuid, verifier text)
RETURNS TABLE (login name, hub uuid, wrapped bytea)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    pairing {schema}.pairing;
    known {schema}.desk;
BEGIN
    SELECT p.* INTO pairing FROM {schema}.pairing AS p
        WHERE p.role = session_user AND p.withdrawn_at IS NULL
        AND p.valid_until > clock_timestamp() FOR SHARE;
    IF NOT FOUND OR verifier !~ '^SCRAM-SHA-256[$][0-9]+:[A-Za-z0-9+/=]+[$][A-Za-z0-9+/=:]+$' THEN
        RAISE EXCEPTION 'this pairing was withdrawn' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT d.* INTO known FROM {schema}.desk AS d WHERE d.id = joining;
    IF known.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION 'this desk was withdrawn' USING ERRCODE = 'insufficient_privilege';
    ELSIF known.id IS NULL THEN
        known.role := {desk_prefix} || replace(joining::text, '-', '');
        LOOP
            BEGIN
                EXECUTE format('CREATE ROLE %I LOGIN CONNECTION LIMIT 10 PASSWORD %L IN ROLE %I',
                    known.role, verifier, {desks_name});
                EXECUTE format('GRANT %I TO CURRENT_USER', known.role);
                EXIT;
            EXCEPTION WHEN lock_not_available THEN
                PERFORM {schema}.end_who_keeps_joining();
            END;
        END LOOP;
        INSERT INTO {schema}.desk (id, role, pairing) VALUES (joining, known.role, pairing.role);
    END IF;
    RETURN QUERY SELECT known.role, h.id, pairing.wrapped FROM {schema}.hub AS h;
END $$;

REVOKE ALL ON FUNCTION {schema}.end_who_holds_up(xid), {schema}.end_who_lingers(),
    {schema}.end_who_keeps_joining() FROM PUBLIC;
"""

HELD_UP = "CH001"
"""SQLSTATE of what a desk hears that held up the others; class CH is nobody's."""
