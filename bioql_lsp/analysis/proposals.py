"""What completion offers: one value for each item, without anything of an editor in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bioql_lsp.analysis.api.symbols import Status, Symbol
from bioql_lsp.text import Span

_DETAIL_CHARS_MAX = 100
_IMPORTABLE = frozenset({"function", "class"})
_NO_WORD = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing to offer: ``new_text`` replaces ``span``, by default the word that is typed.

    ``kind`` is argument, value, phrase, snippet, function, class, constant, module, method,
    property, attribute or enum member. ``dotted`` names what can be documented, ``imports`` are
    statements that the new text needs. A snippet's ``new_text`` has the places to fill in as
    ``${1:text}``. ``is_discouraged`` marks what works and is of no use.
    """

    label: str
    kind: str
    new_text: str
    detail: str = ""
    documentation: str = ""
    dotted: str = ""
    imports: tuple[str, ...] = ()
    filter_text: str = ""
    is_discouraged: bool = False
    span: Span | None = None

    @property
    def is_guess(self) -> bool:
        """Whether it goes by the letters typed alone: the file says nothing that leads there."""
        return self.kind == "snippet" or (bool(self.imports) and self.kind in _IMPORTABLE)


@dataclass(frozen=True, slots=True)
class Offer:
    """The proposals for a place, best first; an incomplete one has more after the next letter.

    Spans, and that of the ``word`` that is typed, are relative to ``start``.
    """

    proposals: tuple[Proposal, ...] = ()
    is_incomplete: bool = False
    word: Span = _NO_WORD
    start: int = 0

    def span_of(self, proposal: Proposal) -> Span:
        """What a proposal replaces in the whole text."""
        span = proposal.span or self.word
        return Span(span.start + self.start, span.end + self.start)


@dataclass(frozen=True, slots=True)
class Around:
    """What a place needs to know of the file: does it use BioQL, and what it imports of it.

    ``imported`` has the dotted names by the names that the file uses for them; ``bound_asleep``
    tells which names of BioQL's are bound in parts of the file that nothing else is known of.
    """

    uses_bioql: bool
    imported: Mapping[str, str] = field(default_factory=dict)
    bound_asleep: Callable[[], frozenset[str]] = frozenset


_MARKS = {Status.PLACEHOLDER: "Placeholder: ", Status.BROKEN: "Broken: "}


def status_words(symbol: Symbol) -> str:
    """What is special about a name, in a sentence; empty where nothing is."""
    return _MARKS.get(symbol.status, "") + symbol.status_note if symbol.status_note else ""


def shortened(text: str) -> str:
    """A text as one short line."""
    return text if len(text) <= _DETAIL_CHARS_MAX else f"{text[: _DETAIL_CHARS_MAX - 3]}..."


def named(
    name: str, symbol: Symbol, *, detail: str = "", imports: tuple[str, ...] = ()
) -> Proposal:
    """The proposal to write a name of BioQL's."""
    is_placeholder = symbol.status is Status.PLACEHOLDER
    marks = ["placeholder"] if is_placeholder else []
    if symbol.needs:
        marks.append(f"needs {' and '.join(symbol.needs)}")
    return Proposal(
        name,
        symbol.kind,
        name,
        shortened(", ".join([*marks, detail or symbol.signature])),
        dotted=symbol.dotted,
        imports=imports,
        is_discouraged=is_placeholder,
    )
