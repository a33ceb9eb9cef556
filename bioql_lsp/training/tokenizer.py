"""Byte-level BPE with CodeLlama's special tokens, trained on the corpus.

Digits stand alone and runs of capitals come in threes from their start, whatever stands before
them: a number, a sequence or a SMILES is then spelt the same in a request and in the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from bioql_lsp.training.corpus import Example, examples
from bioql_lsp.worker.engines.base import Infill, Instruct
from bioql_lsp.worker.prompts import BOS, EOS, EOT, MID, PRE, SUF, UNK

VOCABULARY_SIZE = 4096
SPECIAL_TOKENS = (UNK, BOS, EOS, PRE, SUF, MID, EOT)
_PIECES = r"\d| ?[A-Z]?[a-z_]+|[A-Z]{1,3}|\n *| ?[^\sA-Za-z0-9_]{1,3}|\s+(?=\S)|\s+"


def texts(count: int, seed: int) -> Iterator[str]:
    """The texts of ``count`` examples."""
    for example in islice(examples(seed), count):
        yield text_of(example)


def text_of(example: Example) -> str:
    """All text of one example."""
    task = example.task
    if isinstance(task, Infill):
        return task.prefix + example.answer + task.suffix
    if isinstance(task, Instruct):
        return f"[INST] {task.instruction} [/INST]\n```python\n{example.answer}```"
    problems = "".join(f"- {problem}\n" for problem in task.problems)
    return f"[INST] Fix this BioQL code.\n{problems}```python\n{task.code}\n```\nCode around it:\n"


def train_tokenizer(count: int = 40_000, seed: int = 17) -> Tokenizer:
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
        vocab_size=VOCABULARY_SIZE,
        special_tokens=list(SPECIAL_TOKENS),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts(count, seed), trainer)
    return tokenizer


def save_tokenizer(tokenizer: Tokenizer, folder: Path) -> None:
    """Write ``tokenizer.json`` into a model folder."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
