"""Phrasings as patterns: what they stand for, and what is wrong with a bad one."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.training.corpus.patterns import (
    PatternError,
    SlotName,
    always_said,
    expand,
    parse,
    slot_names,
)

WORDS = st.sampled_from(["dock", "the", "", "a b", "{molecule}", "{target}"])
PATTERNS = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"[{'|'.join(parts)}]"),
    ),
    max_leaves=8,
)


def texts(pattern: str, count: int = 200) -> set[str]:
    rng = Random(1)
    return {
        "".join(f"<{node.name}>" if isinstance(node, SlotName) else node for node in nodes)
        for nodes in (expand(pattern, rng) for _ in range(count))
    }


def test_alternatives_options_and_slots_are_expanded() -> None:
    pattern = "(predict|get)[ the] ADME of {molecule}"
    assert texts(pattern) == {
        "predict ADME of <molecule>",
        "predict the ADME of <molecule>",
        "get ADME of <molecule>",
        "get the ADME of <molecule>",
    }


def test_alternatives_nest() -> None:
    assert texts("a (b[ c]|(d|e))") == {"a b", "a b c", "a d", "a e"}


@pytest.mark.parametrize("pattern", ["(a", "a)", "[a", "a]", "(a]", "a|b", "{a", "a}", "{}"])
def test_a_pattern_that_does_not_close_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        parse(pattern)


@given(PATTERNS, st.integers())
def test_every_slot_that_is_always_said_is_in_every_text(pattern: str, seed: int) -> None:
    said = {node.name for node in expand(pattern, Random(seed)) if isinstance(node, SlotName)}
    assert always_said(pattern) <= said <= slot_names(pattern)
