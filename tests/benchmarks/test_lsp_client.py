"""The client against a real server process."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.benchmarks.files import places, program, sites
from tests.benchmarks.lsp_client import LspClient, section
from tests.benchmarks.peers import BARE, OURS, servers
from tests.benchmarks.session import session


def test_a_server_without_features_answers_initialize_and_refuses_the_rest() -> None:
    with session(servers()[BARE]) as opened:
        assert opened.initialize_s > 0
        assert "error" in opened.client.request("benchmark/barrier").message
        memory = opened.client.memory()
        assert 1_000_000 < memory.resident_bytes <= memory.peak_bytes


def test_a_server_that_has_ended_is_not_waited_for(tmp_path: Path) -> None:
    client = LspClient((sys.executable, "-c", "input()"), {}, {}, tmp_path)
    with pytest.raises(TimeoutError):
        client.request("initialize", {})
    client.close()


def test_a_session_with_ours_opens_completes_and_types() -> None:
    text = program(100)
    with session(servers()[OURS]) as opened:
        _, findings = opened.open(text)
        assert findings > 0
        place = places(text)[0]
        with opened.line(place):
            seconds, labels = opened.complete(place)
        assert place.wanted in labels
        assert seconds > 0
        assert opened.press(sites(text)[0]) > 0


@pytest.mark.parametrize(
    ("dotted", "expected"),
    [("", {"a": {"b": 1}}), ("a", {"b": 1}), ("a.b", 1), ("a.c", None), ("a.b.c", None)],
)
def test_a_section_of_settings_is_found_by_its_dotted_name(dotted: str, expected: object) -> None:
    assert section({"a": {"b": 1}}, dotted) == expected
