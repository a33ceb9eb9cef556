"""What counts as doing what was asked, and above all what does not."""

from __future__ import annotations

import pytest

from bioql_lsp.training.evaluate.measures import Fault, faults

RUN = """\
import os

from bioql import quantum

result = quantum(
    "Create a Bell state",
    api_key=os.environ["BIOQL_API_KEY"],
    backend="ibm_torino",
    shots=100,
)
if not result.success:
    raise SystemExit(result.error_message)
print(result.counts)
"""
ADME = """\
from bioql import predict_adme_local

adme = predict_adme_local("CCO")
print(adme.half_life)
"""
EACH = """\
from bioql import predict_adme_local

for smiles in ["CCO", "CCN"]:
    print(predict_adme_local(smiles).half_life)
"""
RANKED = """\
from bioql import rank_guides_batch

ranked = rank_guides_batch(["GATACCATGATCACGAAGGT", "ATCGAAGTCGCTAGCTAAGG"])
for row in sorted(ranked, key=lambda row: row["rank"]):
    print(row["rank"], row["guide_sequence"])
"""
DOCK = """\
from bioql.docking import dock

result = dock(receptor="spike.pdb", ligand_smiles="CCO", backend="vina", center=(1.5, 2, -3))
print(result.score if result.success else result.error_message)
"""
LOCAL = """\
from bioql.compiler import parse_english_to_circuit
from qiskit_aer import AerSimulator

circuit = parse_english_to_circuit("Create a Bell state")
counts = AerSimulator(seed_simulator=7).run(circuit, shots=1000).result().get_counts()
print(counts)
"""
PRESET = """\
from bioql import OFFTARGET_PANEL

for target in OFFTARGET_PANEL:
    if target.risk_category == "cardiotoxicity":
        print(target.name)
"""
SPELLED_OUT = "h qubit 0. cnot 0 1. measure qubit 0. measure qubit 1"
DESIGN = RUN.replace("Create a Bell state", "Design a novel drug molecule for malaria on 6 qubits")
CRISPR = """\
from bioql import quantum

result = quantum(
    "Score CRISPR guide GATACCATGATCACGAAGGT", api_key="", backend="simulator", mode="crispr"
)
print(result.energy_estimate)
"""


def changed(code: str, *pairs: str) -> str:
    """A program with some texts replaced; each has to be there."""
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in code
        code = code.replace(old, new)
    return code


RIGHT = {
    "another name": (RUN, changed(RUN, "result", "outcome")),
    "a default written out": (RUN, changed(RUN, "shots=100,", "shots=100,\n    debug=False,")),
    "arguments by position": (
        RUN,
        "import os\nfrom bioql import quantum\n"
        'r = quantum("Create a Bell state", os.environ["BIOQL_API_KEY"], "ibm_torino", 100)\n'
        "print(r.counts)\n",
    ),
    "another sentence, the same circuit": (
        RUN,
        changed(
            RUN, "Create a Bell state", "h qubit 0. cnot 0 1. measure qubit 0. measure qubit 1"
        ),
    ),
    "measured in another order": (
        changed(RUN, "Create a Bell state", "h qubit 0. measure qubit 0. measure qubit 1"),
        changed(RUN, "Create a Bell state", "h qubit 0. measure qubit 1. measure qubit 0"),
    ),
    "through the module": (
        ADME,
        'import bioql as bq\nprint(bq.predict_adme_local("CCO").half_life)\n',
    ),
    "from where it is defined": (
        ADME,
        changed(ADME, "from bioql import", "from bioql.adme_predictor import"),
    ),
    "a helper function": (
        ADME,
        "from bioql import predict_adme_local\n\n\ndef half_life(smiles):\n"
        "    return predict_adme_local(smiles).half_life\n\n\n"
        'print(half_life("CCO"))\n',
    ),
    "a main function": (
        ADME,
        "from bioql import predict_adme_local\n\n\ndef main() -> None:\n"
        '    adme = predict_adme_local("CCO")\n    print(adme.half_life)\n\n\n'
        'if __name__ == "__main__":\n    main()\n',
    ),
    "constants with names": (
        RUN,
        changed(RUN, "shots=100", "shots=SHOTS", "result = ", "SHOTS = 100\nresult = "),
    ),
    "a number in another form": (RUN, changed(RUN, "shots=100", "shots=50 * 2")),
    "more is printed": (ADME, ADME + "print(adme.clearance)\n"),
    "printed otherwise": (ADME, changed(ADME, "print(adme", 'print("Half-life:", adme')),
    "in an f-string": (ADME, changed(ADME, "(adme.half_life)", '(f"{adme.half_life:.2f} h")')),
    "without a loop": (
        EACH,
        "from bioql import predict_adme_local\n\n"
        'print(predict_adme_local("CCN").half_life)\nprint(predict_adme_local("CCO").half_life)\n',
    ),
    "in a comprehension": (
        EACH,
        "from bioql import predict_adme_local\n\n"
        'print([predict_adme_local(each).half_life for each in ("CCO", "CCN")])\n',
    ),
    "on several threads": (
        EACH,
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from bioql import predict_adme_local\n"
        "def show(smiles):\n"
        "    print(predict_adme_local(smiles).half_life)\n"
        "with ThreadPoolExecutor() as pool:\n"
        '    for _ in pool.map(show, ["CCO", "CCN"]):\n'
        "        pass\n",
    ),
    "one by one instead of all": (
        RUN,
        changed(
            RUN,
            "print(result.counts)",
            "for state, count in result.counts.items():\n    print(state, count)",
        ),
    ),
    "no guard": (RUN, RUN.replace(RUN[RUN.index("if not") : RUN.index("print")], "")),
    "a list for a tuple": (DOCK, changed(DOCK, "(1.5, 2, -3)", "[1.5, 2.0, -3]")),
    "in steps": (
        LOCAL,
        changed(
            LOCAL,
            "counts = AerSimulator(seed_simulator=7).run(circuit, shots=1000).result()",
            "simulator = AerSimulator(seed_simulator=7)\n"
            "job = simulator.run(circuit, shots=1000)\ncounts = job.result()",
        ),
    ),
    "an argument by getattr": (
        ADME,
        changed(ADME, "adme.half_life", 'getattr(adme, "half_life", None)'),
    ),
    "the key from os.getenv": (
        RUN,
        changed(RUN, 'os.environ["BIOQL_API_KEY"]', 'os.getenv("BIOQL_API_KEY")'),
    ),
    "words that BioQL ignores": (CRISPR, changed(CRISPR, "Score CRISPR guide", "Rate the guide")),
}
WRONG = {
    "other shots": (RUN, changed(RUN, "shots=100", "shots=1000"), Fault.INVENTED),
    "shots left out": (RUN, changed(RUN, "    shots=100,\n", ""), Fault.LEFT_OUT),
    "another backend": (RUN, changed(RUN, "ibm_torino", "ibm_brisbane"), Fault.LEFT_OUT),
    "a key in the text": (
        RUN,
        changed(RUN, 'os.environ["BIOQL_API_KEY"]', '"secret"'),
        Fault.ARGUMENT,
    ),
    "another circuit": (
        RUN,
        changed(RUN, "Create a Bell state", "Prepare a superposition of 2 qubits"),
        Fault.SENTENCE,
    ),
    "another angle": (
        changed(RUN, "Create a Bell state", "rotate qubit 0 around x by 0.5 radians"),
        changed(RUN, "Create a Bell state", "rotate qubit 0 around x by 0.6 radians"),
        Fault.SENTENCE,
    ),
    "gates that do not commute": (
        changed(RUN, "Create a Bell state", "cnot 0 1. cnot 1 2. measure qubit 2"),
        changed(RUN, "Create a Bell state", "cnot 1 2. cnot 0 1. measure qubit 2"),
        Fault.SENTENCE,
    ),
    "another ligand in the same circuit": (
        changed(RUN, "Create a Bell state", "Docking of SMILES CCO to PDB 5IKT on 6 qubits"),
        changed(RUN, "Create a Bell state", "Docking of SMILES CCN to PDB 5IKT on 6 qubits"),
        Fault.SENTENCE,
    ),
    "another disease": (DESIGN, changed(DESIGN, "malaria", "arthritis"), Fault.SENTENCE),
    "another guide": (CRISPR, changed(CRISPR, "GATACC", "GATACG"), Fault.SENTENCE),
    "not in CRISPR mode": (CRISPR, changed(CRISPR, ', mode="crispr"', ""), Fault.SENTENCE),
    "another attribute": (ADME, changed(ADME, "half_life", "clearance"), Fault.READ),
    "the whole result": (ADME, changed(ADME, "adme.half_life", "adme"), Fault.READ),
    "an attribute of the whole": (
        changed(ADME, "adme.half_life", "adme"),
        ADME,
        Fault.READ,
    ),
    "nothing printed": (ADME, changed(ADME, "print(adme.half_life)\n", ""), Fault.READ),
    "another molecule": (ADME, changed(ADME, "CCO", "CCN"), Fault.LEFT_OUT),
    "another function": (
        ADME,
        changed(ADME, "predict_adme_local", "predict_toxicity_local"),
        Fault.FUNCTION,
    ),
    "one molecule of two": (EACH, changed(EACH, '["CCO", "CCN"]', '["CCO"]'), Fault.FUNCTION),
    "one twice": (EACH, changed(EACH, '"CCN"', '"CCO"'), Fault.LEFT_OUT),
    "run twice": (RUN, RUN + RUN[RUN.index("result =") :], Fault.FUNCTION),
    "never called": (
        ADME,
        "from bioql import predict_adme_local\n\n\ndef half_life():\n"
        '    print(predict_adme_local("CCO").half_life)\n',
        Fault.FUNCTION,
    ),
    "not sorted": (
        RANKED,
        changed(RANKED, 'sorted(ranked, key=lambda row: row["rank"])', "ranked"),
        Fault.READ,
    ),
    "sorted the other way": (
        RANKED,
        changed(RANKED, 'row["rank"])', 'row["rank"], reverse=True)'),
        Fault.READ,
    ),
    "sorted by something else": (
        RANKED,
        changed(RANKED, 'lambda row: row["rank"]', 'lambda row: row["composite_score"]'),
        Fault.READ,
    ),
    "a guide left out": (
        RANKED,
        changed(RANKED, ', "ATCGAAGTCGCTAGCTAAGG"', ""),
        Fault.LEFT_OUT,
    ),
    "another place": (DOCK, changed(DOCK, "-3", "3"), Fault.LEFT_OUT),
    "another seed": (LOCAL, changed(LOCAL, "=7", "=8"), Fault.INVENTED),
    "another way to run": (
        LOCAL,
        changed(LOCAL, "AerSimulator", "UnitarySimulator"),
        Fault.FUNCTION,
    ),
    "filtered for something else": (
        PRESET,
        changed(PRESET, "cardiotoxicity", "cardiovascular"),
        Fault.READ,
    ),
    "no Python": (RUN, "result = quantum(", Fault.UNREADABLE),
    "nothing": (RUN, "\n", Fault.NOTHING),
    "a comment": (RUN, "# Not a task for BioQL.\n", Fault.FUNCTION),
}


@pytest.mark.parametrize("name", RIGHT)
def test_the_same_done_in_another_way_is_right(name: str) -> None:
    expected, answer = RIGHT[name]
    assert faults(expected, answer, request=REQUEST) == frozenset()


@pytest.mark.parametrize("name", WRONG)
def test_something_else_is_wrong_and_it_is_said_how(name: str) -> None:
    expected, answer, fault = WRONG[name]
    assert fault in faults(expected, answer, request=REQUEST)


REQUEST = "half-life of CCO and CCN, 100 shots on ibm_torino at -3, guide ATCGAAGTCGCTAGCTAAGG"
