"""BQ020, BQ021, BQ063: arguments that do not fit the signature."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from bioql_lsp.analysis.binder import Misfit, MisfitKind, misfits
from bioql_lsp.analysis.changes import delete_argument
from bioql_lsp.analysis.findings import Finding, Fix, Severity
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import RUNNERS, Module
from bioql_lsp.analysis.registry import rule
from bioql_lsp.analysis.rules._owned_calls import has_own_rule
from bioql_lsp.analysis.rules._shared import (
    RENAMED_KEYWORDS,
    backend_in_place_of_key,
    is_quantum,
    renamed_to,
)
from bioql_lsp.text import Edit

_FIRST_WITHOUT_TOKEN = (5,)
_DELETED = frozenset(
    {"provider", "seed", "noise_model", "circuit", "optimizer", "hamiltonian", "verbose"}
)
_INVENTED = _DELETED | RENAMED_KEYWORDS.keys()
_HEAD = 'import os\n\nfrom bioql import quantum\n\nKEY = os.environ["BIOQL_API_KEY"]\n'
_GOOD = _HEAD + 'quantum("Create a Bell state", api_key=KEY, backend="ibm_torino", shots=100)\n'


@rule(
    code="BQ020",
    severity=Severity.ERROR,
    title="token= was removed",
    why="quantum() has taken no token since BioQL 5: Python raises TypeError. BioQL reads the IBM "
    "token from the environment variable IBM_QUANTUM_TOKEN.",
    fix="Deletes the argument.",
    good=(_GOOD,),
    bad=(_HEAD + 'quantum("Create a Bell state", KEY, "ibm_torino", token="secret")\n',),
)
def check_token(module: Module) -> Iterator[Finding]:
    """A finding for each token that is handed over."""
    if module.release < _FIRST_WITHOUT_TOKEN:
        return
    for call in module.calls:
        argument = call.keyword("token") if is_quantum(call) else None
        if argument is None or not call.is_whole or argument.keyword_span is None:
            continue
        message = (
            "quantum() takes no token= since BioQL 5, so it raises TypeError; set the environment "
            "variable IBM_QUANTUM_TOKEN instead."
        )
        fix = Fix("Delete token=", (delete_argument(module, call, argument),))
        yield Finding("BQ020", Severity.ERROR, message, argument.keyword_span, (fix,))


@rule(
    code="BQ021",
    severity=Severity.ERROR,
    title="There is no such argument",
    why="BioQL's functions take no further keywords: Python raises TypeError before anything runs.",
    fix="Renames the argument where it is a known misnomer, deletes it where BioQL has nothing "
    "like it, and suggests the closest name otherwise.",
    good=(_GOOD,),
    bad=(
        _HEAD + 'quantum("Create a Bell state", KEY, "ibm_torino", num_shots=100)\n',
        _HEAD + 'quantum("Create a Bell state", KEY, "ibm_torino", seed=1)\n',
        'from bioql import predict_adme_local\npredict_adme_local(smile="CCO")\n',
    ),
)
def check_unknown(module: Module) -> Iterator[Finding]:
    """A finding for each keyword that the function does not have."""
    for call in module.calls:
        if not (module.index.is_exact or call.symbol.dotted in RUNNERS):
            continue
        if has_own_rule(module, call):
            continue
        for misfit in misfits(call):
            argument = misfit.argument
            if misfit.kind is not MisfitKind.UNKNOWN_KEYWORD or argument is None:
                continue
            if misfit.name == "token" and is_quantum(call):
                continue
            if not module.index.is_exact and misfit.name not in _INVENTED:
                continue
            message = f"{call.symbol.name}() has no argument {misfit.name}, so it raises TypeError."
            span = argument.keyword_span or argument.span
            fixes = tuple(_fixes(module, call, argument, misfit.name))
            yield Finding("BQ021", Severity.ERROR, message, span, fixes)


def _fixes(module: Module, call: Call, argument: Argument, name: str) -> Iterator[Fix]:
    span = argument.keyword_span
    if span is None:
        return
    if call.symbol.dotted in RUNNERS and name in _INVENTED:
        new = RENAMED_KEYWORDS.get(name)
        first = next(a for a in call.arguments if RENAMED_KEYWORDS.get(a.keyword or "") == new)
        if new is not None and call.argument(new) is None and first is argument and _has(call, new):
            yield Fix(f"Rename {name} to {new}", (Edit(span, new),))
        else:
            yield Fix(f"Delete {name}=", (delete_argument(module, call, argument),))
        return
    free = [p.name for p in call.symbol.parameters or () if call.argument(p.name) is None]
    for close in difflib.get_close_matches(name, free, n=1, cutoff=0.6):
        yield Fix(f"Rename {name} to {close}", (Edit(span, close),), is_deterministic=False)
    delete = delete_argument(module, call, argument)
    yield Fix(f"Delete {name}=", (delete,), is_deterministic=False)


def _has(call: Call, name: str) -> bool:
    return any(p.name == name for p in call.symbol.parameters or ())


@rule(
    code="BQ063",
    severity=Severity.ERROR,
    title="The call does not fit the signature",
    why="There are too many arguments, or one is given twice: Python refuses the call before "
    "anything runs.",
    fix="None by itself; the message names the argument.",
    good=(_GOOD, 'from bioql import predict_adme_local\npredict_adme_local("CCO")\n'),
    bad=(
        'from bioql import predict_adme_local\npredict_adme_local("CCO", "ibm_torino")\n',
        'from bioql import predict_adme_local\npredict_adme_local("CCO", smiles="CCO")\n',
        'from bioql import predict_adme_local\npredict_adme_local(smiles="CCO", smiles="CO")\n',
    ),
)
def check_arity(module: Module) -> Iterator[Finding]:
    """A finding for each superfluous or repeated argument."""
    for call, misfit in _misfits(module):
        name = call.symbol.name
        if misfit.kind is MisfitKind.TOO_MANY:
            message = f"{name}() takes fewer arguments by position: {call.symbol.signature}"
        elif misfit.kind is MisfitKind.REPEATED and not _is_backend(call, misfit.name):
            message = f"{name}() gets the argument {misfit.name} twice."
        else:
            continue
        span = misfit.argument.span if misfit.argument else call.function_span
        yield Finding("BQ063", Severity.ERROR, message, span)


@rule(
    code="BQ065",
    severity=Severity.ERROR,
    title="A required argument is missing",
    why="Python raises TypeError before anything runs.",
    fix="None by itself; the message names the argument.",
    good=(_GOOD, 'from bioql import predict_adme_local\npredict_adme_local("CCO")\n'),
    bad=("from bioql import predict_adme_local\npredict_adme_local()\n",),
    is_absence=True,
)
def check_missing(module: Module) -> Iterator[Finding]:
    """A finding for each argument that a call cannot do without."""
    for call, misfit in _misfits(module):
        if misfit.kind is not MisfitKind.MISSING or _is_reported(call, misfit.name):
            continue
        message = f"{call.symbol.name}() needs the argument {misfit.name}."
        yield Finding("BQ065", Severity.ERROR, message, call.function_span)


def _misfits(module: Module) -> Iterator[tuple[Call, Misfit]]:
    if module.index.is_exact:
        for call in module.calls:
            if not has_own_rule(module, call):
                yield from ((call, misfit) for misfit in misfits(call))


def _is_backend(call: Call, name: str) -> bool:
    """Whether a backend stands in the key's place, about which another rule speaks."""
    return name == "api_key" and backend_in_place_of_key(call) is not None


def _is_reported(call: Call, name: str) -> bool:
    """Whether another rule speaks about the missing argument already."""
    if call.symbol.dotted not in RUNNERS:
        return False
    return name == "api_key" or renamed_to(call, name) is not None
