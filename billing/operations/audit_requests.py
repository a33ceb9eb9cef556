"""The rules of the audit about requests: each is recomputed from its price, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple, TypeAlias

from billing.database import Row, Session
from billing.model import AuditFinding, EngineUsage
from billing.operations.price_list import prices_by_version
from billing.prices import Price
from billing.schema import ENGINE_COST_ACCOUNT, MARGIN_ACCOUNT, OPERATOR_LOSS_ACCOUNT


class _Request(NamedTuple):
    """A hold with its key, its account and its usage row, whose columns are None without one."""

    hold_id: int
    user_id: int
    status: str
    version: str
    amount: int
    engine_us_max: int
    prompt_tokens_max: int
    completion_tokens_max: int
    discount: int
    account_id: int | None
    key_user_id: int | None
    is_test: int | None
    usage_user_id: int | None
    prompt_tokens: int
    completion_tokens: int
    engine_us: int
    base: int
    user: int
    overrun: int


_WIDTH = len(_Request._fields)
_QUERY = (
    "SELECT h.id, h.user_id, h.status, h.price_version, h.amount_nano_usd, h.engine_us_max,"
    " h.prompt_tokens_max, h.completion_tokens_max, h.discount_percent, a.id, k.user_id,"
    " k.is_test, u.user_id, u.prompt_tokens, u.completion_tokens, u.engine_us,"
    " u.base_cost_nano_usd, u.user_cost_nano_usd, u.overrun_nano_usd,"
    " t.id, t.transaction_type, t.user_id, e.account_id, e.amount_nano_usd"
    " FROM holds h LEFT JOIN accounts a ON a.user_id = h.user_id"
    " LEFT JOIN api_keys k ON k.id = h.api_key_id"
    " LEFT JOIN inference_usage u ON u.hold_id = h.id"
    " LEFT JOIN billing_transactions t ON t.hold_id = h.id"
    " LEFT JOIN entries e ON e.transaction_id = t.id ORDER BY h.id"
)
_Entries: TypeAlias = dict[tuple[str, int | None], int]


def request_findings(session: Session, *, is_standard: bool) -> Iterator[AuditFinding]:
    """What is wrong with holds, usage and the transactions that belong to them."""
    prices = prices_by_version(session)
    for _, group in groupby(session.each(_QUERY), lambda row: row[0]):
        rows = list(group)
        request = _Request(*rows[0][:_WIDTH])
        price = prices.get(request.version)
        if price is None:
            yield AuditFinding(
                "a charge has a price version", f"holds {request.hold_id}: {request.version!r}"
            )
        else:
            yield from _wrong_hold(request, price, is_standard=is_standard)
            yield from _wrong_charge(request, price)
        yield from _wrong_entries(request, [row[_WIDTH:] for row in rows])


def _wrong_hold(request: _Request, price: Price, *, is_standard: bool) -> Iterator[AuditFinding]:
    row = f"holds {request.hold_id}"
    most = EngineUsage(
        request.prompt_tokens_max, request.completion_tokens_max, request.engine_us_max
    )
    expected = price.hold_nano_usd(most, request.discount)
    if request.amount != expected:
        yield AuditFinding(
            "a hold is what its price says", f"{row}: held {request.amount}, {expected} expected"
        )
    if request.key_user_id not in (None, request.user_id):
        yield AuditFinding(
            "a hold is of its key's user",
            f"{row}: user {request.user_id}, its key's is {request.key_user_id}",
        )
    if is_standard and request.is_test == 1 and request.discount != 100:
        yield AuditFinding(
            "a test key never touches real money", f"{row}: a discount of {request.discount}"
        )


def _wrong_charge(request: _Request, price: Price) -> Iterator[AuditFinding]:
    has_usage = request.usage_user_id is not None
    if has_usage != (request.status in ("settled", "released", "voided")):
        yield AuditFinding(
            "a hold has a usage row exactly when it was settled, released or voided",
            f"holds {request.hold_id}: {request.status}, {'a' if has_usage else 'no'} usage row",
        )
    if not has_usage:
        return
    row = f"inference_usage {request.hold_id}"
    if request.usage_user_id != request.user_id:
        yield AuditFinding(
            "a usage row is of its hold's user",
            f"{row}: user {request.usage_user_id}, its hold's is {request.user_id}",
        )
    if request.user > request.amount:
        yield AuditFinding(
            "a charge is never more than was held",
            f"{row}: charged {request.user}, held {request.amount}",
        )
    used = EngineUsage(request.prompt_tokens, request.completion_tokens, request.engine_us)
    base, full = price.settle(used, request.discount)
    charged = 0 if request.status == "released" else min(full, request.amount)
    overrun = 0 if request.status == "released" else full - charged
    if (request.base, request.user, request.overrun) != (base, charged, overrun):
        yield AuditFinding(
            "a charge is what its price version says",
            f"{row}: base {request.base}, user {request.user}, overrun {request.overrun};"
            f" by {request.version} less {request.discount} % {base}, {charged}, {overrun}",
        )


def _wrong_entries(request: _Request, rows: list[Row]) -> Iterator[AuditFinding]:
    found: _Entries = {}
    booked: dict[int, tuple[str, int]] = {}
    for transaction_id, kind, user_id, account_id, amount in rows:
        if transaction_id is not None:
            booked[transaction_id] = kind, user_id
        if account_id is not None:
            found[kind, account_id] = found.get((kind, account_id), 0) + amount
    yield from _wrong_transactions(request, booked)
    expected = {place: amount for place, amount in _expected_entries(request).items() if amount}
    if found == expected:
        return
    for kind, account in sorted(expected.keys() | found.keys(), key=str):
        wanted, there = expected.get((kind, account), 0), found.get((kind, account), 0)
        if wanted != there:
            yield AuditFinding(
                "the journal says of a request what its usage row says",
                f"holds {request.hold_id}: {request.status}, {kind} on account {account} is"
                f" {there}, {wanted} expected",
            )


def _wrong_transactions(
    request: _Request, booked: dict[int, tuple[str, int]]
) -> Iterator[AuditFinding]:
    kinds: set[str] = set()
    for transaction_id, (kind, user_id) in sorted(booked.items()):
        row = f"billing_transactions {transaction_id}"
        if user_id != request.user_id:
            yield AuditFinding(
                "a transaction is of its hold's user",
                f"{row}: user {user_id}, its hold's is {request.user_id}",
            )
        if kind in kinds:
            yield AuditFinding(
                "a request is booked once", f"{row}: {kind} of hold {request.hold_id} again"
            )
        kinds.add(kind)


def _expected_entries(request: _Request) -> _Entries:
    base, user, overrun = request.base, request.user, request.overrun
    if request.usage_user_id is None:
        return {}
    if request.status == "released":
        return {
            ("free_usage", ENGINE_COST_ACCOUNT): base,
            ("free_usage", OPERATOR_LOSS_ACCOUNT): -base,
        }
    entries: _Entries = {
        ("usage", request.account_id): -user,
        ("usage", ENGINE_COST_ACCOUNT): base,
        ("usage", MARGIN_ACCOUNT): user + overrun - base,
        ("usage", OPERATOR_LOSS_ACCOUNT): -overrun,
    }
    if request.status == "voided":
        # The engine has been paid for all the same.
        entries |= {
            ("void", request.account_id): user,
            ("void", MARGIN_ACCOUNT): base - user - overrun,
            ("void", OPERATOR_LOSS_ACCOUNT): overrun - base,
        }
    return entries
