"""What the parameters of ``quantum`` really do, in a line each, for completion and prompts."""

from __future__ import annotations

NOTES = {
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
