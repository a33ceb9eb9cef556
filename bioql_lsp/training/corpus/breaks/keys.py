"""Keys that are missing, empty, made up or written into the source: BQ002 to BQ006."""

from __future__ import annotations

from functools import partial
from random import Random
from typing import Final

from bioql_lsp.analysis.changes import delete_argument, import_edit
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.text import Edit
from bioql_lsp.training.corpus.breaks.model import (
    NOTHING,
    Edits,
    add,
    arguments,
    breaker,
    line_of,
    one,
    runs,
    value,
)

_HEXADECIMAL: Final = "0123456789abcdef"
_PLACEHOLDERS: Final = (
    "YOUR_API_KEY", "your_api_key", "your-api-key", "YOUR_BIOQL_API_KEY", "your_key",
    "<your key>", "bioql_xxxxxxxxxxxx", "demo", "test_key", "my_api_key", "api_key",
    "insert key here", "TODO", "...", "bioql_your_key_here", "example", "change_me",
)  # fmt: skip
_CONSTANTS: Final = ("API_KEY", "KEY", "BIOQL_KEY", "api_key")
_NAMED_SHARE: Final = 0.2
_BARE_SHARE: Final = 0.3


def _secret(rng: Random) -> str:
    digits = "".join(rng.choice(_HEXADECIMAL) for _ in range(rng.choice((8, 12, 24))))
    return f'"bioql_{digits}"'


def _placeholder(rng: Random) -> str:
    return f'"{rng.choice(_PLACEHOLDERS)}"'


def _empty(rng: Random) -> str:
    return rng.choice(('""', '""', "None", '" "'))


def _development(rng: Random) -> str:
    return f'"bioql_dev_{rng.choice(("local", "test", "key", "123", "mode"))}"'


@breaker("BQ002", weight=2.0)
def missing_key(rng: Random, module: Module) -> Edits:
    """A run without a key."""
    found = one(rng, [(c, a) for c, a in arguments(runs(module), "api_key") if a.keyword])
    return (delete_argument(module, *found), *_no_os(rng, module)) if found else NOTHING


def _literal_key(rng: Random, module: Module, *, row: str) -> Edits:
    found = one(rng, arguments(runs(module), "api_key"))
    if found is None or found[1].literal is not None:
        return NOTHING
    key = _KEYS[row](rng)
    edits = _named(rng, module, *found, key) if rng.random() < _NAMED_SHARE else NOTHING
    return (*(edits or value(found[1], key)), *_no_os(rng, module))


def _named(rng: Random, module: Module, call: Call, argument: Argument, key: str) -> Edits:
    """The key in a constant above the program."""
    name = rng.choice(_CONSTANTS)
    if module.known(name, call.node.start_byte).count:
        return NOTHING
    place = import_edit(module, f"\n{name} = {key}", call.span.start)
    return (place, *value(argument, name)) if place is not None else NOTHING


def _no_os(rng: Random, module: Module) -> Edits:
    """Who has no key in the environment does not import ``os`` either, at times."""
    uses = module.identifiers.get("os", ())
    place = module.text.find("import os\n")
    if len(uses) != 1 or place < 0 or rng.random() >= _BARE_SHARE:
        return NOTHING
    if place and module.text[place - 1] != "\n":
        return NOTHING
    line = line_of(module, place)
    return (Edit(line, ""),)


_KEYS: Final = {
    "BQ003": _secret,
    "BQ004": _placeholder,
    "BQ005": _empty,
    "BQ006": _development,
}
for _code in _KEYS:
    add(f"key_{_code}", (_code,), partial(_literal_key, row=_code))
