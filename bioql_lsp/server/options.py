"""The settings that are known at initialize; `configuration` reads the others later."""

from __future__ import annotations

import os
from pathlib import Path

from lsprotocol import types
from pygls.uris import to_fs_path

from bioql_lsp.settings import SECTION, Scope, Settings, Source, from_environment, merge


def read_initial(params: types.InitializeParams) -> Settings:
    """The settings of the environment and of ``initializationOptions``."""
    settings, _ = merge([from_environment(os.environ), *options_of(params)])
    return settings


def folder_of(uri: str | None) -> Path | None:
    """The folder that a URI names, if it names one in the file system."""
    try:
        path = to_fs_path(uri) if uri else None
    except ValueError:
        return None
    return Path(path) if path else None


def options_of(params: types.InitializeParams | None) -> list[Source]:
    """``initializationOptions.bioql`` as a source of settings."""
    options = params.initialization_options if params else None
    if not isinstance(options, dict):
        return []
    return [Source("initializationOptions", Scope.USER, options.get(SECTION))]
