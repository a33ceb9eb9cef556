"""The molecules of a sentence: what it names, and what BioQL extracts after the run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bioql_lsp.analysis.chemistry import check_smiles, is_pdb_id
from bioql_lsp.analysis.program.known_molecules import looked_up
from bioql_lsp.text import Span

DOCKING = "molecular_docking"
DESIGN = "drug_design"
_EXTRACTED_SMILES = re.compile(r"smiles\s+([A-Za-z0-9@+\-\[\]\(\)=#$]+)", re.IGNORECASE)
_EXTRACTED_PDB = re.compile(r"pdb[\s=:_]+(\d[A-Za-z0-9]{3})(?:\s|$|[,;.])", re.IGNORECASE)
_RECEPTOR = re.compile(r"(?:receptor|protein|target)\s+(?:pdb\s+)?([A-Za-z0-9]+)", re.IGNORECASE)
_NAMED_SMILES = re.compile(
    r"""smiles\b(?:[\s:=,]|(?:string|notation|code|formula|is)\b)*["'`\u201c\u2018(]?"""
    r"""(?P<smiles>[A-Za-z0-9@+\-\[\]()=#$:/\\.%*~]+)(?P<close>["'`\u201d\u2019]?)""",
    re.IGNORECASE,
)
_NAMED_PDB = re.compile(
    r"""(?:\(\s*)?\bpdb(?P<gap>(?:[\s:=_#"'(-]|\b(?:ids?|codes?|structure|entry|accession|number)\b)*)"""
    r"""(?<![A-Za-z0-9])(?P<id>[A-Za-z0-9]{1,10})""",
    re.IGNORECASE,
)
# A count with a unit such as 300K or 50ns is no id, though it looks like one.
_BARE_PDB = re.compile(r"(?<![\w-])(?!\d{2,}[A-Za-z]{1,2}\b)(?=\w*[A-Za-z])\d[A-Za-z0-9]{3}\b(?!-)")
_WORD = re.compile(r"[a-z]{2,}")


@dataclass(frozen=True, slots=True)
class Name:
    """A SMILES or an id: its text, its place, and the place with the word that introduces it."""

    text: str
    span: Span
    whole: Span


@dataclass(frozen=True, slots=True)
class Molecules:
    """What a sentence names (``smiles``, ``pdb``) and what BioQL reads of it (``read_...``).

    ``application`` is how BioQL interprets the counts, ``receptor`` a name that it looks up.
    """

    application: str
    smiles: Name | None
    read_smiles: Name | None
    pdb: Name | None
    read_pdb: Name | None
    receptor: Name | None

    @property
    def looked_up_pdb_id(self) -> str | None:
        """The id that BioQL takes from its table of receptors."""
        if self.read_pdb or not self.receptor:
            return None
        return looked_up(self.receptor.text)


def read_molecules(text: str) -> Molecules:
    """The molecules of a sentence."""
    smiles = next(_named_smiles(text), None)
    return Molecules(
        application_of(text),
        smiles,
        _found(_EXTRACTED_SMILES, text),
        _named_pdb(text, smiles.span if smiles else None),
        _found(_EXTRACTED_PDB, text),
        _found(_RECEPTOR, text),
    )


def application_of(text: str) -> str:
    """What BioQL takes the counts of a sentence for."""
    lowered = text.lower()

    def has(*words: str) -> bool:
        return any(word in lowered for word in words)

    if has("design", "generate", "create") and has("drug", "molecule"):
        return DESIGN
    if has("protein", "folding"):
        return "protein_folding"
    if has("drug", "binding", "docking"):
        return DOCKING
    return "dna_analysis" if has("dna", "sequence") else "general"


def _found(pattern: re.Pattern[str], text: str) -> Name | None:
    match = pattern.search(text)
    return Name(match[1], Span(*match.span(1)), Span(*match.span())) if match else None


def _named_smiles(text: str) -> Iterator[Name]:
    for match in _NAMED_SMILES.finditer(text):
        before = text[: match.start("smiles")]
        is_inside = before.count("(") > before.count(")")
        written = _without_punctuation(match["smiles"], is_inside=is_inside)
        if not written or (_WORD.fullmatch(written) and check_smiles(written)):
            continue
        start = match.start("smiles")
        end = match.end() if match["smiles"] == written else start + len(written)
        yield Name(written, Span(start, start + len(written)), Span(match.start(), end))


def _without_punctuation(written: str, *, is_inside: bool) -> str:
    """A SMILES without what ends the sentence or the parenthesis that it stands in."""
    cleaned = written.rstrip(".:")
    if is_inside and cleaned.endswith(")") and cleaned.count(")") > cleaned.count("("):
        cleaned = cleaned[:-1].rstrip(".:")
    return cleaned


def _named_pdb(text: str, smiles: Span | None) -> Name | None:
    for match in _NAMED_PDB.finditer(text):
        if is_pdb_id(match["id"]):
            return Name(match["id"], Span(*match.span("id")), Span(*match.span()))
    for match in _BARE_PDB.finditer(text):
        span = Span(*match.span())
        if smiles is None or not span.overlaps(smiles):
            return Name(match.group(), span, span)
    return None


def wrong_pdb_ids(text: str) -> Iterator[Name]:
    """What stands where a PDB id belongs and is none."""
    for match in _NAMED_PDB.finditer(text):
        written = match["id"]
        looks_like_id = any(c.isdigit() for c in written) or (
            len(written) == 4 and written.isupper()
        )
        if looks_like_id and not is_pdb_id(written) and looked_up(written) is None:
            yield Name(written, Span(*match.span("id")), Span(*match.span()))
