"""The edits that fixes are made of: arguments added and deleted, imports inserted."""

from __future__ import annotations

import re

from tree_sitter import Node

from bioql_lsp.analysis.model import Argument, Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.scopes import BindingKind
from bioql_lsp.text import Edit, Span

KEY_VARIABLE = "BIOQL_API_KEY"
_IMPORT_EDIT = re.compile(r"\s*(?:import \w+|from bioql import \w+)\s*")
_IMPORT_KINDS = frozenset({"import_statement", "import_from_statement", "future_import_statement"})


def is_import_edit(edit: Edit) -> bool:
    """Whether an edit only inserts an import statement, as ``import_edit`` makes them."""
    return edit.span.length == 0 and _IMPORT_EDIT.fullmatch(edit.new_text) is not None


def add_argument(module: Module, call: Call, text: str) -> Edit:
    """Append an argument, on a line of its own where the last one has its own."""
    if not call.arguments:
        return Edit(Span(call.open_paren + 1, call.open_paren + 1), text)
    last = call.arguments[-1].span
    document = module.document
    first_line = document.position(last.start).line
    line_start = document.line_span(first_line).start
    indent = module.text[line_start : last.start]
    has_own_line = not indent.strip() and first_line > document.position(call.open_paren).line
    separator = f",{document.newline}{indent}" if has_own_line else ", "
    return Edit(Span(last.end, last.end), separator + text)


def delete_argument(module: Module, call: Call, argument: Argument) -> Edit:
    """Delete an argument with the comma that belongs to it; comments stay where they are."""
    position = argument.position
    text, span = module.text, argument.span
    after_comma = _after_comma(text, span.end, call.close_paren)
    if position + 1 < len(call.arguments):
        following = call.arguments[position + 1].span.start
        is_plain = not text[after_comma:following].strip()
        return Edit(Span(span.start, following if is_plain else after_comma), "")
    if position:
        before = call.arguments[position - 1].span.end
        if text[before : span.start].strip() == ",":
            return Edit(Span(before, span.end), "")
    return Edit(Span(span.start, after_comma), "")


def _after_comma(text: str, start: int, limit: int) -> int:
    """The offset after the comma that follows an argument; ``start`` where none follows."""
    match = re.compile(r"(?:\s|#[^\r\n]*|\\\r?\n)*,").match(text, start, limit)
    return match.end() if match else start


def environment_key(module: Module, at: int) -> tuple[str, tuple[Edit, ...]] | None:
    """An expression for the API key at an offset, with the import it needs.

    None where the name ``os`` means something else there.
    """
    byte = module.byte_at(at)
    bindings = module.bindings_of("os", byte)
    for binding in bindings:
        if binding.kind is not BindingKind.IMPORT or binding.target.partition(".")[0] != "os":
            return None
    expression = f'os.environ["{KEY_VARIABLE}"]'
    if any(b.target == "os" and b.node.start_byte < byte for b in bindings):
        return expression, ()
    edit = import_edit(module, "import os", at)
    return (expression, (edit,)) if edit is not None else None


def import_edit(module: Module, statement: str, at: int) -> Edit | None:
    """Insert an import at the top for a use at an offset; None where it cannot come before it."""
    place = _import_place(module)
    if place is None or place > at:
        return None
    newline = module.document.newline
    is_line_start = place == 0 or module.text[place - 1] in "\r\n\ufeff"
    lead = "" if is_line_start else newline
    return Edit(Span(place, place), f"{lead}{statement}{newline}")


def _import_place(module: Module) -> int | None:
    """The line start after the docstring, ``__future__`` and the imports that lead the text."""
    document, syntax = module.document, module.syntax
    place = 1 if module.text.startswith("\ufeff") else 0
    statements = _leading(syntax.tree.root_node)
    for index, (node, is_lead) in enumerate(statements):
        if not is_lead:
            break
        last = document.position(syntax.span(node).end).line
        if index + 1 < len(statements):
            following = syntax.span(statements[index + 1][0]).start
            if document.position(following).line == last:
                if node.type not in {"import_statement", "import_from_statement"}:
                    return None
                continue
        place = _line_after(module, last)
    return place


def _leading(root: Node) -> list[tuple[Node, bool]]:
    """The statements at the top up to the first that is neither docstring nor import."""
    found: list[tuple[Node, bool]] = []
    cursor = root.walk()
    if not cursor.goto_first_child():
        return found
    while True:
        node = cursor.node
        assert node is not None
        if node.is_named and node.type != "comment":
            is_docstring = not found and _is_text(node)
            is_lead = is_docstring or node.type in _IMPORT_KINDS
            found.append((node, is_lead))
            if not is_lead:
                return found
        if not cursor.goto_next_sibling():
            return found


def _is_text(node: Node) -> bool:
    return (
        node.type == "expression_statement"
        and node.named_child_count == 1
        and node.named_children[0].type in {"string", "concatenated_string"}
    )


def _line_after(module: Module, line: int) -> int:
    document = module.document
    if line + 1 < document.line_count:
        return document.line_starts[line + 1]
    return len(module.text)
