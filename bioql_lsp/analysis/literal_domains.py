"""The literals that a parameter of BioQL's takes, and what happens with another one."""

from __future__ import annotations

from dataclasses import dataclass

Word = str | int


@dataclass(frozen=True, slots=True)
class Domain:
    """The values of one parameter, the usual one first.

    ``accepted`` are further spellings that work and are not worth offering. ``is_list`` says that
    the parameter takes a list of them, ``is_checked`` that a call with another value fails, and
    ``otherwise`` what happens with one, as the end of a sentence. ``notes`` tell values apart.
    ``ignores_case`` says that the spelling in capitals works too.
    """

    values: tuple[Word, ...]
    otherwise: str
    is_checked: bool = True
    is_list: bool = False
    accepted: tuple[Word, ...] = ()
    notes: tuple[str, ...] = ()
    ignores_case: bool = False

    def allows(self, value: object) -> bool:
        """Whether a literal is one of the values, or a further spelling of one."""
        known = (*self.values, *self.accepted)
        if self.ignores_case and isinstance(value, str):
            return value.lower() in {str(each).lower() for each in known}
        return any(value == each and type(value) is type(each) for each in known)

    def note(self, value: Word) -> str:
        """What is worth knowing about one value; empty for most."""
        index = self.values.index(value) if value in self.values else len(self.notes)
        return self.notes[index] if index < len(self.notes) else ""


_VALUE_ERROR = "raises ValueError"
_FAILED_RESULT = "gives a result whose success is False"
_TECHNIQUES = ("readout", "zne", "pec", "symmetry")
_TRANSFORMATIONS = Domain(("jordan_wigner", "bravyi_kitaev"), _VALUE_ERROR, ignores_case=True)
_STRATEGIES = Domain(
    ("ReadoutErrorMitigation", "ZeroNoiseExtrapolation", "ProbabilisticErrorCancellation"),
    "is silently taken for ReadoutErrorMitigation",
    is_checked=False,
    notes=("Leaves the counts as they are until it is calibrated.",),
)
_MITIGATION = Domain(
    _TECHNIQUES,
    "is ignored, but reported as applied",
    is_checked=False,
    is_list=True,
    notes=("", "", "", "Keeps half-filled bit strings only: it deletes 00 and 11 of a Bell pair."),
)
_MOLECULES = ("H2", "LiH", "H2O", "BeH2", "N2")
_EXPORT_FORMATS = Domain(("json", "markdown"), _VALUE_ERROR, ignores_case=True)
_ENTANGLEMENT = Domain(("linear", "circular", "full"), _VALUE_ERROR)
_AAV_TISSUES = ("Liver", "CNS", "Retina", "Muscle", "Lung")

# What build() of a template takes is not in its signature, so that it is a table of its own.
BUILD_DOMAINS: dict[str, dict[str, Domain]] = {
    "bioql.circuits.algorithms.VQECircuit.build": {
        "ansatz": Domain(("hardware_efficient", "uccsd", "custom"), _VALUE_ERROR),
        "entanglement": _ENTANGLEMENT,
    },
    "bioql.circuits.algorithms.QAOACircuit.build": {
        "problem_type": Domain(("max_cut", "tsp", "portfolio", "custom"), _VALUE_ERROR)
    },
    "bioql.circuits.templates.HardwareEfficientAnsatz.build": {"entanglement": _ENTANGLEMENT},
}
DOMAINS: dict[str, dict[str, Domain]] = {
    "bioql.quantum_connector.quantum": {
        "mode": Domain(
            ("crispr",),
            "has no effect: the sentence is run as any other",
            is_checked=False,
            notes=("Scores a guide with the built-in sampler. No key is checked.",),
        ),
        "error_correction": Domain(
            ("surface_code", "steane", "shor"),
            "is taken for a surface code",
            is_checked=False,
            accepted=("surface",),
            notes=(
                "Adds an estimate; the circuit stays as it is.",
                "Adds an estimate; the circuit stays as it is.",
                "Is estimated as a surface code of 15 qubits.",
            ),
            ignores_case=True,
        ),
        "correction_level": Domain(
            ("medium", "low", "high"),
            "counts as low",
            is_checked=False,
            notes=(
                "49 physical qubits for each logical one, as high.",
                "15 physical qubits for each logical one.",
                "49 physical qubits for each logical one, as medium.",
            ),
        ),
        "topology": Domain(
            ("linear", "grid", "all-to-all"),
            "is copied into the resource estimate as it is",
            is_checked=False,
        ),
        "mitigation": _MITIGATION,
    },
    "bioql.qec.surface_code.SurfaceCodeQEC": {
        "code_distance": Domain((5, 3, 7, 9), _VALUE_ERROR),
        "decoder": Domain(("mwpm", "union_find"), _VALUE_ERROR),
    },
    "bioql.qec.error_mitigation.ErrorMitigation": {
        "techniques": Domain(_TECHNIQUES, _VALUE_ERROR, is_list=True)
    },
    "bioql.error_mitigation.mitigate_counts": {"strategy": _STRATEGIES},
    "bioql.error_mitigation.ErrorMitigator.apply": {"strategy": _STRATEGIES},
    "bioql.advanced_qec.AdvancedErrorMitigation.apply_full_mitigation": {"methods": _MITIGATION},
    "bioql.qualtran_qec.QuantumErrorCorrection.analyze_qec_cost": {
        "qec_code": Domain(
            ("surface_15_1_3", "surface_49_1_7", "steane_7_1_3", "repetition_3"), _FAILED_RESULT
        )
    },
    "bioql.docking.pipeline.dock": {
        "backend": Domain(
            ("auto", "vina", "quantum"),
            _FAILED_RESULT,
            accepted=(
                "simulator",
                "ibm_torino",
                "ibm_brisbane",
                "ibm_kyoto",
                "ibm_osaka",
                "ibm_eagle",
                "ionq",
                "ionq_ideal",
                "ionq_simulator",
                "ionq_aria_simulator",
                "ionq_harmony_simulator",
                "ionq_qpu",
                "ionq_forte",
                "aws_sv1",
                "aws_tn1",
                "aws_dm1",
                "iqm_garnet",
                "iqm_emerald",
                "quera_aquila",
                "rigetti_ankaa",
                "google",
                "azure",
            ),
            notes=(
                "Takes Vina where it is installed.",
                "Real docking; needs AutoDock Vina.",
                "The score comes from the bits of a circuit, not from physics.",
            ),
        )
    },
    "bioql.chem.ligand_prep.prepare_ligand": {
        "output_format": Domain(
            ("pdbqt", "sdf", "pdb", "mol2"),
            _FAILED_RESULT,
            notes=("Needs meeko.", "", "", "Is written as pdb where OpenBabel is missing."),
            ignores_case=True,
        )
    },
    "bioql.chem.receptor_prep.prepare_receptor": {
        "output_format": Domain(
            ("pdbqt", "pdb"),
            _FAILED_RESULT,
            notes=("Is written as pdb where the tools for it are missing.",),
            ignores_case=True,
        )
    },
    "bioql.proteomics.ptm_prediction.predict_ptm_sites": {
        "ptm_type": Domain(
            ("phosphorylation", "acetylation", "methylation", "ubiquitination", "sumoylation"),
            _VALUE_ERROR,
            ignores_case=True,
        )
    },
    "bioql.molecular_benchmarks.run_benchmark": {
        "molecule_name": Domain(("H2", "LiH", "H2O", "NH3"), _VALUE_ERROR),
        "transformation": _TRANSFORMATIONS,
    },
    "bioql.molecular_benchmarks.run_all_benchmarks": {"transformation": _TRANSFORMATIONS},
    "bioql.quantum_chemistry.build_molecular_hamiltonian": {"transformation": _TRANSFORMATIONS},
    "bioql.benchmarks.chemistry.quick_benchmark": {"molecule": Domain(_MOLECULES, _VALUE_ERROR)},
    "bioql.benchmarks.chemistry.ChemistryBenchmark.run_molecule": {
        "molecule": Domain(_MOLECULES, _VALUE_ERROR)
    },
    "bioql.chemistry_qec.quick_chemistry_test": {"molecule": Domain(_MOLECULES, _FAILED_RESULT)},
    "bioql.chemistry_qec.QuantumChemistry.calculate_molecule": {
        "molecule_name": Domain(
            _MOLECULES, "needs geometry= or the result's success is False", is_checked=False
        ),
        "error_mitigation": Domain(
            ("full", "basic", "none"), "leaves the energy as it is", is_checked=False
        ),
    },
    "bioql.resistance_profiler.analyze_resistance_profile": {
        "target": Domain(
            ("EGFR", "BCR-ABL", "HIV-1 Protease", "GLP1R"), "has no mutations", is_checked=False
        )
    },
    "bioql.crispr_qai.delivery_systems.DeliverySystemDesigner.design_aav_vector": {
        "target_tissue": Domain(_AAV_TISSUES, "gets the serotype AAV9", is_checked=False)
    },
    "bioql.profiler.Profiler.export_report": {"format": _EXPORT_FORMATS},
    "bioql.visualize.show": {
        "style": Domain(
            ("cartoon", "sticks", "spheres", "surface"), "is drawn as a cartoon", is_checked=False
        )
    },
    "bioql.visualize.pymol_viz.show": {
        "style": Domain(
            ("cartoon", "sticks", "spheres", "surface"), "is drawn as a cartoon", is_checked=False
        )
    },
}


def domain_of(dotted: str, parameter: str) -> Domain | None:
    """The values of a parameter of a function, class or method (its definition's dotted name)."""
    return (DOMAINS.get(dotted) or BUILD_DOMAINS.get(dotted, {})).get(parameter)
