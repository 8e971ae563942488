"""Question -> verified, cited answer."""
