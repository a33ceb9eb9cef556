"""The hover of a sentence: what it compiles to, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bioql_lsp.analysis.chemistry import read_guide
from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.diagram import to_text
from bioql_lsp.analysis.program.hover_words import word_line
from bioql_lsp.analysis.program.lints import lints
from bioql_lsp.analysis.program.lints_crispr import MODE
from bioql_lsp.analysis.program.lints_model import Lint
from bioql_lsp.analysis.program.markdown import code, plain
from bioql_lsp.analysis.program.model import Compiled
from bioql_lsp.analysis.program.molecules import DOCKING, Molecules, read_molecules
from bioql_lsp.analysis.program.summary import count_origin, gate_totals, qubits
from bioql_lsp.analysis.program.words import words

_LINTS_MAX = 8
_DRAWN_OPERATIONS_MAX = 5_000
_SUBJECTS = {
    "protein_folding": "protein folding: a fixed circuit that does not know the protein",
    "drug_discovery": "drug discovery: a fixed circuit that does not know the molecule",
    "dna_analysis": "DNA analysis: a fixed search that does not know the sequence",
    "molecular_simulation": "molecular simulation: a fixed circuit that does not know the molecule",
}


@dataclass(frozen=True, slots=True)
class Hover:
    """Markdown and the place it is about, in code points of the sentence."""

    markdown: str
    start: int
    end: int


def sentence_hover(
    text: str,
    offset: int,
    *,
    mode: str | None = None,
    is_mode_known: bool = True,
    backend: str | None = None,
    is_local: bool = False,
) -> Hover:
    """What BioQL makes of a sentence, and of the word at an offset. Never raises."""
    word = next((each for each in words(text) if each.start <= offset < each.end), None)
    start, end = (word.start, word.end) if word else (0, len(text))
    found = lints(text, mode=mode, is_mode_known=is_mode_known, backend=backend, is_local=is_local)
    parts = [word_line(text, word)] if word else []
    if mode == MODE:
        parts += _guide(text)
    else:
        parts += _circuit(text)
    parts += _lints(found, offset)
    return Hover("\n\n".join(part for part in parts if part), start, end)


def _guide(text: str) -> Iterator[str]:
    found = read_guide(text)
    if found is None:
        yield "BioQL finds no guide in this sentence, so the call fails."
        return
    guide = text[slice(*found)]
    yield f"**Scores the guide** {code(guide)}, {len(guide)} bases. Nothing else is read."


def _circuit(text: str) -> Iterator[str]:
    compiled = compile_sentence(text)
    if compiled.error is not None:
        yield f"**BioQL fails on this sentence:** {code(compiled.error.rpartition(': ')[2])}"
        return
    if not compiled.operation_count:
        yield "**Compiles to an empty circuit.** BioQL knows nothing in this sentence."
        return
    origin = plain(count_origin(compiled))
    yield (f"**Compiles to {qubits(compiled.num_qubits)}** ({origin}): {gate_totals(compiled)}.")
    yield _decided(compiled)
    if compiled.operation_count <= _DRAWN_OPERATIONS_MAX:
        yield f"```text\n{to_text(compiled)}\n```"
    yield " ".join(_caveats(compiled))
    yield " ".join(_molecules(read_molecules(text)))


def _decided(compiled: Compiled) -> str:
    shown = [code(compiled.text[span.start : span.end]) for span in compiled.matched_words]
    subject = _SUBJECTS.get(compiled.context)
    about = f" Subject: {subject}." if subject else ""
    if compiled.stage in {"intent", "special"}:
        return f"{' and '.join(shown)} decide this; everything else is ignored.{about}"
    if compiled.stage == "context":
        return f"{' and '.join(shown)} put this circuit before the spelled-out gates.{about}"
    order = "h, x, y, z, cnot, cz, ccx, swap, rotations, measurements"
    return f"BioQL reads it gate by gate and runs them by type: {order}."


def _caveats(compiled: Compiled) -> Iterator[str]:
    if compiled.has_random:
        yield "The angles are random and differ at every run."
    if compiled.gate_counts.get("p"):
        yield "The controlled phases (p) are dropped from the circuit that runs."


def _molecules(molecules: Molecules) -> Iterator[str]:
    if molecules.application != DOCKING:
        return
    smiles, pdb_id = molecules.read_smiles, molecules.read_pdb
    known = pdb_id.text.upper() if pdb_id else molecules.looked_up_pdb_id
    if smiles and known:
        yield f"After the run BioQL docks {code(smiles.text)} to PDB {known} with AutoDock Vina."
    elif smiles or known:
        yield (
            "With only one of SMILES and PDB the affinity is computed from the share of 1 bits, "
            "which is not physics."
        )


def _lints(found: tuple[Lint, ...], offset: int) -> Iterator[str]:
    here = [lint for lint in found if lint.start <= offset <= lint.end]
    others = [lint for lint in found if lint not in here]
    listed = [*here, *others][:_LINTS_MAX]
    if listed:
        yield "\n".join(f"- {lint.code}: {plain(lint.message)}" for lint in listed)
    if len(found) > _LINTS_MAX:
        yield f"And {len(found) - _LINTS_MAX} more."
