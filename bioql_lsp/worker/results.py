"""How a request ended."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from billing.model import Charge, EngineUsage
from bioql_lsp.analysis.findings import Finding
from bioql_lsp.wire import Finish, WithheldReason
from bioql_lsp.worker.checking import Checked


@dataclass(frozen=True, slots=True)
class Result:
    """How a request ended. ``code`` is None when only its charge is still known."""

    request_id: str
    code: str | None
    finish: Finish
    charge: Charge
    is_verified: bool | None = None
    withheld_reason: WithheldReason | None = None
    findings: tuple[Finding, ...] = ()
    repaired: tuple[str, ...] = ()
    prompt_us: int = 0
    is_context_cut: bool = False
    is_cached: bool = False
    is_replayed: bool = False

    @property
    def has_no_answer(self) -> bool:
        """Whether it was cancelled, or lost with a worker: there is nothing to show again."""
        is_lost = self.is_replayed and self.charge.status == "released" and not self.is_cached
        return self.finish == "cancelled" or is_lost


def with_verdict(result: Result, checked: Checked) -> Result:
    """The result as the check of its code lets it be shown."""
    return dataclasses.replace(
        result,
        code=checked.code,
        finish=result.finish if checked.is_accepted else "withheld",
        is_verified=checked.is_accepted,
        withheld_reason=checked.reason,
        findings=checked.findings,
        repaired=checked.repaired,
    )


def replayed(charge: Charge, ruled: Checked | None = None) -> Result:
    """What is known of a request whose answer is no longer in memory.

    One that was free and has tokens, but used no engine time, came from the cache. ``ruled`` is
    what our own rules say to it, today as then.
    """
    usage, is_settled = charge.usage, charge.status == "settled"
    is_cached = not is_settled and usage.completion_tokens > 0 and usage.engine_us == 0
    is_ruled = ruled is not None and ruled.is_accepted and usage == EngineUsage(0, 0, 0)
    finish: Finish = "stop" if is_settled or is_cached or is_ruled else "withheld"
    return Result(charge.request_id, None, finish, charge, is_cached=is_cached, is_replayed=True)
