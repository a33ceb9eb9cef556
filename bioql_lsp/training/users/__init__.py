"""Requests as users type them, kept apart from the corpus: for measuring, not for training.

``tasks.jsonl`` and ``independent.jsonl`` pair each request with a right program, the latter written
without knowing the corpus; ``foreign.jsonl`` holds what must be declined.
"""
