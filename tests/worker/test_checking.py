"""What is shown of an engine's text: judged as a whole, cut, indented, and in its place."""

from __future__ import annotations

from typing import Literal

import pytest

from bioql_lsp.analysis.registry import check as findings_in
from bioql_lsp.wire import CompleteRequest, FixRequest, GenerateRequest
from bioql_lsp.worker.checking import Checked, check
from bioql_lsp.worker.repair.trouble import as_reported
from bioql_lsp.worker.work import work_for_completion, work_for_fix, work_for_generation
from tests.worker.programs import RUN

Finish = Literal["stop", "length"]
HARM = 'import os\nos.system("rm -rf ~")\n'
MADE_UP = 'smiles = "CC(=O)Nc1ccc(O)cc1"\n'
REQUEST = "Predict ADME of this ligand"


def generated(
    text: str,
    finish: Finish = "stop",
    *,
    instruction: str = REQUEST,
    context: str = "",
    at: int | None = None,
) -> Checked:
    request = GenerateRequest(instruction=instruction, context=context, insert_at=at)
    return check(work_for_generation(request, "request-id"), text, finish)


def completed(text: str, prefix: str, suffix: str = "") -> Checked:
    request = CompleteRequest(prefix=prefix, suffix=suffix)
    return check(work_for_completion(request, "request-id"), text, "stop")


def fixed(code: str, text: str, finish: Finish = "stop") -> Checked:
    request = FixRequest(code=code, findings=as_reported(findings_in(code)))
    return check(work_for_fix(request, "request-id"), text, finish)


def indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


@pytest.mark.parametrize("finish", ["stop", "length"])
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (HARM, "unsafe"),
        (MADE_UP, "invented_data"),
        ("# Create a Bell state\n", "unverified"),
    ],
    ids=["harm", "made-up", "nothing"],
)
def test_what_may_not_be_shown_may_not_be_shown_indented_either(
    text: str, reason: str, finish: Finish
) -> None:
    assert generated(text, finish).reason == reason
    assert generated(indented(text), finish).reason == reason


@pytest.mark.parametrize("shape", [str, indented], ids=["flat", "indented"])
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (HARM + "print(", "unsafe"),
        (HARM + "x = 1\nprint(", "unsafe"),
        ("x = 1\n" + HARM + "print(", "unsafe"),
        (MADE_UP + "print(", "invented_data"),
        ("# Create a Bell state\nresult = quantum(", "unverified"),
        ("import os\n\nfrom bioql import quantum\n\nresult = quantum(", "unverified"),
        ('"""A Bell state."""\nimport os\nresult = quantum(', "unverified"),
        ("import os\nfrom bioql import quantum", "unverified"),
    ],
)
def test_an_answer_that_was_cut_is_judged_by_what_is_left_of_it(
    text: str, reason: str, shape: type[str]
) -> None:
    checked = generated(shape(text), "length")
    assert (checked.is_accepted, checked.code, checked.reason) == (False, "", reason)


def test_of_an_answer_that_was_cut_the_statements_are_shown() -> None:
    assert generated("x = 1\nprint(", "length").code == "x = 1\n"
    assert generated("import os\nx = 1\nprint(", "length").code == "import os\nx = 1\n"


def test_what_is_python_in_its_place_alone_is_judged_there() -> None:
    before = "try:\n    x = 1\n"
    assert generated("except OSError:\n    pass", context=before).is_accepted
    harmful = generated('except OSError:\n    eval("1")', context=before)
    assert harmful.reason == "unsafe"
    call = "from bioql import predict_adme_local\n\npredict_adme_local(\n"
    made_up = generated('"CC(=O)Nc1ccc(O)cc1")', context=call)
    assert made_up.reason == "invented_data"
    assert generated('"CCO")', context=call, instruction="ADME of CCO").is_accepted


def test_data_of_the_buffer_are_not_made_up_however_they_are_written() -> None:
    before = 'ligand = ("CC(=O)Nc1"\n    "ccc(O)cc1")\ntry:\n    x = 1\n'
    assert generated("except OSError:\n    pass", context=before).is_accepted


def test_what_is_python_neither_alone_nor_in_its_place_is_withheld() -> None:
    before = "x = (\ntry:\n    y = 1\n"
    assert generated("except OSError:\n    eval('1')", context=before).reason == "unverified"


def test_a_completion_that_harms_is_withheld() -> None:
    assert completed('system("ls")', "import os\n\nos.").reason == "unsafe"
    assert completed('environ["HOME"]', "import os\n\nprint(os.", ")\n").is_accepted


ADME = "from bioql import predict_adme_local\n\n"


def test_a_completion_with_data_that_nobody_gave_is_withheld() -> None:
    made_up = completed('"CC(=O)Nc1ccc(O)cc1")\n', f"{ADME}adme = predict_adme_local(")
    assert (made_up.is_accepted, made_up.reason) == (False, "invented_data")
    named = completed('"CC(=O)Oc1ccccc1C(=O)O")\n', f"{ADME}# aspirin\nadme = predict_adme_local(")
    assert named.is_accepted


def test_a_completion_is_shown_as_far_as_its_data_are_known() -> None:
    text = 'ligand = mine\nadme = predict_adme_local("CC(=O)Nc1ccc(O)cc1")\n'
    assert completed(text, f"{ADME}mine = input()\n").code == "ligand = mine"


def test_what_the_buffer_does_already_may_be_completed() -> None:
    assert completed('system("ls")', 'import os\n\nos.system("pwd")\nos.').is_accepted


def test_a_fix_that_harms_is_withheld() -> None:
    broken = RUN.replace('"ibm_torino"', '"torino"')
    harmful = RUN.replace("print(result.counts)", "os.system(str(result.counts))")
    assert fixed(broken, harmful).code == RUN
    broken = RUN.replace("print(result.counts)", "print(result.countz)")
    harmful = RUN.replace("print(result.counts)", "os.system(str(result.counts))")
    assert fixed(broken, harmful).reason == "unsafe"


def test_a_fix_that_fixes_nothing_is_withheld() -> None:
    broken = RUN.replace('"ibm_torino"', '"torino"')
    for answer in (broken, f"\n{broken}\n", broken.replace("250", "100")):
        checked = fixed(broken, answer)
        assert (checked.is_accepted, checked.reason) == (False, "unverified")
    assert fixed(RUN, RUN).reason == "unverified"


def test_a_fix_of_one_finding_in_two_is_shown_and_ranks_behind_one_of_both() -> None:
    half = RUN.replace("result.counts", "result.get_counts()")
    broken = half.replace('"ibm_torino"', '"torino"')
    partly, whole = fixed(broken, half), fixed(broken, RUN)
    assert (partly.code, partly.left_out_count) == (half, 1)
    assert (whole.code, whole.left_out_count) == (RUN, 0)


@pytest.mark.parametrize(
    ("text", "prefix", "suffix", "code"),
    [
        ("e.half_life)", "adme = 1\nprint(adm", ".half_life)\n", "e"),
        ("ms.counts)", "items = 1\nprint(ite", ".counts)\n", "ms"),
        ("x = 2\nprint(x)\n", "x = 1\n", "print(x)\n", "x = 2\n"),
        ("2\nprint(x)", "x = ", "\nprint(x)\n", "2"),
        ("abs(1)", "print(", ")\n", "abs(1)"),
        ("abs(1))", "print(", ")\n", "abs(1)"),
        ("abs(1)", "if:\nprint(", ")\n", "abs(1)"),
    ],
)
def test_a_hole_is_filled_up_to_what_follows(
    text: str, prefix: str, suffix: str, code: str
) -> None:
    checked = completed(text, prefix, suffix)
    assert (checked.is_accepted, checked.code) == (True, code)
