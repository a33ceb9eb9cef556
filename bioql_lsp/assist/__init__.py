"""The editor's side of an AI request: what is sent, what is reused, what may be shown."""
