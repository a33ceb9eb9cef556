"""Byte-level BPE with CodeLlama's special tokens, trained on the corpus.

What nearly every program of house style holds word for word is one token each (``idioms``).
Where a hole cuts through such a text, its
parts are spelt by ordinary tokens.

Digits stand alone and runs of capitals come in threes from their start, whatever stands before
them: a number, a sequence or a SMILES is then spelt the same in a request and in the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from bioql_lsp.training.corpus.examples import Example, examples
from bioql_lsp.training.idioms import idioms
from bioql_lsp.worker.engines.base import Infill, Instruct
from bioql_lsp.worker.prompts import BOS, EOS, EOT, MID, PRE, SUF, UNK
from bioql_lsp.worker.standins import STANDINS, answer_with_standins, with_standins

VOCABULARY_SIZE = 6144
SPECIAL_TOKENS = (UNK, BOS, EOS, PRE, SUF, MID, EOT)
_STANDIN = re.compile("|".join(STANDINS))
_PIECES = r"\d| ?[A-Z]?[a-z_]+|[A-Z]{1,3}|\n *| ?[^\sA-Za-z0-9_]{1,3}|\s+(?=\S)|\s+"


def texts(count: int, seed: int) -> Iterator[str]:
    """The texts of ``count`` examples."""
    for example in islice(examples(seed), count):
        yield text_of(example)


def text_of(example: Example) -> str:
    """All text of one example, but for the idioms, which need no merges."""
    task, copies = with_standins(example.task)
    answer = answer_with_standins(example.answer, copies)
    if isinstance(task, Infill):
        text = f"{task.facts}\n{task.prefix}{answer}{task.suffix}"
    elif isinstance(task, Instruct):
        text = f"{task.facts}\n{task.instruction}\n{task.context}```python\n{answer}```"
    else:
        problems = "".join(f"- {problem}\n" for problem in task.problems)
        text = f"{problems}```python\n{task.code}\n```"
    return _STANDIN.sub(" ", _idiom().sub("\n", text))


@lru_cache(maxsize=1)
def _idiom() -> re.Pattern[str]:
    longest_first = sorted(idioms(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def train_tokenizer(count: int = 20_000, seed: int = 17) -> Tokenizer:
    """Train the tokenizer on ``count`` examples."""
    tokenizer = Tokenizer(models.BPE(unk_token=UNK))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_PIECES), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY_SIZE - len(idioms()) - len(STANDINS),
        special_tokens=list(SPECIAL_TOKENS),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts(count, seed), trainer)
    tokenizer.add_tokens([AddedToken(text, normalized=False) for text in (*idioms(), *STANDINS)])
    return tokenizer


def save_tokenizer(tokenizer: Tokenizer, folder: Path) -> None:
    """Write ``tokenizer.json`` into a model folder."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
