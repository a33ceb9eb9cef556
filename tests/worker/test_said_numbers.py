"""Round numbers that are said become digits, and nothing else does."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.worker.said_numbers import with_digits


@pytest.mark.parametrize(
    ("request_", "digits"),
    [
        ("bell state, 2k shots", "bell state, 2000 shots"),
        ("bell with 4K shots", "bell with 4000 shots"),
        ("ghz on kyoto w/ 1.5k shots", "ghz on kyoto w/ 1500 shots"),
        ("bell with a thousand shots", "bell with 1000 shots"),
        ("bell with five hundred shots", "bell with 500 shots"),
        ("bell with 10,000 shots", "bell with 10000 shots"),
        ("par de bell con dos mil disparos", "par de bell con 2000 disparos"),
        ("par de bell con mil disparos", "par de bell con 1000 disparos"),
        ("par de bell con 1.000 disparos", "par de bell con 1000 disparos"),
        ("quinientos disparos", "500 disparos"),
        ("steane code, physical error 3.3%", "steane code, physical error 0.033"),
        ("error rate 8.8 % at distance 7", "error rate 0.088 at distance 7"),
        ("tasa de error del 1 por ciento", "tasa de error del 0.01"),
        ("surface code at p=9.2 percent", "surface code at p=0.092"),
        ("steane code with p = 3 %", "steane code with p = 0.03"),
        ("9.1% on the hardware, surface code d=7", "0.091 on the hardware, surface code d=7"),
        (
            "mis puertas fallan un 8 %, código de superficie",
            "mis puertas fallan un 0.08, código de superficie",
        ),
        ("keep guides with gc between 40% and 60%", "keep guides with gc between 0.4 and 0.6"),
        ("bell state, give up after 10 minutes", "bell state, give up after 600 seconds"),
        ("espera 2 minutos como mucho", "espera 120 segundos como mucho"),
        (
            "surface code error rate between 1% and 5%",
            "surface code error rate between 0.01 and 0.05",
        ),
        ("logical error at p=1% and 3%", "logical error at p=0.01 and 0.03"),
        ("steane, noise 0.5-2 %", "steane, noise 0.005-0.02"),
        ("guides with gc of 40 to 60%, top 10% only", "guides with gc of 0.4 to 0.6, top 10% only"),
        ("at least 90% similar to nicotine", "at least 0.9 similar to nicotine"),
        ("a 10-minute timeout for a bell state", "a 600 seconds timeout for a bell state"),
        ("guides with 40-60 % gc", "guides with 0.4-0.6 gc"),
    ],
)
def test_round_numbers_become_digits(request_: str, digits: str) -> None:
    assert with_digits(request_) == digits


@pytest.mark.parametrize(
    "request_",
    [
        "dock CCO to 2K5X",
        "angle 1.571 and 0.125",
        "mean of 5,100,200",
        "three qubits",
        "a hundredfold",
        "milk",
        "4-k means",
        "0.0001k shots",
        "KKKK 12kcal",
        "two thousand five hundred shots",
        "dos mil quinientos disparos",
        "a hundred thousand shots",
        "read 2k.csv",
        "95% confidence interval, handle errors",
        "top 10 % of the ligands",
        "a qubit that is 0 with 50%",
        "simulate 10 minutes of folding",
        "half life of at most 90 minutes",
        "timeout 2-5 minutes",
        "valor esperado tras 10 minutos",
        "give up and log to runs/20min.csv",
        "run shor on 15 and report the top 10% of outcomes",
        "polar surface area, keep the best 20% of ligands",
        "GC-MS purity 95%",
        "two guides and 60% viability",
        "folding at 300K",
        "folding at 300 K",
    ],
)
def test_all_else_stays(request_: str) -> None:
    assert with_digits(request_) == request_


@given(st.text())
def test_once_is_enough(text: str) -> None:
    assert with_digits(with_digits(text)) == with_digits(text)


@pytest.mark.parametrize("piece", ["1% ", "error 1% ", "timeout 5 m", "1-2% gc "])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    def cost(chars: int) -> float:
        started = time.process_time()
        with_digits(piece * (chars // len(piece)))
        return time.process_time() - started

    small = min(cost(16_384) for _ in range(3))
    assert min(cost(65_536) for _ in range(3)) < 10 * small
