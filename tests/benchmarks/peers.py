"""The language servers that are compared, and the environment in which the peers live.

All of them see the same interpreter with the same bioql; ours runs from the project's own
environment and is told about that interpreter, as in an editor.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "bench"
ENVIRONMENT = CACHE / "peers"
REQUIREMENTS = Path(__file__).with_name("peers.txt")
BIOQL_VERSION = "7.0.1"

OURS = "bioql-lsp"
BARE = "bare pygls"
JEDI = "jedi-language-server"
PYLSP = "pylsp"
BASEDPYRIGHT = "basedpyright"
PEERS = (JEDI, PYLSP, BASEDPYRIGHT)


@dataclass(frozen=True)
class Server:
    """How to start a server and what an editor's user has set for it.

    A server that is ``debounced`` lints a while after the last change, and so leaves the other
    requests of a burst of typing alone; one that is not must have caught up before the next.
    """

    name: str
    command: tuple[str, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    is_debounced: bool = True


def prepare() -> None:
    """Make the peers' environment where it is missing or made from other requirements."""
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    stamp = ENVIRONMENT / "requirements.stamp"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    print("Setting up the peers and BioQL with all it needs: 1.8 GB, some minutes, once ...")
    venv.create(ENVIRONMENT, clear=True, with_pip=True)
    subprocess.run(
        [str(_program("python")), "-m", "pip", "install", "--quiet", "-r", str(REQUIREMENTS)],
        check=True,
    )
    stamp.write_text(wanted, encoding="utf-8")


def servers() -> dict[str, Server]:
    """Every server by name, ours first."""
    python = str(_program("python"))
    settings = {"mode": "off", "pythonPath": python, "bioqlVersion": BIOQL_VERSION}
    pyright_settings = {"python": {"pythonPath": python}, "basedpyright": {"analysis": {}}}
    bare = Path(__file__).with_name("bare_server.py")
    everyone = (
        Server(
            OURS,
            (str(Path(sys.executable).with_name("bioql-lsp")), "--stdio"),
            {"bioql": settings},
            {"bioql": settings},
            is_debounced=False,
        ),
        Server(BARE, (sys.executable, str(bare))),
        Server(
            JEDI,
            (str(_program("jedi-language-server")),),
            options={"workspace": {"environmentPath": python}},
        ),
        Server(PYLSP, (str(_program("pylsp")),)),
        Server(
            BASEDPYRIGHT, (str(_program("basedpyright-langserver")), "--stdio"), pyright_settings
        ),
    )
    return {server.name: server for server in everyone}


def environment() -> dict[str, str]:
    """Environment variables of every server: the peers' environment is the active one."""
    return {
        **os.environ,
        "VIRTUAL_ENV": str(ENVIRONMENT),
        "PATH": f"{ENVIRONMENT / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}",
        "XDG_CACHE_HOME": str(CACHE / "xdg"),
    }


def versions() -> dict[str, str]:
    """The pinned version of each peer and of BioQL."""
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    return dict(line.split("==", 1) for line in lines if "==" in line)


def _program(name: str) -> Path:
    return ENVIRONMENT / "bin" / name
