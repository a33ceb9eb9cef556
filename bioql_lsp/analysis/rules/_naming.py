"""How a thing can be called at a place: by the name it has there, or by one to import."""

from __future__ import annotations

from bioql_lsp.analysis.changes import import_edit
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.scopes import BindingKind
from bioql_lsp.text import Edit, Span


class Names:
    """Names that a fix needs at an offset, and the one edit that imports what is missing."""

    def __init__(self, module: Module, at: int) -> None:
        self._module = module
        self._at = at
        self._missing: list[str] = []

    def name(self, source: str, name: str) -> str | None:
        """The name under which ``source.name`` is known; None where the name is taken."""
        is_known = self._is_known(name, f"{source}.{name}")
        if is_known is False:
            self._missing.append(f"from {source} import {name}")
        return None if is_known is None else name

    def module_name(self, name: str) -> str | None:
        """The name of a top-level module; None where the name is taken."""
        is_known = self._is_known(name, name)
        if is_known is False:
            self._missing.append(f"import {name}")
        return None if is_known is None else name

    def imports(self) -> tuple[Edit, ...] | None:
        """The edit that imports what is missing; None where there is no room for it."""
        if not self._missing:
            return ()
        statements = self._module.document.newline.join(self._missing)
        edit = import_edit(self._module, statements, self._at)
        return (edit,) if edit is not None else None

    def _is_known(self, name: str, target: str) -> bool | None:
        """Whether a name is imported there; None where it stands for something else."""
        module, byte = self._module, self._module.byte_at(self._at)
        bindings = module.bindings_of(name, byte)
        if not bindings:
            return False
        if any(b.kind is not BindingKind.IMPORT or b.target != target for b in bindings):
            return None
        return any(b.node.start_byte < byte for b in bindings) or None


def at_start(span: Span, text: str) -> Edit:
    """Insert a text before a span."""
    return Edit(Span(span.start, span.start), text)
