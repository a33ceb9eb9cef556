"""A comment as a request to the model, for editors without a prompt of their own."""

from __future__ import annotations

import pytest

from bioql_lsp.server.comment_request import comment_request
from bioql_lsp.text import Document
from tests.server_ai.conftest import StartEditor
from tests.server_ai.editor import URI

IMPORT = "from bioql import quantum\n\n"
TITLE = "Write the BioQL code for this comment"


@pytest.mark.parametrize(
    ("text", "instruction"),
    [
        ("# make a |bell state\n", "make a bell state"),
        ("    #make a bell\r\n    # state| 🧬\r\nx = 1", "make a bell state 🧬"),
        ("x = 1\n# one\n#\n# two words|", "one two words"),
        ("#!/usr/bin/env |python", None),
        ("# noqa|", None),
        ("x = 1  # make a |bell state", None),
        ("|", None),
    ],
)
def test_the_block_of_comment_lines_is_the_request(text: str, instruction: str | None) -> None:
    offset = text.index("|")
    request = comment_request(Document(text.replace("|", "")), offset)
    assert (request and request.instruction) == instruction


async def test_the_code_is_written_below_its_comment(start_editor: StartEditor) -> None:
    editor = await start_editor()
    text = IMPORT + "# make a bell state\nprint('below')\n"
    editor.open(text)
    place = editor.place(text.index("bell"))
    params = {
        "textDocument": {"uri": URI},
        "range": {"start": place, "end": place},
        "context": {"diagnostics": []},
    }
    actions = await editor.request("textDocument/codeAction", params)
    (action,) = (action for action in actions if action["title"] == TITLE)
    command = action["command"]
    made = await editor.result(editor.command(command["command"], *command["arguments"]))
    assert made["code"]
    after = editor.texts[URI]
    assert after.index("bell state") < after.index(made["code"].strip()) < after.index("print(")
