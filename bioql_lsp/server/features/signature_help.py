"""``textDocument/signatureHelp``: the call of BioQL's that is being written."""

from __future__ import annotations

from lsprotocol import types

from bioql_lsp.analysis.analysis import Analysis
from bioql_lsp.analysis.signature import Signature, SignatureParameter, signature_at
from bioql_lsp.server.analyses import analysis
from bioql_lsp.server.convert import units
from bioql_lsp.server.session import Session

_UTF_16 = types.PositionEncodingKind.Utf16


async def signature_help(
    session: Session, params: types.SignatureHelpParams
) -> types.SignatureHelp | None:
    """The signature of the call around a position; None where none of BioQL's is written there."""
    snapshot = session.find(params.text_document.uri)
    if snapshot is None:
        return None
    offset = snapshot.positions.offset(params.position)
    now = await analysis(session, snapshot, is_typing=True)
    found = await session.analyse(_at, now, offset)
    if found is None:
        return None
    active = found.active
    if active is None and not session.client.has_no_active_parameter:
        active = len(found.parameters)
    information = types.SignatureInformation(
        label=found.label,
        documentation=found.documentation or None,
        parameters=[_parameter(session, found, each) for each in found.parameters],
    )
    return types.SignatureHelp(
        signatures=[information], active_signature=0, active_parameter=active
    )


def _at(analysis: Analysis, offset: int) -> Signature | None:
    if not analysis.uses_bioql:
        return None
    module, start = analysis.module_at(offset, is_typing=True)
    return signature_at(module, offset - start)


def _parameter(
    session: Session, signature: Signature, parameter: SignatureParameter
) -> types.ParameterInformation:
    label: str | tuple[int, int]
    start, end = parameter.span.start, parameter.span.end
    if session.client.has_label_offsets:
        label = (units(signature.label[:start], _UTF_16), units(signature.label[:end], _UTF_16))
    else:
        label = signature.label[start:end]
    return types.ParameterInformation(label=label, documentation=parameter.note or None)
