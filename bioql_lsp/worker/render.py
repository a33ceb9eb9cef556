"""From results and charges to the bodies that clients read."""

from __future__ import annotations

from billing.model import Charge, Funds
from billing.prices import format_usd
from bioql_lsp.analysis.findings import Finding
from bioql_lsp.wire import Account, Answer, Cost, FindingOut, Usage
from bioql_lsp.worker.results import Result


def account_out(funds: Funds) -> Account:
    """The money of an account."""
    return Account(
        balance_usd=format_usd(funds.posted_nano_usd),
        held_usd=format_usd(funds.held_nano_usd),
        available_usd=format_usd(funds.available_nano_usd),
    )


def billed_us(charge: Charge) -> int:
    """Engine time that was billed: none of a request that ended free."""
    return charge.usage.engine_us if charge.status == "settled" else 0


def answer_out(result: Result, model: str) -> Answer:
    """The answer to complete, generate and fix."""
    charge = result.charge
    return Answer(
        id=result.request_id,
        code=result.code,
        finish=result.finish,
        model=model,
        verified=result.is_verified,
        withheld_reason=result.withheld_reason,
        findings=[_finding_out(finding) for finding in result.findings],
        repaired=list(result.repaired),
        replayed=result.is_replayed,
        context_truncated=result.is_context_cut,
        usage=Usage(
            prompt_tokens=charge.usage.prompt_tokens,
            completion_tokens=charge.usage.completion_tokens,
            engine_seconds=billed_us(charge) / 1_000_000,
            cached=result.is_cached,
        ),
        cost=Cost(
            user_cost_usd=format_usd(charge.user_cost_nano_usd),
            price_version=charge.price_version,
        ),
        account=account_out(charge.funds),
    )


def _finding_out(finding: Finding) -> FindingOut:
    return FindingOut(
        code=finding.code,
        severity=finding.severity.value,
        message=finding.message,
        start=finding.span.start,
        end=finding.span.end,
    )
