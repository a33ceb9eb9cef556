"""Settings: what is accepted, what is refused, and in which words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.settings import Mode, Problem, Scope, Settings, Source, from_environment, merge

KEY = "bioql_live_5ecre7"


def read(values: Any, scope: Scope = Scope.USER) -> tuple[Settings, tuple[Problem, ...]]:
    return merge([Source("the test", scope, values)])


def test_no_source_gives_the_defaults() -> None:
    settings, problems = merge([])
    assert settings == Settings()
    assert (settings.answers_from, settings.inline_completion.enabled) == (Mode.LOCAL, True)
    assert (settings.code_lens.enabled, settings.inlay_hints.enabled) == (True, True)
    assert problems == ()


def test_the_default_limit_lets_a_hundred_shots_pass_and_not_the_default_call() -> None:
    assert 3.0 * 100 < Settings().costs.warn_above_usd < 3.0 * 1024


def test_every_documented_setting_is_read() -> None:
    settings, problems = read(
        {
            "mode": "remote",
            "apiKey": KEY,
            "workerUrl": "https://worker.example/v/",
            "model": "codellama/CodeLlama-7b-Instruct-hf",
            "bioqlVersion": "7.0.1",
            "pythonPath": "/usr/bin/python3",
            "inlineCompletion": {
                "enabled": False,
                "delayMs": 75.0,
                "maxTokens": 8,
                "minPrefixLength": 0,
            },
            "budget": {"sessionUsd": 1.5},
            "diagnostics": {"enabled": True, "ignore": ["BQ019"], "severity": {"BQ001": "off"}},
            "costs": {"warnAboveUsd": 3},
            "codeLens": {"enabled": False},
            "inlayHints": {"enabled": False},
        }
    )
    assert problems == ()
    assert settings.mode is Mode.REMOTE
    assert settings.worker_url == "https://worker.example/v"
    assert settings.inline_completion.delay_ms == 75
    assert settings.budget.session_usd == 1.5
    assert settings.diagnostics.severity == {"BQ001": "off"}
    assert (settings.code_lens.enabled, settings.inlay_hints.enabled) == (False, False)


def test_the_names_of_the_service_that_this_replaces_are_understood() -> None:
    settings, problems = read({"mode": "modal", "modalUrl": "https://a.example"})
    assert (settings.mode, settings.worker_url) == (Mode.REMOTE, "https://a.example")
    assert problems == ()


def test_without_a_mode_a_worker_url_means_remote() -> None:
    assert read({"workerUrl": "https://a.example"})[0].answers_from is Mode.REMOTE
    both = {"workerUrl": "https://a.example", "mode": "local"}
    assert read(both)[0].answers_from is Mode.LOCAL


def test_the_new_name_wins_over_the_old_one() -> None:
    settings, _ = read({"workerUrl": "https://new.example", "modalUrl": "https://old.example"})
    assert settings.worker_url == "https://new.example"


@pytest.mark.parametrize(
    ("values", "path", "words"),
    [
        ({"mode": "cloud"}, "bioql.mode", '"local", "remote"'),
        ({"mode": 0}, "bioql.mode", '"local", "remote"'),
        ({"inlineCompletion": {"enabled": "yes"}}, "bioql.inlineCompletion.enabled", "true or"),
        ({"inlineCompletion": 3}, "bioql.inlineCompletion", "an object"),
        ({"inlineCompletion": {"maxTokens": 0}}, "bioql.inlineCompletion.maxTokens", "1 to 2048"),
        ({"inlineCompletion": {"maxTokens": True}}, "bioql.inlineCompletion.maxTokens", "1 to"),
        ({"budget": {"sessionUsd": -1}}, "bioql.budget.sessionUsd", "USD"),
        ({"budget": {"sessionUsd": float("nan")}}, "bioql.budget.sessionUsd", "USD"),
        ({"diagnostics": {"ignore": "BQ1"}}, "bioql.diagnostics.ignore", "a list"),
        ({"diagnostics": {"severity": {"BQ1": "bad"}}}, "bioql.diagnostics.severity", '"off"'),
        ({"apiKey": 5}, "bioql.apiKey", "as text"),
        ("remote", "bioql", "an object"),
    ],
)
def test_a_wrong_value_is_reported_by_its_path_and_has_no_effect(
    values: Any, path: str, words: str
) -> None:
    settings, problems = read(values)
    assert settings == Settings()
    assert [problem.path for problem in problems] == [path]
    assert words in problems[0].message
    assert "the test" in problems[0].message


def test_a_wrong_value_does_not_take_the_right_ones_with_it() -> None:
    settings, problems = read({"mode": "off", "budget": {"sessionUsd": "1"}})
    assert settings.mode is Mode.OFF
    assert len(problems) == 1


def test_an_unknown_key_is_reported_with_the_nearest_known_one() -> None:
    _, problems = read({"inlineCompletion": {"enable": True}, "x": 1})
    assert "Did you mean enabled?" in problems[0].message
    assert "Known here: apiKey" in problems[1].message


@pytest.mark.parametrize(
    "url",
    [
        "http://worker.example",
        "ftp://worker.example",
        "worker.example",
        "https://",
        "https://user:pass@worker.example",
        "https://worker.example/?to=other",
        "https://worker.example/#a",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example:80",
        "http://[::2]:8000",
        "https://[broken",
        "file:///etc/passwd",
        7,
    ],
)
def test_a_worker_url_that_would_leak_is_refused(url: Any) -> None:
    settings, problems = read({"workerUrl": url})
    assert settings.worker_url is None
    assert "https://" in problems[0].message


@pytest.mark.parametrize(
    "url",
    ["https://w.example:8443/x", "http://localhost:1", "http://127.9.9.9:1", "http://[::1]:8000"],
)
def test_https_or_this_machine_is_accepted(url: str) -> None:
    assert read({"workerUrl": url})[0].worker_url == url


@pytest.mark.parametrize("key", ["apiKey", "workerUrl", "modalUrl", "model", "pythonPath"])
def test_a_workspace_may_not_choose_where_money_and_code_go(key: str) -> None:
    user = Source("user settings", Scope.USER, {"workerUrl": "https://mine.example"})
    workspace = Source("[tool.bioql]", Scope.WORKSPACE, {key: "https://evil.example"})
    settings, problems = merge([user, workspace])
    assert settings == merge([user])[0]
    assert [problem.path for problem in problems] == [f"bioql.{key}"]
    assert "user settings" in problems[0].message


def test_a_workspace_may_choose_the_rest() -> None:
    settings, problems = read(
        {"bioqlVersion": "5.0.0", "diagnostics": {"ignore": ["BQ001"]}}, Scope.WORKSPACE
    )
    assert (settings.bioql_version, settings.diagnostics.ignore) == ("5.0.0", ("BQ001",))
    assert problems == ()


def test_later_sources_win_key_by_key() -> None:
    first = Source("first", Scope.USER, {"mode": "off", "budget": {"sessionUsd": 1}})
    second = Source("second", Scope.USER, {"budget": {"sessionUsd": None}})
    settings, _ = merge([first, second])
    assert (settings.mode, settings.budget.session_usd) == (Mode.OFF, None)


def test_the_environment_gives_key_and_url_and_is_not_trusted_blindly() -> None:
    environment = {"BIOQL_API_KEY": KEY, "BIOQL_WORKER_URL": "http://far.example", "OTHER": "1"}
    settings, problems = merge([from_environment(environment)])
    assert (settings.api_key, settings.worker_url) == (KEY, None)
    assert "the environment" in problems[0].message


def test_the_key_is_in_no_representation() -> None:
    assert KEY not in repr(read({"apiKey": KEY})[0])
    assert KEY not in str(read({"apiKey": [KEY], KEY + "x": 1, "mode": KEY})[1][0])


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
keys = st.sampled_from([*"abc", "mode", "apiKey", "workerUrl", "inlineCompletion", "diagnostics"])


@given(st.dictionaries(keys, json_values) | json_values)
def test_no_json_whatever_makes_reading_fail(values: Any) -> None:
    settings, _ = read(values)
    assert isinstance(settings, Settings)
