"""NL011, NL014: docking requests that BioQL takes for something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bioql_lsp.analysis.findings import Fix, Severity
from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.lints_model import Lint, LintInfo, Sentence, replacing
from bioql_lsp.analysis.program.lints_numbers import QUBITS_DEFAULT, named_counts
from bioql_lsp.analysis.program.molecules import DESIGN, DOCKING, application_of, read_molecules
from bioql_lsp.text import Edit, Span, apply_edits

_DOCKING = re.compile(r"\b(?:re)?dock(?:s|ed|ing)?\b|\bbinding\b|\baffinit(?:y|ies)\b", re.I)
_DOCK = re.compile(r"\bdock(?:s|ed|ing)?\b", re.IGNORECASE)
_FIRST_DOCK = re.compile(r"(?:\A|[:.;]\s)\s*(?P<dock>dock)\s+(?!of\b)", re.IGNORECASE)
_PROTEIN = re.compile(r"\bproteins?\b", re.IGNORECASE)
_BEFORE_PDB = re.compile(r"\s+(?=\(?\s*pdb\b)", re.IGNORECASE)
_BEFORE_ID = re.compile(r"\s+[1-9][A-Za-z0-9]{3}(?=\Z|[\s,;.])")
_DESIGN = re.compile(r"design\w*|generat\w*|creat\w*", re.IGNORECASE)
_WHAT_IS_FOLDING = re.compile(r"\bfolding\b", re.IGNORECASE)


def _taken_for_another(read: Sentence) -> Iterator[Lint]:
    molecules = read.molecules
    docking = _DOCKING.search(read.text)
    if not docking or molecules.application in {DOCKING, DESIGN}:
        return
    if read.compiled.intent in {"bell_state", "superposition", "qft", "entanglement"}:
        return
    protein = re.search(r"protein\w*|folding", read.text, re.IGNORECASE)
    if molecules.application == "protein_folding" and protein:
        if _WHAT_IS_FOLDING.search(read.text):
            return
        span = Span(*protein.span())
        message = (
            f"Because of '{protein.group()}' BioQL reports a protein folding: the result has no "
            "binding_affinity."
        )
    else:
        span = Span(*docking.span())
        message = (
            f"'{docking.group()}' alone is no docking for BioQL, it looks for 'docking': the "
            "result has no binding_affinity."
        )
    yield NO_DOCKING.at(span, message, *_docking_fix(read))


def _docking_fix(read: Sentence) -> tuple[Fix, ...]:
    edits = []
    first = _FIRST_DOCK.search(read.text)
    if first:
        edits.append(Edit(Span(*first.span("dock")), _capitalized(first)))
    edits += [_protein_edit(read.text, match) for match in _PROTEIN.finditer(read.text)]
    fix = Fix("Word it as a docking", tuple(edits))
    if edits and _is_docking(read, fix):
        return (fix,)
    return _whole_docking(read, is_sure=False)


def _capitalized(dock: re.Match[str]) -> str:
    return "Docking of" if dock["dock"][0].isupper() else "docking of"


def _protein_edit(text: str, match: re.Match[str]) -> Edit:
    space = _BEFORE_PDB.match(text, match.end())
    if space:
        return Edit(Span(match.start(), space.end()), "")
    if _BEFORE_ID.match(text, match.end()):
        return Edit(Span(*match.span()), "PDB")
    return Edit(Span(*match.span()), "receptors" if match.group().endswith("s") else "receptor")


def _is_docking(read: Sentence, fix: Fix) -> bool:
    """Whether the fixed sentence is a docking on as many qubits, of the same molecules."""
    text = apply_edits(read.text, fix.edits)
    before, after = read.molecules, read_molecules(text)
    made = compile_sentence(text)
    names = [each.read_smiles.text if each.read_smiles else "" for each in (before, after)]
    is_kept = names[0] == names[1] and (before.read_pdb is None or after.read_pdb is not None)
    if read.compiled.context != "general":
        is_kept = is_kept and made.num_qubits == read.compiled.num_qubits
    return is_kept and application_of(text) == DOCKING and made.error is None


def _whole_docking(read: Sentence, *, is_sure: bool) -> tuple[Fix, ...]:
    molecules = read.molecules
    if molecules.smiles is None or molecules.pdb is None:
        return ()
    named = named_counts(read.text)
    text = docking_sentence(
        molecules.smiles.text, molecules.pdb.text, named[0].value if named else None
    )
    after = read_molecules(text)
    is_read = (
        after.application == DOCKING
        and after.read_smiles is not None
        and after.read_smiles.text == molecules.smiles.text
    )
    return (replacing(read.whole, text, f"Write '{text}'", is_sure=is_sure),) if is_read else ()


def docking_sentence(smiles: str, pdb_id: str, num_qubits: int | None) -> str:
    """The sentence for docking a molecule to a structure, on 6 qubits where no number is given."""
    wanted = num_qubits or QUBITS_DEFAULT["drug_docking"]
    text = f"Docking of SMILES {smiles} to PDB {pdb_id.upper()} on {wanted} qubits"
    if compile_sentence(text).num_qubits == wanted:
        return text
    return f"On {wanted} qubits: docking of SMILES {smiles} to PDB {pdb_id.upper()}"


def _taken_for_design(read: Sentence) -> Iterator[Lint]:
    molecules = read.molecules
    word = _DESIGN.search(read.text)
    is_known = molecules.smiles is not None or _DOCK.search(read.text) is not None
    if molecules.application != DESIGN or not word or not is_known:
        return
    if molecules.smiles is None and word.group().lower().startswith("design"):
        return
    if not _DOCKING.search(read.text):
        return
    message = (
        f"Because of '{word.group()}' BioQL invents new molecules and ignores the one that is "
        "named; write 'Docking of'."
    )
    yield NO_DESIGN.at(Span(*word.span()), message, *_whole_docking(read, is_sure=True))


NO_DOCKING = LintInfo(
    code="NL011",
    severity=Severity.WARNING,
    title="A docking is taken for something else",
    why="After the run BioQL looks for 'drug', 'binding' or 'docking' in the sentence, but any "
    "'protein' or 'folding' goes first. Otherwise the result has no binding_affinity.",
    fix="Words it as 'Docking of SMILES S to PDB P' without the word protein.",
    good=(
        "Docking of SMILES CCO to PDB 5IKT on 6 qubits",
        "Simulate protein folding with 6 qubits",
    ),
    bad=(
        "Dock SMILES CCO to PDB 6B3J",
        "Docking of SMILES CCO to protein PDB 1ABC",
        "Dock SMILES CCO to the protein 1ABC on 6 qubits",
        "Compute with 6 qubits the binding affinity of SMILES CCO to the EGFR protein",
        "Use 4 qubits to dock SMILES CCO into PDB 5IKT",
    ),
    check=_taken_for_another,
)
NO_DESIGN = LintInfo(
    code="NL014",
    severity=Severity.WARNING,
    title="A docking is taken for the design of new molecules",
    why="'create', 'generate' or 'design' with 'drug' or 'molecule' makes BioQL report invented "
    "molecules; the SMILES of the sentence is not docked.",
    fix="Writes 'Docking of SMILES S to PDB P'.",
    good=(
        "Docking of SMILES CCO to PDB 5IKT on 6 qubits",
        "Design a new drug for diabetes that binds to PDB 6B3J",
    ),
    bad=(
        "Generate docking poses for the drug SMILES CCO and PDB 1EQG",
        "Create a docking of the molecule SMILES CC(=O)O to PDB 5IKT on 4 qubits",
    ),
    check=_taken_for_design,
)
LINTS = (NO_DOCKING, NO_DESIGN)
