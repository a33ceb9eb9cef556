"""Whole calls to start from: each is complete, runs as it stands, and looks at what came back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bioql_lsp.analysis.completion_names import fits
from bioql_lsp.analysis.completion_place import Place
from bioql_lsp.analysis.module import PACKAGE, QUANTUM
from bioql_lsp.analysis.parameters import DOCK
from bioql_lsp.analysis.proposals import Around, Proposal
from bioql_lsp.analysis.spelling import key_spelling, spelling

_PREVIEW = "bioql.compiler.parse_english_to_circuit"
_LETTERS_MIN = 2
_PLACE_TO_FILL = re.compile(r"\$\{\d+:((?:[^}\\]|\\.)*)\}|\$0")
_AT_STATEMENT = re.compile(r"(?:^|[\r\n])[ \t]*\Z")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A template: ``{call}`` is the function's name as the file writes it, ``{key}`` the API key.

    Places to fill in are written as ``${1:text}``.
    """

    name: str
    title: str
    function: str
    body: str


_GUARD = "if not result.success:\n    raise SystemExit(result.error_message)\n"
SNIPPETS = (
    Snippet(
        "quantum_run",
        "Run a sentence on hardware and check the result",
        QUANTUM,
        'result = {call}(\n    "${1:Create a Bell state}",\n    api_key={key},\n'
        '    backend="${2:ibm_torino}",\n    shots=${3:100},\n)\n'
        f"{_GUARD}print(result.counts)$0",
    ),
    Snippet(
        "preview_circuit",
        "See the circuit of a sentence, free and local",
        _PREVIEW,
        'circuit = {call}("${1:Prepare a superposition of 3 qubits}")\nprint(circuit)$0',
    ),
    Snippet(
        "crispr_guide",
        "Score a CRISPR guide with the built-in sampler, free",
        QUANTUM,
        'result = {call}(\n    "Score CRISPR guide ${1:GATACCATGATCACGAAGGT}",\n'
        '    api_key={key},\n    backend="simulator",\n    shots=${2:1000},\n'
        '    mode="crispr",\n)\n'
        f'{_GUARD}print(result.metadata["energy_estimate"])$0',
    ),
    Snippet(
        "dock_ligand",
        "Dock a ligand with AutoDock Vina",
        DOCK,
        'result = {call}(\n    receptor="${1:receptor.pdb}",\n    ligand_smiles="${2:CCO}",\n'
        '    backend="vina",\n    center=(${3:0.0, 0.0, 0.0}),\n)\n'
        f"{_GUARD}print(result.score)$0",
    ),
)


def snippet_proposals(place: Place, around: Around) -> Iterator[Proposal]:
    """The snippets that fit the letters typed where a statement begins."""
    if len(place.typed) < _LETTERS_MIN or place.open.brackets:
        return
    if not _AT_STATEMENT.search(place.line_before):
        return
    for snippet in SNIPPETS:
        is_by_package = PACKAGE.startswith(place.typed.lower())
        if not is_by_package and not fits(place.typed, snippet.name):
            continue
        written = spelling(place, around, snippet.function)
        key = key_spelling(place)
        if written is None or key is None:
            continue
        text = snippet.body.replace("{call}", written.text).replace("{key}", key.text)
        imports = (*(key.imports if "{key}" in snippet.body else ()), *written.imports)
        begun = f"{PACKAGE} {snippet.name}" if is_by_package else snippet.name
        yield Proposal(
            snippet.name,
            "snippet",
            text,
            snippet.title,
            plain_text(text),
            imports=imports,
            filter_text=begun,
        )


def plain_text(body: str) -> str:
    """A snippet's text with its places filled in as they are suggested."""
    return _PLACE_TO_FILL.sub(lambda match: match[1] or "", body)
