"""What the worker and its peers are asked: a file of plain Python, then a request for BioQL.

No two prompts have more than their first words in common, so no cache of any side answers, and the
code has no call of BioQL in it, which an answer could repeat faster than it writes. Their numbers
are small: the worker reads larger ones as stand-ins, and its peers do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from string import Template

from tokenizers import Tokenizer

from bioql_lsp.worker.engines.folder import embedded_folder

PROMPT_TOKENS = 200
LONG_PROMPT_TOKENS = 900
"""With the answer behind it, about what the embedded model's context holds."""
ANSWER_TOKENS = 40
BOS = "<s>"

_SUBJECTS = ("energy", "affinity", "distance", "charge", "mass", "angle", "score", "weight")
_NAMES = ("sample", "ligand", "residue", "trial", "series", "batch", "probe", "control")
_STATES = tuple(f"a GHZ state on {count} qubits" for count in range(4, 8))
_BACKENDS = ("ibm torino", "ibm kyiv", "ibm brisbane")
_LINES = (
    "$name = [row for row in rows if row.$subject > $number]\n",
    "print('$name', len($name), max($name, default=$number))\n",
    "$subject = sum(row.$subject for row in $name) / $number\n",
    "if $subject < $number:\n    raise ValueError('$subject of $name')\n",
    "for place, row in enumerate($name):\n    row.$subject += place * $number\n",
    "def $subject$number(path):\n    return path.read_text().split('$name')[$number]\n",
)
_REQUESTS = (
    "make $state on $backend, $shots shots",
    "Create $state on $backend with $shots shots",
    "run $state on $backend and print the counts",
)


@dataclass(frozen=True)
class Prompt:
    """An instruction, and how the model reads it: as a text behind ``<s>``, and as token ids."""

    instruction: str
    text: str
    ids: tuple[int, ...]


class Prompts:
    """An endless source of prompts of so many tokens or a few more; every prompt is new."""

    def __init__(self, seed: int = 1) -> None:
        self._rng = Random(seed)
        self._count = 0
        self._tokenizer = Tokenizer.from_file(str(embedded_folder() / "tokenizer.json"))
        bos_id = self._tokenizer.token_to_id(BOS)
        assert bos_id is not None
        self._bos_id: int = bos_id

    def take(self, count: int, tokens: int = PROMPT_TOKENS) -> list[Prompt]:
        """The next prompts."""
        return [self._next(tokens) for _ in range(count)]

    def _next(self, tokens: int) -> Prompt:
        self._count += 1
        number = f"{self._count // 100:02}-{self._count % 100:02}"
        head = f"# notebook {number}: {self._rng.choice(_NAMES)}\n"
        request = self._fill(self._rng.choice(_REQUESTS))
        code = head
        prompt = self._prompt(f"{code}\n{request}")
        while len(prompt.ids) < tokens:
            code += self._fill(self._rng.choice(_LINES))
            prompt = self._prompt(f"{code}\n{request}")
        return prompt

    def _fill(self, template: str) -> str:
        choose = self._rng.choice
        return Template(template).substitute(
            name=choose(_NAMES),
            subject=choose(_SUBJECTS),
            number=self._rng.randrange(2, 100),
            state=choose(_STATES),
            backend=choose(_BACKENDS),
            shots=choose((20, 40, 60, 80)),
        )

    def _prompt(self, instruction: str) -> Prompt:
        """As the worker's instruct layout has it: nothing in the text needs neutralising."""
        text = f"[INST] {instruction} [/INST]\n```python\n"
        ids = self._tokenizer.encode(text, add_special_tokens=False).ids
        return Prompt(instruction, text, (self._bos_id, *ids))
