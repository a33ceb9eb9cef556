"""A real Neovim, set up as its users are told to, driven by keys, read by remote expressions."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from tests.editors.support import ROOT, Terminal, editor, user_environment, wait_until

T = TypeVar("T")
CONFIG = ROOT / "editors" / "nvim" / "lsp" / "bioql.lua"

# Keeps what goes by too fast to be read from the screen.
RECORDER = """
vim.g.seen_progress = {}
vim.api.nvim_create_autocmd('LspProgress', { callback = function(event)
  vim.g.seen_progress = vim.list_extend(vim.g.seen_progress, { event.data.params.value })
end })
"""


def set_up_lines(text: str) -> list[str]:
    """The lines for ``init.lua`` in the head of ``bioql.lua``."""
    return re.findall(r"^--   (.*)$", text, re.MULTILINE)


def installed_as_documented(home: Path) -> None:
    """Do what the head of ``bioql.lua`` tells a user to do."""
    settings = home / ".config" / "nvim"
    (settings / "lsp").mkdir(parents=True)
    text = CONFIG.read_text()
    (settings / "lsp" / "bioql.lua").write_text(text)
    (settings / "init.lua").write_text("\n".join(set_up_lines(text)) + "\n" + RECORDER)


class Neovim:
    """One Neovim window with one file of a user's project."""

    def __init__(self, home: Path, file: Path, name: str = "nvim", **environment: str) -> None:
        self._program = editor("nvim")
        if not (home / ".config" / "nvim").exists():
            installed_as_documented(home)
        self._socket = home / f"{name}.sock"
        self._environment = user_environment(home, **environment)
        command = [self._program, "--listen", str(self._socket), str(file)]
        self.terminal = Terminal(home, name, command, self._environment, file.parent)
        self.wait_until(self._socket.exists, "Neovim's socket")
        self._pid = int(self.lua("return vim.fn.getpid()"))
        self.wait_until(self.is_attached, "the language server")

    def wait_until(self, probe: Callable[[], T], what: str, deadline_seconds: float = 30.0) -> T:
        """Wait for ``probe``; a failure shows the screen."""
        return wait_until(probe, what, deadline_seconds, detail=self.terminal.screen)

    def lua(self, body: str) -> Any:
        """Run a Lua function's body in Neovim and return its value."""
        code = f"(function() {body} end)()".replace("\n", " ").replace("'", "''")
        command = [self._program, "--server", str(self._socket), "--remote-expr"]
        done = subprocess.run(
            [*command, f"json_encode(luaeval('{code}'))"],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert done.returncode == 0, f"{done.stderr}\n{self.terminal.screen()}"
        return json.loads(done.stdout)

    def is_attached(self) -> bool:
        """Whether the server has answered ``initialize`` for this file."""
        clients = "vim.lsp.get_clients({bufnr = 0, name = 'bioql'})"
        return bool(self.lua(f"local c = {clients}[1]; return c ~= nil and c.initialized == true"))

    def text(self) -> str:
        """The text of the file as it is in the editor."""
        return str(
            self.lua("return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\\n')")
        )

    def codes(self) -> list[str]:
        """The codes of the findings shown, in the order of the text."""
        place = "function(d) return {d.lnum, d.col, tostring(d.code)} end"
        found = self.lua(f"return vim.tbl_map({place}, vim.diagnostic.get(0))")
        return [code for _, _, code in sorted(found)]

    def ghost_text(self) -> str:
        """The text that inline completion shows behind the cursor, or nothing."""
        return str(
            self.lua("""
            local space = vim.api.nvim_get_namespaces()['nvim.lsp.inline_completion']
            if not space then return '' end
            local shown = {}
            local marks = vim.api.nvim_buf_get_extmarks(0, space, 0, -1, {details = true})
            for _, mark in ipairs(marks) do
              for _, chunk in ipairs(mark[4].virt_text or {}) do table.insert(shown, chunk[1]) end
              for _, line in ipairs(mark[4].virt_lines or {}) do
                table.insert(shown, '\\n')
                for _, chunk in ipairs(line) do table.insert(shown, chunk[1]) end
              end
            end
            return table.concat(shown)""")
        )

    def messages(self) -> str:
        """Everything that was said so far (``:messages``)."""
        return str(self.lua("return vim.fn.execute('messages')"))

    def usage(self) -> dict[str, Any] | None:
        """The last ``bioql/usage``."""
        usage: dict[str, Any] | None = self.lua("return vim.g.bioql_usage")
        return usage

    def progress(self) -> list[dict[str, Any]]:
        """Every progress report so far."""
        return list(self.lua("return vim.g.seen_progress"))

    def go_to(self, text: str) -> None:
        """Put the cursor on the first place of ``text``."""
        self.press_normal(f"gg0/\\V{text}", "Enter")

    def open_line_below(self, text: str) -> None:
        """Go into insert mode on a new line below the first place of ``text``."""
        self.go_to(text)
        self.terminal.type("o")

    def press_normal(self, typed: str, *keys: str) -> None:
        """From any mode: go to normal mode, type, press keys."""
        self.terminal.press("Escape")
        # An escape that is followed at once by a letter would be read as that letter with Alt.
        self.wait_until(lambda: self.lua("return vim.fn.mode()") == "n", "normal mode")
        self.terminal.type(typed)
        if keys:
            self.terminal.press(*keys)

    def command(self, line: str) -> None:
        """Type a command line."""
        self.press_normal(f":{line}", "Enter")

    def close(self) -> None:
        """End it, whatever it waits for."""
        self.terminal.close()
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)


Open = Callable[..., Neovim]


def choose_action(window: Neovim, place: str, title: str, picture: str) -> None:
    """Open the menu of code actions at a place and take the one with a title."""
    window.go_to(place)
    window.terminal.type("gra")
    menu = window.terminal.wait_for(title, "Type number")
    window.terminal.save(picture)
    choice = next(line for line in menu.splitlines() if title in line)
    window.terminal.type(choice.split(":")[0].strip())
    window.terminal.press("Enter")
