"""The model of the ``transformers`` engine."""
