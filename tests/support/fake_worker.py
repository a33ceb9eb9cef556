"""``python -m tests.support.fake_worker serve ...``: ``bioql-worker`` with the fake engine."""

from __future__ import annotations

from bioql_lsp.worker.cli import main
from tests.support.fake_engine import FakeEngine, ManualClock


def run() -> None:
    clock = ManualClock()
    main(make_engine=lambda _name, _model: FakeEngine(clock), clock_ns=clock)


if __name__ == "__main__":
    run()
