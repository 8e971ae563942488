"""Keeps documents, clauses and chunks, and finds them again: Chroma, BM25, and both fused."""
