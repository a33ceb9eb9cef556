"""``python -m tests.support.fake_worker serve ...``: ``bioql-worker`` with the fake engine.

``BIOQL_FAKE_LOAD`` is handed to it: see ``fake_engine``.
"""

from __future__ import annotations

import os

from bioql_lsp.worker.cli import main
from tests.support.fake_engine import FakeEngine, ManualClock


def run() -> None:
    clock = ManualClock()
    load = os.environ.get("BIOQL_FAKE_LOAD", "")
    main(make_engine=lambda _name, _model: FakeEngine(clock, load), clock_ns=clock)


if __name__ == "__main__":
    run()
