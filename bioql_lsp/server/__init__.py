"""The only package that knows LSP; see `session` for the state and `features` for the methods."""
