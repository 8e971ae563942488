"""Composers: from evidence to a draft of sentences, each with the clauses that it rests on."""
