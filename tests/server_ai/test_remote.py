"""A worker elsewhere: what it charges is told, given back where nothing is shown, and limited."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.server_ai.conftest import RemoteWorker, StartEditor
from tests.server_ai.editor import URI, message_of_two_requests

IMPORT = "from bioql import quantum\n\n"
KEYED = 'API_KEY = "bioql_live_0123456789abcdef"\n'


async def test_every_request_is_billed_once_and_told_exactly(
    start_editor: StartEditor, remote: RemoteWorker
) -> None:
    api_key = remote.new_key("ada@example.org", "1.00")
    editor = await start_editor(environment=remote.environment(api_key))
    editor.open(IMPORT + KEYED)
    before = await editor.result(editor.command("bioql.balance"))
    assert Decimal(before["balance_usd"]) == 1

    made = await editor.result(editor.generate("make a bell state [seconds=2]"))
    assert made["message"] == ""
    assert made["verified"] is True
    assert made["code"] in editor.texts[URI]
    assert made["cost_usd"] == "0.000855555"
    suggestion = await editor.suggestion()
    assert suggestion

    after = await editor.result(editor.command("bioql.balance"))
    costs = [Decimal(usage["costUsd"]) for usage in editor.usages]
    assert [usage["kind"] for usage in editor.usages] == ["generate", "complete"]
    assert Decimal(editor.usages[-1]["sessionUsd"]) == sum(costs)
    assert Decimal(after["balance_usd"]) == 1 - sum(costs)
    assert Decimal(editor.usages[-1]["balanceUsd"]) == Decimal(after["balance_usd"])
    assert api_key not in editor.log
    assert "0123456789abcdef" not in editor.log
    assert "bell" not in editor.log


async def test_an_answer_for_a_document_that_changed_meanwhile_is_dropped_and_free(
    start_editor: StartEditor, remote: RemoteWorker
) -> None:
    api_key = remote.new_key("bob@example.org", "1.00")
    editor = await start_editor(environment=remote.environment(api_key))
    editor.open(IMPORT)
    editor.before_apply = lambda: editor.change(IMPORT + "x = 1\n")
    result = await editor.result(editor.generate("make a bell state"))
    assert result["code"] == ""
    assert result["cost_usd"] == "0.000000000"
    assert "changed" in result["message"]
    assert editor.texts[URI] == IMPORT + "x = 1\n"
    assert [usage["costUsd"] for usage in editor.usages] == ["0.000000000"]
    balance = await editor.result(editor.command("bioql.balance"))
    assert Decimal(balance["balance_usd"]) == 1
    assert Decimal(editor.usages[0]["balanceUsd"]) == 1

    editor.before_apply = lambda: None
    withheld = await editor.result(editor.generate("make a bell state [garbage]"))
    assert (withheld["code"], withheld["finish"]) == ("", "withheld")
    assert withheld["cost_usd"] == "0.000000000"
    assert "withheld" in withheld["message"]


@pytest.mark.parametrize(
    ("instruction", "words"),
    [
        ("bake me a chocolate cake", ("nothing that BioQL does", "costs nothing")),
        (
            "dock the drug to the protein [invented]",
            ("molecule, sequence or PDB id that you did not give", "costs nothing"),
        ),
    ],
    ids=["not_bioql", "invented_data"],
)
async def test_why_an_answer_is_withheld_is_told_in_words(
    start_editor: StartEditor, remote: RemoteWorker, instruction: str, words: tuple[str, ...]
) -> None:
    email = f"eve{len(instruction)}@example.org"
    editor = await start_editor(environment=remote.environment(remote.new_key(email, "1.00")))
    editor.open(IMPORT)
    result = await editor.result(editor.generate(instruction))
    assert (result["code"], result["finish"]) == ("", "withheld")
    assert (result["cost_usd"], Decimal(result["balance_usd"])) == ("0.000000000", 1)
    assert all(word in result["message"] for word in words)
    assert editor.messages == [f"BioQL: {result['message']}"]
    assert editor.texts[URI] == IMPORT


async def test_a_lazy_fix_costs_nothing_until_it_is_chosen_and_edits_one_version(
    start_editor: StartEditor, remote: RemoteWorker
) -> None:
    api_key = remote.new_key("cyd@example.org", "1.00")
    editor = await start_editor(environment=remote.environment(api_key))
    editor.open(IMPORT + "value = = 1\n")
    await editor.diagnostics(1)
    actions = await editor.request(
        "textDocument/codeAction",
        {
            "textDocument": {"uri": URI},
            "range": {"start": editor.place(len(IMPORT)), "end": editor.place(len(IMPORT))},
            "context": {"diagnostics": []},
        },
    )
    action = next(action for action in actions if action["title"] == "Fix BioQL code")
    assert "edit" not in action
    assert editor.usages == []
    resolved = await editor.request("codeAction/resolve", action)
    (change,) = resolved["edit"]["documentChanges"]
    assert change["textDocument"]["version"] == 1
    assert change["edits"][0]["newText"].rstrip() == "value = 1"
    assert editor.usages[0]["kind"] == "fix"
    assert Decimal(editor.usages[0]["costUsd"]) > 0
    assert any(editor.usages[0]["costUsd"] in message for message in editor.messages)

    argument = {"uri": URI, "range": action["data"]["range"]}
    fixed = await editor.result(editor.command("bioql.fix", argument))
    assert fixed["code"].rstrip() == "value = 1"
    assert editor.texts[URI] == IMPORT + "value = 1\n"


async def test_a_fix_that_needs_no_model_costs_nothing(
    start_editor: StartEditor, remote: RemoteWorker
) -> None:
    editor = await start_editor(
        environment=remote.environment(remote.new_key("fay@example.org", "1.00"))
    )
    editor.open(IMPORT + "value = (2\n")
    span = {"start": editor.place(len(IMPORT)), "end": editor.place()}
    fixed = await editor.result(editor.command("bioql.fix", {"uri": URI, "range": span}))
    assert (fixed["cost_usd"], Decimal(fixed["balance_usd"])) == ("0.000000000", 1)
    assert fixed["verified"] is True
    assert editor.texts[URI] == IMPORT + "value = (2)\n"


async def test_the_budget_of_a_session_and_an_empty_account_stop_requests_with_one_message_each(
    start_editor: StartEditor, remote: RemoteWorker
) -> None:
    api_key = remote.new_key("dan@example.org")
    editor = await start_editor(environment=remote.environment(api_key))
    editor.open(IMPORT)
    assert await editor.suggestion(is_explicit=False) == ""
    editor.change(IMPORT + "\n")
    assert await editor.suggestion(is_explicit=False) == ""
    (message,) = editor.messages
    assert "out of credit" in message
    assert "top up" in message
    assert editor.said("bioql/status")[-1]["state"] == "out_of_credit"
    assert editor.said("bioql/status")[-1]["command"]["command"] == "bioql.balance"

    remote.billing("topup", "dan@example.org", "1.00", "--id", "second-topup")
    editor.change(IMPORT)
    assert await editor.suggestion(is_explicit=False) == "value = 1"
    assert editor.states[-1] == "ready"

    await editor.diagnostics(3)
    await editor.configure({"budget": {"sessionUsd": 0.0000001}})
    result = await editor.result(editor.generate("make a bell state"))
    assert "bioql.budget.sessionUsd" in result["message"]
    assert len(editor.usages) == 1
    assert editor.texts[URI] == IMPORT


async def test_a_wrong_key_is_said_once_and_never_repeated(
    start_editor: StartEditor, remote: RemoteWorker
) -> None:
    editor = await start_editor(environment=remote.environment("bioql_live_wrong_1234"))
    editor.open(IMPORT)
    message = await message_of_two_requests(editor)
    assert "refused the API key" in message
    assert "bioql_live_wrong_1234" not in message + editor.log
    status = editor.said("bioql/status")[-1]
    assert status["state"] == "offline"
    assert status["message"] in message
