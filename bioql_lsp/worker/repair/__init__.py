"""Mending code without a model, and keeping of a model's mending only what is needed."""
