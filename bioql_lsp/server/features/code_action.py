"""``textDocument/codeAction``: fixes of findings, all of them at once, and the model's help.

Only the model's action costs anything, and only when it is chosen: the menu holds no request.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types

from bioql_lsp.analysis.analysis import Analysis
from bioql_lsp.analysis.cells import PYTHON
from bioql_lsp.analysis.findings import Finding
from bioql_lsp.analysis.fixes import fixes_in
from bioql_lsp.analysis.syntax import Syntax
from bioql_lsp.project import shown
from bioql_lsp.server import analyses
from bioql_lsp.server.comment_request import comment_request
from bioql_lsp.server.diagnostics import to_diagnostic
from bioql_lsp.server.edits import workspace_edit
from bioql_lsp.server.file_edits import TITLES, FileEdits, FileTarget
from bioql_lsp.server.fix_target import FixTarget, line_span, statement_span
from bioql_lsp.server.session import Session, Snapshot
from bioql_lsp.settings import Mode
from bioql_lsp.text import Span

AI_TITLE = "Fix BioQL code"
WRITE_TITLE = "Write the BioQL code for this comment"


async def code_action(session: Session, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What can be done about a range; edits that are known now come with their action."""
    snapshot = session.find(params.text_document.uri)
    if snapshot is None or not session.client.has_code_action_literals:
        return []
    span = snapshot.positions.span(params.range)
    only = params.context.only
    analysis = await analyses.analysis(session, snapshot)
    found = shown(analysis.findings, snapshot.settings.diagnostics)
    touched = [finding for finding in found if finding.span.touches(span)]
    near = await session.analyse(_with_fixes, analysis, touched)
    actions: list[types.CodeAction] = []
    if _wants(only, types.CodeActionKind.QuickFix):
        actions += _quick_fixes(session, snapshot, near)
    actions += await _file_actions(session, snapshot, only, near)
    if snapshot.settings.answers_from is not Mode.OFF and _is_python(snapshot, analysis):
        repairs = []
        if _wants(only, types.CodeActionKind.QuickFix):
            code = analysis.cells[0].text
            repairs = await _model_repairs(session, snapshot, code, span, near)
        actions += repairs
        if not repairs and span.length and _wants(only, types.CodeActionKind.RefactorRewrite):
            kind = types.CodeActionKind.RefactorRewrite
            actions.append(_model_fix(session, snapshot, span, kind, []))
        actions += _model_writes(snapshot, span, only)
    return actions


def _with_fixes(analysis: Analysis, touched: Sequence[Finding]) -> tuple[Finding, ...]:
    return fixes_in(analysis.whole(), touched) if touched else ()


def _wants(only: Sequence[types.CodeActionKind | str] | None, kind: str) -> bool:
    """Whether a client that asked for some kinds asked for this one or for one above it."""
    if only is None:
        return True
    asked = [str(getattr(item, "value", item)) for item in only]
    return any(item in ("", kind) or kind.startswith(f"{item}.") for item in asked)


def _is_python(snapshot: Snapshot, analysis: Analysis) -> bool:
    """Whether the text is what the model writes, Python for BioQL; plain Python is not ours."""
    is_about_bioql = analysis.uses_bioql or "bioql" in snapshot.text
    return analysis.language is PYTHON and is_about_bioql


def _quick_fixes(
    session: Session, snapshot: Snapshot, near: Sequence[Finding]
) -> Iterator[types.CodeAction]:
    for finding in near:
        diagnostic = to_diagnostic(snapshot, finding)
        for fix in finding.fixes:
            yield types.CodeAction(
                title=fix.title,
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[diagnostic],
                is_preferred=fix.is_deterministic or None,
                edit=workspace_edit(session, snapshot, fix.edits),
            )


async def _file_actions(
    session: Session,
    snapshot: Snapshot,
    only: Sequence[types.CodeActionKind | str] | None,
    near: Sequence[Finding],
) -> list[types.CodeAction]:
    """What mends the whole file: lazy in a plain menu, and there only where something at the
    cursor can be mended.
    """
    if not only and not any(each.deterministic_fix for each in near):
        return []
    actions = []
    for kind, title in TITLES.items():
        if not _wants(only, kind):
            continue
        action = types.CodeAction(title=title, kind=kind)
        if not only and session.client.has_code_action_resolve:
            action.data = FileTarget(kind, snapshot.uri, snapshot.version).to_data()
            actions.append(action)
        elif edits := await session.service(FileEdits).of(kind, snapshot):
            action.edit = workspace_edit(session, snapshot, edits)
            actions.append(action)
    return actions


async def _model_repairs(
    session: Session, snapshot: Snapshot, code: str, span: Span, near: Sequence[Finding]
) -> list[types.CodeAction]:
    """The model's action for a finding that we can't fix, or for a syntax error."""
    open_findings = [finding for finding in near if finding.deterministic_fix is None]
    target = await session.analyse(_broken_place, code, span, open_findings)
    if target is None:
        return []
    diagnostics = [to_diagnostic(snapshot, finding) for finding in open_findings]
    return [_model_fix(session, snapshot, target, types.CodeActionKind.QuickFix, diagnostics)]


def _model_writes(
    snapshot: Snapshot, span: Span, only: Sequence[types.CodeActionKind | str] | None
) -> Iterator[types.CodeAction]:
    """The model's code for the comment at a place."""
    kind = types.CodeActionKind.RefactorRewrite
    if span.length or not _wants(only, kind):
        return
    request = comment_request(snapshot.document, span.start)
    if request is None:
        return
    argument = {
        "uri": snapshot.uri,
        "position": snapshot.positions.range(Span(request.end, request.end)).start,
        "instruction": request.instruction,
    }
    command = types.Command(title=WRITE_TITLE, command="bioql.generate", arguments=[argument])
    yield types.CodeAction(title=WRITE_TITLE, kind=kind, command=command)


def _broken_place(text: str, span: Span, open_findings: Sequence[Finding]) -> Span | None:
    """The statement to rewrite near a span: the selection, or what holds the trouble."""
    syntax = Syntax(text)
    places = [finding.span for finding in open_findings]
    lines = line_span(syntax, span)
    places += [error.span for error in syntax.errors if error.span.touches(lines)]
    if not places:
        return None
    # Editors ask for a marker's own range when it is clicked: that is no selection.
    is_chosen = span.length and not any(_holds(place, span) for place in places)
    return span if is_chosen else statement_span(syntax, places[0])


def _holds(place: Span, span: Span) -> bool:
    return place.start <= span.start and span.end <= place.end


def _model_fix(
    session: Session,
    snapshot: Snapshot,
    span: Span,
    kind: types.CodeActionKind,
    diagnostics: list[types.Diagnostic],
) -> types.CodeAction:
    range_ = snapshot.positions.range(span)
    action = types.CodeAction(title=AI_TITLE, kind=kind, diagnostics=diagnostics or None)
    if session.client.has_code_action_resolve:
        action.data = FixTarget(snapshot.uri, snapshot.version, range_).to_data()
    else:
        argument = {"uri": snapshot.uri, "range": range_}
        action.command = types.Command(title=AI_TITLE, command="bioql.fix", arguments=[argument])
    return action
