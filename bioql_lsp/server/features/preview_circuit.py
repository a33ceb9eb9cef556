"""``bioql/previewCircuit``: the circuit of the sentence at a place, as a picture."""

from __future__ import annotations

import asyncio
from typing import Any

from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.lints_crispr import MODE
from bioql_lsp.analysis.program.summary import summary
from bioql_lsp.analysis.program.svg import to_svg
from bioql_lsp.analysis.sentences import Sentence
from bioql_lsp.server.converter import structured
from bioql_lsp.server.sentence_requests import Place, find_sentence, lints_of
from bioql_lsp.server.session import Session

METHOD = "bioql/previewCircuit"


async def preview_circuit(session: Session, params: Any) -> dict[str, Any] | None:
    """``{svg, title, sentence, numQubits, isRandom, lints}``; None where no sentence is.

    In CRISPR mode nothing is compiled, and ``svg`` is empty.
    """
    place = structured(METHOD, params, Place)
    sentence = await find_sentence(session, place)
    if sentence is None:
        return None
    found = await session.analyse(lints_of, sentence)
    return {
        **await asyncio.to_thread(_picture, sentence),
        "sentence": sentence.text,
        "lints": [
            {"code": lint.code, "message": lint.message, "severity": str(lint.severity)}
            for lint in found
        ],
    }


def _picture(sentence: Sentence) -> dict[str, Any]:
    if sentence.mode == MODE:
        title = "CRISPR mode: the guide is scored, no circuit is compiled"
        return {"svg": "", "title": title, "numQubits": 0, "isRandom": False}
    compiled = compile_sentence(sentence.text)
    return {
        "svg": to_svg(compiled),
        "title": summary(compiled),
        "numQubits": compiled.num_qubits,
        "isRandom": compiled.has_random,
    }
