"""Ratios against a named peer or limit, both sides measured in one run: ``make bench``."""
