"""The last look at an answer before it is shown: does it fit the buffer as it is now?"""

from __future__ import annotations

from bioql_lsp.analysis.verify import verify
from bioql_lsp.text import Document, Span


def accepted_code(document: Document, span: Span, candidate: str, bioql_version: str) -> str | None:
    """The candidate for ``span``, repaired where our own fixes can, or None when it must not show.

    None also stands for an answer that would change nothing.
    """
    if not candidate.strip() or candidate == document.slice(span):
        return None
    verdict = verify(document.text, span, candidate, bioql_version)
    return verdict.code if verdict.is_accepted and verdict.code.strip() else None
