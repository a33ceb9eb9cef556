"""BQ055, BQ056: molecules, structures and guides that are none."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from bioql_lsp.analysis.chemistry import (
    GuideProblem,
    check_smiles,
    check_smiles_exactly,
    guide_problem,
    is_pdb_id,
)
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.literals import Literal
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.text import Edit, Span

_SMILES = (
    "smiles",
    "ligand_smiles",
    "molecule_smiles",
    "canonical_smiles",
    "query_smiles",
    "smiles1",
    "smiles2",
)
_PDB = ("pdb_id",)
_GUIDE, _GUIDES = "guide_seq", "guide_sequences"
_ASKS = ("validate", "is_valid", "check")
"""Functions whose names begin so are there to find out whether the text is right."""
_EXTENDED_PDB = "pdb_"


@rule(
    code="BQ055",
    severity=Severity.ERROR,
    title="This is no molecule, or no PDB id",
    why="RDKit cannot read the SMILES, or the protein data bank has no entry under such an id: the "
    "call fails or gives a failed result.",
    fix="None by itself; the message says where it goes wrong.",
    good=(
        'from bioql import predict_adme_local\n\npredict_adme_local("CC(=O)Oc1ccccc1C(=O)O")\n',
        'from bioql import generate_docking_pdb\n\ngenerate_docking_pdb("CCO", pdb_id="6B3J")\n',
        'from bioql.molecular_utils import validate_smiles\n\nvalidate_smiles("C1CC")\n',
    ),
    bad=(
        'from bioql import predict_adme_local\n\npredict_adme_local("CC(=O")\n',
        'from bioql.docking import dock\n\ndock("receptor.pdb", ligand_smiles="aspirin")\n',
        'from bioql import generate_docking_pdb\n\ngenerate_docking_pdb("CCO", pdb_id="GLP1R")\n',
    ),
)
def check_molecules(module: Module) -> Iterator[Finding]:
    """A finding for each SMILES that does not parse and each PDB id of another form."""
    judge = check_smiles_exactly if module.options.has_time else check_smiles
    for call in module.calls:
        if call.symbol.name.startswith(_ASKS):
            continue
        for parameter in _SMILES:
            for argument, literal, text in _text(call, parameter):
                problem = judge(text)
                if problem is not None:
                    span = _inside(module, argument.node, literal, problem.start, problem.end)
                    message = f"{parameter} is no SMILES: {problem.message}"
                    place = span or argument.value_span
                    yield Finding("BQ055", Severity.ERROR, message, place)
        for parameter in _PDB:
            for argument, _, text in _text(call, parameter):
                if not is_pdb_id(text) and not text.lower().startswith(_EXTENDED_PDB):
                    message = (
                        f'"{text}" is no PDB id: it is a digit and three letters or digits, as '
                        "6B3J."
                    )
                    yield Finding("BQ055", Severity.ERROR, message, argument.value_span)


def _text(call: Call, parameter: str) -> Iterator[tuple[Argument, Literal, str]]:
    """The text that a parameter receives; an empty one counts only where it isn't the default."""
    if parameter not in call.symbol.keyword_names:
        return
    argument = call.argument(parameter)
    literal = argument.literal if argument is not None else None
    if argument is None or literal is None or not isinstance(literal.value, str):
        return
    if literal.value.strip() or _is_required(call, parameter):
        yield argument, literal, literal.value


def _is_required(call: Call, parameter: str) -> bool:
    return parameter in call.symbol.required_names


def _inside(
    module: Module, node: Node | None, literal: Literal, start: int, end: int
) -> Span | None:
    """Where a part of a literal is written, if it is written here and as it reads."""
    if node is None or node.type != "string" or not isinstance(literal.value, str) or end <= start:
        return None
    span = module.syntax.span(node)
    if module.text[span.start + 1 : span.end - 1] != literal.value:
        return None
    return Span(span.start + 1 + start, span.start + 1 + end)


@rule(
    code="BQ056",
    severity=Severity.ERROR,
    title="The guide is no DNA",
    why="The CRISPR functions read A, C, G and T and raise ValueError for every other letter.",
    fix="Writes T for U where the guide is RNA.",
    good=(
        "from bioql import rank_guides_batch\n\n"
        'rank_guides_batch(["GATACCATGATCACGAAGGT", "ATCGAAGTCGCTAGCTAAGG"])\n',
    ),
    bad=(
        "from bioql import encode_guide_sequence\n\n"
        'encode_guide_sequence("GAUACCAUGAUCACGAAGGU")\n',
        'from bioql import rank_guides_batch\n\nrank_guides_batch(["GATACCATGATCACGAANGG"])\n',
    ),
)
def check_guides(module: Module) -> Iterator[Finding]:
    """A finding for each guide with letters that are no bases."""
    for call in module.calls:
        for node, literal, span in _guides(module, call):
            problem = guide_problem(str(literal.value).strip())
            if problem is not None:
                yield _guide_finding(module, node, literal, span, problem)


def _guides(module: Module, call: Call) -> Iterator[tuple[Node, Literal, Span]]:
    for parameter in (_GUIDE, _GUIDES):
        argument = call.argument(parameter) if parameter in call.symbol.keyword_names else None
        if argument is None or argument.node is None:
            continue
        nodes = [argument.node]
        if parameter == _GUIDES:
            is_list = argument.node.type in {"list", "tuple"}
            nodes = list(argument.node.named_children) if is_list else []
        for node in nodes:
            literal = module.literal(node)
            if literal is not None and literal.is_text:
                yield node, literal, module.syntax.span(node)


def _guide_finding(
    module: Module, node: Node, literal: Literal, span: Span, problem: GuideProblem
) -> Finding:
    fixes: tuple[Fix, ...] = ()
    if problem.replacement is not None:
        edit = Edit(literal.span, f'"{problem.replacement.upper()}"')
        fixes = (Fix("Write T for U", (edit,)),)
    place = _inside(module, node, literal, problem.start, problem.end) or span
    return Finding("BQ056", Severity.ERROR, problem.message, place, fixes)
