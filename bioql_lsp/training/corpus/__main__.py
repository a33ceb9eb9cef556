"""Print a few examples of the corpus."""

from __future__ import annotations

import argparse
from itertools import islice

from bioql_lsp.training.corpus.examples import examples
from bioql_lsp.training.corpus.split import SPLITS


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=3)
    parser.add_argument("--split", choices=SPLITS, default="train")
    arguments = parser.parse_args()
    for example in islice(examples(arguments.seed, arguments.split), arguments.count):
        print(example.kind, example.task, "----", example.answer, "========", sep="\n")


if __name__ == "__main__":
    main()
