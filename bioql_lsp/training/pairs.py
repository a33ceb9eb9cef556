"""What the task modules share: a request with its answer, slots, and the shape of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from bioql_lsp.training.tables import BACKENDS, NUMBER_WORDS, SHOT_COUNTS

GUARD = "if not result.success:\n    raise SystemExit(result.error_message)\n"
RUN_IMPORTS = "import os\n\nfrom bioql import quantum\n\n"


@dataclass(frozen=True, slots=True)
class Pair:
    """A request and the code that answers it.

    ``is_exact`` says that the request holds a literal (SMILES, sequence) whose letters count.
    """

    request: str
    code: str
    is_exact: bool = False


TaskMaker: TypeAlias = Callable[[Random], Pair]


def fill(rng: Random, *templates: str, **slots: object) -> str:
    """One of the templates with its slots filled and spaces tidied."""
    return " ".join(rng.choice(templates).format(**slots).split())


def backend_slot(rng: Random) -> tuple[str, str]:
    """A backend as (name, phrase of a request); an empty phrase stands for the default."""
    if rng.random() < 0.35:
        return "ibm_torino", ""
    name = "ibm_torino" if rng.random() < 0.3 else rng.choice(tuple(BACKENDS))
    spelling = rng.choice(BACKENDS[name])
    lead = rng.choice(("on", "on", "on", "using", "with backend", "running on", "at"))
    return name, f"{lead} {spelling}"


def shots_slot(rng: Random) -> tuple[int, str]:
    """A number of shots as (count, phrase of a request); an empty phrase is the default 100."""
    if rng.random() < 0.4:
        return 100, ""
    count = rng.choice(SHOT_COUNTS) if rng.random() < 0.7 else rng.randint(2, 999) * 5
    forms = (
        "with {} shots",
        "with {} shots",
        "{} shots",
        "using {} shots",
        "and {} shots",
        "shots={}",
        "{} times",
        "for {} shots",
    )
    return count, rng.choice(forms).format(count)


def count_word(rng: Random, number: int) -> str:
    """A number as digits or, for small ones, sometimes as a word."""
    if number in NUMBER_WORDS and rng.random() < 0.25:
        return NUMBER_WORDS[number]
    return str(number)


TAILS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("and show the counts", "and print the counts", "", "", "", "", "then print counts"),
        "print(result.counts)\n",
    ),
    (
        (
            "and print the most likely outcome",
            "and show the most likely result",
            "and tell me the most likely state",
        ),
        "print(result.most_likely_outcome)\n",
    ),
    (
        ("and print the probabilities", "and show probabilities", "with probabilities"),
        "print(result.probabilities())\n",
    ),
    (("and print the job id", "and show me the job id"), "print(result.job_id)\n"),
    (("and print what it cost", "and show the cost"), "print(result.cost_estimate)\n"),
    (
        ("and print counts and probabilities",),
        "print(result.counts)\nprint(result.probabilities())\n",
    ),
    (
        ("and show the counts sorted", "and list the counts from high to low"),
        "for state, count in sorted(result.counts.items(), key=lambda item: -item[1]):\n"
        "    print(state, count)\n",
    ),
)


def tail_slot(rng: Random) -> tuple[str, str]:
    """What to do with the result, as (phrase, code); counts most often."""
    phrases, code = TAILS[0] if rng.random() < 0.6 else rng.choice(TAILS)
    return rng.choice(phrases), code


def quantum_call(sentence: str, backend: str, shots: int, *extra: str) -> str:
    """The call of ``quantum`` in house style, assigned to ``result``."""
    lines = [
        f'    "{sentence}",',
        '    api_key=os.environ["BIOQL_API_KEY"],',
        f'    backend="{backend}",',
        f"    shots={shots},",
        *(f"    {line}," for line in extra),
    ]
    return "result = quantum(\n" + "\n".join(lines) + "\n)\n"


def run_code(sentence: str, backend: str, shots: int, tail: str, *extra: str) -> str:
    """A whole program that runs one sentence."""
    return RUN_IMPORTS + quantum_call(sentence, backend, shots, *extra) + GUARD + tail


def run_pair(
    rng: Random, asked: str, sentence: str, *, extra: tuple[str, ...] = (), is_exact: bool = False
) -> Pair:
    """A pair for one sentence: backend, shots and result handling are drawn here."""
    backend, backend_text = backend_slot(rng)
    shots, shots_text = shots_slot(rng)
    tail_text, tail = tail_slot(rng)
    parts = [backend_text, shots_text]
    rng.shuffle(parts)
    request = " ".join(" ".join([asked, *parts, tail_text]).split())
    return Pair(request, run_code(sentence, backend, shots, tail, *extra), is_exact)
