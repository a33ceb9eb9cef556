"""When the attributes of a QuantumResult are filled, in a line each."""

from __future__ import annotations

from bioql_lsp.analysis.module import RESULT

_FILLED: dict[str, str] = {
    "counts": "How often each bit string came out. Empty where the run failed, and in CRISPR mode.",
    "bio_interpretation": "A dict, after runs on the local drivers; check its status for errors.",
    "metadata": "A dict about the run; in CRISPR mode the guide's energy and confidence.",
    "success": "False where anything went wrong: quantum() raises almost nothing. Check it first.",
    "error_message": "Why the run failed, None where it did not.",
    "job_id": "Set after runs at IBM and IonQ.",
    "backend_name": "Set where the run succeeded.",
    "execution_time": "Seconds; set after runs at IBM, at IonQ and in CRISPR mode.",
    "cost_estimate": "USD, as the server says or by the price of a shot.",
    "billing_metadata": "Set by the billing wrapper alone.",
    "qec_metrics": "A dict after runs on the local drivers, None after others.",
    "resource_estimation": "Set where an error correction estimate was asked for and made.",
    "total_shots": "The sum of the counts; a property, so without brackets.",
    "most_likely_outcome": "The bit string with the highest count; a property, without brackets.",
    "probabilities": "The share of each bit string; a method, so with brackets.",
}
_NEVER_FILLED: dict[str, str] = {
    "statevector": "is always None: hardware gives counts only",
    "queue_time": 'is always None; an estimate is in metadata["queue_estimate"]',
    "visualization_path": "names a file that is never written",
    "shots": "is None unless the run was a remote one; use total_shots",
}


def attribute_note(class_dotted: str, name: str) -> str:
    """When an attribute is filled; empty where nothing is known."""
    never = never_filled(class_dotted, name)
    if never is not None:
        note = never.removeprefix("is ")
        return f"{note[0].upper()}{note[1:]}."
    return _FILLED.get(name, "") if class_dotted == RESULT else ""


def never_filled(class_dotted: str, name: str) -> str | None:
    """What an attribute that is of no use holds, as the end of a sentence; None for the others."""
    return _NEVER_FILLED.get(name) if class_dotted == RESULT else None
