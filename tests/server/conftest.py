"""Fixtures: a server in this process, and one in a process of its own."""

from collections.abc import AsyncIterator

import pytest

from tests.server.harness import Connection


@pytest.fixture
async def connection() -> AsyncIterator[Connection]:
    client = Connection()
    yield client
    await client.aclose()


@pytest.fixture
async def ready(connection: Connection) -> Connection:
    """A client without any capability, initialized."""
    await connection.initialize()
    return connection
