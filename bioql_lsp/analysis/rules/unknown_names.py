"""BQ001, BQ036: names that BioQL does not have, and names that are always None in it."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from bioql_lsp.analysis.api.load import Symbol
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Reference
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._imports import is_guarded, move_import
from bioql_lsp.analysis.rules._states import state_call_fix, state_import_fix
from bioql_lsp.analysis.rules.modules import failure_of
from bioql_lsp.analysis.rules.simulator_class import REMOVED
from bioql_lsp.analysis.rules.versions import came_later, first_missing
from bioql_lsp.text import Edit, Span

_RENAMED = {
    "compile_bioql": ("bioql.compiler", "compile_english_to_qasm"),
    "QECAnalysisResult": ("bioql.qualtran_qec", "QECResult"),
    "RSAModExpResult": ("bioql.qualtran_qec", "RSAFactorizationResult"),
    "search_drugbank_local": ("bioql.similarity_search", "search_drugbank"),
}


@rule(
    code="BQ001",
    severity=Severity.ERROR,
    title="BioQL has no such name",
    why="The import raises ImportError, the attribute AttributeError.",
    fix="Rewrites the invented state classes as a quantum() call; suggests the closest name for "
    "everything else.",
    good=(
        "from bioql import QuantumResult, predict_adme_local\n",
        "import bioql.compiler as c\nc.parse_english_to_circuit('Create a Bell state')\n",
    ),
    bad=(
        "from bioql import BellState\nBellState(qubit_count=2)\n",
        "import bioql as bq\nbq.Circuit()\n",
        "from bioql.quantum_conector import quantum\n",
    ),
)
def check_unknown(module: Module) -> Iterator[Finding]:
    """A finding for each import and each attribute that is not in the index."""
    if not module.index.is_exact:
        return
    reported: set[str] = set()
    for imported in module.imported:
        if is_guarded(imported.statement) or (missing := _missing(module, imported.target)) is None:
            continue
        reported.add(missing)
        if imported.is_from and missing != imported.target:
            source = imported.statement.child_by_field_name("module_name")
            if source is None or imported.node != imported.statement.child_by_field_name("name"):
                continue
            span, fixes = module.syntax.span(source), _nearest_module(module, source, missing)
        else:
            span = imported.span
            fixes = state_import_fix(module, imported) or _nearest(module, imported.target, span)
        yield Finding("BQ001", Severity.ERROR, _message(module, missing), span, fixes)
    for reference in module.references:
        missing = _missing(module, reference.dotted)
        if missing is not None and missing not in reported:
            yield _reference_finding(module, reference, missing)


def _missing(module: Module, dotted: str) -> str | None:
    """The shortest part of a dotted name that no rule but this one speaks about, or None."""
    missing = first_missing(module, dotted)
    if missing is None or missing in REMOVED or came_later(module, missing) is not None:
        return None
    return missing if failure_of(module, dotted) is None else None


def _message(module: Module, missing: str) -> str:
    owner, _, name = missing.rpartition(".")
    if not owner:
        return f"There is no module {name}."
    before = module.index.versions(missing)
    if before:
        return f"BioQL {module.version} has no {name} in {owner} any more; {before[-1]} had it."
    return f"BioQL has no {name} in {owner}."


def _reference_finding(module: Module, reference: Reference, missing: str) -> Finding:
    node: Node | None = reference.node
    for _ in range(reference.dotted.count(".") - missing.count(".")):
        node = node.child_by_field_name("object") if node is not None else None
    last = node.child_by_field_name("attribute") if node is not None else None
    if node is None or last is None:
        return Finding("BQ001", Severity.ERROR, _message(module, missing), reference.span)
    span = module.syntax.span(last)
    fixes = state_call_fix(module, node) or _nearest(module, missing, span)
    return Finding("BQ001", Severity.ERROR, _message(module, missing), span, fixes)


def _nearest(module: Module, dotted: str, span: Span) -> tuple[Fix, ...]:
    owner, _, name = dotted.rpartition(".")
    new = module.index.nearest(owner, name)
    if new is None:
        return ()
    return (Fix(f"Use {new}", (Edit(span, new),), is_deterministic=False),)


def _nearest_module(module: Module, source: Node, missing: str) -> tuple[Fix, ...]:
    new = module.index.nearest_module(missing)
    if new is None:
        return ()
    edit = Edit(module.syntax.span(source), new + module.syntax.node_text(source)[len(missing) :])
    return (Fix(f"Import from {new}", (edit,), is_deterministic=False),)


@rule(
    code="BQ036",
    severity=Severity.ERROR,
    title="The name is always None",
    why="BioQL guards its imports: where one name of a group is missing, the whole group is bound "
    "to None without a word, and the call fails later with 'NoneType' object is not callable.",
    fix="Imports the working thing from its own module, under its present name.",
    good=("from bioql.similarity_search import search_chembl\n",),
    bad=(
        "from bioql import search_chembl\nsearch_chembl('CCO')\n",
        "import bioql\nbioql.compile_bioql('Create a Bell state')\n",
    ),
)
def check_none(module: Module) -> Iterator[Finding]:
    """A finding for each import and each attribute that is bound to None in BioQL."""
    if not module.index.is_exact:
        return
    for imported in module.imported:
        symbol = module.index.lookup(imported.target)
        if symbol is None or symbol.kind != "none":
            continue
        found = _replacement(module, symbol)
        fixes = move_import(module, imported, *found) if found else ()
        yield Finding("BQ036", Severity.ERROR, _none_message(symbol), imported.span, fixes)
    for reference in module.references:
        symbol = module.index.lookup(reference.dotted)
        if symbol is not None and symbol.kind == "none":
            fixes = _attribute_fix(module, reference, symbol)
            span = reference.last_span
            yield Finding("BQ036", Severity.ERROR, _none_message(symbol), span, fixes)


def _none_message(symbol: Symbol) -> str:
    owner = symbol.dotted.rpartition(".")[0]
    return f"{owner}.{symbol.name} is always None ({symbol.note}); calling it raises TypeError."


def _replacement(module: Module, symbol: Symbol) -> tuple[str, str] | None:
    """The module and the name that work in place of one that is None."""
    candidates = [symbol.origin, _RENAMED.get(symbol.name)]
    for candidate in candidates:
        found = module.index.lookup(".".join(candidate)) if candidate else None
        if found is not None and found.kind not in {"none", "unknown"}:
            return candidate
    return None


def _attribute_fix(module: Module, reference: Reference, symbol: Symbol) -> tuple[Fix, ...]:
    found = _replacement(module, symbol)
    owner = symbol.dotted.rpartition(".")[0]
    if found is None or not found[0].startswith(f"{owner}."):
        return ()
    path = f"{found[0].removeprefix(owner + '.')}.{found[1]}"
    return (Fix(f"Use {path}", (Edit(reference.last_span, path),)),)
