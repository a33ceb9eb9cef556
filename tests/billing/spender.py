"""A process that takes holds on a shared ledger, for tests: ``URL KEY NAME COUNT [settle]``.

It says ``ready``, waits for a line, then tries COUNT requests. A line per acknowledged operation
goes out at once: ``held ID`` or ``settled ID COST``; ``done`` ends it.
"""

from __future__ import annotations

import sys

from billing.ledger import Ledger
from billing.model import EngineUsage, Hold, InsufficientFundsError


def main(url: str, key: str, name: str, count: int, is_settling: bool) -> None:
    ledger = Ledger.open(url)
    principal = ledger.authenticate(key)
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(count):
        request_id = f"{name}-{number}"
        try:
            hold = ledger.hold(principal, request_id, "f", "onnx", 5_000_000)
        except InsufficientFundsError:
            continue
        assert isinstance(hold, Hold)
        print(f"held {request_id}", flush=True)
        if is_settling:
            charge = ledger.settle(hold, EngineUsage(1, 1, 1_000 + number))
            print(f"settled {request_id} {charge.user_cost_nano_usd}", flush=True)
    print("done", flush=True)
    ledger.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5:] == ["settle"])
