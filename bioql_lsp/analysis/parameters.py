"""What the parameters of the main functions really do, in a line each."""

from __future__ import annotations

from collections.abc import Mapping

from bioql_lsp.analysis.module import ENHANCED, QUANTUM

DOCK = "bioql.docking.pipeline.dock"
NOTES: Mapping[str, str] = {
    "program": "The English sentence to compile and run.",
    "api_key": "Your BioQL key; keep it in the environment as BIOQL_API_KEY.",
    "backend": "Where it runs. The default, the local simulator, is refused by BioQL 7.",
    "shots": "How often it runs; every shot is billed.",
    "debug": "Turns on debug logging for the whole process.",
    "instance": "IBM hub/group/project or CRN; IBM only.",
    "timeout": "Seconds to wait for the job.",
    "auto_select": "Always fails in practice; name a backend instead.",
    "num_qubits": "Only compared with the error correction estimate; put the number in the text.",
    "num_logical_qubits": "Input of the error correction estimate.",
    "topology": "Copied into the resource estimate: linear, grid or all-to-all.",
    "error_correction": "Adds an estimate (surface_code, steane, shor); the circuit is unchanged.",
    "correction_level": "low, medium or high, for the estimate.",
    "error_threshold": "Physical error rate for the estimate.",
    "mitigation": "A list of readout, zne, pec, symmetry, applied to the counts.",
    "mitigation_strength": "Only copied to the metadata.",
    "qec": "Its presence turns the estimate on; its attributes are not read.",
    "target_fidelity": "Only copied to the metadata.",
    "visualize": "Sets a path, but no file is written.",
    "mode": '"crispr" scores a guide on the built-in sampler; anything else is ignored.',
}
ENHANCED_NOTES: Mapping[str, str] = {
    "program": "The sentence. One about docking or alignment runs on the local simulator.",
    "api_key": "Required, but not checked where the sentence runs on the local simulator.",
    "backend": "Only a name that begins with ibm_, ionq_ or quantinuum_ works, and is not used.",
    "shots": "How often the local simulator samples; nothing is billed.",
    "debug": "Logs how the sentence is read.",
    "token": "Handed on to quantum(), which does not take it: that raises TypeError.",
    "instance": "Handed on to quantum(), which fails before it is read.",
    "timeout": "Handed on to quantum(), which fails before it is read.",
    "auto_select": "Handed on to quantum(), which fails before it is read.",
    "use_nlp": "Reads the sentence as a domain program; False leads to quantum() and TypeError.",
    "use_ir_compiler": "Compiles what was read; False leads to quantum() and TypeError.",
    "return_ir": "Returns a dict with result, ir and enhanced in place of the result.",
}
DOCK_NOTES: Mapping[str, str] = {
    "receptor": "Path of the receptor's PDB file.",
    "ligand_smiles": "The ligand as SMILES; give this or ligand_file.",
    "ligand_file": "Path of the ligand's file; give this or ligand_smiles.",
    "backend": "auto, vina or quantum. Only vina docks; quantum scores by the bits of a circuit.",
    "center": "Centre of the box in angstroms; without it the centre of the whole receptor.",
    "box_size": "Edges of the search box in angstroms.",
    "output_dir": "Folder for the results; without it one is made under outputs.",
    "exhaustiveness": "How thoroughly Vina searches.",
    "num_modes": "How many poses Vina returns at most.",
    "api_key": "Your BioQL key; only the backend quantum needs it.",
    "shots": "Only for the backend quantum; every shot is billed.",
    "job_id": "Name of the job; without it one is made.",
}
_BY_FUNCTION: Mapping[str, Mapping[str, str]] = {
    QUANTUM: NOTES,
    ENHANCED: ENHANCED_NOTES,
    DOCK: DOCK_NOTES,
}


def parameter_note(dotted: str, name: str) -> str:
    """What a parameter of a function or method really does; empty where there is nothing to say."""
    note = _BY_FUNCTION.get(dotted, {}).get(name, "")
    return note or (NOTES["api_key"] if name == "api_key" else "")
