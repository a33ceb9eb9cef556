"""The embedded model: configuration, tokenizer, weights and graph."""
