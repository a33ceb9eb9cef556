"""A Bell pair on real hardware, then a docking run."""

import os

from bioql import quantum

KEY = os.environ["BIOQL_API_KEY"]

bell = quantum("Create a Bell state", api_key=KEY, backend="IBM_Torino", shots=100)
if bell.success:
    print(bell.counts)

docking = quantum("Dock aspirin to COX-2", backend="ibm_torino", shots=200)
