"""The calls of BioQL that requests can be about, as short shapes, drawn from the index of its API.

They are kept in ``data/api.tsv`` so that looking them up costs no walk over the index; ``main``
writes that file anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bioql_lsp.analysis.api.load import Index, Status, Symbol, load
from bioql_lsp.analysis.knowledge.entities import DATA_FOLDER

FILE: Final = DATA_FOLDER / "api.tsv"
LINE_CHARS_MAX: Final = 90
_HIDDEN_MODULES: Final = re.compile(
    r"bioql\.(llm|cli|simple_billing|tiered_billing|billing_integration|cloud_auth|dashboard"
    r"|dynamic_bridge|remote_execution|warm_start|benchmarks|drug_designer_v2|circuits\.templates"
    r"|crispr_qai\.(cli|examples)|chem\.(pharma_scores|geometry)|parser\.ultra_patterns"
    r"|compilers\.\w+)\b|\.test_\w+"
)
_HIDDEN_NAMES: Final = re.compile(
    r"\.(_\w*|main|get_\w*_runner|Test\w+|BaseCompiler|QuantumCircuitInterface|QASMGenerator"
    r"|PatternMatcher|\w+Extractor|\w+Formatter|ErrorMitigationStrategy|CircuitTemplate)$"
    r"|bioql\.compiler\.NaturalLanguageParser|bioql\.mapper\.(?!Enhanced)"
    r"|binding_affinity\.VQECircuit|bioql\.quantum_connector\.(?!select_|estimate_)"
)
_NEVER_MEANT: Final = frozenset(
    ("bioql.quantum", "bioql.register_library", "bioql.generate_docking_pdb")
)
_MADE_BY_USERS: Final = frozenset(
    (
        "bioql.ErrorMitigation",
        "bioql.QECMetrics",
        "bioql.QECVisualizer",
        "bioql.QuantumMolecule",
        "bioql.ResourceEstimation",
        "bioql.cache.CacheKey",
        "bioql.circuits.ResourceConstraints",
        "bioql.circuits.SearchFilters",
    )
)
"""Data that programs make themselves (other such classes are results), or that needs an extra."""
_DULL_METHODS: Final = re.compile(
    r"(to|from)_(dict|json)|validate(_parameters|_backend)?|clear|close|count|matches_query"
    r"|get_(default_parameters|info|stage)|(end|start)_stage"
)
_UNUSABLE: Final = (Status.BROKEN, Status.NONE)


def shapes(index: Index) -> list[str]:
    """Every call of an API that a program of a user's may hold, the shortest path for each."""
    found: set[str] = set()
    for path, symbol in sorted(_usable(index).items()):
        if _HIDDEN_NAMES.search(path) or path in _NEVER_MEANT:
            continue
        found.add(call_shape(path, symbol))
        if symbol.kind == "class":
            found.update(_method_shapes(index, path, symbol))
    return sorted(found)


def call_shape(path: str, symbol: Symbol, room: int = LINE_CHARS_MAX) -> str:
    """A call with the names of its parameters, those that do not fit left out."""
    names = [p.name for p in symbol.parameters or () if p.kind not in "vw"]
    shape = f"{path}({', '.join(names)})"
    while len(shape) > room and names:
        names.pop()
        shape = f"{path}({', '.join([*names, '...'])})"
    return shape


def _usable(index: Index) -> dict[str, Symbol]:
    """What can be called, by the shortest path that imports it."""
    paths: dict[str, str] = {}
    symbols: dict[str, Symbol] = {}
    for module in index.module_names:
        if index.broken_reason(module) or _HIDDEN_MODULES.search(module):
            continue
        for name in index.names(module):
            symbol = index.lookup(f"{module}.{name}")
            path = f"{module}.{name}"
            if symbol is None or not _is_callable(path, symbol):
                continue
            key = symbol.forwards_to or symbol.dotted
            if key not in paths or _length(path) < _length(paths[key]):
                paths[key], symbols[key] = path, symbol
    return {path: symbols[key] for key, path in paths.items()}


def _is_callable(path: str, symbol: Symbol) -> bool:
    if path in _MADE_BY_USERS:
        return True
    if symbol.status in _UNUSABLE or symbol.needs:
        return False
    if symbol.kind == "class":
        is_result = symbol.class_kind == "dataclass" and symbol.status is not Status.REAL
        return symbol.class_kind not in {"enum", "exception"} and not is_result
    return symbol.kind == "function"


def _length(path: str) -> tuple[int, int, str]:
    return path.count("."), len(path), path


def _method_shapes(index: Index, path: str, owner: Symbol) -> Iterator[str]:
    for name, member in index.members(owner.dotted).items():
        is_use = member.kind == "method" and member.status not in _UNUSABLE
        if is_use and not name.startswith("_") and not _DULL_METHODS.fullmatch(name):
            yield call_shape(f"{path}({'...' if owner.parameters else ''}).{name}", member)


def main() -> None:
    """Write the table anew."""
    FILE.write_text("\n".join(shapes(load())) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
