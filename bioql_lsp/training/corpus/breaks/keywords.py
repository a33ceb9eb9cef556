"""Arguments that a signature does not have, or lacks: BQ020, BQ021, BQ057, BQ063, BQ065."""

from __future__ import annotations

import difflib
from random import Random
from typing import Final

from bioql_lsp.analysis.changes import add_argument, delete_argument
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import RUNNERS, Module
from bioql_lsp.analysis.rules._owned_calls import has_own_rule
from bioql_lsp.analysis.rules._shared import RENAMED_KEYWORDS
from bioql_lsp.analysis.rules.keywords import _DELETED
from bioql_lsp.text import Edit
from bioql_lsp.training.corpus.breaks.model import (
    NOTHING,
    Edits,
    breaker,
    insert,
    one,
    runs,
    slips,
    source,
    whole_calls,
)

_TOKENS: Final = ('os.environ["IBM_QUANTUM_TOKEN"]', '"ibm_token"', "None", '"YOUR_IBM_TOKEN"')
_VALUES: Final = {
    "provider": ('"ibm"', '"ionq"'),
    "seed": ("42", "1", "7"),
    "noise_model": ("None", '"depolarizing"'),
    "circuit": ("None",),
    "optimizer": ('"COBYLA"', '"SPSA"'),
    "hamiltonian": ("None",),
    "verbose": ("True", "False"),
}
_SURPLUS: Final = ('"ibm_torino"', "100", "True", "None", '"fast"', "2")
_CUTOFF: Final = 0.6


@breaker("BQ020", weight=1.5)
def removed_token(rng: Random, module: Module) -> Edits:
    """The token that older versions took."""
    call = one(rng, runs(module))
    return _added(rng, module, call, f"token={rng.choice(_TOKENS)}") if call else NOTHING


@breaker("BQ021")
def invented_keyword(rng: Random, module: Module) -> Edits:
    """An argument that other packages have."""
    call = one(rng, runs(module))
    name = rng.choice(sorted(_DELETED & _VALUES.keys()))
    return _added(rng, module, call, f"{name}={rng.choice(_VALUES[name])}") if call else NOTHING


def _added(rng: Random, module: Module, call: Call, text: str) -> Edits:
    """One more keyword, at the end or before another one."""
    before = one(rng, [a for a in call.arguments if a.keyword is not None])
    if before is None or rng.random() < 0.6:
        return (add_argument(module, call, text),)
    line = module.document.position(before.span.start)
    indent = module.document.line_text(line.line)[: line.character]
    gap = f"{module.document.newline}{indent}" if not indent.strip() else " "
    return (insert(before.span.start, f"{text},{gap}"),)


@breaker("BQ021", weight=2.5)
def renamed_keyword(rng: Random, module: Module) -> Edits:
    """A parameter of ``quantum`` under one of its usual wrong names."""
    places = [
        (argument, wrong)
        for call in runs(module)
        for argument in call.arguments
        for wrong, right in RENAMED_KEYWORDS.items()
        if argument.keyword == right
    ]
    found = one(rng, places)
    if found is None or found[0].keyword_span is None:
        return NOTHING
    return (Edit(found[0].keyword_span, found[1]),)


@breaker("BQ021", weight=1.5)
def misspelled_keyword(rng: Random, module: Module) -> Edits:
    """An argument with a slip in its name that can mean only this one."""
    places = [
        (call, argument)
        for call in whole_calls(module)
        for argument in call.arguments
        if argument.keyword is not None and not has_own_rule(module, call)
    ]
    found = one(rng, places)
    if found is None or found[1].keyword is None or found[1].keyword_span is None:
        return NOTHING
    words = [word for word in slips(rng, found[1].keyword) if _means(*found, word)]
    return (Edit(found[1].keyword_span, words[0]),) if words else NOTHING


def _means(call: Call, argument: Argument, word: str) -> bool:
    """Whether a wrong keyword is nearest to the right one, among those that are free."""
    names = [p.name for p in call.symbol.parameters or ()]
    if word in names or not word.isidentifier():
        return False
    if call.symbol.dotted in RUNNERS and word in {*RENAMED_KEYWORDS, *_DELETED, "token"}:
        return False
    free = [n for n in names if n == argument.keyword or call.argument(n) is None]
    return difflib.get_close_matches(word, free, n=1, cutoff=_CUTOFF) == [argument.keyword]


@breaker("BQ063", weight=0.7)
def too_many_arguments(rng: Random, module: Module) -> Edits:
    """One argument by position too many."""
    calls = [
        call
        for call in whole_calls(module)
        if "v" not in call.symbol.kinds
        and call.positional
        and len(call.positional) == len(call.symbol.positional_names) == len(call.arguments)
    ]
    call = one(rng, calls)
    return (add_argument(module, call, rng.choice(_SURPLUS)),) if call else NOTHING


@breaker("BQ063", weight=0.7)
def repeated_argument(rng: Random, module: Module) -> Edits:
    """An argument by position that is given by its name as well."""
    places = [
        (call, name, argument)
        for call in whole_calls(module)
        for name, argument in call.by_position.items()
        if name in call.symbol.keyword_names
    ]
    found = one(rng, places)
    if found is None:
        return NOTHING
    text = source(module, found[2].value_span)
    return (add_argument(module, found[0], f"{found[1]}={text}"),)


@breaker("BQ065", "BQ057", weight=1.5)
def missing_argument(rng: Random, module: Module) -> Edits:
    """A call without what it cannot do without, where a name above says what it was.

    A value that stands nowhere else would be gone for good.
    """
    places = [
        (call, argument)
        for call in whole_calls(module)
        for argument in call.arguments
        if argument.node is not None
        and argument.node.type == "identifier"
        and len(module.identifiers.get(module.syntax.node_text(argument.node), ())) == 2
    ]
    found = one(rng, places)
    return (delete_argument(module, *found),) if found else NOTHING
