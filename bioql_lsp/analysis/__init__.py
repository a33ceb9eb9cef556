"""Text in, findings out: no LSP types, no I/O beyond the bundled API index, never raises."""
