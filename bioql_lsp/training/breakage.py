"""Right code made wrong in the ways that people get it wrong, with the finding that says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import TypeAlias

Broken: TypeAlias = tuple[str, str]
Breaker: TypeAlias = Callable[[Random, str], Broken | None]


def _swap(pattern: str, replacement: str, *problems: str) -> Breaker:
    compiled = re.compile(pattern)

    def breaker(rng: Random, code: str) -> Broken | None:
        broken, count = compiled.subn(replacement, code, count=1)
        return (broken, rng.choice(problems)) if count else None

    return breaker


def _old_backend(rng: Random, code: str) -> Broken | None:
    if 'mode="crispr"' in code:
        return None
    wrong, problem = rng.choice(
        (
            ("simulator", "BQ007 the local simulator is refused"),
            ("sim", "BQ007 the local simulator is refused"),
            ("aer_simulator", "BQ013 unknown backend"),
            ("torino", "BQ009 unknown backend"),
            ("ibm-torino", "BQ009 unknown backend"),
            ("IBM_TORINO", "BQ012 backend must be lower case"),
            ("auto", "BQ011 auto always fails"),
            ("quantinuum_h2", "BQ010 no driver"),
        )
    )
    broken, count = re.subn('backend="ibm_torino"', f'backend="{wrong}"', code, count=1)
    return (broken, problem) if count else None


def _syntax(rng: Random, code: str) -> Broken | None:
    places = [m.start() for m in re.finditer(r"[)\]\":,]", code)]
    if not places:
        return None
    place = rng.choice(places)
    return code[:place] + code[place + 1 :], rng.choice(
        ("syntax error", "SyntaxError: invalid syntax", "does not parse")
    )


BREAKERS: tuple[Breaker, ...] = (
    _swap(
        r' +api_key=os\.environ\["BIOQL_API_KEY"\],\n',
        "",
        "BQ002 missing api_key",
        "api_key is required",
    ),
    _swap(
        r'os\.environ\["BIOQL_API_KEY"\]',
        '"YOUR_API_KEY"',
        "BQ004 placeholder key",
        "BQ003 hard-coded key",
    ),
    _swap(r'os\.environ\["BIOQL_API_KEY"\]', '""', "BQ005 empty key"),
    _old_backend,
    _old_backend,
    _swap(
        r' +backend="ibm_torino",\n',
        "",
        "BQ008 the default backend is refused",
        "backend is missing",
    ),
    _swap(r"shots=(\d+)", r'shots="\1"', "BQ017 shots is a string"),
    _swap(r"shots=(\d+)", r"num_shots=\1", "BQ021 unknown argument num_shots"),
    _swap(r"shots=(\d+)", r"n_shots=\1", "BQ021 unknown argument n_shots"),
    _swap(r"    backend=", "    device=", "BQ021 unknown argument device"),
    _swap(r"    api_key=", "    token=", "BQ020 token was removed", "BQ002 missing api_key"),
    _swap(r"result\.counts\b", "result.get_counts()", "BQ030 no attribute get_counts"),
    _swap(r"result\.counts\b", 'result["counts"]', "BQ032 the result is no dictionary"),
    _swap(r"result\.counts\b", "result.results", "BQ030 no attribute results"),
    _swap(r"result\.probabilities\(\)", "result.probabilities", "BQ031 probabilities is a method"),
    _swap(r"result\.error_message", "result.error", "BQ030 no attribute error"),
    _swap(r"import os\n\n", "", "undefined name os", "NameError: os"),
    _swap(r"from bioql import quantum\n", "", "undefined name quantum"),
    _swap(
        r"if not result\.success:\n    raise SystemExit\(result\.error_message\)\n",
        "",
        "BQ028 result used without checking success",
    ),
    _swap(
        r"from bioql import predict_adme_local",
        "from bioql import predict_adme",
        "BQ001 bioql has no predict_adme",
    ),
    _swap(
        r"from bioql\.similarity_search import",
        "from bioql import",
        "BQ036 always None at top level",
    ),
    _syntax,
    _syntax,
    _syntax,
    _syntax,
)


def break_code(rng: Random, code: str) -> tuple[str, tuple[str, ...]]:
    """Break a program once or twice; without a fitting breaker, drop a character."""
    problems: list[str] = []
    for _ in range(1 if rng.random() < 0.75 else 2):
        for breaker in rng.sample(BREAKERS, len(BREAKERS)):
            outcome = breaker(rng, code)
            if outcome is not None and outcome[0] != code:
                code = outcome[0]
                problems.append(outcome[1])
                break
    return code, tuple(problems)
