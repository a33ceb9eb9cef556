"""Requests as users type them, kept apart from the corpus: for measuring, not for training.

``tasks.jsonl``, ``independent.jsonl`` and ``unseen.jsonl`` pair each request with a right program;
the latter two were written without knowing the corpus, the last when the model that is measured had
been trained. ``foreign.jsonl`` holds what must be declined.
"""
