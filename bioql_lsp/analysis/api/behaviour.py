"""What is known of BioQL's functions beyond their signatures: real, placeholder or broken.

A fact holds from the version that it names on, until a later one replaces it. Names are those of
the definitions; a member is ``Class.member``. What is not here is plain: nobody has looked.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bioql_lsp.analysis.api.behaviour_facts import BROKEN, PLACEHOLDERS, PLAIN, REAL
from bioql_lsp.analysis.api.symbols import Status

OPTIONAL_IMPORTS = {
    "braket": "amazon-braket-sdk",
    "fastapi": "fastapi",
    "httpx": "httpx",
    "meeko": "meeko",
    "plotly": "plotly",
    "qiskit_ionq": "qiskit-ionq",
    "qualtran": "qualtran",
    "torch": "torch",
    "transformers": "transformers",
    "vina": "vina",
}
"""Packages that BioQL imports, and that do not come along with what it requires."""


def known_behaviour(dotted: str, version: str) -> tuple[Status, str]:
    """The status of a definition in a bundled version, and one sentence about it."""
    held = [fact for fact in _facts().get(dotted, ()) if _numbers(fact[0]) <= _numbers(version)]
    if not held:
        return Status.PLAIN, ""
    _, status, note = max(held, key=lambda fact: _numbers(fact[0]))
    return status, note


def every_fact() -> Iterator[tuple[str, str, Status, str]]:
    """All facts: the version they start with, the dotted name, its status and the sentence."""
    tables = {
        Status.REAL: REAL,
        Status.PLACEHOLDER: PLACEHOLDERS,
        Status.BROKEN: BROKEN,
        Status.PLAIN: PLAIN,
    }
    for status, versions in tables.items():
        for since, modules in versions.items():
            for module, names in modules.items():
                for name, note in names.items():
                    yield since, f"{module}.{name}", status, note


@lru_cache(maxsize=1)
def _facts() -> dict[str, list[tuple[str, Status, str]]]:
    found: dict[str, list[tuple[str, Status, str]]] = {}
    for since, dotted, status, note in every_fact():
        found.setdefault(dotted, []).append((since, status, note))
    return found


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
