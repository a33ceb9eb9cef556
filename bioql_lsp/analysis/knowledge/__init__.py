"""What requests name and code must spell: molecules, targets, proteins, and calls of BioQL."""
