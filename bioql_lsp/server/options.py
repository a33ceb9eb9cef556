"""The settings that are known at initialize; `configuration` reads the others later."""

from __future__ import annotations

import os

from lsprotocol import types

from bioql_lsp.settings import SECTION, Scope, Settings, Source, from_environment, merge


def read_initial(params: types.InitializeParams) -> Settings:
    """The settings of the environment and of ``initializationOptions``."""
    settings, _ = merge([from_environment(os.environ), *options_of(params)])
    return settings


def options_of(params: types.InitializeParams | None) -> list[Source]:
    """``initializationOptions.bioql`` as a source of settings."""
    options = params.initialization_options if params else None
    if not isinstance(options, dict):
        return []
    return [Source("initializationOptions", Scope.USER, options.get(SECTION))]
