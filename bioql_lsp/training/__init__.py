"""Corpus, tokenizer, training, export and evaluation of the embedded model."""
