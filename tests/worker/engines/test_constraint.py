"""What the constraint allows and refuses, token by token, for both kinds of tokenizer."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from random import Random

import numpy as np
import pytest
from tokenizers import AddedToken, Tokenizer

from bioql_lsp.training.corpus.examples import Corpus, Example
from bioql_lsp.training.corpus.recipes import ALL
from bioql_lsp.training.corpus.sampling import sample
from bioql_lsp.training.corpus.split import SPLITS, Draw
from bioql_lsp.training.idioms import idioms
from bioql_lsp.worker.engines.base import Infill, Instruct, Repair
from bioql_lsp.worker.engines.constraint import Constraint, ConstraintMaker
from bioql_lsp.worker.engines.constraint_names import imports_in
from bioql_lsp.worker.engines.decoding import best_of
from bioql_lsp.worker.engines.folder import embedded_folder
from bioql_lsp.worker.facts import with_all_facts
from bioql_lsp.worker.grounding import invented
from bioql_lsp.worker.prompts import EOS, EOT, FENCE_CLOSE
from bioql_lsp.worker.standins import STANDINS, answer_with_standins, with_standins

HEAD = "import os\n\nfrom bioql import quantum\n\n"
EXAMPLES = 60


class Made(ConstraintMaker):
    """A maker that keeps its tokenizer for the tests."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        ends = [i for i in map(tokenizer.token_to_id, (EOS, EOT)) if i is not None]
        super().__init__(tokenizer, ends)
        self.ends = ends
        self.plain = tokenizer
        self.has_standins = tokenizer.token_to_id(STANDINS[0]) is not None


@pytest.fixture(scope="module", params=["words", "idioms"])
def maker(request: pytest.FixtureRequest) -> Made:
    """The embedded tokenizer, and one in which whole lines are one token each."""
    tokenizer = Tokenizer.from_file(str(Path(embedded_folder()) / "tokenizer.json"))
    if request.param == "idioms":
        long = (*idioms(), *STANDINS)
        tokenizer.add_tokens([AddedToken(text, normalized=False) for text in long])
    tokenizer.encode_special_tokens = True
    return Made(tokenizer)


def refused(maker: Made, code: str, task: Instruct | None = None) -> str | None:
    """What was left to write when a token was refused; None where all of it was allowed."""
    task = task or Instruct("anything", facts=code)
    copies = with_standins(task)[1] if maker.has_standins else ()
    constraint = maker.constraint(task, copies)
    assert constraint is not None
    code = answer_with_standins(code, copies) + FENCE_CLOSE
    ids = maker.plain.encode(code, add_special_tokens=False).ids
    for place, token in enumerate(ids):
        if not constraint.take(token):
            return maker.plain.decode(ids[place:])
    assert constraint.is_active
    assert constraint.take(maker.ends[0])
    return None


def drawn() -> list[Example]:
    """Requests of every recipe in both languages, from all parts of the corpus, and refusals."""
    rng = Random(11)
    found = []
    for recipe in ALL:
        for language in ("en", "es"):
            own = [split for split in SPLITS if recipe.phrasings(language, split)]
            if own:
                one = sample(recipe, Draw(rng, rng.choice(own), language))
                task = with_all_facts(Instruct(one.text), "brief")
                found.append(Example(task, one.code, one.recipe))
    for split in SPLITS:
        corpus = Corpus(split)
        found += [corpus.instruct(rng) for _ in range(EXAMPLES)]
        found += [corpus.refusal(rng) for _ in range(20)]
    return found


def test_every_token_has_the_bytes_that_the_tokenizer_decodes_it_to(maker: Made) -> None:
    lead = maker.plain.encode("x", add_special_tokens=False).ids
    specials = {i for i, t in maker.plain.get_added_tokens_decoder().items() if t.special}
    for token in range(maker.plain.get_vocab_size()):
        text = maker.plain.decode([*lead, token])[1:]
        # Half a character decodes to a mark; the byte 0xFF is in no text at all.
        if token not in specials and "\ufffd" not in text:
            assert maker.bytes[token].decode() == text


@pytest.mark.parametrize("step", [8, pytest.param(1, marks=pytest.mark.heavy)])
def test_the_whole_corpus_is_allowed(maker: Made, step: int) -> None:
    examples = drawn()[::step]
    assert len(examples) > 1000 / step
    for example in examples:
        task = example.task
        assert isinstance(task, Instruct)
        if not invented(example.answer, task.instruction, f"{task.context}\n{task.facts}"):
            assert refused(maker, example.answer, task) is None, example.answer


@pytest.mark.parametrize(
    "code",
    [
        "from bioql import predict_docking\n",
        "from bioql import quantum, nothing\n",
        "from bioql import (\n    quantum,\n    nothing,\n)\n",
        "from bioql.foo import quantum\n",
        "import shutil\n",
        "import os, shutil\n",
        "from subprocess import run\n",
        "from os import system\n",
        HEAD + 'os.system("ls")\n',
        HEAD + '__import__("os")\n',
        HEAD + 'eval("1")\n',
        HEAD + 'print("".__class__)\n',
        HEAD + 'quantum("Create a Bell state", backends="ibm_torino")\n',
        HEAD + 'quantum("Create a Bell state", token="x")\n',
        HEAD + 'result = quantum("Create a Bell state")\nprint(result.fidelity_score)\n',
        HEAD + 'predict_adme_local("CCO")\n',
        'from bioql import predict_adme_local\n\npredict_adme_local(molecule="CCO")\n',
        'from bioql import predict_adme_local\n\npredict_adme_local("CCO", "CCO", "CCO")\n',
        "from bioql.crispr_qai import OffTargetPredictor\n\n"
        'OffTargetPredictor().calculate_offtarget_score("A", guide="x")\n',
        'from pathlib import Path\n\nPath("x").unlink()\n',
        "for x in range(3):\nprint(x)\n",
        "x = [1, 2\n",
        "Sure! Here is the code:\n",
    ],
)
def test_what_is_made_up_harmful_or_no_python_is_refused(maker: Made, code: str) -> None:
    assert refused(maker, code) is not None


@pytest.mark.parametrize(
    "code",
    [
        "# Not a task for BioQL.\n",
        HEAD + 'r = quantum("Bell state", api_key=os.environ["K"])\nprint(r.counts)\n',
        "from bioql import quantum as run\n\nrun('Create a Bell state')\n",
        "def double(x):\n    return x * 2\n\n\nprint(double(4))\n",
        "try:\n    import numpy as np\nexcept ImportError:\n    raise\nfinally:\n    pass\n",
        "for a in range(2):\n    for b in range(2):\n        if a == b:\n            print(a)\n",
        'x = {"a": [i**2 for i in range(3) if i], **{}}\nprint(f"{x!r}", max(x, key=len))\n',
    ],
)
def test_ordinary_programs_are_allowed(maker: Made, code: str) -> None:
    assert refused(maker, code) is None


def test_a_buffer_lends_its_names(maker: Made) -> None:
    buffer = "from bioql import quantum as run\n\n\ndef prepare(x):\n    return x.thing\n"
    code = 'print(prepare(run("Create a Bell state")).thing)\n'
    assert refused(maker, code) is not None
    assert refused(maker, code, Instruct("go on", context=buffer)) is None


def test_imports_that_never_close_are_read_in_linear_time() -> None:
    started = time.process_time()
    assert list(imports_in("from a import (\n" * 16_000)) == []
    assert time.process_time() - started < 4


def test_an_answer_cannot_end_before_its_fence(maker: Made) -> None:
    constraint = maker.constraint(Instruct("anything"))
    assert constraint is not None
    for token in maker.plain.encode("x = 1\n", add_special_tokens=False).ids:
        assert not constraint.take(maker.ends[0])
        assert constraint.take(token)
    assert not constraint.take(maker.ends[0])


def written(maker: Made, constraint: Constraint, wanted: str) -> str:
    """What comes out where a model wants to write a text, and else takes the first token."""
    tokens: list[int] = []
    while len(tokens) < 80 and not maker.plain.decode(tokens).endswith("\n"):
        ids = maker.plain.encode(wanted, add_special_tokens=False).ids
        logits = np.linspace(0.0, -1.0, len(maker.bytes), dtype=np.float32)
        if len(tokens) < len(ids):
            logits[ids[len(tokens)]] = 1.0
        tokens.append(constraint.choose(logits, best_of))
    return maker.plain.decode(tokens)


def test_a_slip_in_what_is_copied_is_put_right(maker: Made) -> None:
    smiles = "CC(=O)Oc1ccccc1C(=O)O"
    code = f'from bioql import predict_adme_local\n\npredict_adme_local("{smiles[:12]}'
    constraint = maker.constraint(Instruct(f"ADME of {smiles}"))
    assert constraint is not None
    for token in maker.plain.encode(code, add_special_tokens=False).ids:
        assert constraint.take(token)
    assert written(maker, constraint, "NNNN").startswith(f'{smiles[12:]}"')


def test_what_was_never_given_is_left_to_the_check_of_the_answer(maker: Made) -> None:
    code = 'from bioql import predict_adme_local\n\npredict_adme_local("CC(=O)N")\n'
    assert refused(maker, code, Instruct("ADME of something")) is None


def test_a_stand_in_that_stands_for_nothing_is_refused(maker: Made) -> None:
    code = 'from bioql import predict_adme_local\n\npredict_adme_local("'
    constraint = maker.constraint(Instruct("ADME of CCO"), (("⟦M1⟧", "CCO"),))
    assert constraint is not None
    for token in maker.plain.encode(code, add_special_tokens=False).ids:
        assert constraint.take(token)
    if maker.has_standins:
        other, own = maker.plain.encode("⟦M2⟧⟦M1⟧", add_special_tokens=False).ids
        assert not constraint.take(other)
        assert constraint.take(own)


@pytest.mark.parametrize(
    "code",
    [
        "x = ⟦N1⟧\n",
        "x = -⟦N1⟧ * 2\n",
        "x = ⟦D1⟧\n",
        HEAD + 'quantum("Create a Bell state", shots=⟦N1⟧)\n',
        'x = "⟦N1⟧ of ⟦D1⟧, ⟦M1⟧"\n',
        'x = ["⟦M1⟧", "⟦F1⟧"]\n',
    ],
)
def test_a_stand_in_stands_where_its_text_may(maker: Made, code: str) -> None:
    given = Instruct('take 200, {"00": 480, "11": 520}, CC(=O)N and my.csv')
    if maker.has_standins:
        assert refused(maker, code, given) is None
        assert refused(maker, code, Instruct("take nothing")) is not None


@pytest.mark.parametrize("code", ["x = ⟦M1⟧\n", "x = ⟦F1⟧\n", "f⟦N1⟧ = 2\n"])
def test_a_stand_in_for_a_text_is_no_code(maker: Made, code: str) -> None:
    given = Instruct("take 200, CC(=O)N and my.csv")
    if maker.has_standins:
        assert refused(maker, code, given) is not None


def test_an_invented_keyword_becomes_another_token(maker: Made) -> None:
    constraint = maker.constraint(Instruct("a Bell state"))
    assert constraint is not None
    code = HEAD + 'quantum("Create a Bell state", '
    for token in maker.plain.encode(code, add_special_tokens=False).ids:
        assert constraint.take(token)
    logits = np.zeros(len(maker.bytes), dtype=np.float32)
    constraint.mask(logits)
    allowed = {maker.pieces[token] for token in np.flatnonzero(np.isfinite(logits))}
    assert "b" in allowed
    assert "=" not in allowed


def test_holes_and_repairs_are_written_without_a_grammar(maker: Made) -> None:
    assert maker.constraint(Infill("x = ")) is None
    assert maker.constraint(Repair("x = ")) is None


def test_after_an_error_inside_everything_is_allowed(maker: Made) -> None:
    constraint = maker.constraint(Instruct("anything"))
    assert constraint is not None
    logits = np.full(len(maker.bytes), -np.inf, dtype=np.float32)
    logits[maker.ends[0]] = 0.0
    assert constraint.choose(logits, best_of) == maker.ends[0]
    assert not constraint.is_active
    assert constraint.take(maker.ends[1])


def test_no_torch_comes_with_it() -> None:
    code = (
        "import sys, bioql_lsp.worker.engines.constraint as _; "
        "sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
