"""Where the molecules in a text can be looked up: PDB ids at RCSB, SMILES at PubChem."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from bioql_lsp.analysis.analysis import Analysis, Part
from bioql_lsp.analysis.chemistry import check_smiles, is_pdb_id
from bioql_lsp.analysis.model import Call
from bioql_lsp.analysis.per_part import everywhere, per_part
from bioql_lsp.analysis.program.molecules import read_molecules
from bioql_lsp.analysis.sentences import Sentence
from bioql_lsp.text import Span

_PDB_PARAMETERS = frozenset({"pdb_id", "receptor_pdb", "pdb_list"})
_SMILES_ENDING = "smiles"
_SMILES_CHARS_MAX = 1_000


@dataclass(frozen=True, slots=True)
class Link:
    """A place in a text, the page about it, and what that page is."""

    span: Span
    url: str
    tooltip: str


def links(analysis: Analysis) -> Iterator[Link]:
    """Every link of a text, in order of place."""
    found: dict[Span, Link] = {}
    for span, link in everywhere(analysis, _links_of):
        found.setdefault(span, replace(link, span=span))
    yield from (found[span] for span in sorted(found))


@per_part
def _links_of(part: Part) -> tuple[Link, ...]:
    module = part.module
    in_sentences = (link for each in module.sentences for link in _in_sentence(each))
    in_arguments = (link for call in module.calls for link in _in_arguments(call))
    return (*in_sentences, *in_arguments)


def _in_sentence(sentence: Sentence) -> Iterator[Link]:
    found = read_molecules(sentence.text)
    for name in (found.pdb, found.read_pdb):
        if name is not None:
            yield _structure(_place(sentence, name.span), name.text)
    if found.receptor is not None and found.looked_up_pdb_id is not None:
        yield _structure(_place(sentence, found.receptor.span), found.looked_up_pdb_id)
    if found.smiles is not None and not check_smiles(found.smiles.text):
        yield _substance(_place(sentence, found.smiles.span), found.smiles.text)


def _place(sentence: Sentence, span: Span) -> Span:
    return sentence.place(span.start, span.end)


def _in_arguments(call: Call) -> Iterator[Link]:
    for parameter in call.symbol.parameters or ():
        is_smiles = parameter.name.endswith(_SMILES_ENDING)
        if not is_smiles and parameter.name not in _PDB_PARAMETERS:
            continue
        argument = call.argument(parameter.name)
        text = call.text(parameter.name)
        if argument is None or argument.literal is None or text is None:
            continue
        if is_smiles and 0 < len(text) <= _SMILES_CHARS_MAX and not check_smiles(text):
            yield _substance(argument.literal.span, text)
        elif not is_smiles and is_pdb_id(text):
            yield _structure(argument.literal.span, text)


def _structure(span: Span, pdb_id: str) -> Link:
    name = pdb_id.upper()
    return Link(span, f"https://www.rcsb.org/structure/{quote(name)}", f"Structure {name} at RCSB")


def _substance(span: Span, smiles: str) -> Link:
    # PubChem's search page reads what follows the number sign.
    url = f"https://pubchem.ncbi.nlm.nih.gov/#query={quote(smiles, safe='')}"
    return Link(span, url, "Search this SMILES at PubChem")
