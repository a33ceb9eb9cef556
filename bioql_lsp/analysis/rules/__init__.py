"""One file per rule, or per table of rules that are alike."""
