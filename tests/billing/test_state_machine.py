"""Random histories against a model that is only dicts and fractions: every reply is predicted."""

from __future__ import annotations

import pytest

from billing.founding import Kind
from tests.billing.machine.machine import run_histories
from tests.billing.machine.places import PostgresqlPlace, SqlitePlace
from tests.support.postgres import PostgresServer


def test_sqlite_does_in_every_history_what_the_model_says() -> None:
    run_histories(SqlitePlace(), 150)


@pytest.mark.parametrize("kind", ["demo", "local"])
def test_a_ledger_without_real_money_does_what_the_model_says(kind: Kind) -> None:
    run_histories(SqlitePlace(kind), 25)


def test_postgresql_does_in_every_history_what_the_model_says(postgres: PostgresServer) -> None:
    run_histories(PostgresqlPlace(postgres), 6)


@pytest.mark.heavy
@pytest.mark.timeout(900)
def test_sqlite_does_in_many_more_histories_what_the_model_says() -> None:
    run_histories(SqlitePlace(), 2_000, random_seed=1)


@pytest.mark.heavy
@pytest.mark.timeout(900)
def test_postgresql_does_in_many_more_histories_what_the_model_says(
    postgres: PostgresServer,
) -> None:
    run_histories(PostgresqlPlace(postgres), 120, random_seed=1)
