"""From tokens to pieces: characters that come in parts, choices, and where an answer ends."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.worker.engines.base import Infill, Instruct, Piece, Prompt, Sampling, Task
from bioql_lsp.worker.engines.batch import Batch
from bioql_lsp.worker.engines.decoding import Chooser, Detokenizer
from bioql_lsp.worker.engines.stopping import stop_rule_for
from tests.worker.engines.test_prompts import TOKENIZERS, builder


class Script:
    """A model that writes given tokens."""

    rows_max = 1
    context_tokens_max = 8192
    read_tokens_max = 256
    draft_tokens_max = 0

    def __init__(self, ids: list[int]) -> None:
        self._ids = iter(ids)

    def read(self, row: int, start: int, tokens: Sequence[int], scored: int) -> Script:
        return self

    def step(self, tokens: Sequence[int], starts: Sequence[int]) -> Script:
        return self

    def best(self) -> list[int | None]:
        return [next(self._ids)]

    def of(self, place: int) -> np.ndarray:
        raise NotImplementedError

    def swap(self, first: int, second: int, length: int) -> None:
        raise NotImplementedError

    def copy(self, source: int, target: int, length: int) -> None:
        raise NotImplementedError


def answer(kind: str, task: Task, text: str, limit: int = 4000) -> list[Piece]:
    """What comes out when a model writes ``text`` and ends."""
    prompts = builder(kind)
    script = Script([*prompts.encode_continuation(text), prompts.eos_id])
    batch = Batch(script, TOKENIZERS[kind], prompts.end_ids)
    batch.add(Prompt((prompts.bos_id,)), task, Sampling(limit))
    pieces: list[Piece] = []
    while done := batch.step():
        assert done[0].piece is not None
        pieces.append(done[0].piece)
    return pieces


def text_of(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize("kind", TOKENIZERS)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
@settings(max_examples=100, deadline=None)
def test_detokenizing_step_by_step_gives_the_text(kind: str, text: str) -> None:
    detokenizer = Detokenizer(TOKENIZERS[kind])
    ids = builder(kind).encode_continuation(text)
    parts = [detokenizer.push(i) for i in ids]
    assert "".join(parts) + detokenizer.flush() == text


def test_a_character_is_not_shown_before_it_is_complete() -> None:
    detokenizer = Detokenizer(TOKENIZERS["codellama"])
    ids = builder("codellama").encode_continuation("😀")
    assert [detokenizer.push(i) for i in ids] == ["", "", "", "😀"]


def test_a_space_at_the_start_of_an_answer_is_kept() -> None:
    pieces = answer("codellama", Infill("x =", ""), " 1")
    assert text_of(pieces) == " 1"


@pytest.mark.parametrize("kind", TOKENIZERS)
def test_a_code_fence_ends_an_instruction_and_is_never_given_out(kind: str) -> None:
    pieces = answer(kind, Instruct("x"), "a = 1\nb = `2`\n```\nHere is why")
    assert text_of(pieces) == "a = 1\nb = `2`\n"
    assert pieces[-1].finish == "stop"


def test_an_end_token_ends_an_answer_without_a_fence() -> None:
    pieces = answer("mini", Instruct("x"), "a = 1\n``")
    assert (text_of(pieces), pieces[-1].finish) == ("a = 1\n", "stop")


def test_tokens_run_out_with_finish_length() -> None:
    pieces = answer("codellama", Instruct("x"), "abcdefgh", limit=3)
    assert (text_of(pieces), pieces[-1].finish) == ("abc", "length")


@pytest.mark.parametrize(
    ("prefix", "written", "expected"),
    [
        ("x = ", "1\ny = 2\n", "1"),
        ("result = quantum(", '"a",\n    shots=1,\n)\nprint(1)\n', '"a",\n    shots=1,\n)'),
        ("result = quantum(\n    ", '"a)",\n    shots=1,\n', '"a)",\n    shots=1,\n'),
        ("", "x = 1\ny = 2", "x = 1"),
        ("if x:\n    ", "a()\n    b()\nc()\n", "a()\n    b()"),
        ("", "for i in x:\n    a(i)\n    b(i)\n\nc()\n", "for i in x:\n    a(i)\n    b(i)"),
        ("# a bell", " state\nx = 1\n", " state"),
        ("", "# first\nx = 1\ny = 2\n", "# first\nx = 1"),
        ('x = """a\n', 'b(\n"""\ny = 1\n', 'b(\n"""'),
        ("def f():\n    return 1\n\nx = g(", "1)\ny = 2", "1)"),
        ("x = {", '"a": (1,\n 2)}\nz = 1', '"a": (1,\n 2)}'),
        ("x = 1  # it's\ny = ", "2\nz = 3", "2"),
    ],
)
def test_a_hole_ends_with_its_logical_line_or_block(
    prefix: str, written: str, expected: str
) -> None:
    pieces = answer("mini", Infill(prefix, ""), written)
    assert text_of(pieces) == expected
    assert pieces[-1].finish == "stop"


@pytest.mark.parametrize(
    ("prefix", "suffix", "written", "expected"),
    [
        (
            "r = quantum(",
            ")\n",
            '\n    "a)",\n    api_key=key(1),\n)\n',
            '\n    "a)",\n    api_key=key(1),\n',
        ),
        ('r = quantum("Create', '", k)', ' a Bell state", k)', " a Bell state"),
        ('r = quantum("', '")', 'a \\"b\\" c")', 'a \\"b\\" c'),
        ("r = f(g(1", "))", ", 2), 3)", ", 2"),
        ("r = f(1, ", ")", "(2), [3])", "(2), [3]"),
        ("r = [", "]\n", "f(1)]\n", "f(1)"),
        ("r = f(", "\n", "1)\n", "1)"),
    ],
)
def test_a_hole_ends_before_what_the_suffix_closes(
    prefix: str, suffix: str, written: str, expected: str
) -> None:
    pieces = answer("mini", Infill(prefix, suffix), written)
    assert text_of(pieces) == expected
    assert pieces[-1].finish == "stop"


@given(
    st.text("ab(){}[]\"'#:\n `\\", max_size=60),
    st.text("ab(\"'\n #:", max_size=20),
    st.sampled_from(["", ")", "]\n", '"', "'", '"""']),
)
@settings(max_examples=300, deadline=None)
def test_what_is_sure_never_shrinks_and_never_passes_the_end(
    text: str, prefix: str, suffix: str
) -> None:
    for task in (Infill(prefix, suffix), Instruct("x")):
        rule = stop_rule_for(task)
        safe = 0
        for length in range(len(text) + 1):
            end = rule.end_of(text[:length])
            if end is not None:
                assert safe <= end
                break
            now = rule.safe_length(text[:length])
            assert safe <= now <= length
            assert rule.end_at_stop(text[:length]) >= now
            safe = now


@given(st.integers(0, 2**63 - 1), st.floats(0.01, 2.0))
@settings(max_examples=50, deadline=None)
def test_forbidden_tokens_are_never_chosen(seed: int, temperature: float) -> None:
    logits = np.zeros(6, dtype=np.float32)
    logits[3] = -np.inf
    assert Chooser(Sampling(1, temperature, seed)).choose(logits) != 3


@pytest.mark.parametrize("spread", [0.3, 1.0, 4.0])
def test_the_last_digits_of_scores_do_not_change_a_choice(spread: float) -> None:
    """Engines, and batches of different sizes, differ there."""
    random = np.random.default_rng(3)
    for seed in range(200):
        logits = random.normal(scale=spread, size=5000).astype(np.float32)
        other = logits + random.normal(scale=1e-5, size=5000).astype(np.float32)
        sampling = Sampling(1, 1.2, seed)
        assert Chooser(sampling).choose(logits) == Chooser(sampling).choose(other)


def test_tokens_are_chosen_as_often_as_their_scores_say_and_none_outside_the_nucleus() -> None:
    shares = np.array([0.6, 0.3, 0.07, 0.02, 0.01])
    logits = (1.5 * np.log(shares)).astype(np.float32)
    chooser = Chooser(Sampling(1, 1.5, 5))
    counts = np.bincount([chooser.choose(logits) for _ in range(4000)], minlength=5)
    expected = shares[:3] / shares[:3].sum()
    assert np.abs(counts[:3] / 4000 - expected).max() < 0.03
    assert counts[3:].sum() == 0
