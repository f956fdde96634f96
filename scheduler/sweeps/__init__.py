"""Sweeps: find what is due by one statement, work in small batches, set a bad one aside."""
