"""Every schema that was ever released is brought to today's, with nothing lost."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from billing import migrations
from billing.database import create_database, open_database
from billing.ledger import Ledger
from billing.model import EngineUsage, Funds, Hold, LedgerUnusableError
from tests.billing.support import START_US, Clock, used
from tests.support.postgres import PostgresServer

DATA = Path(__file__).parent / "data"
ADA, BOB = "ada@example.org", "bob@example.org"
MONTH_US = 1_798_761_600_000_000  # 2027-01-01, the month of START_US
OPEN_HOLDS = {"open": 6, "bob-open": 7}


@pytest.fixture
def old_url(tmp_path: Path) -> str:
    """A ledger that the first release wrote."""
    path = tmp_path / "ledger.db"
    connection = apsw.Connection(str(path))
    connection.execute((DATA / "schema-1.sql").read_text())
    connection.close()
    return f"sqlite:///{path}"


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.advance(62)
    return clock


def test_a_ledger_of_schema_1_keeps_its_money_and_passes_the_audit(
    old_url: str, clock: Clock
) -> None:
    with Ledger.open(old_url, clock) as ledger:
        assert ledger.balance(ADA) == Funds(9_999_144_445, 2_138_889)
        assert ledger.balance(BOB) == Funds(999_572_222, 855_556)
        assert [(line.kind, line.reference) for line in ledger.statement(ADA).lines] == [
            ("topup", "first-ada"),
            ("usage", "settled"),
            ("usage", "voided"),
            ("void", "voided"),
        ]
        assert ledger.audit() == []


def test_its_open_requests_are_settled_as_they_were_agreed(old_url: str, clock: Clock) -> None:
    with Ledger.open(old_url, clock) as ledger:
        hold = Hold(OPEN_HOLDS["open"], 1, "open", 2_138_889, "list-1", 5_000_000)
        charge = ledger.settle(hold, used(3))
        assert charge.user_cost_nano_usd == 1_283_333
        assert charge.funds == Funds(9_999_144_445 - 1_283_333, 0)
        assert ledger.audit() == []


def test_its_counters_start_with_the_requests_of_this_month(old_url: str, clock: Clock) -> None:
    with Ledger.open(old_url, clock) as ledger:
        rows = ledger._database.read(
            lambda session: session.rows(
                "SELECT open_requests, month_us, month_requests, month_spent_nano_usd"
                " FROM accounts WHERE user_id IS NOT NULL ORDER BY user_id"
            )
        )
    assert rows == [(1, MONTH_US, 3, 855_555), (1, MONTH_US, 2, 427_778)]


def test_a_hold_that_an_old_worker_takes_after_the_migration_ends_like_any_other(
    old_url: str, clock: Clock
) -> None:
    with Ledger.open(old_url, clock) as ledger:
        ledger.release(Hold(OPEN_HOLDS["open"], 1, "open", 2_138_889, "list-1", 5_000_000), used(0))
    connection = apsw.Connection(old_url.removeprefix("sqlite:///"))
    connection.execute("UPDATE accounts SET held_nano_usd = held_nano_usd + 7 WHERE user_id = 1")
    connection.execute("UPDATE api_keys SET held_nano_usd = held_nano_usd + 7 WHERE id = 1")
    connection.execute(
        "INSERT INTO holds (user_id, api_key_id, request_id, fingerprint, engine, price_version,"
        " engine_us_max, amount_nano_usd, status, created_us, lease_until_us)"
        " VALUES (1, 1, 'of-an-old-worker', 'f', 'onnx', 'list-1', 16, 7, 'open', ?, ?)",
        (clock.now_us, clock.now_us + 60_000_000),
    )
    connection.close()
    clock.advance(61)
    with Ledger.open(old_url, clock) as ledger:
        assert ledger.account(ADA).open_requests == 0
        assert ledger.audit() == []


def test_requests_of_an_earlier_month_do_not_count_in_the_next(old_url: str, clock: Clock) -> None:
    clock.advance(40 * 86_400)
    with Ledger.open(old_url, clock) as ledger:
        key, _ = ledger.add_key(ADA)
        assert ledger.month(ledger.authenticate(key)) == (0, 0)
        assert ledger.audit() == []


def test_a_migrated_ledger_has_the_schema_of_a_new_one(
    old_url: str, clock: Clock, tmp_path: Path
) -> None:
    new_url = f"sqlite:///{tmp_path / 'new.db'}"
    Ledger.create(new_url, clock=clock)
    schemas = []
    for url in (old_url, new_url):
        Ledger.open(url, clock).close()
        connection = apsw.Connection(url.removeprefix("sqlite:///"))
        schemas.append(
            sorted(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))
        )
        connection.close()
    assert _without_spelling(schemas[0]) == _without_spelling(schemas[1])


def _without_spelling(schema: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [(kind, name, table, " ".join((sql or "").split())) for kind, name, table, sql in schema]


def test_a_migration_that_fails_leaves_the_old_ledger(
    old_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("in the middle")

    steps = (migrations.MIGRATIONS[0], migrations.MIGRATIONS[1], fail)
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", 3)
    with pytest.raises(RuntimeError, match="in the middle"):
        Ledger.open(old_url, clock)
    monkeypatch.undo()
    database = open_database(old_url)
    assert database.read(migrations.version_of) == 1
    database.close()
    with Ledger.open(old_url, clock) as ledger:
        assert ledger.audit() == []


def test_postgresql_takes_the_same_steps_one_after_the_other(
    postgres: PostgresServer, clock: Clock
) -> None:
    with postgres.database() as url:
        create_database(
            url,
            lambda session, database: (
                [migrations.migrate(session, database, START_US, last) for last in (1, 2)] and None
            ),
        )
        database = open_database(url)
        assert database.read(migrations.version_of) == migrations.SCHEMA_VERSION
        database.close()


def test_a_ledger_of_a_newer_release_is_refused_with_what_to_do(old_url: str, clock: Clock) -> None:
    Ledger.open(old_url, clock).close()
    connection = apsw.Connection(old_url.removeprefix("sqlite:///"))
    connection.execute("INSERT INTO schema_version VALUES (99, 1)")
    connection.close()
    with pytest.raises(LedgerUnusableError, match="install the release that wrote it"):
        Ledger.open(old_url, clock)


def test_a_request_of_before_can_be_voided_after(old_url: str, clock: Clock) -> None:
    with Ledger.open(old_url, clock) as ledger:
        key, _ = ledger.add_key(ADA)
        charge = ledger.void(ledger.authenticate(key), "settled")
        assert charge.usage == EngineUsage(10, 20, 2_000_000)
        assert charge.funds.posted_nano_usd == 10_000_000_000
        assert ledger.audit() == []
