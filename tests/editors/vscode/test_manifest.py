"""What the extension declares agrees with what the server knows."""

from __future__ import annotations

import json
from typing import Any

import attrs

from bioql_lsp.settings import Settings
from tests.editors.support import ROOT

EXTENSION = ROOT / "editors" / "vscode"
MANIFEST = json.loads((EXTENSION / "package.json").read_text())
PROPERTIES = MANIFEST["contributes"]["configuration"]["properties"]
CLIENT_ONLY = {"bioql.serverPath", "bioql.serverArgs", "bioql.trace.server"}


def server_settings(kind: type, prefix: str = "bioql.") -> dict[str, tuple[Any, bool]]:
    """Every setting's default and whether only the user may set it, by its full name."""
    found: dict[str, tuple[Any, bool]] = {}
    for field in attrs.fields(kind):
        name = prefix + field.metadata["key"]
        default = getattr(kind(), field.name)
        if attrs.has(type(default)):
            found |= server_settings(type(default), name + ".")
        else:
            found[name] = (default, field.metadata["is_user_only"])
    return found


def test_every_setting_of_the_server_but_the_key_is_declared() -> None:
    assert PROPERTIES.keys() - CLIENT_ONLY == server_settings(Settings).keys() - {"bioql.apiKey"}


def test_defaults_are_the_servers_own() -> None:
    for name, (default, _is_user_only) in server_settings(Settings).items():
        if name != "bioql.apiKey":
            plain = list(default) if isinstance(default, tuple) else default
            empty = "" if PROPERTIES[name]["type"] == "string" else None
            assert PROPERTIES[name]["default"] == (empty if plain is None else plain), name


def test_a_workspace_can_not_set_what_redirects_money_or_code() -> None:
    names = {name for name, (_, is_user_only) in server_settings(Settings).items() if is_user_only}
    for name in (names | {"bioql.serverPath", "bioql.serverArgs"}) - {"bioql.apiKey"}:
        assert PROPERTIES[name]["scope"] in {"application", "machine"}, name


def test_palette_commands_have_names_of_their_own() -> None:
    # The language client registers the server's commands itself: one name twice would throw.
    names = [command["command"] for command in MANIFEST["contributes"]["commands"]]
    assert all(name.startswith("bioql.vscode.") for name in names)


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((EXTENSION / "package-lock.json").read_text())
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
