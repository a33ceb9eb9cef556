"""NL012, NL013, NL018: SMILES and PDB ids that BioQL does not extract, cuts, or that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bioql_lsp.analysis.chemistry import check_smiles
from bioql_lsp.analysis.findings import Fix, Severity
from bioql_lsp.analysis.program.known_molecules import RECEPTOR_PDB_IDS
from bioql_lsp.analysis.program.lints_model import Lint, LintInfo, Sentence, replacing
from bioql_lsp.analysis.program.molecules import DOCKING, Name, wrong_pdb_ids
from bioql_lsp.text import Span

_READABLE = re.compile(r"[A-Za-z0-9@+\-\[\]()=#$]+")
_STEREO = re.compile(r"[/\\]")
_ABOUT_MOLECULES = re.compile(r"dock|bind|affinity|ligand|receptor|smiles|\bpdb\b|drug", re.I)
_HYPHENATED = re.compile(
    "|".join(rf"\b{re.escape(name)}\b" for name in RECEPTOR_PDB_IDS if "-" in name), re.IGNORECASE
)
_CHAIN = re.compile(r"[_:/-]([A-Za-z0-9])(?![A-Za-z0-9])")
_PAIRS = frozenset({"''", '""', "()"})
_ID_ENDS = re.compile(r"\Z|[\s,;.]")


def _smiles(read: Sentence) -> Iterator[Lint]:
    named, found = read.molecules.smiles, read.molecules.read_smiles
    if named is None:
        if found and check_smiles(found.text):
            message = f"BioQL takes the word '{found.text}' for the SMILES; write it right here."
            yield NOT_READ.at(found.span, message)
        return
    if check_smiles(named.text):
        return
    if found is None or found.span.start != named.span.start:
        what = f"takes '{found.text}' for the SMILES" if found else "finds no SMILES"
        message = f"BioQL {what}: after the word SMILES only a space may stand before it."
        yield NOT_READ.at(named.whole, message, *_bare_smiles(read, named))
    elif len(found.text) < len(named.text):
        yield _cut(read, named, found)
    elif found.text != named.text:
        message = f"BioQL reads '{found.text}', with the parenthesis that closes the remark."
        end = Span(named.span.end, named.span.end)
        yield NOT_READ.at(found.span, message, replacing(end, " ", "Put a space after the SMILES"))


def _bare_smiles(read: Sentence, named: Name) -> tuple[Fix, ...]:
    word = read.text[named.whole.start : named.whole.start + len("SMILES")]
    end = named.whole.end
    opened = read.text[named.whole.start : named.span.start].rstrip().endswith("(")
    if opened and read.text[end : end + 1] == ")":
        end += 1
    span = Span(named.whole.start, end)
    is_sure = _READABLE.fullmatch(named.text) is not None
    new_text = f"{word} {named.text}"
    return (replacing(span, new_text, f"Write '{new_text}'", is_sure=is_sure),)


def _cut(read: Sentence, named: Name, found: Name) -> Lint:
    at = named.span.start + len(found.text)
    character = read.text[at]
    message = f"BioQL reads '{found.text}' and stops at '{character}'."
    fixes = _shorter_smiles(named)
    if character in "/\\":
        message += " It cannot take the stereo bonds of this SMILES."
    elif character == ".":
        message += " It cannot take salts and mixtures; name one molecule."
    return NOT_READ.at(Span(at, named.span.end), message, *fixes)


def _shorter_smiles(named: Name) -> tuple[Fix, ...]:
    parts = named.text.split(".")
    largest = _STEREO.sub("", max(parts, key=len))
    if not _READABLE.fullmatch(largest) or check_smiles(largest):
        return ()
    what = "the largest molecule alone" if len(parts) > 1 else "it without the stereo bonds"
    return (replacing(named.span, largest, f"Dock {what}", is_sure=False),)


def _pdb(read: Sentence) -> Iterator[Lint]:
    molecules = read.molecules
    if molecules.read_pdb or not _ABOUT_MOLECULES.search(read.text):
        return
    if molecules.pdb is None:
        yield from _hyphenated_receptor(read)
        return
    named = molecules.pdb
    shown = read.slice(named.whole)
    message = f"BioQL does not find the PDB id in '{shown}'; it reads 'PDB {named.text}'."
    yield NO_PDB.at(named.span, message, _plain_pdb(read, named))


def _plain_pdb(read: Sentence, named: Name) -> Fix:
    """Write the word and the id as BioQL reads them: a space between, a space or an end after."""
    before, after = named.whole.start, named.span.end
    gap = read.slice(Span(named.whole.start, named.span.start))
    following = read.text[after : after + 1]
    is_closed = following and (gap[:1] + following == "()" or gap[-1:] + following in _PAIRS)
    if is_closed:
        after += 1
    elif gap.startswith("("):
        before += 1
    new_text = f"PDB {named.text}"
    chain = _CHAIN.match(read.text, after)
    if chain:
        new_text, after = f"{new_text} chain {chain[1]}", chain.end()
    if not _ID_ENDS.match(read.text, after):
        new_text += " "
    span = Span(before, after)
    if named.whole == named.span and new_text == f"PDB {named.text}":
        return replacing(Span(before, before), "PDB ", "Write 'PDB' before the id")
    return replacing(span, new_text, f"Write 'PDB {named.text}'")


def _hyphenated_receptor(read: Sentence) -> Iterator[Lint]:
    match = _HYPHENATED.search(read.text)
    molecules = read.molecules
    if match is None or molecules.looked_up_pdb_id or molecules.application != DOCKING:
        return
    pdb_id = RECEPTOR_PDB_IDS[match.group().lower()]
    message = f"BioQL does not look '{match.group()}' up, because of the hyphen; write its PDB id."
    fix = replacing(
        Span(match.end(), match.end()), f" PDB {pdb_id}", f"Write 'PDB {pdb_id}'", is_sure=False
    )
    yield NO_PDB.at(Span(*match.span()), message, fix)


def _wrong(read: Sentence) -> Iterator[Lint]:
    named = read.molecules.smiles
    problem = check_smiles(named.text) if named else None
    if named and problem:
        start = named.span.start + problem.start
        span = Span(start, named.span.start + problem.end)
        if not span.length:
            span = named.span
        yield WRONG.at(span, f"'{named.text}' is no valid SMILES. {problem.message}")
    if read.molecules.read_pdb:
        return
    for name in wrong_pdb_ids(read.text):
        message = f"'{name.text}' is no PDB id; one is a digit and three letters or digits."
        yield WRONG.at(name.span, message)


NOT_READ = LintInfo(
    code="NL012",
    severity=Severity.WARNING,
    title="The SMILES is not read, or not to its end",
    why="BioQL reads what follows the word SMILES and a space, and stops at the first character "
    "of / \\ . % : and others. Quotes or a colon make it find nothing.",
    fix="Removes what stands between the word and the SMILES.",
    good=("Docking of SMILES CC(=O)Oc1ccccc1C(=O)O to PDB 5IKT on 6 qubits",),
    bad=(
        "Docking of SMILES 'CCO' to PDB 5IKT",
        'Docking of SMILES "CC(=O)O" to PDB 5IKT',
        "Docking of SMILES: CCO to PDB 5IKT",
        "Docking of SMILES string CCO to PDB 5IKT",
        "Docking of SMILES C/C=C/C to PDB 5IKT",
        "Docking of SMILES [Na+].CC(=O)[O-] to PDB 5IKT",
        "Docking of ethanol (SMILES CCO) to PDB 5IKT",
        "Docking of the SMILES and PDB 5IKT",
    ),
    check=_smiles,
)
NO_PDB = LintInfo(
    code="NL013",
    severity=Severity.WARNING,
    title="The PDB id is not read",
    why="BioQL reads 'PDB' and the id right after it, ended by a space, a comma or the end. "
    "Without an id no structure is docked to.",
    fix="Writes 'PDB' and the id as BioQL reads them.",
    good=(
        "Docking of SMILES CCO to PDB 5IKT on 6 qubits",
        "Docking of SMILES CCO to receptor EGFR on 6 qubits",
    ),
    bad=(
        "Docking of SMILES CCO to PDB ID 1EQG",
        "Docking of SMILES CCO to cyclooxygenase (PDB 1EQG)",
        "Docking of SMILES CCO to 1EQG",
        "Docking of SMILES CCO to PDB 1EQG_A",
        "Docking of SMILES CCO to PDB '1EQG'",
        "Docking of SMILES CCO to the receptor hiv-protease",
    ),
    check=_pdb,
)
WRONG = LintInfo(
    code="NL018",
    severity=Severity.ERROR,
    title="This is no SMILES, or no PDB id",
    why="BioQL docks nothing then, after the circuit has run and is billed.",
    fix="None: correct the molecule.",
    good=("Docking of SMILES c1ccccc1 to PDB 5IKT on 6 qubits",),
    bad=(
        "Docking of SMILES CC(=O to PDB 5IKT",
        "Docking of SMILES C1CCC to PDB 5IKT",
        "Docking of SMILES CXO to PDB 5IKT",
        "Docking of SMILES CCO to PDB A1BC",
        "Docking of SMILES CCO to PDB 1EQ",
    ),
    check=_wrong,
)
LINTS = (NOT_READ, NO_PDB, WRONG)
