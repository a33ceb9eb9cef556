"""A text, or one part of it, as the rules see it: names, values and calls of BioQL's."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from tree_sitter import Node

from bioql_lsp.analysis.api.load import Index, load, release
from bioql_lsp.analysis.calls import read_call
from bioql_lsp.analysis.evaluation import value_of
from bioql_lsp.analysis.interest import names_of_bioql, words_of
from bioql_lsp.analysis.literals import Literal
from bioql_lsp.analysis.model import Call, ImportedName, Member, Reference
from bioql_lsp.analysis.options import DEFAULTS, Options
from bioql_lsp.analysis.reading import (
    checked_names,
    identifiers,
    imported_names,
    members,
    references,
    star_modules,
    uses_of,
)
from bioql_lsp.analysis.scopes import Binding, BindingKind, Collected, collect
from bioql_lsp.analysis.syntax import Syntax, parse
from bioql_lsp.analysis.values import (
    ALONE,
    COUNT_MAX,
    IN_A_CIRCLE,
    PACKAGE,
    STARS,
    Bound,
    Known,
    Surroundings,
    Value,
    is_ours,
)
from bioql_lsp.text import Document

if TYPE_CHECKING:
    from bioql_lsp.analysis.sentences import Sentence

__all__ = [
    "ENHANCED",
    "PACKAGE",
    "QUANTUM",
    "RESULT",
    "RUNNERS",
    "Module",
    "is_ours",
    "load_module",
]
QUANTUM = "bioql.quantum_connector.quantum"
ENHANCED = "bioql.enhanced_quantum.enhanced_quantum"
RUNNERS = frozenset({QUANTUM, ENHANCED})
RESULT = "bioql.quantum_connector.QuantumResult"
_OF_THE_TEXT = (
    "mentions_bioql",
    "uses_bioql",
    "syntax",
    "collected",
    "imported",
    "stars",
    "identifiers",
    "words",
    "checked_names",
)
_MENTION = re.compile(r"\bbioql\b")
_IMPORT = re.compile(
    r"(?:^|[\r;:])[ \t\f]*(?:from|import)[ \t]+(?:[\w., \t]*\W)?bioql\b", re.MULTILINE
)


class Module:
    """One text checked against one version of BioQL.

    A part of a file is a Module too: its ``surroundings`` are the names that the rest binds.
    """

    def __init__(
        self, text: str, options: Options = DEFAULTS, surroundings: Surroundings = ALONE
    ) -> None:
        self.text = text
        self.options = options
        self.surroundings = surroundings
        self._known: dict[tuple[str, int], Known] = {}

    @property
    def version(self) -> str:
        """The version of BioQL in force."""
        return self.options.version

    @property
    def is_part(self) -> bool:
        """Whether the text is one part of a file, which imports BioQL somewhere."""
        return self.surroundings is not ALONE

    @cached_property
    def mentions_bioql(self) -> bool:
        """Whether the word stands in the text at all: without it there is nothing to say."""
        return _MENTION.search(self.text) is not None

    @cached_property
    def uses_bioql(self) -> bool:
        """Whether the text imports BioQL, also in a line that does not parse yet."""
        return self.mentions_bioql and _IMPORT.search(self.text) is not None

    def with_surroundings(self, surroundings: Surroundings) -> Module:
        """The same text among other names; what is known of the text alone is shared."""
        other = Module(self.text, self.options, surroundings)
        for name in _OF_THE_TEXT:
            if name in self.__dict__:
                other.__dict__[name] = self.__dict__[name]
        return other

    @cached_property
    def is_relevant(self) -> bool:
        """Whether a rule may have anything to say: a name of BioQL's is used, or nothing parses."""
        if self.uses_bioql or self.mentions_bioql or self.all_stars or self.syntax.is_broken:
            return True
        return any(self._is_relevant_name(name) for name in self.words)

    def _is_relevant_name(self, name: str) -> bool:
        known = self.surroundings.known_so_far(name)
        if not known.count:
            return name in names_of_bioql(self.version, PACKAGE)
        return known.is_of_bioql

    @property
    def asked(self) -> frozenset[str]:
        """The names whose meaning outside of the text was asked for by now."""
        asked = frozenset(name for name, scope in self._known if scope == 0)
        return asked if self.is_relevant else asked | self.words

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word in the text, its names among them."""
        return words_of(self.text)

    @cached_property
    def release(self) -> tuple[int, ...]:
        """The version as numbers."""
        return release(self.version)

    @cached_property
    def syntax(self) -> Syntax:
        """The parsed text."""
        return parse(self.text)

    @property
    def document(self) -> Document:
        """The text by lines."""
        return self.syntax.document

    def byte_at(self, offset: int) -> int:
        """The byte offset of a code point."""
        return len(self.text[:offset].encode(errors="surrogatepass"))

    @cached_property
    def index(self) -> Index:
        """The API that names are looked up in."""
        return load(self.version)

    @cached_property
    def collected(self) -> Collected:
        """Scopes, bindings, calls and attributes."""
        return collect(self.syntax)

    @cached_property
    def imported(self) -> tuple[ImportedName, ...]:
        """What is imported from BioQL, in order."""
        return imported_names(self.syntax, self.collected)

    def scope_of(self, name: str, byte: int) -> int:
        """The scope that a name used at a byte belongs to; 0, the text's own, if none binds it."""
        return self.collected.scope_of(name, byte)

    def bindings_of(self, name: str, byte: int) -> list[Binding]:
        """The bindings of a name used at a byte that stand in this text."""
        scope = self.collected.scopes[self.scope_of(name, byte)]
        return scope.bindings.get(name, [])

    def known(self, name: str, byte: int, hops: int = 0) -> Known:
        """All that is known of a name used at a byte, in this text and around it."""
        index = self.scope_of(name, byte)
        key = (name, index)
        if key not in self._known:
            self._known[key] = IN_A_CIRCLE
            known = self._own(name, index, hops)
            if index == 0:
                known |= self.surroundings.known(name)
            self._known[key] = known
        return self._known[key]

    def _own(self, name: str, scope: int, hops: int = 0) -> Known:
        bindings = self.collected.scopes[scope].bindings.get(name, [])
        bounds = dict.fromkeys(
            Bound(b.kind, b.target, value_of(self, b.value, hops + 1)) for b in bindings
        )
        is_checked = (name, scope) in self.checked_names
        return Known(tuple(bounds), min(len(bindings), COUNT_MAX), is_checked)

    @cached_property
    def checked_names(self) -> frozenset[tuple[str, int]]:
        """The names whose ``success`` is looked at, with their scopes."""
        return checked_names(self)

    @cached_property
    def exports(self) -> dict[str, Known]:
        """What the text binds at its top level, and the names that it checks there."""
        names = dict.fromkeys(self.collected.scopes[0].bindings)
        names |= dict.fromkeys(name for name, scope in self.checked_names if scope == 0)
        found = {name: self._own(name, 0) for name in names}
        if self.stars:
            bounds = tuple(Bound(BindingKind.IMPORT, target) for target in self.stars)
            found[STARS] = Known(bounds, len(bounds))
        return found

    def value(self, node: Node | None, hops: int = 0) -> Value:
        """What an expression stands for."""
        return value_of(self, node, hops)

    def dotted(self, node: Node, hops: int = 0) -> str | None:
        """The dotted name of BioQL's that an expression stands for, or None."""
        return value_of(self, node, hops).dotted

    def resolve(self, name: str, byte: int, hops: int = 0) -> str | None:
        """The dotted name of BioQL's that a plain name stands for at a byte, or None."""
        known = self.known(name, byte, hops)
        targets = [b.target for b in known.bounds if b.kind is BindingKind.IMPORT]
        if targets and all(is_ours(target) for target in targets):
            others = [b for b in known.bounds if b.kind is not BindingKind.IMPORT]
            return min(targets) if all(b.is_none for b in others) else None
        if not known.count and name in self._star_names:
            return self._star_names[name]
        return known.value.dotted if not targets else None

    @cached_property
    def stars(self) -> tuple[str, ...]:
        """The modules that the text imports everything from."""
        return star_modules(self.syntax, self.collected)

    @property
    def all_stars(self) -> tuple[str, ...]:
        """The modules that the whole file imports everything from."""
        return (*self.stars, *self.surroundings.stars)

    @cached_property
    def _star_names(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for module in filter(is_ours, self.all_stars):
            found |= {name: f"{module}.{name}" for name in self.index.exported(module)}
        return found

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """The attributes that are reached through a module of BioQL's, in order."""
        return references(self)

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """The attributes that are read of instances of BioQL's classes, in order."""
        return members(self)

    def uses_of(self, imported: ImportedName) -> tuple[Node, ...]:
        """The identifiers that stand for what an import statement binds, in order."""
        return uses_of(self, imported)

    @cached_property
    def identifiers(self) -> dict[str, list[Node]]:
        """The identifiers outside attributes, by name."""
        return identifiers(self.syntax)

    @cached_property
    def runs(self) -> tuple[Call, ...]:
        """The calls that hand a program to BioQL to run it."""
        return tuple(call for call in self.calls if call.symbol.dotted in RUNNERS)

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The calls of functions, classes and methods of BioQL's, in order."""
        return tuple(call for node in self.collected.calls if (call := read_call(self, node)))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The English sentences that the calls hand to BioQL, in order."""
        from bioql_lsp.analysis.sentences import sentences  # noqa: PLC0415  it reads modules

        return sentences(self)

    def literal(self, node: Node) -> Literal | None:
        """The literal that an expression is, or that its name is bound to once."""
        return value_of(self, node, 0).literal


@lru_cache(maxsize=4)
def load_module(text: str, version: str = DEFAULTS.version) -> Module:
    """A text as the rules see it; the last few are remembered."""
    return Module(text, Options(version))
