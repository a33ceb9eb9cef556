"""What a person reads in VS Code when something is missing."""

from __future__ import annotations

import pytest

from tests.editors.vscode.conftest import Start

pytestmark = [pytest.mark.editors, pytest.mark.timeout(300)]


def test_a_missing_server_is_said_once_with_the_command_that_installs_it(vscode: Start) -> None:
    seen = vscode({"bioql.serverPath": "/nowhere/bioql-lsp"}, {}).play("no_server")
    assert 'pipx install "bioql-lsp[worker]"' in seen["message"]
    assert "bioql.serverPath" in seen["message"]
    assert 'pipx install "bioql-lsp[worker]"' in seen["typed"]
