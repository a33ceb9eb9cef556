"""The words that BioQL 7.0.1 knows, by group. They match anywhere, also inside other words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType


def _listed(words: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in words.split(","))


_CREATE = _listed(
    """create, make, build, construct, generate, produce, form, establish, set up, setup,
    initialize, init, prepare, design, craft, forge, manufacture, fabricate, compose, assemble,
    synthesize, develop, fashion, shape, mold, originate, spawn, bring forth, give rise to,
    bring into being, bring about, bring to life, instantiate, allocate, provision, configure,
    architect, engineer"""
)
_APPLY = _listed(
    """apply, use, employ, utilize, implement, execute, run, perform, carry out, conduct, operate,
    enact, put into action, put to use, bring to bear, deploy, invoke, trigger, activate, engage,
    exercise, practice, administer, dispense, place, put, position, insert, add, attach, affix,
    append, install, mount, set"""
)
_ANALYZE = _listed(
    """analyze, examine, study, investigate, explore, probe, inspect, scrutinize, survey, review,
    assess, evaluate, measure, quantify, calculate, compute, determine, figure out, work out, find,
    discover, identify, detect, locate, pinpoint, search, look for, seek, hunt for, scan, screen,
    check, test, verify"""
)
_SIMULATE = _listed(
    """simulate, model, emulate, replicate, mimic, imitate, approximate, represent, depict,
    portray, illustrate, demonstrate, show, display, exhibit, present, visualize, render, draw,
    map, chart, plot"""
)
_BELL = _listed(
    """bell state, bell pair, epr pair, epr state, entangled pair, entangled state,
    maximally entangled state, quantum entanglement, two-qubit entanglement, 2-qubit entanglement,
    phi plus, phi minus, psi plus, psi minus, bell basis, entangled qubits, quantum correlation,
    spooky action, nonlocal correlation, quantum pair, correlated qubits"""
)
_SUPERPOSITION = _listed(
    """superposition, quantum superposition, superposed state, equal superposition,
    uniform superposition, balanced state, mixed state, quantum mixture, coherent superposition,
    quantum parallelism, parallel state, simultaneous states, overlapping states, quantum overlay,
    state combination, linear combination, quantum sum, interference state"""
)
_ENTANGLEMENT = _listed(
    """entanglement, quantum entanglement, entangled state, quantum correlation,
    nonlocal correlation, spooky action, epr correlation, quantum connection, quantum link,
    quantum binding, quantum coupling, quantum relationship"""
)
_HADAMARD = _listed(
    """hadamard, h gate, h-gate, hadamard gate, hadamard transform, walsh-hadamard,
    superposition gate, plus-minus basis"""
)
_MEASUREMENT = _listed(
    """measurement, measure, observation, collapse, readout, reading, detection,
    quantum measurement, projective measurement"""
)
_GATE = _listed(
    """gate, quantum gate, unitary gate, operation, quantum operation, unitary operation,
    transformation, quantum transformation, unitary transformation, quantum instruction,
    quantum command"""
)
_PROTEIN = _listed(
    """protein, polypeptide, peptide, amino acid chain, protein structure, protein folding,
    protein conformation, alpha helix, beta sheet, random coil, protein domain, hemoglobin,
    insulin, collagen, keratin, enzyme, antibody, immunoglobulin, receptor, channel, transporter"""
)
_DRUG = _listed(
    """drug, medicine, pharmaceutical, medication, therapeutic, compound, molecule,
    small molecule, ligand, inhibitor, activator, agonist, antagonist, substrate, candidate,
    lead compound, hit compound, drug candidate, active compound"""
)
_DNA = _listed(
    """dna, deoxyribonucleic acid, genetic material, genome, chromosome, gene, sequence,
    nucleotide sequence, base sequence, double helix, nucleotides, bases, base pairs, a-t, g-c,
    adenine, thymine, guanine, cytosine, genetic code"""
)
_BINDING = _listed(
    """binding, docking, attachment, interaction, association, affinity, binding affinity,
    binding energy, binding site, active site, pocket, binding pocket, receptor binding"""
)

GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "create": _CREATE,
        "apply": _APPLY,
        "create or apply": _CREATE + _APPLY,
        "simulate or analyze": _SIMULATE + _ANALYZE,
        "bell": _BELL,
        "two": _listed("two, 2, pair"),
        "superposition": _SUPERPOSITION,
        "entanglement": _ENTANGLEMENT,
        "hadamard": _HADAMARD,
        "fourier": _listed("qft, fourier"),
        "invent": _listed("design, generate, create, develop, discover, invent, synthesize"),
        "new": _listed("new, novel, de novo, from scratch"),
        "designed": _listed("drug, molecule, compound, ligand, agonist, antagonist, inhibitor"),
        "structure file": _listed("smiles, pdb"),
        "docked": _listed("dock, binding, affinity, receptor, ligand"),
        "drug or binding": _DRUG + _BINDING,
        "dock": _listed("dock, bind, affinity"),
        "protein": _PROTEIN,
        "fold": _listed("fold, structure, conformation"),
        "dna": _DNA,
        "measurement": _MEASUREMENT,
        "all": _listed("all, everything"),
        "gate": _GATE,
    }
)
NUMBER_WORDS: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        1: _listed("1, one, a, single, one single"),
        2: _listed("2, two, a pair of, pair of, couple of, dual, double"),
        3: _listed("3, three, triple, trio of"),
        4: _listed("4, four, quad, quartet of"),
        5: _listed("5, five, quintet of"),
        6: _listed("6, six, sextet of"),
        7: _listed("7, seven, septet of"),
        8: _listed("8, eight, octet of"),
        10: _listed("10, ten, decade of"),
        12: _listed("12, twelve, dozen"),
        16: _listed("16, sixteen"),
        20: _listed("20, twenty"),
    }
)


def without_longer_spellings(words: Iterable[str]) -> tuple[str, ...]:
    """The words that contain no other of them: a text holds one of all iff it holds one of these.

    ``hadamard gate`` goes because whatever holds it holds ``hadamard`` too.
    """
    unique = tuple(dict.fromkeys(words))
    return tuple(w for w in unique if not any(other != w and other in w for other in unique))
