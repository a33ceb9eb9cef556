"""The BioQL language server, its inference worker and its embedded model."""

__version__ = "0.1.0"
