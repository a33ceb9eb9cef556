"""Measures a model at the service that serves it: what a user gets."""
