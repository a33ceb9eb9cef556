"""How the words of a sentence are announced for colouring: a type of the protocol's for each kind.

The types are ones that the default themes of editors colour inside a string; the modifier, one
for each kind, lets a theme tell more apart.
"""

from __future__ import annotations

from lsprotocol import types

_KINDS = types.SemanticTokenTypes
TOKEN_TYPES: dict[str, types.SemanticTokenTypes] = {
    "verb": _KINDS.Keyword,
    "gate": _KINDS.Function,
    "number": _KINDS.Number,
    "angle": _KINDS.Number,
    "qubit": _KINDS.Parameter,
    "smiles": _KINDS.Regexp,
    "pdb": _KINDS.EnumMember,
    "guide": _KINDS.Macro,
    "term": _KINDS.Type,
}
TOKEN_LEGEND = types.SemanticTokensLegend(
    token_types=list(dict.fromkeys(kind.value for kind in TOKEN_TYPES.values())),
    token_modifiers=[f"bioql{kind.capitalize()}" for kind in TOKEN_TYPES],
)
