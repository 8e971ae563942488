"""Verification: fixed sentences are recomputed from the clauses, free ones are held against them."""
