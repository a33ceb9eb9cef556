"""The corpus: seeded examples of BioQL tasks, each with the answer that is right."""
