"""Everybody who is compared starts, answers what is asked, and ends."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from bioql_lsp.analysis.brackets import openness
from tests.benchmarks import worker_editor
from tests.benchmarks.ledger_measure import audit_ledger
from tests.benchmarks.worker_editor import KEYS
from tests.benchmarks.worker_load import run
from tests.benchmarks.worker_process import ServerError, ServerProcess
from tests.benchmarks.worker_prompts import ANSWER_TOKENS, Prompts
from tests.benchmarks.worker_sides import Side, our_sides, peers, prepare


def answer(side: Side) -> str | None:
    """Have it answer two clients, and end; the ledger that the answers were paid from."""
    running = side.start()
    try:
        prompts = Prompts()
        seen = run(running.load([prompts.take(2), prompts.take(2)]))
        assert [each.tokens for each in seen] == [ANSWER_TOKENS] * 4
        assert all(each.sent_at < each.first_at <= each.ended_at for each in seen)
        assert running.server.resident_mb() > 10
        assert running.server.ready_seconds > 0
    finally:
        running.server.close()
    return running.ledger_url


def test_our_worker_writes_whole_answers_that_are_paid_for(tmp_path: Path) -> None:
    ledger_url = answer(our_sides(tmp_path)[0])
    assert ledger_url is not None
    audit_ledger(ledger_url)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("prepared")
    prepare(folder)
    yield folder


@pytest.mark.heavy
@pytest.mark.parametrize("number", range(5))
def test_every_peer_writes_whole_answers(prepared: Path, number: int) -> None:
    assert answer(peers(prepared)[number]) is None


def test_a_server_that_ends_at_its_start_is_said_with_its_last_words(tmp_path: Path) -> None:
    server = ServerProcess(("sh", "-c", "echo no such model >&2; exit 3"), tmp_path)
    with pytest.raises(ServerError, match="no such model"):
        server.first_line()
    with pytest.raises(ServerError, match="no such model"):
        server.wait_ready("http://127.0.0.1:9/health")


def test_what_is_typed_begins_a_word_and_leaves_nothing_open_on_its_line() -> None:
    spots = list(islice(worker_editor._spots(Random(1)), 50))
    assert len({spot.before for spot in spots}) > 40
    for spot in spots:
        assert len(spot.keys) == KEYS
        line = (spot.before + spot.keys).rpartition("\n")[2] + spot.after.partition("\n")[0]
        assert not openness(line, 0, len(line)).closers
        assert spot.cursor(KEYS)["character"] == len((spot.before + spot.keys).split("\n")[-1])


@pytest.mark.heavy
def test_an_editor_is_given_suggestions(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = worker_editor.measure(6)
    assert [figure.what for figure in figures] == [
        worker_editor.COLD,
        worker_editor.WARM,
        worker_editor.WARM_AT_ONCE,
    ]
    assert all(0 < figure.p50_ms <= figure.p95_ms for figure in figures)
