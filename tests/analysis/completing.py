"""Completion at a cursor: in the text as a whole, and in the part of the file around it."""

from __future__ import annotations

from dataclasses import replace

from bioql_lsp.analysis.analysis import analyse
from bioql_lsp.analysis.completion import complete_text, offer_at
from bioql_lsp.analysis.options import Options
from bioql_lsp.analysis.proposals import Offer, Proposal

CURSOR = "|"
HEAD = "from bioql import quantum, enhanced_quantum as eq\nimport bioql as bq\n"


def split_cursor(text: str) -> tuple[str, int]:
    """A text without its cursor mark, and where that was."""
    return text.replace(CURSOR, "", 1), text.index(CURSOR)


def offer(text: str, options: Options | None = None) -> Offer:
    """What a file is offered at its cursor, with spans of the whole text."""
    plain, offset = split_cursor(text)
    found = offer_at(analyse(plain, options or Options()), offset)
    placed = tuple(replace(each, span=found.span_of(each)) for each in found.proposals)
    return Offer(placed, found.is_incomplete)


def proposals(text: str) -> dict[str, Proposal]:
    """The proposals at the cursor by label; the same whether the file is cut into parts or not."""
    plain, offset = split_cursor(text)
    found = offer(text).proposals
    assert complete_text(plain, offset) == found
    return {proposal.label: proposal for proposal in found}


def labels(text: str) -> list[str]:
    """The labels at the cursor, in their order."""
    return list(proposals(text))


def replaced(text: str, proposal: Proposal) -> str:
    """The text after a proposal was taken."""
    plain, _ = split_cursor(text)
    assert proposal.span is not None
    return plain[: proposal.span.start] + proposal.new_text + plain[proposal.span.end :]
