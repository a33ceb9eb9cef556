"""Where our own time goes: what is imported until ``initialize`` is answered, and one key."""

from __future__ import annotations

import asyncio
import cProfile
import pstats
import subprocess
import sys
import threading
from itertools import cycle, islice
from types import FrameType
from typing import Any

from tests.benchmarks.files import program, sites
from tests.server.harness import Connection, frame, initialize_params, range_of

LINES = 1_000
KEYS = 50
ROWS = 25
COMMAND = (sys.executable, "-X", "importtime", "-m", "bioql_lsp.cli", "--stdio")


def profile() -> None:
    """Print both."""
    _print_imports()
    _print_keys()


def _print_imports() -> None:
    """The slowest imports of a start, in milliseconds with what they import in turn."""
    initialize = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": initialize_params("vscode"),
    }
    finished = subprocess.run(COMMAND, input=frame(initialize), capture_output=True, check=False)
    rows: list[tuple[int, int, str]] = []
    for line in finished.stderr.decode().splitlines():
        own, total, name = (part.strip() for part in line.split("|")) if "|" in line else [""] * 3
        if total.isdigit():
            rows.append((int(total), int(own.rpartition(":")[2]), name))
    print(f"start: {len(rows)} imports until initialize is answered, the slowest in ms")
    print("     total       own  module")
    for total_us, own_us, name in sorted(rows, reverse=True)[:ROWS]:
        print(f"{total_us / 1000:10.1f}{own_us / 1000:10.1f}  {name}")


def _print_keys() -> None:
    """The profile of every thread from opening a file through typing in it."""
    profiles: list[cProfile.Profile] = [cProfile.Profile()]

    def start_in_thread(_frame: FrameType, _event: str, _argument: Any) -> None:
        profiles.append(cProfile.Profile())
        profiles[-1].enable()

    threading.setprofile(start_in_thread)
    try:
        profiles[0].enable()
        asyncio.run(_type())
        profiles[0].disable()
    finally:
        threading.setprofile(None)
    print(
        f"\nkeys: {KEYS} keys in {LINES:,} lines (and opening them), every thread, own time first"
    )
    stats = pstats.Stats(*profiles)
    stats.sort_stats("tottime").print_stats(ROWS)
    stats.sort_stats("cumulative").print_stats("bioql_lsp", ROWS)


async def _type() -> None:
    """Open a file and type in it, waiting for the diagnostics of each key."""
    connection = Connection()
    try:
        await connection.initialize()
        text = program(LINES)
        connection.open(text)
        await connection.diagnostics(0)
        for number, site in enumerate(islice(cycle(sites(text)), KEYS), start=1):
            place = range_of(site.line, site.character, site.character)
            connection.change(number + 1, {"range": place, "text": site.typed})
            await connection.diagnostics(number)
    finally:
        await connection.aclose()
