"""Random old databases against a model that is only fractions: every balance is predicted."""

from __future__ import annotations

import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.ledger import Ledger
from billing.legacy.report import Report
from billing.prices import NANO_PER_USD
from tests.billing.old_service import SHAPES, OldService, Shape
from tests.support.postgres import PostgresServer

EMAILS = ["ada@example.org", "Ada@Example.org", "bob@example.org", " eve@example.org", "x", None]
NUMBER = re.compile(r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?\s*", re.IGNORECASE)

AMOUNTS = (
    st.floats(-2e6, 2e6)
    | st.integers(-(10**6), 10**6)
    | st.decimals(-100, 100, places=9).map(str)
    | st.decimals(-100, 100, places=11).map(str)
    | st.sampled_from(["-1.2e-06", "10.0", " 5 ", "", "nan", None, "1e400", -0.0, "2.5e-9", b"1"])
)
USERS = st.lists(
    st.tuples(st.sampled_from(EMAILS), st.sampled_from([1, 0, None])), min_size=1, max_size=5
)
ROWS = st.lists(st.tuples(st.integers(0, 6), AMOUNTS), max_size=12)
TEXT_IDS = st.booleans()


@dataclass
class Expected:
    """What the model says of one state of the old file."""

    nano_by_row: dict[str, tuple[str, int]]
    counts: Counter[str]


def expected(old: OldService) -> Expected:
    """Read the file again, by other means than the import does."""
    with closing(old.connect()) as connection:
        users = list(connection.execute("SELECT id, email FROM users"))
        rows = list(connection.execute("SELECT id, user_id, amount FROM billing_transactions"))
    emails: dict[str, str] = {}
    for number, email in users:
        address = (email or "").strip().lower()
        if "@" in address and address not in emails.values():
            emails[str(number)] = address
    uses = Counter(str(number) for number, _, _ in rows)
    counts: Counter[str] = Counter()
    nano_by_row = {}
    for number, user, amount in rows:
        nano = _nano(amount)
        if uses[str(number)] > 1 or str(user) not in emails or nano is None:
            counts["refused"] += 1
        elif nano == 0:
            counts["left_out"] += 1
        else:
            counts["posted"] += 1
            nano_by_row[str(number)] = (emails[str(user)], nano)
    return Expected(nano_by_row, counts)


def _nano(amount: Any) -> int | None:
    text = amount if isinstance(amount, str) else repr(amount)
    if amount is None or isinstance(amount, bytes) or not NUMBER.fullmatch(text):
        return None
    usd = Fraction(text.strip())
    return None if abs(usd) > 10**6 else round(usd * NANO_PER_USD)


def fill(old: OldService, rows: list[tuple[int, Any]], first: int, *, text_ids: bool) -> None:
    for place, (user, amount) in enumerate(rows, start=first):
        # Every third text is one that a number of the other kind has, too.
        number = str(place - 1 if place % 3 == 0 else place) if text_ids and place % 2 else place
        old.money(number, user, amount)


def check(report: Report, model: Expected, already_there: int) -> None:
    count = report.counts["billing_transactions"]
    assert count.refused == model.counts["refused"]
    assert count.left_out == model.counts["left_out"]
    assert count.taken + count.already_there == model.counts["posted"]
    assert count.already_there == already_there
    assert report.is_complete == (not any(one.refused for one in report.counts.values()))


def check_history(url: str, folder: Path, shape: Shape, data: tuple[Any, ...]) -> None:
    """Import, import again, add rows to the old file, and import them."""
    users, first_rows, later_rows, text_ids = data
    old = OldService(folder / "old.db", shape)
    for number, (email, is_active) in enumerate(users, start=1):
        old.user(number, email, is_active=is_active)
        old.key(number, number, f"key-{number}")
    is_text = text_ids and shape == "served"
    balances: defaultdict[str, int] = defaultdict(int)
    known: dict[str, tuple[str, int]] = {}
    with Ledger.open(url) as ledger:
        for rows, place in ((first_rows, 1), ([], 1), (later_rows, len(first_rows) + 1)):
            fill(old, rows, place, text_ids=is_text)
            model = expected(old)
            new = {key: row for key, row in model.nano_by_row.items() if key not in known}
            report = ledger.import_legacy(old.path)
            check(report, model, len(model.nano_by_row) - len(new))
            for email in {email for email, _ in new.values()}:
                change = sum(nano for owner, nano in new.values() if owner == email)
                balances[email] = max(0, balances[email] + change)
            known |= new
            posted = {one.email: one.funds.posted_nano_usd for one in ledger.list_accounts()}
            assert posted == {email: balances[email] for email in posted}
            assert set(balances) <= set(posted)
            assert ledger.audit() == []


@contextmanager
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=30, deadline=None)
@given(st.tuples(USERS, ROWS, ROWS, TEXT_IDS))
def test_every_balance_is_predicted(shape: Shape, data: tuple[Any, ...]) -> None:
    with scratch() as folder:
        url = f"sqlite:///{folder / 'ledger.db'}"
        Ledger.create(url)
        check_history(url, folder, shape, data)


@pytest.mark.parametrize("shape", SHAPES)
@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.tuples(USERS, ROWS, ROWS, TEXT_IDS))
def test_every_balance_is_predicted_on_postgresql(
    postgres: PostgresServer, postgres_template: str, shape: Shape, data: tuple[Any, ...]
) -> None:
    with scratch() as folder, postgres.database(postgres_template) as url:
        check_history(url, folder, shape, data)
