"""One PostgreSQL of each kind for all tests of a run; every test has an event of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from certificates import Certificate, self_signed
from founded_hub import FoundedHub, founded_hub
from postgres import PostgresServer, Version, programs, running_postgres


@pytest.fixture(scope="session")
def _servers() -> Iterator[Callable[[Version], PostgresServer]]:
    started: dict[Version, PostgresServer] = {}
    with ExitStack() as running:

        def server(version: Version) -> PostgresServer:
            if programs(version) is None:
                pytest.skip(f"there is no PostgreSQL of the {version.value}")
            if version not in started:
                context = running_postgres(
                    version=version, settings={"log_statement": "all", "max_connections": "200"}
                )
                started[version] = running.enter_context(context)
            return started[version]

        yield server


@pytest.fixture
def postgres(_servers: Callable[[Version], PostgresServer]) -> PostgresServer:
    """A real server, which all tests share: the system's, or else the wheel's."""
    there = next((version for version in Version if programs(version)), Version.SYSTEM)
    return _servers(there)


@pytest.fixture(params=list(Version))
def each_postgres(
    request: pytest.FixtureRequest, _servers: Callable[[Version], PostgresServer]
) -> PostgresServer:
    """The system's server and the wheel's, one after the other: years lie between them."""
    return _servers(request.param)


@pytest.fixture(scope="session")
def certificate() -> Certificate:
    """Of the server that offers TLS, for the name localhost."""
    return self_signed()


@pytest.fixture(scope="session")
def tls_server(certificate: Certificate) -> Iterator[PostgresServer]:
    """A server that offers TLS and insists on nothing; the wheel's cannot."""
    if programs(Version.SYSTEM) is None:
        pytest.skip("there is no PostgreSQL of the system")
    files = {"server.crt": certificate.certificate, "server.key": certificate.key}
    with running_postgres(settings={"ssl": "on"}, files=files) as server:
        yield server


@pytest.fixture
def hub(postgres: PostgresServer) -> Iterator[FoundedHub]:
    """An event's hub."""
    with founded_hub(postgres) as founded:
        yield founded


@pytest.fixture
def each_hub(each_postgres: PostgresServer) -> Iterator[FoundedHub]:
    """An event's hub, on the system's server and on the wheel's."""
    with founded_hub(each_postgres) as founded:
        yield founded
