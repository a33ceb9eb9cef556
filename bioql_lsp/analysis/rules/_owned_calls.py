"""Calls whose arguments one rule judges as a whole, so that the general rules stay silent."""

from __future__ import annotations

from bioql_lsp.analysis.model import Call
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.rules.interpretation import is_old_call
from bioql_lsp.analysis.templates import takes_no_arguments


def has_own_rule(module: Module, call: Call) -> bool:
    """Whether BQ039 or BQ045 speaks about the call."""
    return takes_no_arguments(call.symbol) or is_old_call(module, call)
