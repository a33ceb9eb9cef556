"""Entangle two qubits and count what is measured."""

import os

from bioql import quantum

bell = quantum(
    "Create a Bell state",
    api_key=os.environ["BIOQL_API_KEY"],
    backend="ibm_torino",
    shots=100,
)
if bell.success:
    print(bell.counts)
