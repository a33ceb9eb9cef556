"""What is known about the place under the cursor, and nothing where BioQL isn't involved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from bioql_lsp.analysis.analysis import Analysis
from bioql_lsp.analysis.api.load import Symbol
from bioql_lsp.analysis.costs import is_readable
from bioql_lsp.analysis.hover_arguments import argument_markdown
from bioql_lsp.analysis.hover_symbols import missing_markdown, symbol_markdown
from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import Module, is_ours
from bioql_lsp.analysis.per_part import placed
from bioql_lsp.analysis.program.hover import sentence_hover
from bioql_lsp.analysis.scopes import dotted_text
from bioql_lsp.analysis.sentence_places import SentencePlace, sentence_at
from bioql_lsp.text import Span

_LITERALS = frozenset(
    {"string", "concatenated_string", "integer", "float", "true", "false", "none"}
)
_AROUND_LITERALS = frozenset(
    {"list", "tuple", "set", "parenthesized_expression", "binary_operator", "unary_operator"}
)
_IMPORTS = frozenset({"import_statement", "import_from_statement"})


@dataclass(frozen=True, slots=True)
class Hover:
    """A text about a span; the docstring of ``documented``, where there is one, belongs below."""

    markdown: str
    span: Span
    documented: str | None = None


def hover(analysis: Analysis, offset: int) -> Hover | None:
    """What is known about the place at an offset of a file. Never raises."""
    if not analysis.uses_bioql or not analysis.cells:
        return None
    found = sentence_at(analysis, offset)
    if found is not None and (about := _sentence(analysis, found)) is not None:
        return about
    module, start = analysis.module_at(offset)
    about = hover_in(module, offset - start)
    if about is None:
        return None
    span = Span(about.span.start + start, about.span.end + start)
    return Hover(about.markdown, span, about.documented)


def hover_in(module: Module, offset: int) -> Hover | None:
    """What is known about a name or argument at an offset of a text or part."""
    byte = module.byte_at(offset)
    root = module.syntax.tree.root_node
    node = root.descendant_for_byte_range(byte, byte)
    before = root.descendant_for_byte_range(byte - 1, byte - 1) if byte else None
    for name in (node, before):
        if name is not None and name.type == "identifier":
            return _keyword(module, name) or _name(module, name)
    return _value(module, node) if node is not None else None


def _sentence(analysis: Analysis, found: SentencePlace) -> Hover | None:
    sentence = found.sentence
    if not is_readable(found.module, sentence):
        return None
    about = sentence_hover(
        sentence.text, found.offset, mode=sentence.mode, backend=sentence.backend
    )
    span = placed(analysis, found.part_index, sentence.place(about.start, about.end))
    return Hover(about.markdown, span) if span is not None else None


def _keyword(module: Module, node: Node) -> Hover | None:
    parent = node.parent
    if parent is None or parent.type != "keyword_argument":
        return None
    if parent.child_by_field_name("name") != node:
        return None
    span = module.syntax.span(node)
    for call in module.calls:
        for argument in call.arguments:
            if argument.keyword_span == span:
                text = argument_markdown(module, call, argument)
                return Hover(text, span) if text is not None else None
    return None


def _name(module: Module, node: Node) -> Hover | None:
    span = module.syntax.span(node)
    symbol, dotted = _symbol(module, node)
    if dotted is None:
        return None
    if symbol is None:
        missing = missing_markdown(module.index, dotted)
        return Hover(missing, span) if missing is not None else None
    if symbol.kind == "external":
        return None
    text = symbol_markdown(module.index, module.options, dotted, symbol)
    return Hover(text, span, symbol.dotted)


def _symbol(module: Module, node: Node) -> tuple[Symbol | None, str | None]:
    """What an identifier stands for, and its dotted name as it is reached; None for no dotted
    name of BioQL's."""
    dotted = _imported(module, node)
    if dotted is None:
        parent = node.parent
        if parent is not None and parent.child_by_field_name("attribute") == node:
            dotted = module.dotted(parent)
            if dotted is None:
                return _member(module, parent, module.syntax.node_text(node))
        else:
            dotted = module.dotted(node)
    if dotted is None or not is_ours(dotted):
        return None, None
    return module.index.lookup(dotted), dotted


def _member(module: Module, attribute: Node, name: str) -> tuple[Symbol | None, str | None]:
    owner = module.value(attribute.child_by_field_name("object")).instance_of
    member = module.index.member(owner, name) if owner is not None else None
    return (member, member.dotted) if member is not None else (None, None)


def _imported(module: Module, node: Node) -> str | None:
    """The dotted name that an identifier of an import statement stands for, up to itself."""
    path = node.parent
    is_alias = path is not None and path.type == "aliased_import"
    if path is None or not (is_alias or path.type == "dotted_name"):
        return None
    name = path.child_by_field_name("name") if is_alias else path
    statement = next((p for p in _parents(node) if p.type in _IMPORTS), None)
    if statement is None or name is None:
        return None
    parts = dotted_text(module.syntax, name).split(".")
    written = [c for c in name.named_children if c.type == "identifier"]
    if not is_alias and node in written:
        parts = parts[: written.index(node) + 1]
    owner = statement.child_by_field_name("module_name")
    if owner is not None and owner != name:
        parts.insert(0, dotted_text(module.syntax, owner))
    return ".".join(parts)


def _parents(node: Node) -> Iterator[Node]:
    current = node.parent
    while current is not None:
        yield current
        current = current.parent


def _value(module: Module, node: Node) -> Hover | None:
    """The argument that a literal under the cursor is given to, or is part of."""
    around = (node, *_parents(node))
    literal = next((outer for outer in around if outer.type in _LITERALS), None)
    if literal is None:
        return None
    given = {node.id: (call, argument) for node, call, argument in _arguments(module)}
    for outer in (literal, *_parents(literal)):
        if outer != literal and outer.type not in _AROUND_LITERALS:
            return None
        if outer.id in given:
            text = argument_markdown(module, *given[outer.id])
            return Hover(text, module.syntax.span(literal)) if text is not None else None
    return None


def _arguments(module: Module) -> Iterator[tuple[Node, Call, Argument]]:
    for call in module.calls:
        for argument in call.arguments:
            if argument.node is not None and not argument.star:
                yield argument.node, call, argument
