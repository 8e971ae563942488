"""Readers of official formats: bytes of a file -> plain text with what the page says about the document."""
