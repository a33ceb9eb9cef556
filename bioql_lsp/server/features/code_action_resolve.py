"""``codeAction/resolve``: only ``Fix BioQL code`` is lazy; every other action comes back as it is.

Neovim resolves also actions that have their edit.
"""

from __future__ import annotations

from lsprotocol import types

from bioql_lsp.server.features import load
from bioql_lsp.server.fix_target import read_target
from bioql_lsp.server.session import Session


async def code_action_resolve(session: Session, action: types.CodeAction) -> types.CodeAction:
    """Have ``fix_resolve.resolve(session, action)`` make the edit of a lazy action."""
    if action.edit is not None or read_target(action.data) is None:
        return action
    resolved: types.CodeAction = await load("fix_resolve:resolve")(session, action)
    return resolved
