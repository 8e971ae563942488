"""Turns about the answers before: what they add up to, whether that is all, where it stands, in short."""
