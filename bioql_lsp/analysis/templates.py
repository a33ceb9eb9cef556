"""The circuit templates of BioQL: classes without arguments, whose build() takes them."""

from __future__ import annotations

from dataclasses import dataclass

from bioql_lsp.analysis.api.load import Symbol


@dataclass(frozen=True, slots=True)
class Template:
    """What ``build`` of a template takes."""

    required: frozenset[str]
    optional: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """Every parameter of ``build``."""
        return self.required | self.optional


def _template(required: str, optional: str) -> Template:
    return Template(frozenset(required.split()), frozenset(optional.split()))


TEMPLATES = {
    "bioql.circuits.algorithms.VQECircuit": _template(
        "num_qubits", "num_layers ansatz entanglement"
    ),
    "bioql.circuits.algorithms.QAOACircuit": _template("num_qubits", "num_layers problem_type"),
    "bioql.circuits.algorithms.GroverCircuit": _template("num_qubits", "num_iterations"),
    "bioql.circuits.drug_discovery.MolecularDockingCircuit": _template(
        "num_rotatable_bonds", "energy_levels optimization_depth include_electrostatics"
    ),
    "bioql.circuits.drug_discovery.ProteinFoldingCircuit": _template(
        "sequence_length", "lattice_dimensions qaoa_layers interaction_model"
    ),
    "bioql.circuits.drug_discovery.BindingAffinityCircuit": _template(
        "num_atoms", "basis_size vqe_layers include_solvation"
    ),
    "bioql.circuits.templates.HardwareEfficientAnsatz": _template(
        "num_qubits", "num_layers rotation_gates entanglement"
    ),
    "bioql.circuits.templates.UCCSDAnsatz": _template(
        "num_qubits num_electrons", "include_singles include_doubles"
    ),
}
BUILDS = frozenset(f"{name}.build" for name in TEMPLATES)


def takes_no_arguments(symbol: Symbol) -> bool:
    """Whether a symbol is a template class as this version has it: made without arguments."""
    return symbol.dotted in TEMPLATES and symbol.kind == "class" and symbol.parameters == ()
