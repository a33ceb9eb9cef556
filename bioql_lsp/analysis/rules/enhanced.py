"""BQ051, BQ052: enhanced_quantum simulates here, or raises TypeError; it never uses hardware."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from bioql_lsp.analysis.backends import HOUSE_BACKEND
from bioql_lsp.analysis.changes import add_argument, delete_argument
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import ENHANCED, PACKAGE, Module
from bioql_lsp.analysis.program.biology import is_about_biology
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._naming import Names
from bioql_lsp.analysis.rules._shared import named_backend
from bioql_lsp.text import Edit, Span

_FIRST_THAT_FAILS = (5,)
_FIRST_WITH_HARDWARE_ONLY = (7,)
_HARDWARE_STARTS = ("ibm_", "ionq_", "quantinuum_")
_LOCAL_PARTS = ("simulator", "qiskit", "cirq", "sim", "aer")
_SWITCHES = ("use_nlp", "use_ir_compiler")
_DROPPED = ("token", "use_nlp", "use_ir_compiler", "return_ir")
_HEAD = 'import os\n\nfrom bioql import {}\n\nKEY = os.environ["BIOQL_API_KEY"]\n'
_ENHANCED_HEAD = _HEAD.format("enhanced_quantum")
_GOOD = _HEAD.format("quantum") + (
    'quantum("Docking of SMILES CCO to PDB 5IKT on 6 qubits", KEY, "ibm_torino", 100)\n'
)


@rule(
    code="BQ051",
    severity=Severity.WARNING,
    title="enhanced_quantum does not use the hardware that it is given",
    why="For a sentence about biology it simulates on this machine and does not check the key, "
    "whatever hardware backend is named, and reports success.",
    fix="Suggests quantum(), which runs on the hardware and costs money.",
    good=(_GOOD,),
    bad=(_ENHANCED_HEAD + 'enhanced_quantum("Dock SMILES CCO to PDB 5IKT", KEY, "ibm_torino")\n',),
)
def check_local(module: Module) -> Iterator[Finding]:
    """A finding for each call that names hardware and simulates."""
    for call in module.runs:
        if call.symbol.dotted != ENHANCED or not call.is_whole or call.has_star:
            continue
        name = _backend_name(module, call)
        if name is None or not name.startswith(_HARDWARE_STARTS) or not _stays_here(module, call):
            continue
        message = (
            f'This runs on the local simulator, not on "{name}", and the key is not checked. Use '
            "quantum() for hardware."
        )
        fixes = tuple(_as_quantum(module, call, is_sure=False))
        yield Finding("BQ051", Severity.WARNING, message, call.function_span, fixes)


@rule(
    code="BQ052",
    severity=Severity.ERROR,
    title="This call of enhanced_quantum raises TypeError",
    why="Unless it simulates a sentence about docking, alignment or energy here, it hands token= "
    "to quantum(), which has not taken one since BioQL 5.",
    fix="Calls quantum() instead, without the arguments that it does not have.",
    good=(_GOOD,),
    bad=(
        _ENHANCED_HEAD + 'enhanced_quantum("Create a Bell state", KEY, "ibm_torino", 100)\n',
        _ENHANCED_HEAD + 'enhanced_quantum("Dock SMILES CCO to PDB 5IKT", KEY, "simulator")\n',
        _ENHANCED_HEAD + 'enhanced_quantum("Create a Bell state", KEY, use_nlp=True)\n',
    ),
)
def check_failing(module: Module) -> Iterator[Finding]:
    """A finding for each call that can only fail."""
    if module.release < _FIRST_THAT_FAILS:
        return
    for call in module.runs:
        if call.symbol.dotted != ENHANCED or not call.is_whole or not _fails(module, call):
            continue
        message = (
            "enhanced_quantum() hands token= to quantum() here, which raises TypeError. Call "
            "quantum() instead."
        )
        fixes = tuple(_as_quantum(module, call, is_sure=True))
        yield Finding("BQ052", Severity.ERROR, message, call.function_span, fixes)


def _backend_name(module: Module, call: Call) -> str | None:
    """The backend in lower case, the default where none is given; None where it is not known."""
    if call.argument("backend") is None and not call.has_star:
        return HOUSE_BACKEND if module.release >= _FIRST_WITH_HARDWARE_ONLY else "simulator"
    named = named_backend(call)
    return named[1].lower() if named is not None else None


def _is_compiled_here(module: Module, backend_name: str) -> bool:
    if module.release >= _FIRST_WITH_HARDWARE_ONLY:
        return backend_name.startswith(_HARDWARE_STARTS)
    return backend_name.startswith("ibm_") or any(part in backend_name for part in _LOCAL_PARTS)


def _text(call: Call) -> str | None:
    text = call.text("program")
    return text.lower() if text is not None else None


def _stays_here(module: Module, call: Call) -> bool:
    """Whether a call is known to be simulated on this machine."""
    text, name = _text(call), _backend_name(module, call)
    if text is None or name is None or not is_about_biology(text):
        return False
    switches = [argument for each in _SWITCHES if (argument := call.argument(each))]
    is_on = all(s.literal is not None and s.literal.value for s in switches)
    return is_on and _is_compiled_here(module, name)


def _fails(module: Module, call: Call) -> bool:
    """Whether a call is known to reach ``quantum(token=...)``."""
    text, name = _text(call), _backend_name(module, call)
    switches = [argument for each in _SWITCHES if (argument := call.argument(each))]
    return (
        (text is not None and not is_about_biology(text))
        or (name is not None and not _is_compiled_here(module, name))
        or any(s.literal is not None and not s.literal.value for s in switches)
    )


def _as_quantum(module: Module, call: Call, *, is_sure: bool) -> Iterator[Fix]:
    """The call as one of ``quantum``, where it gives the same kind of result."""
    renamed = _renamed(module, call)
    if renamed is None or call.has_star or call.node.has_error:
        return
    dropped = [argument for name in _DROPPED if (argument := call.argument(name))]
    returns_pair = call.argument("return_ir")
    is_same = returns_pair is None or (
        returns_pair.literal is not None and not returns_pair.literal.value
    )
    edits = [*renamed, *_without(module, call, dropped)]
    yield Fix("Call quantum() instead", tuple(edits), is_sure and is_same)


def _without(module: Module, call: Call, dropped: list[Argument]) -> Iterator[Edit]:
    """Drop arguments; the first makes room for the backend where that is the default."""
    backend_text = f'backend="{HOUSE_BACKEND}"'
    if call.argument("backend") is None and module.release >= _FIRST_WITH_HARDWARE_ONLY:
        if not dropped:
            yield add_argument(module, call, backend_text)
            return
        yield Edit(dropped[0].span, backend_text)
        dropped = dropped[1:]
    if len(dropped) < 2:
        yield from (delete_argument(module, call, argument) for argument in dropped)
        return
    yield _rewritten(module, call, dropped)


def _rewritten(module: Module, call: Call, dropped: list[Argument]) -> Edit:
    """The arguments from the first dropped one on, written anew: deletions side by side overlap."""
    start = min(argument.position for argument in dropped)
    rest = call.arguments[start:]
    kept = [module.text[a.span.start : a.span.end] for a in rest if a not in dropped]
    before = call.arguments[start - 1].span.end if start else call.open_paren + 1
    lead = ", " if start and kept else ""
    return Edit(Span(before, rest[-1].span.end), lead + ", ".join(kept))


def _renamed(module: Module, call: Call) -> list[Edit] | None:
    """The edits that call ``quantum`` by its name there; None where it has none."""
    function: Node | None = call.node.child_by_field_name("function")
    if function is None:
        return None
    if function.type == "attribute":
        owner, last = (function.child_by_field_name(name) for name in ("object", "attribute"))
        if owner is None or last is None or module.dotted(owner) != PACKAGE:
            return None
        return [Edit(module.syntax.span(last), "quantum")]
    uses = [i for i in module.imported if i.is_from and i.target == f"{PACKAGE}.enhanced_quantum"]
    is_free = not module.bindings_of("quantum", call.node.start_byte)
    if len(uses) == 1 and is_free and len(module.uses_of(uses[0])) == 1:
        return [Edit(uses[0].span, "quantum"), *_name_edits(call, uses[0].bound)]
    names = Names(module, call.span.start)
    name, imports = names.name(PACKAGE, "quantum"), names.imports()
    if name is None or imports is None:
        return None
    return [*imports, Edit(call.function_span, name)]


def _name_edits(call: Call, bound: str) -> list[Edit]:
    """Rename the use too, unless the import gives it a name of its own."""
    return [Edit(call.function_span, "quantum")] if bound == "enhanced_quantum" else []
