"""Judges the other packages from above: what retrieval finds, what answers say."""
