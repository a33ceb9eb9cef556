"""``textDocument/hover``: what a name, an argument or a sentence of BioQL's really is."""

from __future__ import annotations

from lsprotocol import types

from bioql_lsp.analysis.hover import hover as hover_at
from bioql_lsp.server.analyses import analysis
from bioql_lsp.server.documentation import docstring_of, markup
from bioql_lsp.server.session import Session


async def hover(session: Session, params: types.HoverParams) -> types.Hover | None:
    """What is known about a place; None where BioQL is not involved."""
    snapshot = session.find(params.text_document.uri)
    if snapshot is None:
        return None
    offset = snapshot.positions.offset(params.position)
    about = await session.analyse(hover_at, await analysis(session, snapshot), offset)
    if about is None:
        return None
    text = await docstring_of(session, snapshot.options.version, about.documented)
    is_markdown = session.client.has_markdown_hover
    return types.Hover(
        contents=markup(about.markdown, text, is_markdown=is_markdown),
        range=snapshot.positions.range(about.span),
    )
