"""A process that uses a ledger until it is killed: ``URL NOW_US NAME EMAIL KEY [EMAIL KEY]``.

Each line that it prints is an operation that has been acknowledged.
"""

from __future__ import annotations

import os
import sys

from billing.ledger import Ledger
from tests.billing.crash.workload import Acknowledgement, Customer, spend

REQUESTS_MAX = 100_000


def main(url: str, now_us: int, name: str, customers: list[Customer]) -> None:
    with Ledger.open(url, lambda: now_us) as ledger:
        spend(ledger, customers, name, REQUESTS_MAX, _print)


def _print(acknowledgement: Acknowledgement) -> None:
    # One call: lines of several threads do not mix, and none waits in a buffer.
    os.write(1, acknowledgement.line().encode())


if __name__ == "__main__":
    url, now_us, name, *parts = sys.argv[1:]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    main(url, int(now_us), name, [Customer(email, key) for email, key in pairs])
