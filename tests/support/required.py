"""Servers from Debian's packages that some tests need."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def missing_server(package: str) -> NoReturn:
    """Skip the test, or fail it where BIOQL_REQUIRE_SERVERS says that the server must be there."""
    reason = f"this test needs a server: apt-get install {package}"
    if os.environ.get("BIOQL_REQUIRE_SERVERS"):
        pytest.fail(reason)
    pytest.skip(reason)
