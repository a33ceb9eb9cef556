"""Backends that are missing, unknown, misspelled or unusable: BQ007 to BQ014, BQ022, BQ023."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from random import Random
from typing import Final

from bioql_lsp.analysis.backends import (
    _SPELLINGS,
    _UNUSABLE,
    REFUSED,
    BackendState,
    backend,
    nearest,
)
from bioql_lsp.analysis.changes import add_argument, delete_argument
from bioql_lsp.analysis.model import Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.training.corpus.breaks.model import (
    NOTHING,
    Edits,
    add,
    arguments,
    breaker,
    one,
    rewritten,
    runs,
    slips,
    source,
    value,
)

_NAMES: Final = (
    *sorted(REFUSED), *_UNUSABLE, "fake_torino", "FakeTorino", "fake_brisbane", "braket_sv1",
    "aws_sv1", "SV1", "aspen-m-3", "braket_aspen_m3",
)  # fmt: skip
_STATES: Final = {
    BackendState.REFUSED: ("BQ007", 2.0),
    BackendState.NO_DRIVER: ("BQ010", 1.0),
    BackendState.AUTO: ("BQ011", 1.0),
    BackendState.FOREIGN_SIMULATOR: ("BQ013", 1.0),
    BackendState.BRAKET: ("BQ014", 0.7),
}
_OLD_TOKENS: Final = ('os.environ["IBM_TOKEN"]', 'os.environ["IBM_QUANTUM_TOKEN"]', "None")
_POSITIONAL: Final = ("program", "api_key", "backend", "shots")


def _unusable(rng: Random, module: Module, *, names: tuple[str, ...]) -> Edits:
    found = one(rng, arguments(runs(module), "backend"))
    if found is None or found[1].text is None:
        return NOTHING
    return value(found[1], f'"{rng.choice(names)}"')


for _state, (_code, _weight) in _STATES.items():
    _of_state = tuple(name for name in _NAMES if backend(name).state is _state)
    add(f"backend_{_code}", (_code,), partial(_unusable, names=_of_state), _weight)


@breaker("BQ008", weight=2.0)
def default_backend(rng: Random, module: Module) -> Edits:
    """A run that leaves the backend to the default."""
    found = one(rng, [(c, a) for c, a in arguments(runs(module), "backend") if a.keyword])
    return (delete_argument(module, *found),) if found else NOTHING


@breaker("BQ009", weight=2.0)
def misspelled_backend(rng: Random, module: Module) -> Edits:
    """A backend by a name that BioQL does not know, and that can mean only this one."""
    found = one(rng, arguments(runs(module), "backend"))
    name = found[1].text if found else None
    if found is None or name is None:
        return NOTHING
    words = [
        word
        for word in _misspellings(rng, name)
        if backend(word).state is BackendState.UNKNOWN and nearest(word) == name
    ]
    return value(found[1], f'"{rng.choice(words)}"') if words else NOTHING


def _misspellings(rng: Random, name: str) -> Iterator[str]:
    yield from (short for short, meant in _SPELLINGS.items() if meant == name)
    vendor, _, machine = name.partition("_")
    yield from (machine, machine.title(), f"{vendor}-{machine}", f"{vendor} {machine}")
    yield from (f"{vendor}{machine}", f"{vendor.upper()} {machine.title()}", f"{vendor}q_{machine}")
    yield from slips(rng, machine)


@breaker("BQ011", weight=0.7)
def automatic_selection(rng: Random, module: Module) -> Edits:
    """A run with ``auto_select``."""
    call = one(rng, [c for c in runs(module) if c.argument("auto_select") is None])
    return (add_argument(module, call, "auto_select=True"),) if call else NOTHING


@breaker("BQ012")
def backend_in_capitals(rng: Random, module: Module) -> Edits:
    """A backend in capitals."""
    found = one(rng, arguments(runs(module), "backend"))
    name = found[1].text if found else None
    if found is None or name is None:
        return NOTHING
    vendor, _, machine = name.partition("_")
    forms = (
        name.upper(),
        name.title(),
        f"{vendor.upper()}_{machine}",
        f"{vendor}_{machine.title()}",
    )
    return value(found[1], f'"{rng.choice(forms)}"')


def _texts(module: Module, call: Call) -> dict[str, str] | None:
    """The arguments of a plain run as they are written; None for one that has others."""
    texts = {}
    for name in _POSITIONAL:
        argument = call.argument(name)
        if argument is not None:
            texts[name] = source(module, argument.value_span)
    return texts if len(texts) == len(call.arguments) and "backend" in texts else None


@breaker("BQ022")
def backend_as_key(rng: Random, module: Module) -> Edits:
    """The backend as the second argument by position, where the key belongs."""
    call = one(rng, runs(module))
    texts = _texts(module, call) if call else None
    if call is None or texts is None or call.argument("backend") is None:
        return NOTHING
    items = [texts["program"], texts["backend"]]
    if "shots" in texts:
        items.append(rng.choice((texts["shots"], f"shots={texts['shots']}")))
    if rng.random() < 0.5 and "api_key" in texts:
        items.append(f"api_key={texts['api_key']}")
        if "shots" in texts and items[2] == texts["shots"] and rng.random() < 0.5:
            items[2], items[3] = f"shots={texts['shots']}", items[3]
    return (rewritten(module, call, items),)


@breaker("BQ023", weight=0.7)
def old_order(rng: Random, module: Module) -> Edits:
    """A call by position in the order of BioQL 3, which had a token."""
    call = one(rng, runs(module))
    texts = _texts(module, call) if call else None
    if call is None or texts is None or len(texts) != len(_POSITIONAL):
        return NOTHING
    token = rng.choice(_OLD_TOKENS)
    items = [*(texts[name] for name in _POSITIONAL), "False", token]
    if token == "None":  # noqa: S105 - no password
        items.append(rng.choice(('"hub/group/project"', '"ibm-q/open/main"')))
    return (rewritten(module, call, items),)
