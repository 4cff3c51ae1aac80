"""What the organiser's DSN demands of a database before the password is given away."""

from __future__ import annotations

from pathlib import Path

import pytest
from certificates import Certificate, intercepted, self_signed
from postgres import PostgresServer, running_postgres

from checkin_app.errors import HubError, HubRefused, HubUnreachable, UsageError
from checkin_app.hub.access import BOUND_TLS, NO_TLS, SYSTEM_TLS
from checkin_app.hub.organiser_login import log_in_by, tls_for_desks
from checkin_app.hub.server.ways import way_to

HBA = "host all organiser all {}\nhost all all all scram-sha-256\n"


@pytest.fixture
def trusted(certificate: Certificate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's roots vouch for the server."""
    path, _ = certificate.saved(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return path


def by_name(server: PostgresServer, **more: str) -> str:
    address = server.dsn.replace(server.host, "localhost")
    return f"{address}?{'&'.join(f'{name}={value}' for name, value in more.items())}"


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("roots", [{}, {"sslrootcert": "system"}])
def test_a_certificate_that_the_system_trusts_is_verified_by_desks_as_well(
    tls_server: PostgresServer, roots: dict[str, str]
) -> None:
    dsn = by_name(tls_server, sslmode="verify-full", **roots)
    log_in_by(dsn).close()
    assert way_to(dsn).tls == SYSTEM_TLS


def test_a_certificate_that_nobody_vouches_for_is_refused(tls_server: PostgresServer) -> None:
    with pytest.raises(HubRefused, match="certificate, so the password was not sent"):
        log_in_by(by_name(tls_server, sslmode="verify-full"))


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_name_is_refused(tls_server: PostgresServer) -> None:
    with pytest.raises(HubRefused, match="certificate"):
        log_in_by(f"{tls_server.dsn}?sslmode=verify-full")


def test_roots_of_the_organisers_own_vouch_on_that_laptop_and_the_login_on_desks(
    tls_server: PostgresServer, certificate: Certificate, tmp_path: Path
) -> None:
    root, _ = certificate.saved(tmp_path)
    dsn = by_name(tls_server, sslmode="verify-full", sslrootcert=str(root))
    assert way_to(dsn).tls == BOUND_TLS


def test_what_the_environment_demands_counts_where_the_dsn_is_silent(
    tls_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    with pytest.raises(HubRefused, match="certificate"):
        log_in_by(by_name(tls_server))
    assert tls_for_desks(by_name(tls_server), is_encrypted=True) == SYSTEM_TLS


def test_who_listens_in_between_gets_no_login(tls_server: PostgresServer, tmp_path: Path) -> None:
    false = self_signed()
    with intercepted(tls_server.host, tls_server.port, *false.saved(tmp_path)) as port:
        dsn = tls_server.dsn.replace(str(tls_server.port), str(port))
        with pytest.raises(HubRefused, match="prove itself by the login"):
            log_in_by(f"{dsn}?sslmode=require")


@pytest.mark.parametrize("method", ["password", "trust"])
def test_a_server_that_asks_for_anything_but_scram_gets_no_password(
    certificate: Certificate, method: str
) -> None:
    files = {"server.crt": certificate.certificate, "server.key": certificate.key}
    with running_postgres(settings={"ssl": "on"}, files=files) as server:
        (server.folder / "data" / "pg_hba.conf").write_text(HBA.format(method))
        server.stop()
        server.start()
        with pytest.raises(HubRefused, match="so the password was not sent"):
            log_in_by(f"{server.dsn}?sslmode=require")


def test_tls_that_is_demanded_and_not_there_is_said(
    tls_server: PostgresServer,
) -> None:
    with running_postgres() as plain:
        with pytest.raises(HubRefused, match="does not encrypt"):
            log_in_by(f"{plain.dsn}?sslmode=require")
        assert way_to(plain.dsn).tls == NO_TLS
    assert way_to(tls_server.dsn).tls == BOUND_TLS


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ("no password", HubRefused, "PGPASSWORD"),
        ("another password", HubRefused, "does not let the organiser in"),
        ("another database", HubRefused, "does not let the organiser in"),
        ("nobody there", HubUnreachable, "does not answer"),
        ("no name of a host", HubUnreachable, "does not answer"),
        ("a socket", UsageError, "socket of this computer"),
        ("no host", UsageError, "socket of this computer"),
        ("no address", UsageError, "no address of a PostgreSQL"),
    ],
)
def test_why_nobody_was_let_in_is_said_without_the_password(
    tls_server: PostgresServer, monkeypatch: pytest.MonkeyPatch, change: str, error: type, said: str
) -> None:
    for name in ("PGPASSWORD", "PGHOST"):
        monkeypatch.delenv(name, raising=False)
    dsn = {
        "no password": tls_server.dsn.replace(f":{tls_server.password}", ""),
        "another password": tls_server.dsn.replace(tls_server.password, f"x{tls_server.password}"),
        "another database": tls_server.dsn.replace("/event", "/elsewhere"),
        "nobody there": tls_server.dsn.replace(str(tls_server.port), "1"),
        "no name of a host": f"host={'a' * 5000} dbname=event password={tls_server.password}",
        "a socket": f"host=/run/postgresql dbname=event password={tls_server.password}",
        "no host": f"dbname=event password={tls_server.password}",
        "no address": f"{tls_server.password} what",
    }[change]
    with pytest.raises((HubError, UsageError), match=said) as raised:
        log_in_by(dsn)
    assert isinstance(raised.value, error)
    assert tls_server.password not in f"{raised.value!r}{raised.value.__cause__!r}"
