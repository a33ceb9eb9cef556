"""Edits of a whole file: every right fix, and the house style. They take a while in a long file.

So a menu that somebody only opens gets them as lazy actions, ``{"kind", "uri", "version"}`` in
``CodeAction.data``; an editor that asks for their kind, as on saving, gets them at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

import attrs
import cattrs

from bioql_lsp.analysis.analysis import Analysis
from bioql_lsp.analysis.findings import Finding
from bioql_lsp.analysis.fixes import fix_cell_edits
from bioql_lsp.analysis.house_style import house_style_edits
from bioql_lsp.project import shown
from bioql_lsp.server import analyses
from bioql_lsp.server.features import FIX_ALL_KIND, HOUSE_STYLE_KIND
from bioql_lsp.server.fix_target import unchanged_snapshot
from bioql_lsp.server.session import Session, Snapshot
from bioql_lsp.settings import DiagnosticsSettings
from bioql_lsp.text import Edit

_Known: TypeAlias = dict[str, tuple[DiagnosticsSettings, tuple[Edit, ...]]]
TITLES = {
    FIX_ALL_KIND: "Fix all BioQL problems that have one right fix",
    HOUSE_STYLE_KIND: "Put BioQL runs into the house style: key from the environment, "
    "success checked",
}


@attrs.frozen
class FileTarget:
    """A kind of edit for one version of a document."""

    kind: str
    uri: str
    version: int

    def to_data(self) -> dict[str, Any]:
        """As `CodeAction.data`."""
        return attrs.asdict(self)

    def locate(self, session: Session) -> Snapshot:
        """The document. Raises ContentModifiedError after a change."""
        return unchanged_snapshot(session, self.uri, self.version)


def read_file_target(data: object) -> FileTarget | None:
    """The target of an action; None for data that is not of this kind."""
    if not isinstance(data, dict) or data.get("kind") not in TITLES:
        return None
    try:
        return cattrs.structure(data, FileTarget)
    except Exception:  # cattrs raises whatever the wrong value makes it raise
        return None


class FileEdits:
    """The edits of each version of a text, worked out once; a session has one."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: WeakKeyDictionary[Analysis, _Known] = WeakKeyDictionary()

    async def of(self, kind: str, snapshot: Snapshot) -> tuple[Edit, ...]:
        """The edits of a kind for a snapshot; none where nothing changes."""
        analysis = await analyses.analysis(self._session, snapshot)
        return await self._session.analyse_soon(self._edits, kind, snapshot, analysis)

    def _edits(self, kind: str, snapshot: Snapshot, analysis: Analysis) -> tuple[Edit, ...]:
        settings = snapshot.settings.diagnostics
        known = self._known.setdefault(analysis, {})
        if kind not in known or known[kind][0] != settings:
            known[kind] = (settings, _MAKERS[kind](snapshot, analysis))
        return known[kind][1]


def _every_fix(snapshot: Snapshot, analysis: Analysis) -> tuple[Edit, ...]:
    settings = snapshot.settings.diagnostics

    def is_shown(finding: Finding) -> bool:
        return bool(shown([finding], settings))

    return fix_cell_edits(analysis, snapshot.text, is_shown)


def _house_style(snapshot: Snapshot, analysis: Analysis) -> tuple[Edit, ...]:
    # In a cell whose magics are blanked, the code is not what the editor has.
    is_as_shown = analysis.cells and snapshot.text == analysis.cells[0].text
    return house_style_edits(analysis) if is_as_shown else ()


_MAKERS: dict[str, Callable[[Snapshot, Analysis], tuple[Edit, ...]]] = {
    FIX_ALL_KIND: _every_fix,
    HOUSE_STYLE_KIND: _house_style,
}
