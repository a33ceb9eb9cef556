"""Whether a name in a text stands for its entity, or for something else that is spelt alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bioql_lsp.analysis.knowledge.entities import Entity
from bioql_lsp.analysis.knowledge.pieces import Pieces


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CAPITALS_ONLY: Final = _words("alk amp camp nac pka src sting")
"""Names that in small letters are words, or quantities: pKa is none of the kinases."""
_ALSO_WORDS: Final = _words("ace kinase protease proteasa quinasa spike tau")
_LEADING: Final = _words(
    "a an the into in to against with on for of and or between at from target receptor dock docks"
    " el la los las al un una en contra con de del y o entre sobre para diana"
)
_ADME_PROTEINS: Final = _words("5VA1 1TQN 2F9Q 1OG5 3G5U 1AO6")
"""hERG, cytochromes, P-glycoprotein, albumin: mostly named for what a molecule does to them."""
_DOCKED_TO: Final = _words(
    "dock docks docking into to onto against in on with target receptor contra en a al con diana"
)
_OF_DOCKING: Final = _words(
    "dock docks docked docking affinity affinities ki kd vina binder binders pdb pose poses"
    " acopla acoplar acoplamiento afinidad afinidades"
)
_OF_ADME: Final = _words("inhibit inhibits inhibe inhiben blocks bloquea toxicity toxicidad")
_GROUPS_OF_TARGETS: Final = _words(
    "inhibitor inhibitors substrate toxicity risk flag domain family panel assay activity library"
    " inhibidor inhibidores dominio familia actividad"
)
_OTHER_PROTEINS: Final = _words(
    "kinase kinases protease proteases phosphatase reductase oxidase dehydrogenase synthase"
    " receptor receptors transporter hydroxylase decarboxylase hydrolase transferase channel"
    " residue residues acetylation methylation phosphorylation ubiquitination sumoylation phosphate"
)
"""After a molecule's name they make another one: ``tyrosine kinase``, ``lysine acetylation``."""
_OTHER_PROTEINS_ES: Final = _words(
    "receptor receptores quinasa quinasas proteasa transportador residuo residuos canal"
    " acetilacion metilacion fosforilacion"
)
_OF: Final = _words("de del en la las")
_SUBSTITUENTS: Final = _words(
    "nitro chloro dichloro trichloro bromo iodo fluoro methyl dimethyl trimethyl ethyl hydroxy"
    " amino phenyl acetyl methoxy nitroso cloro metil etil hidroxi fenil acetil"
)
_WATER: Final = _words("water agua")
_WATER_OF_CRYSTALS: Final = _words(
    "remove removes removing strip delete without no drop molecules molecule box solvent"
    " quita quitar elimina eliminar sin moleculas"
)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A name's first word, and the words that hang together with it on either side."""

    word: str
    is_single: bool
    before: str
    before_that: str
    after: str
    is_numbered: bool
    """A number hangs on it by a hyphen, as in ``glucose-6-phosphate``."""

    @classmethod
    def of(cls, pieces: Pieces, place: int, count: int) -> Neighbours:
        """Those of the name of so many pieces at a place."""
        before = pieces.words[place - 1] if pieces.link(place) is not None else ""
        before_that = pieces.words[place - 2] if before and pieces.link(place - 1) else ""
        after = pieces.linked(place + count) if place + count < len(pieces.words) else ""
        is_numbered = after.isdigit() and pieces.link(place + count) == "-"
        return cls(pieces.words[place], count == 1, before, before_that, after, is_numbered)


def is_about_docking(words: Iterable[str]) -> bool:
    """Whether any of a text's words is one of docking."""
    return not _OF_DOCKING.isdisjoint(words)


def is_target_of_docking(entity: Entity, around: Neighbours) -> bool:
    """Whether an ADME protein may be the target, where a text about docking has no other."""
    is_named_for_adme = around.after in _GROUPS_OF_TARGETS or around.before in _OF_ADME
    return entity.value in _ADME_PROTEINS and not is_named_for_adme


def is_meant(entity: Entity, spelling: str, is_exact: bool, around: Neighbours) -> bool:
    """Whether a name in a text stands for the entity; ``is_exact``: capitals and all."""
    if entity.kind == "molecule" and _is_part_of_another(around):
        return False
    if entity.value in _ADME_PROTEINS:
        return around.before in _DOCKED_TO and around.after not in _GROUPS_OF_TARGETS
    if not around.is_single or around.word not in _ALSO_WORDS | _CAPITALS_ONLY | _WATER:
        return True
    if around.word in _WATER:
        return not _WATER_OF_CRYSTALS & {around.before, around.after}
    if is_exact and not spelling.islower():
        return True
    return around.word in _ALSO_WORDS and _stands_as_a_target(around)


def _stands_as_a_target(around: Neighbours) -> bool:
    if around.after in _GROUPS_OF_TARGETS:
        return False
    return around.before in _LEADING if around.before else around.word != "ace"


def _is_part_of_another(around: Neighbours) -> bool:
    """Whether the name of a molecule is a part of the name of something else."""
    return (
        around.is_numbered
        or around.after in _OTHER_PROTEINS
        or around.before in _SUBSTITUENTS
        or (around.before in _OF and around.before_that in _OTHER_PROTEINS_ES)
    )
