"""An answer to a hole writes the begun line again, in whatever tokens, and does not show it."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.worker.engines.base import Infill, LocalEngine, Sampling
from bioql_lsp.worker.engines.constraint import ConstraintMaker
from bioql_lsp.worker.engines.folder import embedded_folder, read_folder
from bioql_lsp.worker.engines.healing import LINE_CHARS_MAX, Healing, begun
from bioql_lsp.worker.engines.registry import EngineOptions, create_local
from bioql_lsp.worker.engines.single import generate
from bioql_lsp.worker.standins import turned_back

HEAD = "from bioql import predict_adme_local\n\n# half-life of CCOc1ccccc1\n"
TEXTS = st.one_of(
    st.sampled_from(["from b", "adme = pre", 'print(adme["ha', "    x.", "é = 'ñ", "👩‍🔬"]),
    st.text(max_size=20),
)


@pytest.fixture(scope="module")
def pieces() -> list[bytes]:
    folder = read_folder(embedded_folder())
    return ConstraintMaker(folder.tokenizer, sorted(folder.prompts.end_ids)).bytes


def loaded(*, is_constrained: bool) -> LocalEngine:
    made = create_local("onnx", None, EngineOptions(is_constrained=is_constrained))
    made.load(lambda _share, _word: None)
    return made


@pytest.fixture(scope="module")
def engine() -> LocalEngine:
    return loaded(is_constrained=True)


@pytest.mark.parametrize(
    ("prefix", "rest"),
    [
        ("", ""),
        ("import os\n", ""),
        ("import os\nfrom b", "from b"),
        ("import os\n    x = infer_", "x = infer_"),
        (f"x = '{'a' * LINE_CHARS_MAX}' + infer_", "infer_"),
        (f"x = '{'a ' * LINE_CHARS_MAX}", ""),
    ],
)
def test_the_begun_line_is_written_again_and_of_a_long_one_the_begun_word(
    prefix: str, rest: str
) -> None:
    assert begun(prefix) == rest


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, seed=st.integers(0, 1000))
def test_whatever_a_model_wants_the_text_comes_first(
    pieces: list[bytes], text: str, seed: int
) -> None:
    healing, rng = Healing(pieces, text), np.random.default_rng(seed)
    written = b""
    while len(written) < len(text.encode()):
        logits = rng.normal(size=len(pieces)).astype(np.float32)
        written += pieces[healing.choose(logits, lambda scores: int(scores.argmax()))]
    assert written.startswith(text.encode())
    assert healing.take(Random(seed).randrange(len(pieces)))


def test_guessed_tokens_count_as_far_as_they_keep_to_the_text(pieces: list[bytes]) -> None:
    one, other = pieces.index(b"x"), pieces.index(b"y")
    assert Healing(pieces, "xx").allowed_first([one, other, one]) == [one]
    assert Healing(pieces, "x").allowed_first([one, other, one]) == [one, other, one]


@pytest.mark.parametrize(
    "begun_line", ["adme = predict_a", "adme = predict_adme_local(", "x = '👩‍🔬'; ad", ""]
)
def test_what_was_typed_is_not_shown_again(engine: LocalEngine, begun_line: str) -> None:
    task = Infill(HEAD + begun_line, "\nprint(adme.half_life)\n")
    prompt = engine.prompt(task, 40)
    assert turned_back(prompt.begun, prompt.copies) == begun_line
    answer = "".join(piece.text for piece in generate(engine, task, Sampling(40)))
    assert not begun_line or not answer.startswith(begun_line)


def test_data_of_the_line_are_turned_back_before_it_is_hidden(engine: LocalEngine) -> None:
    line = 'adme = predict_adme_local("CCOc1ccccc1")  # and th'
    prompt = engine.prompt(Infill(HEAD + line, ""), 40)
    assert "⟦" in prompt.begun or not prompt.copies
    assert turned_back(prompt.begun, prompt.copies) == line


def test_without_a_grammar_the_prompt_ends_at_the_hole() -> None:
    plain = loaded(is_constrained=False)
    assert plain.prompt(Infill(f"{HEAD}adme = pre", ""), 40).begun == ""
