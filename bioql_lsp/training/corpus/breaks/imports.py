"""Names that are misspelled, imported from elsewhere or not at all: BQ001, BQ035 to BQ038, ..."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Final

from bioql_lsp.analysis.changes import import_edit
from bioql_lsp.analysis.model import ImportedName
from bioql_lsp.analysis.module import PACKAGE, Module
from bioql_lsp.analysis.rules.docking import RUNNERS
from bioql_lsp.analysis.rules.unknown_names import _RENAMED
from bioql_lsp.analysis.rules.versions import _LEAKING
from bioql_lsp.text import Edit, Span
from bioql_lsp.training.corpus.breaks.model import (
    NOTHING,
    Edits,
    breaker,
    insert,
    line_of,
    one,
    slips,
)

_BATCHER: Final = "from bioql.batcher import SmartBatcher"
_PIN: Final = '# /// script\n# dependencies = ["bioql=={}"]\n# ///\n'


def _plain(module: Module) -> list[ImportedName]:
    """The names imported by ``from`` under their own name."""
    return [i for i in module.imported if i.is_from and i.bound == i.target.rpartition(".")[2]]


def _alone(module: Module) -> list[ImportedName]:
    """Those that have their statement to themselves."""
    return [i for i in _plain(module) if len(i.statement.children_by_field_name("name")) == 1]


def _renamed(module: Module, imported: ImportedName, name: str) -> Edits:
    """Another name in the import and wherever it is used."""
    uses = [module.syntax.span(use) for use in module.uses_of(imported)]
    return tuple(Edit(span, name) for span in (imported.span, *uses))


@breaker("BQ001", weight=0.8)
def misspelled_name(rng: Random, module: Module) -> Edits:
    """A name that BioQL does not have, and that can mean only one that it has."""
    imported = one(rng, _plain(module))
    if imported is None:
        return NOTHING
    owner, _, name = imported.target.rpartition(".")
    words = list(_other_words(rng, name))
    for word in rng.sample(words, len(words)):
        is_unknown = word.isidentifier() and module.index.lookup(f"{owner}.{word}") is None
        if is_unknown and module.index.nearest(owner, word) == name:
            return _renamed(module, imported, word)
    return NOTHING


def _other_words(rng: Random, name: str) -> Iterator[str]:
    """What somebody may write who remembers a name by half."""
    parts = name.split("_")
    if len(parts) > 1:
        yield from ("_".join(parts[:-1]), "_".join(parts[1:]), "".join(parts))
        yield parts[0] + "".join(part.title() for part in parts[1:])
        yield "".join(part.title() for part in parts)
        yield "_".join([*parts[:-2], parts[-1], parts[-2]])
    yield from (f"{name}s", name[:-1])
    yield from slips(rng, name)


@breaker("BQ001")
def misspelled_module(rng: Random, module: Module) -> Edits:
    """A module with a slip in its name."""
    imported = one(rng, [i for i in _alone(module) if i.target.count(".") > 1])
    source = imported.statement.child_by_field_name("module_name") if imported else None
    if source is None:
        return NOTHING
    name = module.syntax.node_text(source)
    owner, _, last = name.rpartition(".")
    for word in slips(rng, last):
        new = f"{owner}.{word}"
        is_unknown = word.isidentifier() and module.index.lookup(new) is None
        if is_unknown and module.index.nearest_module(new) == name:
            return (Edit(module.syntax.span(source), new),)
    return NOTHING


@breaker("BQ001", "BQ036", weight=1.2)
def moved_to_the_top(rng: Random, module: Module) -> Edits:
    """A name imported from the package that only one of its modules has."""
    imported = one(rng, [i for i in _alone(module) if i.target.count(".") > 1])
    source = imported.statement.child_by_field_name("module_name") if imported else None
    return (Edit(module.syntax.span(source), PACKAGE),) if source else NOTHING


@breaker("BQ036")
def none_under_an_old_name(rng: Random, module: Module) -> Edits:
    """The old name of a thing, which the package binds to None."""
    places = [
        (imported, old)
        for imported in _alone(module)
        for old, new in _RENAMED.items()
        if ".".join(new) == imported.target
    ]
    found = one(rng, places)
    source = found[0].statement.child_by_field_name("module_name") if found else None
    if found is None or source is None:
        return NOTHING
    return (Edit(module.syntax.span(source), PACKAGE), *_renamed(module, *found))


@breaker("BQ037", weight=0.05)
def batcher(_rng: Random, module: Module) -> Edits:
    """The module that cannot be read, imported as well."""
    imported = module.imported[:1]
    edit = import_edit(module, _BATCHER, len(module.text)) if imported else None
    return (edit,) if edit is not None else NOTHING


@breaker("BQ038")
def broken_module(rng: Random, module: Module) -> Edits:
    """A name taken from the module that cannot be imported, not from the package that has it."""
    places = [
        (imported, name)
        for imported in _alone(module)
        for name in module.index.module_names
        if name.startswith(f"{imported.target.rpartition('.')[0]}.")
        and imported.target.count(".") > 1
        and name.rpartition(".")[2].replace("_", "") in imported.bound.lower()
        and module.index.broken_reason(name) is not None
    ]
    found = one(rng, places)
    source = found[0].statement.child_by_field_name("module_name") if found else None
    return (Edit(module.syntax.span(source), found[1]),) if found and source else NOTHING


@breaker("BQ044")
def property_for_class(rng: Random, module: Module) -> Edits:
    """A runner of docking imported from the package, which has a bare property under its name."""
    places = [
        (imported, short.rpartition(".")[0])
        for imported in _alone(module)
        for short, home in RUNNERS.items()
        if imported.target == f"{home}.{short.rpartition('.')[2]}"
    ]
    found = one(rng, places)
    source = found[0].statement.child_by_field_name("module_name") if found else None
    return (Edit(module.syntax.span(source), found[1]),) if found and source else NOTHING


@breaker("BQ058")
def star_import(rng: Random, module: Module) -> Edits:
    """A star import in place of a name that it does not bring."""
    exported = set(module.index.exported(PACKAGE))
    names = [i for i in _alone(module) if i.target.count(".") == 1 and i.bound not in exported]
    imported = one(rng, names)
    return (Edit(imported.span, "*"),) if imported else NOTHING


@breaker("BQ059", weight=0.05)
def leaking_version(rng: Random, _module: Module) -> Edits:
    """A pin of a version that sends the key elsewhere."""
    return (insert(0, _PIN.format(rng.choice(sorted(_LEAKING)))),)


@breaker("BQ064", weight=1.5)
def forgotten_import(rng: Random, module: Module) -> Edits:
    """A name that is used but not imported, beside others that are."""
    imported = one(rng, _plain(module))
    if imported is None or len(module.imported) < 2:
        return NOTHING
    names = imported.statement.children_by_field_name("name")
    if len(names) == 1:
        return (Edit(line_of(module, imported.span.start), ""),)
    spans = [module.syntax.span(node) for node in names]
    place = names.index(imported.node)
    if place + 1 < len(spans):
        return (Edit(Span(spans[place].start, spans[place + 1].start), ""),)
    return (Edit(Span(spans[place - 1].end, spans[place].end), ""),)


@breaker("BQ064")
def package_for_name(rng: Random, module: Module) -> Edits:
    """The package imported in place of a name of it."""
    imported = one(rng, [i for i in _alone(module) if i.target.count(".") == 1])
    if imported is None:
        return NOTHING
    return (Edit(module.syntax.span(imported.statement), f"import {PACKAGE}"),)


@breaker("BQ035")
def removed_simulator(_rng: Random, module: Module) -> Edits:
    """BioQL's own simulator, which is gone, in place of Qiskit's."""
    changes = {
        "from qiskit_aer import AerSimulator": "from bioql import QuantumSimulator",
        "AerSimulator()": "QuantumSimulator()",
        ".run(": ".execute_circuit(",
        ".result().get_counts()": ".counts",
    }
    places = {old: module.text.find(old) for old in changes}
    if min(places.values()) < 0 or any(module.text.count(old) > 1 for old in changes):
        return NOTHING
    return tuple(Edit(Span(at, at + len(old)), changes[old]) for old, at in places.items())
