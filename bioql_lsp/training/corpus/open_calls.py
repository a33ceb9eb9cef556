"""Calls that somebody opens without having said what for: the simplest run is offered."""

from __future__ import annotations

from random import Random
from typing import Final

from bioql_lsp.worker.engines.base import Infill

_HEADS: Final = (
    "import os\n\nfrom bioql import quantum\n\n",
    "import os\nfrom bioql import quantum\n\n",
    "from bioql import quantum\nimport os\n\n",
    "import os\n\nfrom bioql import quantum\n\n\n",
    "import os\nimport json\n\nfrom bioql import quantum\n\n",
    'import os\n\nfrom bioql import quantum\n\nkey = os.environ["BIOQL_API_KEY"]\n',
)
_NAMES: Final = ("result = ", "result = ", "result = ", "r = ", "res = ", "out = ", "bell = ", "")
_SENTENCE: Final = "Create a Bell state"
_TAILS: Final = ("", "", "\n", "\nprint({name}.counts)\n")
_INSIDE_SHARE: Final = 0.4
_NO_SUFFIX_SHARE: Final = 0.35


def open_call(rng: Random) -> tuple[Infill, str]:
    """A hole in a call of ``quantum``, or in its sentence, with what is offered there."""
    head, name = rng.choice(_HEADS), rng.choice(_NAMES)
    key = "key" if "key = " in head else 'os.environ["BIOQL_API_KEY"]'
    begun = f"{head}{name}quantum("
    rest = f'    api_key={key},\n    backend="ibm_torino",\n    shots=100,\n'
    tail = rng.choice(_TAILS).format(name=name.partition(" ")[0] or "result")
    if rng.random() < _INSIDE_SHARE:
        begun += '\n    "' if rng.random() < 0.5 else '"'
        written = rng.choice((0, 0, 0, rng.randrange(1, len(_SENTENCE) - 1)))
        return Infill(f"{begun}{_SENTENCE[:written]}", f'",\n{rest})\n{tail}'), _SENTENCE[written:]
    arguments = f'\n    "{_SENTENCE}",\n{rest}'
    if rng.random() < _NO_SUFFIX_SHARE:
        return Infill(begun, ""), f"{arguments})"
    return Infill(begun, f")\n{tail}"), arguments
