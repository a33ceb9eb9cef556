"""Values that a parameter does not take: BQ046, BQ047, BQ049, BQ050, BQ055, BQ056."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Final

from bioql_lsp.analysis.changes import add_argument
from bioql_lsp.analysis.knowledge.entities import MOLECULES, TARGETS
from bioql_lsp.analysis.literal_domains import Domain, domain_of
from bioql_lsp.analysis.literals import Literal
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import QUANTUM, Module
from bioql_lsp.analysis.rules._domains import nearest_fixes, shown
from bioql_lsp.analysis.rules._shared import is_quantum
from bioql_lsp.analysis.rules.chemistry_arguments import _PDB, _SMILES, _guides
from bioql_lsp.analysis.rules.literals_checked import _UNCHECKED
from bioql_lsp.analysis.rules.mitigation import _is_spoiled
from bioql_lsp.analysis.rules.qec import _RATES
from bioql_lsp.text import Edit
from bioql_lsp.training.corpus.breaks.model import (
    NOTHING,
    Edits,
    arguments,
    breaker,
    one,
    runs,
    slips,
    source,
    value,
    whole_calls,
)

_MODES: Final = ('"hardware"', '"real"', '"quantum"', '"simulation"', '"fast"')
_LISTS: Final = frozenset({"list", "tuple", "set"})
_KNOWN_CHARS_MIN: Final = 8
_MARKS: Final = "()[]123456=#"


def _literals(module: Module) -> Iterator[tuple[Literal, Domain]]:
    """The literals in the program that a table of values allows."""
    for call in whole_calls(module):
        named = [*call.by_position.items(), *((a.keyword or "", a) for a in call.arguments)]
        for name, argument in named:
            domain = domain_of(call.symbol.dotted, name)
            if domain is None or argument.node is None:
                continue
            is_list = domain.is_list and argument.node.type in _LISTS
            nodes = argument.node.named_children if is_list else [argument.node]
            for literal in map(module.literal, nodes):
                if literal is not None and literal.value in domain.values:
                    yield literal, domain


@breaker("BQ046", "BQ047", weight=2.5)
def foreign_value(rng: Random, module: Module) -> Edits:
    """A word or number that is nearly one of those that a parameter takes."""
    found = one(rng, list(_literals(module)))
    if found is None:
        return NOTHING
    literal, domain = found
    words = [w for w in _near(rng, literal.value) if _means(w, literal, domain)]
    return (Edit(literal.span, shown(rng.choice(words))),) if words else NOTHING


def _near(rng: Random, word: object) -> Iterator[str | int]:
    if isinstance(word, int):
        yield from (word - 1, word + 1)
        return
    text = str(word)
    yield from (text.replace("_", "-"), text.replace("-", "_"), text.replace("_", " "))
    yield from (text.replace("_", ""), text.title(), text.upper(), text[:3], text[:5])
    yield from (text.partition("_")[0], f"{text}s")
    yield from slips(rng, text)


def _means(word: str | int, literal: Literal, domain: Domain) -> bool:
    """Whether a wrong value is nearest to the right one."""
    if domain.allows(word):
        return False
    fixes = nearest_fixes(Literal(word, literal.span), domain)
    return bool(fixes) and fixes[0].edits[0].new_text == shown(literal.value)


@breaker("BQ047", weight=0.7)
def unchecked_value(rng: Random, module: Module) -> Edits:
    """One more argument whose value BioQL does not know and does not check."""
    call = one(rng, runs(module))
    name = rng.choice([n for n in _UNCHECKED if n != "error_correction"])
    domain = domain_of(QUANTUM, name)
    if call is None or domain is None or call.argument(name) is not None:
        return NOTHING
    known = Literal(rng.choice(domain.values), call.span)
    words = [w for w in _near(rng, known.value) if _means(w, known, domain)]
    if not words:
        return NOTHING
    text = shown(rng.choice(words))
    return (add_argument(module, call, f"{name}={f'[{text}]' if domain.is_list else text}"),)


@breaker("BQ046", weight=0.7)
def rate_in_percent(rng: Random, module: Module) -> Edits:
    """An error rate given in percent."""
    calls = [call for call in whole_calls(module) if call.symbol.dotted in _RATES]
    found = one(rng, arguments(calls, "error_rate"))
    literal = found[1].literal if found else None
    if found is None or literal is None or not isinstance(literal.value, float):
        return NOTHING
    return value(found[1], str(round(literal.value * 100, 6)))


@breaker("BQ049")
def symmetry(rng: Random, module: Module) -> Edits:
    """A mitigation that deletes what the state gives."""
    call = one(rng, [call for call in runs(module) if _is_spoiled(call)])
    if call is None:
        return NOTHING
    given = call.argument("mitigation")
    if given is None:
        words = rng.choice(('["symmetry"]', '["readout", "symmetry"]', '["symmetry", "zne"]'))
        return (add_argument(module, call, f"mitigation={words}"),)
    text = source(module, given.value_span)
    if not text.startswith("[") or not text.endswith("]") or len(text) < 3:
        return NOTHING
    new = rng.choice((f'{text[:-1]}, "symmetry"]', f'["symmetry", {text[1:]}'))
    return value(given, new)


@breaker("BQ050")
def unknown_mode(rng: Random, module: Module) -> Edits:
    """A mode in capitals, or one that is not there."""
    given = one(rng, arguments([call for call in module.runs if is_quantum(call)], "mode"))
    if given is not None and given[1].text is not None:
        return value(given[1], rng.choice(('"CRISPR"', '"Crispr"')))
    call = one(rng, runs(module))
    return (add_argument(module, call, f"mode={rng.choice(_MODES)}"),) if call else NOTHING


def _strings(module: Module, *names: str) -> list[tuple[Call, Argument]]:
    """The arguments for these parameters that are a string written in the call."""
    found = [pair for name in names for pair in arguments(whole_calls(module), name)]
    return [(c, a) for c, a in found if a.node is not None and a.node.type == "string" and a.text]


@breaker("BQ055")
def name_for_molecule(rng: Random, module: Module) -> Edits:
    """A molecule's name where its SMILES belongs."""
    places = [
        (argument, rng.choice(entity.names))
        for _, argument in _strings(module, *_SMILES)
        for entity in MOLECULES
        if entity.value == argument.text
    ]
    found = one(rng, places)
    return value(found[0], f'"{found[1]}"') if found else NOTHING


@breaker("BQ055")
def name_for_structure(rng: Random, module: Module) -> Edits:
    """A target's name where the id of its structure belongs."""
    places = [
        (argument, rng.choice(entity.names))
        for _, argument in _strings(module, *_PDB)
        for entity in TARGETS
        if entity.value == argument.text
    ]
    found = one(rng, places)
    return value(found[0], f'"{found[1]}"') if found else NOTHING


@breaker("BQ055")
def damaged_smiles(rng: Random, module: Module) -> Edits:
    """A well-known SMILES with a character too few or too many.

    Of another one nobody could say what it was.
    """
    known = {entity.value for entity in MOLECULES if len(entity.value) >= _KNOWN_CHARS_MIN}
    found = one(rng, [(c, a) for c, a in _strings(module, *_SMILES) if a.text in known])
    text = found[1].text if found else None
    if found is None or not text:
        return NOTHING
    at = one(rng, [at for at, letter in enumerate(text) if letter in _MARKS])
    if at is not None and rng.random() < 0.6:
        return value(found[1], f'"{text[:at]}{text[at + 1 :]}"')
    at = rng.randrange(1, len(text) + 1)
    return value(found[1], f'"{text[:at]}{rng.choice("()1")}{text[at:]}"')


@breaker("BQ056", weight=1.5)
def guide_as_rna(rng: Random, module: Module) -> Edits:
    """A guide written as RNA."""
    guides = [literal for call in whole_calls(module) for _, literal, _ in _guides(module, call)]
    literal = one(rng, [each for each in guides if "T" in str(each.value).upper()])
    if literal is None:
        return NOTHING
    return (Edit(literal.span, f'"{str(literal.value).replace("T", "U").replace("t", "u")}"'),)
