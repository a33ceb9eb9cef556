"""A program that runs something and has nothing wrong with it."""

from __future__ import annotations

RUN = """import os

from bioql import quantum

result = quantum(
    "Create a Bell state",
    api_key=os.environ["BIOQL_API_KEY"],
    backend="ibm_torino",
    shots=250,
)
if not result.success:
    raise SystemExit(result.error_message)
print(result.counts)
"""
