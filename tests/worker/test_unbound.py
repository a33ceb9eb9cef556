"""Names that nothing gives."""

from __future__ import annotations

import pytest

from bioql_lsp.worker.unbound import newly_unbound

HEAD = "from bioql import predict_adme_local\n"


@pytest.mark.parametrize(
    ("before", "answer", "names"),
    [
        (HEAD, "print(ranking, len('a'))\n", {"ranking"}),
        (HEAD, "print([row for row in rows])\n", {"rows"}),
        (HEAD, "adme = predict_adme_local('CCO')\nprint(adme)\n", set()),
        (HEAD, "def f(a, *b, c=1, **d):\n    return a, b, c, d\n", set()),
        (HEAD, "try:\n    pass\nexcept OSError as error:\n    print(error)\n", set()),
        (HEAD, "match 1:\n    case {'a': x, **rest}:\n        print(x, rest)\n", set()),
        (HEAD, "import os.path as p, json\nprint(p, json, __name__)\n", set()),
        ("print(mine)\n", "print(mine)\n", set()),
        ("from mine import *\n", "print(anything)\n", set()),
        ("def broken(:\n", "print(anything)\n", set()),
    ],
)
def test_names_that_only_the_answer_has_must_be_bound(
    before: str, answer: str, names: set[str]
) -> None:
    assert newly_unbound(before, before + answer) == names
