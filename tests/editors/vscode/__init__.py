"""End to end in a real VS Code: code-server in Chromium, with the packaged extension."""
