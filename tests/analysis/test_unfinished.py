"""Candidates for a buffer that is not Python yet, because somebody is still writing it."""

import pytest

from bioql_lsp.analysis.verify import verify
from bioql_lsp.text import Span

HEAD = 'import os\n\nfrom bioql import quantum\n\nKEY = os.environ["BIOQL_API_KEY"]\n'
RUN = 'quantum("Create a Bell state", api_key=KEY, backend="ibm_torino", shots=100)'

GOOD = {
    "the right side of an assignment": ("ghz = ", RUN),
    "a further argument": ('r = quantum("a", api_key=KEY, ', 'backend="ibm_torino"'),
    "the value of an argument": ('r = quantum("a", api_key=', "KEY"),
    "a call that is not finished": ("r = ", 'quantum("a", '),
    "the end of a call": ("r = quantum(", '"a", api_key=KEY, backend="ibm_torino")'),
    "a body": ("for i in range(3):\n", f"    {RUN}\n"),
    "a line in a block": ("for i in range(3):\n    r = ", RUN),
    "a line below a broken one": ('r = quantum("a"\nprint(1)\n', f"x = {RUN}\n"),
    "a line below a broken definition": ("def f(:\n    pass\nr = ", RUN),
    "an argument of a call below a broken line": (
        "def f(:\n    pass\nr = quantum(\n    'a',\n    ",
        'api_key=KEY,\n    backend="ibm_torino",\n)',
    ),
}
BAD = {
    "nonsense after an assignment": ("ghz = ", "nt(C=C=C5cc("),
    "an argument that is there already": ('r = quantum("a", api_key=KEY, ', "api_key=KEY"),
    "an argument that does not exist": ('r = quantum("a", api_key=KEY, ', "circuit=3"),
    "a name that does not exist": ("import bioql\nx = ", "bioql.BellPair("),
    "nonsense in a block": ("if KEY:\n    r = ", "nt(C=C=C5cc("),
    "nonsense below a broken line": ("def f(:\n    pass\nr = ", "nt(C=C=C5cc("),
}


def is_accepted(before: str, candidate: str) -> bool:
    text = HEAD + before
    return verify(text, Span(len(text), len(text)), candidate).is_accepted


@pytest.mark.parametrize(("before", "candidate"), GOOD.values(), ids=GOOD.keys())
def test_what_goes_on_well_is_accepted(before: str, candidate: str) -> None:
    assert is_accepted(before, candidate)


@pytest.mark.parametrize(("before", "candidate"), BAD.values(), ids=BAD.keys())
def test_what_adds_an_error_of_its_own_is_refused(before: str, candidate: str) -> None:
    assert not is_accepted(before, candidate)
