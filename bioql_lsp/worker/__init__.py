"""The inference service: authenticate, hold, generate, verify, settle."""
