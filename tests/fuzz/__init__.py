"""Fuzzing of everything that takes text from outside (``make fuzz``)."""
